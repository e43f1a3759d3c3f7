"""The part of a query at the caret, even if the query is incomplete."""

from __future__ import annotations

import re
from dataclasses import dataclass

from library.query.terms import WORD_FIELDS
from library.query.tokenizer import Kind, Term, Token, Unit, units_of
from library.text.case_folding import is_unspaced

_operator = re.compile(r"(?:>=|<=|>|<|=|.*\.\.)")


@dataclass(frozen=True, slots=True)
class Slot:
    """The text at the caret: a field with its colon, a value, or a word that can become either.

    ``start`` and ``end`` are its span in the query; ``term`` is the span of the whole term with its ``-`` and
    other values. ``typed`` is the part before the caret, without a quotation mark and without the
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
    """Return the slot at ``caret``, an offset in ``text``; None in quoted words without a field."""
    caret = min(max(caret, 0), len(text))
    for unit in units_of(text):
        if unit.start >= caret:
            break
        if caret <= unit.end and not (isinstance(unit, Token) and unit.kind in (Kind.OPEN, Kind.CLOSE)):
            return _slot(text, unit, caret)
    return Slot("", "", caret, caret, (caret, caret))


def _slot(text: str, unit: Unit, caret: int) -> Slot | None:
    """Return the slot at the caret, which is in ``unit`` or at its end."""
    whole = (unit.start, unit.end)
    if isinstance(unit, Token):
        start = unit.end if unit.text == "-" else unit.start
        return Slot("", text[start:caret], start, unit.end, whole)
    name = unit.start + len(unit.minus[:1])
    field, first = "", name
    if unit.field is not None:
        first = unit.field.end
        field = "tag" if unit.field.kind is Kind.HASH else unit.field.text.removesuffix(":").casefold()
    if caret < first:
        return Slot(field, text[name:caret], name, first, whole, in_field=True)
    start, end = _value_at(unit, caret) if field else (name, unit.end)
    typed = text[start : max(caret, start)]
    if typed.startswith('"'):
        closed = '"' in typed[1:]
        return None if closed or not field else Slot(field, typed[1:], start, end, whole)
    found = _operator.match(typed) if field else None
    operator = found[0] if found else ""
    return Slot(field, typed[len(operator) :], start, end, whole, operator)


def _value_at(term: Term, caret: int) -> tuple[int, int]:
    """Return the span of the value at the caret; it is empty between two commas or after the last one."""
    for token in term.rest:
        if token.kind is Kind.VALUE and token.start <= caret <= token.end:
            return token.start, token.end
    return caret, caret


def open_ended(text: str) -> str:
    """Return ``text`` with a ``*`` after its unfinished last word, so that it matches as a prefix.

    A single letter is omitted, except in scripts without spaces, where it can be a word.
    """
    slot = slot_at(text, len(text))
    if slot is None or slot.in_field or slot.field not in ("", *WORD_FIELDS) or slot.operator:
        return text
    word = text[slot.start :]
    if len(word) == 1 and word.isalpha() and not is_unspaced(word):
        return text[: slot.term[0]]
    goes_on = word[-1:].isalnum() and word.casefold() != "or" and '"' not in word
    return f"{text}*" if goes_on else text
