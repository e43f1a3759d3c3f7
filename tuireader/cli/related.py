"""The command ``related``, and the near-duplicates in ``show``."""

from __future__ import annotations

from argparse import Namespace

from library import Article, Library
from library.stories.service import RELATED
from tuireader.cli.article_lines import print_article_line
from tuireader.cli.grammar import Commands, amount
from tuireader.cli.output import ID_SHOWN, line, no_matches, print_record, say
from tuireader.cli.records import related_record
from tuireader.cli.targets import one_target

_REASONS = 8
"""Maximum number of shared words shown on a line."""


def declare(commands: Commands) -> None:
    """Declare the commands and their arguments."""
    command = commands.add("related", related, "list related articles, the closest first")
    command.add_argument("id", metavar="ID")
    command.add_argument("--limit", type=amount, metavar="N", default=RELATED, help="show at most N articles")


def related(library: Library, options: Namespace) -> None:
    """Print related articles, the closest first, each with the words and tags it shares."""
    article = one_target(library, options.id)
    found = library.stories.related(article.id, options.limit)
    if not found:
        no_matches(options)
    for one in found:
        if options.json:
            print_record(related_record(library, one))
        else:
            why = [*one.words[:_REASONS], *(f"#{tag}" for tag in one.tags)]
            print_article_line(library, library.articles.get(one.id))
            say(f"    {line(' '.join(why))}", faint=True)


def near_duplicates_of(library: Library, article: Article) -> list[str]:
    """Return a line for each other article of the story."""
    others = [library.articles.get(key) for key in library.stories.of(article.id).ids if key != article.id]
    return [f"also: {other.id[:ID_SHOWN]}  {line(_about(other))}" for other in others]


def _about(article: Article) -> str:
    return " · ".join(part for part in (article.title, article.source) if part)
