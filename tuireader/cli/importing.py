"""The command ``add``."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from library import ImportOutcome, ImportStatus, Library
from library.importing.registry import FORMATS
from tuireader.cli.grammar import Commands
from tuireader.cli.output import STANDARD_INPUT, complain, line, print_record, say, standard_input
from tuireader.cli.records import outcome_record
from tuireader.cli.rules import complain_of_rules


def declare(commands: Commands) -> None:
    """Declare the commands and their arguments."""
    add = commands.add(
        "add",
        add_sources,
        "import files, folders (recursively) or - (standard input)",
        rest="sources",
        examples=("~/Downloads/saved.html", "~/dumps --tag harbour", "~/dumps --dry-run"),
        creates=True,
    )
    formats = ", ".join(f"{form.title} ({' '.join(form.suffixes)})" for form in FORMATS)
    add.epilog = f"The format is detected from the content: {formats}."
    add.add_argument("sources", nargs="+", metavar="SOURCE")
    add.add_argument("--tag", action="append", default=[], metavar="T", help="tag all imported articles")
    add.add_argument("--dry-run", action="store_true", help="show what would be imported; change nothing")


def add_sources(library: Library, options: Namespace) -> int:
    """Import sources. Return exit status 1 if a source failed."""
    failed, warned, counts = 0, 0, dict.fromkeys(ImportStatus, 0)
    for outcome in _outcomes(library, options):
        counts[outcome.status] += 1
        failed += outcome.status is ImportStatus.FAILED
        if options.json:
            print_record(outcome_record(outcome))
        elif not outcome.error:
            say(f"{outcome.status:<9}  {outcome.id[:8]}  {line(outcome.title)}")
        if outcome.status is ImportStatus.FAILED:
            complain(f"{outcome.source}: {outcome.error}")
        elif outcome.status is ImportStatus.SKIPPED and not options.json:
            complain(f"Skipped {outcome.source}: {outcome.error}")
        elif outcome.warning:
            warned += 1
            complain(f"{outcome.source}: {outcome.warning}")
    if not options.json:
        parts = [f"{count:,} {status}" for status, count in counts.items() if count]
        parts += [f"{warned:,} to check"] if warned else []
        say(("Would be: " if options.dry_run else "") + (", ".join(parts) or "nothing found to import"))
    complain_of_rules(library)
    return 1 if failed else 0


def _outcomes(library: Library, options: Namespace) -> Iterator[ImportOutcome]:
    for source in options.sources:
        if source == STANDARD_INPUT:
            data = standard_input()
            yield from library.importing.iter_add_bytes(
                source, data, tags=options.tag, dry_run=options.dry_run
            )
        else:
            yield from library.importing.iter_add(source, tags=options.tag, dry_run=options.dry_run)
