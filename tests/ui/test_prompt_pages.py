"""A page appears in the first frame after its key, and no article blocks the event loop."""

from __future__ import annotations

import asyncio
import gc
import threading
import weakref
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from time import monotonic
from typing import Any

import pytest
from textual.app import App
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget

from library import Library
from library.articles.service import Articles
from tuireader.app import ReaderProgram
from tuireader.events import Rested
from tuireader.reader.article_view import loading
from tuireader.reader.screen import ReaderScreen
from tuireader.reader.sidebar import counts
from tuireader.terminal import frames as held_frames
from tuireader.widgets.article_view import view as article_view
from tuireader.widgets.article_view.lines import PageLines
from tuireader.widgets.article_view.view import FIRST_LINES, LONG_TEXT

Open = Callable[..., AbstractAsyncContextManager[Any]]

WORDS = "harbour strike council vote "
LINE = WORDS * 40_000
"""A megabyte on one line."""

HOSTILE = {
    "one line": LINE,
    "one word": "x" * 1_000_000,
    "ideographs": "漢字かな" * 50_000,
    "headings": "\n\n".join(f"# Heading {number}" for number in range(20_000)),
    "columns": "\n".join(["|c" * 500 + "|", "|-" * 500 + "|", *["|word" * 500 + "|"] * 40]),
    "marks": "a" + "\u0301" * 10_000 + " and words\n\n" + LINE[:50_000],
}


@pytest.fixture
def frames(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The article on the page in each frame that is drawn."""
    drawn: list[str | None] = []
    display = App._display

    def noting(app: App[int], screen: ReaderScreen, renderable: object) -> None:
        if renderable is not None and not app._batch_count and isinstance(screen, ReaderScreen):
            drawn.append(screen.page.page.article.title if screen.page.page else None)
        display(app, screen, renderable)

    monkeypatch.setattr(App, "_display", noting)
    return drawn


@pytest.mark.frames
async def test_the_next_article_is_on_the_page_in_the_first_frame(
    reader: Open, frames: list[str | None], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(held_frames, "LONGEST_HOLD", 20.0)
    async with reader() as desk:
        await desk.press("enter")
        frames.clear()
        await desk.press("J")
        assert frames[0] == desk.on_page == "Council votes on the tram"


@pytest.mark.frames
async def test_an_article_that_does_not_load_blocks_nothing(
    reader: Open, frames: list[str | None], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(held_frames, "LONGEST_HOLD", 0.001)
    arrived, read = threading.Event(), Articles.body

    def slow(articles: Articles, *args: str) -> str:
        arrived.wait(20)
        return read(articles, *args)

    async with reader() as desk:
        await desk.press("enter")
        monkeypatch.setattr(Articles, "body", slow)
        frames.clear()
        await desk.pilot.press("J")
        await desk.until(lambda: "Otters return to the canal" in frames)
        arrived.set()
        await desk.rest()
        assert desk.on_page == "Council votes on the tram"


async def test_an_article_is_loaded_again_whenever_it_is_opened(reader: Open):
    async with reader() as desk:
        await desk.press("enter", "J", "K")
        article = desk.library.articles.get(desk.id_of("Council votes on the tram"))
        (desk.library.path / article.text).write_text("The vote was counted again.\n")
        await desk.press("J")
        assert "The vote was counted again." in desk.text


@pytest.mark.frames
async def test_a_line_is_scrolled_by_drawing_one(reader: Open, monkeypatch: pytest.MonkeyPatch):
    drawn: list[int] = []
    runs = PageLines.runs
    async with reader() as desk:
        desk.screen.articles.go_to(desk.id_of("Long read about the tide"))
        await desk.press("enter")
        monkeypatch.setattr(PageLines, "runs", lambda lines, row: drawn.append(row) or runs(lines, row))
        await desk.press("j")
        assert len(drawn) == 1
        await desk.press("k")
        assert len(drawn) == 1


@pytest.mark.frames
async def test_nothing_but_the_page_and_the_footer_is_drawn_where_a_line_is_scrolled(
    reader: Open, monkeypatch: pytest.MonkeyPatch
):
    drawn: set[str] = set()
    async with reader() as desk:
        desk.screen.articles.go_to(desk.id_of("Long read about the tide"))
        await desk.press("enter")
        for kind in {type(widget) for widget in desk.screen.query("*")}:
            monkeypatch.setattr(kind, "render_lines", _noting(kind.render_lines, drawn))
        await desk.press("j")
        assert "ArticleView" in drawn <= {"ArticleView", "KeyFooter"}


def _noting(render: Callable[..., list[Strip]], drawn: set[str]) -> Callable[..., list[Strip]]:
    def noting(widget: Widget, crop: Region) -> list[Strip]:
        drawn.add(type(widget).__name__)
        return render(widget, crop)

    return noting


async def test_no_style_is_created_again_on_the_way_into_the_page_and_back(reader: Open):
    async with reader() as desk:
        before = desk.screen.classes
        await desk.press("enter")
        assert desk.screen.classes == before
        await desk.press("escape")
        assert desk.screen.classes == before


async def test_the_pane_that_is_read_is_the_one_that_a_small_terminal_shows(reader: Open):
    async with reader() as desk:
        await desk.press("enter")
        await desk.pilot.resize_terminal(60, 20)
        await desk.until(lambda: desk.panes() == {"page"})
        await desk.press("escape")
        assert desk.panes() == {"list"}
        await desk.pilot.resize_terminal(120, 40)
        await desk.until(lambda: desk.panes() == {"list", "page"})


@pytest.fixture
def screens(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything on the terminal, in each frame that is drawn."""
    drawn: list[str] = []
    display = App._display

    def noting(app: App[int], screen: ReaderScreen, renderable: object) -> None:
        if renderable is not None and not app._batch_count:
            drawn.append("\n".join(strip.text for strip in screen._compositor.render_strips()))
        display(app, screen, renderable)

    monkeypatch.setattr(App, "_display", noting)
    return drawn


@pytest.mark.parametrize("title", ["Long read about the tide", "Otters return to the canal"])
@pytest.mark.frames
async def test_on_a_small_terminal_the_first_frame_is_the_last(
    title: str, reader: Open, screens: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(held_frames, "LONGEST_HOLD", 20.0)
    async with reader(size=(80, 24)) as desk:
        desk.screen.articles.go_to(desk.id_of(title))
        await desk.rest()
        screens.clear()
        await desk.press("enter")
        assert screens[0] == desk.text and "%" in desk.lines()[-1]
        screens.clear()
        await desk.press("escape")
        assert screens[0] == desk.text and desk.panes() == {"list"}


@pytest.mark.frames
async def test_on_a_small_terminal_a_new_article_appears_in_one_frame(
    reader: Open, screens: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(held_frames, "LONGEST_HOLD", 20.0)
    async with reader(size=(80, 24)) as desk:
        monkeypatch.setattr(loading, "PREVIEW_PAUSE", 20.0)
        screens.clear()
        await desk.pilot.press("j", "enter")
        await desk.rest()
        first = next(text for text in screens if "Otters return" not in text)
        assert "The vote was close." in first


async def test_a_page_hidden_in_a_small_terminal_fits_the_next_size(reader: Open):
    async with reader(size=(80, 24)) as desk:
        await desk.press("enter", "escape")
        await desk.pilot.resize_terminal(60, 20)
        await desk.rest()
        await desk.press("enter")
        assert desk.panes() == {"page"}
        assert desk.screen.page.virtual_size.width == 59


async def test_the_sidebar_is_counted_after_a_pause_in_typing(reader: Open, monkeypatch: pytest.MonkeyPatch):
    counted: list[float] = []
    count = counts.counted_entries

    def noting(*args: Any, **kwargs: Any) -> object:
        counted.append(monotonic())
        return count(*args, **kwargs)

    handled: list[float] = []
    put_off = counts.SidebarCounts.put_off

    def put_off_noting(sidebar: counts.SidebarCounts) -> None:
        put_off(sidebar)
        handled.append(monotonic())

    monkeypatch.setattr(counts.SidebarCounts, "put_off", put_off_noting)
    async with reader(size=(160, 40)) as desk:
        await desk.until(lambda: any("harbour" in line and "2" in line for line in desk.lines()))
        monkeypatch.setattr(counts, "COUNT_PAUSE", 0.5)
        monkeypatch.setattr(counts, "counted_entries", noting)
        for key in ("enter", *"jjjjjjjjjjjjjjjjjjjj"):
            await desk.pilot.press(key)
            await asyncio.sleep(0.05)
        await desk.until(lambda: counted)
        assert counted[0] - max(time for time in handled if time < counted[0]) > 0.4


@pytest.mark.parametrize("name", HOSTILE)
async def test_no_article_is_laid_out_at_length_in_the_event_loop(
    name: str, reader: Open, monkeypatch: pytest.MonkeyPatch
):
    lay_out, loop = article_view.lay_out_body, threading.get_ident()
    pieces = [0]

    def counted(page: article_view.Page, width: int, **options: object) -> article_view.Layout:
        layout = lay_out(page, width, **options)
        if threading.get_ident() == loop and len(page.document.text) > LONG_TEXT:
            pieces.append(sum(1 + len(line.pieces) for line in layout.lines))
        return layout

    monkeypatch.setattr(article_view, "lay_out_body", counted)
    async with reader() as desk:
        desk.library.importing.add_bytes(
            "a.md", f"---\ntitle: Hostile\ndate: 2026-11-22\n---\n{HOSTILE[name]}\n".encode()
        )
        desk.screen.listing.refresh()
        await desk.until(lambda: "Hostile" in desk.titles)
        desk.screen.articles.go_to(desk.id_of("Hostile"))
        await desk.press("enter", "G", "g", "g", "minus")
        await desk.pilot.resize_terminal(100, 30)
        await desk.rest()
        assert desk.on_page == "Hostile"
        assert max(pieces) <= 2 * FIRST_LINES + 1000


async def test_permanent_objects_of_a_library_are_left_out_of_garbage_collection(
    folder, library_at: Callable[..., Library], at_rest: Callable[[Pilot[int], Library], object]
):
    with library_at(folder) as library:
        app = ReaderProgram(library)
        try:
            async with app.run_test() as pilot:
                await at_rest(pilot, library)
                while not gc.get_freeze_count():
                    await pilot.pause()
        finally:
            gc.unfreeze()


class _Circle:
    """A reference cycle, which only the garbage collector can free."""

    def __init__(self) -> None:
        self.itself = self


async def test_a_full_garbage_collection_runs_when_no_keys_are_pressed(
    folder, library_at: Callable[..., Library], at_rest: Callable[[Pilot[int], Library], object]
):
    usual = gc.get_threshold()
    with library_at(folder) as library:
        app = ReaderProgram(library)
        try:
            async with app.run_test() as pilot:
                await at_rest(pilot, library)
                while not gc.get_freeze_count():
                    await pilot.pause()
                circle = _Circle()
                gone = weakref.ref(circle)
                for _ in range(usual[2] + 1):
                    gc.collect(1)  # move it to the oldest generation, and make a full collection due
                del circle
                assert gc.get_threshold()[2] > usual[2]
                app.screen.post_message(Rested())
                while gone() is not None:
                    await pilot.pause()
        finally:
            gc.unfreeze()
    assert gc.get_threshold() == usual
