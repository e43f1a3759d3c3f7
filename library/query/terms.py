"""The fields of the query language, and the meaning of their values."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from library.query.dates import DateValueError, as_written, parse_days
from library.query.hints import amount_hint, choice_hint, date_hint, word_hint
from library.query.tree import (
    Amount,
    Clock,
    Days,
    Has,
    Is,
    NoDay,
    Node,
    Or,
    SortKey,
    Tagged,
    Untagged,
    Words,
)
from library.text.case_folding import is_unspaced

WORD_FIELDS = ("title", "author", "source", "url", "text", "note", "quote", "language")
CLOCK_FIELDS = tuple(str(clock) for clock in Clock)
STATES = ("unread", "read", "started", "bookmarked", "trashed", "orphaned", "doubtful")
_OLD_STATES = {"begun": "started"}
"""Earlier names of states, which saved searches may have."""

THINGS = ("note", "highlight", "bookmark", "image")
MEASURES = ("words", "minutes")
SORT_NAMES = ("date", "title", "source", "words", "added", "noted", "opened", "relevance")
FIELDS = (*WORD_FIELDS, "tag", *CLOCK_FIELDS, "is", "has", *MEASURES, "saved", "sort", "limit")


_NO_STAR = "Write the whole tag. For a tag and all tags below it, write tag:world/*."
NEAR = '"strike harbour"~5'
"""Example of a search for words near each other, for messages."""

_nearness = re.compile(r".*~[0-9]*", re.DOTALL)
_bound = re.compile(r"(>=|<=|>|<|=)?(\d{1,9})|(\d{0,9})\.\.(\d{0,9})")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a term, with its span in the query; ``text`` is without quotation marks.

    ``starred`` is True if a ``*`` follows the closing quotation mark; ``near`` is the number after ``~``.
    """

    text: str
    quoted: bool
    position: int
    end: int
    starred: bool = False
    near: int | None = None


class Mistake(Exception):
    """An invalid value: a message, its position in the query, and a suggestion."""

    def __init__(self, message: str, position: int, suggestion: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.suggestion = suggestion


def node_of(field: str, value: Value, today: date, first_weekday: int) -> Node:
    """Return the node for one value after ``field:``, for fields with independent values. Raises Mistake."""
    if field in CLOCK_FIELDS:
        return _days(Clock(field), value, today, first_weekday)
    if field == "is":
        return Is(_choice("is", value, STATES))
    if field == "has":
        return Has(_choice("has", value, THINGS))
    if field in MEASURES:
        return _amount(field, value)
    return _word(field, value)


def _choice(field: str, value: Value, choices: tuple[str, ...], sign: str = "") -> str:
    name = value.text.casefold()
    name = _OLD_STATES.get(name, name)
    if name in choices:
        return name
    hint = choice_hint(field, name, choices, sign)
    raise Mistake(f"“{value.text}” is not a value of “{field}:”.", value.position, hint)


def _days(clock: Clock, value: Value, today: date, first_weekday: int) -> Node:
    if value.text.casefold() == "none":
        return NoDay(clock)
    try:
        first, last = parse_days(value.text, today, first_weekday)
    except DateValueError as error:
        hint = date_hint(str(clock), as_written(value.text), today)
        raise Mistake(error.message, value.position, hint or error.usage) from None
    return Days(clock, first, last, as_written(value.text))


def _amount(measure: str, value: Value) -> Node:
    parts = _bound.fullmatch(value.text)
    if parts is None or value.text == "..":
        usage = f"Write it as {measure}:>9, {measure}:<=5 or {measure}:5..10."
        hint = amount_hint(measure, value.text) or usage
        raise Mistake(f"“{value.text}” is not a number or a range.", value.position, hint)
    if parts[2] is None:
        low, high = (int(bound) if bound else None for bound in (parts[3], parts[4]))
        if low is not None and high is not None and low > high:
            raise Mistake("The range is reversed. Write the smaller number first.", value.position)
        return Amount(measure, low, high)
    number = int(parts[2])
    match parts[1]:
        case ">":
            return Amount(measure, least=number + 1)
        case ">=":
            return Amount(measure, least=number)
        case "<":
            return Amount(measure, most=number - 1)
        case "<=":
            return Amount(measure, most=number)
    return Amount(measure, number, number)


def tags_of(values: tuple[Value, ...]) -> Node:
    """Return the node for the values after ``tag:``. Raises Mistake."""
    names = [value for value in values if value.quoted or value.text.casefold() != "none"]
    for value in names:
        if not value.text.strip():
            raise Mistake("The name of the tag is missing.", value.position)
        if not value.quoted and "*" in value.text.removesuffix("/*"):
            raise Mistake(_NO_STAR, value.position + value.text.index("*"))
    tagged = Tagged(tuple(value.text for value in names))
    if len(names) == len(values):
        return tagged
    return Or((Untagged(), tagged)) if names else Untagged()


def _word(field: str, value: Value) -> Node:
    prefix = value.starred or (value.text.endswith("*") and not value.quoted)
    text = value.text.rstrip("*") if prefix and not value.quoted else value.text
    if not text.strip():
        raise Mistake("A word to search for is missing here.", value.position)
    hint = None if field or value.quoted else word_hint(text, FIELDS)
    if hint:
        raise Mistake(hint[0], value.position, hint[1])
    words = Words(text, field, prefix, value.near)
    if value.near is not None:
        _check_near(words, value)
    elif not value.quoted and field != "url" and _nearness.fullmatch(text):
        usage = f"“~” must directly follow a closing quotation mark, as in {NEAR}"
        raise Mistake(f"{usage}. To search for the character, quote it.", value.position + text.rindex("~"))
    return words


def _check_near(words: Words, value: Value) -> None:
    """Raise Mistake if ``words`` cannot be near each other."""
    each = words.singly()
    unspaced = next((one.text for one in each if is_unspaced(one.text)), None)
    if unspaced is not None:
        problem = f"“~” counts words, but the script of “{unspaced}” does not separate them."
        raise Mistake(problem, value.position, "Search for each word separately, without “~”.")
    if len({one.text for one in each}) < 2:
        raise Mistake("“~” needs two different words between the quotation marks.", value.position)


def sort_keys_of(values: tuple[Value, ...]) -> tuple[SortKey, ...]:
    """Return the sort keys after ``sort:``. Raises Mistake."""
    keys = []
    for value in values:
        sign = "-" if value.text.startswith("-") else ""
        bare = replace(value, text=value.text.removeprefix("-"))
        keys.append(SortKey(_choice("sort", bare, SORT_NAMES, sign), descending=bool(sign)))
    return tuple(keys)


def limit_of(values: tuple[Value, ...]) -> int:
    """Return the number after ``limit:``. Raises Mistake."""
    value = values[0]
    if len(values) > 1 or re.fullmatch(r"[0-9]{1,9}", value.text) is None:
        raise Mistake("“limit:” takes one whole number, as in limit:20.", value.position)
    return int(value.text)
