"""Entries of the history give the same changes when they are read in pieces."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.store import history
from library.store.documents import encode_entry, is_undone
from library.store.history import Entry
from library.store.tables import encode_document

texts = st.sampled_from(["", "a", '},{"table":"x', '"', "\\", "é\n", '\\"},{"table":'])
values = st.none() | texts | st.lists(st.fixed_dictionaries({"table": texts, "at": texts}), max_size=3)
fields = st.none() | st.dictionaries(st.sampled_from(["title", "tags", "state.read"]), values, max_size=2)
changes = st.lists(
    st.fixed_dictionaries({"table": texts, "id": texts, "before": fields, "after": fields}), max_size=12
)


@pytest.fixture(autouse=True, scope="module")
def _small_pieces():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(history, "_PIECE", 40)
        yield


@given(texts, st.booleans(), changes)
def test_an_entry_comes_back(title: str, undone: bool, changed: list[dict[str, Any]]):
    head = {"title": title, "at": "2026-11-22T09:00:00+00:00", "undone": undone}
    encoded = encode_entry(head, map(encode_document, changed))
    assert orjson.loads(encoded) == {**head, "changes": changed}
    entry = Entry(encoded)
    assert entry.head == head and is_undone(encoded) == undone
    assert list(entry.changes()) == changed


@given(changes)
def test_what_another_program_wrote_is_read_as_well(changed: list[dict[str, Any]]):
    backwards = [dict(reversed(change.items())) for change in changed]
    encoded = orjson.dumps({"changes": backwards, "undone": True, "at": "", "title": "import"})
    assert is_undone(encoded)
    assert Entry(encoded).head == {"title": "import", "at": "", "undone": True}
    assert list(Entry(encoded).changes()) == changed


def test_an_entry_knows_how_many_documents_it_changed():
    changed = [{"table": "articles", "id": str(n), "before": {"a": None}, "after": {}} for n in range(9)]
    head = {"title": "tag", "at": "", "undone": False}
    assert len(Entry(encode_entry(head, map(encode_document, changed)))) == 9
    assert len(Entry(encode_entry(head, ()))) == 0
