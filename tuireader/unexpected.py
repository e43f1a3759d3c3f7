"""What becomes of errors that nobody expected: they are logged and shown, and the program goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from library import LibraryError
from tuireader.log import Log, sentence_of

MOST_AT_ONCE = 3
"""So many errors between two keys are no accident: something fails again and again."""

MOST = 50
"""After so many errors in all it is better to begin again."""

RECORDS = 5
"""So many records of the same error are enough."""


class Unexpected:
    """Takes the errors of one run of the program.

    Args:
        log: Where they are recorded.
        tell: Shows a sentence.
    """

    def __init__(self, log: Log, tell: Callable[[str], object]) -> None:
        self._log = log
        self._tell = tell
        self._times = Counter[str]()
        self._told = set[str]()
        self._since_key = 0
        self.first: Exception | None = None
        """The first of them, which a test raises."""

    def key_pressed(self) -> None:
        """The person goes on: what fails from now on is told again."""
        self._since_key = 0
        self._told.clear()

    def job_failed(self, doing: str, error: Exception) -> None:
        """A job ended with an error; of the library's own the sentence is enough."""
        if isinstance(error, LibraryError):
            self._tell_once(str(error))
        else:
            self._record(doing, error)

    def may_go_on(self, doing: str, error: Exception) -> bool:
        """A handler of a message ended with an error; whether the program can go on after it."""
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
        self._tell_once(f"{what}{where}", what)

    def _tell_once(self, sentence: str, key: str = "") -> None:
        if (key or sentence) not in self._told:
            self._told.add(key or sentence)
            self._tell(sentence)
