"""The session of a library: what was listed, opened and expanded when the reader was closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tuireader.state import read_values, write_values

SESSION_FILE = "session.json"
MOST = 50
"""Maximum number of libraries whose sessions are kept; the most recent ones are."""


@dataclass(frozen=True, slots=True)
class Session:
    """The state in which the reader was left.

    Attributes:
        query: The query of the list.
        order: The order of the list as in ``sort:``; empty for the default.
        row: The id of the article at the cursor of the list.
        opened: The id of the article being read.
        sections: The keys of the expanded sections of the sidebar; None if that was never changed.
    """

    query: str = ""
    order: str = ""
    row: str = ""
    opened: str = ""
    sections: tuple[str, ...] | None = None


class SessionFile:
    """The file that holds the sessions of several libraries. If ``path`` is None, nothing is saved."""

    def __init__(self, path: Path | None, library: Path) -> None:
        self._path = path
        self._library = str(library.absolute())
        self._kept: Session | None = None

    def load(self) -> Session:
        """Return the session of the library, with the default for each value that is not understood."""
        sessions = read_values(self._path)
        stored = sessions.get(self._library)
        self._kept = _session(stored) if isinstance(stored, dict) else Session()
        return self._kept

    def save(self, session: Session) -> None:
        """Save ``session`` if it has changed. A file that cannot be written is ignored."""
        if self._path is None or session == self._kept:
            return
        self._kept = session
        others = {key: value for key, value in read_values(self._path).items() if key != self._library}
        latest = list(others.items())[-(MOST - 1) :]
        write_values(self._path, {**dict(latest), self._library: asdict(session)})


def _session(stored: Mapping[str, Any]) -> Session:
    usual = Session()
    sections = stored.get("sections")
    return Session(
        **{
            name: value if isinstance(value := stored.get(name), str) else getattr(usual, name)
            for name in ("query", "order", "row", "opened")
        },
        sections=tuple(key for key in sections if isinstance(key, str))
        if isinstance(sections, list)
        else None,
    )
