"""Fixtures: a reader with a small library of its own and a stopped clock."""

from __future__ import annotations

import inspect
import itertools
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from textual import events
from textual._compositor import Compositor
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from library import Library
from tuireader.app import ReaderApp
from tuireader.filter_bar import session
from tuireader.log import Log
from tuireader.reader.article_view import loading
from tuireader.reader.screen import ReaderScreen
from tuireader.screens import key_queue
from tuireader.widgets import note_editor

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
PATIENCE = 300.0
"""Seconds after which a condition that is still false fails the test."""

NUMBERS = itertools.count(1)
"""Ids of annotations, of which several may be made while the clock is stopped."""
LONG = "\n\n".join(
    f"Paragraph {number} begins here and goes on for some words about the harbour, the tide and the town, "
    f"until it ends with its number, {number}."
    for number in range(1, 81)
)
ARTICLES = (
    (
        "Otters return to the canal",
        "2026-11-21",
        "nature, city",
        "The otters are back. One was seen at noon.",
    ),
    ("Council votes on the tram", "2026-11-20", "city", "The vote was close.\n\n## Costs\n\nNobody knows."),
    ("Long read about the tide", "2026-11-19", "science", LONG),
    ("Harbour strike ends", "2021-03-19", "harbour, work", "The strike ended at dawn."),
    ("Harbour strike goes on", "2021-03-04", "harbour, work", "The strike goes on for a third week."),
    ("Bats follow the tram wires", "2015-06-23", "nature/bats, city", "Bats like wires."),
    ("Undated notes on soup", "", "", "Soup is warm."),
)
"""Headline, day, tags and text, in the order in which the reader lists them."""


def article_file(title: str, day: str, tags: str, body: str) -> bytes:
    name = title.lower().replace(" ", "-")
    date = f"date: {day}\n" if day else ""
    head = f"title: {title}\nauthor: Jane Roe\n{date}tags: [{tags}]\nurl: https://news.example.org/{name}\n"
    return f"---\n{head}---\n{body}\n".encode()


def open_library(folder: Path, clock: Callable[[], datetime] = lambda: NOW) -> Library:
    return Library.open(folder, clock=clock, timezone=UTC, new_id=lambda: f"note{next(NUMBERS):05}")


class RecordingApp(ReaderApp):
    """The reader; it records its messages, which leave the screen after some seconds."""

    CSS_PATH = str(Path(inspect.getfile(ReaderApp)).with_name("reader.tcss"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said: list[str] = []

    def notify(self, message: str, **kwargs: Any) -> None:
        self.said.append(message)
        super().notify(message, **kwargs)


@dataclass
class Reader:
    """An open reader, and what a person would see of it."""

    app: RecordingApp
    pilot: Pilot[int]
    library: Library

    @property
    def screen(self) -> ReaderScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, ReaderScreen))

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until all their work is done."""
        await self.pilot.press(*keys)
        await self.rest()

    async def paste(self, text: str) -> None:
        """Paste text where it is being typed, and wait as ``press`` does."""
        self.app.post_message(events.Paste(text))
        await self.pilot.pause()
        await self.rest()

    async def filter(self, query: str) -> None:
        """Write a query and keep it."""
        await self.pilot.press("slash", "ctrl+u")
        await self.paste(query)
        await self.press("enter")

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for a condition; fail the test if it stays false."""
        end = monotonic() + PATIENCE
        while not condition():
            assert monotonic() < end, f"the reader never came to what was waited for; it is at {self.state()}"
            await self.pilot.pause()

    async def rest(self) -> None:
        """Wait until nothing is being typed, searched, loaded or written, twice in a row."""
        for _ in range(2):
            await self.until(self._at_rest)
            await self.pilot.pause()

    def _at_rest(self) -> bool:
        screen, state = self.screen, self.state()
        at, page = state["article at the cursor, previewed, on the page"], screen.page.page
        if at[0] is not None and at[0] == screen.loader.skipped_id:  # the open article is not listed
            at = at[1:]
        typed = (
            screen.filter_line.query_text.strip() == screen.listing.query_text.strip()
            or screen.filter_line.has_class("-problem")
        )
        is_listed = typed and len(set(at)) == 1 and (page is None or page.complete)
        is_idle = self.app.typed.is_idle or self.app._exit  # after the end no key is followed up
        return is_idle and not state["workers"] and is_listed

    def state(self) -> dict[str, list[str | None]]:
        """Describe pending work and the screen."""
        screen, page = self.screen, self.screen.page.page
        shown = [screen.articles.cursor_id, screen.in_view.shown_id, page.article.id if page else None]
        workers = [one.group for one in self.app.workers if not one.is_finished and one.group != "default"]
        return {"workers": workers, "article at the cursor, previewed, on the page": shown}

    @property
    def titles(self) -> list[str]:
        """The headlines that are listed."""
        return [self.library.articles.get(key).title for key in self.screen.articles.ids]

    @property
    def at_cursor(self) -> str:
        """The headline under the cursor."""
        key = self.screen.articles.cursor_id
        return self.library.articles.get(key).title if key else ""

    @property
    def on_page(self) -> str:
        """The headline of the article on the page."""
        page = self.screen.page.page
        return page.article.title if page else ""

    @property
    def said(self) -> str:
        """All messages so far, a line each."""
        return "\n".join(self.app.said)

    def id_of(self, title: str) -> str:
        """Return the id of the article with this headline."""
        return next(article.id for article in self.library.select("") if article.title == title)

    def lines(self) -> list[str]:
        """The text on the terminal, line by line."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        """All of the terminal as one text."""
        return "\n".join(self.lines())

    def panes(self) -> set[str]:
        """The visible panes."""
        screen = self.screen
        panes = {"sidebar": screen.sidebar.entries, "list": screen.articles, "page": screen.page}
        return {name for name, pane in panes.items() if pane.region.area and _displayed(pane)}

    def on_disk(self) -> Library:
        """The library as another program finds it."""
        return open_library(self.library.path)


def _displayed(widget: object) -> bool:
    return all(node.display for node in widget.ancestors_with_self if hasattr(node, "display"))


@pytest.fixture
def at_rest() -> Callable[[Pilot[int], Library], Awaitable[None]]:
    """Waits until the app of a pilot has nothing to do."""

    async def wait(pilot: Pilot[int], library: Library) -> None:
        assert isinstance(pilot.app, ReaderApp)
        while not any(isinstance(one, ReaderScreen) and one.is_mounted for one in pilot.app.screen_stack):
            await pilot.pause()
        await Reader(pilot.app, pilot, library).rest()

    return wait


Open = Callable[..., AbstractAsyncContextManager[Reader]]


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make typing pauses as short as possible, and stop cursors from blinking."""
    monkeypatch.setattr(session, "TYPING_PAUSE", 0.001)
    monkeypatch.setattr(loading, "PREVIEW_PAUSE", 0.001)
    monkeypatch.setattr(loading, "REST_PAUSE", 0.001)
    monkeypatch.setattr(note_editor, "PAUSE", 0.001)
    monkeypatch.setattr(key_queue, "LONGEST_WAIT", PATIENCE)
    # Otherwise, the duration of a test decides if the next reader restores this one's state.
    monkeypatch.setattr("tuireader.app.SESSION_SECONDS", PATIENCE)
    for widget in (Input, TextArea):
        monkeypatch.setattr(widget.cursor_blink, "_default", False)


@pytest.fixture(autouse=True)
def _drawn_when_it_is_read(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the screen only when a test reads it, because no terminal shows the frames.

    This saves a quarter of the processor time. Tests of the frames themselves are marked ``frames``.
    """

    draw = Compositor.render_update

    def draw_pictures_only(compositor: Compositor, full: bool = False, **options: Any) -> object:
        if full:
            return draw(compositor, full, **options)
        compositor._dirty_regions.clear()
        return None

    if request.node.get_closest_marker("frames") is None:
        monkeypatch.setattr(Compositor, "render_update", draw_pictures_only)


@pytest.fixture(scope="session", autouse=True)
def _stylesheets_parsed_once() -> Iterator[None]:
    """Parse each stylesheet once for all readers of the tests."""
    parse = Stylesheet._parse_rules
    parsed: dict[Any, list[RuleSet]] = {}

    def parse_once(sheet: Stylesheet, css: str, *args: Any, **kwargs: Any) -> list[RuleSet]:
        key = (css, args, *kwargs.items(), *sheet._variables.items())
        if key not in parsed:
            parsed[key] = parse(sheet, css, *args, **kwargs)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        yield


@pytest.fixture(autouse=True)
def _usual_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the terminal colours, wherever the tests run."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(scope="session")
def _printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("newsstand") / "library"
    with open_library(folder) as library:
        for article in ARTICLES:
            assert library.importing.add_bytes("article.md", article_file(*article)).status == "added"
    return folder


@pytest.fixture
def folder(_printed: Path, tmp_path: Path) -> Path:
    """A library of seven unread articles."""
    return Path(shutil.copytree(_printed, tmp_path / "library"))


@pytest.fixture(scope="session")
def library_at() -> Callable[..., Library]:
    """A function that opens a library, with the stopped clock or another one."""
    return open_library


@pytest.fixture
def empty_folder(tmp_path: Path) -> Path:
    """A folder for a new library."""
    return tmp_path / "empty"


@pytest.fixture
def reader(folder: Path) -> Open:
    """A function that opens the reader: ``async with reader() as desk``. Folder and size can be chosen."""

    @asynccontextmanager
    async def opened(
        path: Path = folder,
        size: tuple[int, int] = (120, 40),
        settings: Path | None = None,
        error_log: Log | None = None,
        state: Path | None = None,
        is_new: bool = False,
    ) -> AsyncIterator[Reader]:
        with open_library(path) as library:
            state = settings.parent if settings else state
            app = RecordingApp(library, settings=settings, state=state, error_log=error_log, is_new=is_new)
            app.animation_level = "none"
            async with app.run_test(size=size, notifications=True) as pilot:
                desk = Reader(app, pilot, library)
                await desk.rest()
                yield desk
                if app.is_running:
                    assert desk.text  # what is on the screen at the end can be drawn
            if app.unexpected.first is not None:  # it was shown, and the reader continued
                raise app.unexpected.first

    return opened
