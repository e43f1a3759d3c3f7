"""The catalogue on the disk: TinyDB's promises, ours on top of them, and what is left after a crash."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

import pytest
import tinydb
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tinydb.table import Document

from library.errors import CatalogDamaged, FormatTooNew, StoreUnwritable
from library.store import CatalogDatabase, open_database
from library.store.atomic import write_atomically

CATALOG = "catalog.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def database(folder: Path) -> CatalogDatabase:
    return open_database(folder)


def on_disk(folder: Path) -> dict[str, Any]:
    return json.loads((folder / CATALOG).read_bytes())


# What TinyDB promises


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


def test_stock_tinydb_reads_every_table(folder: Path, database: CatalogDatabase):
    database.catalog_table("articles").put({"abc": {"title": "Über"}})

    class StringIds(tinydb.table.Table):
        document_id_class = str  # type: ignore[assignment]

    class Stock(tinydb.TinyDB):
        table_class = StringIds

    with Stock(folder / CATALOG) as stock:
        assert stock.tables() == {"articles"}
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


def test_what_json_cannot_hold_is_refused_and_changes_nothing(database: CatalogDatabase):
    table = database.catalog_table("articles")
    for value in (float("nan"), object()):
        with pytest.raises((TypeError, ValueError)):
            table.put({"a": {"value": value}})
    assert table.documents() == {}


def test_half_a_surrogate_pair_does_not_stop_a_write(folder: Path, database: CatalogDatabase):
    database.catalog_table("articles").put({"a": {"title": "x\ud800y"}})
    assert open_database(folder).catalog_table("articles").documents() == {"a": {"title": "x?y"}}


# Transactions


def test_a_transaction_that_fails_leaves_nothing(folder: Path, database: CatalogDatabase):
    table = database.catalog_table("articles")
    table.put({"a": {"n": 1}})
    before = (folder / CATALOG).read_bytes()
    with pytest.raises(RuntimeError), database.transaction():
        table.put({"a": {"n": 2}, "b": {"n": 2}})
        assert set(table.documents()) == {"a", "b"}
        raise RuntimeError
    assert table.documents() == {"a": {"n": 1}}
    assert (folder / CATALOG).read_bytes() == before


def test_an_inner_transaction_that_fails_is_taken_out_of_the_outer_one(
    folder: Path, database: CatalogDatabase
):
    table = database.catalog_table("articles")
    with database.transaction():
        table.put({"outer": {}})
        with pytest.raises(RuntimeError), database.transaction():
            table.put({"inner": {}})
            raise RuntimeError
        table.put({"later": {}})
    assert set(on_disk(folder)["articles"]) == {"outer", "later"}


def test_a_transaction_is_one_write(folder: Path, database: CatalogDatabase, monkeypatch: pytest.MonkeyPatch):
    replaced = []
    replace = Path.replace
    monkeypatch.setattr(
        Path, "replace", lambda path, to: (replaced.append(Path(to).name), replace(path, to))[1]
    )
    with database.transaction():
        for number in range(5):
            database.catalog_table("articles").put({str(number): {}})
        assert replaced == []
    assert replaced == [CATALOG]


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


def test_a_transaction_begins_with_what_other_programs_wrote(folder: Path, database: CatalogDatabase):
    other = open_database(folder)
    other.catalog_table("articles").put({"theirs": {}})
    assert database.catalog_table("articles").documents() == {}
    database.catalog_table("articles").put({"ours": {}})
    assert set(on_disk(folder)["articles"]) == {"theirs", "ours"}
    assert other.refresh() is True
    assert other.refresh() is False
    assert set(other.catalog_table("articles").documents()) == {"theirs", "ours"}


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


keys = st.sampled_from(["a", "b", "c", "d", "e"])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
documents = st.dictionaries(st.text(max_size=4), json_values, max_size=3)
tables = st.sampled_from(["articles", "annotations"])


class StoreMachine(RuleBasedStateMachine):
    """The store against two dicts, through two database objects that take turns."""

    def __init__(self) -> None:
        super().__init__()
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self.temporary.name) / "library"
        self.databases = [open_database(self.folder), open_database(self.folder)]
        self.model: dict[str, dict[str, Any]] = {"articles": {}, "annotations": {}}

    @rule(who=st.integers(0, 1), table=tables, changes=st.dictionaries(keys, documents, max_size=3))
    def put(self, who: int, table: str, changes: dict[str, Any]) -> None:
        self.databases[who].catalog_table(table).put(changes)
        self.model[table].update(changes)

    @rule(who=st.integers(0, 1), table=tables, ids=st.lists(keys, max_size=3))
    def drop(self, who: int, table: str, ids: list[str]) -> None:
        self.databases[who].catalog_table(table).drop(ids)
        for key in ids:
            self.model[table].pop(key, None)

    @rule(who=st.integers(0, 1), table=tables, key=keys, fields=documents)
    def update(self, who: int, table: str, key: str, fields: dict[str, Any]) -> None:
        self.databases[who].catalog_table(table).update(fields, doc_ids=[key])  # type: ignore[list-item]
        if key in self.model[table]:
            self.model[table][key] = {**self.model[table][key], **fields}

    @rule(who=st.integers(0, 1), table=tables, changes=st.dictionaries(keys, documents, max_size=3))
    def fail(self, who: int, table: str, changes: dict[str, Any]) -> None:
        with pytest.raises(RuntimeError), self.databases[who].transaction():
            self.databases[who].catalog_table(table).put(changes)
            self.databases[who].catalog_table(table).drop(["a"])
            raise RuntimeError

    @rule(who=st.integers(0, 1))
    def reopen(self, who: int) -> None:
        self.databases[who].close()
        self.databases[who] = open_database(self.folder)

    @invariant()
    def all_agree(self) -> None:
        for database in (*self.databases, open_database(self.folder)):
            database.refresh()
            for name, model in self.model.items():
                assert database.catalog_table(name).documents() == model

    def teardown(self) -> None:
        self.temporary.cleanup()


TestStoreAgainstDicts = StoreMachine.TestCase
TestStoreAgainstDicts.settings = settings(max_examples=20, stateful_step_count=12, deadline=None)


# Crashes


class Failing:
    """Lets an operation fail at its n-th call; ``calls`` counts them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, fail_at: int) -> None:
        self.calls = 0
        operation = getattr(owner, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            self.calls += 1
            if self.calls == fail_at:
                raise OSError(28, "No space left on device")
            return operation(*args, **kwargs)

        monkeypatch.setattr(owner, name, call)


OPERATIONS = [
    (os, "fsync", 1), (os, "fsync", 2), (os, "fdopen", 1), (tempfile, "mkstemp", 1), (Path, "replace", 1),
    (Path, "replace", 2), (os, "link", 1), (os, "open", 1), (os, "open", 2), (Path, "stat", 1),
]  # fmt: skip


@pytest.mark.parametrize(("owner", "name", "fail_at"), OPERATIONS)
def test_a_write_that_fails_leaves_the_old_or_the_new_catalogue(
    folder: Path, database: CatalogDatabase, owner: Any, name: str, fail_at: int
):
    table = database.catalog_table("articles")
    table.put({"a": {"n": 1}})
    table.put({"a": {"n": 2}})
    with pytest.MonkeyPatch.context() as patch:
        failing = Failing(patch, owner, name, fail_at)
        try:
            table.put({"a": {"n": 3}})
            told = 3
        except (StoreUnwritable, CatalogDamaged):
            told = 2
    assert failing.calls >= fail_at, "this operation is no longer part of a write"
    assert on_disk(folder)["articles"] == {"a": {"n": told}}
    assert table.documents() == {"a": {"n": told}}
    assert {path.name for path in folder.iterdir()} <= {CATALOG, "catalog.lock", "catalog.json.previous"}
    table.put({"b": {}})
    assert on_disk(folder)["articles"] == {"a": {"n": told}, "b": {}}


def test_the_first_write_of_a_catalogue_that_fails_leaves_none(folder: Path, database: CatalogDatabase):
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        Failing(patch, os, "fsync", 2)
        with pytest.raises(StoreUnwritable):
            database.catalog_table("articles").put({"a": {}})
    assert {path.name for path in folder.iterdir()} == {"catalog.lock"}
    assert database.catalog_table("articles").documents() == {}


def test_a_short_disk_leaves_the_former_file(tmp_path: Path):
    path = tmp_path / "file"
    write_atomically(path, b"old")

    class FullDisk:
        def __init__(self, descriptor: int, mode: str) -> None:
            self.descriptor = descriptor

        def __enter__(self) -> FullDisk:
            return self

        def __exit__(self, *_: object) -> None:
            os.close(self.descriptor)

        def write(self, data: bytes) -> int:
            os.write(self.descriptor, data[:1])
            raise OSError(28, "No space left on device")

    with pytest.MonkeyPatch.context() as patch, pytest.raises(OSError, match="No space"):
        patch.setattr(os, "fdopen", FullDisk)
        write_atomically(path, b"new and longer")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_new_content_is_synced_before_its_name_and_the_folder_after(
    folder: Path, database: CatalogDatabase, monkeypatch: pytest.MonkeyPatch
):
    database.catalog_table("articles").put({"a": {}})
    order: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def noted_fsync(descriptor: int) -> None:
        order.append("sync folder" if Path(f"/proc/self/fd/{descriptor}").is_dir() else "sync file")
        fsync(descriptor)

    def noted_replace(path: Path, to: Path) -> Path:
        order.append(f"rename to {to.name}")
        return replace(path, to)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    database.catalog_table("articles").put({"b": {}})
    assert order == ["sync file", "rename to catalog.json.previous", "rename to catalog.json", "sync folder"]


def test_the_former_catalogue_is_kept_beside_the_new_one(folder: Path, database: CatalogDatabase):
    for number in range(3):
        database.catalog_table("articles").put({"a": {"n": number}})
    previous = json.loads((folder / "catalog.json.previous").read_bytes())
    assert previous["articles"] == {"a": {"n": 1}}


def test_the_former_catalogue_is_copied_where_links_are_not_possible(folder: Path, database: CatalogDatabase):
    database.catalog_table("articles").put({"a": {"n": 0}})
    with pytest.MonkeyPatch.context() as patch:
        Failing(patch, os, "link", 1)
        database.catalog_table("articles").put({"a": {"n": 1}})
    assert json.loads((folder / "catalog.json.previous").read_bytes())["articles"] == {"a": {"n": 0}}


WRITE_FOR_EVER = """
import itertools, sys
from library.store import open_database
table = open_database(sys.argv[1]).catalog_table("articles")
for number in itertools.count(int(sys.argv[2])):
    table.put({str(number): {"title": "x" * (number % 50) * 40}})
    print(number, flush=True)
"""


def test_what_was_acknowledged_survives_kill_9(folder: Path):
    acknowledged = -1
    for round_ in range(12):
        child = subprocess.Popen(
            [sys.executable, "-c", WRITE_FOR_EVER, str(folder), str(acknowledged + 1)], stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        for _ in range(1 + round_ * 3 % 17):
            acknowledged = int(child.stdout.readline())
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read().split(b"\n")[:-1]
        acknowledged = int(rest[-1]) if rest else acknowledged
        child.wait(10)
        child.stdout.close()
        found = {int(key) for key in open_database(folder).catalog_table("articles").documents()}
        assert set(range(acknowledged + 1)) <= found <= set(range(acknowledged + 2))
        acknowledged = max(found)


# Folders that cannot serve


def test_a_folder_below_a_file_can_be_read_as_empty_and_not_written(tmp_path: Path):
    (tmp_path / "file").write_text("")
    database = open_database(tmp_path / "file" / "library")
    table = database.catalog_table("articles")
    with pytest.raises(StoreUnwritable, match=r"Not a directory.*reading goes on") as caught:
        table.put({"a": {}})
    assert caught.value.path == tmp_path / "file" / "library"
    assert table.documents() == {}


def test_a_read_only_folder_can_be_read_and_not_written(
    folder: Path, database: CatalogDatabase, monkeypatch: pytest.MonkeyPatch
):
    table = database.catalog_table("articles")
    table.put({"a": {"n": 1}})

    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    with pytest.raises(StoreUnwritable, match="Permission denied"):
        table.put({"a": {"n": 2}})
    assert table.documents() == open_database(folder).catalog_table("articles").documents() == {"a": {"n": 1}}


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[]", b'{"articles": []}', b'{"articles": {"a": 1}}', b"[" * 100_000,
     b'{"meta": {"library": {"format": "x"}}}', b'{"articles": {}}{"articles": {}}'],
)  # fmt: skip
def test_a_damaged_catalogue_is_named_and_left_as_it_is(folder: Path, content: bytes):
    folder.mkdir()
    (folder / CATALOG).write_bytes(content)
    with pytest.raises(CatalogDamaged, match=r"catalog\.json cannot be read as a catalogue.*left as it is"):
        open_database(folder)
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [(CATALOG, content)]


def test_a_catalogue_damaged_while_it_is_open_is_not_overwritten(folder: Path, database: CatalogDatabase):
    table = database.catalog_table("articles")
    table.put({"a": {}})
    (folder / CATALOG).write_bytes(b"damaged")
    for _ in range(2):
        with pytest.raises(CatalogDamaged):
            table.put({"b": {}})
    assert (folder / CATALOG).read_bytes() == b"damaged"
    assert table.documents() == {"a": {}}


def test_a_newer_format_is_refused_also_when_it_comes_while_open(folder: Path, database: CatalogDatabase):
    table = database.catalog_table("articles")
    table.put({"a": {}})
    newer = json.dumps({"meta": {"library": {"format": 99}}, "articles": {"a": {}}}).encode()
    (folder / CATALOG).write_bytes(newer)
    with pytest.raises(FormatTooNew, match="format 99"):
        table.put({"b": {}})
    with pytest.raises(FormatTooNew, match="Update tuireader"):
        open_database(folder)
    assert (folder / CATALOG).read_bytes() == newer
