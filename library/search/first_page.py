"""The first rows of the article list, read in a few milliseconds before the library is open."""

from __future__ import annotations

from datetime import date, timedelta, tzinfo
from pathlib import Path

from library.models import Article
from library.search.facts import ArticleIndex, FactsReader
from library.store.documents import article_from_document
from library.store.newest_articles import read_front

MARGIN = timedelta(days=2)
"""Maximum difference between a day in the file and in the reader's time zone, plus one day to be safe."""


def first_articles(folder: Path, count: int, timezone: tzinfo | None = None) -> list[Article]:
    """Return up to ``count`` articles in the order of an empty query.

    The result is empty if they cannot be read without opening the library. Days are those of ``timezone``
    (None: the machine's).
    """
    front = read_front(folder)
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
