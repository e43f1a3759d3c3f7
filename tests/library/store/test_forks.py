"""Copies of a library with diverged histories: whatever a file synchroniser does, no note is lost."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from contextlib import suppress
from itertools import combinations
from pathlib import Path

import pytest
from disks import FailingDisk, Stop
from fakes import FakeClock, markdown

from library import Library, StoreUnwritable
from library.maintenance.doctor import examine, repair
from library.maintenance.findings import Code
from library.store.layout import CATALOG_NAME, JOURNAL_NAME
from library.store.storage import CatalogStorage

FILES = (CATALOG_NAME, JOURNAL_NAME)
SOME_FILES = [names for count in (1, 2) for names in combinations(FILES, count)]


def opened(folder: Path) -> Library:
    return Library.open(folder, clock=FakeClock())


def notes(folder: Path) -> set[str]:
    with opened(folder) as library:
        assert library.writable, library.maintenance.notices
        return {note.body for note in library.annotations.select()}


def ended(library: Library) -> None:
    """Close a library like a program that ends without folding."""
    library.indexes.full_text.close()
    library.workspace.database.close()


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two copies of a library with an article and a note."""
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    library = opened(mine)
    library.importing.add_bytes("a.md", markdown("Strike", "Dock workers went on strike."))
    library.note(library.search.ids()[0], "common")
    ended(library)
    shutil.copytree(mine, theirs)
    return mine, theirs


def note(folder: Path, *bodies: str, fold: bool = False) -> None:
    library = opened(folder)
    for body in bodies:
        library.note(library.search.ids()[0], body)
    if fold:
        library.workspace.database.catalog.fold()
    ended(library)


def bring(source: Path, target: Path, *names: str) -> None:
    """Put files in place like a synchroniser: write a temporary file, then rename it."""
    for name in names:
        shutil.copy(source / name, target / f".syncthing.{name}.tmp").rename(target / name)


@pytest.mark.parametrize("names", SOME_FILES, ids="+".join)
@pytest.mark.parametrize("folded", [(), ("mine",), ("theirs",), ("mine", "theirs")], ids="+".join)
@pytest.mark.parametrize("looks", [True, False], ids=["looks", "writes"])
def test_files_brought_while_the_library_is_open_lose_no_note_of_either(
    two: tuple[Path, Path], names: tuple[str, ...], folded: tuple[str, ...], looks: bool
):
    mine, theirs = two
    note(theirs, "theirs 1", "theirs 2", fold="theirs" in folded)
    with opened(mine) as library:
        (key,) = library.search.ids()
        for body in ("mine 1", "mine 2", "mine 3"):
            library.note(key, body)
        if "mine" in folded:
            library.workspace.database.catalog.fold()
        wanted = {"common", "mine 1", "mine 2", "mine 3"}
        for name in names:  # one by one, with a refresh after each
            bring(theirs, mine, name)
            if looks:
                library.refresh()
                continue
            with suppress(StoreUnwritable):  # while only some of the files are there
                wanted.add(library.note(key, f"after {name}").body)
        assert wanted <= {one.body for one in library.annotations.select()}
    repair(mine, now=FakeClock()())
    found = notes(mine)
    assert wanted <= found
    brought_all = set(names) == set(FILES) or ("theirs" not in folded and JOURNAL_NAME in names)
    if brought_all or (names == (CATALOG_NAME,) and "theirs" in folded):
        assert {"theirs 1", "theirs 2"} <= found


def test_the_merge_is_reported_and_the_files_are_kept(two: tuple[Path, Path]):
    mine, theirs = two
    note(theirs, "theirs")
    with opened(mine) as library:
        library.note(library.search.ids()[0], "mine")
        bring(theirs, mine, JOURNAL_NAME)
        assert library.refresh() is True
        assert {one.body for one in library.annotations.select()} == {"common", "mine", "theirs"}
        (notice,) = library.maintenance.notices
        assert "no note was lost" in notice and str(mine / "conflict-1") in notice
    assert (mine / "conflict-1" / JOURNAL_NAME).read_bytes() == (theirs / JOURNAL_NAME).read_bytes()
    kept = json.loads((mine / "conflict-1" / f"{CATALOG_NAME}.memory").read_bytes())
    assert {one["body"] for one in kept["annotations"].values()} == {"common", "mine"}
    assert examine(mine, now=FakeClock()()) == ()


@pytest.mark.parametrize("names", SOME_FILES, ids="+".join)
def test_files_brought_while_the_library_is_closed_lose_no_note_in_it(
    two: tuple[Path, Path], names: tuple[str, ...]
):
    mine, theirs = two
    note(mine, "mine 1", "mine 2", "mine 3", fold=True)
    note(theirs, "theirs 1", "theirs 2", fold=CATALOG_NAME in names)
    bring(theirs, mine, *names)
    repair(mine, now=FakeClock()())
    assert notes(mine) == ALL_NOTES
    assert repair(mine, now=FakeClock()()) == ()


ALL_NOTES = {"common", "theirs 1", "theirs 2", "mine 1", "mine 2", "mine 3"}


@pytest.mark.parametrize("names", SOME_FILES, ids="+".join)
@pytest.mark.parametrize("more", [0, 1, 5], ids="{} more".format)
@pytest.mark.parametrize("closed", [True, False], ids=["closed", "killed"])
def test_a_history_replaced_while_the_library_was_closed_is_kept_by_later_changes(
    two: tuple[Path, Path], names: tuple[str, ...], more: int, closed: bool
):
    """The other copy has fewer, as many or more changes; the library is used before the repair."""
    mine, theirs = two
    note(mine, "mine 1", "mine 2", "mine 3", fold=closed)
    note(
        theirs,
        "theirs 1",
        "theirs 2",
        *(f"more {number}" for number in range(more)),
        fold=CATALOG_NAME in names,
    )
    bring(theirs, mine, *names)
    for number in range(3):
        with opened(mine) as library, suppress(StoreUnwritable):
            library.note(library.search.ids()[0], f"after {number}")
    repair(mine, now=FakeClock()())
    overwritten = not closed and JOURNAL_NAME in names  # they were in the journal alone
    kept = {"common", "theirs 1", "theirs 2"} if overwritten else ALL_NOTES
    assert notes(mine) >= kept | {f"more {number}" for number in range(more)}


def test_a_catalogue_replaced_while_the_library_was_closed_is_reported(two: tuple[Path, Path]):
    mine, theirs = two
    note(mine, "mine 1", fold=True)
    note(theirs, "theirs 1", "theirs 2", fold=True)
    bring(theirs, mine, *FILES)
    (finding,) = examine(mine, now=FakeClock()())
    assert finding.code is Code.CONFLICT_COPY and finding.path == f"{CATALOG_NAME}.previous"
    assert "1 annotation" in finding.sentence
    with opened(mine) as library:
        library.note(library.search.ids()[0], "after")
    (finding,) = examine(mine, now=FakeClock()())
    assert finding.code is Code.CONFLICT_COPY and finding.path == f"conflict-1/{CATALOG_NAME}"
    repair(mine, now=FakeClock()())
    assert notes(mine) == {"common", "mine 1", "theirs 1", "theirs 2", "after"}


def test_a_library_that_only_continued_has_no_previous_history_to_keep(two: tuple[Path, Path]):
    mine, _ = two
    for round_ in range(4):
        with opened(mine) as library:
            for number in range(round_ * 120):
                library.articles.mark(library.search.ids(), "bookmarked", number % 2 == 0)
            library.annotations.remove(library.note(library.search.ids()[0], "gone").id)
            library.workspace.database.catalog.fold()
        assert examine(mine, now=FakeClock()()) == ()
    assert not list(mine.glob("conflict-*"))


def test_a_journal_with_more_changes_of_another_history_is_not_taken_for_the_rest_of_ours(
    two: tuple[Path, Path],
):
    mine, theirs = two
    note(mine, "mine", fold=True)
    note(theirs, "theirs 1", "theirs 2", "theirs 3")
    bring(theirs, mine, JOURNAL_NAME)
    assert notes(mine) == {"common", "mine", "theirs 1", "theirs 2", "theirs 3"}


def test_a_copy_that_only_continued_replaces_ours(two: tuple[Path, Path]):
    mine, theirs = two
    with opened(theirs) as library:
        library.note(library.search.ids()[0], "new")
        library.annotations.remove(
            next(one.id for one in library.annotations.select() if one.body == "common")
        )
        library.workspace.database.catalog.fold()
    with opened(mine) as library:
        bring(theirs, mine, *FILES)
        library.refresh()
        assert {one.body for one in library.annotations.select()} == {"new"}
        assert library.maintenance.notices == ()
    assert notes(mine) == {"new"} and not (mine / "conflict-1").exists()


def test_a_merged_library_that_comes_back_to_the_other_machine_is_taken_over(two: tuple[Path, Path]):
    mine, theirs = two
    note(theirs, "theirs")
    with opened(theirs) as other:
        with opened(mine) as library:
            library.note(library.search.ids()[0], "mine")
            bring(theirs, mine, *FILES)
            library.refresh()
        bring(mine, theirs, *FILES)
        other.refresh()
        assert other.maintenance.notices == ()
    assert notes(mine) == notes(theirs) == {"common", "mine", "theirs"}


def test_a_note_deleted_on_one_side_and_unchanged_on_the_other_stays_deleted(two: tuple[Path, Path]):
    mine, theirs = two
    note(theirs, "theirs")
    with opened(mine) as library:
        library.annotations.remove(library.annotations.select()[0].id)
        bring(theirs, mine, *FILES)
        library.refresh()
    assert notes(mine) == {"theirs"}


def test_a_note_that_both_edited_is_there_in_both_wordings(two: tuple[Path, Path]):
    mine, theirs = two
    with opened(theirs) as library:
        library.annotations.edit_note(library.annotations.select()[0].id, "the words of theirs")
        library.tag(library.search.ids(), ["theirs"])
        library.bookmark(library.search.ids())
    with opened(mine) as library:
        library.annotations.edit_note(library.annotations.select()[0].id, "the words of mine")
        library.tag(library.search.ids(), ["mine"])
        bring(theirs, mine, *FILES)
        library.refresh()
        (article,) = library.select()
        assert set(article.tags) == {"mine", "theirs"} and article.state.bookmarked
        library.undo()
    assert notes(mine) == {"the words of theirs", "the words of mine"}


def test_a_program_that_is_killed_before_it_can_merge_leaves_what_the_other_had(two: tuple[Path, Path]):
    mine, theirs = two
    note(theirs, "theirs", fold=True)
    note(mine, "mine")
    bring(theirs, mine, CATALOG_NAME)
    assert notes(mine) >= {"common", "theirs"}


def test_another_process_that_has_the_library_open_loses_no_acknowledged_change(two: tuple[Path, Path]):
    mine, theirs = two
    note(theirs, *(f"theirs {number}" for number in range(5)))
    program = """
import sys
from library import Library, StoreUnwritable
with Library.open(sys.argv[1]) as library:
    for number in range(5):
        library.note(library.search.ids()[0], f"mine {number}")
    print("written", flush=True)
    input()
    library.refresh()
    library.note(library.search.ids()[0], "mine after")
"""
    command = [sys.executable, "-c", program, str(mine)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None and child.stdout.readline() == "written\n"
        bring(theirs, mine, *FILES)
        child.communicate("\n", timeout=120)
    assert child.returncode == 0
    assert len(notes(mine)) == 12


# Files that are missing


def test_texts_without_a_catalogue_are_not_a_new_library(two: tuple[Path, Path]):
    mine, _ = two
    for path in mine.glob("catalog*"):
        path.unlink()
    with opened(mine) as library:
        assert not library.writable and library.importing.add_starter_articles() == 0
        assert (
            "articles in texts" in library.maintenance.notices[0]
            and "doctor --repair" in library.maintenance.notices[0]
        )
    assert not (mine / CATALOG_NAME).exists()
    repair(mine, now=FakeClock()())
    with opened(mine) as library:
        assert library.writable and [one.title for one in library.select()] == ["Strike"]


def test_a_catalogue_without_its_journal_is_read_only_until_it_is_there(two: tuple[Path, Path]):
    mine, _ = two
    note(mine, "folded", fold=True)
    note(mine, "in the journal")
    (mine / JOURNAL_NAME).rename(mine / "away")
    with opened(mine) as library:
        assert not library.writable and JOURNAL_NAME in library.maintenance.notices[0]
        (mine / "away").rename(mine / JOURNAL_NAME)
        library.refresh()
        assert library.writable
        library.note(library.search.ids()[0], "after")
    assert notes(mine) == {"common", "folded", "in the journal", "after"}


def test_a_library_without_its_journal_is_not_a_new_library(tmp_path: Path):
    with opened(tmp_path) as library:
        library.importing.add_bytes("a.md", markdown("Strike", "Dock workers went on strike."))
        library.workspace.database.catalog.close()
    (tmp_path / JOURNAL_NAME).unlink()
    with opened(tmp_path) as library:
        assert library.importing.add_starter_articles() == 0 and not library.writable


def test_files_that_are_not_whole_yet_are_waited_for(two: tuple[Path, Path]):
    """The folded journal of the other machine comes before its catalogue."""
    mine, theirs = two
    note(theirs, "theirs 1", "theirs 2", fold=True)
    with opened(mine) as library:
        library.note(library.search.ids()[0], "mine")
        bring(theirs, mine, JOURNAL_NAME)
        library.refresh()
        assert {one.body for one in library.annotations.select()} == {"common", "mine"}
        bring(theirs, mine, CATALOG_NAME)
        library.refresh()
        assert {one.body for one in library.annotations.select()} == {
            "common",
            "mine",
            "theirs 1",
            "theirs 2",
        }
    assert notes(mine) == {"common", "mine", "theirs 1", "theirs 2"}


def test_a_repair_merges_a_journal_of_another_line_of_history(two: tuple[Path, Path], tmp_path: Path):
    """The library of the other machine was created there; it has the same article."""
    mine, other = two[0], tmp_path / "other"
    note(mine, "mine", fold=True)
    library = opened(other)
    library.importing.add_bytes("a.md", markdown("Strike", "Dock workers went on strike."))
    library.note(library.search.ids()[0], "other 1")
    library.note(library.search.ids()[0], "other 2")
    ended(library)
    bring(other, mine, JOURNAL_NAME)
    with opened(mine) as library:
        assert not library.writable and "doctor --repair" in " ".join(library.maintenance.notices)
        assert {one.body for one in library.annotations.select()} >= {"common", "mine"}
    found = repair(mine, now=FakeClock()())
    assert [one.code for one in found] == [Code.CATALOGUE_DAMAGED, Code.CONFLICT_COPY]
    assert "2 annotations" in found[1].sentence
    assert notes(mine) == {"common", "mine", "other 1", "other 2"}
    assert examine(mine, now=FakeClock()()) == ()


def test_a_catalogue_of_another_line_of_history_costs_nothing_of_the_one_it_replaced(
    two: tuple[Path, Path], tmp_path: Path
):
    mine, other = two[0], tmp_path / "other"
    note(mine, "mine", fold=True)
    with opened(other) as library:
        library.importing.add_bytes("a.md", markdown("Strike", "Dock workers went on strike."))
        library.note(library.search.ids()[0], "other")
    for names in ((CATALOG_NAME,), FILES):
        folder = Path(shutil.copytree(mine, tmp_path / "+".join(names)))
        bring(other, folder, *names)
        repair(folder, now=FakeClock()())
        assert notes(folder) == {"common", "mine", "other"}
        assert repair(folder, now=FakeClock()()) == ()


# Kills during the merge


class DyingDisk(FailingDisk):
    """A disk at which the program ends at one call, without real syncs."""

    def sync(self, descriptor: int) -> None:
        self.calls += 1
        self.before("sync", ())

    def sync_folder(self, path: Path) -> None:
        self.calls += 1
        self.before("sync_folder", ())


@pytest.mark.parametrize("folded", [False, True], ids=["journal", "catalogue"])
def test_a_program_killed_at_any_call_of_the_merge_loses_no_note(
    two: tuple[Path, Path], tmp_path: Path, folded: bool
):
    mine, theirs = two
    note(theirs, "theirs", fold=folded)
    wanted, early = {"common", "mine", "theirs"}, 0
    for stop in range(1, 200):
        folder = Path(shutil.copytree(mine, tmp_path / f"try-{stop}"))
        disk = DyingDisk(0, Stop)
        storage = CatalogStorage(folder, disk)
        note(folder, "mine")
        storage.refresh()
        bring(theirs, folder, *FILES)
        disk.at = disk.calls + stop
        with suppress(Stop):
            storage.refresh()
        done = not disk.failed
        disk.at = 0
        storage.close()
        saved = list(folder.glob("conflict-*/catalog.json.memory"))
        repair(folder, now=FakeClock()())
        found = notes(folder)
        if saved:
            assert found == wanted
        else:  # killed before the first file was written, memory was the only place where our note was
            assert found >= {"common", "theirs"}
            early = stop
        if done:
            assert early < stop // 2
            break
    else:
        pytest.fail("the merge never ends")


# Conflict copies


NAMES = [
    "catalog.sync-conflict-20261130-155500-ABCDEFG.{}",
    "catalog (Anna's conflicted copy 2026-11-30).{}",
    "catalog (conflicted copy 2026-11-30 155500).{}",
    "catalog_conflict-20261130-155500.{}",
    "catalog (SFConflict anna@example.org 2026-11-30-15-55-00).{}",
    "catalog (1).{}",
    "catalog 2.{}",
    "catalog-LAPTOP.{}",
    "catalog.{}.sync-conflict",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["json", "journal"])
def test_a_conflict_copy_is_reported_and_its_own_documents_are_merged(
    two: tuple[Path, Path], name: str, kind: str
):
    mine, theirs = two
    note(mine, "mine")
    note(theirs, "theirs", fold=kind == "json")
    copy = mine / name.format(kind)
    shutil.copy(theirs / f"catalog.{kind}", copy)
    with opened(mine) as library:
        assert (
            copy.name in library.maintenance.notices[0]
            and "doctor --repair" in library.maintenance.notices[0]
        )
    (finding,) = examine(mine, now=FakeClock()())
    assert finding.code is Code.CONFLICT_COPY and "1 annotation" in finding.sentence and finding.repairable
    assert notes(mine) == {"common", "mine"}, "examining changes nothing"
    assert repair(mine, now=FakeClock()()) == (finding,)
    assert notes(mine) == {"common", "mine", "theirs"}
    assert not copy.exists() and (mine / "damaged-1" / copy.name).exists()
    with opened(mine) as library:
        assert library.maintenance.notices == ()
        library.undo()
    assert notes(mine) == {"common", "mine"}


def test_a_conflict_copy_from_which_the_library_continued_has_nothing_new(two: tuple[Path, Path]):
    mine, _ = two
    with opened(mine) as library:
        library.workspace.database.catalog.fold()
        shutil.copy(mine / CATALOG_NAME, mine / "catalog.sync-conflict-1.json")
        library.annotations.remove(library.annotations.select()[0].id)
    (finding,) = examine(mine, now=FakeClock()())
    assert finding.harmless
    repair(mine, now=FakeClock()())
    assert notes(mine) == set() and examine(mine, now=FakeClock()()) == ()


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"annotations": {"a": {"body": 1}}}'])
def test_a_damaged_copy_does_no_harm(two: tuple[Path, Path], content: bytes):
    mine, _ = two
    (mine / "catalog.sync-conflict-1.json").write_bytes(content)
    examine(mine, now=FakeClock()())
    repair(mine, now=FakeClock()())
    assert notes(mine) == {"common"}
