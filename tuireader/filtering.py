"""Pure functions on the text of the active query: taking terms in and out as places are picked."""

from __future__ import annotations

import re
from enum import StrEnum

_TERM = re.compile(r'-?(?:[^\s"()]|"[^"]*")+')
_OR = re.compile(r"(?:^|\s)or(?:\s|$)", re.IGNORECASE)
_STATES = ("is:", "has:")


class Part(StrEnum):
    """The parts of a query that the places pane sets; each holds one term."""

    STATE = "state"
    TAG = "tag"
    DATE = "date"
    SAVED = "saved"


def part_of(term: str) -> Part | None:
    """Which part a term belongs to; None for words and everything else."""
    lowered = term.casefold()
    if lowered.startswith(_STATES):
        return Part.STATE
    if lowered.startswith(("tag:", "#")):
        return Part.TAG
    if lowered.startswith("saved:"):
        return Part.SAVED
    return Part.DATE if lowered.startswith("date:") else None


def terms_of(query: str) -> list[str]:
    """The terms of a query that is one list of terms; none of a query with alternatives or parentheses."""
    if _TERM.sub("", query).strip() or _OR.search(query):
        return []
    return _TERM.findall(query)


def with_term(query: str, term: str) -> str:
    """``query`` with ``term`` in the place of the term of the same part; without it if it was there.

    What shuts ``term`` out goes too. A query with alternatives or parentheses is replaced as a whole, for
    its terms are not one list.
    """
    terms = terms_of(query)
    if query.strip() and not terms:
        return term
    kept = [former for former in terms if part_of(former) is not part_of(term) and former != f"-{term}"]
    return " ".join(kept if term in terms else [*kept, term])
