"""One durable change of the catalogue, and stock TinyDB's update of the same documents."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from tinydb import TinyDB
from tinydb.table import Document

from library import Article, Library
from library.store import open_database
from library.store.documents import article_to_document

ARTICLES = 10_000
RUNS = 3


def make_catalog(folder: Path, count: int) -> list[str]:
    """A catalogue of ``count`` articles in ``folder``; their ids."""
    ids = [f"{number:016}" for number in range(count)]
    documents = {key: article_to_document(_article(key, number)) for number, key in enumerate(ids)}
    database = open_database(folder)
    database.catalog_table("articles").put(documents)
    database.close()
    return ids


def _article(key: str, number: int) -> Article:
    return Article(
        id=key,
        title=f"Headline number {number} of a library",
        source="news.example.org",
        url=f"https://news.example.org/{number}",
        published=date.fromordinal(735_000 + number % 5000),
        added=datetime(2026, 11, 1, tzinfo=UTC),
        tags=(f"tag{number % 200}", f"tag{number % 7}"),
        summary="The first words of the article, as long as they are in a real library. " * 3,
        text=f"texts/{key}.md",
    )


def one_change() -> tuple[float, float]:
    """Seconds for a bookmark, durable on return, and for the same update by stock TinyDB."""
    with tempfile.TemporaryDirectory() as folder:
        ids = make_catalog(Path(folder), ARTICLES)
        with Library.open(folder) as library:
            ours = min(_timed(lambda key=key: library.bookmark([key])) for key in ids[:RUNS])
        with TinyDB(Path(folder) / "stock.json") as stock:
            table = stock.table("articles")
            table.insert_multiple(
                Document(article_to_document(_article(key, number)), number) for number, key in enumerate(ids)
            )
            peer = min(
                _timed(lambda number=number: table.update({"bookmarked": True}, doc_ids=[number]))
                for number in range(RUNS)
            )
        return ours, peer


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
