"""The commands that show articles: ``list``, ``show``, ``related``."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace

from library import Article, Library
from library.exporting.citations import CitationFormat, cite
from library.stories.service import RELATED
from library.text.cleaning import clean_text
from tuireader.cli.article_lines import print_article_header, print_article_line, print_snippet
from tuireader.cli.grammar import Commands, amount, take_citation, take_query
from tuireader.cli.output import (
    ID_SHOWN,
    line,
    no_matches,
    print_article,
    print_citation,
    print_difference,
    print_plan,
    print_record,
    print_revision,
    say,
)
from tuireader.cli.records import article_record, related_record, whole_article_record
from tuireader.cli.targets import one_target


def declare(commands: Commands) -> None:
    """Declare the commands and their arguments."""
    listing = commands.add(
        "list",
        list_articles,
        "list articles that match, newest first",
        rest="query",
        examples=("harbour is:unread", "tag:harbour date:2021-03 --limit 20", "--json -- -tag:sport"),
    )
    take_query(listing)
    listing.add_argument("--limit", type=amount, metavar="N", help="show at most N articles")
    listing.add_argument("--explain", action="store_true", help="show how the query is executed")
    showing = commands.add("show", show, "show an article with its notes")
    showing.add_argument("id", metavar="ID")
    form = showing.add_mutually_exclusive_group()
    form.add_argument("--plain", action="store_true", help="print only the plain text")
    form.add_argument("--markdown", action="store_true", help="print only the Markdown")
    form.add_argument("--diff", action="store_true", help="show what changed since a revision")
    take_citation(form)
    showing.add_argument(
        "--revision", type=int, metavar="N", help="the revision to show: 1 is the oldest, -1 the latest"
    )
    _declare_related(commands)


def list_articles(library: Library, options: Namespace) -> None:
    """Print the articles that match."""
    query = library.search.parse(" ".join(options.query))
    if options.explain:
        print_plan(library.search.plan(query), options)
        return
    has_words = bool(query.words())
    if options.limit is not None:
        most = options.limit if query.limit is None else min(query.limit, options.limit)
        query = replace(query, limit=most)
    articles = library.select(query)
    if not articles:
        no_matches(options)
    elif not options.json:
        print_article_header()
    for article in articles:
        snippet = library.search.snippet(article.id, query).text if has_words else ""
        if options.json:
            print_record(article_record(library, article, snippet))
        else:
            print_article_line(library, article)
            print_snippet(snippet)


def show(library: Library, options: Namespace) -> None:
    """Print an article, a revision, the changes since a revision, or a citation."""
    article = one_target(library, options.id)
    if options.cite:
        print_citation(options, cite(article, CitationFormat(options.cite)), {"id": article.id})
    elif options.diff:
        print_difference(library, options, article)
    elif options.json and options.revision is not None:
        print_revision(library, article, options.revision)
    elif options.json:
        print_record(whole_article_record(library, article))
    elif options.plain:
        say(library.articles.document(article.id, revision=options.revision).text)
    elif options.markdown:
        say(clean_text(library.articles.body(article.id, revision=options.revision)))
    else:
        print_article(library, article, options.revision, near_duplicates_of(library, article))


_REASONS = 8
"""Maximum number of shared words shown on a line."""


def _declare_related(commands: Commands) -> None:
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
