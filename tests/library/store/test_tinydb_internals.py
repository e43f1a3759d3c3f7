"""Each private part of TinyDB that our tables use is there."""

from __future__ import annotations

import inspect
from pathlib import Path

import tinydb
from tinydb.storages import MemoryStorage
from tinydb.table import Table

from tests.private_names import used_in

PARTS = {
    "_storage": (),
    "_next_id": (),
    "_read_table": (),
    "_get_next_id": (),
    "_update_table": ("updater",),
    "_tables": (),
}
"""Name → parameters."""


def test_tinydb_has_each_private_part_that_our_tables_use():
    database = tinydb.TinyDB(storage=MemoryStorage)
    table = database.table("t")
    for name, parameters in PARTS.items():
        owner = database if name == "_tables" else table
        what = f"TinyDB {tinydb.__version__} has no {name} as before; library/store/database.py uses it"
        assert hasattr(owner, name), what
        if callable(part := getattr(owner, name)):
            assert tuple(inspect.signature(part).parameters) == parameters, what


def test_all_of_tinydb_that_reads_changes_and_counts_goes_through_them():
    source = inspect.getsource(Table)
    assert source.count("self._update_table(") >= 4  # insert, insert_multiple, update, remove
    assert "self._read_table()" in source and "self._get_next_id()" in source


def test_every_part_that_is_used_has_its_test():
    path = Path(inspect.getfile(__import__("library.store.database", fromlist=["CatalogTable"])))
    assert used_in(path, "library.store.database") == set(PARTS)
