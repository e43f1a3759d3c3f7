"""Date values of queries: what each names, and which articles that finds in two time zones."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from fakes import FakeCorpus, article_document
from hypothesis import given
from hypothesis import strategies as st

from library.query import parse_query
from library.query.dates import DateValueError, parse_days
from library.search.plan import find

SUNDAY = date(2026, 11, 22)
LEAP_DAY = date(2024, 2, 29)  # a Thursday
AFTER_LEAP = date(2024, 3, 31)  # a Sunday, when clocks go forward in Europe
NEW_YEAR = date(2021, 1, 1)  # a Friday
MONDAY = date(2020, 10, 26)  # the day after clocks went back in Europe

SPANS: list[tuple[str, date, str, str]] = [
    # expression, seen from, first day, last day ("" is open)
    ("2020-10-22", SUNDAY, "2020-10-22", "2020-10-22"),
    ("2020-1-2", SUNDAY, "2020-01-02", "2020-01-02"),
    ("2020-10", SUNDAY, "2020-10-01", "2020-10-31"),
    ("2020-11", SUNDAY, "2020-11-01", "2020-11-30"),
    ("2020-02", SUNDAY, "2020-02-01", "2020-02-29"),
    ("2021-02", SUNDAY, "2021-02-01", "2021-02-28"),
    ("1900-02", SUNDAY, "1900-02-01", "1900-02-28"),
    ("2000-02", SUNDAY, "2000-02-01", "2000-02-29"),
    ("2020", SUNDAY, "2020-01-01", "2020-12-31"),
    ("0001", SUNDAY, "0001-01-01", "0001-12-31"),
    ("9999", SUNDAY, "9999-01-01", "9999-12-31"),
    ("2020-09..2020-10", SUNDAY, "2020-09-01", "2020-10-31"),
    ("2020-09-15..2020-10", SUNDAY, "2020-09-15", "2020-10-31"),
    ("2020..2020-02", SUNDAY, "2020-01-01", "2020-02-29"),
    ("2020-10-22..2020-10-22", SUNDAY, "2020-10-22", "2020-10-22"),
    ("2020-10 .. 2021", SUNDAY, "2020-10-01", "2021-12-31"),
    ("2020-09..", SUNDAY, "2020-09-01", ""),
    ("..2020-10", SUNDAY, "", "2020-10-31"),
    ("..2024-02", SUNDAY, "", "2024-02-29"),
    (">=2020-10-01", SUNDAY, "2020-10-01", ""),
    (">2020-10-01", SUNDAY, "2020-10-02", ""),
    (">2020-10", SUNDAY, "2020-11-01", ""),
    (">2020", SUNDAY, "2021-01-01", ""),
    ("<=2020-10", SUNDAY, "", "2020-10-31"),
    ("<2020-10-01", SUNDAY, "", "2020-09-30"),
    ("<2020", SUNDAY, "", "2019-12-31"),
    ("<2024-03", SUNDAY, "", "2024-02-29"),
    ("=2020-10", SUNDAY, "2020-10-01", "2020-10-31"),
    (">= 2020-10", SUNDAY, "2020-10-01", ""),
    ("today", SUNDAY, "2026-11-22", "2026-11-22"),
    ("Today", SUNDAY, "2026-11-22", "2026-11-22"),
    ("yesterday", SUNDAY, "2026-11-21", "2026-11-21"),
    ("yesterday", NEW_YEAR, "2020-12-31", "2020-12-31"),
    ("yesterday", date(2024, 3, 1), "2024-02-29", "2024-02-29"),
    ("yesterday..today", SUNDAY, "2026-11-21", "2026-11-22"),
    ("monday", SUNDAY, "2026-11-16", "2026-11-16"),
    ("sunday", SUNDAY, "2026-11-22", "2026-11-22"),
    ("Friday", SUNDAY, "2026-11-20", "2026-11-20"),
    ("saturday", NEW_YEAR, "2020-12-26", "2020-12-26"),
    ("monday", MONDAY, "2020-10-26", "2020-10-26"),
    ("sunday", MONDAY, "2020-10-25", "2020-10-25"),
    ("thursday", LEAP_DAY, "2024-02-29", "2024-02-29"),
    ("monday..", SUNDAY, "2026-11-16", ""),
    ("<monday", SUNDAY, "", "2026-11-15"),
    ("1d", SUNDAY, "2026-11-22", "2026-11-22"),
    ("7d", SUNDAY, "2026-11-16", "2026-11-22"),
    ("7 D", SUNDAY, "2026-11-16", "2026-11-22"),
    ("30d", AFTER_LEAP, "2024-03-02", "2024-03-31"),
    ("2d", MONDAY, "2020-10-25", "2020-10-26"),
    ("1w", SUNDAY, "2026-11-16", "2026-11-22"),
    ("2w", SUNDAY, "2026-11-09", "2026-11-22"),
    ("2w", NEW_YEAR, "2020-12-19", "2021-01-01"),
    ("1m", SUNDAY, "2026-10-23", "2026-11-22"),
    ("1m", AFTER_LEAP, "2024-03-01", "2024-03-31"),
    ("1m", date(2023, 3, 31), "2023-03-01", "2023-03-31"),
    ("1m", LEAP_DAY, "2024-01-30", "2024-02-29"),
    ("3m", SUNDAY, "2026-08-23", "2026-11-22"),
    ("12m", SUNDAY, "2025-11-23", "2026-11-22"),
    ("1y", SUNDAY, "2025-11-23", "2026-11-22"),
    ("1y", LEAP_DAY, "2023-03-01", "2024-02-29"),
    ("4y", LEAP_DAY, "2020-03-01", "2024-02-29"),
    ("1y", date(2025, 2, 28), "2024-02-29", "2025-02-28"),
    ("9999y", SUNDAY, "0001-01-01", "2026-11-22"),
    ("99999d", SUNDAY, "1753-02-08", "2026-11-22"),
    (">=7d", SUNDAY, "2026-11-16", ""),
    ("<7d", SUNDAY, "", "2026-11-15"),
    ("last week", SUNDAY, "2026-11-09", "2026-11-15"),
    ("last week", MONDAY, "2020-10-19", "2020-10-25"),
    ("this week", SUNDAY, "2026-11-16", "2026-11-22"),
    ("this week", MONDAY, "2020-10-26", "2020-11-01"),
    ("Last  Month", SUNDAY, "2026-10-01", "2026-10-31"),
    ("last month", AFTER_LEAP, "2024-02-01", "2024-02-29"),
    ("last month", NEW_YEAR, "2020-12-01", "2020-12-31"),
    ("this month", LEAP_DAY, "2024-02-01", "2024-02-29"),
    ("last year", LEAP_DAY, "2023-01-01", "2023-12-31"),
    ("this year", SUNDAY, "2026-01-01", "2026-12-31"),
    ("last year..last month", SUNDAY, "2025-01-01", "2026-10-31"),
]


@pytest.mark.parametrize(("text", "today", "first", "last"), SPANS)
def test_a_date_value_is_parsed_to_these_days(text: str, today: date, first: str, last: str):
    span = parse_days(text, today)
    assert tuple("" if day is None else day.isoformat() for day in span) == (first, last)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is not a date"), ("tomorow", "is not a date. Write it as"), ("2020-13", "2020-13 does not exist"),
        ("2021-02-29", "2021-02-29 does not exist"), ("2020-00", "does not exist"), ("0000", "does not exist"), ("20-10-22", "is not a date"),
        ("..", "needs at least one day"), ("2021..2020", "The range is reversed"), ("0d", "period of 0 days is empty"),
        ("2020-10-22-1", "is not a date"), (">", "is not a date"), (">=2020..2021", "is not a date"), ("2020...2021", "is not a date"),
        (">9999-12-31", "no day after 9999-12-31"), (">9999", "no day after"), ("<0001", "no day before 0001-01-01"),
    ],
)  # fmt: skip
def test_a_value_that_is_not_a_date_raises_a_sentence(text: str, sentence: str):
    with pytest.raises(DateValueError, match=sentence):
        parse_days(text, SUNDAY)


@given(st.text(st.sampled_from("0123456789-.<>=dwmyltoast nhek٣"), max_size=12), st.dates())
def test_any_text_is_parsed_to_ordered_days_or_an_error(text: str, today: date):
    try:
        first, last = parse_days(text, today)
    except DateValueError:
        return
    assert first is not None or last is not None
    assert first is None or last is None or first <= last


BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")

MOMENTS = {
    "day alone": "2020-10-25",
    "before the change": "2020-10-25T00:30:00+02:00",
    "hour that comes twice, first": "2020-10-25T02:30:00+02:00",
    "hour that comes twice, second": "2020-10-25T02:10:00+01:00",
    "late": "2020-10-25T23:59:59+01:00",
    "spring, before": "2020-03-29T01:59:59+01:00",
    "spring, after": "2020-03-29T03:00:00+02:00",
    "leap evening": "2024-03-01T00:30:00+01:00",
    "new year": "2020-12-31T23:30:00Z",
}
FOUND = [
    (
        "2020-10-25",
        BERLIN,
        {"day alone", "before the change", "late"} | {name for name in MOMENTS if "twice" in name},
    ),
    ("2020-10-25", NEW_YORK, {"day alone", "late"}),
    ("2020-10-24", BERLIN, set()),
    ("2020-10-24", NEW_YORK, {"before the change"} | {name for name in MOMENTS if "twice" in name}),
    ("2020-03-29", BERLIN, {"spring, before", "spring, after"}),
    ("2020-03-28", NEW_YORK, {"spring, before", "spring, after"}),
    ("2024-02-29", BERLIN, set()),
    ("2024-02-29", NEW_YORK, {"leap evening"}),
    ("2021", BERLIN, {"new year"}),
    ("2020-12", NEW_YORK, {"new year"}),
]


@pytest.mark.parametrize(("value", "zone", "names"), FOUND)
def test_days_are_those_of_the_reader(value: str, zone: ZoneInfo, names: set[str]):
    corpus = FakeCorpus({name: article_document(published=text) for name, text in MOMENTS.items()})
    assert set(find(parse_query(f"date:{value}", SUNDAY), corpus, corpus.index(zone))) == names


def test_articles_are_ordered_by_moment_also_when_clocks_go_back():
    corpus = FakeCorpus(
        {name: article_document(published=MOMENTS[name]) for name in MOMENTS if "2020-10" in MOMENTS[name]}
    )
    expected = [
        "late", "hour that comes twice, second", "hour that comes twice, first", "before the change", "day alone",
    ]  # fmt: skip
    assert find(parse_query("", SUNDAY), corpus, corpus.index()) == expected
    assert find(parse_query("sort:date", SUNDAY), corpus, corpus.index()) == expected[::-1]


def test_articles_added_within_one_second_keep_their_order():
    times = [datetime(2026, 11, 22, 9, 0, 0, micro).astimezone(BERLIN) for micro in (5, 0, 70)]
    corpus = FakeCorpus({str(n): article_document(added=time.isoformat()) for n, time in enumerate(times)})
    assert find(parse_query("sort:-added", SUNDAY), corpus, corpus.index()) == ["2", "0", "1"]
