"""Editing of query text: adding, replacing and removing terms, as the sidebar does."""

from __future__ import annotations

from enum import StrEnum

from library.query.tokenizer import Kind, Term, Token
from library.query.tokenizer import units_of as units_in

_STATES = ("is:", "has:")
_ORDER = ("sort:", "limit:")


class Part(StrEnum):
    """The parts of a query that an overview sets; each has one term."""

    STATE = "state"
    TAG = "tag"
    DATE = "date"
    NOTED = "noted"
    SAVED = "saved"
    SOURCE = "source"
    AUTHOR = "author"


def part_of(term: str) -> Part | None:
    """Return the part that a term belongs to; None for words and all other terms."""
    lowered = term.casefold()
    if lowered.startswith(_STATES):
        return Part.STATE
    if lowered.startswith(("tag:", "#")):
        return Part.TAG
    fields = (Part.DATE, Part.NOTED, Part.SAVED, Part.SOURCE, Part.AUTHOR)
    return next((part for part in fields if lowered.startswith(f"{part}:")), None)


def terms_of(query: str) -> list[str]:
    """Return the terms of a query; empty if it has alternatives, parentheses or an open quotation mark."""
    units = units_in(query)
    is_list = all(isinstance(unit, Term) or unit.kind is Kind.DASH for unit in units)
    is_whole = not (units and isinstance(units[-1], Term) and units[-1].tokens[-1].is_open)
    return _units(query) if is_list and is_whole else []


def with_term(query: str, term: str) -> str:
    """Return ``query`` with ``term`` in place of the terms of the same part.

    If ``term`` is already in the query, it is removed instead. A term that excludes ``term`` is always
    removed. Alternatives stay together, in parentheses.
    """
    units = _units(query)
    if _are_alternatives(units):
        return replacing_part(query, term)
    kept = [unit for unit in units if part_of(unit) is not part_of(term) and unit != f"-{term}"]
    return " ".join(kept if term in units else [*kept, term])


def units_of(query: str) -> tuple[str, ...]:
    """Return the terms and groups that must all match; empty if the query has alternatives."""
    units = _units(query)
    return () if _are_alternatives(units) else tuple(units)


def without_part(query: str, part: Part) -> str:
    """Return ``query`` without its terms of ``part``. A query with alternatives is returned unchanged."""
    units = _units(query)
    return query if _are_alternatives(units) else " ".join(one for one in units if part_of(one) is not part)


def replacing_part(query: str, term: str) -> str:
    """Return ``query`` with ``term`` in place of the terms of the same part; other terms stay."""
    part = part_of(term)
    units = _units(without_part(query, part) if part else query)
    order = [unit for unit in units if unit.casefold().startswith(_ORDER)]
    rest = [unit for unit in units if unit not in order]
    grouped = [f"({' '.join(rest)})"] if _are_alternatives(rest) else rest
    return " ".join((*grouped, *order, term))


def _are_alternatives(units: list[str]) -> bool:
    return any(unit.casefold() == "or" for unit in units)


def _units(query: str) -> list[str]:
    """Return the terms of a query, its groups in parentheses, and each ``OR`` between them.

    Adjacent terms stay together, because a space between them could change the meaning.
    """
    spans = list[tuple[int, int]]()
    depth, is_open, is_after_or = 0, False, False
    for unit in units_in(query):
        kind = unit.kind if isinstance(unit, Token) else None
        touches = bool(spans) and spans[-1][1] == unit.start and kind is None
        if is_open or (touches and query[spans[-1][1] - 1] not in "()"):
            spans[-1] = spans[-1][0], unit.end
        elif kind is not Kind.DASH or not spans or is_after_or:  # other dashes have no meaning
            spans.append((unit.start, unit.end))
        depth = max(0, depth + (kind is Kind.OPEN) - (kind is Kind.CLOSE))
        is_after_or = kind is Kind.OR
        is_open = depth > 0 or kind is Kind.MINUS
    return [query[start:end] for start, end in spans]
