"""Emptying the trash deletes articles, notes, files and their entries in the history for good."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import NOW, FakeClock

from library import ArticleNotFound, Library, LibraryError, NothingToUndo
from library.maintenance.deletion import delete_from_catalogue, finish_deleting
from library.maintenance.doctor import examine, repair
from library.maintenance.findings import Code
from library.store.article_files import DELETING, list_files, listed_files
from library.store.database import open_database

STRIKE = b"---\ntitle: Harbour Strike Enters Third Week\nurl: https://news.example.org/strike\n---\n\nQuite another text.\n"


def words_on_disk(folder: Path) -> bytes:
    """Return the tables of the catalogue, and the contents of all texts and drafts."""
    with open_database(folder) as database:
        tables = repr(database.catalog.read()).encode()
    files = [path for top in ("texts", "drafts") for path in (folder / top).rglob("*") if path.is_file()]
    return tables + b"".join(path.read_bytes() for path in files)


@pytest.fixture
def trashed(seeded: Library) -> Library:
    """A library with the strike and the pottery in the trash; the strike has notes, and had others."""
    strike = seeded.search.ids("strike")[0]
    seeded.note(strike, "Whose week?", quote="another week")
    removed = seeded.note(strike, "A thought that was removed.")
    seeded.annotations.remove(removed.id)
    seeded.drafts.keep(strike, "Half a thought")
    seeded.note(seeded.search.ids("oil")[0], "This one stays.")
    seeded.importing.add_bytes("strike.md", STRIKE)
    seeded.articles.trash([strike, *seeded.search.ids("pottery")])
    return seeded


def test_deleted_articles_leave_no_trace(trashed: Library):
    deleted = trashed.maintenance.empty_trash()
    assert {article.title[:7] for article in deleted} == {"Harbour", "Pottery"}
    found = words_on_disk(trashed.path)
    for words in (
        b"Whose week",
        b"A thought that",
        b"Half a thought",
        b"Dock workers",
        b"Quite another",
        b"Knead",
    ):
        assert words not in found
    assert b"This one stays" in found
    assert len(trashed.select()) == 3
    assert examine(trashed.path, now=NOW) == ()


def test_undo_and_redo_do_not_restore_deleted_articles(trashed: Library):
    trashed.bookmark(trashed.search.ids("oil"))
    trashed.undo()
    trashed.maintenance.empty_trash()
    with pytest.raises(NothingToUndo):
        for _ in range(100):
            trashed.undo()
    with pytest.raises(NothingToUndo):
        for _ in range(100):
            trashed.redo()
    assert [article.title[:7] for article in trashed.select("")] == [
        article.title[:7] for article in trashed.select("-strike -pottery")
    ]
    assert trashed.search.ids("is:trashed") == []
    assert [note.body for note in trashed.annotations.select()] == ["This one stays."]
    assert examine(trashed.path, now=NOW) == ()


def test_a_listed_file_that_an_article_uses_again_is_not_deleted(trashed: Library):
    """For example if it was imported again after a crash, before the listed files were deleted."""
    oil = trashed.articles.get(trashed.search.ids("oil")[0])
    with open_database(trashed.path) as database:
        list_files(database, DELETING, [oil.text])
        finish_deleting(database, trashed.path)
        assert (trashed.path / oil.text).exists()
        list_files(database, DELETING, [oil.text])
        delete_from_catalogue(database, trashed.search.ids("is:trashed"))
        assert listed_files(database, DELETING) and oil.text not in listed_files(database, DELETING)


def test_only_what_is_named_is_deleted(trashed: Library):
    (pottery,) = trashed.search.ids("is:trashed pottery")
    trashed.maintenance.empty_trash([pottery])
    assert len(trashed.search.ids("is:trashed")) == 1
    with pytest.raises(ArticleNotFound):
        trashed.articles.get(pottery)


def test_what_is_not_in_the_trash_is_not_deleted(trashed: Library):
    with pytest.raises(LibraryError, match="not in the trash"):
        trashed.maintenance.empty_trash([*trashed.search.ids("is:trashed"), *trashed.search.ids("oil")])
    assert len(trashed.search.ids("is:trashed")) == 2


def test_an_empty_trash_is_emptied_without_a_change(seeded: Library):
    before = words_on_disk(seeded.path)
    assert seeded.maintenance.empty_trash() == []
    assert words_on_disk(seeded.path) == before


def test_an_article_that_was_deleted_can_be_imported_again(trashed: Library):
    trashed.maintenance.empty_trash()
    outcome = trashed.importing.add_bytes("strike.md", STRIKE)
    assert (outcome.status, trashed.annotations.of(outcome.id)) == ("added", [])
    assert examine(trashed.path, now=NOW) == ()


def test_a_path_that_leads_out_of_the_library_is_not_followed(trashed: Library, tmp_path: Path):
    outside = tmp_path / "outside.md"
    outside.write_text("mine")
    (key,) = trashed.search.ids("is:trashed pottery")
    with open_database(trashed.path) as database:
        table = database.catalog_table("articles")
        table.put({key: {**table.documents()[key], "text": "../outside.md"}})
    trashed.refresh()
    trashed.maintenance.empty_trash([key])
    assert outside.read_text() == "mine"


def test_a_file_that_cannot_be_deleted_is_reported_and_tried_again(trashed: Library):
    text = trashed.path / trashed.select("is:trashed pottery")[0].text
    text.unlink()
    text.mkdir()
    with pytest.raises(LibraryError, match="doctor --repair"):
        trashed.maintenance.empty_trash()
    assert {finding.code for finding in examine(trashed.path, now=NOW)} == {Code.NOT_DELETED}
    text.rmdir()
    assert trashed.maintenance.empty_trash() == []
    assert examine(trashed.path, now=NOW) == ()


def test_files_left_undeleted_by_a_crash_are_deleted_by_a_repair_and_not_restored(
    trashed: Library, monkeypatch: pytest.MonkeyPatch
):
    def crash(self: Path, missing_ok: bool = False) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Path, "unlink", crash)
        trashed.maintenance.empty_trash()
    assert {finding.code for finding in examine(trashed.path, now=NOW)} == {Code.NOT_DELETED}
    repair(trashed.path, now=NOW)
    assert b"Dock workers" not in words_on_disk(trashed.path)
    with Library.open(trashed.path, clock=FakeClock()) as library:
        assert len(library.select()) == 3
    assert examine(trashed.path, now=NOW) == ()
