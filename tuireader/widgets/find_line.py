"""The line at the bottom for finding words in the article."""

from __future__ import annotations

from dataclasses import dataclass

from textual import getters
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static


class FindLine(Horizontal):
    """A line for typing words, which shows the number of their matches."""

    DEFAULT_CSS = """
    FindLine {
        display: none; height: 1; padding: 0 1; background: $panel;
        &.-open { display: block; }
        & #find-label { width: 2; color: $accent; text-style: bold; }
        & Input { width: 1fr; height: 1; border: none; padding: 0; background: $panel; color: $foreground; }
        & Input:focus { border: none; background-tint: $foreground 0%; }
        & #find-count { width: auto; padding: 0 0 0 2; color: $text-muted; }
    }
    """

    @dataclass
    class Edited(Message):
        """A change of the words by the user."""

        words: str

    _input = getters.query_one(Input)
    _count = getters.query_one("#find-count", Static)

    def compose(self) -> ComposeResult:
        yield Static("/", id="find-label", markup=False)
        yield Input(placeholder="find in this article", select_on_focus=False)
        yield Static(id="find-count", markup=False)

    @property
    def is_open(self) -> bool:
        """True while words are being typed."""
        return self.has_class("-open")

    @property
    def words(self) -> str:
        """The text typed so far."""
        return self._input.value

    def open(self) -> None:
        """Show the line without words and focus it."""
        with self.prevent(Input.Changed):
            self._input.value = ""
        self.show_count("")
        self.add_class("-open")
        self.screen.set_focus(self._input)

    def close(self) -> None:
        """Hide the line."""
        self.remove_class("-open")

    def show_count(self, count: str) -> None:
        """Show the number of matches."""
        self._count.update(Content(count))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Edited(event.value))
