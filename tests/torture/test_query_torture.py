"""The query language with a hundred thousand texts: each gives a query or a QueryError, quickly."""

from __future__ import annotations

import os
import random
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library import QueryError
from library.query import canonical, parse_query, saved_uses
from library.query.unfinished import slot_at

TODAY = date(2026, 11, 22)
SAVED = {
    "mine": "tag:eu or truce",
    "ours": "saved:mine -c sort:title limit:3",
    "loop": "saved:loop",
    "bad": "tag:",
}
TEXTS = int(100_000 * float(os.environ.get("TORTURE_SCALE", "1")))
PIECES = (
    "tag:", "#", "-", "(", ")", '"', "OR", " ", "date:", "..", ">=", "<", "words:", "sort:", "limit:", "is:", "saved:",
    "mine", "ours", "loop", "bad", ",", "*", "~", "none", "2020-10", "7d", "last week", "trashed", "started", "title:", "ab",
    "AND", "!", "|", "x:", "ł", "中", "ſ", "ß", "İ", "\u2009", "\0", "\ud800", "\U0001f642", "٣", "9" * 12, "/*", "e\u0301", "\n",
)  # fmt: skip

pytestmark = pytest.mark.slow


def examine(text: str) -> None:
    """Parse one text: a query survives formatting and parsing; an error has a position and a message."""
    caret = len(text) // 2
    slot = slot_at(text, caret)
    assert slot is None or slot.start <= caret <= slot.end
    saved_uses(text)
    try:
        query = parse_query(text, TODAY, SAVED)
    except QueryError as error:
        assert 0 <= error.position <= len(text)
        assert str(error).endswith((".", "?"))
        return
    assert parse_query(canonical(query), TODAY, SAVED) == query


def test_any_of_a_hundred_thousand_texts_of_the_languages_own_pieces():
    dice = random.Random(5)
    for _ in range(TEXTS):
        examine("".join(dice.choices(PIECES, k=dice.randint(0, 14))))


@settings(max_examples=TEXTS, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=60))
def test_any_of_a_hundred_thousand_texts(text: str):
    examine(text)


@pytest.mark.parametrize("piece", PIECES)
def test_a_piece_ten_thousand_times(piece: str):
    examine(piece * 10_000)
