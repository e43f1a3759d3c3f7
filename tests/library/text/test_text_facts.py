"""Counting words, and how long an article takes to read."""

from __future__ import annotations

import pytest

from library.text.text_facts import count_words, plain_text, reading_minutes, text_digest, text_facts


def test_the_facts_have_the_names_of_article_fields():
    plain = plain_text("The **strike** goes\nonto\x07 its third week.")
    assert plain == "The strike goes onto its third week."
    assert text_facts(plain) == {
        "words": 7,
        "reading_minutes": 1,
        "text_sha256": text_digest(plain),
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("One, two – three!", 3),
        ("the union's well-known offer", 4),
        ("港口罢工", 4),
        ("AI 港口", 3),
        ("हिन्दी समाचार", 2),
        ("தமிழ் செய்தி", 2),
        ("Совет голосует", 2),
        ("3.5 million", 3),
    ],
)
def test_words_are_counted_in_any_script(text: str, words: int):
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("", 1),
        ("word " * 238, 1),
        ("word " * 2380, 10),
        ("字" * 2600, 10),
        ("word " * 1190 + "字" * 1300, 10),
    ],
)
def test_reading_time_follows_from_the_number_of_words(text: str, minutes: int):
    assert reading_minutes(text) == minutes
