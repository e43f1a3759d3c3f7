"""Prints results on standard output, and everything else on standard error."""

from __future__ import annotations

import shutil
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TextIO

from library import Annotation, Article, Library, Plan
from library.exporting.records import json_in_ascii, json_line
from library.text.amounts import counted
from library.text.cells import graphemes
from library.text.cleaning import TITLE_LIMIT, clean_line, clean_text
from library.text.difference import ChangeKind, WordRun
from tuireader.cli.records import article_record, revision_record

ID_SHOWN = 8
SNIPPET_LIMIT = 400
STANDARD_INPUT = "-"

_CHANGES = {ChangeKind.KEPT: "{}", ChangeKind.REMOVED: "[-{}-]", ChangeKind.ADDED: "{{+{}+}}"}
"""How words that were removed and added are written: as GNU wdiff does."""


def standard_input() -> bytes:
    """Standard input, to just above the size at which a source is refused; nothing where it is closed."""
    from library.importing.source import READ_LIMIT

    return b"" if sys.stdin is None else sys.stdin.buffer.read(READ_LIMIT + 1)


def say(text: str = "", *, faint: bool = False) -> None:
    """Print lines on standard output, cleaned of control characters. Everything but records goes this way."""
    shown = _writable(clean_text(text), sys.stdout)
    print(f"\x1b[2m{shown}\x1b[22m" if faint and sys.stdout is not None and sys.stdout.isatty() else shown)


def complain(message: str) -> None:
    """A message for the user, on standard error."""
    if sys.stderr is not None:
        print(_writable(clean_text(message), sys.stderr), file=sys.stderr)


def ask(question: str) -> None:
    """A question on standard error; the answer is written on the same line."""
    print(_writable(clean_text(question), sys.stderr), end="", file=sys.stderr, flush=True)


def show_progress(words: str) -> None:
    """How far something is, on the terminal of standard error, over what was said before; empty: nothing."""
    print(f"\r\x1b[K{_writable(clean_text(words), sys.stderr)}", end="", file=sys.stderr, flush=True)


def _writable(text: str, stream: TextIO) -> str:
    """``text`` in characters that the stream's encoding has; a letter without its accent rather than ?."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    if not _lacks(encoding, text):
        return text
    from tuireader.terminal.glyphs import text_in_ascii

    return "".join(text_in_ascii(part) if _lacks(encoding, part) else part for part in graphemes(text))


def _lacks(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return True
    return False


def _own(glyphs: str) -> str:
    """A mark of ours in the output's characters."""
    if not _lacks(getattr(sys.stdout, "encoding", None) or "utf-8", glyphs):
        return glyphs
    from tuireader.terminal.glyphs import in_ascii

    return in_ascii(glyphs)


def print_record(record: Mapping[str, Any]) -> None:
    """One JSON object on a line, of ASCII alone where the output cannot hold every character."""
    print_text(f"{json_line(record)}\n", json_in_ascii)


def print_text(text: str, in_ascii: Callable[[str], str] | None) -> None:
    """Text of an export or a record, as it is; ``in_ascii`` writes it for an output without Unicode."""
    unicode = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().startswith("utf")
    print(text if unicode or in_ascii is None else in_ascii(text), end="")


def line(text: str) -> str:
    """Outside text on one line, safe for a terminal."""
    return clean_line(text, TITLE_LIMIT)


def print_article_line(library: Library, article: Article) -> None:
    """One article on one line: id, day, marks, headline, source."""
    day = article.published.isoformat()[:10] if article.published else "undated   "
    notes = library.annotations.note_count(article.id)
    marks = (
        (" " if article.state.read else "●")
        + ("★" if article.state.bookmarked else " ")
        + (f"✎{notes}" if notes else "  ")
    )
    source = f"  · {line(article.source)}" if article.source else ""
    say(f"{article.id[:ID_SHOWN]}  {day}  {_own(marks)}  {line(article.title)}{source}")


def print_changed(library: Library, options: Namespace, changed: list[str], done: str) -> None:
    """The articles that a command changed."""
    if options.json:
        for key in changed:
            print_record(article_record(library, library.articles.get(key)))
        return
    say(f"{counted(len(changed), 'article')} {done}.")
    if len(changed) <= 10:
        for key in changed:
            print_article_line(library, library.articles.get(key))


def print_snippet(snippet: str) -> None:
    """A part of a text below its article's line, dim on a terminal; nothing where there is none."""
    text = clean_line(snippet, SNIPPET_LIMIT)
    if text:
        say(f"    {text}", faint=True)


def print_plan(plan: Plan, options: Namespace) -> None:
    """How a query is carried out, in lines or as one record."""
    if options.json:
        print_record(asdict(plan))
    else:
        say(clean_text(str(plan)))


def print_annotation(article: Article, annotation: Annotation) -> None:
    """An annotation in a few lines: what and where, the quote, the note."""
    lost = "  (orphaned: its passage is no longer in the text)" if annotation.orphan else ""
    when = annotation.created.astimezone().strftime("%Y-%m-%d %H:%M")
    say(f"{annotation.id[:ID_SHOWN]}  {when}  {annotation.kind}  {line(article.title)}{lost}")
    if annotation.quote:
        say(f"    “{line(annotation.quote.exact)}”")
    for text in clean_text(annotation.body).splitlines():
        say(f"    {text}")


def print_article(
    library: Library, article: Article, revision: int | None = None, below_head: Sequence[str] = ()
) -> None:
    """A whole article, laid out for the terminal, with its notes after it; or a revision, without.

    ``below_head`` are lines that follow those about the article.
    """
    from library.text.layout import lay_out

    width = max(20, min(80, shutil.get_terminal_size().columns))
    document = library.articles.document(article.id, revision=revision)
    for text in (*_head(article), *below_head):
        say(text)
    say()
    for laid_out in lay_out(document, width).lines:
        say("".join(piece.text for piece in laid_out.pieces).rstrip())
    for annotation in library.annotations.of(article.id) if revision is None else ():
        say()
        print_annotation(article, annotation)


def print_revision(library: Library, article: Article, revision: int) -> None:
    """A revision of an article as one record."""
    record = revision_record(library, article, revision)
    print_record({**record, "body": library.articles.body(article.id, revision=revision)})


def print_difference(library: Library, options: Namespace, article: Article) -> None:
    """What has changed since a revision: the paragraphs that have, or all as one record."""
    number = -1 if options.revision is None else options.revision
    paragraphs = library.articles.difference(article.id, number)
    if options.json:
        runs = [[asdict(run) for run in paragraph.runs] for paragraph in paragraphs]
        print_record({**revision_record(library, article, number), "paragraphs": runs})
        return
    shown = True
    for paragraph in paragraphs:
        if paragraph.changed:
            say(clean_text("".join(map(_marked, paragraph.runs))) + "\n")
        elif shown:
            say("…\n")
        shown = paragraph.changed


def _marked(run: WordRun) -> str:
    """A run with its sign around the words, and the space around them outside of it."""
    words = run.text.strip()
    before, _, after = run.text.partition(words) if words else ("", "", "")
    return f"{before}{_CHANGES[run.kind].format(words or run.text)}{after}"


def print_citation(options: Namespace, citation: str, about: Mapping[str, Any]) -> None:
    """A citation, or the record ``about`` what is cited with it."""
    if options.json:
        print_record({**about, "citation": citation})
    else:
        say(clean_text(citation))


def _head(article: Article) -> list[str]:
    authors = ", ".join((*article.authors, *((article.agency,) if article.agency else ())))
    day = article.published.isoformat()[:10] if article.published else "undated"
    about = [part for part in (article.source, day, counted(article.words, "word")) if part]
    about += [counted(len(article.revisions), "revision")] if article.revisions else []
    about += [f"#{tag}" for tag in article.tags]
    pictures = [
        f"[{image.caption or image.alt}{f' ({image.credit})' if image.credit else ''}]"
        for image in article.images
        if image.caption or image.alt or image.credit
    ]
    lines = [article.title, authors, " · ".join(about), article.url, *pictures]
    return [line(text) for text in lines if text]
