"""The reader without colours and without Unicode: their information is shown in another way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from rich.segment import Segment

from tuireader.app import ReaderApp
from tuireader.reader.screen import ReaderScreen
from tuireader.widgets.article_view.page import Mark
from tuireader.widgets.note_editor import NoteEditor


def segments(desk) -> Iterator[Segment]:
    """Return the drawing as it is sent to the terminal."""
    for strip in desk.app.screen._compositor.render_strips():
        yield from strip


def texts(desk, style: str) -> str:
    """Return all text with a style: reverse, underline, …"""
    return " ".join(one.text for one in segments(desk) if one.style and getattr(one.style, style))


def colours(desk) -> set[str]:
    styles = [one.style for one in segments(desk) if one.style]
    grounds = {style.bgcolor for style in styles} | {style.color for style in styles}
    return {colour.name for colour in grounds if colour is not None and not colour.is_default}


@pytest.fixture
def no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.mark.usefixtures("no_color")
async def test_without_colours_there_are_none(reader):
    async with reader() as desk:
        for keys in (["enter"], ["h", "slash", "c"], ["escape", "question_mark"], ["escape", "ctrl+p"]):
            await desk.pilot.press(*keys)
            await desk.pilot.pause()
            assert colours(desk) == set()


async def test_an_empty_no_color_is_none(reader, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "")
    async with reader() as desk:
        assert colours(desk)


@pytest.mark.usefixtures("no_color")
async def test_without_colours_the_cursor_the_unread_and_the_marks_are_seen(reader):
    async with reader() as desk:
        await desk.press("j", "b", "space", "k")
        first, second = desk.lines()[3], desk.lines()[5]
        assert first.startswith(" ●") and second.startswith("▌●")
        assert "★" in second and desk.lines()[6].startswith("▌✓")
        assert texts(desk, "bold").count("Council votes on the tram") == 2, "in the list and on the page"
        await desk.press("r")
        assert desk.lines()[5].startswith("▌○")
        assert texts(desk, "bold").count("Council votes on the tram") == 1
        await desk.press("enter")
        assert desk.lines()[5].startswith("▏")


@pytest.mark.usefixtures("no_color")
async def test_without_colours_highlights_are_underlined_and_marked_beside(reader):
    async with reader() as desk:
        desk.library.highlight(desk.id_of("Otters return to the canal"), quote="otters are back")
        await desk.press("enter")
        desk.screen.in_view.refresh()
        await desk.rest()
        assert "otters are back" in texts(desk, "underline")
        assert any("▌ The otters" in line for line in desk.lines())


@pytest.mark.usefixtures("no_color")
async def test_without_colours_the_cursor_in_a_text_and_the_chosen_command_are_reversed(reader):
    async with reader() as desk:
        await desk.press("a")
        await desk.pilot.press("n", "o")
        assert desk.screen.query_one(NoteEditor).is_open
        assert texts(desk, "reverse")
        await desk.press("ctrl+s", "ctrl+p")
        await desk.pilot.press(*"bookmark")
        await desk.until(lambda: "Bookmark  (b)" in texts(desk, "reverse"))
        assert "Bookmarked articles" not in texts(desk, "reverse")


@pytest.mark.usefixtures("no_color")
@pytest.mark.parametrize("theme", ["tuireader-dark", "tuireader-light"])
async def test_without_colours_what_is_found_and_what_is_selected_is_reversed(reader, theme: str):
    async with reader() as desk:
        desk.app.theme = theme
        await desk.press("enter")
        page = desk.screen.page
        at = page.page.document.text.index("back")
        page.update(replace(page.page, marks=(Mark(at, at + 4, "current-match"),)))
        await desk.rest()
        assert texts(desk, "reverse").split() == ["back"]
        page.update(replace(page.page, marks=()))
        page.text_select_all()
        await desk.rest()
        assert "The otters are back." in texts(desk, "reverse")


async def test_in_ascii_every_screen_is_ascii(folder, library_at):
    with library_at(folder) as library:
        library.note(library.search.ids("otters")[0], "Ein Gruß – „so“ …")
        app = ReaderApp(library, ascii=True)
        app.animation_level = "none"
        async with app.run_test(size=(160, 40)) as pilot:
            screen = app.screen
            assert isinstance(screen, ReaderScreen)
            while not screen.page.page or screen.page.page.article.title != "Otters return to the canal":
                await pilot.pause()
            for keys in ([], ["enter", "b"], ["h"], ["h"], ["escape", "slash", "x"], ["escape", "question_mark"], ["escape", "a"]):  # fmt: skip
                await pilot.press(*keys)
                await pilot.pause()
                lines = [strip.text for strip in app.screen._compositor.render_strips()]
                assert all(line.isascii() for line in lines), "\n".join(lines)
            text = "\n".join(lines)
            assert "n1" in text and "Ein Gru" in text
