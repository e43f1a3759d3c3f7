"""Asks for a key, or a sequence of keys, by letting the user press it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tuireader.commands import shown_key
from tuireader.dialogs.dialog import DialogScreen, frame
from tuireader.keys import stroke


class Judged(NamedTuple):
    """What a new key would do, in words, and whether it can be used."""

    words: str
    is_good: bool


class NewKeyScreen(DialogScreen[str]):
    """A dialog that records the keys pressed. The result is the sequence, “nop”, or None if cancelled.

    Args:
        question: The title.
        judge: Says what a sequence would do.
    """

    DEFAULT_CSS = """
    NewKeyScreen {
        & > .frame { width: 60; }
        &.-low > .frame { max-width: 100%; }
        & Static { width: 100%; }
        & #new-key { margin-bottom: 1; padding: 0 1; background: $panel; color: $accent; text-style: bold; }
        & #new-key-judged { height: auto; }
    }
    """

    _shown = getters.query_one("#new-key", Static)
    _judged = getters.query_one("#new-key-judged", Static)

    def __init__(self, question: str, judge: Callable[[str], Judged]) -> None:
        super().__init__()
        self._question = question
        self._judge = judge
        self._strokes: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(classes="frame") as container:
            keys = ("Esc", "cancel"), ("Enter", "save"), ("Backspace", "back"), ("Del", "no key")
            frame(container, self._question, *keys)
            yield Static(id="new-key", markup=False)
            yield Static(id="new-key-judged", markup=False)

    def on_mount(self) -> None:
        self._show()

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.end(None)
        elif event.key == "delete":
            self.end("nop")
        elif event.key == "backspace":
            self._record(self._strokes[:-1])
        elif event.key != "enter":
            self._record((*self._strokes, stroke(event.key, event.character)))
        elif self._strokes and self._judge(" ".join(self._strokes)).is_good:
            self.end(" ".join(self._strokes))

    def _record(self, strokes: tuple[str, ...]) -> None:
        self._strokes = strokes
        self._show()

    def _show(self) -> None:
        keys = " ".join(self._strokes)
        judged = self._judge(keys) if keys else Judged("Several keys make a sequence.", is_good=True)
        self._shown.update(Content(shown_key(keys) or "press a key …"))
        style = "$text-muted" if judged.is_good else "$text-error"
        self._judged.update(Content.styled(judged.words, style))
