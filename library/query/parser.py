"""The parser of the query language: from text to a ``Query``.

::

    query  = either
    either = all { "OR" all }
    all    = { ["-"] ( "(" either ")" | term ) }
    term   = [field ":"] value { "," value }
    value  = word ["*"] | '"' words '"' ["*"] ["~" number]

The only exception that the parser raises, on any input, is QueryError with the position of the error.
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
from library.query.tokenizer import Kind, Term, Token, Unit, units_of
from library.query.tree import And, Node, Not, Or, Query, Saved, SortKey, usual_order
from library.text.case_folding import fold

_DEEPEST = 100
_SAVED_DEPTH = 4
"""Levels of parentheses that a nested saved search counts as."""

_MOST_SAVED = 200
"""Maximum number of saved searches in one query; nested ones count at each use."""

_grouped = r"\d{1,3}(?:,\d{3})+"
_thousands = re.compile(rf"(?:>=|<=|>|<|=)?{_grouped}|{_grouped}\.\.(?:{_grouped}|\d*)|\d*\.\.{_grouped}")


@dataclass(frozen=True, slots=True)
class SavedUse:
    """The name of a saved search in a query, and its span there, including quotation marks."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TagUse:
    """The name of a tag in a query (perhaps with ``/*``), and its span there, including quotation marks."""

    name: str
    start: int
    end: int


@dataclass(slots=True)
class _Setting:
    """The context of parsing, which a query shares with the saved searches in it.

    ``saved`` has the saved searches by folded name; None if they are not to be opened.
    """

    today: date
    first_weekday: int
    saved: Mapping[str, str] | None
    chain: tuple[str, ...] = ()
    """Names of the saved searches being parsed, each used by the one before it."""
    used: int = 0


class _SavedError(QueryError):
    """An error in how saved searches use each other."""


def parse_query(
    text: str,
    today: date,
    saved: Mapping[str, str] | None = None,
    *,
    first_weekday: int = MONDAY,
    name: str = "",
) -> Query:
    """Parse ``text``; values such as ``7d`` are relative to ``today``. Raises QueryError.

    ``saved`` has the queries of saved searches by folded name; ``name`` is the name of the saved search that
    ``text`` belongs to, if any. Weeks begin on ``first_weekday`` (0 is Monday).
    """
    setting = _Setting(today, first_weekday, saved or {}, (name,) if name else ())
    return _Parser(text, setting).query()


def saved_uses(text: str) -> tuple[SavedUse, ...]:
    """Return the saved searches named in ``text``; empty if the query is invalid."""
    parser = _parsed(text)
    return () if parser is None else tuple(parser.uses)


def tag_uses(text: str) -> tuple[TagUse, ...]:
    """Return the tags named in ``text``; empty if the query is invalid."""
    parser = _parsed(text)
    return () if parser is None else tuple(parser.tags)


def _parsed(text: str) -> _Parser | None:
    """Parse ``text`` without opening saved searches, and return the parser; None if it is invalid."""
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
        self._units = units_of(text)
        self._next = 0
        self._depth = depth
        self._sort: tuple[SortKey, ...] | None = None
        self._limit: int | None = None
        self._inner = Query()
        self.uses: list[SavedUse] = []
        self.tags: list[TagUse] = []

    def query(self) -> Query:
        node = self._either()
        if rest := self._peek():
            raise self._error("This closing parenthesis has no matching opening one.", rest.start)
        whole = self._inner if isinstance(node, Saved) else Query()
        limit = whole.limit if self._limit is None else self._limit
        sort = self._sort or (whole.sort if whole.has_order else None)
        return Query(node, usual_order(node), limit) if sort is None else Query(node, sort, limit, True)

    def _error(self, message: str, position: int, suggestion: str = "") -> QueryError:
        return QueryError(message, self._text, position, suggestion)

    def _peek(self) -> Unit | None:
        return self._units[self._next] if self._next < len(self._units) else None

    def _at(self, *kinds: Kind) -> bool:
        unit = self._peek()
        return isinstance(unit, Token) and unit.kind in kinds

    @property
    def _position(self) -> int:
        """Offset of the end of the last unit that was read."""
        return self._units[self._next - 1].end if self._next else 0

    def _either(self) -> Node:
        alternatives = [self._all()]
        while self._at(Kind.OR):
            self._next += 1
            alternatives.append(self._all(after_or=True))
        return alternatives[0] if len(alternatives) == 1 else Or(tuple(alternatives))

    def _all(self, *, after_or: bool = False) -> Node:
        start, nodes = self._position, list[Node]()
        while (unit := self._peek()) and not self._at(Kind.CLOSE, Kind.OR):
            if nodes and self._at(Kind.DASH):
                self._next += 1  # a dash between spaces belongs to a pasted headline
                continue
            node = self._factor(unit)
            if node is not None:
                nodes.append(node)
        if not nodes and (after_or or self._at(Kind.OR)):
            raise self._error("“OR” needs a term on each side. To search for the word, quote it.", start)
        return nodes[0] if len(nodes) == 1 else And(tuple(nodes))

    def _factor(self, unit: Unit) -> Node | None:
        self._next += 1
        if isinstance(unit, Term):
            if len(unit.minus) > 1:
                raise self._error("Use a single “-” to exclude a term.", unit.minus[1].start)
            node = self._term(unit)
            return self._negated(node, unit) if unit.minus else node
        match unit.kind:
            case Kind.OPEN:
                return self._group(unit)
            case Kind.MINUS:
                return self._negated(self._after_minus(unit), unit)
            case Kind.DASH if unit.text != "-":
                return self._meant("", (Value(unit.text, False, unit.start, unit.end),))
        raise self._misplaced(unit.start, "“-” must be followed directly by a term to exclude")

    def _after_minus(self, minus: Token) -> Node:
        """Parse the group after a ``-``."""
        following = self._peek()
        if following is None or following.start > minus.end:
            raise self._misplaced(minus.start, "“-” must be followed directly by a term to exclude")
        if self._at(Kind.MINUS):
            raise self._error("Use a single “-” to exclude a term.", following.start)
        if not isinstance(following, Token) or following.kind is not Kind.OPEN:
            raise self._error("A word to search for is missing here.", following.start)
        self._next += 1
        return self._group(following)

    def _negated(self, node: Node | None, unit: Unit) -> Node:
        if node is not None:
            return Not(node)
        after = self._text[unit.start :].casefold()
        hint = "Did you mean “sort:-date”?" if after.startswith("-sort") else ""
        raise self._error("“sort:” and “limit:” cannot be excluded.", unit.start, hint)

    def _misplaced(self, position: int, rule: str) -> QueryError:
        return self._error(f"{rule}. To search for the character, quote it.", position)

    def _group(self, opening: Token) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._error(f"Parentheses are nested too deeply; the limit is {_DEEPEST}.", opening.start)
        node = self._either()
        if not self._at(Kind.CLOSE):
            raise self._error("This parenthesis is not closed.", opening.start)
        if node == And(()):
            raise self._error("These parentheses are empty.", opening.start)
        self._next += 1
        self._depth -= 1
        return node

    def _term(self, term: Term) -> Node | None:
        field = term.field
        if field is None:
            return self._meant("", tuple(map(self._value, term.values)))
        says_more = bool(self._text[field.end : field.end + 1].strip())
        if field.kind is Kind.HASH:
            if not says_more:
                raise self._misplaced(field.start, "“#” must be followed directly by a tag")
            return self._field_term("tag", self._values(term))
        name = field.text.removesuffix(":")
        if name.casefold() in FIELDS:
            return self._field_term(name.casefold(), self._values(term))
        if not says_more:  # a word with its colon, as in a pasted headline
            return self._meant("", (Value(name, False, field.start, field.end - 1),))
        raise self._no_field(name, field, term)

    def _no_field(self, name: str, field: Token, term: Term) -> QueryError:
        value = self._text[field.end : term.end].partition('"')[0]
        if term.values and term.rest[0].is_quoted:
            value = self._value(term.values[0]).text
        meant = field_hint(name.casefold(), value, FIELDS)
        suggestion = f"{meant} To search for the words as text, put them in quotation marks."
        return self._error(f"There is no field “{name}:”.", field.start, suggestion)

    def _field_term(self, name: str, values: tuple[Value, ...]) -> Node | None:
        if not values:
            after = re.match(r'\s+([^\s()"]+)', self._text[self._position :])
            hint = f"Write the value directly after the colon: {name}:{after[1]}" if after else ""
            raise self._error(f"“{name}:” needs a value.", self._position, hint and f"{hint}.")
        near = next((value for value in values if value.near is not None), None)
        if near and name not in WORD_FIELDS:
            place = self._text.rindex("~", 0, near.end)
            raise self._error(f"“~” works only in a word search, not with “{name}:”.", place)
        starred = next((value for value in values if value.starred), None)
        if starred and name not in WORD_FIELDS:
            raise self._error(f"“*” works only in a word search, not with “{name}:”.", starred.end - 1)
        if name in MEASURES and len(values) > 1:
            values = self._without_thousands(values)
        if name == "saved":
            return _one_of([self._saved(value) for value in values])
        return self._meant(name, values)

    def _without_thousands(self, values: tuple[Value, ...]) -> tuple[Value, ...]:
        """Join values that are one number with thousands separators."""
        start, end = values[0].position, values[-1].end
        written = self._text[start:end]
        if _thousands.fullmatch(written):
            return (Value(written.replace(",", ""), False, start, end),)
        if re.search(r"\d,\d{3}(?!\d)", written):
            raise self._error("Write numbers without commas, as in words:>1000.", start)
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
        """Suggest a value for a date of several words without quotation marks, as in ``date:Oct 2020``."""
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
            message = f"More than {_MOST_SAVED} saved searches are used here, nested ones included."
        elif self._depth + _SAVED_DEPTH > _DEEPEST:
            message = "These saved searches are nested too deeply."
        elif text is None:
            raise self._no_saved(name, value)
        else:
            self._inner = self._inside(name, text, value)
            return Saved(name, self._inner.node)
        raise _SavedError(message, self._text, value.position)

    def _inside(self, name: str, text: str, value: Value) -> Query:
        """Parse the query ``text`` of the saved search ``name``."""
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
            known = "To see them all, run “tuireader searches list”."
        else:
            known = "To save one, run “tuireader searches save NAME QUERY”."
        return self._error(f"There is no saved search “{name}”.", value.position, known)

    def _values(self, term: Term) -> tuple[Value, ...]:
        """Return the values after a field."""
        values = tuple(map(self._value, term.values))
        if self._text[term.end : term.end + 1] == "(" and term.tokens[-1].kind is not Kind.VALUE:
            raise self._error("Parentheses cannot follow a field. Repeat the field in each term.", term.end)
        return values

    def _value(self, token: Token) -> Value:
        if token.is_open:
            raise self._error("This quotation mark is not closed.", token.start)
        if not token.is_quoted:
            return Value(token.text, False, token.start, token.end)
        text = self._text[token.start + 1 : token.closing]
        starred = self._text[token.closing + 1 : token.end].startswith("*")
        near = self._near(token.closing + 1 + starred, token.end)
        return Value(text, True, token.start, token.end, starred, near)

    def _near(self, start: int, end: int) -> int | None:
        """Return the number after a ``~`` that follows a closing quotation mark; None without a ``~``."""
        if start == end:
            return None
        number = self._text[start + 1 : end]
        if re.fullmatch("[0-9]{1,3}", number) is None:
            hint = "The “*” comes before the “~”." if "*" in number else ""
            raise self._error(f"“~” needs a whole number up to 999, as in {NEAR}.", start, hint)
        return int(number)


def _one_of(nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else Or(tuple(nodes))
