"""The façade: what a program can do with a library, and the errors it gets."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError
from datetime import date
from pathlib import Path

import pytest
from fakes import BERLIN, FakeClock

from library import Library
from library.errors import (
    AmbiguousId,
    AnnotationNotFound,
    ArticleNotFound,
    LibraryError,
    QueryError,
    QuoteNotFound,
    StoreUnwritable,
)
from library.models import AnnotationKind, DayCount, ImportStatus, Passage, Position, TagCount


def one(library: Library, query: str) -> str:
    (key,) = library.search.ids(query)
    return key


# Opening


def test_an_empty_library_answers_every_query(library: Library):
    assert library.select() == library.search.ids("date:2020") == library.annotations.select() == []
    assert library.tags.counts() == library.calendar.days() == []
    assert library.articles.statistics().articles == library.articles.count() == 0
    assert not library.path.exists()


def test_everything_is_kept_after_a_restart(seeded: Library, clock: FakeClock):
    key = one(seeded, "strike")
    seeded.bookmark([key])
    seeded.tag([key], ["kept"])
    seeded.note(key, "Also kept.", quote="another week")
    seeded.articles.save_position(key, Position(7, 0.25))
    with Library.open(seeded.path, clock=clock, timezone=BERLIN) as again:
        assert again.select() == seeded.select()
        assert again.annotations.select() == seeded.annotations.select()
        assert again.articles.get(key).state.position == Position(7, 0.25)
        assert again.articles.body(key) == seeded.articles.body(key)


def test_what_another_program_wrote_is_seen_after_a_refresh(seeded: Library, clock: FakeClock):
    with Library.open(seeded.path, clock=clock) as other:
        key = one(other, "strike")
        seeded.bookmark([key])
        assert other.search.ids("is:bookmarked") == []
        assert other.refresh()
        assert other.search.ids("is:bookmarked") == [key]
        assert not other.refresh()


def test_starter_articles_are_added_only_once(library: Library, clock: FakeClock):
    count = library.importing.add_starter_articles()
    assert count == library.articles.count() >= 16
    assert library.importing.add_starter_articles() == 0
    library.articles.trash(library.search.ids("tag:starter"))
    with Library.open(library.path, clock=clock) as again:
        assert again.importing.add_starter_articles() == 0
        assert again.articles.count() == 0


def test_a_library_that_has_articles_is_not_filled(seeded: Library):
    assert seeded.importing.add_starter_articles() == 0
    assert seeded.articles.count() == 5


def test_a_folder_that_cannot_be_written_can_be_opened_and_says_so(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with Library.open(tmp_path / "file" / "library") as library:
        assert not library.writable
        assert library.select() == []
        with pytest.raises(StoreUnwritable):
            library.importing.add_starter_articles()
        with pytest.raises(StoreUnwritable):
            library.importing.add_bytes("a.md", b"# A\n\nText.\n")
        with pytest.raises(StoreUnwritable):
            library.drafts.keep("x", "text")
        assert library.drafts.get("x") == ""


# Looking up


def test_an_article_is_named_by_any_unambiguous_beginning_of_its_id(seeded: Library):
    keys = seeded.search.ids()
    for key in keys:
        shortest = next(
            key[:n] for n in range(1, 17) if sum(other.startswith(key[:n]) for other in keys) == 1
        )
        assert seeded.articles.resolve(shortest) == seeded.articles.resolve(f" {shortest.upper()} ") == key
        assert seeded.articles.get(shortest).id == key


def test_unknown_and_ambiguous_ids_are_reported(seeded: Library):
    for prefix in ("", "0", "zzzzzzzzzzzzzzzzz", "../x"):
        with pytest.raises(ArticleNotFound, match="tuireader list"):
            seeded.articles.resolve(prefix)
    for number in range(40):
        seeded.importing.add_bytes("x.md", f"# Number {number}\n\nText {number}.\n".encode())
    shared = next(
        a[:1] for a in seeded.search.ids() if sum(b.startswith(a[:1]) for b in seeded.search.ids()) > 1
    )
    with pytest.raises(AmbiguousId, match="Add another letter") as caught:
        seeded.articles.resolve(shared)
    assert set(caught.value.candidates) == {key for key in seeded.search.ids() if key.startswith(shared)}


def test_values_are_frozen(seeded: Library):
    article = seeded.select()[0]
    with pytest.raises(FrozenInstanceError):
        article.title = "Other"  # type: ignore[misc]


def test_a_missing_text_is_reported_and_the_rest_works(seeded: Library):
    article = seeded.articles.get(one(seeded, "strike"))
    (seeded.path / article.text).unlink()
    with pytest.raises(LibraryError, match=r"Harbour Strike.*cannot be read.*No such file"):
        seeded.articles.body(article.id)
    assert len(seeded.select()) == 5
    assert seeded.search.ids("workers") == []


def test_an_invalid_query_is_a_query_error_everywhere(seeded: Library):
    for ask in (
        seeded.search.ids,
        seeded.select,
        seeded.annotations.select,
        seeded.tags.counts,
        seeded.calendar.days,
        seeded.search.parse,
    ):
        with pytest.raises(QueryError):
            ask("tag:")


# Counting


def test_tags_are_counted_most_used_first(seeded: Library):
    seeded.tag(seeded.search.ids("oil OR pottery"), ["harbour"])
    assert (
        seeded.tags.counts()[0]
        == TagCount("harbour", len(seeded.search.ids("tag:harbour")))
        == TagCount("harbour", 4)
    )
    assert len(seeded.tags.counts()) == seeded.articles.statistics().tags == 7
    assert seeded.tags.counts("title:oil") == [
        TagCount("energy", 1),
        TagCount("harbour", 1),
        TagCount("world/europe", 1),
    ]


def test_days_are_counted_newest_first_in_the_readers_zone(seeded: Library):
    assert seeded.calendar.days() == [
        DayCount(date(2021, 3, 4), 3),
        DayCount(date(2021, 3, 3), 1),
        DayCount(None, 1),
    ]
    seeded.articles.trash(seeded.search.ids("date:none"))
    assert seeded.calendar.days() == [DayCount(date(2021, 3, 4), 3), DayCount(date(2021, 3, 3), 1)]


def test_statistics_count_what_the_library_has(seeded: Library):
    seeded.articles.mark_read(seeded.search.ids("oil"))
    seeded.bookmark(seeded.search.ids("oil OR strike"))
    seeded.note(one(seeded, "strike"), "A note.")
    seeded.articles.trash(seeded.search.ids("pottery"))
    figures = seeded.articles.statistics()
    assert (figures.articles, figures.unread, figures.bookmarked, figures.trashed) == (4, 3, 2, 1)
    assert (figures.annotations, figures.first, figures.last) == (1, date(2021, 3, 3), date(2021, 3, 4))
    assert figures.words == sum(article.words for article in seeded.select())
    assert figures.bytes == sum(path.stat().st_size for path in seeded.path.rglob("*") if path.is_file())
    assert ("ru", 1) in figures.languages


# Marking


def test_marks_are_set_and_removed_and_the_changes_reported(seeded: Library):
    keys = seeded.search.ids("tag:harbour")
    assert seeded.bookmark(keys) == keys
    assert seeded.bookmark(keys) == []
    assert len({article.state.bookmarked for article in seeded.select("is:bookmarked")}) == 1
    assert seeded.articles.remove_bookmark(keys[:1]) == keys[:1]
    assert seeded.search.ids("is:bookmarked") == keys[1:]


def test_a_change_affects_all_articles_or_none(seeded: Library):
    keys = seeded.search.ids("tag:harbour")
    with pytest.raises(ArticleNotFound):
        seeded.bookmark([keys[0], "zzzz"])
    assert seeded.search.ids("is:bookmarked") == []


def test_an_article_given_twice_is_changed_once(seeded: Library):
    key = one(seeded, "strike")
    assert len(seeded.bookmark([key, key[:10], key.upper()])) == 1


def test_opening_marks_as_read_and_keeps_the_first_time(seeded: Library):
    key = one(seeded, "strike")
    first = seeded.articles.record_opened(key).state
    second = seeded.articles.record_opened(key).state
    assert first.read == second.read == first.opened
    assert first.opened is not None and second.opened is not None and first.opened < second.opened


def test_tags_are_cleaned_added_and_removed_without_regard_to_case(seeded: Library):
    key = one(seeded, "strike")
    seeded.tag([key], ["#New", " two  words ", "a,b", 'c"d', "\x1b[31mred", "HARBOUR", "new", "#", ""])
    assert seeded.articles.get(key).tags == ("harbour", "labour", "New", "two words", "a b", "c d", "red")
    assert seeded.search.ids('tag:"c d"') == [key]
    assert seeded.tags.remove([key], ["NEW", "Harbour", "not there"]) == [key]
    assert seeded.articles.get(key).tags == ("labour", "two words", "a b", "c d", "red")
    assert seeded.tag([key], ["#"]) == []


# Annotating


def test_a_note_is_on_an_article_or_on_a_passage(seeded: Library):
    key = one(seeded, "strike")
    whole = seeded.note(key, "On all of it.", tags=["mine"])
    on_words = seeded.note(key, "On two words.", quote="said", occurrence=2)
    assert (whole.kind, whole.quote, whole.tags) == (AnnotationKind.NOTE, None, ("mine",))
    assert on_words.quote is not None
    text = seeded.articles.document(key).text
    assert text[on_words.quote.start : on_words.quote.end] == "said"
    assert text[: on_words.quote.start].count("said") == 1
    assert seeded.annotations.of(key) == [whole, on_words]
    assert seeded.annotations.select() == [on_words, whole]
    assert seeded.annotations.note_count(key) == 2


def test_words_are_found_although_they_were_copied_differently(seeded: Library):
    library = seeded
    key = library.importing.add_bytes("a.md", "# Cafés\n\nThe café’s “offer” –\nnothing else.\n".encode()).id
    decomposed = 'cafe\u0301\'s "offer" - nothing\u200b'
    assert library.highlight(key, decomposed).quote is not None


def test_words_that_do_not_occur_are_reported(seeded: Library):
    key = one(seeded, "strike")
    with pytest.raises(QuoteNotFound, match="“no such words” was not found in article"):
        seeded.note(key, "x", quote="no such words")
    with pytest.raises(QuoteNotFound, match=r"occurs only 2 times.*occurrence 3"):
        seeded.highlight(key, "said", occurrence=3)
    with pytest.raises(QuoteNotFound, match="occurrence 0"):
        seeded.highlight(key, "said", occurrence=0)
    assert seeded.annotations.select() == []


def test_a_note_is_edited_and_removed(seeded: Library):
    key = one(seeded, "strike")
    note = seeded.note(key, "Previous.", quote="another week")
    edited = seeded.annotations.edit_note(note.id, "Latter.\x1b[31m")
    assert (edited.body, edited.quote, edited.created) == ("Latter.", note.quote, note.created)
    assert edited.updated > note.updated
    assert seeded.annotations.get(note.id) == edited
    assert seeded.annotations.remove(note.id) == edited
    assert seeded.annotations.select() == []
    for change in (
        lambda: seeded.annotations.edit_note(note.id, "x"),
        lambda: seeded.annotations.remove(note.id),
    ):
        with pytest.raises(AnnotationNotFound, match=note.id):
            change()
    seeded.undo()
    assert seeded.annotations.select() == [edited]


def test_a_note_that_another_program_removed_does_not_come_back_by_an_edit(seeded: Library, clock: FakeClock):
    note = seeded.note(one(seeded, "strike"), "Previous.")
    with Library.open(seeded.path, clock=clock) as other:
        other.annotations.remove(note.id)
    with pytest.raises(AnnotationNotFound):
        seeded.annotations.edit_note(note.id, "Latter.")


def test_an_article_that_another_program_added_can_be_annotated(seeded: Library, clock: FakeClock):
    with Library.open(seeded.path, clock=clock) as other:
        key = other.importing.add_bytes("new.md", b"# New\n\nFresh words.\n").id
    assert seeded.note(key, "x", quote="Fresh").article == key


def test_notes_are_returned_exactly_as_written(seeded: Library):
    key = one(seeded, "strike")
    body = "# Heading\n\n* a\n* b\n\n\tcode ‘x’ — 港口 🙂 [/] [bold]x[/bold]\n\n> quote\n"
    assert seeded.note(key, body).body == body
    assert seeded.annotations.select()[0].body == body


def test_drafts_are_kept_until_they_are_emptied(seeded: Library):
    seeded.drafts.keep("a", "half a sent\ud800")
    assert seeded.drafts.get("a") == "half a sent?"
    seeded.drafts.keep("a", "")
    seeded.drafts.keep("a", "")
    assert seeded.drafts.get("a") == ""


def test_a_draft_keeps_its_passage(seeded: Library):
    passage = Passage('the "union" --> said\nno', 17)
    seeded.drafts.keep("a", "half", passage)
    assert (seeded.drafts.get("a"), seeded.drafts.passage("a")) == ("half", passage)
    seeded.drafts.keep("a", "whole")
    assert (seeded.drafts.get("a"), seeded.drafts.passage("a")) == ("whole", None)
    for typed in ("<!-- tuireader: {} -->\nmine", "<!-- tuireader: no -->\nmine"):
        seeded.drafts.keep("a", typed)
        assert (seeded.drafts.get("a"), seeded.drafts.passage("a")) == (typed, None)


# Several threads, several programs


def test_reading_continues_while_another_thread_writes(seeded: Library):
    keys, stop = seeded.search.ids(), threading.Event()
    strike = one(seeded, "strike")

    def read() -> int:
        rounds = 0
        while not stop.is_set() or rounds == 0:
            assert len(seeded.select("")) == 5
            for note in seeded.annotations.of(strike):
                assert note.article == strike
            assert len(seeded.search.ids("is:bookmarked")) in (0, 5)
            seeded.annotations.select("note:word")
            seeded.articles.statistics()
            rounds += 1
        return rounds

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        for number in range(15):
            seeded.articles.mark(keys, "bookmarked", number % 2 == 0)
            seeded.note(strike, f"word {number}")
            if number % 3 == 2:
                seeded.annotations.remove(seeded.annotations.of(strike)[0].id)
        stop.set()
        assert all(reader.result(60) for reader in readers)
    assert seeded.annotations.note_count(strike) == 10


MARK_A_HUNDRED_TIMES = """
import sys
from library import Library
with Library.open(sys.argv[1]) as library:
    key = sys.argv[3]
    for number in range(50):
        library.tag([key], [f"{sys.argv[2]}{number}"])
        library.note(key, f"{sys.argv[2]} {number}")
"""


def test_two_programs_that_write_at_once_lose_nothing(seeded: Library):
    key = one(seeded, "strike")
    programs = [
        subprocess.Popen([sys.executable, "-c", MARK_A_HUNDRED_TIMES, str(seeded.path), name, key])
        for name in "ab"
    ]
    assert [program.wait(100) for program in programs] == [0, 0]
    seeded.refresh()
    assert set(seeded.articles.get(key).tags) >= {f"{name}{number}" for name in "ab" for number in range(50)}
    assert {note.body for note in seeded.annotations.select()} == {
        f"{name} {number}" for name in "ab" for number in range(50)
    }


def test_imports_are_named_in_their_outcomes(seeded: Library):
    outcome = seeded.importing.add_bytes("new.md", b"# New\n\nWords.\n", tags=["x"])
    assert (outcome.status, outcome.title, outcome.source) == (ImportStatus.ADDED, "New", "new.md")
    assert seeded.articles.get(outcome.id).tags == ("x",)
