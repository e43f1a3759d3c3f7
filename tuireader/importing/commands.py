"""Imports files and folders in a job, and shows its report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from library import ImportOutcome, ImportProgress, ImportStatus, LibraryError
from library.text.amounts import counted
from tuireader.commands import Context
from tuireader.commands.binding import Argument, Bound, once
from tuireader.desk import Desk
from tuireader.events import Changed, What
from tuireader.jobs.changes import IMPORT as GROUP
from tuireader.jobs.progress import Pace, UnderWay
from tuireader.keys import key_map_of
from tuireader.screens.command_screen import CommandScreen

if TYPE_CHECKING:
    from tuireader.importing.report import Report

_LONG_PATH = 28

REFRESH_PAUSE = 3.0
"""Seconds between two updates of the list during an import."""


class ImportCommands:
    """The commands that add articles and show the report of the last import.

    Args:
        desk: The library, and the objects that change it.
        open_article: Goes to an article.
        index_soon: Indexes the new texts.
    """

    def __init__(
        self, desk: Desk, open_article: Callable[[str], object], index_soon: Callable[[], object]
    ) -> None:
        self._desk = desk
        self._open_article = open_article
        self._index_soon = index_soon
        self._report: Report | None = None

    def commands(self) -> Iterable[Bound]:
        yield once("add", self.ask, Argument(self.add, _offers))
        yield once("import-report", self.show_report)

    @property
    def is_running(self) -> bool:
        """True while articles are being imported."""
        return self._desk.jobs.is_running(GROUP)

    def ask(self, typed: str = "~/") -> None:
        """Ask for the sources to import; ``typed`` is the initial text of the line."""
        from tuireader.importing.screen import ImportScreen

        if self._may_start():
            self._desk.app.push_screen(ImportScreen(typed), self._asked)

    def _asked(self, sources: tuple[str, ...] | None) -> None:
        if sources:
            self.start(sources)

    def add(self, typed: str) -> None:
        """Import the sources in ``typed``, as they are written on the command line."""
        from tuireader.importing.sources import sources_of

        self.start(sources_of(typed))

    def pasted(self, text: str) -> bool:
        """Ask whether to import pasted paths. Return False if ``text`` is something else."""
        from tuireader.importing.sources import in_one_line, looks_like_sources, sources_of

        if not looks_like_sources(text):
            return False
        self.ask(in_one_line(sources_of(text)))
        return True

    def start(self, sources: Sequence[str]) -> None:
        """Import files and folders."""
        if sources and self._may_start():
            self._desk.changes.start(partial(self._import, tuple(sources)), GROUP)

    def _may_start(self) -> bool:
        """Return True if articles can be added now; otherwise say why not."""
        writable = self._desk.library.writable
        if not writable:
            self._desk.say("The library is read-only; nothing can be added.", "warning")
        elif self.is_running:
            self._desk.say("An import is running. Esc stops it.")
        return writable and not self.is_running

    async def _import(self, sources: tuple[str, ...]) -> None:
        before = self._listed()
        report = await self._desk.changes.beside("Importing", partial(self._imported, sources))
        if report is None:
            return
        self._report = report
        is_waiting = before is not None and before == self._listed()  # otherwise the user went on
        self._publish(report.ids, keep=report.ids[0] if report.ids and is_waiting else None)
        self._index_soon()
        failed = not report.ids and any(outcome.error for outcome in report.outcomes)
        if failed and len(report.outcomes) == 1:
            outcome = report.outcomes[0]
            self._desk.say(f"{outcome.source}: {outcome.error}", "error")
            return
        words = report.in_words()
        key = key_map_of(self._desk.app).key
        undo = f" · {key('undo')} to undo" if report.ids else ""
        self._desk.say(f"{words[:1].upper()}{words[1:]} · {key('import-report')} shows the report{undo}")

    def _listed(self) -> str | None:
        """Return the article at the cursor if the list is in front, otherwise None."""
        screen = self._desk.app.screen
        is_list = isinstance(screen, CommandScreen) and screen.context is Context.LIST
        return self._desk.front.article_id() if is_list else None

    def _imported(self, sources: tuple[str, ...], under_way: UnderWay) -> Report:
        """Import in a thread."""
        from tuireader.importing.report import Report

        pace, last_shown = Pace(monotonic), monotonic()
        outcomes, new = list[ImportOutcome](), list[str]()
        watch = partial(_watch, under_way, pace)
        try:
            for outcome in self._desk.library.importing.iter_add(*sources, watch=watch):
                outcomes.append(outcome)
                new += [outcome.id] if outcome.id else []
                if new and monotonic() - last_shown >= REFRESH_PAUSE:
                    last_shown = monotonic()
                    self._desk.app.call_later(self._publish, tuple(new))
                    new.clear()
        except LibraryError as error:  # what came in before is on the disk
            where = str(self._desk.library.path)
            outcomes.append(ImportOutcome(source=where, status=ImportStatus.FAILED, error=str(error)))
        return Report(tuple(outcomes), stopped=under_way.is_stopped)

    def _publish(self, ids: tuple[str, ...], keep: str | None = None) -> None:
        if ids:
            self._desk.events.library_changed.publish(Changed(What.EVERYTHING, ids, keep=keep))

    def show_report(self) -> None:
        """Show the report of the last import."""
        from tuireader.importing.report import ReportScreen

        if self._report is None:
            self._desk.say(f"No import yet: {key_map_of(self._desk.app).key('add')} adds articles.")
        else:
            self._desk.app.push_screen(ReportScreen(self._report), self._chosen)

    def _chosen(self, article_id: str | None) -> None:
        if not article_id:
            return
        if self._desk.find_article(article_id) is None:
            self._desk.say("This article is no longer in the library.", "warning")
        else:
            self._open_article(article_id)


def _offers(typed: str) -> list[tuple[str, str]]:
    """Return the paths that complete ``typed``, with the last part of those that may be too long to show."""
    from tuireader.importing.sources import offers

    return [(one.text, one.name if len(one.text) > _LONG_PATH else "") for one in offers(typed)]


def _watch(under_way: UnderWay, pace: Pace, progress: ImportProgress) -> None:
    """Show the progress of an import. Raises ChangeStopped if the user stopped it."""
    under_way.check()
    under_way.say(progress_in_words(progress, pace))


def progress_in_words(progress: ImportProgress, pace: Pace) -> str:
    """Return how far an import is: “Importing 120 of 4,000 · 45 a second · 86 s left”."""
    if not progress.total:
        return "Looking for articles …"
    if progress.total == 1:  # an export, perhaps, with an unknown number of articles
        parts = [f"Importing {counted(progress.articles, 'article')}", pace.rate(progress.articles)]
    else:
        parts = [
            f"Importing {progress.files:,} of {progress.total:,}",
            pace.rate(progress.files),
            pace.left(progress.files, progress.total),
        ]
    return " · ".join(filter(None, parts))
