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
    return library.add_bytes("a.md", markdown("Strike", body, date="2021-03-04", url=url)).id


def test_a_mark_is_found_by_the_next_program(library: Library):
    key = add(library)
    offset = library.document(key).text.index("The operator")
    library.set_mark("a", key, offset)
    with Library.open(library.path) as other:
        mark = other.mark("a")
        assert (mark.article, mark.quote.start, mark.lost) == (key, offset, False)
        assert mark.quote.exact.startswith("The operator asked")
        assert list(other.marks()) == ["a"]


def test_a_mark_set_again_moves_and_the_others_stay(library: Library):
    key = add(library)
    library.set_mark("b", key, 0)
    library.set_mark("a", key, 5)
    library.set_mark("b", key, 20)
    assert {letter: mark.quote.start for letter, mark in library.marks().items()} == {"a": 5, "b": 20}


def test_a_mark_follows_its_words_into_a_changed_text(library: Library):
    key = add(library)
    library.set_mark("a", key, library.document(key).text.index("The operator"))
    add(library, "A new beginning, which was not there before.\n\n" + BODY)
    assert library.document(key).text[library.mark("a").quote.start :].startswith("The operator asked")


def test_a_mark_whose_words_are_gone_is_lost_and_not_put_elsewhere(library: Library):
    key = add(library)
    library.set_mark("a", key, library.document(key).text.index("The operator"))
    add(library, "Something else altogether is told here now.\n\nIn two paragraphs.")
    assert library.mark("a").lost


def test_setting_a_mark_is_not_what_undo_takes_back(library: Library):
    key = add(library)
    library.bookmark([key])
    library.set_mark("a", key, 3)
    assert library.undo().title == "bookmark"
    assert library.mark("a").quote.start == 3


@pytest.mark.parametrize("letter", ["A", "1", "", "ab", "ä", " "])
def test_a_mark_is_called_by_a_letter(library: Library, letter: str):
    with pytest.raises(LibraryError, match="a to z"):
        library.set_mark(letter, add(library), 0)
    with pytest.raises(LibraryError, match="a to z"):
        library.mark(letter)


def test_what_is_not_there_is_told(library: Library):
    with pytest.raises(MarkNotFound, match="no mark q"):
        library.mark("q")
    key = add(library)
    library.set_mark("a", key, 10_000)
    library.trash([key])
    library.empty_trash()
    with pytest.raises(ArticleNotFound):
        library.mark("a")
