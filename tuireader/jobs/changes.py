"""Changes the library, one change after the other. Failures are shown, never raised."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal, ParamSpec, Protocol, TypeVar

from textual.app import App
from textual.message import Message

from library import ChangeStopped, LibraryError
from tuireader.jobs.jobs import Jobs
from tuireader.jobs.progress import UnderWay
from tuireader.jobs.writer import Writer
from tuireader.presentation import shown

P = ParamSpec("P")
T = TypeVar("T")

Severity = Literal["information", "warning", "error"]


class Say(Protocol):
    """A function that shows a message."""

    def __call__(self, message: str, severity: Severity = "information") -> None: ...


def messages_of(app: App[Any]) -> Say:
    """Return a function that shows messages in ``app`` as text without markup."""

    def say(message: str, severity: Severity = "information") -> None:
        timeout = 8 if severity == "error" else 3
        app.notify(shown(message), severity=severity, markup=False, timeout=timeout)

    return say


IMPORT = "import"
"""The group of the job that imports articles, beside other changes."""


@dataclass
class ChangeProgress(Message):
    """The progress of a large change in words; empty when it is over."""

    words: str


class Changes:
    """The changes of the library, which run in the writer's thread."""

    def __init__(self, writer: Writer, app: App[Any], say: Say) -> None:
        self.writer = writer
        self._app = app
        self._say = say

    async def make(self, change: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Run ``change`` and return its result. Show a failure and return None."""
        try:
            return await self.writer(change, *args, **kwargs)
        except LibraryError as error:
            self._say(str(error), "error")
            return None

    async def many(self, doing: str, change: Callable[[UnderWay], T]) -> T | None:
        """Run a change of many articles, as ``make`` does, and show its progress; Esc stops it.

        ``doing`` names the activity (“Bookmarking”).
        """
        return await self._shown(doing, change, self.writer.many)

    async def beside(self, doing: str, change: Callable[[UnderWay], T]) -> T | None:
        """Run a change that takes minutes as ``many`` does; other changes go on meanwhile."""
        return await self._shown(doing, change, self.writer.beside)

    async def _shown(
        self,
        doing: str,
        change: Callable[[UnderWay], T],
        run: Callable[[UnderWay, Callable[[UnderWay], T]], Awaitable[T]],
    ) -> T | None:
        under_way = UnderWay(doing, lambda words: self._app.post_message(ChangeProgress(words)))
        try:
            return await run(under_way, change)
        except ChangeStopped as stopped:
            self._say(str(stopped))
        except LibraryError as error:
            self._say(str(error), "error")
        finally:
            if under_way.is_shown:
                self._app.post_message(ChangeProgress(""))
        return None

    def start(self, work: Callable[[], Awaitable[None]], group: str = "changes") -> None:
        """Await ``work()`` in a job of the app, which continues when a screen is left.

        Quitting waits for the jobs of the group ``changes``.
        """
        Jobs(self._app).start(work, group)
