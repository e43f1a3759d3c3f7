"""The registry of import formats.

A new format is a module in ``library/importing/formats`` with a ``READER``, and its entry in ``FORMATS``:
recognition, the help of ``add`` and the documentation follow from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from importlib import import_module

from library.errors import ImportFailed
from library.importing.refused import refuse_bytes, refuse_text
from library.importing.source import Source
from library.models import ParsedArticle


class Fit(IntEnum):
    """How well a format fits a source.

    ``SURE`` is decided before forms that cannot be imported are refused, ``LIKELY`` and ``PERHAPS`` after.
    """

    NO = 0
    PERHAPS = 1
    LIKELY = 2
    SURE = 3


Found = tuple[str, ParsedArticle | ImportFailed]
"""The place of an article in its source, and the article, or why there is none."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How a format is recognised and read.

    Attributes:
        sniff: How well it fits; asks the source for no more than it needs. ``today`` is the reader's day.
        parse: The articles. Raises ``ImportFailed`` where there is none.
        is_binary: ``sniff`` looks at the source's bytes alone. Such formats are asked before what is no text
            is refused.
        has_many: A source may hold several articles; it is read piece by piece, of any size.
    """

    sniff: Callable[[Source, date], Fit]
    parse: Callable[[Source, date], Iterable[Found]]
    is_binary: bool = False
    has_many: bool = False


@dataclass(frozen=True, slots=True)
class ImportFormat:
    """An entry of the registry.

    Attributes:
        name: The name of its module.
        title: What people call it.
        suffixes: How names of such files usually end. The content decides.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]

    def reader(self) -> Reader:
        """The reader of the format, loaded on first use."""
        reader = import_module(f"library.importing.formats.{self.name}").READER
        assert isinstance(reader, Reader)
        return reader


FORMATS = (
    ImportFormat("jsonl", "JSON lines exported by TUIReader", (".jsonl",)),
    ImportFormat("mail", "emails and web archives", (".eml", ".mht", ".mhtml")),
    ImportFormat("html", "saved web pages", (".html", ".htm", ".xhtml")),
    ImportFormat("dump", "text dumps of articles", (".txt",)),
    ImportFormat("markdown", "Markdown", (".md", ".markdown")),
    ImportFormat("plain", "plain text", (".txt", ".text")),
)
"""Where two formats fit equally well, the one that is first is taken."""


def single(parse: Callable[[Source, date], ParsedArticle]) -> Callable[[Source, date], Iterable[Found]]:
    """The ``parse`` of a format whose sources hold one article each."""

    def parse_one(source: Source, today: date) -> Iterable[Found]:
        return [(source.name, _with_words(parse(source, today), source.name))]

    return parse_one


def read_articles(source: Source, today: date, *, many: bool = True) -> Iterator[Found]:
    """The articles of a source, whose form is decided by its content; its name is only the last witness.

    Args:
        source: What to read.
        today: The reader's day, to which dates without a year are related.
        many: Whether formats with several articles in a source are tried.

    Raises:
        ImportFailed: There is no article in it: empty, no text, undecodable, too large; ``FormRefused`` where
            it is of a form that is not imported.
        OSError: It cannot be read.
    """
    yield from _reader_of(source, today, many=many).parse(source, today)


def parse(data: bytes, *, name: str, today: date) -> ParsedArticle:
    """The one article in ``data``. Raises ``ImportFailed``."""
    for _, found in read_articles(Source.of_bytes(name, data), today, many=False):
        if isinstance(found, ImportFailed):
            raise found
        return found
    raise ImportFailed(name, "holds no article.")


def _reader_of(source: Source, today: date, *, many: bool) -> Reader:
    readers = [reader for reader in (entry.reader() for entry in FORMATS) if many or not reader.has_many]
    for reader in readers:
        if reader.is_binary and reader.sniff(source, today) is Fit.SURE:
            return reader
    refuse_bytes(source.data, source.name)
    fits = list[tuple[Fit, Reader]]()
    for reader in readers:
        fit = Fit.NO if reader.is_binary else reader.sniff(source, today)
        if fit is Fit.SURE:
            return reader
        fits.append((fit, reader))
    if not any(character.isalnum() for character in source.repaired_text):
        raise ImportFailed(source.name, "holds no words.")
    refuse_text(source.repaired_text, source.name)
    return max(fits, key=lambda pair: pair[0])[1]


def _with_words(article: ParsedArticle, name: str) -> ParsedArticle:
    if not any(character.isalnum() for character in article.body + article.title):
        raise ImportFailed(name, "holds no words.")
    return article
