"""The tokenizer: splits a query, even an incomplete one, into tokens with their positions.

Parser, completion, editing of terms and highlighting use these tokens. The tokenizer neither knows which
fields exist nor reports errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

_space = re.compile(r"\s*")
_or = re.compile(r"or(?=[\s()]|$)", re.IGNORECASE)
_dash = re.compile(r"[-‐‑‒–—―−](?=\s|$)")
_field = re.compile(r"[^\W\d_]+:")
_word = re.compile(r'[^\s()"]*')
_listed_word = re.compile(r'[^\s()",]*')
"""A word after a field; commas separate values there."""


class Kind(StrEnum):
    """The kind of a token."""

    OPEN = "("
    CLOSE = ")"
    OR = "or"
    DASH = "dash"
    """A dash of any length between spaces."""
    MINUS = "-"
    HASH = "#"
    FIELD = "field"
    """A name with its colon. It need not be a field of the language."""
    COMMA = ","
    VALUE = "value"
    """A word, or words in quotation marks including a ``*`` and ``~5`` after them."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token: ``query[start:end]`` is ``text``.

    ``closing`` is the offset of the second quotation mark of a quoted value, or -1.
    """

    kind: Kind
    text: str
    start: int
    end: int
    closing: int = -1

    @property
    def is_quoted(self) -> bool:
        """True if it is a value in quotation marks."""
        return self.kind is Kind.VALUE and self.text.startswith('"')

    @property
    def is_open(self) -> bool:
        """True if it is a value without a closing quotation mark."""
        return self.is_quoted and self.closing < 0


@dataclass(frozen=True, slots=True)
class Term:
    """The tokens of one term, without spaces between them.

    ``minus`` has each leading ``-``; ``field`` is the field name with its colon, or ``#``; ``rest`` has the
    values and the commas between them. A term without a field has one value.
    """

    minus: tuple[Token, ...]
    field: Token | None
    rest: tuple[Token, ...]

    @property
    def tokens(self) -> tuple[Token, ...]:
        """All tokens of the term."""
        return (*self.minus, *([self.field] if self.field else []), *self.rest)

    @property
    def start(self) -> int:
        """Offset of the start of the term."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Offset of the end of the term."""
        return self.tokens[-1].end

    @property
    def values(self) -> tuple[Token, ...]:
        """Values of the term, without the commas."""
        return tuple(token for token in self.rest if token.kind is Kind.VALUE)


Unit = Term | Token
"""A term, or a token between terms: a parenthesis, ``OR``, a dash, or a ``-`` before a parenthesis."""


def units_of(query: str) -> tuple[Unit, ...]:
    """Return the units of ``query``, in order. Every character except white space is in one of them."""
    return tuple(_Tokenizer(query).units())


def tokens_of(query: str) -> tuple[Token, ...]:
    """Return the tokens of ``query``, in order."""
    return tuple(chain.from_iterable(_tokens(unit) for unit in units_of(query)))


def open_groups(query: str) -> int:
    """Return the number of unclosed parentheses in ``query``."""
    depth = 0
    for unit in units_of(query):
        if isinstance(unit, Token):
            depth = max(0, depth + (unit.kind is Kind.OPEN) - (unit.kind is Kind.CLOSE))
    return depth


def _tokens(unit: Unit) -> tuple[Token, ...]:
    return unit.tokens if isinstance(unit, Term) else (unit,)


class _Tokenizer:
    def __init__(self, query: str) -> None:
        self._query = query
        self._position = 0

    def units(self) -> Iterator[Unit]:
        query = self._query
        while True:
            self._position += _length(_space, query, self._position)
            if self._position >= len(query):
                return
            if found := _or.match(query, self._position):
                yield self._token(Kind.OR, found.end())
            elif found := _dash.match(query, self._position):
                yield self._token(Kind.DASH, found.end())
            else:
                yield from self._term()

    def _token(self, kind: Kind, end: int, closing: int = -1) -> Token:
        start, self._position = self._position, end
        return Token(kind, self._query[start:end], start, end, closing)

    def _at(self, position: int) -> str:
        return self._query[position : position + 1]

    def _term(self) -> Iterator[Unit]:
        """Yield the units from a character that is not a space: a term, or ``-`` and a parenthesis."""
        minus = []
        while self._at(self._position) == "-":
            minus.append(self._token(Kind.MINUS, self._position + 1))
        char = self._at(self._position)
        if not char.strip() or char in "()":
            yield from minus
            if char.strip():
                yield self._token(Kind(char), self._position + 1)
        elif char == "#":
            field = self._token(Kind.HASH, self._position + 1)
            yield Term(tuple(minus), field, tuple(self._values()))
        elif found := _field.match(self._query, self._position):
            field = self._token(Kind.FIELD, found.end())
            yield Term(tuple(minus), field, tuple(self._values()))
        else:
            yield Term(tuple(minus), None, (self._value(_word),))

    def _values(self) -> Iterator[Token]:
        """Yield the values after a field and the commas between them."""
        while True:
            if self._at(self._position) == '"' or _length(_listed_word, self._query, self._position):
                yield self._value(_listed_word)
            if self._at(self._position) != ",":
                return
            yield self._token(Kind.COMMA, self._position + 1)

    def _value(self, word: re.Pattern[str]) -> Token:
        query = self._query
        if self._at(self._position) != '"':
            return self._token(Kind.VALUE, self._position + _length(word, query, self._position))
        closing = query.find('"', self._position + 1)
        if closing < 0:
            return self._token(Kind.VALUE, len(query))
        end = closing + 1 + (self._at(closing + 1) == "*")
        if self._at(end) == "~":
            end += _length(word, query, end)
        return self._token(Kind.VALUE, end, closing)


def _length(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Return the length of the match at ``start``. ``pattern`` must also match the empty string."""
    found = pattern.match(text, start)
    assert found is not None
    return found.end() - start
