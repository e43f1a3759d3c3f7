"""A full disk: a refused change leaves nothing behind, and a completed one is not reported as failed."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fakes import FakeClock, markdown

from library import Library, LibraryError, StoreUnwritable
from library.maintenance.doctor import examine, repair
from library.store.disk import Disk

NOW = datetime(2021, 3, 8, 12, tzinfo=UTC)


@contextmanager
def full_after(writes: int, call: str = "write") -> Iterator[list[int]]:
    """Let only the first ``writes`` calls succeed; yield a list with the number of calls so far."""
    calls, true_call = [0], getattr(Disk, call)

    def counted(disk: Disk, *arguments: object) -> object:
        calls[0] += 1
        if calls[0] > writes:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return true_call(disk, *arguments)

    setattr(Disk, call, counted)
    try:
        yield calls
    finally:
        setattr(Disk, call, true_call)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    for name in ("first", "second", "third"):
        (folder / f"{name}.md").write_bytes(
            markdown(f"The {name} article", f"This is the {name} text.", url=f"https://example.org/{name}")
        )
    return folder


def texts_of(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "texts").rglob("*.md"))


@pytest.mark.parametrize("begun", [False, True], ids=["new library", "library in use"])
def test_an_import_that_is_refused_leaves_no_texts(sources: Path, tmp_path: Path, begun: bool) -> None:
    writes, done = 0, False
    while not done:
        folder = tmp_path / f"library-{writes}"
        with Library.open(folder) as library:
            if begun:
                library.importing.add_bytes("old.md", markdown("An old article", "It is there already."))
            before = texts_of(folder)
            with full_after(writes):
                try:
                    list(library.add(sources))
                    done = True
                except StoreUnwritable:
                    assert texts_of(folder) == before
                    assert begun or not (folder / "texts").exists()
                    assert len(library.search.ids()) == len(before)
        if not done:
            repair(folder, now=NOW)
            with Library.open(folder) as library:
                assert len(library.search.ids()) == len(before)
                assert len(list(library.add(sources))) == 3
                assert len(library.search.ids()) == len(before) + 3
        assert examine(folder, now=NOW) == ()
        writes += 1
    assert writes > 4


def test_a_new_text_of_an_article_that_is_refused_leaves_the_previous(tmp_path: Path) -> None:
    url = "https://example.org/first"
    with Library.open(tmp_path) as library:
        library.importing.add_bytes("a.md", markdown("The first article", "This is the first text.", url=url))
        before = texts_of(tmp_path)
        with full_after(1), pytest.raises(StoreUnwritable):
            library.importing.add_bytes(
                "a.md", markdown("The first article", "This is its second text.", url=url)
            )
        assert texts_of(tmp_path) == before
        assert "the first text" in library.articles.body(library.search.ids()[0])


def test_emptying_the_trash_reports_what_was_done(tmp_path: Path, clock: FakeClock) -> None:
    writes, done = 0, False
    while not done:
        folder = tmp_path / f"library-{writes}"
        with Library.open(folder, clock=clock) as library:
            library.importing.add_bytes("a.md", markdown("The first article", "This is the first text."))
            library.articles.trash(library.search.ids())
            with full_after(writes):
                try:
                    deleted = library.maintenance.empty_trash()
                except StoreUnwritable as error:
                    assert "Nothing was changed" in str(error)
                    assert len(library.search.ids("is:trashed")) == 1
                    assert len(texts_of(folder)) == 1
                else:
                    done = True
                    assert len(deleted) == 1
                    assert texts_of(folder) == []
        if done:
            with Library.open(folder) as library:
                assert library.search.ids("is:trashed") == []
            assert examine(folder, now=NOW) == ()
        writes += 1


def test_a_file_that_cannot_be_deleted_is_reported(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        library.importing.add_bytes("a.md", markdown("The first article", "This is the first text."))
        text = tmp_path / library.articles.get(library.search.ids()[0]).text
        library.articles.trash(library.search.ids())
        text.unlink()
        text.mkdir()  # cannot be deleted, like a file in use
        with pytest.raises(LibraryError, match="The articles are deleted, but 1 of their files"):
            library.maintenance.empty_trash()
        assert library.search.ids("is:trashed") == []
