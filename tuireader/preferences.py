"""What the reader remembers of the person's taste: the theme, and how the page is set."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from library.citing import CitationFormat
from library.store.atomic import make_folder, write_atomically


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
    """The preferences in ``path``; the defaults for what is missing or not understood."""
    try:
        stored = json.loads(path.read_text("utf-8")) if path else {}
        return Preferences(
            theme=str(stored["theme"]),
            measure=int(stored["measure"]),
            justified=stored.get("justified") is True,
            hyphenated=stored.get("hyphenated") is True,
            citation=CitationFormat(stored["citation"]) if stored.get("citation") else None,
            pictures=stored.get("pictures") is not False,
            folds=stored.get("folds") is not False,
            export_folder=str(stored.get("export_folder") or ""),
            queries=tuple(query for query in stored.get("queries", ()) if isinstance(query, str)),
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Preferences()


def save_preferences(path: Path | None, preferences: Preferences) -> None:
    """Keep ``preferences`` in ``path``; where that is not possible they hold for this session alone."""
    if path is None:
        return
    with contextlib.suppress(OSError):
        make_folder(path.parent)
        write_atomically(path, json.dumps(asdict(preferences)).encode("utf-8"))
