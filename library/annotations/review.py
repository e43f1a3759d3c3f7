"""Annotations to review: those made on this day in earlier years, and a few that change daily."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256

from library.models import Annotation, AnnotationKind

REVIEW_COUNT = 5
"""Maximum number of annotations to review in a day."""

REST = timedelta(days=30)
"""Minimum age of an annotation to review."""

DayOf = Callable[[datetime], date]
"""Returns the reader's day of a moment."""


def made_on_this_day(annotations: Iterable[Annotation], today: date, day_of: DayOf) -> list[Annotation]:
    """Return the annotations made on the day and month of ``today`` in earlier years, in their order.

    On 28 February of a common year this includes 29 February, which would otherwise come up every four years.
    """
    leap_day_too = (today.month, today.day) == (2, 28) and (today + timedelta(days=1)).month == 3
    days = {(today.month, today.day)} | ({(2, 29)} if leap_day_too else set())
    return [
        one
        for one, day in ((one, day_of(one.created)) for one in annotations)
        if day.year < today.year and (day.month, day.day) in days
    ]


def to_review(annotations: Iterable[Annotation], today: date, day_of: DayOf) -> list[Annotation]:
    """Return at most ``REVIEW_COUNT`` highlights and notes on passages, ``REST`` or older, in their order.

    The choice changes daily. It depends on the date and the ids alone, so that it is the same on every
    machine and at every call.
    """
    latest = today - REST
    old = [one for one in annotations if _is_worth_seeing(one) and day_of(one.created) <= latest]
    drawn = heapq.nsmallest(REVIEW_COUNT, (_lot(one, today) for one in old))
    return [one for one in old if _lot(one, today) in drawn]


def _lot(annotation: Annotation, day: date) -> bytes:
    return sha256(f"{day.isoformat()} {annotation.id}".encode()).digest()


def _is_worth_seeing(annotation: Annotation) -> bool:
    return annotation.kind is not AnnotationKind.BOOKMARK and annotation.quote is not None
