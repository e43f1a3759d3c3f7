"""The settings of an open reader: what holds now, and how it changes, here or in the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import Any

from tuireader.colours import Colours
from tuireader.events import Signal
from tuireader.settings.declared import Settings
from tuireader.settings.document import Problem
from tuireader.settings.own_themes import theme_files, themes_folder
from tuireader.settings.reading import Configuration, load_configuration

Keep = Callable[[Callable[[], None]], Future[None]]
"""Calls a function that writes a file beside the screen."""

Tables = Mapping[str, Mapping[str, Any]]
"""Names of sections → their values."""


KeyValue = str | list[str]
"""The keys of a command as the file holds them."""

_NO_KEYS: Mapping[str, KeyValue] = {}


class ChosenSettings:
    """Holds the settings; a change by a key, in the settings view and in the file goes the same way.

    Attributes:
        now: The values that hold.
        file: The settings file; None: nothing is saved.
        tables: The values of the sections that hold no settings, such as ``keys``, by name.
        themes: The themes of the user's own, by name.
        problems: What is wrong in the file, and in those of themes.
        changed: Publishes the names of settings, and of sections without settings, that have other values;
            ``themes`` for those of the user's own.
        tried: Publishes settings to be shown that are not chosen yet, and then those that hold.
    """

    def __init__(self, file: Path | None, *, keep: Keep, tell: Callable[[str], object]) -> None:
        """Read the file.

        Args:
            file: The settings file.
            keep: What saves in the background.
            tell: Shows a sentence that says what is wrong; called from any thread.
        """
        self.file = file
        self._keep = keep
        self._tell = tell
        self._seen = _signature(file)
        self._saving: Future[None] | None = None
        self._may_take = False
        configuration = load_configuration(file)
        self.now = configuration.settings
        self.tables = _values_of(configuration)
        self.themes = configuration.themes
        self.problems = configuration.problems
        self.changed: Signal[frozenset[str]] = Signal()
        self.tried: Signal[Settings] = Signal()

    def choose(self, **values: Any) -> None:
        """Let settings have other values, at once and in the file: the program may end at any moment."""
        self._may_take = False
        if self._apply(replace(self.now, **values)) and self.file is not None:
            self._saving = self._keep(partial(self._save, self.file, values))

    def choose_keys(self, command: str, keys: list[str]) -> None:
        """Let a command have other keys, at once and in the file; without any, it has none."""
        self._may_take = False
        own: KeyValue = keys[0] if len(keys) == 1 else keys or "nop"
        table = {**self.tables.get("keys", {}), command: own}
        if self._apply(self.now, tables={**self.tables, "keys": table}) and self.file is not None:
            self._saving = self._keep(partial(self._save, self.file, {}, {command: own}))

    def tell_problems(self) -> None:
        """Show the first thing that is wrong in the file, and how many more there are."""
        if self.problems:
            more = len(self.problems) - 1
            also = f" And {more} more: tuireader config check" if more else ""
            self._tell(f"{self.problems[0]}{also}")

    def is_stale(self) -> bool:
        """Return True if the file has changed since it was read; then ``take(read())`` is due."""
        if self._saving is not None and not self._saving.done():
            return False
        seen = _signature(self.file)
        if seen is None or seen == self._seen:  # a file that is being replaced is away for a moment
            return False
        self._seen, self._may_take = seen, True
        return True

    def read(self) -> Configuration:
        """Read the file."""
        return load_configuration(self.file)

    def take(self, configuration: Configuration) -> frozenset[str]:
        """Let the values of the file hold; those of a file that is not understood do not.

        Returns:
            The names of settings that changed; none if a setting was chosen here meanwhile.
        """
        if not self._may_take:
            return frozenset()
        self._show(configuration.problems)
        if not configuration.is_understood:
            return self._apply(self.now, themes=configuration.themes)
        tables, themes = _values_of(configuration), configuration.themes
        return self._apply(configuration.settings, tables=tables, themes=themes)

    def _show(self, problems: tuple[Problem, ...]) -> None:
        are_new = problems != self.problems
        self.problems = problems
        if are_new:
            self.tell_problems()
            self.changed.publish(frozenset())  # for who shows the problems

    def _apply(
        self, settings: Settings, *, tables: Tables | None = None, themes: Mapping[str, Colours] | None = None
    ) -> frozenset[str]:
        tables = self.tables if tables is None else tables
        before, self.now = self.now, settings
        names = (one.name for one in fields(Settings))
        changed = frozenset(name for name in names if getattr(before, name) != getattr(settings, name))
        others, self.tables = self.tables, tables
        changed |= {name for name in others.keys() | tables.keys() if others.get(name) != tables.get(name)}
        if themes is not None and themes != self.themes:
            self.themes = themes
            changed |= {"themes"}
        if changed:
            self.changed.publish(changed)
        return changed

    def _save(self, file: Path, values: dict[str, Any], keys: Mapping[str, KeyValue] = _NO_KEYS) -> None:
        from tuireader.settings.writing import SettingsNotSaved, change_settings

        try:
            change_settings(file, values, keys)
        except SettingsNotSaved as error:
            self._tell(str(error))


def _values_of(configuration: Configuration) -> Tables:
    return {name: table.values for name, table in configuration.tables.items()}


Signature = tuple[tuple[str, int, int, int], ...]


def _signature(file: Path | None) -> Signature | None:
    """Return what is different once the file, or one of a theme, was written; None if there is no file."""
    if file is None:
        return None
    try:
        return tuple(_state_of(path) for path in (file, *theme_files(themes_folder(file))))
    except OSError:
        return None


def _state_of(path: Path) -> tuple[str, int, int, int]:
    status = path.stat()
    return (path.name, status.st_mtime_ns, status.st_size, status.st_ino)
