"""Exporting: articles are written as Markdown files into a folder, away from the keys."""

from __future__ import annotations

from functools import partial
from time import monotonic

from textual import on
from textual.worker import get_current_worker

from library import ExportStatus, LibraryError
from library.text.counting import counted
from tuireader.dialogs.naming import NamingScreen
from tuireader.screens.base import ReaderPanes
from tuireader.screens.messages import ExportEnded, ExportFolderChosen, ExportProgress

EXPORT_FOLDER = "~/tuireader-export"
"""Where articles are exported to until another folder is named."""

PROGRESS_PAUSE = 3.0
"""Seconds between two words on how far an export is."""

_HINT = "Nothing that is there is replaced."


class Exporting(ReaderPanes):
    """The command that exports. Nothing changes in the library."""

    export_folder = EXPORT_FOLDER

    def do_export(self, count: int | None) -> None:
        under_way = [one for one in self.workers if one.group == "export" and not one.is_finished]
        for worker in under_way:
            worker.cancel()
        ids = self.desk.front.article_ids()
        if under_way:
            return
        if not ids:
            self.say("There is no article here to export.")
            return
        question = f"Export {counted(len(ids), 'article')} as Markdown into the folder:"
        screen = NamingScreen(question, self.export_folder, _HINT, "exports")
        self.app.push_screen(screen, partial(self._folder_named, ids))

    def _folder_named(self, ids: list[str], folder: str | None) -> None:
        if folder:
            self.export_folder = folder
            self.post_message(ExportFolderChosen(folder))
            self.jobs.in_thread(partial(self._export, ids, folder), "export", exclusive=False)

    def _export(self, ids: list[str], folder: str) -> None:
        worker, told = get_current_worker(), monotonic()
        counts, failures = dict.fromkeys(ExportStatus, 0), list[str]()
        done, place = 0, folder
        try:
            for outcome in self.library.exporting.iter_export(ids, "markdown", folder):
                done += 1
                counts[outcome.status] += 1
                place = str(outcome.file.parent) if outcome.file else place
                failures += [outcome.error] if outcome.status is ExportStatus.FAILED else []
                if worker.is_cancelled:
                    break
                if monotonic() - told >= PROGRESS_PAUSE:
                    told = monotonic()
                    self.post_message(ExportProgress(done, len(ids)))
        except LibraryError as error:
            failures.append(str(error))
        written, present = counts[ExportStatus.WRITTEN], counts[ExportStatus.PRESENT]
        stopped = worker.is_cancelled and done < len(ids)
        self.post_message(ExportEnded(place, written, present, tuple(failures), stopped))

    @on(ExportProgress)
    def _tell_progress(self, message: ExportProgress) -> None:
        self.say(f"{message.done:,} of {counted(message.total, 'article')} exported; e stops.")

    @on(ExportEnded)
    def _tell_end(self, message: ExportEnded) -> None:
        if message.written or message.present or not message.failures:
            already = f" {message.present:,} there already, unchanged." if message.present else ""
            stopped = "Stopped: " if message.stopped else ""
            what = f"{counted(message.written, 'article')} written to {message.folder}"
            self.say(f"{stopped}{what}.{already}")
        if message.failures:
            more = len(message.failures) - 1
            self.say(f"{message.failures[0]}{f' (and {more:,} more)' if more else ''}", "error")
