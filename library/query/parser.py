"""The query language: from what is typed to a ``Query``.

::

    query  = alternatives
    either = all { "OR" all }
    all    = { ["-"] ( "(" either ")" | term ) }
    term   = [field ":"] value { "," value }
    value  = word ["*"] | '"' words '"' ["*"] ["~" number]

The parser raises QueryError, with the place at fault, and nothing else, on any input.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from library.errors import QueryError
from library.query.dates import MONDAY, as_written
from library.query.hints import date_hint, field_hint
from library.query.terms import (
    CLOCK_FIELDS,
    FIELDS,
    MEASURES,
    NEAR,
    WORD_FIELDS,
    Mistake,
    Value,
    limit_of,
    node_of,
    sort_keys_of,
    tags_of,
)
from library.query.tree import And, Node, Not, Or, Query, Saved, SortKey, usual_order
from library.text.folding import fold

_DEEPEST = 100
_SAVED_DEPTH = 4
"""As how many parentheses a saved search inside another counts."""

_MOST_SAVED = 200
"""How many saved searches one query may use, those inside others counted each time."""

_or = re.compile(r"or(?=[\s()]|$)", re.IGNORECASE)
_grouped = r"\d{1,3}(?:,\d{3})+"
_thousands = re.compile(rf"(?:>=|<=|>|<|=)?{_grouped}|{_grouped}\.\.(?:{_grouped}|\d*)|\d*\.\.{_grouped}")
_lone_dash = re.compile(r"[-‐‑‒–—―−](?=\s|$)")
_field = re.compile(r"[^\W\d_]+(?=:)")


@dataclass(frozen=True, slots=True)
class SavedUse:
    """The name of a saved search in a query, and where it begins and ends there, quotation marks and all."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TagUse:
    """The name of a tag in a query (perhaps with ``/*``), and where it begins and ends, as in SavedUse."""

    name: str
    start: int
    end: int


@dataclass(slots=True)
class _Setting:
    """What a query is understood with, and what those inside it share.

    ``saved`` has the saved searches under their folded names; None: what they look for does not matter.
    """

    today: date
    first_weekday: int
    saved: Mapping[str, str] | None
    chain: tuple[str, ...] = ()
    """The saved searches that are being understood, each inside the one before it."""
    used: int = 0


class _SavedError(QueryError):
    """A mistake in how saved searches use each other."""


def parse_query(
    text: str,
    today: date,
    saved: Mapping[str, str] | None = None,
    *,
    first_weekday: int = MONDAY,
    name: str = "",
) -> Query:
    """Understand ``text``; words such as ``7d`` are seen from ``today``. Raises QueryError.

    ``saved`` has the queries of saved searches under their folded names; ``name`` is that of ``text`` itself,
    if it has one. Weeks begin with ``first_weekday`` (0 is Monday).
    """
    setting = _Setting(today, first_weekday, saved or {}, (name,) if name else ())
    return _Parser(text, setting).query()


def saved_uses(text: str) -> tuple[SavedUse, ...]:
    """Where ``text`` names saved searches; none where it cannot be understood."""
    parser = _parsed(text)
    return () if parser is None else tuple(parser.uses)


def tag_uses(text: str) -> tuple[TagUse, ...]:
    """Where ``text`` names tags; none where it cannot be understood."""
    parser = _parsed(text)
    return () if parser is None else tuple(parser.tags)


def _parsed(text: str) -> _Parser | None:
    """The parser after ``text``, saved searches unopened; None where it cannot be understood."""
    parser = _Parser(text, _Setting(date.min, MONDAY, None))
    try:
        parser.query()
    except QueryError:
        return None
    return parser


class _Parser:
    def __init__(self, text: str, setting: _Setting, depth: int = 0) -> None:
        self._text = text
        self._setting = setting
        self._position = 0
        self._depth = depth
        self._sort: tuple[SortKey, ...] | None = None
        self._limit: int | None = None
        self._inner = Query()
        self.uses: list[SavedUse] = []
        self.tags: list[TagUse] = []

    def query(self) -> Query:
        node = self._either()
        if self._position < len(self._text):
            raise self._error("This closing parenthesis has no opening one.", self._position)
        whole = self._inner if isinstance(node, Saved) else Query()
        limit = whole.limit if self._limit is None else self._limit
        sort = self._sort or (whole.sort if whole.has_order else None)
        return Query(node, usual_order(node), limit) if sort is None else Query(node, sort, limit, True)

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
        start, nodes = self._position, list[Node]()
        while (char := self._peek()) and char != ")" and not self._at_or():
            if nodes and _lone_dash.match(self._text, self._position):
                self._position += 1  # a dash between spaces belongs to a pasted headline
                continue
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
                hint = (
                    "Did you mean “sort:-date”?" if self._text[start:].casefold().startswith("-sort") else ""
                )
                raise self._error("“sort:” and “limit:” cannot be excluded.", start, hint)
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
            return self._field_term("tag", self._values())
        field = _field.match(self._text, start)
        if field is None:
            return self._meant("", (self._plain_value(),))
        name = field[0].casefold()
        if name not in FIELDS:
            after = self._text[field.end() + 1 : field.end() + 2]
            if not after.strip():  # a word with its colon, as in a pasted headline
                self._position = field.end() + 1
                return self._meant("", (Value(field[0], False, start, field.end()),))
            raise self._no_field(field[0], field.end() + 1)
        self._position = field.end() + 1
        values = self._values()
        return self._field_term(name, values)

    def _no_field(self, name: str, end: int) -> QueryError:
        start = end - len(name) - 1
        self._position = end
        value = self._text[end : end + 1] != "(" and self._value(until="")
        meant = field_hint(name.casefold(), value.text if value else "", FIELDS)
        suggestion = f"{meant} To find the words themselves, put them in quotation marks."
        return self._error(f"There is no field “{name}:”.", start, suggestion)

    def _field_term(self, name: str, values: tuple[Value, ...]) -> Node | None:
        if not values:
            after = re.match(r'\s+([^\s()"]+)', self._text[self._position :])
            hint = f"Write it right after the colon: {name}:{after[1]}" if after else ""
            raise self._error(f"“{name}:” needs a value.", self._position, hint and f"{hint}.")
        near = next((value for value in values if value.near is not None), None)
        if near and name not in WORD_FIELDS:
            place = self._text.rindex("~", 0, near.end)
            raise self._error(f"“{name}:” does not look for words, so no “~” can stand here.", place)
        starred = next((value for value in values if value.starred), None)
        if starred and name not in WORD_FIELDS:
            raise self._error(f"“{name}:” takes no beginnings, so no “*” can stand here.", starred.end - 1)
        if name in MEASURES and len(values) > 1:
            values = self._without_thousands(values)
        if name == "saved":
            return _one_of([self._saved(value) for value in values])
        return self._meant(name, values)

    def _without_thousands(self, values: tuple[Value, ...]) -> tuple[Value, ...]:
        """One number for what its thousands separators have cut into several values."""
        start, end = values[0].position, values[-1].end
        written = self._text[start:end]
        if _thousands.fullmatch(written):
            return (Value(written.replace(",", ""), False, start, end),)
        if re.search(r"\d,\d{3}(?!\d)", written):
            raise self._error("Numbers are written without commas, as in words:>1000.", start)
        return values

    def _meant(self, name: str, values: tuple[Value, ...]) -> Node | None:
        setting = self._setting
        try:
            if name == "sort":
                self._sort = sort_keys_of(values)
                return None
            if name == "limit":
                self._limit = limit_of(values)
                return None
            if name == "tag":
                named = (value for value in values if value.quoted or value.text.casefold() != "none")
                self.tags += (TagUse(value.text, value.position, value.end) for value in named)
                return tags_of(values)
            return _one_of([node_of(name, value, setting.today, setting.first_weekday) for value in values])
        except Mistake as mistake:
            suggestion = mistake.suggestion
            if name in CLOCK_FIELDS and not values[-1].quoted:
                suggestion = self._longer_date(name, values[-1]) or suggestion
            raise self._error(mistake.message, mistake.position, suggestion) from None

    def _longer_date(self, name: str, value: Value) -> str:
        """What to write for a date of several words without quotation marks, as in ``date:Oct 2020``."""
        following = re.match(r"(?:[\s,]+[^\s()\",:]+){1,2}", self._text[value.end :])
        words = following[0].replace(",", " ").split() if following else []
        for count in range(len(words), 0, -1):
            written = as_written(" ".join((value.text, *words[:count])))
            hint = date_hint(name, written, self._setting.today)
            if hint and re.search(r"\d{4}", written):
                return hint
        return ""

    def _saved(self, value: Value) -> Saved:
        setting, name = self._setting, value.text.strip()
        self.uses.append(SavedUse(name, value.position, value.end))
        if setting.saved is None:
            return Saved(name, And(()))
        text, chain = setting.saved.get(fold(name)), setting.chain
        setting.used += 1
        if fold(name) in map(fold, chain):
            message = f"The saved search “{name}” uses itself: {' → '.join((*chain, name))}."
        elif setting.used > _MOST_SAVED:
            message = f"More than {_MOST_SAVED} saved searches are used here, one inside another."
        elif self._depth + _SAVED_DEPTH > _DEEPEST:
            message = "These saved searches use each other too deep."
        elif text is None:
            raise self._no_saved(name, value)
        else:
            self._inner = self._inside(name, text, value)
            return Saved(name, self._inner.node)
        raise _SavedError(message, self._text, value.position)

    def _inside(self, name: str, text: str, value: Value) -> Query:
        """What the saved search ``name`` means."""
        setting = self._setting
        chain, setting.chain = setting.chain, (*setting.chain, name)
        try:
            return _Parser(text, setting, self._depth + _SAVED_DEPTH).query()
        except _SavedError as error:
            raise _SavedError(error.message, self._text, value.position) from error
        except QueryError as error:
            message = f"The saved search “{name}” cannot be understood: {error}"
            raise self._error(message, value.position) from error
        finally:
            setting.chain = chain

    def _no_saved(self, name: str, value: Value) -> QueryError:
        close = get_close_matches(fold(name), self._setting.saved or (), 1)
        if close:
            known = f"Did you mean “{close[0]}”?"
        elif self._setting.saved:
            known = "They are shown by “tuireader searches list”."
        else:
            known = "Save one with “tuireader searches save NAME QUERY”."
        return self._error(f"There is no saved search “{name}”.", value.position, known)

    def _values(self) -> tuple[Value, ...]:
        """The values after a field, separated by commas."""
        values = []
        while True:
            value = self._value(until=",")
            if value is not None:
                values.append(value)
            if self._text[self._position : self._position + 1] != ",":
                return tuple(values)
            self._position += 1

    def _plain_value(self) -> Value:
        """A word or phrase that stands alone; commas belong to it."""
        value = self._value(until="")
        if value is None:
            raise self._error("There is no word here to look for.", self._position)
        return value

    def _value(self, until: str) -> Value | None:
        start, text = self._position, self._text
        if text[start : start + 1] == '"':
            end = text.find('"', start + 1)
            if end < 0:
                raise self._error("This quotation mark is not closed.", start)
            starred = text[end + 1 : end + 2] == "*"
            self._position = end + 1 + starred
            near = self._near(until)
            return Value(text[start + 1 : end], True, start, self._position, starred, near)
        end = self._word_end(start, until)
        if text[end : end + 1] == "(" and end == start:
            raise self._error("Parentheses cannot follow a field; write the field in each term.", start)
        self._position = end
        return Value(text[start:end], False, start, end) if end > start else None

    def _word_end(self, start: int, until: str) -> int:
        end, text = start, self._text
        while end < len(text) and not text[end].isspace() and text[end] not in f'()"{until}':
            end += 1
        return end

    def _near(self, until: str) -> int | None:
        """The number after ``~``, where that follows a closing quotation mark."""
        start = self._position
        if self._text[start : start + 1] != "~":
            return None
        self._position = self._word_end(start, until)
        number = self._text[start + 1 : self._position]
        if re.fullmatch("[0-9]{1,3}", number) is None:
            hint = "The “*” comes before the “~”." if "*" in number else ""
            raise self._error(f"“~” needs a whole number up to 999, as in {NEAR}.", start, hint)
        return int(number)


def _one_of(nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else Or(tuple(nodes))
