"""Prints results on standard output, and everything else on standard error."""

from __future__ import annotations

import os
import shutil
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from enum import Enum
from typing import Any, TextIO

from library import Annotation, Article, Library, Plan
from library.exporting.records import json_in_ascii, json_line
from library.text.amounts import counted
from library.text.cells import graphemes
from library.text.cleaning import TITLE_LIMIT, clean_line, clean_text
from library.text.difference import ChangeKind, WordRun
from tuireader.cli.records import revision_record

ID_SHOWN = 8
STANDARD_INPUT = "-"

_CHANGES = {ChangeKind.KEPT: "{}", ChangeKind.REMOVED: "[-{}-]", ChangeKind.ADDED: "{{+{}+}}"}
"""Formats of kept, removed and added words, as in GNU wdiff."""


def standard_input() -> bytes:
    """Read standard input up to one byte above the size limit of a source; empty if it is closed."""
    from library.importing.source import READ_LIMIT

    return b"" if sys.stdin is None else sys.stdin.buffer.read(READ_LIMIT + 1)


class Style(Enum):
    """A style of text on a terminal: the parameters of its escape sequence."""

    PLAIN = ""
    FAINT = "2"
    HEAD = "1"
    MARK = "33"
    SOURCE = "36"


def on_terminal() -> bool:
    """Return True if standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def say(text: str = "", *, faint: bool = False) -> None:
    """Print lines on standard output without control characters. Only records and exports bypass this."""
    say_pieces([(text, Style.FAINT if faint else Style.PLAIN)])


def say_pieces(pieces: Iterable[tuple[str, Style]]) -> None:
    """Print pieces of text one after the other, each in its style if standard output shows styles."""
    styled = on_terminal() and os.environ.get("TERM") != "dumb"
    colourless = bool(os.environ.get("NO_COLOR"))
    parts = []
    for text, style in pieces:
        shown = _writable(clean_text(text), sys.stdout)
        is_colour = style in (Style.MARK, Style.SOURCE)
        plain = not styled or style is Style.PLAIN or (is_colour and colourless)
        parts.append(shown if plain else f"\x1b[{style.value}m{shown}\x1b[0m")
    print("".join(parts))


def complain(message: str) -> None:
    """Print a message for the user on standard error."""
    if sys.stderr is not None:
        print(_writable(clean_text(message), sys.stderr), file=sys.stderr)


def no_matches(options: Namespace) -> None:
    """Tell a person that nothing matches, on standard error; a script sees no record."""
    if not options.json:
        complain("No matches")


def ask(question: str) -> None:
    """Print a question on standard error; the answer is typed on the same line."""
    print(_writable(clean_text(question), sys.stderr), end="", file=sys.stderr, flush=True)


def show_progress(words: str) -> None:
    """Show progress on standard error, in place of the previous progress; empty ``words`` clear it."""
    print(f"\r\x1b[K{_writable(clean_text(words), sys.stderr)}", end="", file=sys.stderr, flush=True)


def _writable(text: str, stream: TextIO) -> str:
    """Return ``text`` in characters of the stream's encoding, with unaccented letters rather than ?."""
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


def own_glyphs(glyphs: str) -> str:
    """Return our own glyphs, in ASCII if the output's encoding lacks them."""
    if not _lacks(getattr(sys.stdout, "encoding", None) or "utf-8", glyphs):
        return glyphs
    from tuireader.terminal.glyphs import in_ascii

    return in_ascii(glyphs)


def print_record(record: Mapping[str, Any]) -> None:
    """Print a JSON object on one line, in ASCII if the output's encoding is not Unicode."""
    print_text(f"{json_line(record)}\n", json_in_ascii)


def print_text(text: str, in_ascii: Callable[[str], str] | None) -> None:
    """Print the text of an export or a record unchanged, or by ``in_ascii`` on an output without Unicode."""
    unicode = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().startswith("utf")
    print(text if unicode or in_ascii is None else in_ascii(text), end="")


def line(text: str, limit: int = TITLE_LIMIT) -> str:
    """Return outside text on one line of at most ``limit`` characters, safe for a terminal."""
    return clean_line(text, limit)


def print_plan(plan: Plan, options: Namespace) -> None:
    """Print how a query is executed, as lines or as one record."""
    if options.json:
        print_record(asdict(plan))
    else:
        say(clean_text(str(plan)))


def print_annotation(article: Article, annotation: Annotation) -> None:
    """Print an annotation in a few lines: its kind and article, its quote, its note."""
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
    """Print a whole article, laid out for the terminal, and its annotations; or a revision without them.

    ``below_head`` are lines to print after the article's head.
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
    """Print a revision of an article as one record."""
    record = revision_record(library, article, revision)
    print_record({**record, "body": library.articles.body(article.id, revision=revision)})


def print_difference(library: Library, options: Namespace, article: Article) -> None:
    """Print the changes since a revision: the changed paragraphs, or all paragraphs as one record."""
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
    """Return a run with its sign around the words; spaces at its ends stay outside the sign."""
    words = run.text.strip()
    before, _, after = run.text.partition(words) if words else ("", "", "")
    return f"{before}{_CHANGES[run.kind].format(words or run.text)}{after}"


def print_citation(options: Namespace, citation: str, about: Mapping[str, Any]) -> None:
    """Print a citation, or the record ``about`` with the citation added."""
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
