"""The first rows of the article list, read in a few milliseconds before the library is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from pathlib import Path
from typing import Any

import orjson

from library.models import Article
from library.search.facts import ArticleIndex, FactsReader
from library.store.documents import article_from_document
from library.store.journal import End, scan
from library.store.layout import CATALOG_NAME, FORMAT, JOURNAL_NAME
from library.store.snapshot import ARTICLES, LIBRARY, META
from library.store.tables import Document

SNAPSHOT_BYTES = 1 << 19
"""Number of bytes of the snapshot that are read: a few hundred articles."""

_JOURNAL_BYTES = 8 << 20
"""Maximum length of a journal that is read; a longer one takes as long as opening the library."""


MARGIN = timedelta(days=2)
"""Maximum difference between a day in the file and in the reader's time zone, plus one day to be safe."""


@dataclass(frozen=True, slots=True)
class _Front:
    """The newest articles by id: all if ``whole``, otherwise at least those published after ``until``.

    ``until`` is a day or time as it is stored; it is empty if articles without a date follow.
    """

    articles: dict[str, Document]
    whole: bool
    until: str


def first_articles(folder: Path, count: int, timezone: tzinfo | None = None) -> list[Article]:
    """Return up to ``count`` articles in the order of an empty query.

    The result is empty if they cannot be read without opening the library. Days are those of ``timezone``
    (None: the machine's).
    """
    front = _read_front(folder)
    if front is None:
        return []
    try:
        reader = FactsReader(timezone)
        index = ArticleIndex.of(front.articles, reader)
        keys = index.kept
        if not front.whole:
            earliest = reader.moments(front.until)[0] + MARGIN if front.until else date.min
            keys = list(index.between(keys, earliest, date.max))
        return [article_from_document(key, front.articles[key]) for key in keys[:count]]
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        OverflowError,
    ):  # a document written by another program
        return []


def _read_front(folder: Path) -> _Front | None:
    """Read the newest articles of the catalogue in ``folder``, with the changes in its journal.

    Nothing is locked, checked or repaired. If anything is unusual, the result is None, and opening the
    library reports the reason.
    """
    try:
        with (folder / CATALOG_NAME).open("rb") as file:
            data = file.read(SNAPSHOT_BYTES)
            lines = data.split(b"\n")
            if len(data) == SNAPSHOT_BYTES:
                lines.pop()  # it may be incomplete
        if (folder / JOURNAL_NAME).stat().st_size > _JOURNAL_BYTES:
            return None
        return _with_journal(lines, (folder / JOURNAL_NAME).read_bytes())
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def _with_journal(lines: list[bytes], journal: bytes) -> _Front | None:
    library = orjson.loads(lines[0] + b"}")[META][LIBRARY]
    found = scan(journal)
    if (
        library["format"] != FORMAT
        or found.end is not End.WHOLE
        or found.payloads[0]["line"] != library["line"]
    ):
        return None
    articles, whole = _articles(lines)
    if not articles and not whole:  # the first article alone is longer than what was read
        return None
    until = "" if whole else next(reversed(articles.values()))["published"] or ""
    number = library["number"]
    for payload in found.payloads[1:]:
        if payload["n"] > number + 1:
            return None
        if payload["n"] > number:
            number = payload["n"]
            _apply(articles, payload["t"].get(ARTICLES, {}))
    return _Front(articles, whole, until)


def _articles(lines: list[bytes]) -> tuple[dict[str, Document], bool]:
    """Return the articles at the start of ``lines``, and True if those are all."""
    articles: dict[str, Document] = {}
    if lines[1] == b"}":
        return articles, True
    if lines[1] != b',"%s":{' % ARTICLES.encode():
        raise ValueError("the articles do not come first")
    place = 2
    while place + 1 < len(lines) and lines[place] != b"}":
        articles[orjson.loads(lines[place][:-1].removeprefix(b","))] = orjson.loads(lines[place + 1])
        place += 2
    return articles, place < len(lines) and lines[place] == b"}"


def _apply(articles: dict[str, Document], changes: dict[str, Any]) -> None:
    for key, document in changes.items():
        if document is None:
            articles.pop(key, None)
        else:
            articles[key] = document
