"""Annotations to review: those made on this day in earlier years, and a few that change daily."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256

from library.models import Annotation, AnnotationKind

REVIEW_COUNT = 5
"""How many annotations are shown again in a day."""

REST = timedelta(days=30)
"""How long an annotation rests before it is shown again."""

DayOf = Callable[[datetime], date]
"""The reader's day of a moment."""


def made_on_this_day(annotations: Iterable[Annotation], today: date, day_of: DayOf) -> list[Annotation]:
    """Those made on the day and month of ``today`` in earlier years, in their order.

    On the 28th of February of a common year those of the 29th are among them: they would wait four years.
    """
    leap_day_too = (today.month, today.day) == (2, 28) and (today + timedelta(days=1)).month == 3
    days = {(today.month, today.day)} | ({(2, 29)} if leap_day_too else set())
    return [
        one
        for one, day in ((one, day_of(one.created)) for one in annotations)
        if day.year < today.year and (day.month, day.day) in days
    ]


def to_review(annotations: Iterable[Annotation], today: date, day_of: DayOf) -> list[Annotation]:
    """At most ``REVIEW_COUNT`` highlights, and notes on words, made ``REST`` or longer ago, in their order.

    They are others each day. Which ones follows from the date and the ids alone, so that the review of a
    day is the same on every machine and however often it is looked at.
    """
    latest = today - REST
    old = [one for one in annotations if _is_worth_seeing(one) and day_of(one.created) <= latest]
    drawn = heapq.nsmallest(REVIEW_COUNT, (_lot(one, today) for one in old))
    return [one for one in old if _lot(one, today) in drawn]


def _lot(annotation: Annotation, day: date) -> bytes:
    return sha256(f"{day.isoformat()} {annotation.id}".encode()).digest()


def _is_worth_seeing(annotation: Annotation) -> bool:
    return annotation.kind is not AnnotationKind.BOOKMARK and annotation.quote is not None
