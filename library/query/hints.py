"""Suggestions for unknown fields and values, and for the syntax of other programs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches

from library.query.dates import NAMED
from library.query.formatting import quoted

_FIELDS = {
    "after": "date:>",
    "before": "date:<",
    "body": "text:",
    "by": "author:",
    "category": "tag:",
    "comment": "note:",
    "content": "text:",
    "created": "added:",
    "feed": "source:",
    "from": "author:",
    "headline": "title:",
    "http": "url:",
    "https": "url:",
    "label": "tag:",
    "lang": "language:",
    "length": "words:",
    "link": "url:",
    "newer": "date:>=",
    "older": "date:<",
    "order": "sort:",
    "published": "date:",
    "read": "opened:",
    "search": "saved:",
    "since": "date:>=",
    "site": "source:",
    "state": "is:",
    "status": "is:",
    "subject": "title:",
    "time": "minutes:",
    "until": "date:<=",
}
_VALUES = {
    "is": {
        "checked": "-is:doubtful",
        "deleted": "is:trashed",
        "done": "is:read",
        "favorite": "is:bookmarked",
        "favourite": "is:bookmarked",
        "finished": "is:read",
        "guessed": "is:doubtful",
        "highlighted": "has:highlight",
        "marked": "is:bookmarked",
        "new": "is:unread",
        "noted": "has:note",
        "saved": "is:bookmarked",
        "seen": "is:read",
        "starred": "is:bookmarked",
        "tagged": "-tag:none",
        "trash": "is:trashed",
        "undated": "date:none",
        "unfinished": "is:started",
        "unseen": "is:unread",
        "untagged": "tag:none",
    },
    "has": {
        "annotation": "has:note,highlight,bookmark",
        "author": "author:name",
        "comment": "has:note",
        "date": "-date:none",
        "photo": "has:image",
        "picture": "has:image",
        "star": "is:bookmarked",
        "tag": "-tag:none",
        "tags": "-tag:none",
    },
    "sort": {
        "asc": "sort:date",
        "best": "sort:relevance",
        "desc": "sort:-date",
        "headline": "sort:title",
        "latest": "sort:-date",
        "length": "sort:-words",
        "longest": "sort:-words",
        "newest": "sort:-date",
        "oldest": "sort:date",
        "published": "sort:-date",
        "score": "sort:relevance",
        "shortest": "sort:words",
    },
}
_OPERATORS = {
    "AND": "Leave it out: an article must match every term",
    "&": "Leave it out: an article must match every term",
    "&&": "Leave it out: an article must match every term",
    "NOT": "To exclude a term, write “-” directly before it",
    "|": "To match either of two terms, write “OR” between them",
    "||": "To match either of two terms, write “OR” between them",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_signed = re.compile(r"[!+~]([^\W\d_]+):")
_year_first = re.compile(r"(\d{4})[./](\d{1,2})(?:[./](\d{1,2}))?")
_year_last = re.compile(r"(?:(\d{1,2})([./-]))?(\d{1,2})[./-](\d{4})")
_month_name = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\W+)?(?P<month>[a-z]{3,9})"
    r"(?:\W*(?P<day_after>\d{1,2})(?:st|nd|rd|th)?(?!\d))?(?:\W*(?P<year>\d{4}))?"
)
_count = re.compile(r"(?:last\W*)?(\d{1,4})\W*(d|w|m|y)?[a-z]*")
_period = re.compile(r"(last|this)\W*(week|month|year)?")


def field_hint(name: str, value: str, fields: Sequence[str]) -> str:
    """Suggest a correction for the field ``name``, which is not one of ``fields``."""
    meant = _FIELDS.get(name)
    if meant == "url:":
        return f'To search for an address, write url:"{name}:{value}".'
    if meant:
        written = quoted(value, "field") if value else ""
        return f"Did you mean “{meant}{written}”?"
    close = get_close_matches(name, fields, 1)
    return f"Did you mean “{close[0]}:”?" if close else f"The fields are: {', '.join(fields)}."


def choice_hint(field: str, name: str, choices: Sequence[str], sign: str = "") -> str:
    """Suggest a correction for ``name`` (after ``sign``), which is not one of ``choices`` of ``field``."""
    meant = _VALUES.get(field, {}).get(name)
    close = get_close_matches(name, choices, 1)
    if meant or close:
        return f"Did you mean “{meant or f'{field}:{sign}{close[0]}'}”?"
    if field != "has" and name in ("note", "highlight", "image", "bookmark"):
        return f"Did you mean “has:{name}”?"
    return f"Use one of: {', '.join(choices)}."


def word_hint(text: str, fields: Sequence[str]) -> tuple[str, str] | None:
    """Return a message and a suggestion for an operator of another program; None for other words."""
    if text in _OPERATORS:
        return (
            f"“{text}” is not part of the query language.",
            f"{_OPERATORS[text]}. To search for it, quote it.",
        )
    signed = _signed.match(text)
    if signed and signed[1].casefold() in fields:
        instead = f"-{text[1:]}" if text[0] == "!" else text[1:]
        return f"“{text[0]}” is not an operator.", f"Did you mean “{instead}”?"
    return None


def amount_hint(measure: str, text: str) -> str:
    """Suggest a correction for ``text``, which is not an amount; empty if there is none."""
    number = re.fullmatch(r"([<>]=?)?(\d{1,4})\s*(k|m|min|minutes?|w|words?)", text.casefold())
    if number:
        factor = 1000 if number[3] == "k" else 1
        return f"Did you mean “{measure}:{number[1] or ''}{int(number[2]) * factor}”?"
    span = re.fullmatch(r"(\d{1,9})\s*[-–—]\s*(\d{1,9})", text)
    return f"Did you mean “{measure}:{span[1]}..{span[2]}”?" if span else ""


def date_hint(field: str, value: str, today: date) -> str:
    """Suggest a correction for ``value``, which is not a date; empty if there is none."""
    meant = _dotted(value) or _named(value, today) or _relative(value)
    if not meant:
        meant = next(iter(get_close_matches(value, NAMED, 1)), "")
    return f"Did you mean “{field}:{meant}”?" if meant else ""


def _dotted(value: str) -> str:
    if "..." in value or "–" in value:
        return re.sub(r"\.{3,}|–", "..", value)
    span = re.fullmatch(r"(\d{4}-\d\d(?:-\d\d)?)-(\d{4}-\d\d(?:-\d\d)?)|(\d{4})-(\d{4})", value)
    if span:
        return f"{span[1] or span[3]}..{span[2] or span[4]}"
    first = _year_first.fullmatch(value)
    if first:
        return _valid(*first.groups())
    last = _year_last.fullmatch(value)
    if last is None:
        return ""
    day, sign, month, year = last.groups()
    if sign in ("/", "-") and day and int(day) <= 12 and int(month) <= 12 and day != month:
        return ""  # day or month may come first
    if sign == "/" and day and int(month) > 12:
        day, month = month, day
    return _valid(year, month, day)


def _named(value: str, today: date) -> str:
    found = _month_name.fullmatch(value)
    if found is None or found["month"][:3] not in _MONTHS:
        return ""
    month = _MONTHS.index(found["month"][:3]) + 1
    year = found["year"] or str(today.year - (month > today.month))
    return _valid(year, str(month), found["day"] or found["day_after"])


def _valid(year: str, month: str, day: str | None) -> str:
    try:
        found = date(int(year), int(month), int(day or 1)).isoformat()
    except ValueError:
        return ""
    return found if day else found[:7]


def _relative(value: str) -> str:
    count = _count.fullmatch(value)
    if count and int(count[1]) and (count[2] or len(count[1]) < 4):
        return f"{count[1]}{count[2] or 'd'}"
    period = _period.fullmatch(value)
    return f'"{period[1]} {period[2] or "week"}"' if period else ""
