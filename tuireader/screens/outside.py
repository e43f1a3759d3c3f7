"""Continuing a note in the person's own editor."""

from __future__ import annotations

import os
from contextlib import ExitStack

from textual import on
from textual.app import SuspendNotSupported

from library import LibraryError
from tuireader.editor import edited, named_editor
from tuireader.screens.base import ReaderPanes
from tuireader.widgets.note_editor import NoteEditor


class Outside(ReaderPanes):
    """What goes on in another program while the reader waits."""

    @on(NoteEditor.Outside)
    def _wanted_outside(self) -> None:
        self.do_continue_outside(None)

    def do_continue_outside(self, count: int | None) -> None:
        if not self.editor.is_open:
            return
        if not named_editor(os.environ):
            self.say("No editor is named in VISUAL or EDITOR; the note goes on here.", "warning")
            return
        self.start(self._continued_outside())

    async def _continued_outside(self) -> None:
        """The draft is on the disk before the reader steps aside, and stays where the editor fails."""
        key, text = self.editor.key, self.editor.text
        if not await self.keep_draft(key, text):
            return
        try:
            await self._edited_outside(key, text)
        except SuspendNotSupported:
            self.say("This terminal has no room for another program; the note goes on here.", "warning")
        except LibraryError as error:
            self.say(f"{error} The note is as it was.", "error")

    async def _edited_outside(self, key: str, text: str) -> None:
        with ExitStack() as editing:
            with self.app.suspend():
                written = editing.enter_context(edited(text))
            if not self.editor.is_open or self.editor.key != key:
                raise LibraryError("The note is no longer open.")
            self.editor.load(written.removesuffix("\n"))
            if not await self.keep_draft(key, written):
                raise LibraryError("What you wrote is not on the disk yet.")
