"""The commands ``bookmark`` and ``read``."""

from __future__ import annotations

from argparse import Namespace
from typing import NamedTuple

from library import Library
from tuireader.cli.article_lines import print_changed
from tuireader.cli.grammar import WHICH_HELP, Commands, take_quote
from tuireader.cli.notes import bookmark_passage
from tuireader.cli.progress import shown_progress
from tuireader.cli.targets import find_targets


class Words(NamedTuple):
    """The names of a change while it runs and after it."""

    doing: str
    done: str


_BOOKMARKED = (
    Words("Bookmarking", "bookmarked"),
    Words("Removing bookmarks", "no longer bookmarked"),
)
_READ = Words("Marking as read", "marked as read"), Words("Marking as unread", "marked as unread")


def declare(commands: Commands) -> None:
    """Declare the commands and their arguments."""
    mark = commands.add("bookmark", bookmark, "bookmark articles", rest="which")
    mark.add_argument("which", nargs="+", metavar="ID", help=WHICH_HELP)
    mark.add_argument("--undo", action="store_true", help="remove the mark instead")
    take_quote(mark, "bookmark these exact words in one article")
    mark = commands.add("read", read, "mark articles as read", rest="which")
    mark.add_argument("which", nargs="+", metavar="ID", help=WHICH_HELP)
    mark.add_argument("--undo", action="store_true", help="remove the mark instead")


def bookmark(library: Library, options: Namespace) -> int:
    """Add or remove bookmarks of articles, or of words in one article."""
    if options.quote:
        bookmark_passage(library, options)
        return 0
    return mark_articles(library, options, "bookmarked", _BOOKMARKED)


def read(library: Library, options: Namespace) -> int:
    """Mark articles as read or unread."""
    return mark_articles(library, options, "read", _READ)


def mark_articles(library: Library, options: Namespace, mark: str, words: tuple[Words, Words]) -> int:
    """Set a mark on articles, or remove it; ``words`` are for setting and for removing."""
    also_trashed = options.command == "trash" and options.undo
    targets = find_targets(library, options.which, trashed=also_trashed)
    said = words[1 if options.undo else 0]
    with shown_progress(said.doing) as progress:
        changed = library.articles.mark(targets.ids, mark, not options.undo, progress=progress)
    print_changed(library, options, changed, said.done)
    return targets.complain()
