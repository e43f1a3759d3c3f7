"""The query language: from what is typed to a ``Query``.

::

    query  = alternatives
    either = all { "OR" all }
    all    = { ["-"] ( "(" either ")" | term ) }
    term   = [field ":"] value { "," value }

The parser raises QueryError, with the place at fault, and nothing else, on any input.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from library.errors import QueryError
from library.search.dates import DateValueError, parse_days
from library.search.tree import (
    Amount,
    And,
    Clock,
    Days,
    Has,
    Is,
    NoDay,
    Node,
    Not,
    Or,
    Query,
    SortKey,
    Tagged,
    Untagged,
    Words,
    conjuncts,
)

WORD_FIELDS = ("title", "author", "source", "url", "text", "note", "quote", "language")
CLOCK_FIELDS = tuple(str(clock) for clock in Clock)
STATES = ("unread", "read", "begun", "bookmarked", "trashed", "orphaned")
THINGS = ("note", "highlight", "bookmark", "image")
MEASURES = ("words", "minutes")
SORT_NAMES = ("date", "title", "source", "words", "added", "noted", "opened", "relevance")
FIELDS = (*WORD_FIELDS, "tag", *CLOCK_FIELDS, "is", "has", *MEASURES, "saved", "sort", "limit")

_DEEPEST = 100
_LAST_OPENED_FIRST = (SortKey("opened", descending=True),)
"""The order of what is to be read on, unless the query names another."""

_or = re.compile(r"or(?=[\s()]|$)", re.IGNORECASE)
_field = re.compile(r"[^\W\d_]+(?=:)")
_bound = re.compile(r"(>=|<=|>|<|=)?(\d{1,9})|(\d{0,9})\.\.(\d{0,9})")


@dataclass(frozen=True, slots=True)
class _Value:
    """One value of a term: its text, whether it stood in quotes, and where it begins."""

    text: str
    quoted: bool
    position: int


def parse_query(text: str, today: date) -> Query:
    """Understand ``text``; words such as ``7d`` are seen from ``today``. Raises QueryError."""
    return _Parser(text, today).query()


class _Parser:
    def __init__(self, text: str, today: date) -> None:
        self._text = text
        self._today = today
        self._position = 0
        self._depth = 0
        self._sort: tuple[SortKey, ...] | None = None
        self._limit: int | None = None

    def query(self) -> Query:
        node = self._either()
        if self._position < len(self._text):
            raise self._error("This closing parenthesis has no opening one.", self._position)
        sort = self._sort or (_LAST_OPENED_FIRST if Is("begun") in conjuncts(node) else None)
        return Query(node, limit=self._limit) if sort is None else Query(node, sort, self._limit, True)

    def _error(self, message: str, position: int, suggestion: str = "") -> QueryError:
        return QueryError(message, self._text, position, suggestion)

    def _peek(self) -> str:
        while self._position < len(self._text) and self._text[self._position].isspace():
            self._position += 1
        return self._text[self._position : self._position + 1]

    def _either(self) -> Node:
        alternatives = [self._all()]
        while self._take_or():
            alternatives.append(self._all(after_or=True))
        return alternatives[0] if len(alternatives) == 1 else Or(tuple(alternatives))

    def _take_or(self) -> bool:
        self._peek()
        if _or.match(self._text, self._position) is None:
            return False
        self._position += 2
        return True

    def _all(self, *, after_or: bool = False) -> Node:
        start, nodes = self._position, []
        while (char := self._peek()) and char != ")" and not self._at_or():
            node = self._factor()
            if node is not None:
                nodes.append(node)
        if not nodes and (after_or or self._at_or()):
            raise self._error("“OR” needs a term on each side; to find the word itself, quote it.", start)
        return nodes[0] if len(nodes) == 1 else And(tuple(nodes))

    def _at_or(self) -> bool:
        position = self._position
        found = self._take_or()
        self._position = position
        return found

    def _factor(self) -> Node | None:
        start = self._position
        if self._text[start] == "-":
            self._position += 1
            self._follows(start, "“-” excludes the term that follows it at once")
            if self._peek() == "-":
                raise self._error("One “-” is enough to exclude a term.", self._position)
            node = self._factor()
            if node is None:
                raise self._error("“sort:” and “limit:” cannot be excluded.", start)
            return Not(node)
        if self._text[start] == "(":
            return self._group(start)
        return self._term()

    def _follows(self, start: int, rule: str) -> None:
        if not self._text[self._position : self._position + 1].strip():
            raise self._error(f"{rule}; to find the character itself, quote it.", start)

    def _group(self, start: int) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._error(f"Parentheses may be nested {_DEEPEST} deep at most.", start)
        self._position += 1
        node = self._either()
        if self._peek() != ")":
            raise self._error("This parenthesis is not closed.", start)
        if node == And(()):
            raise self._error("These parentheses hold no term.", start)
        self._position += 1
        self._depth -= 1
        return node

    def _term(self) -> Node | None:
        start = self._position
        if self._text[start] == "#":
            self._position += 1
            self._follows(start, "“#” stands right before a tag")
            return self._tags(self._values())
        field = _field.match(self._text, start)
        if field is None:
            return self._word("", self._plain_value())
        name = field[0].casefold()
        if name not in FIELDS:
            close = get_close_matches(name, FIELDS, 1)
            meant = f"Did you mean “{close[0]}:”?" if close else f"The fields are: {', '.join(FIELDS)}."
            suggestion = f"{meant} To find the words themselves, put them in quotation marks."
            raise self._error(f"There is no field “{field[0]}:”.", start, suggestion)
        self._position = field.end() + 1
        values = self._values()
        if not values:
            raise self._error(f"“{name}:” needs a value.", self._position)
        return self._field_term(name, values)

    def _field_term(self, name: str, values: tuple[_Value, ...]) -> Node | None:
        if name in ("sort", "limit"):
            self._arrange(name, values)
            return None
        if name == "tag":
            return self._tags(values)
        nodes = [self._single(name, value) for value in values]
        return nodes[0] if len(nodes) == 1 else Or(tuple(nodes))

    def _single(self, name: str, value: _Value) -> Node:
        if name in CLOCK_FIELDS:
            return self._days(Clock(name), value)
        if name == "is":
            return Is(self._choice("is", value, STATES))
        if name == "has":
            return Has(self._choice("has", value, THINGS))
        if name in MEASURES:
            return self._amount(name, value)
        if name == "saved":
            raise self._error(f"There is no saved search “{value.text}”.", value.position)
        return self._word(name, value)

    def _choice(self, field: str, value: _Value, choices: tuple[str, ...]) -> str:
        name = value.text.casefold()
        if name in choices:
            return name
        close = get_close_matches(name, choices, 1)
        suggestion = (
            f"Did you mean “{field}:{close[0]}”?" if close else f"It takes one of: {', '.join(choices)}."
        )
        raise self._error(f"“{field}:” does not know “{value.text}”.", value.position, suggestion)

    def _days(self, clock: Clock, value: _Value) -> Node:
        if value.text.casefold() == "none":
            return NoDay(clock)
        try:
            first, last = parse_days(value.text, self._today)
        except DateValueError as error:
            raise self._error(str(error), value.position) from None
        return Days(clock, first, last)

    def _amount(self, measure: str, value: _Value) -> Node:
        parts = _bound.fullmatch(value.text)
        if parts is None or value.text == "..":
            raise self._error(
                f"“{value.text}” is no amount; write it as {measure}:>9, {measure}:<=5 or {measure}:5..10.",
                value.position,
            )
        if parts[2] is None:
            low, high = (int(bound) if bound else None for bound in (parts[3], parts[4]))
            if low is not None and high is not None and low > high:
                raise self._error("The range ends before it begins; write the smaller first.", value.position)
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

    def _tags(self, values: tuple[_Value, ...]) -> Node:
        names = [value for value in values if value.quoted or value.text.casefold() != "none"]
        for value in names:
            if not value.text.strip():
                raise self._error("This tag has no name.", value.position)
        tagged = Tagged(tuple(value.text for value in names))
        if len(names) == len(values):
            return tagged
        return Or((Untagged(), tagged)) if names else Untagged()

    def _word(self, field: str, value: _Value) -> Node:
        prefix = value.text.endswith("*") and not value.quoted
        text = value.text.rstrip("*") if prefix else value.text
        if not text.strip():
            raise self._error("There is no word here to look for.", value.position)
        return Words(text, field, prefix)

    def _arrange(self, name: str, values: tuple[_Value, ...]) -> None:
        if name == "sort":
            self._sort = self._sort_keys(values)
        else:
            self._limit = self._number(values)

    def _sort_keys(self, values: tuple[_Value, ...]) -> tuple[SortKey, ...]:
        keys = []
        for value in values:
            descending = value.text.startswith("-")
            bare = _Value(value.text.removeprefix("-"), value.quoted, value.position)
            keys.append(SortKey(self._choice("sort", bare, SORT_NAMES), descending))
        return tuple(keys)

    def _number(self, values: tuple[_Value, ...]) -> int:
        value = values[0]
        if len(values) > 1 or re.fullmatch(r"[0-9]{1,9}", value.text) is None:
            raise self._error("“limit:” takes one whole number, as in limit:20.", value.position)
        return int(value.text)

    def _values(self) -> tuple[_Value, ...]:
        """The values after a field, separated by commas."""
        values = []
        while True:
            value = self._value(until=",")
            if value is not None:
                values.append(value)
            if self._text[self._position : self._position + 1] != ",":
                return tuple(values)
            self._position += 1

    def _plain_value(self) -> _Value:
        """A word or phrase that stands alone; commas belong to it."""
        value = self._value(until="")
        if value is None:
            raise self._error("There is no word here to look for.", self._position)
        return value

    def _value(self, until: str) -> _Value | None:
        start, text = self._position, self._text
        if text[start : start + 1] == '"':
            end = text.find('"', start + 1)
            if end < 0:
                raise self._error("This quotation mark is not closed.", start)
            self._position = end + 1
            return _Value(text[start + 1 : end], True, start)
        end = start
        while end < len(text) and not text[end].isspace() and text[end] not in f'()"{until}':
            end += 1
        if text[end : end + 1] == "(" and end == start:
            raise self._error("Parentheses cannot follow a field; write the field in each term.", start)
        self._position = end
        return _Value(text[start:end], False, start) if end > start else None
