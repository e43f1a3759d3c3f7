"""Words are found in any script, and their places are those of the text itself."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.query import parse_query
from library.search.word_patterns import word_patterns
from library.text.case_folding import fold
from library.text.find_words import FoldedText, typed_pattern

MIXED = st.text(
    st.sampled_from("aAzß İıÅé\u0301\u0327ﬁ…Ως漢カ\u3099ハ한\u1112\u1161\u11abمُحَ\u09c7\u09bej\u030c🐙\n -’")
    | st.characters(exclude_categories=["Cs"]),
    max_size=30,
)


def find_words(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Where ``words``, as they are typed into the find line, stand in ``text``."""
    pattern = typed_pattern(words)
    return FoldedText(text).places([pattern]) if pattern else ()


def words_at(text: str, words: str) -> list[str]:
    return [text[start:end] for start, end in find_words(text, words)]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("The Harbour and the harbour", "HARBOUR", ["Harbour", "harbour"]),
        ("Harbours", "arb", ["arb"]),
        ("Café, cafe\u0301 and CAFE", "cafe", ["Café", "cafe\u0301", "CAFE"]),
        ("Cafe at noon", "café", ["Cafe"]),
        ("İstanbul'da ıssız", "istanbul", ["İstanbul"]),
        ("Eine Straße, viele Strassen", "strasse", ["Straße", "Strasse"]),
        ("Maße", "s", ["ß"]),
        ("die Maße, die Masse", "masse", ["Maße", "Masse"]),
        ("ﬁsh and fish", "fis", ["ﬁs", "fis"]),
        ("東京の港で港湾の", "港", ["港", "港"]),
        ("カ\u3099ラス ガラス カラス", "ガラス", ["カ\u3099ラス", "ガラス"]),
        ("한국과 \u1112\u1161\u11ab국", "한국", ["한국", "\u1112\u1161\u11ab국"]),
        ("الْمِينَاء والميناء", "الميناء", ["الْمِينَاء", "الميناء"]),
        ("Ёлка и елка", "елка", ["Ёлка", "елка"]),
        ("ΟΔΟΣ, οδός", "οδος", ["ΟΔΟΣ", "οδός"]),
        ("It’s “so”", 'it\'s "so"', ["It’s “so”"]),
        ("a night–day run", "night-day", ["night–day"]),
        ("two\nlines and two \u00a0 lines", "two lines", ["two\nlines", "two \u00a0 lines"]),
        ("a.b aXb [x", "a.b", ["a.b"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("anything", "", []),
        ("anything", " \u0301 ", []),
        ("", "word", []),
    ],
)
def test_words_are_found_where_they_stand(text: str, words: str, found: list[str]):
    assert words_at(text, words) == found


def test_a_letter_with_ten_thousand_marks_is_one_place():
    letter = "e" + "\u0301" * 10_000
    assert words_at(f"on{letter}.", "ne") == [f"n{letter}"]


@given(MIXED)
def test_folding_in_pieces_equals_folding_the_whole(text: str):
    assert FoldedText(text).text == fold(text)


@given(MIXED, MIXED, MIXED)
def test_a_part_of_a_text_is_found_in_it_and_every_place_has_the_words(before: str, words: str, after: str):
    text = before + words + after
    places = find_words(text, words)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(previous[1] <= current[0] for previous, current in pairwise(places))
    wanted = "".join(fold(words).split())
    cuts_nothing = not after or not unicodedata.category(after[0]).startswith("M")
    if wanted and wanted.isalnum() and cuts_nothing and "".join(fold(text).split()).count(wanted) == 1:
        assert len(places) == 1


def test_each_of_several_near_words_is_marked():
    query = parse_query('"long strik"*~2', None)
    text = "Strikes, as long as they are."
    places = FoldedText(text).places(word_patterns(query))
    assert [text[start:end] for start, end in places] == ["Strik", "long"]


def test_the_words_of_a_query_are_those_it_searches_for():
    query = parse_query('harb* "long strike" -tide title:port text:quay tag:work', None)
    text = "Harbours, a LONG, strike of the tide; port and quays and quay."
    places = FoldedText(text).places(word_patterns(query))
    assert [text[start:end] for start, end in places] == ["Harb", "LONG, strike", "quay"]
