"""Jumping back, and to jump marks and headings."""

from __future__ import annotations

import pytest

TIDE, TRAM, OTTERS = "Long read about the tide", "Council votes on the tram", "Otters return to the canal"


def place(desk) -> tuple[str, int]:
    return desk.on_page, desk.screen.page.reading_offset


async def test_back_and_forward_within_an_article_and_between_articles(reader):
    async with reader(size=(100, 30)) as desk:
        await desk.press("j", "j", "enter", "space", "space")
        first = place(desk)
        await desk.press("G")
        last = place(desk)
        await desk.press("K", "ctrl+o")
        assert place(desk) == last
        await desk.press("ctrl+o")
        assert place(desk) == first
        await desk.press("ctrl+y", "ctrl+y")
        assert place(desk) == (TRAM, 0)
        await desk.press("ctrl+y")
        assert "No later jump" in desk.said
        await desk.press("2", "ctrl+o")
        assert place(desk) == first


async def test_a_find_and_the_top_are_jumps(reader):
    async with reader(size=(100, 30)) as desk:
        await desk.press("j", "j", "enter", "space")
        first = place(desk)
        await desk.press("slash", *"number, 60", "enter", "escape", "ctrl+o")
        assert place(desk) == first
        await desk.press("g", "g")
        assert place(desk) == (TIDE, 0)
        await desk.press("ctrl+o")
        assert place(desk) == first


async def test_back_leads_to_an_article_that_the_list_does_not_have(reader):
    async with reader(size=(100, 30)) as desk:
        await desk.press("j", "j", "enter", "space", "space")
        first = place(desk)
        await desk.press("h")
        await desk.filter("otters")
        await desk.press("enter", "ctrl+o")
        assert place(desk) == first
        assert desk.at_cursor == TIDE and desk.screen.listing.query_text == ""


async def test_without_a_jump_there_is_no_way_back(reader):
    async with reader() as desk:
        await desk.press("ctrl+o")
        assert "No earlier jump" in desk.said


async def test_a_jump_mark_works_from_anywhere_and_after_a_restart(reader):
    async with reader(size=(100, 30)) as desk:
        await desk.press("j", "j", "enter", "}", "}", "}", "}", "m", "a")
        first = place(desk)
        assert "Mark a set on “Paragraph" in desk.said
        await desk.press("h", "g", "g", "apostrophe")
        assert desk.lines()[-1].rstrip().endswith("go to mark a · Esc cancels")
        await desk.press("a")
        assert place(desk) == first
    async with reader(size=(60, 20)) as desk:
        await desk.press("apostrophe", "a")
        assert desk.on_page == TIDE
        assert desk.screen.page.reading_offset <= first[1] < desk.screen.page.reading_offset + 60


async def test_a_missing_jump_mark_and_an_invalid_letter_are_reported(reader):
    async with reader() as desk:
        await desk.press("apostrophe")
        assert "No jump marks" in desk.said
        await desk.press("enter", "m", "7")
        assert "letter from a to z" in desk.said
        await desk.press("m", "escape", "m", "b", "apostrophe", "x")
        assert "no jump mark x" in desk.said and list(desk.library.jump_marks.all()) == ["b"]
        await desk.press("j")
        assert not desk.screen.next_key.is_wanted


async def test_the_contents_mark_the_present_heading_and_lead_to_another(reader, library_at, empty_folder):
    body = "\n\n".join(
        f"{'#' * (2 + n % 2)} Heading {n}\n\n" + "Words and more words. " * 30 for n in range(12)
    )
    with library_at(empty_folder) as library:
        library.importing.add_bytes("a.md", f"---\ntitle: Parts\n---\n{body}".encode())
    async with reader(empty_folder, size=(80, 24)) as desk:
        await desk.press("enter", *["right_square_bracket"] * 6, "g", "O")
        assert "▸ Heading 2" in desk.text and "    Heading 3" in desk.text
        await desk.press("down", "enter")
        assert "Heading 3" in desk.lines()[1]
        await desk.press("g", "O")
        await desk.paste("heading 7")
        assert "Heading 8" not in desk.text
        await desk.press("enter")
        assert "Heading 7" in desk.lines()[1]
        await desk.press("ctrl+o")
        assert "Heading 3" in desk.lines()[1]
        await desk.press("g", "O", "escape")
        assert desk.app.focused is desk.screen.page


async def test_an_article_without_headings_says_so(reader):
    async with reader() as desk:
        await desk.press("enter", "g", "O")
        assert "No headings" in desk.said


@pytest.mark.parametrize("size", [(200, 60), (100, 30), (60, 20), (20, 8), (4, 4)])
async def test_zen_shows_only_the_page_at_any_size(reader, size):
    async with reader(size=size) as desk:
        await desk.press("j", "j", "enter", "z")
        assert desk.panes() == {"page"}
        view = desk.screen.page
        assert view.region.width == size[0] and view.region.height >= size[1] - 1
        await desk.press("G", "z")
        assert view.reading_offset > 0 and not desk.screen.has_class("-zen")


async def test_the_time_left_is_shown_beside_the_percentage(reader):
    async with reader(size=(100, 30)) as desk:
        await desk.press("j", "j", "enter")
        minutes = desk.screen.page.page.article.reading_minutes
        assert desk.lines()[-1].rstrip().endswith(f" 0 % · {minutes} min left")
        await desk.press("G")
        assert desk.lines()[-1].rstrip().endswith(" 100 %")
