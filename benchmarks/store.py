"""Opening, changing and filtering the catalogue of a large library, compared with stock TinyDB."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tinydb import TinyDB, where
from tinydb.table import Table

from benchmarks.waiting import workers_done
from library import Library
from library.store.database import open_database
from library.store.layout import CATALOG_NAME, JOURNAL_NAME
from tuireader.app import ReaderApp
from tuireader.reader.screen import ReaderScreen

RUNS = 3


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that ``work`` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@contextmanager
def _stock(folder: Path) -> Iterator[Table]:
    """Open a copy of the same catalogue in stock TinyDB; yield its table of articles."""
    shutil.copyfile(folder / "catalog.json", folder / "stock.json")
    with TinyDB(folder / "stock.json") as stock:
        table = stock.table("articles")
        table.document_id_class = str
        yield table


def opening(folder: Path) -> tuple[float, float]:
    """Return the seconds to open the catalogue, and those of stock TinyDB to return all documents."""
    ours = min(timed(lambda: open_database(folder).close()) for _ in range(RUNS))
    with _stock(folder) as table:
        return ours, min(timed(table.all) for _ in range(RUNS))


def reading_all(folder: Path) -> tuple[float, float]:
    """Return the seconds to open the catalogue and read every document, and those of stock TinyDB."""

    def read() -> None:
        documents = open_database(folder).catalog_table("articles").documents()
        assert sum(1 for _ in documents.items()) == len(documents)

    ours = min(timed(read) for _ in range(RUNS))
    with _stock(folder) as table:
        return ours, min(timed(table.all) for _ in range(RUNS))


def one_change(folder: Path) -> tuple[float, float]:
    """Return the seconds for one durable bookmark, and for the same update by stock TinyDB."""
    with Library.open(folder) as library:
        ids = library.search.ids("limit:20")
        ours = min(timed(lambda key=key: library.bookmark([key])) for key in ids)
    with _stock(folder) as table:
        peer = min(
            timed(lambda key=key: table.update({"bookmarked": True}, doc_ids=[key])) for key in ids[:2]
        )
    return ours, peer


def all_changed(folder: Path) -> tuple[float, float]:
    """Return the seconds to bookmark every article in one undoable change, and those of stock TinyDB."""
    with tempfile.TemporaryDirectory(dir=folder) as copied:
        for name in (CATALOG_NAME, JOURNAL_NAME):
            shutil.copyfile(folder / name, Path(copied) / name)
        with Library.open(copied) as library:
            ids = library.search.ids()
            ours = min(
                timed(lambda on=on: library.articles.mark(ids, "bookmarked", on)) for on in (True, False)
            )
    with _stock(folder) as table:
        return ours, min(timed(lambda on=on: table.update({"bookmarked": on})) for on in (True, False))


def filtering(folder: Path) -> tuple[float, float]:
    """Return the seconds from a query by tag and year to the redrawn list, and those of a TinyDB search."""
    with Library.open(folder) as library:
        tag = library.tags.counts()[3].tag
        ours = asyncio.run(_filtered(library, f"tag:{tag} date:2020"))
    with _stock(folder) as table:
        wanted = where("tags").any([tag]) & where("published").test(lambda day: str(day).startswith("2020"))

        def search() -> None:
            table.clear_cache()
            table.search(wanted)

        return ours, min(timed(search) for _ in range(RUNS))


async def _filtered(library: Library, query: str) -> float:
    app = ReaderApp(library)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = app.screen
        assert isinstance(screen, ReaderScreen)
        while len(screen.articles.ids) < len(library.search.ids()):
            await asyncio.sleep(0.01)
        times = []
        for asked in (query, "") * (RUNS + 1):
            before = screen.articles.ids
            start = time.perf_counter()
            screen.listing.set_query(asked)
            while screen.articles.ids == before:
                await asyncio.sleep(0.001)
            drawn = asyncio.Event()
            screen.call_after_refresh(drawn.set)
            await drawn.wait()
            if asked:
                times.append(time.perf_counter() - start)
            await workers_done(app)
            await pilot.pause()
        return min(times[1:])  # the first one may wait for the index of the newly opened library
