"""The store against a dict: two programs on one folder, folds, reopening, kills and power losses."""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from disks import RecordingDisk, Stop, write_state
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from library.store.database import CatalogDatabase, open_database
from library.store.layout import JOURNAL_NAME

keys = st.sampled_from(["a", "b", "c", "d", "e"])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)
documents = st.dictionaries(st.text(max_size=4), json_values, max_size=3)
some = st.dictionaries(keys, documents, max_size=3)
tables = st.sampled_from(["articles", "annotations"])
who = st.integers(0, 1)
Model = dict[str, dict[str, Any]]


class StoreMachine(RuleBasedStateMachine):
    """Two programs on one disk, which records the possible states after a power loss."""

    def __init__(self) -> None:
        super().__init__()
        memory = Path("/dev/shm")
        self.root = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
        self.folder = self.root / "library"
        self.folder.mkdir()
        self.model: Model = {"articles": {}, "annotations": {}}
        self.databases: list[CatalogDatabase] = []
        self.before_killed: list[Model] = []
        self._boot()

    def _boot(self) -> None:
        for database in self.databases:
            database.close()
        self.disk = RecordingDisk(self.folder)
        self.databases = [open_database(self.folder, self.disk), open_database(self.folder, self.disk)]

    def _seen(self, database: CatalogDatabase) -> Model:
        return {name: dict(database.catalog_table(name).documents()) for name in self.model}

    @rule(who=who, table=tables, changes=some)
    def put(self, who: int, table: str, changes: dict[str, Any]) -> None:
        self.databases[who].catalog_table(table).put(changes)
        self.model[table].update(changes)

    @rule(who=who, table=tables, ids=st.lists(keys, max_size=3))
    def drop(self, who: int, table: str, ids: list[str]) -> None:
        self.databases[who].catalog_table(table).drop(ids)
        for key in ids:
            self.model[table].pop(key, None)

    @rule(who=who, table=tables, key=keys, fields=documents)
    def update(self, who: int, table: str, key: str, fields: dict[str, Any]) -> None:
        self.databases[who].catalog_table(table).update(fields, doc_ids=[key])  # type: ignore[list-item]
        if key in self.model[table]:
            self.model[table][key] = {**self.model[table][key], **fields}

    @rule(who=who, table=tables, changes=some)
    def fail(self, who: int, table: str, changes: dict[str, Any]) -> None:
        with pytest.raises(RuntimeError), self.databases[who].transaction():
            self.databases[who].catalog_table(table).put(changes)
            self.databases[who].catalog_table(table).drop(["a"])
            raise RuntimeError

    @rule(who=who, table=tables)
    def drop_table(self, who: int, table: str) -> None:
        self.databases[who].drop_table(table)
        self.model[table] = {}

    @rule(who=who)
    def fold(self, who: int) -> None:
        self.databases[who].catalog.fold()

    @rule(who=who)
    def reopen(self, who: int) -> None:
        self.databases[who].close()
        self.databases[who] = open_database(self.folder, self.disk)

    @rule(who=who, changes=some, at=st.integers(1, 12), folding=st.booleans())
    def kill(self, who: int, changes: dict[str, Any], at: int, folding: bool) -> None:
        """Kill a program at a call of a change or a fold; the other one continues."""
        self.disk.calls, self.disk.stop_at = 0, at
        try:
            if folding:
                self.databases[who].catalog.fold()
            else:
                self.databases[who].catalog_table("articles").put(changes)
                self.model["articles"].update(changes)
        except Stop:
            self.disk.stop_at = 0
            self.reopen(who)
            if not folding:
                self.before_killed.append(self.model)
                self._accept(self._with(changes), self.databases[who])
        self.disk.stop_at = 0

    @rule(chance=st.integers(0, 2**32), changes=some)
    def lose_power(self, chance: int, changes: dict[str, Any]) -> None:
        """Lose power during a change; all programs restart with what the disk has."""
        luck = random.Random(chance)
        self.disk.calls, self.disk.stop_at = 0, luck.randint(1, 9)
        attempted = self._with(changes)
        try:
            self.databases[0].catalog_table("articles").put(changes)
            self.model = attempted
        except Stop:
            pass
        *_, state = self.disk.states(luck, luck.randint(1, 8))
        write_state(self.folder, self.folder, state)
        self._boot()
        self._accept(attempted, self.databases[0], *self.before_killed)
        self.before_killed = []

    def _with(self, changes: dict[str, Any]) -> Model:
        return {**self.model, "articles": {**self.model["articles"], **changes}}

    def _accept(self, attempted: Model, database: CatalogDatabase, *others: Model) -> None:
        found = self._seen(database)
        assert found in (self.model, attempted, *others)
        self.model = found

    @invariant()
    def what_is_durable_is_certain(self) -> None:
        """Changes of a killed program may be lost until another program makes a change, which syncs them."""
        journal = self.folder / JOURNAL_NAME
        if journal not in self.disk.names or self.disk.is_durable(journal):
            self.before_killed = []

    @invariant()
    def all_agree(self) -> None:
        onlooker = open_database(self.folder)
        for database in (*self.databases, onlooker):
            database.refresh()
            assert database.damage is None
            assert self._seen(database) == self.model
        onlooker.close()

    def teardown(self) -> None:
        for database in self.databases:
            database.close()
        shutil.rmtree(self.root)


TestStoreAgainstDicts = StoreMachine.TestCase
TestStoreAgainstDicts.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)
