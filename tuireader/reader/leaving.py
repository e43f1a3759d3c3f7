"""Quits the reader once everything is on disk."""

from __future__ import annotations

from collections.abc import Iterable

from tuireader.commands.binding import Bound, once
from tuireader.desk import Desk
from tuireader.jobs.changes import IMPORT
from tuireader.notes.keeper import NoteKeeper
from tuireader.reader.article_view.loading import PositionKeeper


class Leaving:
    """The end of the program."""

    def __init__(self, desk: Desk, notes: NoteKeeper, position: PositionKeeper) -> None:
        self._desk = desk
        self._notes = notes
        self._position = position
        self._warned = False

    def commands(self) -> Iterable[Bound]:
        yield once("quit", self.quit)

    def quit(self) -> None:
        """Save everything, then quit. If a note cannot be saved, report that first."""
        self._desk.changes.start(self._quit, "quit")

    async def _quit(self) -> None:
        if self._desk.jobs.is_running(IMPORT):
            from tuireader.dialogs.question import QuestionScreen

            question = "Articles are being imported. Stop that and quit?\nThose that were read are kept."
            self._desk.app.push_screen(QuestionScreen(question), self._agreed)
            return
        await self._save_and_quit()

    def _agreed(self, agreed: bool | None) -> None:
        if agreed:
            self._desk.changes.writer.give_up()
            self._desk.changes.start(self._save_and_quit, "quit")

    async def _save_and_quit(self) -> None:
        saved = await self._notes.save_all()
        if not saved and not self._warned:
            self._warned = True
            self._desk.say(
                f"A note is not saved. Press {self._desk.key('quit')} again to quit without it.", "error"
            )
            return
        for group in (IMPORT, "changes"):
            await self._desk.jobs.finished(group)
        await self._save_position()
        self._desk.app.exit(0)

    async def end(self) -> None:
        """Save everything that is not on disk, without a question, because the program has to end."""
        self._desk.changes.writer.give_up()
        await self._notes.keep_drafts()
        await self._save_position()

    async def _save_position(self) -> None:
        unsaved = self._position.unsaved
        if unsaved is not None and self._desk.library.writable:
            await self._desk.changes.make(self._desk.library.articles.save_position, *unsaved)
