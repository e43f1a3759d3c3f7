"""Finding quoted words in a text, and finding a passage again after the text has changed."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from library.annotations import find_quote, quote_at, reanchored
from library.models import Quote

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
def test_words_are_found_as_a_person_would_copy_them(text: str, words: str, places: list[tuple[int, int]]):
    assert find_quote(text, words) == places


texts = st.text(st.sampled_from("ab cé\n\t'’“\"–-.*[中\U0001f600"), max_size=40)


@given(texts, texts.map("({})".format), texts)
def test_find_quote_finds_what_quote_at_made(before: str, words: str, after: str):
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
def test_a_passage_that_cannot_be_told_for_certain_is_lost(text: str, quote: Quote):
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
def test_a_passage_never_moves_to_other_words(before: list[str], after: list[str], data: st.DataObject):
    text, changed = " ".join(before), " ".join(after)
    start = data.draw(st.integers(0, len(text) - 1))
    quote = quote_at(text, start, data.draw(st.integers(start + 1, len(text))))
    assume(quote.exact.strip())
    again = reanchored(changed, quote)
    if again is not None:
        assert again.exact.split() == quote.exact.split()
        assert again.exact == changed[again.start : again.end]
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
