"""Which part of a query stands at the caret, also while it is not whole yet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from library.query.terms import WORD_FIELDS
from library.text.folding import is_unspaced

_name = re.compile(r"([^\W\d_]+):")
_operator = re.compile(r"(?:>=|<=|>|<|=|.*\.\.)")


@dataclass(frozen=True, slots=True)
class Slot:
    """What is written at the caret: a field with its colon, a value, or a word that can become either.

    ``start`` and ``end`` are where it is in the query, ``term`` where the whole term is, with its other
    values and its ``-``. ``typed`` is what stands before the caret, without a quotation mark and without the
    ``operator``, such as ``>=`` or ``2020..``.
    """

    field: str
    typed: str
    start: int
    end: int
    term: tuple[int, int]
    operator: str = ""
    in_field: bool = False


def slot_at(text: str, caret: int) -> Slot | None:
    """The slot at the caret, an index into ``text``; None inside a quoted word that stands alone."""
    caret = min(max(caret, 0), len(text))
    position = 0
    while position < len(text):
        if text[position].isspace() or text[position] in "()":
            position += 1
            continue
        if position >= caret:
            break
        term = _Term(text, position)
        if caret <= term.end:
            return term.slot(caret)
        position = term.end
    return Slot("", "", caret, caret, (caret, caret))


class _Term:
    """One term, which begins at ``start``."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._start = start
        position = start + (text[start] == "-")
        name = _name.match(text, position)
        self._name = position
        self._field = ""
        if text[position : position + 1] == "#":
            self._field = "tag"
            position += 1
        elif name:
            self._field = name[1].casefold()
            position = name.end()
        self._first = position
        self._values = [self._value(position)]
        while self._field and text[self._values[-1][1] : self._values[-1][1] + 1] == ",":
            self._values.append(self._value(self._values[-1][1] + 1))
        self.end = max(self._values[-1][1], start + 1)

    def _value(self, start: int) -> tuple[int, int]:
        text, end = self._text, start
        if text[start : start + 1] == '"':
            end = text.find('"', start + 1)
            if end < 0:
                return start, len(text)
            end += 1 + (text[end + 1 : end + 2] == "*")
            if text[end : end + 1] != "~":
                return start, end
        until = '()",' if self._field else '()"'
        while end < len(text) and not text[end].isspace() and text[end] not in until:
            end += 1
        return start, end

    def slot(self, caret: int) -> Slot | None:
        """The slot at the caret, which is in this term."""
        term = (self._start, self.end)
        if caret < self._first:
            typed = self._text[self._name : caret]
            return Slot(self._field, typed, self._name, self._first, term, in_field=True)
        start, end = next(value for value in self._values if caret <= value[1])
        typed = self._text[start : max(caret, start)]
        if typed.startswith('"'):
            closed = '"' in typed[1:]
            return None if closed or not self._field else Slot(self._field, typed[1:], start, end, term)
        found = _operator.match(typed) if self._field else None
        operator = found[0] if found else ""
        return Slot(self._field, typed[len(operator) :], start, end, term, operator)


def open_ended(text: str) -> str:
    """``text`` while it is being typed: its last word, if it may go on, as the beginning of one.

    A single letter says nothing yet and is left out, but in scripts in which it is a word.
    """
    slot = slot_at(text, len(text))
    if slot is None or slot.in_field or slot.field not in ("", *WORD_FIELDS) or slot.operator:
        return text
    word = text[slot.start :]
    if len(word) == 1 and word.isalpha() and not is_unspaced(word):
        return text[: slot.term[0]]
    goes_on = word[-1:].isalnum() and word.casefold() != "or" and '"' not in word
    return f"{text}*" if goes_on else text
