"""Turns key strokes into commands: counts (``5j``) and sequences (``g g``, ``] u``), without timers.

A digit that is itself a key (``1`` for "all articles") is that key, unless a count is under way: there a
count begins with another digit, or with 0 (``03j`` is three down).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tuireader.commands import Command

MAXIMUM_COUNT = 999_999
"""More than any list has rows; a longer count means no more than this."""


@dataclass(frozen=True, slots=True)
class Pending:
    """More keys are expected. ``typed`` shows those pressed so far."""

    typed: str


@dataclass(frozen=True, slots=True)
class Invoked:
    """``command`` was invoked, ``count`` times (None: no count was typed)."""

    command: Command
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The keys match no command and are discarded."""

    typed: str


KeyResult = Pending | Invoked | Cancelled | None
"""None: nothing was begun and nothing is bound to the stroke."""


_ENTER_TYPED_AHEAD = "ctrl+j"
"""What Enter is that was pressed before the program had the terminal, which then sends a line feed."""


def stroke(key: str, character: str | None) -> str:
    """The name that the registry uses for a key event: its character where it has a visible one."""
    if character and len(character) == 1 and character.isprintable() and not character.isspace():
        return character
    return "enter" if key == _ENTER_TYPED_AHEAD else key


class KeySequences:
    """Turns keys, one at a time, into the commands of one context."""

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
        """The keys typed of an incomplete command; empty if none."""
        return self._count + "".join(self._strokes)

    def reset(self) -> None:
        """Forget what has been typed, as when the focus moves."""
        self._count = ""
        self._strokes = ()

    def feed(self, key: str) -> KeyResult:
        """Process one key, named as in the registry (see ``stroke``)."""
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
