"""The command ``export``."""

from __future__ import annotations

from argparse import Namespace
from functools import partial

from library import ExportOutcome, ExportStatus, Library
from library.exporting.registry import FORMATS, ExportFormat, Stream, export_format
from library.text.amounts import counted
from tuireader.cli.grammar import WHICH_HELP, WRONG_USAGE, Commands, take_query
from tuireader.cli.output import complain, line, print_record, print_text, say
from tuireader.cli.records import export_record
from tuireader.cli.targets import Targets, find_targets

STANDARD_OUTPUT = "-"


def declare(commands: Commands) -> None:
    """Declare the commands and their arguments."""
    command = commands.add("export", export, "export articles with your notes", rest="query")
    take_query(command, help_=f"{WHICH_HELP}; default: all articles")
    forms = tuple(form.name for form in FORMATS)
    printable = [form.name for form in FORMATS if form.in_one_file]
    helps = "; ".join(f"{form.name}: {form.help}" for form in FORMATS)
    command.add_argument("--format", required=True, choices=forms, help=helps)
    command.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="PATH",
        help=f"the folder or file; -: standard output ({', '.join(printable)})",
    )


def export(library: Library, options: Namespace) -> int:
    """Write articles to a folder, a file or standard output. Return exit status 1 if one failed."""
    form = export_format(options.format)
    printing = options.output == STANDARD_OUTPUT
    if printing and not form.in_one_file:
        takes = " or ".join(one.name for one in FORMATS if one.in_one_file)
        complain(f"{form.title} needs a folder: name one with -o. Standard output takes {takes}.")
        return WRONG_USAGE
    targets = find_targets(library, options.query) if options.query else Targets(tuple(library.search.ids()))
    counts = dict.fromkeys(ExportStatus, 0)
    for outcome in library.exporting.iter_export(
        targets.ids, form.name, _stream(form) if printing else options.output
    ):
        counts[outcome.status] += 1
        _report(options, outcome, printing=printing)
    if not printing and not options.json:
        present = counts[ExportStatus.PRESENT]
        already = f" {counted(present, 'article')} already there, unchanged." if present else ""
        written = counted(counts[ExportStatus.WRITTEN], "article")
        say(line(f"{written} written to {options.output}.{already}"))
    return max(targets.complain(), 1 if counts[ExportStatus.FAILED] else 0)


def _stream(form: ExportFormat) -> Stream:
    """Return a function that writes to standard output in characters of its encoding."""
    return partial(print_text, in_ascii=form.writer().in_ascii)


def _report(options: Namespace, outcome: ExportOutcome, *, printing: bool) -> None:
    if outcome.status is ExportStatus.FAILED:
        complain(outcome.error)
    if options.json and not printing:
        print_record(export_record(outcome))
