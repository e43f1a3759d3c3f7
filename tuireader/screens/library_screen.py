"""A screen over the library: how a change is carried out and told, and how keys become commands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Literal, ParamSpec, TypeVar

from textual import events
from textual.screen import Screen
from textual.worker import Worker

from library import Article, ChangeStopped, Library, LibraryError
from tuireader.commands import Command
from tuireader.compositor import FrontCompositor
from tuireader.jobs import Jobs
from tuireader.keys import Invoked, KeySequences, Pending, stroke
from tuireader.presentation import shown
from tuireader.screens.messages import ChangeProgress
from tuireader.under_way import UnderWay
from tuireader.writer import Writer

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")

Severity = Literal["information", "warning", "error"]


class LibraryScreen(Screen[R]):
    """A screen over the library. A failure of a change is told, never raised."""

    awaited: Worker[None] | None = None
    """What looks for that which the next keys are about: they wait for it."""

    def __init__(self, library: Library, writer: Writer) -> None:
        super().__init__()
        self._compositor = FrontCompositor()
        self.library = library
        self.writer = writer
        self.jobs = Jobs(self)

    def say(self, message: str, severity: Severity = "information") -> None:
        """Tell the person something, briefly."""
        self.notify(shown(message), severity=severity, markup=False, timeout=8 if severity == "error" else 3)

    async def change(self, change: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Carry out a change of the library; a failure is told, and None comes back."""
        try:
            return await self.writer(change, *args, **kwargs)
        except LibraryError as error:
            self.say(str(error), "error")
            return None

    async def change_many(self, doing: str, change: Callable[[UnderWay], T]) -> T | None:
        """``change`` of many documents: it is shown how far it is (``doing`` what), and Esc stops it."""
        app = self.app
        under_way = UnderWay(doing, lambda words: app.post_message(ChangeProgress(words)))
        try:
            return await self.writer.many(under_way, change)
        except ChangeStopped as stopped:
            self.say(str(stopped))
        except LibraryError as error:
            self.say(str(error), "error")
        finally:
            if under_way.told:
                app.post_message(ChangeProgress(""))
        return None

    def show_change(self, words: str) -> None:
        """Show how far a change is; with no words it is over."""

    def start(self, work: Awaitable[None], group: str = "changes") -> None:
        """Run ``work`` beside the event loop's other handlers."""
        self.jobs.start(work, group)

    def invoke(self, command: Command, count: int | None = None) -> None:
        """Carry out a command of the registry."""
        raise NotImplementedError

    def feed(self, keys: KeySequences, event: events.Key) -> str | None:
        """Carry out the command that a key completes; what is typed of one so far, None for no key of any."""
        result = keys.feed(stroke(event.key, event.character))
        if result is None:
            return None
        event.stop()
        event.prevent_default()
        if isinstance(result, Invoked) and not (event.key == "escape" and self._stops(result.command)):
            self.invoke(result.command, result.count)
        return result.typed if isinstance(result, Pending) else ""

    def _stops(self, command: Command) -> bool:
        """Whether Esc, which would otherwise go back, stops a change."""
        return command.id == "back" and self.writer.stop()

    def find_article(self, article_id: str) -> Article | None:
        """The article, or None where it is no longer in the library."""
        try:
            return self.library.article(article_id)
        except LibraryError:
            return None

    def do_palette(self, count: int | None) -> None:
        self.app.action_command_palette()

    def do_redraw(self, count: int | None) -> None:
        self.refresh(repaint=True, layout=True)
