"""Annotations to see again, and articles to read on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from fakes import FakeClock
from hypothesis import given
from hypothesis import strategies as st

from library import Annotation, AnnotationKind, Library, Position, Quote
from library.annotations.review import REST, REVIEW_COUNT, made_on_this_day, to_review

TODAY = date(2026, 11, 22)
days = st.dates(date(2015, 1, 1), date(2026, 12, 31))


def made(day: date, name: str = "a", kind: AnnotationKind = AnnotationKind.HIGHLIGHT) -> Annotation:
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    quote = Quote(exact="words")
    return Annotation(id=name, article="x", kind=kind, quote=quote, created=moment, updated=moment)


def ids(annotations: list[Annotation]) -> list[str]:
    return [one.id for one in annotations]


@pytest.mark.parametrize(
    ("today", "day", "found"),
    [
        (TODAY, date(2021, 11, 22), True),
        (TODAY, TODAY, False),
        (TODAY, date(2021, 11, 21), False),
        (TODAY, date(2021, 10, 22), False),
        (date(2026, 2, 28), date(2024, 2, 29), True),
        (date(2026, 3, 1), date(2024, 2, 29), False),
        (date(2028, 2, 28), date(2024, 2, 29), False),
        (date(2028, 2, 29), date(2024, 2, 29), True),
    ],
)
def test_on_this_day_lists_annotations_of_that_day_in_previous_years(today: date, day: date, found: bool):
    assert bool(made_on_this_day([made(day)], today, datetime.date)) is found


@given(st.lists(days), days)
def test_a_review_is_small_and_old_and_stays_the_same_all_day(made_on: list[date], today: date):
    annotations = [made(day, str(number)) for number, day in enumerate(made_on)]
    review = to_review(annotations, today, datetime.date)
    assert to_review(annotations[::-1], today, datetime.date) == review[::-1]
    assert all(one.created.date() <= today - REST for one in review)
    assert len(review) == min(REVIEW_COUNT, sum(day <= today - REST for day in made_on))


def test_reviews_differ_each_day_and_eventually_show_everything():
    annotations = [made(date(2020, 1, 1), str(number)) for number in range(30)]
    reviews = [
        ids(to_review(annotations, TODAY + timedelta(days=number), datetime.date)) for number in range(60)
    ]
    assert reviews[0] != reviews[1]
    assert {name for review in reviews for name in review} == set(ids(annotations))


def test_a_review_has_no_bookmarks_and_no_notes_without_words():
    bookmark = made(date(2020, 1, 1), "b", AnnotationKind.BOOKMARK)
    moment = bookmark.created
    note = Annotation(id="n", article="x", kind=AnnotationKind.NOTE, created=moment, updated=moment)
    assert to_review([bookmark, note], TODAY, datetime.date) == []


def test_the_days_are_the_readers_own(seeded: Library, clock: FakeClock):
    """Half past eleven at night in UTC is the next day in Berlin."""
    strike = seeded.search.ids("strike")[0]
    clock.now = datetime(2020, 11, 21, 23, 30, tzinfo=UTC)
    note = seeded.note(strike, "Mine. #idea", quote="another week")
    clock.now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert ids(seeded.annotations.on_this_day()) == [note.id]
    assert ids(seeded.annotations.for_review("tag:idea")) == [note.id]
    assert seeded.annotations.for_review("tag:other") == []


def test_started_articles_are_listed_the_last_opened_first(seeded: Library):
    strike, oil, storm, tram = (
        seeded.search.ids(word)[0] for word in ("strike", "oil", "title:storm", "трамвай")
    )
    for key, share in ((oil, 0.02), (strike, 0.5), (storm, 0.95), (tram, 0.01)):
        seeded.articles.record_opened(key)
        seeded.articles.save_position(key, Position(7, share))
    assert seeded.search.ids("is:started") == [strike, oil]
    seeded.articles.record_opened(oil)
    assert seeded.search.ids("is:started") == [oil, strike]
    assert seeded.search.ids("is:started sort:opened") == [strike, oil]
    seeded.articles.save_position(oil, Position(99, 1.0))
    assert seeded.search.ids("is:started") == [strike]
    assert seeded.search.ids("sort:-opened limit:1") == [oil]


def test_bookmarks_of_passages_are_found_by_a_query(seeded: Library):
    strike, oil = seeded.search.ids("strike")[0], seeded.search.ids("oil")[0]
    passage = seeded.annotations.bookmark(strike, "another week")
    seeded.note(oil, "Mine.")
    assert seeded.search.ids("has:bookmark") == [strike]
    assert ids(seeded.annotations.select("has:bookmark")) == [passage.id]
