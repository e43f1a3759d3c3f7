"""Changes of many articles: reported how far they are, stopped without a trace, undone and made again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import BERLIN, FakeClock, FakeIds

from library import ChangeStopped, Library, NothingToUndo
from library.store import history
from library.store.layout import JOURNAL_NAME

MANY = 23
"""Articles, of which five at once are changed between two words on the progress."""

Change = Callable[[Library, list[str], Callable[[int, int], None] | None], object]

CHANGES: dict[str, Change] = {
    "bookmark": lambda library, keys, progress: library.bookmark(keys, progress=progress),
    "read": lambda library, keys, progress: library.articles.mark_read(keys, progress=progress),
    "trash": lambda library, keys, progress: library.articles.trash(keys, progress=progress),
    "tag": lambda library, keys, progress: library.tag(keys, ["new"], progress=progress),
    "untag": lambda library, keys, progress: library.tags.remove(keys, ["a/b"], progress=progress),
    "rename": lambda library, keys, progress: library.tags.rename("a", "c", progress=progress),
    "merge": lambda library, keys, progress: library.tags.merge(["a", "z"], "c", progress=progress),
    "delete": lambda library, keys, progress: library.tags.delete("a", progress=progress),
}


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "BATCH", 5)


def opened(folder: Path) -> Library:
    return Library.open(folder, clock=FakeClock(), timezone=BERLIN, new_id=FakeIds())


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library of many articles, to be copied."""
    folder = tmp_path_factory.mktemp("many") / "library"
    library = opened(folder)
    for number in range(MANY):
        head = f"title: Report {number}\ndate: 2024-01-{number + 1:02}\ntags: [a/b, z]"
        library.importing.add_bytes(f"{number}.md", f"---\n{head}\n---\nReport number {number}.\n".encode())
    library.close()
    return folder


@pytest.fixture
def many(written: Path, tmp_path: Path) -> Library:
    return opened(Path(shutil.copytree(written, tmp_path / "library")))


def state(library: Library) -> dict[str, dict[str, bytes]]:
    """Every document, encoded."""
    tables = library.workspace.database.catalog.read() or {}
    return {name: dict(table.encoded) for name, table in tables.items()}


def kept(tables: dict[str, dict[str, bytes]]) -> dict[str, dict[str, bytes]]:
    """What a person has: all but the history, and tables that are empty."""
    return {name: table for name, table in tables.items() if table and name != "history"}


class Steps:
    """A ``progress`` that remembers what it is reported, and may stop at one of its words."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.reported: list[tuple[int, int]] = []
        self._stop_at = stop_at

    def __call__(self, done: int, total: int) -> None:
        self.reported.append((done, total))
        if len(self.reported) - 1 == self._stop_at:
            raise ChangeStopped


def assert_complete(reported: list[tuple[int, int]], total: int) -> None:
    assert [done for done, _ in reported] == sorted({done for done, _ in reported})
    assert reported[-1] == (total, total)
    assert {whole for _, whole in reported} == {total}
    assert len(reported) > 3


@pytest.mark.parametrize("name", CHANGES)
def test_progress_grows_up_to_the_total_also_for_undo_and_redo(many: Library, name: str):
    change, steps, back, again = CHANGES[name], Steps(), Steps(), Steps()
    before = state(many)
    change(many, many.search.ids(), steps)
    after = state(many)
    assert_complete(steps.reported, steps.reported[0][1])
    assert steps.reported[0][1] >= MANY
    undone = many.undo(progress=back)
    assert_complete(back.reported, back.reported[0][1])
    assert kept(state(many)) == kept(before)
    assert many.redo(progress=again) == undone
    assert again.reported == back.reported
    assert state(many) == after


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("stop_at", [0, 2, 4], ids=["at once", "in the middle", "at the end"])
def test_a_change_that_is_stopped_leaves_no_trace(many: Library, name: str, stop_at: int):
    many.bookmark(many.search.ids("limit:1"))
    with opened(many.path) as other:
        journal, before = (many.path / JOURNAL_NAME).read_bytes(), state(many)
        with pytest.raises(ChangeStopped):
            CHANGES[name](many, many.search.ids(), Steps(stop_at))
        assert (many.path / JOURNAL_NAME).read_bytes() == journal
        assert state(many) == before
        assert not other.refresh()
        assert state(other) == before
        assert state(opened(many.path)) == before
        assert many.undo().title == "bookmark"
        CHANGES[name](many, many.search.ids(), None)  # and the library goes on
        assert other.refresh()
        assert state(other) == state(many)


@pytest.mark.parametrize("stop_at", [0, 2, 4], ids=["at once", "in the middle", "at the end"])
def test_undo_and_redo_are_stopped_without_a_trace(many: Library, stop_at: int):
    many.tag(many.search.ids(), ["new"])
    changed, journal = state(many), (many.path / JOURNAL_NAME).read_bytes()
    with pytest.raises(ChangeStopped):
        many.undo(progress=Steps(stop_at))
    assert (many.path / JOURNAL_NAME).read_bytes() == journal
    assert state(many) == changed
    many.undo()
    undone = state(many)
    with pytest.raises(ChangeStopped):
        many.redo(progress=Steps(stop_at))
    assert state(many) == undone == state(opened(many.path))
    many.redo()
    assert state(many) == changed


def test_any_error_in_the_progress_callback_stops_the_change(many: Library):
    before = state(many)

    def interrupted(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        many.bookmark(many.search.ids(), progress=interrupted)
    assert state(many) == before == state(opened(many.path))


def test_unchanged_articles_count_as_progress_but_not_as_changes(many: Library):
    keys, steps = many.search.ids(), Steps()
    assert many.articles.mark_read(keys[:20]) == keys[:20]
    assert many.articles.mark_read(keys, progress=steps) == keys[20:]
    assert_complete(steps.reported, MANY)
    assert many.undo().ids == tuple(keys[20:])
    assert many.search.ids("is:unread") == keys[20:]
    many.undo()
    assert many.articles.mark_read([]) == []
    while True:
        try:
            assert many.undo().title.startswith("import")
        except NothingToUndo:
            break
