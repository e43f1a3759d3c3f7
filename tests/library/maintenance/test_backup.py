"""A backup contains the whole library; a restore brings it back and never overwrites another one."""

from __future__ import annotations

import itertools
import json
import stat
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import BERLIN, NOW, FakeClock, FakeIds

from library import Library, LibraryError
from library.errors import LibraryLocked
from library.maintenance import backup as backup_module
from library.maintenance.backup import restore
from library.maintenance.doctor import examine
from library.maintenance.inspection import tables_at_one_change
from library.store.database import CatalogDatabase, open_database
from library.store.disk import Disk
from library.store.snapshot import Snapshot


@pytest.fixture
def noted(seeded: Library) -> Library:
    seeded.note(seeded.search.ids("strike")[0], "Whose week?", quote="another week")
    seeded.drafts.keep(seeded.search.ids("oil")[0], "Half a thought")
    (seeded.path / "images").mkdir()
    (seeded.path / "images" / "a.jpg").write_bytes(b"\xff\xd8 a picture")
    return seeded


@pytest.fixture
def file(noted: Library, tmp_path: Path) -> Path:
    """A backup of the five articles, a note, a draft and a picture."""
    return noted.maintenance.back_up(tmp_path / "library.zip").file


def everything(folder: Path) -> tuple[object, ...]:
    with open_database(folder) as database:
        tables = {name: dict(table) for name, table in (database.catalog.read() or {}).items()}
    files = {
        path.relative_to(folder): path.read_bytes()
        for top in ("texts", "drafts", "images")
        for path in (folder / top).rglob("*")
        if path.is_file() and path.suffix != ".lock"  # the lock of the open session
    }
    return tables, files


def test_a_restored_library_equals_the_backed_up_one(noted: Library, file: Path, tmp_path: Path):
    before = everything(noted.path)
    done = restore(file, tmp_path / "new", now=NOW)
    assert (done.texts, done.previous, done.findings) == (5, None, ())
    assert everything(tmp_path / "new") == before
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_restored_library_can_be_changed_and_undone(file: Path, tmp_path: Path):
    restore(file, tmp_path / "new", now=NOW)
    with Library.open(tmp_path / "new", clock=FakeClock(), timezone=BERLIN, new_id=FakeIds()) as library:
        assert library.undo().title == "note"
        library.bookmark(library.search.ids("oil"))
    assert examine(tmp_path / "new", now=NOW) == ()


def test_a_backup_reports_its_contents_and_replaces_a_previous_one(noted: Library, file: Path):
    made = noted.maintenance.back_up(file)
    assert (made.articles, made.annotations, made.files) == (5, 1, 5 + 1 + 1 + 1)
    assert made.bytes == file.stat().st_size
    assert [path.name for path in file.parent.glob("*library.zip*")] == ["library.zip"]


def test_backups_made_during_changes_are_consistent(noted: Library, tmp_path: Path):
    done = threading.Event()

    def write() -> None:
        with Library.open(noted.path, clock=FakeClock()) as other:
            for number in itertools.count():
                key = other.importing.add_bytes(
                    "late.md", f"# Late {number}\n\nThis is number {number}.\n".encode()
                ).id
                other.note(key, "Noted.")
                other.bookmark([key])
                if done.is_set():
                    return

    writer = threading.Thread(target=write)
    writer.start()
    files = [noted.maintenance.back_up(tmp_path / f"{number}.zip").file for number in range(6)]
    done.set()
    writer.join()
    for file in files:
        assert restore(file, file.with_suffix(""), now=NOW).findings == ()


def test_an_article_added_after_the_catalogue_was_read_is_not_in_the_backup(
    noted: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def read_and_then_added(database: CatalogDatabase) -> Snapshot:
        snapshot = tables_at_one_change(database)
        noted.importing.add_bytes("late.md", b"# Late\n\nToo late.\n")
        return snapshot

    monkeypatch.setattr(backup_module, "tables_at_one_change", read_and_then_added)
    assert (
        restore(noted.maintenance.back_up(tmp_path / "late.zip").file, tmp_path / "late", now=NOW).findings
        == ()
    )


def test_an_article_added_before_the_catalogue_is_read_is_in_the_backup_with_its_text(
    noted: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def added_and_then_read(database: CatalogDatabase) -> Snapshot:
        noted.importing.add_bytes("soon.md", b"# Soon\n\nJust in time.\n")
        return tables_at_one_change(database)

    monkeypatch.setattr(backup_module, "tables_at_one_change", added_and_then_read)
    done = restore(noted.maintenance.back_up(tmp_path / "soon.zip").file, tmp_path / "soon", now=NOW)
    assert (done.findings, done.texts) == ((), 6)


@pytest.mark.parametrize("content", [b"my thesis", b""])
def test_a_file_that_is_not_a_backup_is_not_overwritten(noted: Library, tmp_path: Path, content: bytes):
    (tmp_path / "thesis").write_bytes(content)
    with pytest.raises(LibraryError, match="was not changed"):
        noted.maintenance.back_up(tmp_path / "thesis")
    assert (tmp_path / "thesis").read_bytes() == content


def test_a_folder_in_place_of_the_file_is_reported(noted: Library, tmp_path: Path):
    with pytest.raises(LibraryError, match="is a folder"):
        noted.maintenance.back_up(tmp_path)
    with pytest.raises(LibraryError, match="cannot be written"):
        noted.maintenance.back_up(tmp_path / "nowhere" / "b.zip")


def test_after_a_failure_the_previous_backup_is_intact(
    noted: Library, file: Path, monkeypatch: pytest.MonkeyPatch
):
    before = file.read_bytes()

    def fail(path: Path) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(backup_module, "sync_folder", fail)
    monkeypatch.setattr(backup_module, "_is_dense", fail)
    with pytest.raises(LibraryError, match="full"):
        noted.maintenance.back_up(file)
    assert file.read_bytes() == before
    assert not list(file.parent.glob(".*.tmp"))


def test_an_article_of_one_letter_can_be_restored(library: Library, tmp_path: Path):
    library.importing.add_bytes("a.md", b"# A\n\n" + b"a" * 3_000_000)
    restore(library.maintenance.back_up(tmp_path / "b.zip").file, tmp_path / "new", now=NOW)


def test_a_library_is_not_overwritten(noted: Library, file: Path):
    before = everything(noted.path)
    with pytest.raises(LibraryError, match="--force"):
        restore(file, noted.path, now=NOW)
    assert everything(noted.path) == before


def test_with_force_the_whole_previous_library_is_moved_aside(noted: Library, file: Path):
    noted.bookmark(noted.search.ids("oil"))
    before = everything(noted.path)
    done = restore(file, noted.path, now=NOW, force=True)
    assert done.previous is not None and done.previous.name == "library.before-restore-1"
    assert everything(done.previous) == before
    again = restore(file, noted.path, now=NOW, force=True)
    assert again.previous is not None and again.previous.name == "library.before-restore-2"


def test_an_open_reader_continues_with_the_restored_library(noted: Library, file: Path):
    noted.bookmark(noted.search.ids("oil"))
    restore(file, noted.path, now=NOW, force=True)
    noted.refresh()
    assert noted.select("is:bookmarked") == []
    noted.articles.mark_read(noted.search.ids("oil"))
    with Library.open(noted.path, clock=FakeClock()) as other:
        assert len(other.select("is:read")) == 1


@pytest.mark.parametrize("folded", [False, True])
def test_programs_with_the_previous_library_open_read_the_restored_one_and_mix_nothing(
    noted: Library, file: Path, tmp_path: Path, folded: bool
):
    with Library.open(noted.path, clock=FakeClock()) as other:
        for _ in range(7):  # the restored library will use the same change numbers
            noted.articles.mark(noted.search.ids("oil"), "bookmarked", not noted.select("is:bookmarked"))
        noted.articles.trash(noted.search.ids("tram"))
        other.refresh()
        restore(file, noted.path, now=NOW, force=True)
        with Library.open(noted.path, clock=FakeClock()) as third:
            for _ in range(4):
                third.articles.mark(third.search.ids("storm"), "read", not third.select("is:read"))
            third.articles.mark_read(third.search.ids("pottery"))
            if folded:
                assert third.workspace.database.catalog.fold()
        for one in (noted, other):
            one.refresh()
            assert [article.title for article in one.select("is:read")] == ["Pottery for Beginners"]
            assert one.select("is:bookmarked") == [] and len(one.select()) == 5
        assert other.undo().title == "mark as read", "of the restored library, not of the previous one"
        noted.refresh()
        assert noted.select("is:read") == []
        noted.bookmark(noted.search.ids("tram"))
        assert noted.undo().title == "bookmark"
    assert examine(noted.path, now=NOW) == ()


def test_each_restored_library_starts_a_new_line_of_history(file: Path, tmp_path: Path):
    lines = []
    for name in ("one", "two"):
        restore(file, tmp_path / name, now=NOW)
        lines.append(json.loads((tmp_path / name / "catalog.json").read_bytes())["meta"]["library"]["line"])
    assert lines[0] and lines[1] and lines[0] != lines[1]


def test_a_library_that_is_being_changed_is_not_replaced(
    noted: Library, file: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Disk, "patience", 0.02)
    with Disk().locked(noted.path / "catalog.lock"), pytest.raises(LibraryLocked):
        restore(file, noted.path, now=NOW, force=True)
    assert sorted(path.name for path in noted.path.parent.iterdir()) == ["library", "library.zip"]
    noted.bookmark(noted.search.ids("oil"))


def test_a_missing_member_is_a_finding_after_the_restore(file: Path, tmp_path: Path):
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(tmp_path / "less.zip", "w") as target:
        for name in source.namelist():
            if "pottery" not in name:
                target.writestr(name, source.read(name))
    done = restore(tmp_path / "less.zip", tmp_path / "new", now=NOW)
    assert [finding.path.rpartition("/")[2][:7] for finding in done.findings] == ["pottery"]


def member(name: str, attributes: int = 0o600 << 16) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("placeholder")
    info.filename = info.orig_filename = name
    info.external_attr = attributes
    return info


Spoil = Callable[[zipfile.ZipFile], object]
TRAPS: dict[str, Spoil] = {
    "absolute": lambda archive: archive.writestr(member("/texts/a.md"), b""),
    "above": lambda archive: archive.writestr(member("texts/../../a.md"), b""),
    "backslash": lambda archive: archive.writestr(member("texts\\..\\a.md"), b""),
    "link": lambda archive: archive.writestr(member("texts/a.md", 0o120777 << 16), b"/etc/passwd"),
    "other folder": lambda archive: archive.writestr(member("elsewhere/a.md"), b""),
    "other file": lambda archive: archive.writestr(member("catalog.lock"), b""),
    "bomb": lambda archive: archive.writestr("texts/a.md", b"0" * 30_000_000, zipfile.ZIP_DEFLATED),
}


@pytest.mark.parametrize("name", TRAPS)
def test_a_malicious_backup_is_refused_completely(file: Path, tmp_path: Path, name: str):
    with zipfile.ZipFile(file, "a") as archive:
        TRAPS[name](archive)
    before = set(tmp_path.rglob("*"))
    with pytest.raises(LibraryError, match="Nothing was restored"):
        restore(file, tmp_path / "new", now=NOW)
    assert set(tmp_path.rglob("*")) == before


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_with_the_same_name_are_refused(file: Path, tmp_path: Path):
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("catalog.json", b"{}")
    with pytest.raises(LibraryError, match="two files with the same name"):
        restore(file, tmp_path / "new", now=NOW)


def test_too_many_members_are_refused_by_restore_and_backup(
    noted: Library, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(backup_module, "MEMBERS", 7)
    with pytest.raises(LibraryError, match="more than 7 files"):
        restore(file, tmp_path / "new", now=NOW)
    with pytest.raises(LibraryError, match="7 files at most"):
        noted.maintenance.back_up(tmp_path / "other.zip")
    assert not (tmp_path / "other.zip").exists()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_a_truncated_backup_is_refused_and_leaves_nothing(file: Path, tmp_path: Path, share: float):
    data = file.read_bytes()
    (tmp_path / "cut.zip").write_bytes(data[: int(len(data) * share)])
    with pytest.raises(LibraryError, match="Nothing was restored"):
        restore(tmp_path / "cut.zip", tmp_path / "new", now=NOW)
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.glob(".new*"))


def test_a_flipped_bit_in_a_backup_is_always_noticed(noted: Library, file: Path, tmp_path: Path):
    data, before = file.read_bytes(), everything(noted.path)
    for place in range(0, len(data), 97):
        flipped = bytearray(data)
        flipped[place] ^= 1
        (tmp_path / "flipped.zip").write_bytes(flipped)
        target = tmp_path / f"new{place}"
        try:
            done = restore(tmp_path / "flipped.zip", target, now=NOW)
        except LibraryError:
            assert not target.exists()
        else:
            assert done.findings or everything(target) == before, place


def test_a_missing_backup_is_reported(tmp_path: Path):
    with pytest.raises(LibraryError, match="does not exist"):
        restore(tmp_path / "no.zip", tmp_path / "new", now=NOW)
