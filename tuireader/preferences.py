"""What the reader remembers of the person's taste between two sessions: the theme and the measure."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from library.store.atomic import write_atomically


@dataclass(frozen=True, slots=True)
class Preferences:
    """``theme`` is the name of a theme, ``measure`` the width of the page's column in cells."""

    theme: str = ""
    measure: int = 72


def load_preferences(path: Path | None) -> Preferences:
    """The preferences in ``path``; the defaults for what is missing or not understood."""
    try:
        stored = json.loads(path.read_text("utf-8")) if path else {}
        return Preferences(str(stored["theme"]), int(stored["measure"]))
    except (OSError, ValueError, TypeError, KeyError):
        return Preferences()


def save_preferences(path: Path | None, preferences: Preferences) -> None:
    """Keep ``preferences`` in ``path``; where that is not possible they hold for this session alone."""
    if path is None:
        return
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(asdict(preferences)).encode("utf-8"))
