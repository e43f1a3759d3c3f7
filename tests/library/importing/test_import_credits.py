import pytest

from library.importing.formats.dump.pictures import is_credit, take_pictures

LEAD = "The port stayed shut on Thursday, and nobody could say for how long it would."


@pytest.mark.parametrize(
    "credit",
    ["AP", "EPA / Jane Roe / TASS", "Getty Images/Juanmonino", "Claudio Roe/AP", "AFP / HANDOUT", "Bloomberg via Getty Images",
     "Photo: Jane Roe", "Foto: privat", "© Jane Roe", "Shutterstock.com", "Jane Roe (Reuters)", "ipopba / Getty Images"],
)  # fmt: skip
def test_a_line_that_names_a_picture_source_is_a_credit_anywhere(credit):
    assert is_credit(credit)
    blocks, images = take_pictures([LEAD] * 4 + [f"**{credit}**", LEAD])
    assert blocks == [LEAD] * 5 or blocks == [LEAD] * 4
    assert [image.credit for image in images] == [credit]


@pytest.mark.parametrize(
    "line",
    ["What we know so far", "24/7 support for all", "AP classes under fire", "AC/DC reunite in Berlin", "Why is AFP silent?",
     "It was the worst day of the war.", "Reuters: war ends"],
)  # fmt: skip
def test_a_bold_subheading_or_sentence_stays_text(line):
    blocks = [LEAD] * 4 + [f"**{line}**", LEAD]
    assert take_pictures(blocks) == (blocks, ())


@pytest.mark.parametrize(
    "credit", ["Jane Roe", "Strava", "The Evening Paper", "이재명 더불어민주당 캠프", "Supplied Image"]
)
def test_names_right_below_the_head_are_a_credit_and_the_line_before_is_the_caption(credit):
    blocks, images = take_pictures(["An empty quay.", f"**{credit}**", LEAD])
    assert blocks == [LEAD]
    assert [(image.caption, image.credit) for image in images] == [("An empty quay.", credit)]
    assert take_pictures([f"**{credit}**", LEAD])[1][0].credit == credit


def test_names_in_bold_are_subheadings_if_there_are_several():
    blocks = ["A lead.", "**The North**", LEAD, LEAD, "**The South**", LEAD]
    assert take_pictures(blocks) == (blocks, ())


def test_a_bold_sentence_below_the_head_is_not_a_credit():
    blocks = ["A lead.", "**Paris Burns Again Tonight.**", LEAD]
    assert take_pictures(blocks) == (blocks, ())


def test_a_long_lead_is_not_a_caption():
    blocks = [LEAD * 8, "**Jane Roe**", LEAD]
    assert take_pictures(blocks) == (blocks, ())


def test_a_caption_without_a_credit_stays_text():
    blocks = ["An empty quay on Thursday.", LEAD]
    assert take_pictures(blocks) == (blocks, ())
