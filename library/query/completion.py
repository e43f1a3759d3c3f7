"""Completion of a query at the caret: fields, and values with the number of articles that each leaves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from heapq import nsmallest
from itertools import islice
from typing import Protocol

from library.models import Completion
from library.query.dates import PERIODS, WEEKDAYS, DateValueError, parse_days
from library.query.formatting import quoted
from library.query.terms import CLOCK_FIELDS, FIELDS, MEASURES, SORT_NAMES, STATES, THINGS
from library.query.unfinished import Slot
from library.text.case_folding import fold

MOST = 50
"""Maximum number of candidates."""

_FEW = 5
"""Maximum number of values of each kind for a word without a field."""

FIELD_HELP = {
    "tag": "A tag. tag:a,b: either; tag:a/*: a and tags below it; tag:none: untagged.",
    "date": "Publication date: 2020, 2020-10, 2020-09..2020-10, today, 7d, none.",
    "is": f"State: {', '.join(STATES)}.",
    "has": f"Contains: {', '.join(THINGS)}.",
    "source": "Words in the name of the site or paper.",
    "author": "Words in the name of an author or agency.",
    "title": "Words in the headline.",
    "text": "Words in the text.",
    "note": "Words in your notes.",
    "quote": "Words in highlighted, bookmarked or annotated passages.",
    "url": "Part of the address.",
    "language": "Two-letter language code.",
    "added": "Date of import. Takes the same values as date:.",
    "noted": "Date of a note or mark on it. Takes the same values as date:.",
    "opened": "Date last read. Takes the same values as date:.",
    "words": "Length in words: words:>1000.",
    "minutes": "Reading time in minutes: minutes:<=5.",
    "saved": "The terms of a saved search.",
    "sort": "Sort order: sort:-words puts the longest first.",
    "limit": "Maximum number of articles: limit:20.",
}
"""Description of each field, the most used first."""

_SORT_HELP = {
    "date": "publication date",
    "title": "headline",
    "source": "source",
    "words": "length",
    "added": "date of import",
    "noted": "date last annotated",
    "opened": "date last read",
    "relevance": "best match",
}
_DATE_WORDS = ("today", "yesterday", "7d", "30d", "3m", "1y")
_PERIODS = tuple(f"{which} {period}" for period in PERIODS for which in ("this", "last"))
_AMOUNTS = {"words": (">1000", "<300", "300..1000"), "minutes": ("<=5", ">10", "5..10")}
_LIMITS = ("10", "20", "50", "100")


class Counts(Protocol):
    """Counts of each value in the results of the rest of the query."""

    @property
    def tags(self) -> Mapping[str, int]: ...
    @property
    def families(self) -> tuple[str, ...]: ...
    @property
    def untagged(self) -> int: ...
    @property
    def states(self) -> Mapping[str, int]: ...
    @property
    def things(self) -> Mapping[str, int]: ...
    @property
    def sources(self) -> Mapping[str, int]: ...
    @property
    def authors(self) -> Mapping[str, int]: ...
    @property
    def languages(self) -> Mapping[str, int]: ...
    @property
    def undated(self) -> int: ...

    def family(self, name: str) -> int:
        """Count the articles that have the tag ``name`` or one below it."""

    def calendar(self, typed: str) -> list[str]:
        """Return the years, months or days with articles that begin with ``typed``."""

    def published(self, first: date | None, last: date | None) -> int:
        """Count the articles published from ``first`` to ``last``, inclusive."""


@dataclass(frozen=True, slots=True)
class Values:
    """The sources of values. ``saved`` has queries by name; ``tally`` returns counts of the results of the
    rest of the query, and ``trashed`` the number of those that are in the trash.
    """

    tally: Callable[[], Counts]
    trashed: Callable[[], int]
    saved: Mapping[str, str]
    today: date
    first_weekday: int


def completions(slot: Slot, values: Values) -> list[Completion]:
    """Return the completions for ``slot``, the likeliest first."""
    if slot.in_field or not slot.field:
        return [*_fields(slot), *([] if slot.in_field else _guesses(slot, values))][:MOST]
    found = _values(slot, values)
    return [
        Completion(text, slot.start, slot.end, help_, count) for text, help_, count in _first(found, MOST)
    ]


_Candidate = tuple[str, str, int | None]
"""Text to insert, description, and number of articles."""


def _fields(slot: Slot) -> Iterator[Completion]:
    typed = fold(slot.typed)
    names = [name for name in FIELD_HELP if name.startswith(typed)]
    if slot.in_field and not names:
        names = get_close_matches(typed, FIELDS, 3)
    for name in names:
        yield Completion(f"{name}:", slot.start, slot.end, FIELD_HELP[name])


def _guesses(slot: Slot, values: Values) -> Iterator[Completion]:
    """Yield saved searches, tags and sources that match the typed word."""
    if not slot.typed:
        return
    typed, tally = slot.typed, values.tally()
    for field, found in (
        ("saved", _saved(typed, values)),
        ("tag", _tags(typed, tally)),
        ("source", _counted(typed, tally.sources, "source")),
    ):
        for text, help_, count in _first(found, _FEW):
            yield Completion(f"{field}:{text}", slot.start, slot.end, help_, count)


def _first(found: Iterable[_Candidate], count: int) -> list[_Candidate]:
    return list(islice(found, count))


def _values(slot: Slot, values: Values) -> Iterator[_Candidate]:
    field, typed = slot.field, slot.typed
    if field in CLOCK_FIELDS:
        return _dates(slot, values)
    if field in MEASURES:
        return _fixed(slot.operator + typed, _AMOUNTS[field])
    match field:
        case "saved":
            return _saved(typed, values)
        case "sort":
            return _orders(typed)
        case "limit":
            return _fixed(typed, _LIMITS)
        case "tag":
            return _tags(typed, values.tally())
        case "is":
            counts = {**values.tally().states, "trashed": values.trashed()}
            return _choices(typed, STATES, counts)
        case "has":
            return _choices(typed, THINGS, values.tally().things)
        case "source":
            return _counted(typed, values.tally().sources, field)
        case "author":
            return _counted(typed, values.tally().authors, field)
        case "language":
            return _counted(typed, values.tally().languages, field)
    return iter(())


def _counted(typed: str, counts: Mapping[str, int], field: str) -> Iterator[_Candidate]:
    """Yield values that begin with ``typed``, then values with a later word that does; frequent first."""
    wanted = fold(typed)
    inside = re.compile(rf"[\s/]{re.escape(wanted)}")
    beginning, other = [], []
    for name, count in counts.items():
        folded = fold(name)
        if folded.startswith(wanted):
            beginning.append((-count, name))
        elif wanted and inside.search(folded):
            other.append((-count, name))
    for names in (beginning, other):
        for count, name in nsmallest(MOST, names):
            yield quoted(name, field), "", -count


def _tags(typed: str, tally: Counts) -> Iterator[_Candidate]:
    wanted = fold(typed.removesuffix("*").removesuffix("/"))
    families = [name for name in tally.families if fold(name).startswith(wanted)]
    if wanted and typed.endswith(("/", "/*")):
        for name in families[:_FEW]:
            yield quoted(f"{name}/*", "tag"), "This tag and all below it.", tally.family(name)
    for text, help_, count in _counted(typed.removesuffix("*"), tally.tags, "tag"):
        yield text if text.casefold() != "none" else '"none"', help_, count
    if not typed.endswith(("/", "/*")):
        for name in families[:_FEW]:
            yield quoted(f"{name}/*", "tag"), "This tag and all below it.", tally.family(name)
    if "none".startswith(wanted):
        yield "none", "Articles without a tag.", tally.untagged


def _choices(typed: str, names: tuple[str, ...], counts: Mapping[str, int]) -> Iterator[_Candidate]:
    return ((name, "", counts.get(name, 0)) for name in names if name.startswith(fold(typed)))


def _fixed(typed: str, texts: tuple[str, ...]) -> Iterator[_Candidate]:
    return ((text, "", None) for text in texts if text.startswith(typed))


def _orders(typed: str) -> Iterator[_Candidate]:
    down = typed.startswith("-")
    for name in SORT_NAMES:
        if name.startswith(fold(typed.removeprefix("-"))):
            for sign in ("-",) if down else ("", "-"):
                way = "descending" if sign else "ascending"
                yield f"{sign}{name}", f"By {_SORT_HELP[name]}, {way}.", None


def _saved(typed: str, values: Values) -> Iterator[_Candidate]:
    for name in sorted(values.saved, key=fold):
        if fold(name).startswith(fold(typed)):
            yield quoted(name, "saved"), values.saved[name], None


def _dates(slot: Slot, values: Values) -> Iterator[_Candidate]:
    """Yield words for days, then the years, months or days with articles; all begin with the typed text."""
    typed = fold(slot.typed)
    published = slot.field == "date"
    tally = values.tally() if published else None
    for text in (*_DATE_WORDS, *_PERIODS, *WEEKDAYS):
        if text.startswith(typed):
            written = slot.operator + text
            yield quoted(written, "date"), "", _days_count(written, tally, values)
    if "none".startswith(typed) and not slot.operator:
        yield "none", "Articles without this date.", tally.undated if tally else None
    if tally is not None:
        for text in tally.calendar(typed):
            yield slot.operator + text, "", _days_count(slot.operator + text, tally, values)


def _days_count(text: str, tally: Counts | None, values: Values) -> int | None:
    if tally is None:
        return None
    try:
        return tally.published(*parse_days(text, values.today, values.first_weekday))
    except DateValueError:
        return None
