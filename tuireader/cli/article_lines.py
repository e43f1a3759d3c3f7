"""Prints articles one on a line: unchanged for scripts, in columns that fit on a terminal."""

from __future__ import annotations

import shutil
from argparse import Namespace

from library import Article, Library
from library.text.amounts import counted
from library.text.cells import cells, graphemes
from tuireader.cli.output import ID_SHOWN, Style, line, on_terminal, own_glyphs, print_record, say, say_pieces
from tuireader.cli.records import article_record

_SNIPPET_INDENT = 4
_SNIPPET_LIMIT = 400
_DATE_FROM = 56
"""Narrowest terminal with dates."""
_SOURCE_FROM = 72
"""Narrowest terminal with sources."""
_SOURCE_WIDTHS = (16, 28)
_MARKS_WIDTH = 4
_GAP = "  "


def print_article_header() -> None:
    """Print the heads of the columns, on a terminal only."""
    if on_terminal():
        _print_columns("ID", "Date", "", "Headline", "Source", head=True)


def print_article_line(library: Library, article: Article) -> None:
    """Print an article on one line: id, day, marks, headline, source."""
    day = article.published.isoformat()[:10] if article.published else "undated"
    notes = library.annotations.note_count(article.id)
    marks = own_glyphs(
        (" " if article.state.read else "●")
        + ("★" if article.state.bookmarked else " ")
        + (f"✎{notes}" if notes else "  ")
    )
    key, title, source = article.id[:ID_SHOWN], line(article.title), line(article.source)
    if on_terminal():
        _print_columns(key, day, marks, title, source, unread=not article.state.read)
    else:
        say(f"{key}  {day:<10}  {marks}  {title}{f'  · {source}' if source else ''}")


def print_changed(library: Library, options: Namespace, changed: list[str], done: str) -> None:
    """Print the articles that a command changed."""
    if options.json:
        for key in changed:
            print_record(article_record(library, library.articles.get(key)))
        return
    say(f"{counted(len(changed), 'article')} {done}.")
    if len(changed) <= 10:
        for key in changed:
            print_article_line(library, library.articles.get(key))


def print_snippet(snippet: str) -> None:
    """Print a snippet below its article's line; print nothing if it is empty. On a terminal it is wrapped."""
    text = line(snippet, _SNIPPET_LIMIT)
    if text and on_terminal():
        for part in wrapped(text, max(20, _width() - _SNIPPET_INDENT)):
            say(f"{'':<{_SNIPPET_INDENT}}{part}", faint=True)
    elif text:
        say(f"{'':<{_SNIPPET_INDENT}}{text}", faint=True)


def _print_columns(
    key: str, day: str, marks: str, title: str, source: str, *, head: bool = False, unread: bool = False
) -> None:
    """Print the columns of a line, those that fit; the headline takes the room that is left."""
    width = _width()
    columns = [(_in_cells(key, ID_SHOWN), Style.HEAD if head else Style.FAINT)]
    if width >= _DATE_FROM:
        columns.append((_in_cells(day, 10), Style.HEAD if head else Style.FAINT))
    columns.append((_in_cells(marks, _MARKS_WIDTH), Style.MARK))
    narrowest, widest = _SOURCE_WIDTHS
    after = min(widest, max(narrowest, width // 5)) if width >= _SOURCE_FROM else 0
    taken = sum(cells(text) + len(_GAP) for text, _ in columns) + (after + len(_GAP) if after else 0)
    columns.append((_in_cells(title, max(8, width - taken)), Style.HEAD if head or unread else Style.PLAIN))
    if after:
        columns.append((_in_cells(source, after), Style.HEAD if head else Style.SOURCE))
    last, style = columns.pop()
    say_pieces([*((f"{text}{_GAP}", each) for text, each in columns), (last.rstrip(), style)])


def _width() -> int:
    return shutil.get_terminal_size().columns


def _in_cells(text: str, width: int) -> str:
    """Return ``text`` in exactly ``width`` cells, cut with an ellipsis or filled with spaces."""
    if cells(text) > width:
        ellipsis, kept, taken = own_glyphs("…"), "", 0
        for part in graphemes(text):
            taken += cells(part)
            if taken > width - cells(ellipsis):
                break
            kept += part
        text = f"{kept.rstrip()}{ellipsis}"
    return text + " " * (width - cells(text))


def wrapped(text: str, width: int) -> list[str]:
    """Return ``text`` in lines of at most ``width`` cells, broken between words."""
    lines: list[str] = []
    for word in text.split():
        if lines and cells(lines[-1]) + 1 + cells(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
