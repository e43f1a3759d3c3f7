"""The settings of the reader. Each is declared once: its name, default, values and help.

The settings file, its checks, ``tuireader config`` and its help use the declarations. To add a setting, add
a field to ``Settings`` and use it.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from library.exporting.citations import CitationFormat
from library.store.disk import write_atomically

_SWITCH = {"on": True, "yes": True, "true": True, "off": False, "no": False, "false": False}


@dataclass(frozen=True, slots=True)
class Kind:
    """The type of a setting's values.

    Attributes:
        values: The allowed values, in words.
        check: Converts a stored value into the setting's value. Raises ValueError.
        read: Converts a typed word into the stored value.
    """

    values: str
    check: Callable[[Any], Any]
    read: Callable[[str], Any] = str


@dataclass(frozen=True, slots=True)
class Setting:
    """A declared setting. ``is_shown``: users set it; otherwise the reader keeps it for itself."""

    name: str
    default: Any
    kind: Kind
    help: str
    is_shown: bool


def _of_type(kind: type) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if type(value) is not kind:
            raise ValueError
        return value

    return check


def _strings(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError
    return tuple(one for one in value if isinstance(one, str))


def _whole_number(least: int, most: int) -> Kind:
    def check(value: Any) -> int:
        if type(value) is not int or not least <= value <= most:
            raise ValueError
        return value

    return Kind(f"a whole number from {least} to {most}", check, int)


def _one_of(choices: type[StrEnum]) -> Kind:
    """Return the type whose values are ``choices`` and None."""

    def check(value: Any) -> StrEnum | None:
        return None if value is None else choices(value)

    return Kind(f"one of: {', '.join(choices)}, none", check, lambda word: None if word == "none" else word)


_TEXT = Kind("text", _of_type(str))
_TEXTS = Kind("texts", _strings)
_CITATION = _one_of(CitationFormat)
_ON_OFF = Kind("on or off", _of_type(bool), lambda word: _SWITCH.get(word.casefold()))


def _setting(default: Any, kind: Kind, help_: str, *, is_shown: bool = True) -> Any:
    return field(default=default, metadata={"kind": kind, "help": help_, "is_shown": is_shown})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings and their values."""

    theme: str = _setting("", _TEXT, "Name of the theme; empty for the default.")
    measure: int = _setting(72, _whole_number(1, 1000), "Text width in columns.")
    justified: bool = _setting(False, _ON_OFF, "Justify the text.")
    hyphenated: bool = _setting(False, _ON_OFF, "Hyphenate words at line ends.")
    citation: CitationFormat | None = _setting(  # noqa: RUF009
        None, _CITATION, "Citation style; none until you choose one."
    )
    pictures: bool = _setting(True, _ON_OFF, "Show pictures, if the terminal can.")
    folds: bool = _setting(True, _ON_OFF, "Show near-duplicates as one row of the list.")
    export_folder: str = _setting("", _TEXT, "Folder suggested for exports.")
    queries: tuple[str, ...] = _setting((), _TEXTS, "Search history, latest first.", is_shown=False)


SETTINGS = tuple(
    Setting(one.name, one.default, one.metadata["kind"], one.metadata["help"], one.metadata["is_shown"])
    for one in fields(Settings)
)


def load_settings(path: Path | None) -> Settings:
    """Return the settings in ``path``, with the default for each that is missing or not understood."""
    stored, values = read_values(path), dict[str, Any]()
    for setting in SETTINGS:
        with contextlib.suppress(KeyError, ValueError, TypeError):
            values[setting.name] = setting.kind.check(stored[setting.name])
    return Settings(**values)


def value_of(setting: Setting, word: str) -> Any:
    """Return the value of ``setting`` that a typed ``word`` stands for. Raises ValueError."""
    return setting.kind.check(setting.kind.read(word))


def read_values(path: Path | None) -> Mapping[str, Any]:
    """Return the JSON object in ``path``, or an empty one if there is none."""
    try:
        stored = json.loads(path.read_bytes()) if path else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return stored if isinstance(stored, dict) else {}


def save_settings(path: Path | None, settings: Settings) -> None:
    """Save ``settings`` to ``path``. If that fails, they apply to this session only."""
    if path is not None:
        write_values(path, asdict(settings))


def write_values(path: Path, values: Mapping[str, Any]) -> None:
    """Write a JSON object to ``path`` and ignore errors of the file system."""
    with contextlib.suppress(OSError):
        write_values_or_fail(path, values)


def write_values_or_fail(path: Path, values: Mapping[str, Any]) -> None:
    """Write a JSON object to ``path``. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, json.dumps(values).encode("utf-8"))
