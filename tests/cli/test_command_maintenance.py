"""``doctor``, ``backup``, ``restore``: words, records and exit statuses."""

from __future__ import annotations

from pathlib import Path

from commandline import CommandLine


def test_the_doctor_finds_no_problem_in_an_intact_library(tuireader: CommandLine):
    assert tuireader("doctor").out == "No problems found.\n"
    assert tuireader("doctor", "--json").records == []


def test_the_doctor_names_problems_and_repairs_them(tuireader: CommandLine):
    (text,) = (tuireader.folder / "texts").rglob("*regatta*.md")
    text.rename(text.with_name("other.md"))

    found = tuireader("doctor", status=1)
    assert "The Regatta Nobody Saw" in found.out
    assert "1 problem found. 1 can be repaired with: tuireader doctor --repair" in found.out
    (record,) = [one for one in tuireader("doctor", "--json", status=1).records if not one["harmless"]]
    assert (record["code"], record["repairable"], record["repaired"]) == ("text-missing", True, False)
    assert record["ids"] == [tuireader.id_of("Regatta")]

    assert "repaired: " in tuireader("doctor", "--repair").out
    assert tuireader("doctor").out == "No problems found.\n"
    assert "Fog lay" in tuireader("show", "date:2020", "--plain").out


def test_what_cannot_be_repaired_stays_reported(tuireader: CommandLine):
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
    assert done["previous"] == f"{tuireader.folder}.before-restore-1"
    assert tuireader.titles("is:bookmarked") == []
    assert len(tuireader.titles()) == 4


def test_a_file_that_is_no_backup_restores_nothing(fresh: CommandLine, tmp_path: Path):
    (tmp_path / "thesis").write_bytes(b"my thesis")
    assert "Nothing was restored" in fresh("restore", tmp_path / "thesis", status=1).err
    assert not fresh.folder.exists()
