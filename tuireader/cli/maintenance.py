"""The commands ``doctor``, ``backup`` and ``restore``."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from library import Library, LibraryError
from library.text.amounts import counted
from tuireader.cli.grammar import Commands
from tuireader.cli.output import complain, line, print_record, say
from tuireader.cli.records import finding_record


def declare(commands: Commands) -> None:
    """Declare the commands and their arguments."""
    check = commands.add("doctor", doctor, "check the library; repair it with --repair", on_folder=True)
    check.add_argument("--repair", action="store_true", help="repair what can be repaired; nothing is lost")
    write = commands.add("backup", backup, "back up the library to one zip file")
    write.add_argument("file", metavar="FILE")
    read = commands.add(
        "restore", restore, "restore the library from a backup", on_folder=True, needs_library=False
    )
    read.add_argument("file", metavar="FILE")
    read.add_argument("--force", action="store_true", help="replace an existing library; it is moved aside")


def doctor(folder: Path, options: Namespace) -> int:
    """Report the library's problems, and repair them if asked. Return exit status 1 if problems remain."""
    from library.maintenance.doctor import examine, repair

    if not folder.is_dir():
        raise LibraryError(f"There is no library in {folder}. Name its folder with --library.")
    now = datetime.now(UTC).astimezone()
    repaired = repair(folder, now=now) if options.repair else ()
    left = examine(folder, now=now)
    for finding in (*repaired, *left):
        if options.json:
            print_record(finding_record(finding, repaired=finding in repaired))
        else:
            say(line(f"{_standing(finding in repaired, finding.harmless)}{finding.sentence}"))
    wrong = [finding for finding in left if not finding.harmless]
    if not options.json:
        say(_verdict(len(wrong), sum(finding.repairable for finding in wrong)))
    return 1 if wrong else 0


def _standing(repaired: bool, harmless: bool) -> str:
    return "repaired: " if repaired else "note: " if harmless else "wrong: "


def _verdict(wrong: int, repairable: int) -> str:
    if not wrong:
        return "No problems found."
    remedy = f" {repairable:,} can be repaired with: tuireader doctor --repair" if repairable else ""
    return f"{counted(wrong, 'problem')} found.{remedy}"


def backup(library: Library, options: Namespace) -> None:
    """Write the whole library to one file."""
    made = library.maintenance.back_up(options.file)
    if options.json:
        print_record(
            {"file": str(made.file), "articles": made.articles, "annotations": made.annotations}
            | {"files": made.files, "bytes": made.bytes}
        )
    else:
        notes = f"{counted(made.articles, 'article')} and {counted(made.annotations, 'annotation')}"
        say(f"{notes} are in {line(str(made.file))} ({counted(made.bytes, 'byte')}).")


def restore(folder: Path, options: Namespace) -> int:
    """Restore the library from a backup. Return exit status 1 if it has problems."""
    from library.maintenance.backup import restore as restore_library

    done = restore_library(
        Path(options.file), folder, now=datetime.now(UTC).astimezone(), force=options.force
    )
    if options.json:
        previous = str(done.previous) if done.previous else None
        print_record({"library": str(folder), "files": done.texts, "previous": previous})
    else:
        aside = f" The previous library is in {line(str(done.previous))}." if done.previous else ""
        say(f"{counted(done.texts, 'text')} and the catalogue restored to {line(str(folder))}.{aside}")
    wrong = [finding for finding in done.findings if not finding.harmless]
    for finding in wrong:
        complain(finding.sentence)
    return 1 if wrong else 0
