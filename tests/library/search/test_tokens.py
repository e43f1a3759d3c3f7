"""What the full-text index finds is what the words' pattern finds, in any script."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from library.query.tree import Words
from library.search.fulltext.tokens import COLUMNS, any_of, joined_tokens, match_of, tokens
from library.search.word_patterns import word_pattern, word_test
from library.text.case_folding import fold

LETTERS = [
    "a",
    "b",
    "ab",
    "É",
    "ß",
    "3",
    "Ж",
    "й",
    "नि",
    "月",
    "日",
    "한",
    "국",
    "ก",
    "ิ",
    "ー",
    "カ",
    "\u0301",
]
GAPS = [" ", " ", "-", "’", "、", "。", "\n", "·", "_", "€", "\0"]
texts = st.lists(st.sampled_from([*LETTERS, *GAPS]), max_size=12).map("".join)
looked_for = st.builds(
    Words, st.lists(st.sampled_from([*LETTERS, *GAPS]), min_size=1, max_size=5).map("".join),
    st.just("text"), st.booleans(),
)  # fmt: skip


def matches(text: str, expression: str) -> bool:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(
            f"CREATE VIRTUAL TABLE words USING fts5({','.join(COLUMNS)}, content='', tokenize='ascii')"
        )
        connection.execute("INSERT INTO words(rowid, text) VALUES (1, ?)", (text,))
        found = connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (expression,)).fetchall()
    finally:
        connection.close()
    return found == [(1,)]


@example("月aa", Words("月a、", "text", True))
@settings(max_examples=200)
@given(texts, looked_for)
def test_the_index_finds_what_the_pattern_finds(text: str, words: Words):
    match = match_of(words, "text")
    if match is None:
        return
    by_index = matches(tokens(fold(text)), match.expression)
    by_pattern = word_pattern(words).search(fold(text)) is not None
    assert by_index == by_pattern if match.exact else by_index or not by_pattern


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("中文新闻报道", "新闻", True),
        ("中文新，闻报道", "新闻", False),
        ("ข่าวภาษาไทยวันนี้", "ภาษาไทย", True),
        ("ข่าวภาษาไทยวันนี้", "ภาษาลาว", False),
        ("한국이 다시 이겼다", "다시", True),
        ("한국이 다시 이겼다", "이다", False),
        ("カタカナの言葉", "タカナ", True),
        ("2021年3月4日", "3月", True),
        ("2021年12月4日", "2月", False),
        ("首脳NATO会議", "NATO", True),
        ("会議でGPT-4の話", "gpt-4", True),
        ("約3000人が参加", "3000", True),
        ("約3000人が参加", "300", False),
        ("วันนี้NATOประชุม", "nato", True),
        ("삼성Galaxy와 NATO회의", "nato회의", True),
        ("NATO首脳とWHO首脳", "who首脳", True),
        ("NATO首脳とWHO首脳", "ato首脳", False),
    ],
)
def test_scripts_without_spaces_are_found_at_any_place(text: str, query: str, found: bool):
    words = Words(query)
    match = match_of(words, "text")
    assert match is not None
    assert matches(tokens(fold(text)), match.expression) == found
    assert word_test(words)(fold(text)) == found


def test_a_word_or_phrase_of_any_script_is_found_without_reading_the_text():
    for text in ("truce", "cease fire", "трамвай", "新闻", "ภาษาไทย", "한국"):
        match = match_of(Words(text), "")
        assert match is not None and match.exact


@pytest.mark.parametrize("words", [Words("€"), Words("、"), Words("a", "source")])
def test_the_index_has_no_answer_for_signs_and_other_fields(words: Words):
    assert match_of(words, words.field) is None


near_texts = st.lists(
    st.sampled_from(["a", "b", "ab", "É", "C", "Ж", "x", "月", "月日", "x月", *GAPS]), max_size=16
)
near_words = st.lists(st.sampled_from(["a", "b", "é", "c", "Ж", "x-a"]), min_size=2, max_size=4)


@settings(max_examples=200)
@given(near_texts.map(" ".join) | near_texts.map("".join), near_words, st.booleans(), st.integers(0, 4))
def test_the_index_finds_words_near_each_other_where_the_texts_have_them(
    text: str, wanted: list[str], prefix: bool, near: int
):
    assume(len(set(wanted)) > 1)
    words = Words(" ".join(wanted), "text", prefix, near)
    match = match_of(words, "text")
    assert match is not None and match.exact
    assert matches(tokens(fold(text)), match.expression) == word_test(words)(fold(text))


def test_words_of_adjacent_notes_are_near_only_for_the_index():
    words = Words("one two", "note", near=3)
    match = match_of(words, "note")
    assert match is not None and not match.exact


def test_no_phrase_spans_two_notes():
    phrase = match_of(Words("one two"), "text")
    assert phrase is not None
    assert matches(joined_tokens(["one two"]), phrase.expression)
    assert not matches(joined_tokens(["one", "two"]), phrase.expression)


def test_one_of_several_words_is_enough_for_ranking():
    found = [match for text in ("truce", "新闻") if (match := match_of(Words(text), "")) is not None]
    assert matches("a truce", any_of(found))
    assert not matches("a word", any_of(found))
