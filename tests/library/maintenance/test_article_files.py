"""The files that an article may name, checked when reading, deleting, examining, backing up and exporting."""

from __future__ import annotations

import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeClock
from hypothesis import given
from hypothesis import strategies as st

from library import ExportStatus, Library, LibraryError
from library.maintenance.doctor import examine, repair
from library.maintenance.findings import Code
from library.store.article_files import DELETING, list_files
from library.store.database import open_database
from library.store.paths import article_file, files_below, readable_file
from library.store.pictures import read_picture

NOW = datetime(2021, 3, 8, 12, tzinfo=UTC)

OUTSIDE = [
    "catalog.json",
    "catalog.journal",
    "search.db",
    "texts",
    "texts/",
    "texts/../catalog.json",
    "texts/./../catalog.json",
    "../outside.md",
    "/etc/hostname",
    "",
    "backups/catalog-1.json.gz",
    "drafts/abc.md",
    "texts/.hidden/x.md",
    "texts//x.md",
    "texts/x\0.md",
    "texts/\ud800.md",
    "Texts/x.md",
    "texts\\..\\catalog.json",
    "damaged-1/catalog.json",
]


@pytest.mark.parametrize("relative", OUTSIDE)
def test_only_files_below_the_folders_of_articles_may_be_named(tmp_path: Path, relative: str) -> None:
    assert article_file(tmp_path, relative) is None


@given(st.text(alphabet="./\\ab\0~"), st.sampled_from(["", "texts/", "images/", "originals/"]))
def test_a_named_file_is_always_below_its_folder(rest: str, top: str) -> None:
    folder = Path("/library")
    path = article_file(folder, top + rest)
    assert path is None or os.path.normpath(path).startswith(f"/library/{top}")


def test_folders_may_be_links_and_files_may_not_lead_out(tmp_path: Path) -> None:
    library, disk = tmp_path / "library", tmp_path / "disk"
    (disk / "2021").mkdir(parents=True)
    (disk / "2021" / "a.md").write_text("a")
    library.mkdir()
    (library / "texts").symlink_to(disk)
    (tmp_path / "secret").write_text("secret")
    (disk / "secret.md").symlink_to(tmp_path / "secret")
    (disk / "other.md").symlink_to("2021/a.md")
    (disk / "round").symlink_to(disk)
    assert article_file(library, "texts/2021/a.md") is not None
    assert article_file(library, "texts/other.md") is not None
    assert article_file(library, "texts/secret.md") is None
    assert list(files_below(library, "texts")) == ["texts/2021/a.md", "texts/other.md"]


def test_reading_a_pipe_does_not_block(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    os.mkfifo(tmp_path / "texts" / "a.md")
    with pytest.raises(OSError, match="no file"):
        readable_file(tmp_path, "texts/a.md")


def change_document(folder: Path, key: str, **fields: Any) -> None:
    with open_database(folder) as database:
        table = database.catalog_table("articles")
        table.put({key: {**table.documents()[key], **fields}})


@pytest.fixture
def folder(seeded: Library) -> Path:
    seeded.close()
    return seeded.path


def first_id(folder: Path) -> str:
    with Library.open(folder) as library:
        return library.search.ids("title:strike")[0]


@pytest.mark.parametrize("relative", ["catalog.json", "texts/../catalog.json", "../secret.md"])
def test_a_path_elsewhere_is_neither_read_nor_deleted(folder: Path, tmp_path: Path, relative: str) -> None:
    secret = folder.parent / "secret.md"
    secret.write_text("A secret.")
    key = first_id(folder)
    change_document(folder, key, text=relative, images=[{"path": relative}])
    with Library.open(folder) as library:
        with pytest.raises(LibraryError, match="no article may name"):
            library.articles.body(key)
        assert key not in library.search.ids("text:secret")
        with pytest.raises(LibraryError):
            read_picture(folder, relative)
        (outcome,) = list(library.exporting.export([key], "markdown", tmp_path / "out"))
        assert outcome.status is ExportStatus.FAILED
        library.maintenance.back_up(tmp_path / "backup.zip")
        library.articles.trash([key])
        library.maintenance.empty_trash()
    assert secret.read_text() == "A secret."
    with Library.open(folder) as library:
        assert len(library.search.ids()) == 4
        assert library.maintenance.notices == ()


def test_a_path_elsewhere_is_a_finding(folder: Path) -> None:
    key = first_id(folder)
    change_document(folder, key, text="catalog.json")
    found = [one for one in examine(folder, now=NOW) if key in one.ids]
    assert Code.TEXT_MISSING in {one.code for one in found}
    assert any("no article may name" in one.sentence for one in found)
    repair(folder, now=NOW)
    with Library.open(folder) as library:
        assert "Dock workers" in library.articles.body(key)


def test_importing_again_writes_the_text_to_its_own_place(seeded: Library) -> None:
    key = seeded.search.ids("title:strike")[0]
    source = seeded.path.parent / "strike.md"
    source.write_text((seeded.path / seeded.articles.get(key).text).read_text())
    seeded.close()
    catalogue = (seeded.path / "catalog.json").exists()
    change_document(seeded.path, key, text="catalog.json")
    with Library.open(seeded.path) as library:
        list(library.add(source))
        assert "Dock workers" in library.articles.body(key)
    assert catalogue == (seeded.path / "catalog.json").exists()
    with Library.open(seeded.path) as library:
        assert len(library.search.ids()) == 5


def test_a_list_of_files_to_delete_cannot_name_the_catalogue(folder: Path) -> None:
    with open_database(folder) as database:
        list_files(database, DELETING, ["catalog.json", "texts/../catalog.journal", "texts/x\0y"])
    assert not [one for one in examine(folder, now=NOW) if one.code is Code.NOT_DELETED]
    with Library.open(folder) as library:
        library.articles.trash(library.search.ids()[:1])
        library.maintenance.empty_trash()
    with Library.open(folder) as library:
        assert len(library.search.ids()) == 4


def link_texts_elsewhere(folder: Path) -> Path:
    disk = folder.parent / "disk"
    (folder / "texts").rename(disk)
    (folder / "texts").symlink_to(disk)
    return disk


def test_texts_behind_a_link_are_deleted(folder: Path) -> None:
    disk = link_texts_elsewhere(folder)
    key = first_id(folder)
    with Library.open(folder) as library:
        file = library.articles.get(key).text
        library.articles.trash([key])
        library.maintenance.empty_trash()
    assert not (disk / file.removeprefix("texts/")).exists()
    assert len(list(disk.rglob("*.md"))) == 4


def test_the_doctor_understands_texts_behind_a_link(folder: Path) -> None:
    link_texts_elsewhere(folder)
    assert examine(folder, now=NOW) == ()


def test_texts_behind_a_link_are_repaired(folder: Path) -> None:
    disk = link_texts_elsewhere(folder)
    key = first_id(folder)
    with Library.open(folder) as library:
        file = disk / library.articles.get(key).text.removeprefix("texts/")
    file.write_text("Dock workers, and no lines above.\n")
    (disk / ".old.md.123.tmp").write_text("left over")
    os.utime(disk / ".old.md.123.tmp", (0, 0))
    repair(folder, now=NOW)
    assert [one.code for one in examine(folder, now=NOW)] == []
    with Library.open(folder) as library:
        assert "no lines above" in library.articles.body(key)


def test_texts_behind_a_link_are_backed_up(folder: Path, tmp_path: Path, clock: FakeClock) -> None:
    link_texts_elsewhere(folder)
    year = folder / "texts" / "2021"
    year.rename(folder.parent / "year")
    year.symlink_to(folder.parent / "year")
    with Library.open(folder) as library:
        made = library.maintenance.back_up(tmp_path / "backup.zip")
    names = zipfile.ZipFile(tmp_path / "backup.zip").namelist()
    assert made.files == 6
    assert sum(name.startswith("texts/") for name in names) == 5
