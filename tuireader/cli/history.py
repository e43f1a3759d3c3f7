"""The commands ``undo`` and ``redo``."""

from __future__ import annotations

from argparse import Namespace

from library import Library
from tuireader.cli.grammar import Commands
from tuireader.cli.output import line, print_record, say
from tuireader.cli.progress import shown_progress


def declare(commands: Commands) -> None:
    """Declare the commands and their arguments."""
    commands.add("undo", undo, "undo the last change")
    commands.add("redo", redo, "redo the change undone last")


def undo(library: Library, options: Namespace) -> None:
    """Undo the last change."""
    with shown_progress("Undoing") as progress:
        change = library.undo(progress=progress)
    _report(options, "Undone", change.title, change.ids)


def redo(library: Library, options: Namespace) -> None:
    """Redo the change that was undone last."""
    with shown_progress("Redoing") as progress:
        change = library.redo(progress=progress)
    _report(options, "Done again", change.title, change.ids)


def _report(options: Namespace, what: str, title: str, ids: tuple[str, ...]) -> None:
    if options.json:
        print_record({"change": title, "ids": list(ids)})
    else:
        say(f"{what}: {line(title)} ({len(ids):,} changed).")
