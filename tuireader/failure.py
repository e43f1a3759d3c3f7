"""What is shown after an error that nobody expected: an app of one text, which asks whether to go on."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.widgets import Static

from library.text.cleaning import clean_text
from tuireader.terminal.driver import ReaderDriver

KEPT = (
    "Nothing that was saved is lost: every change is on disk as soon as the reader shows it, "
    "and an unfinished note is kept as a draft."
)
ANSWERS = "Enter restarts the reader · q quits"


class FailureApp(App[bool]):
    """Says what happened, that nothing was lost, and where the log is.

    It shares nothing with the reader that failed. It returns true where the reader is to be opened again.

    Args:
        what: What happened, in one sentence.
        where: Where the log is, in one sentence.
    """

    TITLE = "tuireader"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [  # noqa: RUF012
        Binding("enter", "exit_with(True)", show=False),
        Binding("q,Q,escape,ctrl+q,ctrl+c", "exit_with(False)", show=False, priority=True),
    ]
    CSS = """
    VerticalScroll { align: center middle; }
    Static { width: 100%; max-width: 76; margin-bottom: 1; padding: 0 2; }
    #title { text-style: bold; }
    """

    def __init__(self, what: str, where: str) -> None:
        super().__init__()
        self._paragraphs = {
            "title": "TUIReader stopped",
            "what": clean_text(what),
            "kept": KEPT,
            "where": clean_text(where),
            "answers": ANSWERS,
        }

    def get_driver_class(self) -> type[Driver]:
        """The reader's own driver, which forgives what a terminal sends."""
        usual = super().get_driver_class()
        return ReaderDriver if usual is LinuxDriver else usual

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            for name, text in self._paragraphs.items():
                yield Static(Content(text), id=name, markup=False)

    def on_hung_up(self) -> None:
        """The terminal is gone."""
        self.exit(False)

    def action_exit_with(self, again: bool) -> None:
        """End the app."""
        self.exit(again)
