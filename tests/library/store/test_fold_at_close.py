"""When a program ends, it folds the journal into ``catalog.json`` unless that takes noticeable time."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import FakeClock, markdown
from tinydb import TinyDB

from library import Library
from library.store import storage as storage_module
from library.store.layout import CATALOG_NAME, JOURNAL_NAME


def titles(folder: Path) -> list[str]:
    with TinyDB(folder / CATALOG_NAME) as stock:
        table = stock.table("articles")
        table.document_id_class = str  # type: ignore[assignment]
        return sorted(document["title"] for document in table)


def opened(folder: Path) -> Library:
    return Library.open(folder, clock=FakeClock())


def test_stock_tinydb_reads_everything_in_a_small_closed_library(tmp_path: Path):
    with opened(tmp_path) as library:
        library.importing.add_bytes("a.md", markdown("Strike", "Dock workers."))
    assert titles(tmp_path) == ["Strike"]
    with opened(tmp_path) as library:
        library.importing.add_bytes("b.md", markdown("Oil", "Prices rise."))
    assert titles(tmp_path) == ["Oil", "Strike"]


def test_a_library_that_was_only_read_is_not_written(tmp_path: Path):
    with opened(tmp_path) as library:
        library.importing.add_bytes("a.md", markdown("Strike", "Dock workers."))
    before = {name: (tmp_path / name).stat().st_ino for name in (CATALOG_NAME, JOURNAL_NAME)}
    with opened(tmp_path) as library:
        assert library.articles.count() == 1
    assert before == {name: (tmp_path / name).stat().st_ino for name in before}


def test_a_large_library_is_folded_when_its_journal_has_a_considerable_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(storage_module, "SMALL", 0)
    with opened(tmp_path) as library:
        for number in range(200):
            library.workspace.database.catalog.change(
                "articles", {f"a{number}": {"title": f"{number:03}" * 40}}
            )
        library.workspace.database.catalog.fold()
    with opened(tmp_path) as library:
        library.workspace.database.catalog.change("articles", {"b": {"title": "one more"}})
    assert "one more" not in titles(tmp_path), "a short command does not write all of it"
    with opened(tmp_path) as library:
        for number in range(20):
            library.workspace.database.catalog.change(
                "articles", {f"c{number}": {"title": f"{number:03}" * 40}}
            )
    assert "one more" in titles(tmp_path)
