"""Undo and redo restore the previous state to the byte, and do not touch later changes of others."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from fakes import BERLIN, NOW, FakeClock, FakeIds
from hypothesis import given, settings
from hypothesis import strategies as st

from library import Library
from library.errors import NothingToUndo
from library.models import Position
from library.store import history as history_module
from library.store.database import CatalogDatabase, open_database
from library.store.history import apply_change, redo, undo


def as_bytes(database: CatalogDatabase) -> dict[str, dict[str, str]]:
    """Return every document in the file except those of the history."""
    return {
        name: {
            key: json.dumps(document) for key, document in database.catalog_table(name).documents().items()
        }
        for name in ("articles", "annotations")
    }


def test_a_new_library_has_nothing_to_undo_or_redo(library: Library):
    with pytest.raises(NothingToUndo, match="nothing to undo"):
        library.undo()
    with pytest.raises(NothingToUndo, match="nothing to redo"):
        library.redo()


Action = Callable[[Library, str], object]
ACTIONS: dict[str, Action] = {
    "bookmark": lambda library, key: library.bookmark([key]),
    "bookmark away": lambda library, key: library.articles.remove_bookmark([key]),
    "read": lambda library, key: library.articles.mark_read([key]),
    "trash": lambda library, key: library.articles.trash([key]),
    "restore": lambda library, key: library.articles.restore([key]),
    "tag": lambda library, key: library.tag([key], ["new", "harbour"]),
    "untag": lambda library, key: library.tags.remove([key], ["harbour"]),
    "note": lambda library, key: library.note(key, "A note.", tags=["mine"]),
    "highlight": lambda library, key: library.highlight(key, "another week"),
    "passage bookmark": lambda library, key: library.annotations.bookmark(key, "another week"),
    "edit": lambda library, key: [
        library.annotations.edit_note(one.id, "Other.") for one in library.annotations.of(key)[:1]
    ],
    "remove": lambda library, key: [
        library.annotations.remove(one.id) for one in library.annotations.of(key)[:1]
    ],
    "everything": lambda library, key: library.bookmark(library.search.ids("tag:harbour,energy,city")),
}


@pytest.mark.parametrize(
    "name", [name for name in ACTIONS if name not in ("bookmark away", "restore", "edit", "remove")]
)
def test_undo_restores_the_previous_documents_and_redo_the_later_ones(seeded: Library, name: str):
    key = seeded.search.ids("strike")[0]
    database = open_database(seeded.path)
    before = as_bytes(database)
    ACTIONS[name](seeded, key)
    database.refresh()
    after = as_bytes(database)
    assert after != before
    undone = seeded.undo()
    database.refresh()
    assert as_bytes(database) == before
    assert seeded.redo() == undone
    database.refresh()
    assert as_bytes(database) == after


@settings(max_examples=15)
@given(st.lists(st.sampled_from(sorted(ACTIONS)), max_size=8))
def test_undoing_everything_goes_back_through_every_state(names: list[str]):
    clock, ids = FakeClock(), FakeIds()
    with (
        tempfile.TemporaryDirectory() as folder,
        Library.open(folder, clock=clock, timezone=BERLIN, new_id=ids) as library,
    ):
        key = library.importing.add_bytes("a.md", b"# Strike\n\nOut for another week.\n", tags=["harbour"]).id
        database = open_database(folder)
        states = [as_bytes(database)]
        for name in names:
            ACTIONS[name](library, key)
            database.refresh()
            states.append(as_bytes(database))
        states = [state for state, next_ in zip(states, [*states[1:], None], strict=True) if state != next_]
        for expected in reversed(states[:-1]):
            library.undo()
            database.refresh()
            assert as_bytes(database) == expected
        for expected in states[1:]:
            library.redo()
            database.refresh()
            assert as_bytes(database) == expected


json_values = st.none() | st.text(max_size=4) | st.lists(st.text(max_size=3), max_size=2)
documents = st.dictionaries(
    st.sampled_from(["a", "b", "c", "stat", "state.d"]), json_values
) | st.fixed_dictionaries(
    {
        "title": json_values,
        "state": st.dictionaries(st.sampled_from(["read", "opened"]), json_values, min_size=1),
    }
)
changes = st.dictionaries(
    st.sampled_from(["x", "y", "z"]), st.none() | documents.filter(lambda d: "state.d" not in d)
)


@settings(max_examples=30)
@given(st.lists(changes, min_size=1, max_size=4))
def test_any_change_of_any_documents_is_undone(steps: list[dict[str, Any]]):
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(folder)
        table = database.catalog_table("feeds")
        states = [dict(table.documents())]
        for number, step in enumerate(steps):
            apply_change(database, str(number), NOW, {"feeds": step})
            states.append(dict(table.documents()))
        for state in reversed(states[:-1]):
            undo(database)
            assert table.documents() == state
        for state in states[1:]:
            redo(database)
            assert table.documents() == state


def test_undo_skips_what_a_person_does_not_see_as_a_change(seeded: Library):
    key = seeded.search.ids("strike")[0]
    seeded.bookmark([key])
    seeded.articles.record_opened(key)
    seeded.articles.save_position(key, Position(120, 0.5))
    assert seeded.undo().title == "bookmark"
    state = seeded.articles.get(key).state
    assert state.bookmarked is None
    assert state.read is not None and state.opened is not None
    assert state.position == Position(120, 0.5)


def test_a_change_of_many_articles_is_undone_as_one(seeded: Library):
    seeded.articles.trash(seeded.search.ids())
    assert seeded.search.ids() == []
    change = seeded.undo()
    assert change.title == "move to the trash"
    assert sorted(change.ids) == sorted(seeded.search.ids())
    assert len(change.ids) == 5


def test_a_change_without_effect_is_not_in_the_history(seeded: Library):
    key = seeded.search.ids("strike")[0]
    seeded.bookmark([key])
    assert seeded.bookmark([key]) == []
    assert seeded.tag([key], ["harbour"]) == []
    assert seeded.undo().title == "bookmark"


def test_a_new_change_ends_redo(seeded: Library):
    key = seeded.search.ids("strike")[0]
    seeded.bookmark([key])
    seeded.undo()
    seeded.articles.mark_read([key])
    with pytest.raises(NothingToUndo):
        seeded.redo()
    assert seeded.undo().title == "mark as read"
    assert seeded.undo().title == "import 1 article"


def test_undo_undoes_the_last_change_of_another_program(seeded: Library, clock: FakeClock):
    key = seeded.search.ids("strike")[0]
    seeded.bookmark([key])
    with Library.open(seeded.path, clock=clock) as other:
        other.note(key, "From elsewhere.")
    assert seeded.undo().title == "note"
    assert seeded.annotations.select() == []
    assert seeded.articles.get(key).state.bookmarked is not None


def test_the_history_survives_a_restart(seeded: Library, clock: FakeClock):
    key = seeded.search.ids("strike")[0]
    seeded.note(key, "Kept.")
    seeded.close()
    with Library.open(seeded.path, clock=clock) as again:
        again.undo()
        assert again.annotations.select() == []
        again.redo()
        assert [one.body for one in again.annotations.select()] == ["Kept."]


def test_at_least_five_thousand_changes_can_be_undone():
    assert history_module.KEPT >= 5000


def test_the_history_is_trimmed_now_and_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(history_module, "KEPT", 5)
    monkeypatch.setattr(history_module, "_SPARE", 3)
    database = open_database(tmp_path)
    lengths = []
    for number in range(14):
        apply_change(database, str(number), datetime(2026, 1, 1), {"articles": {"a": {"n": number}}})
        lengths.append(len(database.catalog_table("history").documents()))
    assert lengths == [1, 2, 3, 4, 5, 6, 7, 8, 5, 6, 7, 8, 5, 6]


def test_only_the_latest_changes_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(history_module, "KEPT", 5)
    monkeypatch.setattr(history_module, "_SPARE", 0)
    database = open_database(tmp_path)
    for number in range(12):
        apply_change(database, str(number), datetime(2026, 1, 1), {"feeds": {"a": {"n": number}}})
    assert len(database.catalog_table("history").documents()) == 5
    titles = [undo(database)[0] for _ in range(5)]
    assert titles == ["11", "10", "9", "8", "7"]
    assert database.catalog_table("feeds").documents() == {"a": {"n": 6}}
    with pytest.raises(NothingToUndo):
        undo(database)
