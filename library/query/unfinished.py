"""Interpretation of a query while it is being typed: the part at the caret, and when Enter completes it.

A query that is being typed may end in half a word, a field without a value, or an open quotation mark. Such
an end is not an error: the rest of the query already applies.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date

from library.errors import QueryError
from library.query.dates import NAMED, PERIODS, DateValueError, parse_days
from library.query.terms import CLOCK_FIELDS, SORT_NAMES, STATES, THINGS, WORD_FIELDS
from library.query.tokenizer import Kind, Term, Token, Unit, open_groups, tokens_of, units_of
from library.text.case_folding import fold, is_unspaced

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


_MOST_STEPS = 20
"""Maximum number of unfinished ends that are removed, one after the other."""

_ANY_DAY = date(2000, 1, 1)
_DATE_WORDS = ("none", *NAMED, *(f"{which} {period}" for which in ("last", "this") for period in PERIODS))
_CHOICES = {"is": STATES, "has": THINGS, "sort": SORT_NAMES}

_last_or = re.compile(r"(?:^|(?<=[\s()]))or$", re.IGNORECASE)
_empty_group = re.compile(r"-?\($")
_last_dash = re.compile(r"\s+-$")
_near = re.compile(r"~[0-9]*$")
_partial_date = re.compile(r"(\d{4}(?:-\d{1,2})?)-0?|(\d{4}[\d-]*)\.")

Understand = Callable[[str], object]
"""Parses a query, or raises QueryError."""


def so_far(text: str, understand: Understand, saved: Collection[str] = ()) -> str:
    """Return the query to execute while ``text`` is being typed.

    Its last word becomes a prefix (``harb*``), and an unfinished end is removed or closed.

    Args:
        text: The text in the input.
        understand: Raises QueryError if a query is invalid.
        saved: The folded names of the saved searches; one of them may be half typed.

    Raises:
        QueryError: No text typed after ``text`` could make it valid.
    """
    return _understood(open_ended(text), understand, lambda slot: _may_go_on(slot, saved))


def finished(text: str, understand: Understand) -> str:
    """Return the query for ``text`` when typing is finished: an end without meaning is removed.

    Raises:
        QueryError: ``text`` is invalid, or ends in an incomplete value such as ``is:unr``.
    """
    return _understood(text, understand, lambda slot: False)


def _understood(text: str, understand: Understand, may_go_on: Callable[[Slot], bool]) -> str:
    """Return ``text`` if it is valid, otherwise with as little of its end changed as needed.

    Raises QueryError if that is not possible.
    """
    text = _last_dash.sub("", text)  # a term is about to be excluded
    try:
        understand(text)
        return text
    except QueryError as error:
        for reading in _readings(text, may_go_on):
            try:
                understand(reading)
                return reading
            except QueryError:
                continue
        raise error


def _readings(text: str, may_go_on: Callable[[Slot], bool]) -> Iterator[str]:
    yield with_groups_closed(text)
    for _ in range(_MOST_STEPS):
        if _in_quotes(text):
            closed = _closed(text)
            yield closed
            yield with_groups_closed(closed)
            shorter = _without_quoted(text, may_go_on)
        else:
            shorter = _shorter(text.rstrip(), may_go_on)
        if shorter is None:
            return
        text = shorter.rstrip()
        yield text
        yield with_groups_closed(text)


def _closed(text: str) -> str:
    """Return ``text`` with its last quotation mark closed and its last word as a prefix."""
    slot = slot_at(text, len(text))
    is_word = slot is None or slot.field in ("", *WORD_FIELDS)
    return f'{text}"*' if is_word and text[-1].isalnum() else f'{text}"'


def _without_quoted(text: str, may_go_on: Callable[[Slot], bool]) -> str | None:
    """Return ``text`` without an open quotation mark that has no meaning yet; None if it has one."""
    slot, start = slot_at(text, len(text)), text.rindex('"')
    if text[start + 1 :].strip():
        return text[: slot.term[0]] if slot is not None and may_go_on(slot) else None
    return text[: slot.term[0]] if slot is not None and slot.field else text[:start].removesuffix("-")


def _shorter(text: str, may_go_on: Callable[[Slot], bool]) -> str | None:
    """Return ``text`` without its last part if that has no meaning yet, otherwise None."""
    if found := (_last_or.search(text) or _empty_group.search(text)):
        return text[: found.start()]
    slot = slot_at(text, len(text))
    if (near := _near.search(text)) and text[: near.start()].endswith(('"', '"*')):
        return text[: near.start()]
    if slot is None or slot.term[1] < len(text):  # after a quoted word or a group
        return None
    term = text[slot.term[0] :]
    if term in ("-", "#", "-#"):
        return text[: slot.term[0]]
    if not slot.field or (slot.in_field and not term.endswith(":")):
        return None
    says_nothing = slot.typed in ("", "-") and slot.start == len(text) - len(slot.operator + slot.typed)
    return text[: slot.term[0]] if says_nothing or may_go_on(slot) else None


def _may_go_on(slot: Slot, saved: Collection[str]) -> bool:
    """Return True if the incomplete value can become a valid one."""
    typed = fold(slot.typed)
    if slot.field in CLOCK_FIELDS:
        return _day_may_go_on(slot.operator, typed)
    if slot.field == "saved":
        return any(name.startswith(typed) for name in saved)
    return any(name.startswith(typed.removeprefix("-")) for name in _CHOICES.get(slot.field, ()))


def _day_may_go_on(operator: str, typed: str) -> bool:
    before = operator.removesuffix("..") if operator.endswith("..") else ""
    partial_date = _partial_date.fullmatch(typed)
    known = [before, *([partial_date[1] or partial_date[2]] if partial_date else [])]
    try:
        for day in filter(None, known):
            parse_days(day, _ANY_DAY)
    except DateValueError:
        return False
    return (
        partial_date is not None
        or re.fullmatch(r"\d{1,3}", typed) is not None
        or (any(word.startswith(typed) for word in _DATE_WORDS))
    )


def _in_quotes(text: str) -> bool:
    """Return True if ``text`` ends inside quotation marks."""
    tokens = tokens_of(text)
    return bool(tokens) and tokens[-1].is_open


def with_groups_closed(text: str) -> str:
    """Return ``text`` with a closing parenthesis for each open one."""
    return text.rstrip() + ")" * open_groups(text)
