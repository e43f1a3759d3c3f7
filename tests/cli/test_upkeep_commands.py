"""``doctor``, ``backup``, ``restore`` and ``trash --empty``: words, records and exit statuses."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from commandline import CommandLine

from tuireader.cli import upkeep


def test_the_doctor_is_content_with_a_whole_library(tuireader: CommandLine):
    assert tuireader("doctor").out == "The library is in order.\n"
    assert tuireader("doctor", "--json").records == []


def test_the_doctor_names_what_is_wrong_and_mends_it(tuireader: CommandLine):
    (text,) = (tuireader.folder / "texts").rglob("*regatta*.md")
    text.rename(text.with_name("other.md"))

    found = tuireader("doctor", status=1)
    assert "The Regatta Nobody Saw" in found.out
    assert "1 thing is wrong. 1 of them can be mended by: tuireader doctor --repair" in found.out
    (record,) = [one for one in tuireader("doctor", "--json", status=1).records if not one["harmless"]]
    assert (record["code"], record["mendable"], record["mended"]) == ("text-missing", True, False)
    assert record["ids"] == [tuireader.id_of("Regatta")]

    assert "mended: " in tuireader("doctor", "--repair").out
    assert tuireader("doctor").out == "The library is in order.\n"
    assert "Fog lay" in tuireader("show", "date:2020", "--plain").out


def test_what_cannot_be_mended_stays_wrong(tuireader: CommandLine):
    (text,) = (tuireader.folder / "texts").rglob("*regatta*.md")
    text.unlink()
    assert "wrong: " in tuireader("doctor", "--repair", status=1).out


def test_the_doctor_opens_a_damaged_catalogue_and_fills_no_library(tuireader: CommandLine, tmp_path: Path):
    (tuireader.folder / "catalog.json").write_bytes(b"{")
    assert "damaged" in tuireader("doctor", status=1).out
    tuireader("doctor", "--repair")
    assert len(tuireader.titles()) == 4


def test_where_there_is_no_library_the_doctor_says_so_and_makes_none(fresh: CommandLine):
    assert "no library" in fresh("doctor", status=1).err
    assert not fresh.folder.exists()


def test_a_backup_is_restored_elsewhere_and_not_over_a_library(tuireader: CommandLine, tmp_path: Path):
    file = tmp_path / "backup.zip"
    assert "4 articles and 0 annotations" in tuireader("backup", file).out
    record = tuireader("backup", file, "--json").record
    assert (record["file"], record["articles"], record["annotations"]) == (str(file), 4, 0)

    before = tuireader.contents()
    assert "--force" in tuireader("restore", file, status=1).err
    assert tuireader.contents() == before

    tuireader("bookmark", "date:2020")
    done = tuireader("restore", file, "--force", "--json").record
    assert done["former"] == f"{tuireader.folder}.before-restore-1"
    assert tuireader.titles("is:bookmarked") == []
    assert len(tuireader.titles()) == 4


def test_a_file_that_is_no_backup_restores_nothing(fresh: CommandLine, tmp_path: Path):
    (tmp_path / "thesis").write_bytes(b"my thesis")
    assert "Nothing was restored" in fresh("restore", tmp_path / "thesis", status=1).err
    assert not fresh.folder.exists()


@pytest.fixture
def trash(tuireader: CommandLine) -> CommandLine:
    """Two of the four articles are in the trash."""
    tuireader("trash", "tag:sport OR tag:city")
    return tuireader


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "_asked_on_terminal", lambda: True)


def test_without_a_terminal_the_trash_is_emptied_only_by_yes(trash: CommandLine):
    assert "--yes" in trash("trash", "--empty", status=2).err
    assert len(trash.titles("is:trashed")) == 2
    assert trash("trash", "--empty", "--yes").out == "2 articles deleted for good.\n"
    assert trash.titles("is:trashed") == []
    assert len(trash.titles()) == 2
    assert trash("trash", "--empty", "--yes").out == "The trash is empty.\n"


@pytest.mark.parametrize("answer", ["", "\n", "n\n", "yesterday\n"])
def test_on_a_terminal_anything_but_yes_is_no(trash: CommandLine, terminal: None, answer: str):
    asked = trash("trash", "--empty", stdin=answer.encode())
    assert "Delete 2 articles for good? [y/N]" in asked.err
    assert len(trash.titles("is:trashed")) == 2


def test_on_a_terminal_yes_deletes(trash: CommandLine, terminal: None):
    trash("trash", "--empty", stdin=b"y\n")
    assert trash.titles("is:trashed") == []


def test_notes_that_would_go_are_told(trash: CommandLine, terminal: None):
    (record,) = trash("list", "is:trashed tag:sport", "--json").records
    trash("note", record["id"], "Mine.")
    assert "1 annotation on them would go, too." in trash("trash", "--empty", stdin=b"n\n").err


def test_a_query_or_an_id_empties_a_part_of_the_trash(trash: CommandLine):
    records = trash("trash", "--empty", "tag:sport", "--yes", "--json").records
    assert [record["title"] for record in records] == ["The Regatta Nobody Saw"]
    (left,) = trash("list", "is:trashed", "--json").records
    trash("trash", "--empty", left["id"][:8], "--yes")
    assert trash.titles("is:trashed") == []
    assert trash("trash", "--empty", "tag:sport", "--yes").out == "There is nothing of it in the trash.\n"


def test_what_is_not_in_the_trash_is_named_and_stays(trash: CommandLine):
    alive = trash.id_of("Harbour Strike")
    assert "not in the trash" in trash("trash", "--empty", alive, "--yes", status=1).err
    assert len(trash.titles()) == 2


def test_emptying_and_taking_back_do_not_go_together(trash: CommandLine):
    trash("trash", "--empty", "--undo", "--yes", status=2)
    trash("trash", status=2)
    assert len(trash.titles("is:trashed")) == 2


def test_no_undo_brings_deleted_articles_back(trash: CommandLine):
    trash("trash", "--empty", "--yes")
    trash("undo")  # the import of the two that are left
    assert trash.titles() == trash.titles("is:trashed") == []
    trash("redo")
    assert len(trash.titles()) == 2


def test_a_terminal_is_standard_input_and_standard_error(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert not upkeep._asked_on_terminal()
    monkeypatch.setattr(sys, "stdin", None)
    assert not upkeep._asked_on_terminal()
