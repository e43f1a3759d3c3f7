"""The note editor of a screen: its drafts, and continuing in an external editor."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Iterable
from contextlib import ExitStack
from functools import partial
from typing import Any, Protocol

from textual.app import App, SuspendNotSupported

from library import LibraryError
from tuireader.commands.binding import Bound, once
from tuireader.jobs.changes import Changes, Say
from tuireader.notes.editor import edited, named_editor
from tuireader.widgets.note_editor import NoteEditor


class KeepDraft(Protocol):
    """Saves a draft; returns True if it is on the disk."""

    def __call__(self, key: str, text: str) -> Awaitable[bool]: ...


class NoteEditing:
    """Keeps what is typed in the editor as a draft, and opens the text in an external editor."""

    def __init__(
        self, editor: NoteEditor, keep_draft: KeepDraft, changes: Changes, say: Say, app: App[Any]
    ) -> None:
        self._editor = editor
        self._keep_draft = keep_draft
        self._changes = changes
        self._say = say
        self._app = app

    def commands(self) -> Iterable[Bound]:
        yield once("finish-note", self._editor.finish)
        yield once("continue-outside", self.continue_outside)

    def typed(self, message: NoteEditor.Typed) -> None:
        """Keep what was typed as a draft."""
        self._changes.start(partial(self._draft_typed, message.key, message.text))

    async def _draft_typed(self, key: str, text: str) -> None:
        await self._keep_draft(key, text)

    def continue_outside(self) -> None:
        """Continue in the program that VISUAL or EDITOR names."""
        if not self._editor.is_open:
            return
        if not named_editor(os.environ):
            self._say("No editor is set in VISUAL or EDITOR; continue the note here.", "warning")
            return
        self._changes.start(self._continued_outside)

    async def _continued_outside(self) -> None:
        """Save the draft, then run the editor. The draft stays if the editor fails."""
        key, text = self._editor.key, self._editor.text
        if not await self._keep_draft(key, text):
            return
        try:
            await self._edited_outside(key, text)
        except SuspendNotSupported:
            self._say("This terminal cannot run another program; continue the note here.", "warning")
        except LibraryError as error:
            self._say(f"{error} The note is unchanged.", "error")

    async def _edited_outside(self, key: str, text: str) -> None:
        with ExitStack() as editing:
            with self._app.suspend():
                written = editing.enter_context(edited(text))
            if not self._editor.is_open or self._editor.key != key:
                raise LibraryError("The note is no longer open.")
            self._editor.load(written.removesuffix("\n"))
            if not await self._keep_draft(key, written):
                raise LibraryError("Your text is not saved yet.")
