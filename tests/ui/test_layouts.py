"""Layouts at every terminal size; no size is too small."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tuireader import app as app_module
from tuireader.commands import Context
from tuireader.reader.screen import ReaderScreen

SIZES = [(60, 20), (80, 24), (100, 30), (140, 40), (200, 60)]
OVERLAYS = {
    "filter": ("slash",),
    "note": ("a",),
    "tags": ("t",),
    "help": ("?",),
    "palette": ("ctrl+p",),
    "none": (),
}


@pytest.mark.parametrize(
    ("size", "at_first", "in_sidebar", "while_reading"),
    [
        ((60, 20), {"list"}, {"sidebar"}, {"page"}),
        ((80, 24), {"list"}, {"sidebar"}, {"page"}),
        ((100, 30), {"list", "page"}, {"sidebar", "page"}, {"list", "page"}),
        ((140, 40), {"sidebar", "list", "page"}, {"sidebar", "list", "page"}, {"sidebar", "list", "page"}),
        ((200, 60), {"sidebar", "list", "page"}, {"sidebar", "list", "page"}, {"sidebar", "list", "page"}),
    ],
)
async def test_the_visible_panes_depend_on_the_width(reader, size, at_first, in_sidebar, while_reading):
    async with reader(size=size) as desk:
        assert desk.panes() == at_first
        await desk.press("h")
        assert desk.panes() >= in_sidebar
        assert desk.app.focused is desk.screen.sidebar.entries
        await desk.press("escape", "enter")
        assert desk.panes() == while_reading
        assert desk.app.focused is desk.screen.page


@pytest.mark.parametrize(
    ("size", "before", "after"),
    [
        ((109, 30), {"list", "page"}, {"sidebar", "list", "page"}),
        ((110, 30), {"list", "page"}, {"sidebar", "list", "page"}),
        ((200, 60), {"sidebar", "list", "page"}, {"list", "page"}),
    ],
)
async def test_a_key_puts_the_sidebar_beside_the_list_or_away(reader, size, before, after):
    async with reader(size=size) as desk:
        for _ in range(2):
            assert desk.panes() == before
            await desk.press("backslash")
            assert desk.panes() == after
            over = desk.screen.sidebar.region.overlaps(desk.screen.articles.region)
            assert over == (size[0] < 110)
            assert {cell_len(line) for line in desk.lines()} == {size[0]}
            await desk.press("backslash")


async def test_the_place_of_the_sidebar_is_remembered(reader, tmp_path):
    async with reader(size=(120, 30), state=tmp_path) as desk:
        await desk.press("h", "backslash")
        assert desk.screen.panes.current is Context.LIST
        await desk.pilot.resize_terminal(100, 30)
        await desk.rest()
        assert desk.panes() == {"list", "page"}
    async with reader(size=(120, 30), state=tmp_path, path=desk.library.path) as desk:
        assert desk.panes() == {"sidebar", "list", "page"}
        await desk.press("z")
        assert desk.panes() == {"page"}


class FirstClasses(ReaderScreen):
    """The main screen, and its classes before Textual has styled it for the first time."""

    def on_mount(self) -> None:
        self.first = set(self.classes)


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_drawing_has_the_classes_of_the_size(reader, size, monkeypatch):
    monkeypatch.setattr(app_module, "ReaderScreen", FirstClasses)
    async with reader(size=size) as desk:
        breakpoints = desk.app.HORIZONTAL_BREAKPOINTS + desk.app.VERTICAL_BREAKPOINTS
        by_size = {name for _, name in breakpoints} & desk.screen.classes
        assert len(by_size) == 2
        assert by_size <= desk.screen.first


@pytest.mark.parametrize("size", SIZES)
async def test_no_line_is_wider_than_the_terminal(reader, size):
    async with reader(size=size) as desk:
        for key in ("enter", "h", "h", "?"):
            assert {cell_len(line) for line in desk.lines()} == {size[0]}
            await desk.press(key)


async def test_zen_shows_nothing_but_the_page_and_every_way_out_of_it_works(reader):
    async with reader(size=(140, 40)) as desk:
        for way_out, pane in (
            ("z", Context.PAGE),
            ("escape", Context.PAGE),
            ("h", Context.LIST),
            ("tab", Context.SIDEBAR),
        ):
            await desk.press("z")
            assert desk.panes() == {"page"}
            await desk.press(way_out)
            assert desk.panes() == {"sidebar", "list", "page"}
            assert desk.screen.panes.current is pane
        await desk.press("escape", "z", "slash", *"tram")
        assert desk.screen.context is Context.FIND_LINE
        assert "tram" in desk.lines()[-1] and desk.panes() == {"page"}


async def test_zen_opens_what_it_shows(reader):
    async with reader() as desk:
        await desk.press("j", "z")
        assert desk.on_disk().search.ids("is:read") == [desk.screen.in_view.shown_id]


@pytest.mark.parametrize("overlay", OVERLAYS)
async def test_no_terminal_is_too_small_whatever_is_open(reader, overlay):
    async with reader(size=(200, 60)) as desk:
        await desk.press("enter")
        await desk.pilot.press(*OVERLAYS[overlay])
        for size in ((40, 10), (4, 4), (1, 1), (120, 40)):
            await desk.pilot.resize_terminal(*size)
            await desk.pilot.pause()
            assert {cell_len(line) for line in desk.lines()} == {size[0]}
        await desk.press("escape")
        assert len(desk.app.screen_stack) == 1
        assert desk.panes() == {"list", "page"}


@pytest.mark.parametrize("size", [(40, 10), (4, 4), (1, 1)])
async def test_the_reader_opens_and_works_in_the_smallest_terminal(reader, size):
    async with reader(size=size) as desk:
        await desk.press("j", "enter", "space", "b", "h", "h", "j", "enter", "z", "escape")
        assert len(desk.on_disk().search.ids("is:bookmarked")) == 1


async def test_an_open_note_is_still_there_in_a_narrow_terminal(reader):
    async with reader(size=(120, 40)) as desk:
        await desk.press("a", *"wide")
        await desk.pilot.resize_terminal(60, 20)
        await desk.press(*" and narrow")
        assert "wide and narrow" in desk.text
        await desk.press("escape")
        assert [note.body for note in desk.on_disk().annotations.select()] == ["wide and narrow"]


async def test_reading_progress_is_shown_only_if_the_page_is_visible(reader):
    async with reader(size=(80, 24)) as desk:
        await desk.press("enter")
        assert "%" in desk.lines()[-1]
        await desk.press("escape")
        assert "%" not in desk.lines()[-1]
