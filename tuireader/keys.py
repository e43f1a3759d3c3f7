"""Turns key strokes into commands: counts (``5j``) and sequences (``g g``, ``] u``), without timers.

A digit that is bound to a command (``1`` for "all articles") invokes that command, unless a count has been
started. Where digits are bound, a count starts with another digit or with 0 (``03j`` moves three down).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from tuireader.commands import DEFAULT_KEYS, Command, Context, KeyMap
from tuireader.keyboards import latin_key

MAXIMUM_COUNT = 999_999
"""Maximum count, more than any list has rows; a larger one is reduced to it."""


@dataclass(frozen=True, slots=True)
class Pending:
    """An incomplete sequence, which expects more keys. ``typed`` holds those pressed so far."""

    typed: str


@dataclass(frozen=True, slots=True)
class Invoked:
    """A complete sequence: ``command`` is invoked ``count`` times (None: no count was typed)."""

    command: Command
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A sequence that matches no command and is discarded."""

    typed: str


KeyResult = Pending | Invoked | Cancelled | None
"""The result of a key; None if no sequence was started and nothing is bound to the key."""


@runtime_checkable
class HasKeyMap(Protocol):
    """An app in which the user may have changed the keys."""

    key_map: KeyMap


def key_map_of(app: object) -> KeyMap:
    """Return the keys that hold in ``app``: the default ones in an app without keys of its own."""
    return app.key_map if isinstance(app, HasKeyMap) else DEFAULT_KEYS


_ENTER_TYPED_AHEAD = "ctrl+j"
"""Key name of an Enter that was pressed before the program started: the terminal sends a line feed."""


def stroke(key: str, character: str | None) -> str:
    """Return the registry's name for a key event: its character if that is visible, otherwise ``key``."""
    if character and len(character) == 1 and character.isprintable() and not character.isspace():
        return character
    return "enter" if key == _ENTER_TYPED_AHEAD else key


def latin_of(event: Any, keys: KeyMap) -> str:
    """Return the Latin letter at the place of a key event's key; empty if the key is Latin or unknown."""
    return latin_key(event.character or "", getattr(event, "place", ""), keys.letters)


class KeySequences:
    """The parser that turns keys, one at a time, into the commands of one context."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self._commands: dict[tuple[str, ...], Command] = {}
        self._beginnings: set[tuple[str, ...]] = set()
        for command in commands:
            for key in command.keys:
                strokes = tuple(key.split())
                self._commands.setdefault(strokes, command)
                self._beginnings.update(strokes[:length] for length in range(1, len(strokes)))
        self._count = ""
        self._strokes: tuple[str, ...] = ()

    @property
    def typed(self) -> str:
        """The keys of an incomplete sequence; empty if there is none."""
        return self._count + "".join(self._strokes)

    def reset(self) -> None:
        """Discard the keys typed so far, for example when the focus moves."""
        self._count = ""
        self._strokes = ()

    def following(self) -> tuple[tuple[str, Command], ...]:
        """Return the commands of the incomplete sequence, each with the keys that are still missing."""
        typed, length = self._strokes, len(self._strokes)
        return tuple(
            (" ".join(strokes[length:]), command)
            for strokes, command in self._commands.items()
            if typed and strokes[:length] == typed
        )

    def feed(self, key: str, latin: str = "") -> KeyResult:
        """Process one key, named as in the registry (see ``stroke``).

        If it means nothing, the Latin letter at its place counts.
        """
        if latin and (*self._strokes, key) not in self._beginnings | self._commands.keys():
            key = latin
        if self._continues_count(key):
            self._count += key
            return Pending(self.typed)
        strokes = (*self._strokes, key)
        if strokes in self._beginnings:
            self._strokes = strokes
            return Pending(self.typed)
        return self._resolve(strokes)

    def _continues_count(self, key: str) -> bool:
        if self._strokes or key not in tuple("0123456789"):
            return False
        return bool(self._count) or (key,) not in self._commands

    def _resolve(self, strokes: tuple[str, ...]) -> KeyResult:
        typed, count = self.typed, self._counted()
        self.reset()
        if typed and strokes[-1] == "escape":
            return Cancelled(typed)
        command = self._commands.get(strokes)
        if command is not None:
            return Invoked(command, count)
        return Cancelled(typed + strokes[-1]) if typed else None

    def _counted(self) -> int | None:
        digits = self._count.lstrip("0")
        if not digits:
            return None
        return MAXIMUM_COUNT if len(digits) > len(str(MAXIMUM_COUNT)) else min(int(digits), MAXIMUM_COUNT)


def sequences_of(keys: KeyMap) -> dict[Context, KeySequences]:
    """Return what turns key strokes into commands, for each context."""
    return {context: KeySequences(keys.reachable_in(context)) for context in Context}
