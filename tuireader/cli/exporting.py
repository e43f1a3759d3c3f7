"""The command that writes articles out."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from library import ExportForm, ExportOutcome, ExportStatus, Library, LibraryError
from library.exporting.records import cleaned, exported_record
from library.text.counting import counted
from tuireader.cli.output import complain, line, print_record, say
from tuireader.cli.records import export_record
from tuireader.cli.targets import Targets, find_targets

STANDARD_OUTPUT = "-"
_WRONG_USAGE = 2


def export(library: Library, options: Namespace) -> int:
    """Write articles to a folder, a file or standard output; exit status 1 where one failed."""
    form = ExportForm(options.format)
    printing = options.output == STANDARD_OUTPUT
    if printing and form is not ExportForm.JSONL:
        complain("Markdown is written into a folder: name one with -o. Standard output takes jsonl.")
        return _WRONG_USAGE
    targets = find_targets(library, options.query) if options.query else Targets(tuple(library.ids()))
    failed = _print(library, targets.ids) if printing else _write(library, options, targets.ids, form)
    return max(targets.complain(), 1 if failed else 0)


def _print(library: Library, ids: Sequence[str]) -> int:
    """Each article on a line of standard output; how many failed."""
    failed = 0
    for key in ids:
        try:
            record = cleaned(exported_record(library.whole_article(key)))
        except LibraryError as error:
            complain(str(error))
            failed += 1
        else:
            print_record(record)
    return failed


def _write(library: Library, options: Namespace, ids: Sequence[str], form: ExportForm) -> int:
    """Write to the disk, say what was done; how many failed."""
    counts = dict.fromkeys(ExportStatus, 0)
    for outcome in library.iter_export(ids, form, options.output):
        counts[outcome.status] += 1
        _tell(options, outcome)
    if not options.json:
        present = counts[ExportStatus.PRESENT]
        already = f" {counted(present, 'article')} there already, unchanged." if present else ""
        written = counted(counts[ExportStatus.WRITTEN], "article")
        say(line(f"{written} written to {options.output}.{already}"))
    return counts[ExportStatus.FAILED]


def _tell(options: Namespace, outcome: ExportOutcome) -> None:
    if outcome.status is ExportStatus.FAILED:
        complain(outcome.error)
    if options.json:
        print_record(export_record(outcome))
