"""Tables in memory, and the changes of a transaction over them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.store.tables import (
    Documents,
    Pending,
    Resident,
    difference,
    encode_document,
    encoded_changes,
)

names = st.sampled_from(["one", "two"])
tables = st.dictionaries(
    st.sampled_from("abc"), st.dictionaries(st.sampled_from("xy"), st.integers(0, 2)), max_size=3
)
changes = st.lists(
    st.tuples(
        names,
        st.none()
        | st.dictionaries(
            st.sampled_from("abc"), st.none() | st.just(b'{"x":9}') | st.just(b"{}"), max_size=3
        ),
    ),
    max_size=6,
)


@given(st.dictionaries(names, tables), changes)
def test_pending_changes_show_what_applying_them_gives(previous: dict[str, dict], made: list[tuple]):
    resident, stepwise = (
        Resident({name: Documents.of(table) for name, table in previous.items()}),
        Resident({name: Documents.of(table) for name, table in previous.items()}),
    )
    pending = Pending(resident)
    for name, documents in made:
        pending.put(name, documents)
        pending.table(name)
        pending = pending.copy()
        stepwise.apply({name: documents})
        assert pending.tables() == stepwise.tables
    assert resident.tables == previous
    resident.apply(pending.changes)
    assert resident.tables == stepwise.tables


@given(tables, tables)
def test_a_difference_leads_from_one_table_to_the_other(previous: dict, current: dict):
    resident = Resident({"t": Documents.of(previous)})
    resident.apply(encoded_changes({"t": difference(previous, current)}))
    assert resident.table("t") == current


def test_a_table_that_is_being_read_keeps_its_size():
    resident = Resident({"t": Documents.of({"a": {}, "b": {}})})
    seen = []
    for key in resident.table("t"):
        seen.append(key)
        resident.apply({"t": {"a": b'{"n":1}'}})
        resident.apply({"t": {"new": b"{}", "b": None}})
    assert seen == ["a", "b"]


def test_the_version_of_a_table_grows_with_its_changes_alone():
    resident = Resident({"t": Documents()})
    before, other = resident.version("t"), resident.version("u")
    resident.apply({"t": {"a": b"{}"}})
    resident.apply({"t": None})
    assert resident.version("t") == before + 2
    assert resident.version("u") == other


@pytest.mark.parametrize(
    "value",
    [2**64, -(2**63) - 1, float("nan"), float("inf"), b"bytes", object()],
    ids=["too large", "too small", "nan", "infinite", "bytes", "object"],
)
def test_values_that_json_cannot_represent_are_refused_at_once(value: object):
    with pytest.raises((TypeError, ValueError)):
        encode_document({"value": value})


def test_a_document_nested_too_deep_for_the_snapshot_is_refused():
    document: dict = {}
    for _ in range(300):
        document = {"in": document}
    with pytest.raises((TypeError, ValueError, RecursionError)):
        encode_document(document)


def test_a_returned_document_is_not_shared():
    table = Documents.of({"a": {"tags": ["one"]}})
    table["a"]["tags"].append("two")
    assert table == {"a": {"tags": ["one"]}}
