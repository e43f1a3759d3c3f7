"""Asks for a name."""

from __future__ import annotations

from collections.abc import Callable

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tuireader.dialogs.dialog import DialogScreen, frame


class NamingScreen(DialogScreen[str]):
    """A dialog with the title ``question`` and ``name`` in its line. The result is empty if cancelled.

    ``verb`` says what Enter does.
    """

    DEFAULT_CSS = """
    NamingScreen {
        & > .frame { width: 60; }
        &.-low > .frame { max-width: 100%; }
        & Input {
            height: 1; border: none; padding: 0 1; background: $panel;
            &:focus { border: none; }
        }
        & Static { width: 100%; }
        & #naming-hint { margin-top: 1; color: $text-muted; }
    }
    """

    _line = getters.query_one(Input)

    def __init__(
        self,
        question: str,
        name: str = "",
        hint: str = "",
        verb: str = "save",
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
        with Vertical(classes="frame") as container:
            frame(container, self._question, ("Esc", "cancel"), ("Enter", self._verb))
            yield Input(self._name_before, select_on_focus=False)
            yield Static(id="naming-hint", markup=False)

    def on_mount(self) -> None:
        self._line.cursor_position = len(self._name_before)
        self._show_hint(self._hint)

    def _show_hint(self, words: str) -> None:
        hint = self.query_one("#naming-hint", Static)
        hint.update(Content(words))
        hint.display = bool(words)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        written = event.value.strip()
        if reason := self._refuse(written):
            self._show_hint(reason)
        else:
            self.end(written)

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.stop()
            event.prevent_default()
            self.end("")
