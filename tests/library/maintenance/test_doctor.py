"""The doctor: finds nothing in an intact library, reports damage, and repairs it without losing anything."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from fakes import BERLIN, NOW, FakeClock, FakeIds

from library import Library, LibraryError
from library.maintenance.doctor import examine, repair
from library.maintenance.findings import HARMLESS, Code, Finding
from library.store.database import open_database
from library.store.layout import CATALOG_NAME, JOURNAL_NAME


@pytest.fixture
def folder(seeded: Library) -> Path:
    """A closed library with the five articles, two notes and a highlight."""
    strike, oil = seeded.search.ids("strike")[0], seeded.search.ids("oil")[0]
    seeded.note(strike, "Whose week?", quote="another week")
    seeded.highlight(strike, "The union said so")
    seeded.note(oil, "About all of it.")
    seeded.bookmark([oil])
    seeded.close()
    return seeded.path


def reopened(folder: Path) -> Library:
    return Library.open(folder, clock=FakeClock(), timezone=BERLIN, new_id=FakeIds())


def codes(folder: Path) -> set[Code]:
    return {finding.code for finding in examine(folder, now=NOW)}


def text_of(folder: Path, query: str) -> Path:
    with reopened(folder) as library:
        return folder / library.select(query)[0].text


def change(folder: Path, table: str, query: str, **fields: object) -> None:
    """Change the document of the article or of its first annotation directly in the table."""
    with reopened(folder) as library:
        key = library.search.ids(query)[0]
        if table == "annotations":
            key = library.annotations.of(key)[0].id
    with open_database(folder) as database:
        target = database.catalog_table(table)
        target.put({key: {**target.documents()[key], **fields}})


def no_picture(folder: Path) -> None:
    (folder / "images").mkdir(exist_ok=True)
    change(folder, "articles", "strike", images=[{"path": "images/no.jpg"}])


def wrecked_text(folder: Path) -> Path:
    path = text_of(folder, "strike")
    path.write_bytes(b"\0" * 100)
    return path


def edited_text(folder: Path) -> None:
    path = text_of(folder, "strike")
    path.write_text(path.read_text("utf-8").replace("Dock workers", "Yesterday the dock workers"), "utf-8")


def renamed_text(folder: Path) -> None:
    path = text_of(folder, "strike")
    path.rename(path.with_name("renamed.md"))


def lost_catalogue(folder: Path) -> None:
    for path in folder.glob("catalog*"):
        path.unlink()


def damaged_catalogue(folder: Path) -> None:
    (folder / CATALOG_NAME).write_bytes(b'{"articles": {"a')


def flipped_journal(folder: Path) -> None:
    with open_database(folder) as database:  # the previous program has folded its records at its end
        for number in range(5):
            database.catalog_table("other").put({"record": {"number": number}})
    journal = folder / JOURNAL_NAME
    data = bytearray(journal.read_bytes())
    data[len(data) // 2] ^= 1
    journal.write_bytes(data)


def forgotten_article(folder: Path) -> None:
    with reopened(folder) as library:
        key = library.search.ids("pottery")[0]
    with open_database(folder) as database:
        database.catalog_table("articles").drop([key])


def saved_search(folder: Path, **fields: object) -> None:
    """Store a saved search with the wrong values ``fields``."""
    document = {"name": "strikes", "query": "strike", "saved": NOW.isoformat(), **fields}
    with open_database(folder) as database:
        database.catalog_table("searches").put({"search1": document})


def broken_history(folder: Path) -> None:
    with open_database(folder) as database:
        database.catalog_table("history").put({"77": {"title": "half an entry"}})


def lost_article(folder: Path) -> None:
    with open_database(folder) as database:
        annotations = database.catalog_table("annotations")
        annotations.put({"notex": {**annotations.documents()["note1"], "article": "aaaa"}})


def unreadable_draft(folder: Path) -> None:
    (folder / "drafts").mkdir()
    (folder / "drafts" / "note1.md").write_bytes(b"\xff\xfe\xff")


Damage = Callable[[Path], object]
DAMAGES: dict[str, tuple[Damage, Code, bool]] = {
    "the catalogue is cut": (damaged_catalogue, Code.CATALOGUE_DAMAGED, True),
    "a bit of the journal is flipped": (flipped_journal, Code.CATALOGUE_DAMAGED, True),
    "the catalogue is gone": (lost_catalogue, Code.CATALOGUE_MISSING, True),
    "an article is not in the catalogue": (forgotten_article, Code.ARTICLE_MISSING, True),
    "an article cannot be understood": (
        lambda folder: change(folder, "articles", "strike", added="yesterday"),
        Code.ARTICLE_UNREADABLE,
        True,
    ),
    "a text is gone": (lambda folder: text_of(folder, "strike").unlink(), Code.TEXT_MISSING, False),
    "a text was renamed": (renamed_text, Code.TEXT_MISSING, True),
    "a text is overwritten": (wrecked_text, Code.TEXT_DAMAGED, False),
    "a text was edited": (edited_text, Code.TEXT_CHANGED, True),
    "a text lost its head": (
        lambda folder: text_of(folder, "pottery").write_text("Knead the clay well.\n"),
        Code.TEXT_CHANGED,
        True,
    ),
    "a text is another's": (
        lambda folder: shutil.copy(text_of(folder, "oil"), text_of(folder, "pottery")),
        Code.TEXT_OF_ANOTHER,
        False,
    ),
    "a text is outside": (
        lambda folder: change(folder, "articles", "strike", text="../../outside.md"),
        Code.TEXT_MISSING,
        True,
    ),
    "a revision is gone": (
        lambda folder: change(
            folder,
            "articles",
            "strike",
            revisions=[{"text": "texts/no.md", "text_sha256": "", "replaced": NOW.isoformat()}],
        ),
        Code.REVISION_MISSING,
        True,
    ),
    "a picture is gone": (
        lambda folder: no_picture(folder),
        Code.IMAGE_MISSING,
        False,
    ),
    "an annotation cannot be understood": (
        lambda folder: change(folder, "annotations", "strike", kind="poem"),
        Code.ANNOTATION_UNREADABLE,
        True,
    ),
    "an annotation has no article": (lost_article, Code.ANNOTATION_LOST, False),
    "an annotation is astray": (
        lambda folder: change(
            folder, "annotations", "strike", quote={"exact": "another week", "start": 3, "end": 15}
        ),
        Code.ANNOTATION_ASTRAY,
        True,
    ),
    "an annotation's words are not there": (
        lambda folder: change(
            folder, "annotations", "strike", quote={"exact": "no such words here", "start": 3, "end": 21}
        ),
        Code.ANNOTATION_ASTRAY,
        True,
    ),
    "a saved search has no time": (
        lambda folder: saved_search(folder, saved="yesterday"),
        Code.SEARCH_UNREADABLE,
        True,
    ),
    "a saved search has no query": (
        lambda folder: saved_search(folder, query=["oil"]),
        Code.SEARCH_UNREADABLE,
        True,
    ),
    "the history is broken": (broken_history, Code.HISTORY_INCONSISTENT, True),
    "a draft is no text": (unreadable_draft, Code.DRAFT_UNREADABLE, False),
}


def test_an_intact_library_has_nothing_to_repair(folder: Path):
    assert examine(folder, now=NOW) == ()
    assert repair(folder, now=NOW) == ()
    assert not list(folder.glob("damaged-*"))


def test_without_a_library_nothing_is_found_or_created(tmp_path: Path):
    assert examine(tmp_path / "none", now=NOW) == ()
    assert not (tmp_path / "none").exists()


def test_the_starter_library_is_in_order(library: Library):
    library.importing.add_starter_articles()
    assert examine(library.path, now=NOW) == ()


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_reported_and_repaired_where_possible(folder: Path, name: str):
    damage, code, repairable = DAMAGES[name]
    damage(folder)
    found = [finding for finding in examine(folder, now=NOW) if finding.code is code]
    assert [finding.repairable for finding in found] == [repairable]
    assert not found[0].harmless
    repaired = repair(folder, now=NOW)
    left = codes(folder) - HARMLESS
    assert (code in {finding.code for finding in repaired}, left) == (
        (True, set()) if repairable else (False, {code})
    )


@pytest.mark.parametrize("name", [name for name in DAMAGES if DAMAGES[name][2]])
def test_a_repair_keeps_everything_that_was_written(folder: Path, name: str):
    DAMAGES[name][0](folder)
    before = {path.name for path in folder.rglob("*.md")}
    repair(folder, now=NOW)
    assert {path.name for path in folder.rglob("*.md")} >= before
    with reopened(folder) as library:
        assert len(library.select()) == 5
        if name != "the catalogue is gone":
            assert {note.body for note in library.annotations.select()} >= {"Whose week?", "About all of it."}
        assert library.articles.document(library.search.ids("oil")[0]).text.startswith("Prices fell.")
        library.bookmark(library.search.ids("pottery"))


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ({"saved": None}, ("strikes", "strike")),
        ({"name": 7}, ("search1", "strike")),
        ({"name": " ", "saved": 1}, ("search1", "strike")),
        ({"name": "OIL", "saved": 1}, ("search1", "strike")),
        ({"query": None}, None),
    ],
    ids=["time", "name", "name and time", "a name of another", "query"],
)
def test_the_readable_fields_of_a_damaged_search_are_kept(folder: Path, fields: dict, left: tuple | None):
    with reopened(folder) as library:
        library.searches.save("oil", "oil")
    saved_search(folder, **fields)
    repair(folder, now=NOW)
    with reopened(folder) as library:
        known = {search.id: (search.name, search.query) for search in library.searches.all()}
    assert known.get("search1") == left
    kept = json.loads(next(folder.glob("damaged-*/search-search1.json")).read_text("utf-8"))
    assert kept.items() >= fields.items()


def test_the_doctor_changes_nothing(folder: Path):
    edited_text(folder)
    flipped_journal(folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert examine(folder, now=NOW)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_notes_follow_their_words_in_an_edited_text(folder: Path):
    edited_text(folder)
    repair(folder, now=NOW)
    with reopened(folder) as library:
        article = library.select("strike")[0]
        for note in library.annotations.of(article.id):
            assert note.quote is not None and not note.orphan
            text = library.articles.document(article.id).text
            assert text[note.quote.start : note.quote.end] == note.quote.exact
            assert note.text_sha256 == article.text_sha256


def test_a_note_whose_words_are_gone_becomes_an_orphan_and_keeps_its_quote(folder: Path):
    path = text_of(folder, "strike")
    path.write_text(path.read_text("utf-8").replace("another week", "good"), "utf-8")
    repair(folder, now=NOW)
    with reopened(folder) as library:
        (note,) = [note for note in library.annotations.select("strike") if note.body]
        assert note.orphan and note.quote is not None and note.quote.exact == "another week"
    assert examine(folder, now=NOW) == ()


def test_a_rebuilt_catalogue_has_the_fields_in_the_files(folder: Path):
    with reopened(folder) as library:
        before = {article.id: article for article in library.select()}
    lost_catalogue(folder)
    repair(folder, now=NOW)
    with reopened(folder) as library:
        for article in library.select():
            was = before[article.id]
            for name in (
                "title",
                "authors",
                "url",
                "published",
                "added",
                "tags",
                "words",
                "text_sha256",
                "text",
            ):
                assert getattr(article, name) == getattr(was, name), name


def test_the_rolling_backup_is_used_if_both_catalogues_are_damaged(folder: Path):
    for name in (CATALOG_NAME, f"{CATALOG_NAME}.previous"):
        (folder / name).write_bytes(b"\0")
    for journal in folder.glob(f"{JOURNAL_NAME}*"):
        journal.unlink()
    assert list((folder / "backups").iterdir())
    repair(folder, now=NOW)
    with reopened(folder) as library:
        assert {note.body for note in library.annotations.select()} == {"Whose week?", "", "About all of it."}


def test_the_files_of_a_damaged_catalogue_are_set_aside(folder: Path):
    damaged_catalogue(folder)
    damaged = (folder / CATALOG_NAME).read_bytes()
    repair(folder, now=NOW)
    assert (folder / "damaged-1" / CATALOG_NAME).read_bytes() == damaged


def test_an_interrupted_repair_can_be_repeated(folder: Path):
    journal = (folder / JOURNAL_NAME).read_bytes()
    damaged_catalogue(folder)
    repair(folder, now=NOW)
    (folder / JOURNAL_NAME).write_bytes(journal)  # as if interrupted before the journal was removed
    assert Code.CATALOGUE_DAMAGED in codes(folder)
    repair(folder, now=NOW)
    assert codes(folder) <= HARMLESS
    with reopened(folder) as library:
        assert len(library.annotations.select()) == 3


def test_the_notes_in_a_journal_of_another_library_are_merged(folder: Path, tmp_path: Path):
    with Library.open(tmp_path / "other", clock=FakeClock(), new_id=lambda: "foreign") as other:
        key = other.importing.add_bytes("b.md", b"# B\n\nForeign words.\n").id
        for _ in range(30):
            other.bookmark([key])
            other.articles.remove_bookmark([key])
        other.note(key, "A foreign note.")
        with open_database(folder) as database:
            database.catalog.fold()
        shutil.copy(tmp_path / "other" / JOURNAL_NAME, folder / JOURNAL_NAME)
    assert Code.CATALOGUE_DAMAGED in codes(folder)
    repair(folder, now=NOW)
    assert codes(folder) <= HARMLESS | {Code.TEXT_MISSING}, "the text of the foreign article is elsewhere"
    with reopened(folder) as library:
        assert len(library.annotations.select()) == 4
        assert len(library.select()) == 6
    assert b"A foreign note." in (folder / "damaged-1" / JOURNAL_NAME).read_bytes()


def test_a_library_of_a_newer_program_is_reported_and_not_changed(folder: Path):
    lost_catalogue(folder)
    newer = {"meta": {"library": {"format": 99}}, "articles": {}}
    (folder / CATALOG_NAME).write_text(json.dumps(newer))
    (finding,) = examine(folder, now=NOW)
    assert (finding.code, finding.repairable) == (Code.FORMAT_TOO_NEW, False)
    assert repair(folder, now=NOW) == ()
    assert json.loads((folder / CATALOG_NAME).read_text()) == newer


def test_leftovers_are_reported_and_moved_while_the_library_is_in_order(folder: Path):
    old, new = folder / ".catalog.json.1.tmp", folder / "texts" / ".a.md.xyz.tmp"
    torn = folder / f"{JOURNAL_NAME}.torn-1"
    for path in (old, new, torn):
        path.write_bytes(b"half")
    long_ago = (NOW - timedelta(days=1)).timestamp()
    os.utime(old, (long_ago, long_ago))
    os.utime(new, (NOW.timestamp(), NOW.timestamp()))
    (folder / "texts" / "mine.md").write_text("Not an article of the library.")
    found = examine(folder, now=NOW)
    assert {finding.code for finding in found} == {Code.TEMPORARY_FILE, Code.TORN_RECORD, Code.STRAY_FILE}
    assert all(finding.harmless for finding in found)
    repair(folder, now=NOW)
    assert new.exists() and not old.exists() and not torn.exists()
    assert {path.name for path in (folder / "damaged-1").iterdir()} == {old.name, torn.name}


def test_a_draft_of_a_missing_article_is_reported(folder: Path):
    (folder / "drafts").mkdir()
    (folder / "drafts" / "aaaa.md").write_text("Half a thought")
    assert codes(folder) == {Code.LONELY_DRAFT}


def test_a_finding_is_a_value():
    one = Finding(code=Code.TEXT_MISSING, sentence="It is missing.", ids=("a",))
    assert one == Finding(code=Code.TEXT_MISSING, sentence="It is missing.", ids=("a",))
    assert len({one, one}) == 1


def test_a_note_never_moves_to_the_same_sentence_elsewhere(seeded: Library):
    refrain = (
        "Nobody would say so aloud at noon. And the ships lay still. Then the bell of the old mill rang."
    )
    between = "Talks go on in the town hall."
    head = "---\ntitle: Song\n---\n\n"
    key = (
        seeded.importing.add_bytes("song.md", f"{head}{refrain}\n\n{between}\n\n{refrain}\n".encode()).id
        or ""
    )
    note = seeded.note(key, "Which?", quote="And the ships lay still.", occurrence=2)
    path = seeded.path / seeded.articles.get(key).text
    seeded.close()
    path.write_text(path.read_text("utf-8").replace(f"{refrain}\n\n{between}", between), "utf-8")
    assert repair(seeded.path, now=NOW)
    with reopened(seeded.path) as library:
        assert library.articles.document(key).text.count("And the ships lay still.") == 1
        assert library.annotations.get(note.id).orphan


def test_after_a_repair_notes_refer_to_the_current_text(folder: Path):
    path = text_of(folder, "strike")
    path.write_text(path.read_text("utf-8") + "\nAnother program was here.\n", "utf-8")
    repair(folder, now=NOW)
    with reopened(folder) as library:
        article = library.select("strike")[0]
        placed = [note for note in library.annotations.of(article.id) if note.quote]
        assert placed and all(note.text_sha256 == article.text_sha256 for note in placed)
        assert all(note.quote and note.quote.rivals is not None for note in placed)


def revised(folder: Path) -> str:
    """Give an article a revision, and return its id."""
    with reopened(folder) as library:
        key = library.search.ids("strike")[0]
        article = library.articles.get(key)
        body = library.articles.body(key) + "\n\nA paragraph that came later."
        head = f"title: {article.title}\nurl: {article.url}\ndate: {article.published}\n"
        outcome = library.importing.add_bytes("later.md", f"---\n{head}---\n{body}\n".encode())
        assert outcome.id == key and library.articles.get(key).revisions
        return key


@pytest.mark.parametrize("way", ["a link to a disk that is not connected", "no folder at all"])
def test_a_missing_folder_is_one_finding_and_a_repair_changes_nothing(folder: Path, way: str):
    key = revised(folder)
    (folder / "texts").rename(folder.with_name("elsewhere"))
    if way.startswith("a link"):
        (folder / "texts").symlink_to(folder.with_name("gone"))
    (finding,) = examine(folder, now=NOW)
    assert finding.code is Code.FOLDER_MISSING and not finding.repairable
    assert "texts" in finding.sentence and "5 articles" in finding.sentence
    assert repair(folder, now=NOW) == ()
    with reopened(folder) as library, pytest.raises(LibraryError) as raised:
        library.articles.body(key)
    assert ("leads to" in str(raised.value)) is way.startswith("a link")
    if way.startswith("a link"):
        (folder / "texts").unlink()
    folder.with_name("elsewhere").rename(folder / "texts")
    with reopened(folder) as library:
        assert library.articles.get(key).revisions
    assert not [one for one in examine(folder, now=NOW) if not one.harmless]
