"""The commands that keep a library whole: doctor, backup, restore, emptying the trash."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from library import Article, Library, LibraryError
from library.text.counting import counted
from tuireader.cli.output import ask, complain, line, print_record, say
from tuireader.cli.records import article_record, finding_record
from tuireader.cli.targets import find_targets

_WRONG_USAGE = 2


def doctor(folder: Path, options: Namespace) -> int:
    """Say what is wrong with the library, and mend it if asked; exit status 1 where something stays wrong."""
    from library.maintenance.doctor import examine, repair

    if not folder.is_dir():
        raise LibraryError(f"There is no library in {folder}. Name its folder with --library.")
    now = datetime.now(UTC).astimezone()
    mended = repair(folder, now=now) if options.repair else ()
    left = examine(folder, now=now)
    for finding in (*mended, *left):
        if options.json:
            print_record(finding_record(finding, mended=finding in mended))
        else:
            say(line(f"{_standing(finding in mended, finding.harmless)}{finding.sentence}"))
    wrong = [finding for finding in left if not finding.harmless]
    if not options.json:
        say(_verdict(len(wrong), sum(finding.mendable for finding in wrong)))
    return 1 if wrong else 0


def _standing(mended: bool, harmless: bool) -> str:
    return "mended: " if mended else "by the way: " if harmless else "wrong: "


def _verdict(wrong: int, mendable: int) -> str:
    if not wrong:
        return "The library is in order."
    verb = "is" if wrong == 1 else "are"
    remedy = f" {mendable:,} of them can be mended by: tuireader doctor --repair" if mendable else ""
    return f"{counted(wrong, 'thing')} {verb} wrong.{remedy}"


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
    """Make a backup the library."""
    from library.maintenance.backup import restore as restore_library

    done = restore_library(
        Path(options.file), folder, now=datetime.now(UTC).astimezone(), force=options.force
    )
    if options.json:
        former = str(done.former) if done.former else None
        print_record({"library": str(folder), "files": done.texts, "former": former})
    else:
        aside = f" The former library is in {line(str(done.former))}." if done.former else ""
        say(f"{counted(done.texts, 'text')} and the catalogue are in {line(str(folder))} again.{aside}")
    wrong = [finding for finding in done.findings if not finding.harmless]
    for finding in wrong:
        complain(finding.sentence)
    return 1 if wrong else 0


def empty_trash(library: Library, options: Namespace) -> int:
    """Delete what is in the trash, or what a query finds there, for good; asks first."""
    if options.undo:
        complain("What was deleted for good cannot be taken back: give --empty or --undo.")
        return _WRONG_USAGE
    which = options.which or ["is:trashed"]
    targets = find_targets(library, which, trashed=True)
    articles = [library.articles.get(key) for key in targets.ids]
    alive = [article for article in articles if article.state.trashed is None]
    for article in alive:
        complain(f"“{line(article.title)}” ({article.id}) is not in the trash, so it was not deleted.")
    chosen = [article for article in articles if article.state.trashed is not None]
    if chosen and not options.yes:
        if not _asked_on_terminal():
            complain("Deleting for good is asked on a terminal only; without one give --yes.")
            return _WRONG_USAGE
        if not _agreed(library, chosen):
            complain("Nothing was deleted.")
            return 0
    _delete(library, options, chosen)
    return max(targets.complain(), 1 if alive else 0)


def _delete(library: Library, options: Namespace, chosen: list[Article]) -> None:
    records = [article_record(library, article) for article in chosen]
    deleted = library.maintenance.empty_trash(article.id for article in chosen)
    if options.json:
        for record in records:
            print_record(record)
        return
    if not deleted:
        say("There is nothing of it in the trash." if options.which else "The trash is empty.")
        return
    say(f"{counted(len(deleted), 'article')} deleted for good.")


def _asked_on_terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _agreed(library: Library, chosen: list[Article]) -> bool:
    """Whether the person says yes to deleting the articles; anything else is no."""
    notes = sum(len(library.annotations.of(article.id)) for article in chosen)
    if notes:
        complain(f"{counted(notes, 'annotation')} on them would go, too.")
    question = f"Delete {counted(len(chosen), 'article')} for good? [y/N] "
    ask(question)
    return sys.stdin.readline().strip().casefold() in ("y", "yes")
