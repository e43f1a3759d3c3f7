"""Undo and redo."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Protocol

from library import Change, Progress
from tuireader.commands.binding import Bound, once
from tuireader.desk import Desk
from tuireader.events import Changed


class Replay(Protocol):
    """A function that undoes or redoes a change."""

    def __call__(self, *, progress: Progress) -> Change: ...


class UndoCommands:
    """The commands that undo the last change of any kind and redo it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def commands(self) -> Iterable[Bound]:
        yield once("undo", lambda: self._start(self._desk.library.undo, "Undoing", "Undone"))
        yield once("redo", lambda: self._start(self._desk.library.redo, "Redoing", "Redone"))

    def _start(self, replay: Replay, doing: str, what: str) -> None:
        self._desk.changes.start(partial(self._replayed, replay, doing, what))

    async def _replayed(self, replay: Replay, doing: str, what: str) -> None:
        change = await self._desk.changes.many(doing, lambda progress: replay(progress=progress))
        if change is None:
            return
        several = len(change.ids) > 1
        self._desk.say(f"{what}: {change.title}{f' · {len(change.ids):,} at once' if several else ''}")
        self._desk.events.library_changed.publish(
            Changed(keep=change.ids[0] if change.ids and not several else None)
        )
