"""The catalogue's files: truncated, flipped, lost, restored, and followed by other programs."""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from trials import QuickDisk, Trial, tables_of

from library.errors import FormatTooNew, StoreUnwritable
from library.store.journal import encode_change, encode_header, scan
from library.store.layout import CATALOG_NAME, JOURNAL_NAME
from library.store.storage import CatalogStorage


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@contextmanager
def opened(folder: Path) -> Iterator[CatalogStorage]:
    with closing(CatalogStorage(folder, QuickDisk())) as storage:
        yield storage


def written(folder: Path) -> Trial:
    """A library with a previous snapshot and journal, a snapshot and a journal of three changes."""
    trial = Trial()
    with opened(folder) as storage:
        for step in range(7):
            assert trial.change(storage)
            if step in (1, 3):
                assert storage.fold()
    return trial


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "catalog.lock"}


def ends(journal: bytes) -> list[int]:
    """Return the offsets at which records end, starting with 0."""
    places = [0]
    for line in journal.splitlines(keepends=True):
        places.append(places[-1] + len(line))
    return places


# Torn records


def test_a_journal_cut_at_any_byte_opens_with_everything_before_the_cut(folder: Path):
    trial = written(folder)
    journal = (folder / JOURNAL_NAME).read_bytes()
    places = ends(journal)
    for cut in range(len(journal) + 1):
        for path in folder.glob("*.torn-*"):
            path.unlink()
        (folder / JOURNAL_NAME).write_bytes(journal[:cut])
        whole = max(0, sum(place <= cut for place in places) - 2)
        with opened(folder) as storage:
            assert storage.damage is None
            assert tables_of(storage) == trial.states[4 + whole]
            torn = cut not in places
            assert [str(len(path.read_bytes())) for path in folder.glob("*.torn-*")] == [
                str(cut - max(place for place in places if place <= cut))
            ] * torn
            assert len(storage.notices) == torn
        with opened(folder) as storage:
            assert storage.notices == ()
            assert tables_of(storage) == trial.states[4 + whole]
            if cut % 7 == 0:
                storage.change("articles", {"after": {}})
        if cut % 7 == 0:
            with opened(folder) as storage:
                assert storage.table("articles").keys() == {*trial.states[4 + whole]["articles"], "after"}
            shutil.rmtree(folder)
            written(folder)
            journal = (folder / JOURNAL_NAME).read_bytes()


def test_a_journal_that_lost_its_header_gets_a_new_one(folder: Path):
    trial = written(folder)
    (folder / JOURNAL_NAME).write_bytes(b"")
    with opened(folder) as storage:
        storage.change("articles", {"after": {}})
        assert storage.table("articles").keys() == {*trial.states[4]["articles"], "after"}
    header = scan((folder / JOURNAL_NAME).read_bytes()).payloads[0]
    assert header["base"] == 4 and header["line"]


def test_a_torn_tail_of_another_program_is_set_aside_while_the_library_is_open(folder: Path):
    trial = written(folder)
    with opened(folder) as storage:
        with (folder / JOURNAL_NAME).open("ab") as file:
            file.write(b"0000005c 1a2b")
        storage.refresh()
        assert trial.change(storage)
        assert "13 bytes" in storage.notices[0]
        assert tables_of(storage) == trial.states[-1]
    with opened(folder) as storage:
        assert tables_of(storage) == trial.states[-1]


def test_a_record_of_a_program_killed_before_acknowledging_is_kept(folder: Path):
    written(folder)
    with (folder / JOURNAL_NAME).open("ab") as file:
        file.write(b"".join(encode_change(8, {"articles": {"killed": b"{}"}})))
    with opened(folder) as storage:
        storage.change("articles", {"after": {}})
    with opened(folder) as storage:
        assert {"killed", "after"} <= storage.table("articles").keys()


# Damage


def test_a_flipped_bit_at_any_byte_of_the_journal_is_noticed_and_nothing_is_written_over_it(folder: Path):
    trial = written(folder)
    journal = (folder / JOURNAL_NAME).read_bytes()
    last = ends(journal)[-2]
    for place in range(len(journal)):
        data = bytearray(journal)
        data[place] ^= 1 << (place % 8)
        (folder / JOURNAL_NAME).write_bytes(data)
        before = contents(folder)
        with opened(folder) as storage:
            found = tables_of(storage)
            if place >= last:  # as after a crash in the last change
                assert storage.damage is None and len(storage.notices) == 1
                assert found == trial.states[-2]
                (folder / f"{JOURNAL_NAME}.torn-1").unlink()
                continue
            assert storage.damage is not None
            assert all(document["n"] == int(key) for key, document in found["articles"].items())
            assert found["annotations"]["last"] == {"n": 7}, "what is whole after the damage is read"
            with pytest.raises(StoreUnwritable, match="damaged"):
                storage.change("articles", {"a": {}})
            assert storage.fold() is False
        assert contents(folder) == before


def test_a_flipped_bit_at_any_byte_of_the_snapshot_brings_the_previous_one_and_its_journal(folder: Path):
    trial = written(folder)
    snapshot = (folder / CATALOG_NAME).read_bytes()
    for place in range(len(snapshot)):
        data = bytearray(snapshot)
        data[place] ^= 1 << (place % 8)
        (folder / CATALOG_NAME).write_bytes(data)
        before = contents(folder)
        with opened(folder) as storage:
            assert storage.damage is not None
            assert tables_of(storage) == trial.states[-1]
            with pytest.raises(StoreUnwritable):
                storage.change("articles", {"a": {}})
        assert contents(folder) == before


@pytest.mark.parametrize("lost", [CATALOG_NAME, f"{CATALOG_NAME}.previous", f"{JOURNAL_NAME}.previous"])
def test_a_lost_file_costs_no_more_than_its_own_content(folder: Path, lost: str):
    trial = written(folder)
    (folder / lost).unlink()
    with opened(folder) as storage:
        assert (storage.damage is None) == (lost != CATALOG_NAME)
        assert tables_of(storage) == trial.states[-1]


def test_with_both_snapshots_bad_the_journals_are_still_read(folder: Path):
    written(folder)
    for name in (CATALOG_NAME, f"{CATALOG_NAME}.previous"):
        (folder / name).write_bytes(b"bad")
    with opened(folder) as storage:
        assert storage.damage is not None
        assert storage.table("annotations")["last"] == {"n": 7}
        assert {"4", "5", "6", "7"} <= storage.table("articles").keys()


def test_a_journal_of_another_library_is_not_mixed_in(folder: Path, tmp_path: Path):
    trial = written(folder)
    with opened(tmp_path / "other") as other:
        for number in range(9):
            other.change("articles", {f"other{number}": {}})
    shutil.copy(tmp_path / "other" / JOURNAL_NAME, folder / JOURNAL_NAME)
    with opened(folder) as storage:
        assert "belongs to another catalogue" in str(storage.damage)
        assert tables_of(storage) == trial.states[4]


def test_a_journal_of_a_newer_program_is_refused(folder: Path):
    written(folder)
    data = (folder / JOURNAL_NAME).read_bytes()
    record = encode_header(4, scan(data).payloads[0]["line"])
    body = record[18:-1].replace(b'"journal":1', b'"journal":9')
    length = b"%08x" % len(body)
    (folder / JOURNAL_NAME).write_bytes(
        b"%s %08x %s\n" % (length, zlib.crc32(body, zlib.crc32(length)), body)
    )
    with pytest.raises(FormatTooNew, match="format 9"):
        opened(folder).__enter__()


# Other programs


def test_another_program_sees_each_change_also_across_folds(folder: Path):
    trial = Trial()
    with opened(folder) as ours, opened(folder) as theirs:
        assert theirs.refresh() is False
        for step in range(12):
            assert trial.change(ours)
            if step % 3 == 0:
                assert ours.fold()
            assert theirs.refresh() is True
            assert theirs.refresh() is False
            assert ours.refresh() is False
            assert tables_of(theirs) == trial.states[-1]
            if step % 4 == 0:
                assert theirs.fold()
                assert ours.refresh() is False


def test_a_program_that_slept_through_two_folds_sees_everything(folder: Path):
    trial = Trial()
    with opened(folder) as ours, opened(folder) as theirs:
        for _ in range(3):
            assert trial.change(ours) and ours.fold()
            assert trial.change(ours)
        assert theirs.refresh() is True
        assert tables_of(theirs) == trial.states[-1]
        assert trial.change(theirs)
        assert ours.refresh() is True
        assert tables_of(ours) == trial.states[-1]


def test_one_folds_while_the_other_writes(folder: Path):
    trial = written(folder)
    with opened(folder) as ours, opened(folder) as theirs:
        fold = ours._files.begin_fold()
        assert fold is not None
        assert trial.change(theirs)
        path = ours._files.write_fold(fold)
        assert trial.change(theirs)
        with ours._turn, ours._files.locked():
            ours._files.follow_alone()
            assert ours._files.finish_fold(fold, path)
        assert trial.change(theirs)
        ours.refresh()
        assert tables_of(ours) == tables_of(theirs) == trial.states[-1]
    with opened(folder) as storage:
        assert tables_of(storage) == trial.states[-1]


def test_the_first_of_two_simultaneous_folds_counts(folder: Path):
    trial = written(folder)
    with opened(folder) as ours, opened(folder) as theirs:
        slow = ours._files.begin_fold()
        assert slow is not None
        path = ours._files.write_fold(slow)
        assert theirs.fold() is True
        assert trial.change(theirs)
        with ours._turn, ours._files.locked():
            ours._files.follow_alone()
            assert ours._files.finish_fold(slow, path) is False
        assert tables_of(ours) == trial.states[-1]
        assert not list(folder.glob(".catalog*"))
    with opened(folder) as storage:
        assert storage.damage is None
        assert tables_of(storage) == trial.states[-1]


def test_the_unfinished_fold_of_a_crashed_program_is_removed(folder: Path):
    trial = written(folder)
    (folder / ".catalog.json.0badcafe.fold").write_bytes(b"half a sn")
    (folder / ".catalog.journal.1.tmp").write_bytes(b"half")
    with opened(folder) as storage:
        assert trial.change(storage) and storage.fold()
    assert not list(folder.glob(".catalog*"))


@pytest.mark.parametrize("in_place", [False, True], ids=["renamed", "in_place"])
def test_an_older_library_put_in_place_takes_no_change_from_an_open_program(
    folder: Path, tmp_path: Path, in_place: bool
):
    trial = written(folder)
    shutil.copytree(folder, tmp_path / "backup")
    with opened(folder) as storage:
        for _ in range(3):
            assert trial.change(storage)
        for name in (CATALOG_NAME, JOURNAL_NAME):
            copy = shutil.copy(tmp_path / "backup" / name, folder / f"{name}.new")
            if in_place:
                (folder / name).write_bytes(Path(copy).read_bytes())
                Path(copy).unlink()
            else:
                Path(copy).replace(folder / name)
        storage.refresh()
        assert "by an older one" in storage.notices[0] and str(folder / "conflict-1") in storage.notices[0]
        assert tables_of(storage) == trial.states[-1]
        with opened(folder) as other:
            assert tables_of(other) == trial.states[-1], "it is on the disk again"
        assert trial.change(storage)
    assert (folder / "conflict-1" / JOURNAL_NAME).read_bytes() == (
        tmp_path / "backup" / JOURNAL_NAME
    ).read_bytes()
    with opened(folder) as storage:
        assert storage.damage is None
        assert tables_of(storage) == trial.states[-1]


def test_a_crash_between_the_two_renames_of_a_renewal_is_noticed_by_an_open_program(folder: Path):
    trial = written(folder)
    with opened(folder) as ours, opened(folder) as theirs:
        assert trial.change(ours)
        theirs.refresh()
        files = theirs._files
        files._suspect = True
        files._begin_journal = lambda *_: (_ for _ in ()).throw(OSError(5, "as if killed here"))  # type: ignore[method-assign]
        with pytest.raises(StoreUnwritable):
            theirs.change("articles", {"never": {}})
        assert trial.change(ours)
        with opened(folder) as third:
            assert tables_of(third) == tables_of(ours) == trial.states[-1]


def test_a_journal_that_was_removed_is_written_again(folder: Path):
    trial = written(folder)
    with opened(folder) as storage:
        (folder / JOURNAL_NAME).unlink()
        assert trial.change(storage)
    with opened(folder) as storage:
        assert storage.damage is None
        assert tables_of(storage) == trial.states[-1]


def test_a_library_that_vanished_stays_in_memory_and_is_not_created_again(folder: Path, tmp_path: Path):
    trial = written(folder)
    with opened(folder) as storage:
        folder.rename(tmp_path / "away")
        assert storage.refresh() is False
        assert tables_of(storage) == trial.states[-1]
        assert trial.change(storage) is False
        with pytest.raises(StoreUnwritable, match="no longer there"):
            storage.change("articles", {"a": {}})
        assert not folder.exists()
        (tmp_path / "away").rename(folder)
        assert trial.change(storage)
        assert tables_of(storage) == trial.states[-1]


def test_a_catalogue_damaged_while_it_is_open_stays_in_memory_until_it_is_repaired(folder: Path):
    trial = written(folder)
    with opened(folder) as storage:
        whole = (folder / CATALOG_NAME).read_bytes()
        (folder / "bad").write_bytes(b"damaged")
        (folder / "bad").replace(folder / CATALOG_NAME)
        assert trial.change(storage) is False
        assert storage.damage is not None
        assert tables_of(storage) == trial.states[-1]
        assert (folder / CATALOG_NAME).read_bytes() == b"damaged"
        (folder / "good").write_bytes(whole)
        (folder / "good").replace(folder / CATALOG_NAME)
        assert trial.change(storage)
        assert storage.damage is None
        assert tables_of(storage) == trial.states[-1]


@pytest.mark.parametrize("year", [0, 4_000_000_000], ids=["1970", "2096"])
def test_no_clock_is_asked(folder: Path, year: int, monkeypatch: pytest.MonkeyPatch):
    trial = written(folder)
    monkeypatch.setattr("time.time", lambda: float(year))
    with opened(folder) as ours, opened(folder) as theirs:
        for _ in range(3):
            assert trial.change(ours) and ours.fold()
            for path in folder.iterdir():
                os.utime(path, (year, year))
            assert theirs.refresh() is True
            assert tables_of(theirs) == trial.states[-1]


def test_the_migration_keeps_the_old_catalogue(folder: Path):
    folder.mkdir()
    old = json.dumps({"meta": {"library": {"format": 1}}, "articles": {"a": {"n": 1}}}).encode()
    (folder / CATALOG_NAME).write_bytes(old)
    with opened(folder) as storage:
        assert contents(folder) == {CATALOG_NAME: old}
        storage.change("articles", {"b": {}})
    assert (folder / "backups" / "catalog-format-1.json").read_bytes() == old
    with opened(folder) as storage:
        assert tables_of(storage) == {"articles": {"a": {"n": 1}, "b": {}}}
