"""What the reader remembers for itself, apart from the settings, in the platform's folder for state."""

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
    """

    queries: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    welcomed: bool = False


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
