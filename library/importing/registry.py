"""The registry of import formats.

A new format is a module in ``library/importing/formats`` with a ``READER``, and its entry in ``FORMATS``:
recognition, the help of ``add`` and the documentation follow from it.
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
    """The degree to which a format fits a source.

    ``SURE`` is decided before unsupported formats are refused, ``LIKELY`` and ``PERHAPS`` after.
    """

    NO = 0
    PERHAPS = 1
    LIKELY = 2
    SURE = 3


Found = tuple[str, ParsedArticle | ImportFailed]
"""The name of an article in its source, and the article, or the reason why there is none."""


@dataclass(frozen=True, slots=True)
class Reader:
    """The functions that recognise and read a format.

    Attributes:
        sniff: Returns the fit, reading as little as possible of the source. ``today`` is the reader's day.
        parse: Returns the articles. Raises ``ImportFailed`` if there is none.
        is_binary: ``sniff`` examines only the bytes of the source. Such formats are tried before files that
            are not text are refused.
        has_many: A source may hold several articles; it is read piece by piece and can have any size.
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
        title: The name that users see.
        suffixes: Usual suffixes of such files. The content decides.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]

    def reader(self) -> Reader:
        """Return the reader of the format, loaded on first use."""
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
"""The import formats. If two fit equally well, the first is taken."""


def single(parse: Callable[[Source, date], ParsedArticle]) -> Callable[[Source, date], Iterable[Found]]:
    """Return the ``parse`` of a format whose sources hold one article each."""

    def parse_one(source: Source, today: date) -> Iterable[Found]:
        return [(source.name, _with_words(parse(source, today), source.name))]

    return parse_one


def read_articles(source: Source, today: date, *, many: bool = True) -> Iterator[Found]:
    """Yield the articles of a source. The content decides its format; the name only breaks ties.

    Args:
        source: The source to read.
        today: The reader's day, to which dates without a year are related.
        many: Try formats that have several articles in a source, too.

    Raises:
        ImportFailed: There is no article in it: empty, not text, undecodable, too large. It is
            ``FormRefused`` if the format is not supported.
        OSError: It cannot be read.
    """
    yield from _reader_of(source, today, many=many).parse(source, today)


def parse(data: bytes, *, name: str, today: date) -> ParsedArticle:
    """Return the only article in ``data``. Raises ``ImportFailed``."""
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
