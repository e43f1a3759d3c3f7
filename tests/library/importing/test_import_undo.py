"""An import is a change: undone, its articles are gone from the catalogue; redone, they are there again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes import NOW

from library import ChangeStopped, ImportProgress, Library, NothingToUndo
from library.importing import batch
from library.maintenance.doctor import examine, repair
from library.store.database import open_database


def documents(library: Library) -> dict[str, dict[str, str]]:
    with open_database(library.path) as database:
        names = ("articles", "annotations")
        tables = {name: database.catalog_table(name).documents() for name in names}
        return {name: {key: json.dumps(one) for key, one in table.items()} for name, table in tables.items()}


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number}.md").write_text(
            f"# Number {number}\n\nThe words of number {number} stand here.\n"
        )
    return folder


def test_an_import_is_one_change_with_a_name(library: Library, sources: Path):
    list(library.add(sources))
    before = documents(library)
    undone = library.undo()
    assert undone.title == "import 12 articles"
    assert len(undone.ids) == 12
    assert library.select() == []
    assert library.redo() == undone
    assert documents(library) == before


def test_the_files_of_an_undone_import_stay_and_the_doctor_reports_nothing(library: Library, sources: Path):
    list(library.add(sources))
    library.undo()
    assert len(list((library.path / "texts").rglob("*.md"))) == 12
    assert examine(library.path, now=NOW) == ()
    library.importing.add_bytes("other.md", b"# Other\n\nSomething else.\n")  # nothing can be redone any more
    assert examine(library.path, now=NOW) == ()
    assert repair(library.path, now=NOW) == ()
    assert len(library.select()) == 1


def test_later_changes_of_an_article_are_redone_with_its_import(library: Library, sources: Path):
    list(library.add(sources))
    key = library.search.ids()[0]
    library.articles.record_opened(key)
    before = documents(library)
    library.undo()
    library.redo()
    assert documents(library) == before


def test_an_import_of_several_batches_is_one_change(
    library: Library, sources: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(batch, "BATCH", 5)
    list(library.add(sources))
    before = documents(library)
    undone = library.undo()
    assert (undone.title, len(undone.ids)) == ("import 12 articles", 12)
    assert library.select() == []
    with pytest.raises(NothingToUndo):
        library.undo()
    assert library.redo() == undone
    assert documents(library) == before


def test_undo_restores_the_first_text_of_an_article_updated_twice(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(batch, "BATCH", 1)
    head, words = "---\ntitle: Tide\nurl: https://news.example.org/tide\n", "The tide comes in."
    library.importing.add_bytes("tide.md", f"{head}---\n{words}\n".encode())
    before = documents(library)
    folder = tmp_path / "later"
    folder.mkdir()
    (folder / "1.md").write_text(f"{head}summary: First.\n---\n{words} It is noon.\n")
    (folder / "2.md").write_text(f"{head}tags: [sea]\n---\n{words} It is noon. It is late.\n")
    assert [one.status for one in library.add(folder)] == ["updated", "updated"]
    after = documents(library)
    assert library.undo().title == "import 1 article"
    assert documents(library) == before
    library.redo()
    assert documents(library) == after


def test_changes_made_during_an_import_are_undone_by_themselves(
    library: Library, sources: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(batch, "BATCH", 5)
    outcomes = library.importing.iter_add(sources)
    first = next(outcomes)
    library.bookmark([first.id])
    list(outcomes)
    assert library.undo().title == "import 12 articles"
    library.undo()
    with pytest.raises(NothingToUndo):
        library.undo()


def test_a_stopped_import_keeps_what_was_read_as_one_change(library: Library, sources: Path):
    seen = list[ImportProgress]()

    def watch(progress: ImportProgress) -> None:
        seen.append(progress)
        if progress.articles == 7:
            raise ChangeStopped

    outcomes = list(library.importing.iter_add(sources, watch=watch))
    assert [outcome.status for outcome in outcomes] == ["added"] * 7
    assert library.articles.count() == 7
    assert seen[0] == ImportProgress(0, 0, 0)
    assert ImportProgress(3, 3, 12) in seen
    assert examine(library.path, now=NOW) == ()
    assert library.undo().title == "import 7 articles"


def test_an_import_without_new_articles_is_no_change(library: Library, sources: Path):
    list(library.add(sources))
    list(library.add(sources))
    list(library.add(sources, dry_run=True))
    library.undo()
    with pytest.raises(NothingToUndo):
        library.undo()


def test_undoing_an_update_restores_the_previous_text_and_the_places_of_notes(seeded: Library):
    key = seeded.search.ids("strike")[0]
    seeded.note(key, "Whose?", quote="another week")
    before, text = documents(seeded), seeded.articles.body(key)
    head = b"---\ntitle: Harbour Strike Enters Third Week\nurl: https://news.example.org/strike\n---\n\n"
    seeded.importing.add_bytes(
        "strike.md", head + b"News: dock workers voted on Thursday to stay out for another week.\n"
    )
    after = documents(seeded)
    assert seeded.articles.get(key).revisions
    assert seeded.undo().title == "import 1 article"
    assert (documents(seeded), seeded.articles.body(key)) == (before, text)
    assert examine(seeded.path, now=NOW) == ()
    seeded.redo()
    assert documents(seeded) == after
    assert examine(seeded.path, now=NOW) == ()


def test_an_undone_import_can_be_repeated(library: Library, sources: Path):
    list(library.add(sources))
    library.undo()
    assert {outcome.status for outcome in library.add(sources)} == {"added"}
    assert examine(library.path, now=NOW) == ()


def test_undo_does_not_remove_the_starter_articles(library: Library):
    library.importing.add_starter_articles()
    with pytest.raises(NothingToUndo):
        library.undo()


def test_the_history_has_no_second_copy_of_imported_texts(library: Library, sources: Path):
    list(library.add(sources))
    with open_database(library.path) as database:
        assert "Number" not in json.dumps(dict(database.catalog_table("history").documents()))


def test_a_text_that_is_missing_is_written_again_by_the_same_import(library: Library, sources: Path):
    list(library.add(sources))
    text = library.path / library.select()[0].text
    text.unlink()
    assert {outcome.status for outcome in library.add(sources)} == {"duplicate"}
    assert text.exists()
    assert examine(library.path, now=NOW) == ()
