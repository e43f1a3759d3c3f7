"""The commands for saved searches: list, save, rename, remove."""

from __future__ import annotations

from argparse import Namespace

from library import Library, QueryError, SavedSearch
from library.query.formatting import field_term
from tuireader.cli.grammar import Commands, actions_of, take_query
from tuireader.cli.output import complain, line, print_record, say


def declare(commands: Commands) -> None:
    """Declare the commands and their arguments."""
    listed = "list the saved searches with their numbers of articles and unread articles"
    every = commands.add("searches", list_searches, "list, save, rename or remove saved searches")
    actions = actions_of(every)
    actions.add("list", list_searches, listed)
    saving = actions.add("save", save, "save a query under a name", rest="query")
    saving.add_argument("name", metavar="NAME")
    take_query(saving)
    renaming = actions.add("rename", rename, "rename a saved search")
    renaming.add_argument("name", metavar="NAME")
    renaming.add_argument("new_name", metavar="NEW")
    removing = actions.add("remove", remove, "remove a saved search (can be undone)")
    removing.add_argument("name", metavar="NAME")


def list_searches(library: Library, options: Namespace) -> int:
    """List all saved searches. Exit status 1 if one has become invalid."""
    understood = [_print(library, options, search) for search in library.searches.all()]
    return 0 if all(understood) else 1


def save(library: Library, options: Namespace) -> None:
    """Save a query under a name."""
    _print(library, options, library.searches.save(options.name, " ".join(options.query)), "Saved: ")


def rename(library: Library, options: Namespace) -> None:
    """Rename a saved search."""
    _print(library, options, library.searches.rename(options.name, options.new_name), "Renamed: ")


def remove(library: Library, options: Namespace) -> None:
    """Remove a saved search."""
    search = library.searches.remove(options.name)
    if options.json:
        print_record({"name": search.name, "query": search.query})
    else:
        say(f"Removed: {line(search.name)}  {line(search.query)}")


def _print(library: Library, options: Namespace, search: SavedSearch, done: str = "") -> bool:
    """Print a saved search with its counts. If its query is invalid, report that and return False."""
    articles = unread = None
    try:
        ids = library.search.ids(field_term("saved", search.name))
        articles, unread = len(ids), library.articles.unread_count(ids)
    except QueryError as error:
        complain(str(error))
    if options.json:
        print_record({"name": search.name, "query": search.query, "articles": articles, "unread": unread})
    else:
        shown = "invalid query" if articles is None else f"{articles:,} ({unread:,} unread)"
        say(f"{done}{line(search.name)}  {shown}  {line(search.query)}")
    return articles is not None
