"""The command ``trash``: move to the trash, restore, delete permanently."""

from __future__ import annotations

import sys
from argparse import Namespace

from library import Article, Library
from library.text.amounts import counted
from tuireader.cli.grammar import WHICH_HELP, WRONG_USAGE, Commands
from tuireader.cli.marks import Words, mark_articles
from tuireader.cli.output import ask, complain, line, print_record, say
from tuireader.cli.records import article_record
from tuireader.cli.targets import find_targets

_TRASHED = (
    Words("Moving to the trash", "moved to the trash"),
    Words("Moving out of the trash", "moved out of the trash"),
)


def declare(commands: Commands) -> None:
    """Declare the commands and their arguments."""
    command = commands.add("trash", trash, "move articles to the trash", rest="which")
    command.add_argument("which", nargs="*", metavar="ID", help=WHICH_HELP)
    command.add_argument("--undo", action="store_true", help="remove the mark instead")
    command.add_argument("--empty", action="store_true", help="delete the articles in the trash for good")
    command.add_argument("--yes", action="store_true", help="with --empty: do not ask for confirmation")


def trash(library: Library, options: Namespace) -> int:
    """Move articles to the trash or out of it; with --empty, delete them for good."""
    if options.empty:
        return empty_trash(library, options)
    return mark_articles(library, options, "trashed", _TRASHED)


def empty_trash(library: Library, options: Namespace) -> int:
    """Delete the articles in the trash, or those a query finds there, for good; ask first."""
    if options.undo:
        complain("Articles deleted for good cannot be restored: give either --empty or --undo.")
        return WRONG_USAGE
    which = options.which or ["is:trashed"]
    targets = find_targets(library, which, trashed=True)
    articles = [library.articles.get(key) for key in targets.ids]
    alive = [article for article in articles if article.state.trashed is None]
    for article in alive:
        complain(f"“{line(article.title)}” ({article.id}) is not in the trash, so it was not deleted.")
    chosen = [article for article in articles if article.state.trashed is not None]
    if chosen and not options.yes:
        if not _asked_on_terminal():
            complain("Confirmation needs a terminal; without one, give --yes.")
            return WRONG_USAGE
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
        say("None of these are in the trash." if options.which else "The trash is empty.")
        return
    say(f"{counted(len(deleted), 'article')} deleted for good.")


def _asked_on_terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _agreed(library: Library, chosen: list[Article]) -> bool:
    """Ask whether to delete the articles. Return True only if the answer is yes."""
    notes = sum(len(library.annotations.of(article.id)) for article in chosen)
    if notes:
        complain(f"{counted(notes, 'annotation')} on them will be deleted too.")
    question = f"Delete {counted(len(chosen), 'article')} for good? [y/N] "
    ask(question)
    return sys.stdin.readline().strip().casefold() in ("y", "yes")
