"""Finding quoted words in a text, and finding a passage again after the text has changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from library.annotations.anchors import anchored, reanchored
from library.annotations.matching import find_quote, quote_at
from library.models import Quote
from library.text.typography import normalised

STRIKE = (
    "Dock workers in the northern port voted on Thursday to stay out for another week, the union said.\n\n"
    "Talks with the operator broke off. No date is set.\n\nThe northern port has been closed since May."
)


def passage(words: str, occurrence: int = 0, text: str = STRIKE) -> Quote:
    return quote_at(text, *find_quote(text, words)[occurrence])


def found(text: str, quote: Quote) -> str | None:
    """Where the passage stands in ``text``: the words in brackets, with a little of what is around them."""
    again = reanchored(text, quote)
    if again is None:
        return None
    assert again.exact == text[again.start : again.end]
    return f"{text[max(0, again.start - 4) : again.start]}[{again.exact}]{text[again.end : again.end + 4]}"


@pytest.mark.parametrize(
    ("text", "words", "places"),
    [
        ("one two one", "one", [(0, 3), (8, 11)]),
        ("one\n\ntwo\tthree", "one two three", [(0, 14)]),
        ("one two", "  one\u00a0 two ", [(0, 7)]),
        ("the union’s “offer” – now", 'the union\'s "offer" - now', [(0, 25)]),
        ('the union\'s "offer" - now', "the union’s “offer” — now", [(0, 25)]),
        ("«Совет» голосует", '"Совет"', [(0, 7)]),
        ("a.c abc", "a.c", [(0, 3)]),
        ("(a) [b]* \\d+", "[b]* \\d+", [(4, 12)]),
        ("港口罢工进入第三周", "罢工", [(2, 4)]),
        ("Case matters", "case", []),
        ("anything", "", []),
        ("anything", " \n ", []),
        ("", "x", []),
    ],
)
def test_words_are_found_as_a_person_copies_them(text: str, words: str, places: list[tuple[int, int]]):
    assert find_quote(text, words) == places


texts = st.text(st.sampled_from("ab cé\n\t'’“\"–-.*[中\U0001f600"), max_size=40)


@given(texts, texts.map("({})".format), texts)
def test_find_quote_finds_the_quotes_of_quote_at(before: str, words: str, after: str):
    text = before + words + after
    quote = quote_at(text, len(before), len(before + words))
    assert quote.exact == text[quote.start : quote.end] == words
    places = find_quote(text, quote.exact)
    assert (quote.start, quote.end) in places
    assert quote.prefix + quote.exact + quote.suffix in text
    assert reanchored(text, quote) == quote


@given(texts, st.integers(-5, 50), st.integers(-5, 50))
def test_an_anchor_lies_inside_its_text(text: str, start: int, end: int):
    quote = quote_at(text, start, end)
    assert quote.exact == text[quote.start : quote.end]
    if quote.exact:
        assert reanchored(text, quote) == quote
        assert quote.prefix + quote.exact + quote.suffix in text


def test_an_anchor_has_no_white_space_at_its_ends():
    quote = quote_at("one  two  three", 3, 10)
    assert (quote.exact, quote.start, quote.end, quote.prefix, quote.suffix) == (
        "two",
        5,
        8,
        "one  ",
        "  three",
    )


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("Updated at noon.\n\n" + STRIKE, passage("another week"), "for [another week], th"),
        (STRIKE.replace("\n\n", " "), passage("said. Talks"), "ion [said. Talks] wit"),
        ("The port is closed.\n\n" + STRIKE, passage("northern port", 0), "the [northern port] vot"),
        ("The port is closed.\n\n" + STRIKE, passage("northern port", 1), "The [northern port] has"),
        (STRIKE.replace("No date", "no date"), passage("broke off"), "tor [broke off]. no"),
        (STRIKE.replace("’", "'"), passage("Thursday"), " on [Thursday] to "),
    ],
)
def test_a_passage_is_found_again(text: str, quote: Quote, expected: str):
    assert found(text, quote) == expected


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (STRIKE.replace("another week", "a month"), passage("another week")),
        ("", passage("another week")),
        ("There is nothing northern about it.", passage("No")),
        ("Nobody came. No ship left.", passage("No date")),
        ("We say: No! Ask us again.", passage("No")),
        ("Ports: the northern port, or another northern port.", passage("northern port", 1)),
        ("x another week y. x another week y.", passage("another week")),
    ],
)
def test_a_passage_without_a_certain_place_becomes_an_orphan(text: str, quote: Quote):
    assert found(text, quote) is None


def test_a_word_does_not_move_into_a_longer_one():
    quote = passage("port", text="the northern port was closed")
    assert found("the northern portal was closed", quote) is None
    part = quote_at("the northern port", 4, 9)
    assert part.exact == "north"
    assert found("now the northern port", part) == "the [north]ern "


def test_words_of_scripts_without_spaces_are_found_inside_a_line():
    text = "港口罢工进入第三周，工会周四表示谈判破裂，没有确定日期。"
    quote = passage("谈判破裂", text=text)
    assert found("更新：" + text, quote) == "周四表示[谈判破裂]，没有确"


words = st.lists(
    st.sampled_from(["port", "union", "no", "week", "talks", "North", "a", "said."]), min_size=1, max_size=30
)


@given(words, words, st.data())
def test_a_passage_never_moves_to_dissimilar_words(before: list[str], after: list[str], data: st.DataObject):
    text, changed = " ".join(before), " ".join(after)
    start = data.draw(st.integers(0, len(text) - 1))
    quote = quote_at(text, start, data.draw(st.integers(start + 1, len(text))))
    assume(quote.exact.strip())
    again = reanchored(changed, quote)
    if again is not None:
        assert again.exact == changed[again.start : again.end]
        distance = OSA.distance(normalised(again.exact), normalised(quote.exact))
        assert distance <= 0.3 * max(len(again.exact), len(quote.exact))
        assert reanchored(changed, again) == again


@given(words, words, words, st.data())
def test_a_unique_passage_moves_with_its_paragraph(
    before: list[str], kept: list[str], after: list[str], data: st.DataObject
):
    paragraph = " ".join(kept) + " unmistakable words " + " ".join(kept)
    start = paragraph.index("unmistakable")
    quote = quote_at(paragraph, start, start + len("unmistakable words"))
    changed = "\n\n".join([" ".join(before), paragraph, " ".join(after)])
    again = reanchored(changed, quote)
    assert again is not None and again.start == changed.index("unmistakable")


@given(words, st.text(st.sampled_from("xyzXYZ .\n港«»"), min_size=1, max_size=40), st.data())
def test_a_passage_moves_with_all_of_its_text(kept: list[str], prefix: str, data: st.DataObject):
    text = "Unmistakable beginning: " + " ".join(kept) + ". And an unmistakable end, too, for all of it."
    start = data.draw(st.integers(0, len(text) - 24))
    quote = quote_at(text, start, data.draw(st.integers(start + 4, start + 24)))
    again = reanchored(prefix + " " + text, quote, text)
    assert again is None or again.start == quote.start + len(prefix) + 1
    if len(set(kept)) == len(kept) and prefix.isascii():
        assert again is not None


HARBOUR = (
    "Dock workers voted on Thursday to stay out for another week, the union said. Talks broke off.\n\n"
    "Nobody expects a quick end, the union said. The operator asked for another week to think about it.\n\n"
    "In the southern basin the cranes stood still as well, the union said, and no ship was unloaded there."
)


@pytest.mark.parametrize("occurrence", [0, 1, 2])
def test_a_phrase_that_occurs_three_times_is_found_by_the_text_around_it(occurrence: int):
    quote = passage("the union said", occurrence, HARBOUR)
    paragraphs = HARBOUR.split("\n\n")
    paragraph = paragraphs[occurrence]
    moved = "\n\n".join(["Updated at noon.", *reversed(paragraphs)])
    gone = "\n\n".join(one for one in paragraphs if one != paragraph)
    for previous in (None, HARBOUR):
        again = reanchored(moved, quote, previous)
        assert again is not None
        assert again.start == moved.index(paragraph) + paragraph.index("the union said")
        assert reanchored(gone, quote, previous) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Nobody expects a quick end", "Nobody expects an end"),
        ("the cranes stood still as well", "the cranes stood stil aswell"),
        ("asked for another week to think", "asked for a further week to think"),
        ("unloaded", "un-loaded"),
    ],
)
def test_a_passage_is_found_although_a_part_of_its_words_changed(old: str, new: str):
    again = reanchored("Updated.\n\n" + HARBOUR.replace(old, new), passage(old, 0, HARBOUR), HARBOUR)
    assert again is not None and again.exact == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Nobody expects a quick end", "It was over before anyone had noticed"),
        ("Thursday", "Wednesday"),
        ("southern", "northern"),
        ("the cranes stood still as well", ""),
    ],
)
def test_other_words_at_the_old_place_are_not_the_passage(old: str, new: str):
    quote = passage(old, 0, HARBOUR)
    for previous in (None, HARBOUR):
        assert reanchored(HARBOUR.replace(old, new), quote, previous) is None


def test_only_a_passage_that_was_unique_is_found_by_its_words_alone():
    sentence = "Nobody expects a quick end, the union said."
    quote = passage(sentence, 0, HARBOUR)
    changed = "An entirely different report.\n\n" + sentence + "\n\nNothing is as it was."
    again = reanchored(changed, quote, HARBOUR)
    assert again is not None and again.exact == sentence
    twice = HARBOUR + "\n\nTo say it again: " + sentence + " So it goes."
    assert reanchored(changed, quote, twice) is None


def test_of_two_equal_copies_only_one_at_the_old_place_is_accepted():
    first, second, _ = HARBOUR.split("\n\n")
    quote = passage("asked for another week", 0, HARBOUR)
    assert reanchored(HARBOUR + "\n\n" + second, quote, HARBOUR) == quote
    assert reanchored(f"{second}\n\n{first[:20]}\n\n{second}", quote, HARBOUR) is None


@pytest.mark.parametrize(
    "filling",
    ["a", "e\u0301", *(pytest.param(one, marks=pytest.mark.slow) for one in ("ab ", " x", "港", "\u00a0 a"))],
)
def test_the_search_for_a_passage_takes_limited_time_in_any_text(filling: str):
    text = filling * (1_000_000 // len(filling))
    for start, end in ((1000, 1010), (1000, 90_000)):
        quote = replace(quote_at(text, start, end), prefix="Another beginning", start=5000)
        reanchored("!" + text, quote, text)


def test_a_sentence_with_the_same_beginning_does_not_replace_a_deleted_one():
    opening = "As was reported, the council of the northern port "
    previous = f"Strike. {opening}voted for the line.\n\n{opening}voted against the bridge, which nobody had asked for."
    changed = previous.replace("voted for the line.\n\n" + opening, "")
    assert changed.count(opening) == 1
    quote = passage("reported", 0, previous)
    assert reanchored(changed, quote, previous) is None


def test_a_passage_becomes_an_orphan_if_a_copy_is_inserted_beside_it():
    first = HARBOUR.split("\n\n")[0]
    quote = quote_at(HARBOUR, 0, len(first))
    assert reanchored(f"{first}\n\n{HARBOUR}", quote, HARBOUR) is None


def test_a_passage_is_not_found_inside_a_longer_word_in_the_same_place():
    quote = passage("ship", 0, HARBOUR)
    assert reanchored(HARBOUR.replace("no ship was", "no shipment was"), quote, HARBOUR) is None


def test_a_passage_with_nearly_half_of_its_words_changed_becomes_an_orphan():
    quote = passage("The operator asked for another week to think about it.", 0, HARBOUR)
    changed = HARBOUR.replace("asked for another week to think", "would not say how long it might have")
    assert reanchored(changed, quote, HARBOUR) is None


REFRAIN = (
    "Nobody in the harbour would say so aloud. And the ships lay still. Then the bell of the old mill rang."
)
OTHER = "The council met at noon and spoke of trams, of money and of the long winter that was to come."
SONG = f"{REFRAIN}\n\n{OTHER}\n\n{REFRAIN}"


def noted(words: str, occurrence: int = 0, text: str = HARBOUR) -> Quote:
    """The words as an annotation is anchored on them: with what else is like them in the text."""
    return anchored(text, *find_quote(text, words)[occurrence])


@pytest.mark.parametrize("occurrence", [0, 1])
def test_a_sentence_that_occurred_twice_becomes_an_orphan_when_one_copy_is_deleted(occurrence: int):
    quote = noted("And the ships lay still.", occurrence, SONG)
    for changed in (f"{REFRAIN}\n\n{OTHER}", f"{OTHER}\n\n{REFRAIN}", REFRAIN):
        assert reanchored(changed, quote) is None


def test_a_sentence_that_occurs_twice_keeps_its_place_while_both_copies_exist():
    for occurrence in (0, 1):
        quote = noted("And the ships lay still.", occurrence, SONG)
        assert reanchored(f"{SONG}\n\nCorrected at noon.", quote) == quote
        assert reanchored(f"{SONG}\n\n{REFRAIN}", quote) == quote


def test_equal_lines_are_not_confused():
    line = "Advertisement: sign up for the letter of this house.\n\n"
    quote = noted(line.strip(), 3, line * 6)
    assert reanchored(line * 6 + "The end.", quote) == quote
    assert reanchored(line * 5, quote) is None
    many = noted(line.strip(), 3, line * 20)
    assert reanchored(line * 20 + "The end.", many) is None  # they are not counted so far


def test_the_next_equal_words_are_not_accepted_if_all_text_between_was_deleted():
    quote = noted("another week", 0)
    start, end = (passage("another week", occurrence, HARBOUR).start for occurrence in (0, 1))
    changed = HARBOUR[:start] + HARBOUR[end:]
    assert changed.count("another week") == 1
    assert reanchored(changed, quote) is None


@pytest.mark.parametrize(
    ("words", "changed", "expected"),
    [
        ("long winter", "What comes is the long winter that it was.", "long winter"),
        (
            "trams, of money and of the long winter",
            "Hear of trams, of money and the long winter, they say.",
            "trams, of money and the long winter",
        ),
    ],
)
def test_words_without_similar_ones_are_found_with_less_context(words: str, changed: str, expected: str):
    previous = f"{HARBOUR}\n\n{OTHER}"
    assert reanchored(changed, passage(words, 0, previous)) is None
    again = reanchored(changed, noted(words, 0, previous))
    assert again is not None and again.exact == expected


def test_an_older_quote_without_a_record_of_similar_words_is_still_found():
    quote = passage("another week", 1, HARBOUR)
    assert quote.rivals is None
    again = reanchored("Updated.\n\n" + HARBOUR, quote)
    assert again is not None and again.start == quote.start + len("Updated.\n\n")


@pytest.mark.parametrize("kept", [21, 30])
def test_partly_matching_context_is_not_enough_without_the_previous_text(kept: int):
    """The words may have stood anywhere else in it."""
    text = (
        "Before dawn the ships left. Nobody knew why. At noon the harbour master told the council that all "
        "of it was over and done with for good."
    )
    quote = replace(passage("the council", text=text), rivals=None)
    near = text[quote.start - kept : quote.end]
    assert reanchored(f"Another report: rain fell. {near} was never in session, says a clerk.", quote) is None
    assert reanchored(f"Another report. {text}", quote) is not None
