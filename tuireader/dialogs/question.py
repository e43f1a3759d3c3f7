"""Asks a question with the answers yes and no."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tuireader.commands import Context
from tuireader.dialogs.dialog import DialogScreen, frame
from tuireader.keys import Invoked, KeySequences, key_map_of, latin_of, stroke
from tuireader.widgets.key_footer import keys_in_words


class QuestionScreen(DialogScreen[bool]):
    """A dialog that asks ``question``. The result is True for yes; Enter and Esc are the safe answer, no."""

    DEFAULT_CSS = """
    QuestionScreen {
        & > .frame { width: auto; min-width: 36; }
        & Static { width: auto; max-width: 100%; }
    }
    """

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question
        self._keys = KeySequences(key_map_of(self.app).reachable_in(Context.DIALOGS))

    def compose(self) -> ComposeResult:
        answers = keys_in_words(key_map_of(self.app).footer_for(Context.DIALOGS), all_keys=True)
        with Vertical(classes="frame") as container:
            frame(container, "", answers)
            yield Static(Content(self._question), markup=False)

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        result = self._keys.feed(stroke(event.key, event.character), latin_of(event, key_map_of(self.app)))
        if isinstance(result, Invoked):
            self.end(result.command.id == "answer-yes")
