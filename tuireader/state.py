"""What the reader remembers for itself, apart from the settings: in general, and of each library."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from library.store.disk import write_atomically

STATE_FILE = "state.json"


@dataclass(frozen=True, slots=True)
class State:
    """What is remembered. A new thing is a field with its default: text, a number, a switch, or texts.

    Attributes:
        queries: The search history, latest first.
        lines: The history of the command line, latest first.
        welcomed: The welcome was shown.
        sidebar: “beside” if it is to stand beside the list wherever there is room, “hidden” if nowhere.
        dark: The terminal had a dark background when it was last asked.
    """

    queries: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    welcomed: bool = False
    dark: bool = True
    sidebar: str = ""


def load_state(path: Path | None) -> State:
    """Return what is remembered in ``path``; the default of each thing that is missing or not understood."""
    stored, values = read_values(path), dict[str, Any]()
    for one in fields(State):
        value = stored.get(one.name)
        if isinstance(value, list):
            value = tuple(text for text in value if isinstance(text, str))
        if type(value) is type(one.default):
            values[one.name] = value
    return State(**values)


def save_state(path: Path | None, state: State) -> None:
    """Keep ``state`` in ``path``; where that is not possible it holds for this session alone."""
    if path is not None:
        write_values(path, asdict(state))


def read_values(path: Path | None) -> Mapping[str, Any]:
    """Return the JSON object in ``path``; an empty one where there is none."""
    try:
        stored = json.loads(path.read_bytes()) if path else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return stored if isinstance(stored, dict) else {}


def write_values(path: Path, values: Mapping[str, Any]) -> None:
    """Write a JSON object to ``path``, if that is possible."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(values).encode("utf-8"))


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
