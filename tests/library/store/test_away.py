"""A library whose disk is removed, full or read-only while it is open: reported, and no typed text is lost."""

from __future__ import annotations

import errno
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from library import ImportStatus, Library, LibraryError, StoreUnwritable
from library.maintenance.doctor import examine
from library.store.disk import Disk


def moved_back(away: Path, folder: Path) -> None:
    away.rename(folder)


def back_as_a_copy(away: Path, folder: Path) -> None:
    shutil.copytree(away, folder)


@pytest.mark.parametrize("come_back", [moved_back, back_as_a_copy])
def test_a_removed_library_is_reported_and_works_again_when_it_is_back(
    seeded: Library, tmp_path: Path, come_back: Callable[[Path, Path], None]
):
    (key,) = seeded.search.ids("oil")
    article = tmp_path / "new.md"
    article.write_text("# New\n\nWords.\n")
    seeded.path.rename(tmp_path / "away")

    for change in (
        lambda: seeded.note(key, "Half a thought"),
        lambda: seeded.bookmark([key]),
        lambda: list(seeded.add(article)),
        seeded.undo,
    ):
        with pytest.raises(StoreUnwritable, match="no longer there"):
            change()
    with pytest.raises(StoreUnwritable, match=r"no catalog\.json"):
        seeded.drafts.keep(key, "Half a thought")
    with pytest.raises(LibraryError, match="cannot be read"):
        seeded.articles.body(key)
    seeded.maintenance.run_due()
    assert seeded.refresh() is False
    assert len(seeded.select()) == 5
    assert not seeded.path.exists(), "what is written in its place would be hidden when it is back"

    come_back(tmp_path / "away", seeded.path)
    seeded.drafts.keep(key, "Half a thought")
    assert seeded.note(key, "Half a thought") in seeded.annotations.select()
    assert [outcome.status for outcome in seeded.add(article)] == [ImportStatus.ADDED]
    seeded.drafts.keep(key, "")
    assert examine(seeded.path, now=seeded.workspace.clock()) == ()
    with Library.open(seeded.path) as other:
        assert [note.body for note in other.annotations.select()] == ["Half a thought"]


def test_a_full_disk_refuses_a_note_and_accepts_it_when_there_is_space(
    seeded: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (key,) = seeded.search.ids("oil")
    article = tmp_path / "new.md"
    article.write_text("# New\n\nWords.\n")
    texts = sorted((seeded.path / "texts").rglob("*"))

    def fail(*arguments: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(Disk, "write", fail)
        for change in (
            lambda: seeded.note(key, "Half a thought"),
            lambda: seeded.drafts.keep(key, "Half a thought"),
            lambda: list(seeded.add(article)),
            seeded.maintenance.run_due,
        ):
            with pytest.raises(StoreUnwritable, match="No space left"):
                change()
        assert seeded.annotations.select() == [] and len(seeded.select()) == 5
        assert sorted((seeded.path / "texts").rglob("*")) == texts

    assert seeded.note(key, "Half a thought") in seeded.annotations.select()
    assert [outcome.status for outcome in seeded.add(article)] == [ImportStatus.ADDED]
    assert examine(seeded.path, now=seeded.workspace.clock()) == ()


@pytest.fixture
def read_only(seeded: Library, tmp_path: Path) -> Iterator[Path]:
    """The five articles on a read-only disk."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        shutil.copytree(seeded.path, disk / "library")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        yield disk / "library"
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def test_a_library_on_a_read_only_disk_is_read_and_backed_up(read_only: Path, tmp_path: Path):
    with Library.open(read_only) as library:
        assert library.maintenance.notices == () and library.writable is False
        (key,) = library.search.ids("strike")
        assert "Dock workers" in library.articles.body(key)
        for change in (lambda: library.note(key, "No"), lambda: library.drafts.keep(key, "No")):
            with pytest.raises(StoreUnwritable, match="Read-only file system"):
                change()
        assert library.maintenance.back_up(tmp_path / "backup.zip").articles == 5
        assert examine(read_only, now=library.workspace.clock()) == ()


def test_a_link_to_a_missing_disk_is_reported_and_nothing_is_lost(seeded: Library, tmp_path: Path):
    disk, texts = tmp_path / "disk", seeded.path / "texts"
    texts.rename(disk)
    texts.symlink_to(disk)
    disk.rename(tmp_path / "unplugged")
    before = seeded.search.ids()
    with pytest.raises(StoreUnwritable) as refused:
        seeded.importing.add_bytes("new.md", b"# New\n\nWords.\n")
    assert f"{texts} leads to {disk}, which is not there" in str(refused.value)
    assert "File exists" not in str(refused.value)
    assert seeded.search.ids() == before and texts.is_symlink() and not disk.exists()
    (tmp_path / "unplugged").rename(disk)
    assert seeded.importing.add_bytes("new.md", b"# New\n\nWords.\n").status is ImportStatus.ADDED
