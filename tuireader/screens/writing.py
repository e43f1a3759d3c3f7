"""Where notes and tags are written: the editor, the line for tags, and taking a change back."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import Protocol, TypeVar

from textual import getters, on
from textual.app import SuspendNotSupported

from library import Change, LibraryError, Progress
from tuireader.editor import edited, named_editor
from tuireader.screens.library_screen import LibraryScreen
from tuireader.widgets.note_editor import NoteEditor
from tuireader.widgets.tag_prompt import TagPrompt

R = TypeVar("R")


class Replay(Protocol):
    """Takes a change back, or makes it again."""

    def __call__(self, *, progress: Progress) -> Change: ...


class WritingScreen(LibraryScreen[R]):
    """A screen with a note editor, whose note may be continued in another program, and a line for tags."""

    editor = getters.query_one(NoteEditor)
    tag_prompt = getters.query_one(TagPrompt)

    async def keep_draft(self, key: str, text: str) -> bool:
        """Put a draft on the disk; whether it is there. That it is not is told once, not at every key."""
        raise NotImplementedError

    def leave_tags(self) -> None:
        """Give the focus back to where it was before tags were asked for."""
        raise NotImplementedError

    async def retag(self, tags: tuple[str, ...], remove: bool) -> None:
        """Carry out what was asked for with the tags."""
        raise NotImplementedError

    # The note editor

    @on(NoteEditor.Typed)
    def _note_typed(self, message: NoteEditor.Typed) -> None:
        self.start(self._draft_typed(message.key, message.text))

    async def _draft_typed(self, key: str, text: str) -> None:
        await self.keep_draft(key, text)

    def do_finish_note(self, count: int | None) -> None:
        self.editor.finish()

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

    # The line for tags

    def do_finish_tags(self, count: int | None) -> None:
        self.tag_prompt.finish()

    def do_complete_tag(self, count: int | None) -> None:
        self.tag_prompt.complete()

    def do_next_suggestion(self, count: int | None) -> None:
        self.tag_prompt.step(1)

    def do_previous_suggestion(self, count: int | None) -> None:
        self.tag_prompt.step(-1)

    def do_dismiss_tags(self, count: int | None) -> None:
        self.tag_prompt.dismiss()

    @on(TagPrompt.Answered)
    def _tags_answered(self, message: TagPrompt.Answered) -> None:
        self.leave_tags()
        if message.tags:
            self.start(self.retag(message.tags, message.remove))

    # Undo

    def do_undo(self, count: int | None) -> None:
        self.start(self._replayed(self.library.undo, "Undoing", "Undone"))

    def do_redo(self, count: int | None) -> None:
        self.start(self._replayed(self.library.redo, "Redoing", "Done again"))

    async def _replayed(self, replay: Replay, doing: str, what: str) -> None:
        change = await self.change_many(doing, lambda progress: replay(progress=progress))
        if change is not None:
            self.show_replayed(change, f"{what}: {change.title}")

    def show_replayed(self, change: Change, told: str) -> None:
        """A change was taken back, or made again: tell it, and show what has become of it."""
        raise NotImplementedError
