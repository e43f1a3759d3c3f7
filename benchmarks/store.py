"""One durable change of the catalogue, and stock TinyDB's update of the same documents."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tinydb import TinyDB
from tinydb.table import Document

from benchmarks.generator import make_library
from library import Library
from library.store import open_database

ARTICLES = 10_000
RUNS = 3


def one_change() -> tuple[float, float]:
    """Seconds for a bookmark, durable on return, and for the same update by stock TinyDB."""
    with tempfile.TemporaryDirectory() as folder:
        ids = make_library(Path(folder), ARTICLES, texts=False)
        documents = open_database(folder).catalog_table("articles").documents()
        with Library.open(folder) as library:
            ours = min(_timed(lambda key=key: library.bookmark([key])) for key in ids[:RUNS])
        with TinyDB(Path(folder) / "stock.json") as stock:
            table = stock.table("articles")
            table.insert_multiple(Document(dict(documents[key]), number) for number, key in enumerate(ids))
            peer = min(
                _timed(lambda number=number: table.update({"bookmarked": True}, doc_ids=[number]))
                for number in range(RUNS)
            )
        return ours, peer


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
