"""The catalogue as a database: the guarantees of TinyDB, and those that the library adds."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
import tinydb
from tinydb.table import Document

from library.errors import FormatTooNew, StoreUnwritable
from library.store.database import CatalogDatabase, open_database

CATALOG, JOURNAL = "catalog.json", "catalog.journal"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def database(folder: Path) -> CatalogDatabase:
    return open_database(folder)


def on_disk(folder: Path) -> dict[str, Any]:
    """Return the tables as another program reads them."""
    return dict(open_database(folder).catalog.read() or {})


# Guarantees of TinyDB


def test_opening_and_reading_leave_no_trace(folder: Path, database: CatalogDatabase):
    assert database.catalog_table("articles").documents() == {}
    assert database.tables() == set()
    assert not folder.exists()


def test_documents_are_inserted_found_updated_and_removed_as_in_tinydb(
    folder: Path, database: CatalogDatabase
):
    table, feed = database.table("feeds"), tinydb.Query()
    first = table.insert({"name": "one", "seen": 1})
    table.insert(Document({"name": "two", "seen": 1}, "abc"))  # type: ignore[arg-type]
    assert table.insert_multiple([{"name": "three"}, {"name": "four"}]) == ["2", "3"]
    assert table.get(feed.name == "two").doc_id == "abc"
    table.update({"seen": 2}, feed.name == "one")
    table.upsert({"name": "five", "seen": 5}, feed.name == "five")
    assert table.remove(feed.name == "three") == ["2"]
    assert table.get(doc_id=first) == {"name": "one", "seen": 2}
    assert sorted(document["name"] for document in table) == ["five", "four", "one", "two"]
    assert on_disk(folder)["feeds"] == {key: dict(value) for key, value in table._read_table().items()}


def test_dropping_a_table_is_seen_by_a_new_database(folder: Path, database: CatalogDatabase):
    database.table("one").insert({"a": 1})
    database.table("two").insert({"a": 1})
    database.drop_table("one")
    assert open_database(folder).tables() == {"two"}
    database.drop_tables()
    assert open_database(folder).tables() == set()


def test_stock_tinydb_reads_every_table_after_a_fold(folder: Path, database: CatalogDatabase):
    database.catalog_table("articles").put({"abc": {"title": "Über"}})
    assert database.catalog.fold() is True

    class StringIds(tinydb.table.Table):
        document_id_class = str  # type: ignore[assignment]

    class Stock(tinydb.TinyDB):
        table_class = StringIds

    with Stock(folder / CATALOG) as stock:
        assert stock.tables() == {"meta", "articles"}
        assert [(document.doc_id, document["title"]) for document in stock.table("articles")] == [
            ("abc", "Über")
        ]


def test_what_the_caller_keeps_is_not_what_is_stored(folder: Path, database: CatalogDatabase):
    tags = ["one"]
    table = database.catalog_table("articles")
    table.put({"put": {"tags": tags}})
    table.insert(Document({"tags": tags}, "inserted"))  # type: ignore[arg-type]
    taken = table.get(doc_id="put")
    tags.append("two")
    taken["tags"].append("three")
    assert table.documents() == {"put": {"tags": ["one"]}, "inserted": {"tags": ["one"]}}
    assert on_disk(folder)["articles"] == table.documents()


def test_values_that_json_cannot_represent_are_refused_and_change_nothing(database: CatalogDatabase):
    table = database.catalog_table("articles")
    for value in (float("nan"), object(), 2**64):
        with pytest.raises((TypeError, ValueError)):
            table.put({"a": {"value": value}})
    assert table.documents() == {}


def test_half_a_surrogate_pair_does_not_stop_a_write(folder: Path, database: CatalogDatabase):
    database.catalog_table("articles").put({"a": {"title": "x\ud800y"}})
    database.catalog_table("articles").put({"x\ud800": {}})
    expected = {"a": {"title": "x?y"}, "x?": {}}
    assert database.catalog_table("articles").documents() == expected
    assert database.catalog.fold() is True
    assert open_database(folder).catalog_table("articles").documents() == expected


# Transactions


def test_a_transaction_that_fails_leaves_nothing(folder: Path, database: CatalogDatabase):
    table = database.catalog_table("articles")
    table.put({"a": {"n": 1}})
    before = (folder / JOURNAL).read_bytes()
    with pytest.raises(RuntimeError), database.transaction():
        table.put({"a": {"n": 2}, "b": {"n": 2}})
        assert set(table.documents()) == {"a", "b"}
        raise RuntimeError
    assert table.documents() == {"a": {"n": 1}}
    assert (folder / JOURNAL).read_bytes() == before


def test_a_failed_nested_transaction_is_removed_from_the_outer_one(folder: Path, database: CatalogDatabase):
    table = database.catalog_table("articles")
    with database.transaction():
        table.put({"outer": {}})
        with pytest.raises(RuntimeError), database.transaction():
            table.put({"inner": {}})
            raise RuntimeError
        table.put({"later": {}})
    assert set(on_disk(folder)["articles"]) == {"outer", "later"}


def test_a_transaction_is_one_write(folder: Path, database: CatalogDatabase):
    database.catalog_table("articles").put({"first": {}})
    before = (folder / JOURNAL).read_bytes()
    with database.transaction():
        for number in range(5):
            database.catalog_table("articles").put({str(number): {}})
        assert (folder / JOURNAL).read_bytes() == before
    assert len((folder / JOURNAL).read_bytes()[len(before) :].splitlines()) == 1


def test_query_results_of_a_failed_transaction_are_not_cached(database: CatalogDatabase):
    table, seen = database.table("things"), tinydb.where("seen") == 1
    table.insert({"seen": 1})
    with pytest.raises(RuntimeError), database.transaction():
        table.insert({"seen": 1})
        assert len(table.search(seen)) == 2
        table.put({"9": {"seen": 1}})
        assert len(table.search(seen)) == 3
        raise RuntimeError
    assert len(table.search(seen)) == 1


def test_a_change_of_nothing_is_not_written(folder: Path, database: CatalogDatabase):
    table = database.catalog_table("articles")
    table.put({"a": {}})
    before = (folder / JOURNAL).read_bytes()
    table.put({})
    table.drop(["b"])
    table.update({"n": 1}, tinydb.where("n") == 5)
    assert (folder / JOURNAL).read_bytes() == before


def test_a_reader_sees_the_old_state_until_the_transaction_is_on_the_disk(database: CatalogDatabase):
    table = database.catalog_table("articles")
    table.put({"a": {"n": 1, "tags": ["old"]}})
    written, looked = threading.Event(), threading.Event()

    def change() -> None:
        with database.transaction():
            table.update(lambda document: document["tags"].append("new"), doc_ids=["a"])
            table.put({"b": {}})
            written.set()
            looked.wait(10)

    writer = threading.Thread(target=change)
    writer.start()
    assert written.wait(10)
    seen = {key: dict(document) for key, document in table.documents().items()}
    looked.set()
    writer.join(10)
    assert seen == {"a": {"n": 1, "tags": ["old"]}}
    assert table.documents() == {"a": {"n": 1, "tags": ["old", "new"]}, "b": {}}


def test_a_transaction_starts_with_the_changes_of_other_programs(folder: Path, database: CatalogDatabase):
    other = open_database(folder)
    other.catalog_table("articles").put({"theirs": {}})
    assert database.catalog_table("articles").documents() == {}
    database.catalog_table("articles").put({"ours": {}})
    assert set(on_disk(folder)["articles"]) == {"theirs", "ours"}
    assert other.refresh() is True
    assert other.refresh() is False
    assert set(other.catalog_table("articles").documents()) == {"theirs", "ours"}


def test_what_another_program_added_can_be_dropped(folder: Path, database: CatalogDatabase):
    database.catalog_table("articles").put({"ours": {}})
    open_database(folder).catalog_table("articles").put({"theirs": {}})
    database.catalog_table("articles").drop(["theirs"])
    assert on_disk(folder)["articles"] == {"ours": {}}


def test_many_threads_lose_no_insert(database: CatalogDatabase):
    def insert() -> None:
        for _ in range(20):
            database.table("feeds").insert({})

    threads = [threading.Thread(target=insert) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(database.table("feeds")) == 80


# Unusable folders


def test_a_folder_below_a_file_can_be_read_as_empty_and_not_written(tmp_path: Path):
    (tmp_path / "file").write_text("")
    database = open_database(tmp_path / "file" / "library")
    table = database.catalog_table("articles")
    with pytest.raises(StoreUnwritable, match=r"Not a directory.*you can still read") as caught:
        table.put({"a": {}})
    assert caught.value.path == tmp_path / "file" / "library"
    assert table.documents() == {}


BAD = {
    "empty": b"",
    "cut": b"{",
    "no text": b"\xff\xfe",
    "a list": b"[]",
    "no tables": b'{"articles": []}',
    "nested": b"[" * 100_000,
    "no format": b'{"meta": {"library": {"format": "x"}}}',
    "no checksum": b'{"meta": {"library": {"format": 2}}}',
    "twice": b'{"articles": {}}{"articles": {}}',
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_a_damaged_catalogue_is_reported_and_not_changed(folder: Path, content: bytes):
    folder.mkdir()
    (folder / CATALOG).write_bytes(content)
    database = open_database(folder)
    assert "catalog.json is damaged" in str(database.damage)
    with pytest.raises(StoreUnwritable, match="damaged"):
        database.catalog_table("articles").put({"a": {}})
    assert database.catalog.fold() is False
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        CATALOG: content,
        "catalog.lock": b"",
    }


def test_a_newer_format_is_refused_also_when_it_comes_while_open(folder: Path, database: CatalogDatabase):
    table = database.catalog_table("articles")
    table.put({"a": {}})
    newer = json.dumps({"meta": {"library": {"format": 99}}, "articles": {"a": {}}}).encode()
    (folder / "newer").write_bytes(newer)
    (folder / "newer").replace(folder / CATALOG)
    with pytest.raises(FormatTooNew, match="format 99"):
        table.put({"b": {}})
    with pytest.raises(FormatTooNew, match="Update tuireader"):
        open_database(folder)
    assert (folder / CATALOG).read_bytes() == newer
    assert table.documents() == {"a": {}}
