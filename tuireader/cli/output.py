"""Printing: records or words on standard output, everything else on standard error."""

from __future__ import annotations

import shutil
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from library import Annotation, Article, Library, Plan
from library.exporting.records import json_line
from library.text.cleaning import TITLE_LIMIT, clean_line, clean_text
from library.text.counting import counted
from library.text.difference import ChangeKind, WordRun
from tuireader.cli.records import revision_record

ID_SHOWN = 8
SNIPPET_LIMIT = 400
STANDARD_INPUT = "-"

_CHANGES = {ChangeKind.KEPT: "{}", ChangeKind.REMOVED: "[-{}-]", ChangeKind.ADDED: "{{+{}+}}"}
"""How words that were removed and added are written: as GNU wdiff does."""


def standard_input() -> bytes:
    """Standard input, to just above the size at which a source is refused; nothing where it is closed."""
    from library.importing.reading import READ_LIMIT

    return b"" if sys.stdin is None else sys.stdin.buffer.read(READ_LIMIT + 1)


def print_record(record: Mapping[str, Any]) -> None:
    """One JSON object on a line, of ASCII alone where the output cannot hold every character."""
    unicode = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().startswith("utf")
    print(json_line(record, ascii_only=not unicode))


def complain(message: str) -> None:
    """A message for the person, on standard error."""
    if sys.stderr is not None:
        print(clean_text(message), file=sys.stderr)


def line(text: str) -> str:
    """Outside text on one line, safe for a terminal."""
    return clean_line(text, TITLE_LIMIT)


def print_article_line(library: Library, article: Article) -> None:
    """One article on one line: id, day, marks, headline, source."""
    day = article.published.isoformat()[:10] if article.published else "undated   "
    notes = library.note_count(article.id)
    marks = (
        (" " if article.state.read else "●")
        + ("★" if article.state.bookmarked else " ")
        + (f"✎{notes}" if notes else "  ")
    )
    source = f"  · {line(article.source)}" if article.source else ""
    print(f"{article.id[:ID_SHOWN]}  {day}  {marks}  {line(article.title)}{source}")


def print_snippet(snippet: str = "") -> None:
    """A part of a text below its article's line, dim on a terminal; nothing where there is none."""
    text = clean_line(snippet, SNIPPET_LIMIT)
    if text:
        print(dim(f"    {text}"))


def dim(text: str) -> str:
    """``text`` dim on a terminal."""
    return f"\x1b[2m{text}\x1b[22m" if sys.stdout.isatty() else text


def print_plan(plan: Plan, options: Namespace) -> None:
    """How a query is carried out, in lines or as one record."""
    if options.json:
        print_record(asdict(plan))
    else:
        print(clean_text(str(plan)))


def print_annotation(article: Article, annotation: Annotation) -> None:
    """An annotation in a few lines: what and where, the quote, the note."""
    lost = "  (its words are no longer in the text)" if annotation.orphan else ""
    when = annotation.created.astimezone().strftime("%Y-%m-%d %H:%M")
    print(f"{annotation.id[:ID_SHOWN]}  {when}  {annotation.kind}  {line(article.title)}{lost}")
    if annotation.quote:
        print(f"    “{line(annotation.quote.exact)}”")
    for text in clean_text(annotation.body).splitlines():
        print(f"    {text}")


def print_article(
    library: Library, article: Article, revision: int | None = None, below_head: Sequence[str] = ()
) -> None:
    """A whole article, laid out for the terminal, with its notes after it; or a former text, without.

    ``below_head`` are lines that follow those about the article.
    """
    from library.text.layout import lay_out

    width = max(20, min(80, shutil.get_terminal_size().columns))
    document = library.document(article.id, revision=revision)
    for text in (*_head(article), *below_head):
        print(text)
    print()
    for laid_out in lay_out(document, width).lines:
        print("".join(piece.text for piece in laid_out.pieces).rstrip())
    for annotation in library.annotations_of(article.id) if revision is None else ():
        print()
        print_annotation(article, annotation)


def print_revision(library: Library, article: Article, revision: int) -> None:
    """A former text of an article as one record."""
    record = revision_record(library, article, revision)
    print_record({**record, "body": library.body(article.id, revision=revision)})


def print_difference(library: Library, options: Namespace, article: Article) -> None:
    """What has changed since a former text: the paragraphs that have, or all as one record."""
    number = -1 if options.revision is None else options.revision
    paragraphs = library.difference(article.id, number)
    if options.json:
        runs = [[asdict(run) for run in paragraph.runs] for paragraph in paragraphs]
        print_record({**revision_record(library, article, number), "paragraphs": runs})
        return
    shown = True
    for paragraph in paragraphs:
        if paragraph.changed:
            print(clean_text("".join(map(_marked, paragraph.runs))) + "\n")
        elif shown:
            print("…\n")
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
        print(clean_text(citation))


def _head(article: Article) -> list[str]:
    authors = ", ".join((*article.authors, *((article.agency,) if article.agency else ())))
    day = article.published.isoformat()[:10] if article.published else "undated"
    about = [part for part in (article.source, day, counted(article.words, "word")) if part]
    about += [counted(len(article.revisions), "former text")] if article.revisions else []
    about += [f"#{tag}" for tag in article.tags]
    pictures = [
        f"[{image.caption or image.alt}{f' ({image.credit})' if image.credit else ''}]"
        for image in article.images
        if image.caption or image.alt or image.credit
    ]
    lines = [article.title, authors, " · ".join(about), article.url, *pictures]
    return [line(text) for text in lines if text]
