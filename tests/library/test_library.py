"""The façade: what a program can do with a library, and how it is told what cannot be done."""

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
    (key,) = library.ids(query)
    return key


# Opening


def test_an_empty_library_answers_every_question(library: Library):
    assert library.select() == library.ids("date:2020") == library.annotations() == []
    assert library.tags() == library.dates() == []
    assert library.statistics().articles == library.article_count() == 0
    assert not library.path.exists()


def test_everything_is_there_after_a_restart(seeded: Library, clock: FakeClock):
    key = one(seeded, "strike")
    seeded.bookmark([key])
    seeded.tag([key], ["kept"])
    seeded.note(key, "Also kept.", quote="another week")
    seeded.keep_position(key, Position(7, 0.25))
    with Library.open(seeded.path, clock=clock, timezone=BERLIN) as again:
        assert again.select() == seeded.select()
        assert again.annotations() == seeded.annotations()
        assert again.article(key).state.position == Position(7, 0.25)
        assert again.body(key) == seeded.body(key)


def test_what_another_program_wrote_is_seen_after_a_refresh(seeded: Library, clock: FakeClock):
    with Library.open(seeded.path, clock=clock) as other:
        key = one(other, "strike")
        seeded.bookmark([key])
        assert other.ids("is:bookmarked") == []
        assert other.refresh()
        assert other.ids("is:bookmarked") == [key]
        assert not other.refresh()


def test_a_library_is_filled_once_in_its_life(library: Library, clock: FakeClock):
    count = library.fill()
    assert count == library.article_count() >= 16
    assert library.fill() == 0
    library.trash(library.ids("tag:starter"))
    with Library.open(library.path, clock=clock) as again:
        assert again.fill() == 0
        assert again.article_count() == 0


def test_a_library_that_has_articles_is_not_filled(seeded: Library):
    assert seeded.fill() == 0
    assert seeded.article_count() == 5


def test_a_folder_that_cannot_be_written_can_be_opened_and_says_so(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with Library.open(tmp_path / "file" / "library") as library:
        assert not library.writable
        assert library.select() == []
        with pytest.raises(StoreUnwritable):
            library.fill()
        with pytest.raises(StoreUnwritable):
            library.add_bytes("a.md", b"# A\n\nText.\n")
        with pytest.raises(StoreUnwritable):
            library.drafts.keep("x", "text")
        assert library.drafts.get("x") == ""


# Looking up


def test_an_article_is_named_by_any_unambiguous_beginning_of_its_id(seeded: Library):
    keys = seeded.ids()
    for key in keys:
        shortest = next(
            key[:n] for n in range(1, 17) if sum(other.startswith(key[:n]) for other in keys) == 1
        )
        assert seeded.resolve(shortest) == seeded.resolve(f" {shortest.upper()} ") == key
        assert seeded.article(shortest).id == key


def test_ids_that_name_none_or_several_are_told(seeded: Library):
    for prefix in ("", "0", "zzzzzzzzzzzzzzzzz", "../x"):
        with pytest.raises(ArticleNotFound, match="tuireader list"):
            seeded.resolve(prefix)
    for number in range(40):
        seeded.add_bytes("x.md", f"# Number {number}\n\nText {number}.\n".encode())
    shared = next(a[:1] for a in seeded.ids() if sum(b.startswith(a[:1]) for b in seeded.ids()) > 1)
    with pytest.raises(AmbiguousId, match="Write one more letter") as caught:
        seeded.resolve(shared)
    assert set(caught.value.candidates) == {key for key in seeded.ids() if key.startswith(shared)}


def test_values_are_frozen(seeded: Library):
    article = seeded.select()[0]
    with pytest.raises(FrozenInstanceError):
        article.title = "Other"  # type: ignore[misc]


def test_a_text_that_is_gone_is_named_and_the_rest_goes_on(seeded: Library):
    article = seeded.article(one(seeded, "strike"))
    (seeded.path / article.text).unlink()
    with pytest.raises(LibraryError, match=r"Harbour Strike.*cannot be read.*No such file"):
        seeded.body(article.id)
    assert len(seeded.select()) == 5
    assert seeded.ids("workers") == []


def test_a_query_that_cannot_be_understood_is_a_query_error_everywhere(seeded: Library):
    for ask in (seeded.ids, seeded.select, seeded.annotations, seeded.tags, seeded.dates, seeded.parse):
        with pytest.raises(QueryError):
            ask("tag:")


# Counting


def test_tags_are_counted_most_used_first(seeded: Library):
    seeded.tag(seeded.ids("oil OR pottery"), ["harbour"])
    assert seeded.tags()[0] == TagCount("harbour", len(seeded.ids("tag:harbour"))) == TagCount("harbour", 4)
    assert len(seeded.tags()) == seeded.statistics().tags == 7
    assert seeded.tags("title:oil") == [
        TagCount("energy", 1),
        TagCount("harbour", 1),
        TagCount("world/europe", 1),
    ]


def test_days_are_counted_newest_first_in_the_readers_zone(seeded: Library):
    assert seeded.dates() == [DayCount(date(2021, 3, 4), 3), DayCount(date(2021, 3, 3), 1), DayCount(None, 1)]
    seeded.trash(seeded.ids("date:none"))
    assert seeded.dates() == [DayCount(date(2021, 3, 4), 3), DayCount(date(2021, 3, 3), 1)]


def test_statistics_count_what_is_there(seeded: Library):
    seeded.read(seeded.ids("oil"))
    seeded.bookmark(seeded.ids("oil OR strike"))
    seeded.note(one(seeded, "strike"), "A note.")
    seeded.trash(seeded.ids("pottery"))
    figures = seeded.statistics()
    assert (figures.articles, figures.unread, figures.bookmarked, figures.trashed) == (4, 3, 2, 1)
    assert (figures.annotations, figures.first, figures.last) == (1, date(2021, 3, 3), date(2021, 3, 4))
    assert figures.words == sum(article.words for article in seeded.select())
    assert figures.bytes == sum(path.stat().st_size for path in seeded.path.rglob("*") if path.is_file())
    assert ("ru", 1) in figures.languages


# Marking


def test_marks_are_set_and_taken_away_and_tell_what_changed(seeded: Library):
    keys = seeded.ids("tag:harbour")
    assert seeded.bookmark(keys) == keys
    assert seeded.bookmark(keys) == []
    assert len({article.state.bookmarked for article in seeded.select("is:bookmarked")}) == 1
    assert seeded.bookmark(keys[:1], on=False) == keys[:1]
    assert seeded.ids("is:bookmarked") == keys[1:]


def test_a_change_happens_to_all_or_to_none(seeded: Library):
    keys = seeded.ids("tag:harbour")
    with pytest.raises(ArticleNotFound):
        seeded.bookmark([keys[0], "zzzz"])
    assert seeded.ids("is:bookmarked") == []


def test_an_article_that_is_named_twice_is_changed_once(seeded: Library):
    key = one(seeded, "strike")
    assert len(seeded.bookmark([key, key[:10], key.upper()])) == 1


def test_opening_marks_as_read_and_keeps_the_first_time(seeded: Library):
    key = one(seeded, "strike")
    first = seeded.opened(key).state
    second = seeded.opened(key).state
    assert first.read == second.read == first.opened
    assert first.opened is not None and second.opened is not None and first.opened < second.opened


def test_tags_are_cleaned_added_and_removed_without_regard_to_case(seeded: Library):
    key = one(seeded, "strike")
    seeded.tag([key], ["#New", " two  words ", "a,b", 'c"d', "\x1b[31mred", "HARBOUR", "new", "#", ""])
    assert seeded.article(key).tags == ("harbour", "labour", "New", "two words", "a b", "c d", "red")
    assert seeded.ids('tag:"c d"') == [key]
    assert seeded.tag([key], ["NEW", "Harbour", "not there"], remove=True) == [key]
    assert seeded.article(key).tags == ("labour", "two words", "a b", "c d", "red")
    assert seeded.tag([key], ["#"]) == []


# Annotating


def test_a_note_stands_on_an_article_or_on_words(seeded: Library):
    key = one(seeded, "strike")
    whole = seeded.note(key, "On all of it.", tags=["mine"])
    on_words = seeded.note(key, "On two words.", quote="said", occurrence=2)
    assert (whole.kind, whole.quote, whole.tags) == (AnnotationKind.NOTE, None, ("mine",))
    assert on_words.quote is not None
    text = seeded.document(key).text
    assert text[on_words.quote.start : on_words.quote.end] == "said"
    assert text[: on_words.quote.start].count("said") == 1
    assert seeded.annotations_of(key) == [whole, on_words]
    assert seeded.annotations() == [on_words, whole]
    assert seeded.note_count(key) == 2


def test_words_are_found_although_they_were_copied_otherwise(seeded: Library):
    library = seeded
    key = library.add_bytes("a.md", "# Cafés\n\nThe café’s “offer” –\nnothing else.\n".encode()).id
    decomposed = 'cafe\u0301\'s "offer" - nothing\u200b'
    assert library.highlight(key, decomposed).quote is not None


def test_words_that_are_not_there_are_told(seeded: Library):
    key = one(seeded, "strike")
    with pytest.raises(QuoteNotFound, match="“no such words” does not stand in article"):
        seeded.note(key, "x", quote="no such words")
    with pytest.raises(QuoteNotFound, match=r"stands only 2 times.*occurrence 3"):
        seeded.highlight(key, "said", occurrence=3)
    with pytest.raises(QuoteNotFound, match="occurrence 0"):
        seeded.highlight(key, "said", occurrence=0)
    assert seeded.annotations() == []


def test_a_note_is_edited_and_removed(seeded: Library):
    key = one(seeded, "strike")
    note = seeded.note(key, "Former.", quote="another week")
    edited = seeded.edit_note(note.id, "Latter.\x1b[31m")
    assert (edited.body, edited.quote, edited.created) == ("Latter.", note.quote, note.created)
    assert edited.updated > note.updated
    assert seeded.annotation(note.id) == edited
    assert seeded.remove_annotation(note.id) == edited
    assert seeded.annotations() == []
    for change in (lambda: seeded.edit_note(note.id, "x"), lambda: seeded.remove_annotation(note.id)):
        with pytest.raises(AnnotationNotFound, match=note.id):
            change()
    seeded.undo()
    assert seeded.annotations() == [edited]


def test_a_note_that_another_program_removed_does_not_come_back_by_an_edit(seeded: Library, clock: FakeClock):
    note = seeded.note(one(seeded, "strike"), "Former.")
    with Library.open(seeded.path, clock=clock) as other:
        other.remove_annotation(note.id)
    with pytest.raises(AnnotationNotFound):
        seeded.edit_note(note.id, "Latter.")


def test_an_article_that_another_program_added_can_be_annotated(seeded: Library, clock: FakeClock):
    with Library.open(seeded.path, clock=clock) as other:
        key = other.add_bytes("new.md", b"# New\n\nFresh words.\n").id
    assert seeded.note(key, "x", quote="Fresh").article == key


def test_the_words_a_person_wrote_come_back_as_they_were(seeded: Library):
    key = one(seeded, "strike")
    body = "# Heading\n\n* a\n* b\n\n\tcode ‘x’ — 港口 🙂 [/] [bold]x[/bold]\n\n> quote\n"
    assert seeded.note(key, body).body == body
    assert seeded.annotations()[0].body == body


def test_drafts_are_kept_until_they_are_emptied(seeded: Library):
    seeded.drafts.keep("a", "half a sent\ud800")
    assert seeded.drafts.get("a") == "half a sent?"
    seeded.drafts.keep("a", "")
    seeded.drafts.keep("a", "")
    assert seeded.drafts.get("a") == ""


def test_a_draft_knows_the_words_that_it_is_a_note_on(seeded: Library):
    passage = Passage('the "union" --> said\nno', 17)
    seeded.drafts.keep("a", "half", passage)
    assert (seeded.drafts.get("a"), seeded.drafts.passage("a")) == ("half", passage)
    seeded.drafts.keep("a", "whole")
    assert (seeded.drafts.get("a"), seeded.drafts.passage("a")) == ("whole", None)
    for typed in ("<!-- tuireader: {} -->\nmine", "<!-- tuireader: no -->\nmine"):
        seeded.drafts.keep("a", typed)
        assert (seeded.drafts.get("a"), seeded.drafts.passage("a")) == (typed, None)


# Several threads, several programs


def test_reading_goes_on_while_another_thread_writes(seeded: Library):
    keys, stop = seeded.ids(), threading.Event()
    strike = one(seeded, "strike")

    def read() -> int:
        rounds = 0
        while not stop.is_set() or rounds == 0:
            assert len(seeded.select("")) == 5
            for note in seeded.annotations_of(strike):
                assert note.article == strike
            assert len(seeded.ids("is:bookmarked")) in (0, 5)
            seeded.annotations("note:word")
            seeded.statistics()
            rounds += 1
        return rounds

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        for number in range(15):
            seeded.bookmark(keys, on=number % 2 == 0)
            seeded.note(strike, f"word {number}")
            if number % 3 == 2:
                seeded.remove_annotation(seeded.annotations_of(strike)[0].id)
        stop.set()
        assert all(reader.result(60) for reader in readers)
    assert seeded.note_count(strike) == 10


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
    assert set(seeded.article(key).tags) >= {f"{name}{number}" for name in "ab" for number in range(50)}
    assert {note.body for note in seeded.annotations()} == {
        f"{name} {number}" for name in "ab" for number in range(50)
    }


def test_imports_are_named_in_their_outcomes(seeded: Library):
    outcome = seeded.add_bytes("new.md", b"# New\n\nWords.\n", tags=["x"])
    assert (outcome.status, outcome.title, outcome.source) == (ImportStatus.ADDED, "New", "new.md")
    assert seeded.article(outcome.id).tags == ("x",)
