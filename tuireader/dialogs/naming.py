"""Asks for a name."""

from __future__ import annotations

from collections.abc import Callable

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tuireader.dialogs.dialog import DialogScreen


class NamingScreen(DialogScreen[str]):
    """A dialog that asks ``question``, with ``name`` in the line. The result is the name, empty if cancelled.

    ``verb`` says what Enter does.
    """

    DEFAULT_CSS = """
    NamingScreen {
        & > .frame { width: 60; }
        &.-low > .frame { max-width: 100%; }
        & Input {
            height: 1; margin: 1 0; border: none; padding: 0 1; background: $panel;
            &:focus { border: none; }
        }
        & Static { width: 100%; }
        & #naming-hint { color: $text-muted; }
    }
    """

    _line = getters.query_one(Input)

    def __init__(
        self,
        question: str,
        name: str = "",
        hint: str = "",
        verb: str = "saves",
        *,
        refuse: Callable[[str], str] = lambda written: "",
    ) -> None:
        super().__init__()
        self._question = question
        self._name_before = name
        self._hint = hint
        self._verb = verb
        self._refuse = refuse

    def compose(self) -> ComposeResult:
        with Vertical(classes="frame"):
            yield Static(Content(self._question), markup=False)
            yield Input(self._name_before, select_on_focus=False)
            yield Static(self._hint_with(self._hint), id="naming-hint", markup=False)

    def _hint_with(self, hint: str) -> Content:
        return Content(f"{hint}\n" if hint else "") + Content(f"Enter {self._verb} · Esc closes")

    def on_mount(self) -> None:
        self._line.cursor_position = len(self._name_before)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        written = event.value.strip()
        if reason := self._refuse(written):
            self.query_one("#naming-hint", Static).update(self._hint_with(reason))
        else:
            self.end(written)

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.stop()
            event.prevent_default()
            self.end("")
