import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.importing.joins import join_paragraphs

WHOLE = "The port stayed shut for a second week on Thursday."
LEFT = "Dock workers in the northern port voted on Thursday to stay out for"
RIGHT = "another week, the union said."


def joined(*blocks, language="en", title=""):
    return join_paragraphs(list(blocks), language, title)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (LEFT, RIGHT),
        ("He had voted in Paris, Berlin,", "London and Rome, he said."),
        ("The next batch is expected on", "Monday, the court said."),
        ("The union spoke with Mr.", "Smith on Thursday."),
        ("The leader is generating: “It", "seems like every day there is more.”"),
        (
            "그는 어제 서울에 도착했다. 그리고 오늘 아침 일찍 여의도공원 문화의마당에서 열린 행사에 참석한 뒤",
            "피날레 유세에서 말했다.",
        ),
    ],
)
def test_a_cut_paragraph_is_put_together(left, right):
    result = joined(left, right, language="ko" if "서울" in left else "en")
    assert result.blocks == [f"{left} {right}"]
    assert result.count == 1


@pytest.mark.parametrize(
    "blocks",
    [
        (WHOLE, "another week, the union said."),
        (WHOLE, WHOLE),
        ("Dear readers,", "Thank you for writing."),
        ("# Heading in the middle of", "small letters"),
        ("## What we know of", "it stays apart"),
        ("- an item without a stop", "- another item"),
        ("> a quoted line and", "then the text"),
        ("| a | b |", "| c | d |"),
        ("**A bold line and**", "text below it"),
        ("![picture](x.png)", "caption in small letters"),
        ("```\ncode and\n```", "text after it"),
        (
            "Promoting collaboration among traders and other affected stakeholders; and",
            "Enforcing regulations.",
        ),
        ("The makers of the phone", "iPhone sales rose again."),
        ("The list of demands:", "higher pay"),
        ("นี่คือย่อหน้าแรกที่ไม่มีเครื่องหมายจบประโยคและยาวมากพอสมควร", "นี่คือย่อหน้าที่สอง"),
    ],
)
def test_blocks_that_only_look_cut_stay_apart(blocks):
    result = joined(*blocks)
    assert result.blocks == list(blocks)
    assert result.count == 0


@pytest.mark.parametrize(
    "mark",
    ["3", "- 3 -", "Page 3 of 9", "Seite 3", "The Paper | Page 3 of 9", "3 / 9", "\f", "Страница 3 из 9"],
)
def test_a_page_mark_inside_a_sentence_goes_and_the_sentence_is_whole(mark):
    result = joined(WHOLE, LEFT, mark, RIGHT, WHOLE)
    assert result.blocks == [WHOLE, f"{LEFT} {RIGHT}", WHOLE]


def test_a_running_header_that_stands_three_times_goes():
    result = joined(WHOLE, "The Paper 4 March", LEFT, "The Paper 4 March", RIGHT, "The Paper 5 March", WHOLE)
    assert result.blocks == [WHOLE, f"{LEFT} {RIGHT}", WHOLE]


def test_a_line_that_stands_twice_stays():
    blocks = [WHOLE, "Read on", WHOLE, "Read on", WHOLE]
    assert joined(*blocks).blocks == blocks


def test_numbers_that_part_an_essay_stay():
    blocks = [WHOLE, "1", WHOLE, "2", WHOLE]
    assert joined(*blocks).blocks == blocks


def test_a_refrain_of_whole_sentences_stays():
    blocks = ["Nobody knew.", WHOLE] * 4
    assert joined(*blocks).blocks == blocks


def test_a_word_divided_at_the_page_break_becomes_one_word():
    assert joined("It acted with impu-", "nity as before.").blocks == ["It acted with impunity as before."]
    assert joined("No impunity here. He wrote with impu-", "nity.").blocks == [
        "No impunity here. He wrote with impunity."
    ]


def test_a_compound_keeps_its_hyphen():
    assert joined("They are self-", "employed now.").blocks == ["They are self-employed now."]
    known = joined("A step-change, he said. She saw a step-", "change as well.")
    assert known.blocks == ["A step-change, he said. She saw a step-change as well."]


def test_parts_in_a_script_without_spaces_join_without_one():
    left, right = (
        "彼は東京で会見した。そして来年の予算について、関係する省庁と十分に協議したうえで、慎重に",
        "検討すると述べた。",
    )
    assert joined(left, right, language="ja").blocks == [left + right]


@given(st.lists(st.text(alphabet="ab AB.,-#*\n1", min_size=1, max_size=30).filter(str.strip), max_size=8))
def test_joining_again_never_changes_the_words(blocks):
    letters = "".join(blocks)
    result = join_paragraphs(blocks)
    assert len(result.blocks) <= len(blocks)
    assert set("".join(result.blocks)) <= set(letters) | {" "}
