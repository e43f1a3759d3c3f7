"""What the reader remembers of the person's taste: the theme, and how the page is set."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeGuard

from library.citing import CitationFormat
from library.store.atomic import write_atomically

_WIDEST = 1000
_CITATIONS = frozenset(CitationFormat)


@dataclass(frozen=True, slots=True)
class Preferences:
    """``theme`` is the name of a theme, ``measure`` the width of the page's column in cells."""

    theme: str = ""
    measure: int = 72
    justified: bool = False
    """Whether both margins of the page are even."""
    hyphenated: bool = False
    """Whether words are divided at the ends of lines."""
    citation: CitationFormat | None = None
    """How citations are written; None until it has been chosen."""
    pictures: bool = True
    """Whether the page shows pictures, where the terminal can."""
    folds: bool = True
    """Whether the articles of a story are folded under one line of the list."""
    export_folder: str = ""
    """Where articles were exported to the last time; empty where none were."""
    queries: tuple[str, ...] = ()
    """The queries that were kept, the latest first."""


def load_preferences(path: Path | None) -> Preferences:
    """The preferences in ``path``; the default of each that is missing or not understood."""
    stored = read_values(path)
    usual = Preferences()
    measure, citation, queries = stored.get("measure"), stored.get("citation"), stored.get("queries")
    return Preferences(
        theme=_text(stored, "theme"),
        measure=measure if isinstance(measure, int) and 0 < measure <= _WIDEST else usual.measure,
        justified=stored.get("justified") is True,
        hyphenated=stored.get("hyphenated") is True,
        citation=CitationFormat(citation) if isinstance(citation, str) and citation in _CITATIONS else None,
        pictures=stored.get("pictures") is not False,
        folds=stored.get("folds") is not False,
        export_folder=_text(stored, "export_folder"),
        queries=tuple(query for query in queries if isinstance(query, str)) if _is_list(queries) else (),
    )


def read_values(path: Path | None) -> Mapping[str, Any]:
    """The JSON object in ``path``; an empty one where there is none."""
    try:
        stored = json.loads(path.read_bytes()) if path else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return stored if isinstance(stored, dict) else {}


def _text(stored: Mapping[str, Any], name: str) -> str:
    value = stored.get(name)
    return value if isinstance(value, str) else ""


def _is_list(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


def save_preferences(path: Path | None, preferences: Preferences) -> None:
    """Keep ``preferences`` in ``path``; where that is not possible they hold for this session alone."""
    if path is not None:
        write_values(path, asdict(preferences))


def write_values(path: Path, values: Mapping[str, Any]) -> None:
    """Write a JSON object to ``path``, if that is possible."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(values).encode("utf-8"))
