"""Handles unexpected errors: they are logged and shown, and the reader goes on or can be reopened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.widgets import Static

from library import LibraryError
from library.text.cleaning import clean_text
from tuireader.log import Log, sentence_of
from tuireader.terminal.driver import ReaderDriver

MOST_AT_ONCE = 3
"""Maximum number of errors between two key presses; more mean that something fails repeatedly."""

MOST = 50
"""Total number of errors after which the reader should be restarted."""

RECORDS = 5
"""Maximum number of log records of the same error."""


class Unexpected:
    """The handler of unexpected errors in one run of the program.

    Args:
        log: The log that records them.
        tell: Shows a sentence.
    """

    def __init__(self, log: Log, tell: Callable[[str], object]) -> None:
        self._log = log
        self._tell = tell
        self._times = Counter[str]()
        self._shown = set[str]()
        self._since_key = 0
        self.first: Exception | None = None
        """The first unexpected error, which tests raise."""

    def key_pressed(self) -> None:
        """Show all errors again from now on, because a key was pressed."""
        self._since_key = 0
        self._shown.clear()

    def job_failed(self, doing: str, error: Exception) -> None:
        """Show the error that ended a job, and log it unless it is an error of the library."""
        if isinstance(error, LibraryError):
            self._show_once(str(error))
        else:
            self._record(doing, error)

    def may_go_on(self, doing: str, error: Exception) -> bool:
        """Handle the error of a message handler and return True if the program can go on."""
        self._since_key += 1
        if self._since_key > MOST_AT_ONCE or self._times.total() >= MOST:
            return False
        self.job_failed(doing, error)
        return True

    def _record(self, doing: str, error: Exception) -> None:
        self.first = self.first or error
        what = sentence_of(error)
        self._times[what] += 1
        written = self._times[what] <= RECORDS and self._log.error(doing, error)
        where = f" {self._log.where(written)}" if self._times[what] <= RECORDS else ""
        self._show_once(f"{what}{where}", what)

    def _show_once(self, sentence: str, key: str = "") -> None:
        if (key or sentence) not in self._shown:
            self._shown.add(key or sentence)
            self._tell(sentence)


KEPT = (
    "Nothing that was saved is lost: every change is on disk as soon as the reader shows it, "
    "and an unfinished note is kept as a draft."
)
ANSWERS = "Enter restarts the reader · q quits"


class FailureApp(App[bool]):
    """The app that reports a failure: what happened, that nothing was lost, and where the log is.

    It shares nothing with the reader that failed. It returns True if the user wants to open the reader again.

    Args:
        what: What happened, in one sentence.
        where: The location of the log, in one sentence.
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
        """Return the reader's own driver, which tolerates invalid input from a terminal."""
        usual = super().get_driver_class()
        return ReaderDriver if usual is LinuxDriver else usual

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            for name, text in self._paragraphs.items():
                yield Static(Content(text), id=name, markup=False)

    def on_hung_up(self) -> None:
        """End because the terminal is gone."""
        self.exit(False)

    def action_exit_with(self, again: bool) -> None:
        """End the app."""
        self.exit(again)
