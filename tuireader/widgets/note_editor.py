"""The note editor: a Markdown text area under the article. Drafts are saved while typing."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static, TextArea

from tuireader.commands import Context
from tuireader.delay import Delay
from tuireader.keys import key_map_of
from tuireader.presentation import shown, shown_line

PAUSE = 0.1
"""Seconds from the first unsaved key press until the draft is saved."""

INDENT = "    "


class _NoteArea(TextArea):
    """The text area. It leaves the keys of commands to the screen."""

    def on_key(self, event: events.Key) -> None:
        commands = key_map_of(self.app).for_context(Context.NOTE_EDITOR)
        if any(event.key == key.split()[0] for command in commands for key in command.keys):
            # The area would use them itself.
            event.prevent_default()
        elif event.key == "tab":  # if the area indented itself, Esc would move the focus out of it
            event.stop()
            event.prevent_default()
            self.insert(INDENT)


class NoteEditor(Vertical):
    """The editor of one note. It saves nothing itself, but posts the typed text and the finished note."""

    DEFAULT_CSS = """
    NoteEditor {
        display: none; height: 40%; min-height: 5; max-height: 16;
        border-top: solid $accent; padding: 0 1;
        &.-open { display: block; }
        & #note-title { height: 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
        & TextArea { height: 1fr; border: none; padding: 0; background: $background; }
        & TextArea:focus { border: none; }
        & TextArea .text-area--cursor, & TextArea:light .text-area--cursor {
            color: $block-cursor-foreground; background: $block-cursor-background;
        }
    }
    """

    @dataclass
    class Typed(Message):
        """A request to save ``text`` as the draft of ``key``."""

        key: str
        text: str

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, NoteEditor.Typed) and message.key == self.key

    @dataclass
    class Finished(Message):
        """The end of editing: ``text`` is the note for ``key``."""

        key: str
        text: str

    _area = getters.query_one(TextArea)
    _title = getters.query_one("#note-title", Static)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._key = ""
        self._pause: Delay | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="note-title", markup=False)
        yield _NoteArea(
            soft_wrap=True, show_line_numbers=False, highlight_cursor_line=False, tab_behavior="focus"
        )

    @property
    def is_open(self) -> bool:
        """True while a note is being edited."""
        return self.has_class("-open")

    def open(self, key: str, title: str, text: str) -> None:
        """Start editing ``text``. Every message includes ``key``."""
        self._key = key
        self._title.update(Content(shown_line(title)))
        with self.prevent(TextArea.Changed):
            self._area.load_text(shown(text))
        self._area.move_cursor(self._area.document.end)
        self.add_class("-open")
        self.screen.set_focus(self._area)

    @property
    def key(self) -> str:
        """The key of the article or annotation that the note is for."""
        return self._key

    @property
    def text(self) -> str:
        """The text typed so far."""
        return self._area.text

    def load(self, text: str) -> None:
        """Replace the typed text with ``text``; the area's own undo restores it."""
        self._area.replace(shown(text), (0, 0), self._area.document.end)
        self._area.move_cursor(self._area.document.end)

    def finish(self) -> None:
        """Close the editor and post the note."""
        if self.is_open:
            self.post_message(self.close())

    def close(self) -> Finished:
        """Close the editor and return the message that ``finish`` posts."""
        self._stop_pause()
        self.remove_class("-open")
        return self.Finished(self._key, self._area.text)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self._pause is None:
            self._pause = Delay(self, PAUSE, self._keep)

    def _keep(self) -> None:
        self._pause = None
        if self.is_open:
            self.post_message(self.Typed(self._key, self._area.text))

    def _stop_pause(self) -> None:
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
