"""Dates, bylines and other values in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from library.models import Article
from tuireader.presentation import (
    byline,
    date_in_words,
    dateline,
    day_and_month,
    long_date,
    minutes,
    shown,
    shown_line,
    tags_in_words,
)

TODAY = date(2021, 3, 9)


def article(**fields: object) -> Article:
    return Article(id="a", title="t", added=datetime(2021, 3, 9, tzinfo=UTC), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2021, 3, 9), "today"),
        (date(2021, 3, 8), "yesterday"),
        (date(2021, 3, 3), "Wed"),
        (date(2021, 3, 2), "2 Mar 2021"),
        (date(2020, 10, 22), "22 Oct 2020"),
        (date(2021, 3, 10), "10 Mar 2021"),
        (None, ""),
    ],
)
def test_a_date_in_a_list(day: date | None, words: str):
    assert date_in_words(day, TODAY) == words


def test_a_moment_is_the_day_it_has_for_the_reader():
    noon = datetime(2021, 3, 4, 12).astimezone()
    assert long_date(noon) == long_date(date(2021, 3, 4)) == "Thursday, 4 March 2021"
    assert date_in_words(noon.astimezone(UTC), date(2021, 3, 5)) == "yesterday"


def test_the_date_of_a_note_has_its_year_where_it_is_another():
    assert day_and_month(date(2021, 3, 8), TODAY) == "8 March"
    assert day_and_month(date(2020, 3, 8), TODAY) == "8 March 2020"
    assert day_and_month(date(2020, 3, 8)) == "8 March 2020"


def test_the_lines_below_the_headline():
    shown = article(
        authors=("Jane Roe", "Jo Doe"),
        agency="AFP",
        published=date(2021, 3, 4),
        date_guessed=True,
        tags=("eu", "ports"),
        reading_minutes=3,
    )
    assert byline(shown) == "Jane Roe, Jo Doe, AFP"
    assert byline(article(authors=("AFP",), agency="AFP")) == "AFP"
    assert dateline(shown) == ("Thursday, 4 March 2021 (guessed)", "3 min")
    assert tags_in_words(shown) == "#eu #ports"
    assert (byline(article()), minutes(article())) == ("", "1 min")


def test_text_from_outside_is_shown_without_controls():
    assert shown("a\x1b[31mb\x9b\nc\u202e") == "ab›\nc"
    assert shown_line("a\n  b\tc\x07") == "a b c"
