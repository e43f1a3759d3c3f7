"""The commands for notes, highlights and passage bookmarks."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from library import Annotation, Article, Library, LibraryError, QueryError
from library.exporting.citations import CitationFormat, cite
from library.models import HIGHLIGHT_COLOURS
from tuireader.cli.grammar import TEXT_HELP, Commands, take_citation, take_query, take_quote
from tuireader.cli.output import (
    STANDARD_INPUT,
    complain,
    no_matches,
    print_annotation,
    print_citation,
    print_record,
    say,
    standard_input,
)
from tuireader.cli.records import annotation_record
from tuireader.cli.targets import one_target


def declare(commands: Commands) -> None:
    """Declare the commands and their arguments."""
    adding = commands.add(
        "note",
        note,
        "add a note to an article or a passage",
        rest="text",
        examples=('sd5dhz "Compare the figures."', 'sd5dhz --quote "another week" "By whom?"'),
    )
    adding.add_argument("id", metavar="ID")
    adding.add_argument("text", nargs="?", metavar="TEXT", help=f"{TEXT_HELP}; default: open $EDITOR")
    take_quote(adding, "attach the note to these exact words")
    marking = commands.add("highlight", highlight, "highlight words in an article")
    marking.add_argument("id", metavar="ID")
    take_quote(marking, "the exact words to highlight", required=True)
    marking.add_argument("--colour", default="yellow", choices=HIGHLIGHT_COLOURS, help="default: yellow")
    listing = commands.add("notes", notes, "list notes, highlights and passage bookmarks", rest="query")
    take_query(listing)
    again = listing.add_mutually_exclusive_group()
    again.add_argument("--on-this-day", action="store_true", help="only those of this day in earlier years")
    again.add_argument("--review", action="store_true", help="only a few old ones, different each day")
    take_citation(listing)
    changing = commands.add(
        "annotation", annotation, "show or change one note, highlight or bookmark", rest="text"
    )
    changing.add_argument("id", metavar="ID", help="the id shown by “notes”")
    changing.add_argument("text", nargs="?", metavar="TEXT", help=f"set the text; {TEXT_HELP}")
    take_quote(changing, "re-attach it to these exact words")
    changing.add_argument("--colour", choices=HIGHLIGHT_COLOURS, help="set the colour of a highlight")
    changing.add_argument("--tag", action="append", default=[], metavar="T", help="add this tag")
    changing.add_argument("--untag", action="append", default=[], metavar="T", help="remove this tag")
    changing.add_argument("--remove", action="store_true", help="remove it (can be undone)")


def note(library: Library, options: Namespace) -> None:
    """Add a note."""
    article = one_target(library, options.id)
    with _note_text(options) as text:
        if not text.strip():
            raise LibraryError("The note is empty; nothing was added.")
        added = library.note(article.id, text, quote=options.quote, occurrence=options.occurrence)
    _report(options, article, added)


def _note_text(options: Namespace) -> AbstractContextManager[str]:
    """Provide the text of a note. If the block fails, typed or piped text is kept in a file."""
    from tuireader.notes.editor import edited, given

    if options.text is None:
        return edited()
    if options.text == STANDARD_INPUT:
        return given(standard_input().decode("utf-8", errors="replace"))
    return nullcontext(options.text)


def highlight(library: Library, options: Namespace) -> None:
    """Highlight words."""
    article = one_target(library, options.id)
    added = library.highlight(article.id, options.quote, colour=options.colour, occurrence=options.occurrence)
    _report(options, article, added)


def bookmark_passage(library: Library, options: Namespace) -> None:
    """Bookmark words of one article, or remove that bookmark."""
    if len(options.which) != 1:
        raise QueryError("--quote takes exactly one article.", " ".join(options.which), 0)
    article = one_target(library, options.which[0])
    change = library.annotations.remove_bookmark if options.undo else library.annotations.bookmark
    _report(options, article, change(article.id, options.quote, occurrence=options.occurrence))


def notes(library: Library, options: Namespace) -> None:
    """Print annotations, newest first, or citations of their quotes."""
    annotations = _find(library, options)(" ".join(options.query))
    if not annotations:
        no_matches(options)
    for found in annotations:
        article = library.articles.get(found.article)
        if not options.cite:
            _report(options, article, found)
            continue
        words = found.quote.exact if found.quote else ""
        citation = cite(article, CitationFormat(options.cite), words)
        print_citation(options, citation, annotation_record(article, found))
        if not options.json:
            say()


def _find(library: Library, options: Namespace) -> Callable[[str], list[Annotation]]:
    if options.on_this_day:
        return library.annotations.on_this_day
    return library.annotations.for_review if options.review else library.annotations.select


def annotation(library: Library, options: Namespace) -> int:
    """Show an annotation, or change its text, passage, colour or tags, or remove it."""
    key = library.annotations.resolve(options.id)
    changing = options.text is not None or options.quote or options.colour or options.tag or options.untag
    if options.remove and changing:
        complain("--remove cannot be combined with other changes.")
        return 2
    changed = library.annotations.remove(key) if options.remove else _changed(library, options, key)
    _report(options, library.articles.get(changed.article), changed)
    return 0


def _changed(library: Library, options: Namespace, key: str) -> Annotation:
    if options.quote:
        library.annotations.reattach(key, options.quote, occurrence=options.occurrence)
    if options.colour:
        library.annotations.recolour(key, options.colour)
    if options.tag:
        library.annotations.tag(key, options.tag)
    if options.untag:
        library.annotations.tag(key, options.untag, remove=True)
    if options.text is not None:
        with _note_text(options) as text:
            if not text.strip():
                raise LibraryError("The text is empty; nothing was changed.")
            library.annotations.edit_note(key, text)
    return library.annotations.get(key)


def _report(options: Namespace, article: Article, about: Annotation) -> None:
    if options.json:
        print_record(annotation_record(article, about))
    else:
        print_annotation(article, about)
