"""The full-text index: it changes how quickly something is found, never what; and it may go at any time."""

from __future__ import annotations

import sqlite3
import tempfile
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from fakes import BERLIN, FakeClock, FakeIds, markdown
from hypothesis import given, settings
from hypothesis import strategies as st

from library import Library
from library.query import parse_query
from library.query.tree import Words
from library.search.facts import ArticleIndex, FactsReader
from library.search.fulltext.index import Candidates
from library.search.plan import find
from library.search.service import find_annotations
from library.store.catalog import Catalog
from library.store.database import open_database

TODAY = date(2026, 11, 22)


def indexed(library: Library) -> int:
    """Index everything; how many texts that were."""
    return max((progress.done for progress in library.search.index_texts()), default=0)


def without_texts(library: Library) -> None:
    """Take the texts away, so that only the index can find their words."""
    (library.path / "texts").rename(library.path / "elsewhere")


def ids_without_index(path: Path, query: str) -> tuple[list[str], list[str]]:
    """The articles and the annotations that a query finds by looking at the texts."""
    database = open_database(path)
    try:
        catalog = Catalog(database, path)
        index = ArticleIndex.of(catalog.articles(), FactsReader(BERLIN))
        parsed = parse_query(query, TODAY)
        notes = find_annotations(parsed, catalog, catalog.annotations(), index)
        return find(parsed, catalog, index), notes
    finally:
        database.close()


def titles(library: Library, query: str) -> list[str]:
    return [article.title.split()[0] for article in library.select(query)]


def opened(library: Library) -> Library:
    return Library.open(library.path, clock=FakeClock(), timezone=BERLIN)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("workers", ["Harbour"]),
        ('"price war"', ["Oil"]),
        ('"war traders"~8', ["Oil"]),
        ('"war traders"~7', []),
        ("zołc", ["Совет"]),
        ("линию -angstrom", []),
        ("text:stay*", ["Storm", "Harbour"]),
        ("author:roe", ["Harbour"]),
        ("title:oil OR knead", ["Oil", "Pottery"]),
    ],
)
def test_words_are_found_without_reading_a_file(seeded: Library, query: str, found: list[str]):
    indexed(seeded)
    without_texts(seeded)
    with opened(seeded) as library:
        assert titles(library, query) == found


def test_indexing_reports_progress_and_does_nothing_twice(seeded: Library):
    *_, last = seeded.search.index_texts()
    assert (last.done, last.total) == (5, 5)
    assert list(seeded.search.index_texts()) == []


def test_without_an_index_a_quick_search_finds_titles_and_says_what_is_missing(seeded: Library):
    found = seeded.search.at_once("harbour OR workers")
    assert [seeded.articles.get(key).title.split()[0] for key in found.ids] == ["Harbour"]
    assert found.unsearched == 4
    indexed(seeded)
    assert seeded.search.at_once("workers").unsearched == 0
    assert list(seeded.search.at_once("workers").ids) == seeded.search.ids("workers")


def test_articles_changed_since_are_found_and_only_they_are_indexed(seeded: Library):
    indexed(seeded)
    seeded.importing.add_bytes("new.md", markdown("New", "Something about zeppelins."))
    (oil,) = seeded.search.ids("title:oil")
    seeded.note(oil, "Compare with the dirigibles.")
    seeded.articles.mark_read([oil])
    assert titles(seeded, "zeppelins OR dirigibles") == ["Oil", "New"]
    assert indexed(seeded) == 2
    without_texts(seeded)
    assert titles(seeded, "zeppelins OR dirigibles") == ["Oil", "New"]


def test_several_words_are_also_found_in_articles_that_are_not_indexed(seeded: Library):
    indexed(seeded)
    seeded.importing.add_bytes("new.md", markdown("New", "Workers build zeppelins for the union."))
    assert titles(seeded, "workers union") == ["Harbour", "New"]
    assert titles(seeded, "workers -dock") == ["New"]


def test_a_view_of_the_index_does_not_follow_later_changes(seeded: Library):
    indexed(seeded)
    (strike,) = seeded.search.ids("title:harbour")
    before = seeded.indexes.full_text.current()
    seeded.note(strike, "Compare with the dirigibles.")
    indexed(seeded)
    after = seeded.indexes.full_text.current()
    assert before is not None and after is not None
    for view in (before, after):
        found = view.candidates(Words("workers"), "")
        assert found is not None and found.ids == {strike}
    assert before.candidates(Words("dirigibles"), "") == Candidates(frozenset(), exact=True)


def test_a_note_that_is_deleted_is_no_longer_found(seeded: Library):
    (oil,) = seeded.search.ids("title:oil")
    note = seeded.note(oil, "Compare with the dirigibles.")
    indexed(seeded)
    seeded.annotations.remove(note.id)
    assert seeded.search.ids("dirigibles") == []
    indexed(seeded)
    assert seeded.search.ids("dirigibles") == []


def test_words_of_different_notes_are_not_near_each_other(seeded: Library):
    first, second = seeded.search.ids()[:2]
    seeded.note(first, "Ask the dirigible")
    seeded.note(first, "pilots.")
    seeded.note(second, "The pilots of dirigibles.")
    indexed(seeded)
    without_texts(seeded)
    for query in ('"dirigible pilots"~3', 'note:"dirigible pilots"~3'):
        assert seeded.search.ids(query) == []
    for query in ('"pilots dirigible"*~1', 'note:"pilots dirigible"*~1'):
        assert seeded.search.ids(query) == [second]
    assert seeded.search.ids('"pilots dirigible"*~0') == []


def test_marking_an_article_does_not_read_its_text_again(seeded: Library):
    indexed(seeded)
    seeded.bookmark(seeded.search.ids())
    assert indexed(seeded) == 0
    without_texts(seeded)
    with opened(seeded) as library:
        assert titles(library, "workers") == ["Harbour"]


def test_a_session_indexes_what_it_imported(seeded: Library):
    seeded.close()
    without_texts(seeded)
    with opened(seeded) as library:
        assert titles(library, "workers") == ["Harbour"]


def test_another_program_keeps_the_index_up_to_date_as_well(seeded: Library):
    indexed(seeded)
    assert titles(seeded, "zeppelins") == []
    with opened(seeded) as other:
        other.importing.add_bytes("new.md", markdown("New", "Something about zeppelins."))
    seeded.refresh()
    without_texts(seeded)
    assert titles(seeded, "zeppelins") == ["New"]


def test_an_article_that_another_program_indexed_with_a_newer_text_is_searched_in_the_one_known_here(
    library: Library,
):
    front = {"url": "https://example.org/one"}
    library.importing.add_bytes("one.md", markdown("One", "Something about zeppelins.", **front))
    indexed(library)
    assert titles(library, "zeppelins") == ["One"]
    previous = library.path / library.articles.get(library.search.ids()[0]).text
    kept = previous.read_bytes()
    with opened(library) as other:
        other.importing.add_bytes("one.md", markdown("One", "Something about dirigibles.", **front))
        indexed(other)
    newer = previous.read_bytes()
    previous.write_bytes(kept)
    assert titles(library, "zeppelins") == ["One"]
    previous.write_bytes(newer)
    library.refresh()
    assert titles(library, "dirigibles") == ["One"]
    assert titles(library, "zeppelins") == []


def test_an_index_rebuilt_by_another_program_is_used_and_kept_up_to_date(seeded: Library):
    indexed(seeded)
    assert titles(seeded, "workers") == ["Harbour"]
    for file in seeded.path.glob("search.db*"):
        file.unlink()
    assert titles(seeded, "workers") == ["Harbour"]
    with opened(seeded) as other:
        assert indexed(other) == 5
    seeded.importing.add_bytes("new.md", markdown("New", "Something about zeppelins."))
    assert indexed(seeded) == 1
    without_texts(seeded)
    assert sorted(titles(seeded, "zeppelins OR workers")) == ["Harbour", "New"]


def test_closing_indexes_new_articles_and_leaves_older_ones_for_later(seeded: Library):
    seeded.close()
    for file in seeded.path.glob("search.db*"):
        file.unlink()
    with opened(seeded) as library:
        library.bookmark(library.search.ids(""))
        library.importing.add_bytes("new.md", markdown("New", "Something about zeppelins."))
    with opened(seeded) as library:
        assert titles(library, "zeppelins") == ["New"]
        assert indexed(library) == 5
        harbour = library.select("workers")[0].id
        library.note(harbour, "Compare the tides.")
    with opened(seeded) as library:
        assert indexed(library) == 0
        assert titles(library, "note:tides") == ["Harbour"]


def garbage(path: Path) -> None:
    path.write_bytes(b"no database at all" * 1000)


def damaged_inside(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)


def of_another_version(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE meta SET version = 'of tomorrow'")
    connection.commit()
    connection.close()


@pytest.mark.parametrize("damage", [Path.unlink, garbage, damaged_inside, of_another_version])
def test_an_unusable_index_does_not_hinder_searches_and_is_rebuilt(
    seeded: Library, damage: Callable[[Path], None]
):
    indexed(seeded)
    seeded.close()
    damage(seeded.path / "search.db")
    with opened(seeded) as library:
        assert titles(library, "workers") == ["Harbour"]
        assert indexed(library) == 5
        without_texts(library)
        assert titles(library, "workers") == ["Harbour"]


def test_while_another_program_writes_the_index_searches_go_on(seeded: Library):
    indexed(seeded)
    other = sqlite3.connect(seeded.path / "search.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert titles(seeded, "workers") == ["Harbour"]
    finally:
        other.close()


def test_an_index_locked_by_another_program_is_left_unchanged(seeded: Library, monkeypatch):
    monkeypatch.setattr("library.search.fulltext.sqlite._WAIT_SECONDS", 0.0)
    indexed(seeded)
    seeded.importing.add_bytes("new.md", markdown("New", "Something about zeppelins."))
    other = sqlite3.connect(seeded.path / "search.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert indexed(seeded) == 0
        assert titles(seeded, "zeppelins") == ["New"]
    finally:
        other.close()
    assert indexed(seeded) == 1


def test_indexing_can_be_stopped_and_resumed(library: Library, monkeypatch):
    monkeypatch.setattr("library.search.fulltext.indexing._BATCH", 2)
    for number in range(5):
        library.importing.add_bytes(f"{number}.md", markdown(f"Title {number}", f"About thing{number}."))
    for progress in library.search.index_texts():
        assert (progress.done, progress.total) == (2, 5)
        break
    assert len(library.search.ids("about")) == 5
    assert library.search.at_once("about").unsearched == 3
    assert [progress.total for progress in library.search.index_texts()] == [3, 3]


def test_an_index_written_in_many_batches_is_merged_and_has_no_empty_pages(library: Library, monkeypatch):
    monkeypatch.setattr("library.search.fulltext.indexing._BATCH", 10)
    for number in range(120):
        words = " ".join(f"word{number}x{place}" for place in range(60))
        library.importing.add_bytes(f"{number}.md", markdown(f"Title {number}", words))
    indexed(library)
    with closing(sqlite3.connect(library.path / "search.db")) as connection:
        for table in ("words", "shingles"):
            asked = f"SELECT count(DISTINCT segid) FROM {table}_idx"
            assert connection.execute(asked).fetchone()[0] <= 3, table
        assert connection.execute("PRAGMA freelist_count").fetchone()[0] <= 1
    without_texts(library)
    assert titles(library, "word119x59 OR word0x0") == ["Title", "Title"]


def test_an_article_that_was_deleted_for_good_leaves_the_index(seeded: Library):
    indexed(seeded)
    seeded.articles.trash(seeded.search.ids("title:oil"))
    seeded.maintenance.empty_trash()
    assert seeded.search.ids("traders OR is:trashed") == []
    with opened(seeded) as library:
        indexed(library)
        assert library.search.ids("traders OR is:trashed") == []
        library.importing.add_bytes("oil.md", markdown("Oil", "Traders again."))
        assert titles(library, "traders") == ["Oil"]


def test_an_index_with_many_unused_rows_is_rebuilt(seeded: Library, monkeypatch):
    monkeypatch.setattr("library.search.fulltext.indexing._WASTE", 3)
    (oil,) = seeded.search.ids("title:oil")
    for number in range(5):
        seeded.note(oil, f"note {number}")
        indexed(seeded)
    with opened(seeded) as library:
        assert indexed(library) == 5
        assert titles(library, '"note 0" workers OR "note 3"') == ["Oil"]


def test_an_empty_library_has_no_index_file(library: Library):
    assert list(library.search.index_texts()) == []
    assert not library.path.exists()


def test_searches_and_indexing_run_at_the_same_time(library: Library, monkeypatch):
    monkeypatch.setattr("library.search.fulltext.indexing._BATCH", 3)
    for number in range(30):
        library.importing.add_bytes(
            f"{number}.md", markdown(f"Title {number}", f"Words {number} about everything.")
        )
    counts: list[int] = []
    searching = threading.Thread(
        target=lambda: counts.extend(len(library.search.ids("everything")) for _ in range(40))
    )
    searching.start()
    indexed(library)
    searching.join()
    assert set(counts) == {30}


def test_relevance_puts_titles_first_then_the_densest_and_the_newer(library: Library):
    for name, title, body, day in [
        ("old", "Old", "A truce was spoken of. " + "Other words. " * 20, "2011-03-04"),
        ("new", "New", "A truce was spoken of. " + "Other words. " * 20, "2021-03-04"),
        ("dense", "Dense", "Truce, truce and truce again.", "2011-03-04"),
        ("title", "Truce", "Quite another thing. " * 5, "2011-03-04"),
        ("none", "None", "Nothing of the kind.", "2021-03-05"),
    ]:
        library.importing.add_bytes(f"{name}.md", markdown(title, body, date=day))
    indexed(library)
    assert titles(library, "truce sort:relevance") == ["Truce", "Dense", "New", "Old"]


def test_relevance_puts_articles_without_the_words_last(library: Library):
    for name, title, body, day in [
        ("old", "Old", "A truce was spoken of.", "2011-03-04"),
        ("dense", "Dense", "Truce, truce and truce again.", "2001-03-04"),
        ("tagged", "Tagged", "Nothing of the kind.", "2021-03-05"),
    ]:
        library.importing.add_bytes(f"{name}.md", markdown(title, body, date=day, tags="[peace]"))
    indexed(library)
    assert titles(library, "truce OR tag:peace sort:relevance") == ["Dense", "Old", "Tagged"]


VOCABULARY = [
    "truce",
    "Trucé",
    "harb",
    "harbour",
    "мир",
    "新闻",
    "新",
    "闻",
    "ไทย",
    "한국",
    "fire",
    "cease-fire",
]
bodies = st.lists(st.sampled_from([*VOCABULARY, "**", "\n\n", ",", "3月"]), max_size=6).map(" ".join)
terms = st.builds(
    lambda minus, field, word, end: f"{minus}{field}{word}{end}",
    st.sampled_from(["", "-"]),
    st.sampled_from(["", "", "title:", "text:", "note:", "quote:", "author:"]),
    st.sampled_from([*VOCABULARY, '"cease fire"', '"fire cease"~0', '"harb truce"*~1', '"fire cease 3"~4', '"新 闻"', '"fire harb"', "3", "月"]),
    st.sampled_from(["", ""]),
) | st.sampled_from(["harb*", "title:tru*", "is:read", "(truce OR 新)", "-(fire OR 闻)"])  # fmt: skip


@settings(max_examples=25)
@given(
    st.lists(st.tuples(bodies, bodies), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 9), bodies), max_size=3),
    st.booleans(),
    st.lists(st.lists(terms, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=6),
)
def test_a_search_finds_the_same_with_a_current_an_old_and_no_index(
    articles: list[tuple[str, str]], notes: list[tuple[int, str]], late: bool, queries: list[str]
):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        with Library.open(path, clock=FakeClock(), timezone=BERLIN, new_id=FakeIds()) as library:
            for number, (title, body) in enumerate(articles):
                front = "author: Мир Truce\n" if number % 2 else ""
                text = f"---\ntitle: 'N{number} {title.strip()}'\n{front}---\n\nBody {number} {body}\n"
                library.importing.add_bytes(f"{number}.md", text.encode())
            ids = library.search.ids()
            if late:
                indexed(library)
            for number, note in notes:
                library.note(ids[number % len(ids)], f"Note {note}")
            library.articles.mark_read(ids[:1])
            if not late:
                indexed(library)
            # The best match is the index's to tell.
            for query in (f"{terms} sort:-date" for terms in queries):
                found = (library.search.ids(query), [note.id for note in library.annotations.select(query)])
                assert found == ids_without_index(path, query), query
