"""Revisions of an article: the changes, and earlier texts."""

from __future__ import annotations

import pytest

from library.text.difference import word_difference
from library.text.document import plain_document
from tuireader.revisions.comparison import changed_text
from tuireader.revisions.screen import RevisionsScreen

FIRST = (
    "The vote was close.\n\n## Costs\n\nThe mayor knows the costs.\n\n"
    + "Nothing changes here. " * 200
    + "\n\nThe end."
)
SECOND = FIRST.replace("close", "clear")
THIRD = SECOND.replace("The mayor knows", "Nobody knows").replace("The end.", "The end of it.")


@pytest.fixture
def revised(library_at, empty_folder):
    with library_at(empty_folder) as library:
        for body in (FIRST, SECOND, THIRD):
            head = "title: Tram\nurl: https://news.example.org/tram"
            library.importing.add_bytes("a.md", f"---\n{head}\n---\n{body}".encode())
    return empty_folder


async def test_the_latest_change_is_shown_and_stepped_through(reader, revised):
    async with reader(revised, size=(100, 24)) as desk:
        await desk.press("enter")
        assert "2\xa0revisions" in desk.text
        await desk.press("g", "d")
        assert "Revision 2 of 2" in desk.lines()[0] and "2 changes since" in desk.lines()[0]
        assert any("±" in line and "The mayor Nobody knows the costs." in line for line in desk.lines())
        await desk.press("2", "n")
        assert any("+" in line and "The end of it." in line for line in desk.lines())
        await desk.press("N")
        assert "The mayor Nobody knows" in desk.lines()[1]
        await desk.press("q")
        assert desk.app.focused is desk.screen.page


async def test_revisions_are_chosen_and_read_as_they_were(reader, revised):
    async with reader(revised, size=(100, 24)) as desk:
        await desk.press("enter", "g", "d", "left_square_bracket", "r")
        assert "Revision 1 of 2" in desk.lines()[0] and "3 changes since" in desk.lines()[0]
        await desk.press("d")
        assert "whole text" in desk.lines()[0] and "The vote was close." in desk.text
        await desk.press("right_square_bracket", "r")
        assert "Revision 2 of 2" in desk.lines()[0] and "The vote was clear." in desk.text
        await desk.press("right_square_bracket", "r")
        assert "last revision" in desk.said
        await desk.press("g", "d")
        assert not isinstance(desk.app.screen, RevisionsScreen)


async def test_with_only_one_revision_no_key_for_another_is_offered(reader, revised):
    async with reader(revised, size=(60, 20)) as desk:
        await desk.press("enter", "g", "d")
        assert "older" in desk.lines()[-1]
        assert desk.lines()[0].rstrip().endswith("2026") and desk.lines()[1].strip() == "2 changes since"
        await desk.press("q")
        desk.library.importing.add_bytes(
            "b.md", b"---\ntitle: Other\nurl: https://news.example.org/other\n---\nOne."
        )
        desk.library.importing.add_bytes(
            "b.md", b"---\ntitle: Other\nurl: https://news.example.org/other\n---\nTwo."
        )
    async with reader(revised, size=(60, 20)) as desk:
        await desk.press("slash", *"title:other", "enter", "enter", "g", "d")
        assert "Revision ·" in desk.lines()[0]
        assert "older" not in desk.lines()[-1] and "whole text" in desk.lines()[-1]


async def test_an_article_with_one_text_says_so(reader):
    async with reader() as desk:
        await desk.press("enter", "g", "d")
        assert "No revisions" in desk.said and "revision" not in desk.lines()[5]


async def test_a_missing_text_file_is_reported(reader, revised):
    async with reader(revised, size=(100, 24)) as desk:
        article = desk.library.articles.get(desk.screen.in_view.shown_id)
        (revised / article.revisions[0].text).unlink()
        await desk.press("enter", "g", "d")
        assert "cannot be read" in " ".join(desk.lines()[:4])


def test_the_words_of_both_texts_are_in_the_comparison():
    previous, present = "One two.\n\nHead\n\nGone\tcell.\n\nThree.", "One 2.\n\nHead\n\nThree four."
    changed = changed_text(word_difference(previous, present), plain_document(present))
    text = changed.document.text
    by_name = {
        name: [text[m.start : m.end] for m in changed.marks if m.name == name]
        for name in ("removed", "added")
    }
    assert by_name == {"removed": ["two", "Gone  cell."], "added": ["2", " four"]}
    assert [text[start:][:3] for start in changed.changes] == ["two", "Gon", " fo"]
    assert "One two 2." in text
