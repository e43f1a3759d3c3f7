"""Marks: a letter for a place in an article, which holds when the text changes."""

from __future__ import annotations

import pytest
from fakes import markdown

from library import Library, LibraryError, MarkNotFound
from library.errors import ArticleNotFound

BODY = (
    "Dock workers voted on Thursday, the union said. Nobody expects a quick end to the strike.\n\n"
    "The operator asked for time until the end of the month. The port is closed to all ships but two."
)


def add(library: Library, body: str = BODY) -> str:
    url = "https://news.example.org/strike"
    return library.importing.add_bytes("a.md", markdown("Strike", body, date="2021-03-04", url=url)).id


def test_a_mark_is_found_after_a_restart(library: Library):
    key = add(library)
    offset = library.articles.document(key).text.index("The operator")
    library.jump_marks.set("a", key, offset)
    with Library.open(library.path) as other:
        mark = other.jump_marks.get("a")
        assert (mark.article, mark.quote.start, mark.lost) == (key, offset, False)
        assert mark.quote.exact.startswith("The operator asked")
        assert list(other.jump_marks.all()) == ["a"]


def test_a_mark_set_again_moves_and_the_others_stay_unchanged(library: Library):
    key = add(library)
    library.jump_marks.set("b", key, 0)
    library.jump_marks.set("a", key, 5)
    library.jump_marks.set("b", key, 20)
    assert {letter: mark.quote.start for letter, mark in library.jump_marks.all().items()} == {
        "a": 5,
        "b": 20,
    }


def test_a_mark_follows_its_words_into_a_changed_text(library: Library):
    key = add(library)
    library.jump_marks.set("a", key, library.articles.document(key).text.index("The operator"))
    add(library, "A new beginning, which was not there before.\n\n" + BODY)
    assert (
        library.articles.document(key)
        .text[library.jump_marks.get("a").quote.start :]
        .startswith("The operator asked")
    )


def test_a_mark_whose_words_were_deleted_is_lost_and_never_misplaced(library: Library):
    key = add(library)
    library.jump_marks.set("a", key, library.articles.document(key).text.index("The operator"))
    add(library, "Something else altogether is told here now.\n\nIn two paragraphs.")
    assert library.jump_marks.get("a").lost


def test_undo_does_not_revert_setting_a_mark(library: Library):
    key = add(library)
    library.bookmark([key])
    library.jump_marks.set("a", key, 3)
    assert library.undo().title == "bookmark"
    assert library.jump_marks.get("a").quote.start == 3


@pytest.mark.parametrize("letter", ["A", "1", "", "ab", "ä", " "])
def test_a_mark_needs_a_letter_from_a_to_z(library: Library, letter: str):
    with pytest.raises(LibraryError, match="a to z"):
        library.jump_marks.set(letter, add(library), 0)
    with pytest.raises(LibraryError, match="a to z"):
        library.jump_marks.get(letter)


def test_a_mark_that_is_not_set_is_reported(library: Library):
    with pytest.raises(MarkNotFound, match="no jump mark q"):
        library.jump_marks.get("q")
    key = add(library)
    library.jump_marks.set("a", key, 10_000)
    library.articles.trash([key])
    library.maintenance.empty_trash()
    with pytest.raises(ArticleNotFound):
        library.jump_marks.get("a")
