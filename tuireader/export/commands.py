"""Exports articles as Markdown files into a folder, in a job."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from time import monotonic

from textual.worker import get_current_worker

from library import ExportStatus, LibraryError
from library.text.amounts import counted
from tuireader.commands.binding import Bound, once
from tuireader.desk import Desk

EXPORT_FOLDER = "~/tuireader-export"
"""Default folder for exports."""

PROGRESS_PAUSE = 3.0
"""Seconds between two progress messages of an export."""

_HINT = "Markdown files; existing files are not replaced."


@dataclass(frozen=True, slots=True)
class ExportEnded:
    """The outcome of an export, which may have been ``stopped``.

    ``written`` counts new files, ``present`` files that existed already; ``failures`` are sentences.
    """

    folder: str
    written: int
    present: int
    failures: tuple[str, ...]
    stopped: bool


class ExportCommands:
    """Exports the articles in front, without changing the library."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def commands(self) -> Iterable[Bound]:
        yield once("export", self.export)

    def export(self) -> None:
        under_way = [one for one in self._desk.app.workers if one.group == "export" and not one.is_finished]
        for worker in under_way:
            worker.cancel()
        ids = self._desk.front.article_ids()
        if under_way:
            return
        if not ids:
            self._desk.say("No articles to export.")
            return
        question = f"Export {counted(len(ids), 'article')} to the folder"
        folder = self._desk.settings.now.export_folder or EXPORT_FOLDER
        from tuireader.dialogs.naming import NamingScreen

        screen = NamingScreen(question, folder, _HINT, "export")
        self._desk.app.push_screen(screen, partial(self._folder_named, ids))

    def _folder_named(self, ids: list[str], folder: str | None) -> None:
        if folder:
            self._desk.settings.choose(export_folder=folder)
            self._desk.jobs.in_thread(partial(self._export, ids, folder), "export", exclusive=False)

    def _export(self, ids: list[str], folder: str) -> None:
        worker, last_shown = get_current_worker(), monotonic()
        counts, failures = dict.fromkeys(ExportStatus, 0), list[str]()
        done, place = 0, folder
        try:
            for outcome in self._desk.library.exporting.iter_export(ids, "markdown", folder):
                done += 1
                counts[outcome.status] += 1
                place = str(outcome.file.parent) if outcome.file else place
                failures += [outcome.error] if outcome.status is ExportStatus.FAILED else []
                if worker.is_cancelled:
                    break
                if monotonic() - last_shown >= PROGRESS_PAUSE:
                    last_shown = monotonic()
                    self._desk.app.call_later(self._show_progress, done, len(ids))
        except LibraryError as error:
            failures.append(str(error))
        written, present = counts[ExportStatus.WRITTEN], counts[ExportStatus.PRESENT]
        stopped = worker.is_cancelled and done < len(ids)
        self._desk.app.call_later(
            self._show_end, ExportEnded(place, written, present, tuple(failures), stopped)
        )

    def _show_progress(self, done: int, total: int) -> None:
        self._desk.say(f"{done:,} of {counted(total, 'article')} exported · e stops")

    def _show_end(self, message: ExportEnded) -> None:
        if message.written or message.present or not message.failures:
            already = f" {message.present:,} already there, unchanged." if message.present else ""
            stopped = "Stopped: " if message.stopped else ""
            what = f"{counted(message.written, 'article')} written to {message.folder}"
            self._desk.say(f"{stopped}{what}.{already}")
        if message.failures:
            more = len(message.failures) - 1
            self._desk.say(f"{message.failures[0]}{f' (and {more:,} more)' if more else ''}", "error")
