"""Reading in the complete app with a library: time from a key press to the frame that answers it.

The peer is Textual's Markdown widget alone in an app of the same size, which gets the same text directly.
Both write real frames, which are discarded.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Coroutine
from pathlib import Path
from statistics import median
from typing import Any

from textual import events
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.widgets import Markdown

from benchmarks.pages import SIZE, MarkdownApp, long_article
from benchmarks.waiting import workers_done
from library import Library, Position
from library.store.texts import FENCE
from tuireader.app import ReaderProgram
from tuireader.reader.screen import ReaderScreen
from tuireader.settings.writing import change_settings
from tuireader.terminal.driver import driver_of

SHORT, LONG = 50_000, 1_000_000
ARTICLES = 12
"""Number of articles that are opened, one after the other."""

LINES = 100
"""Number of lines that are scrolled, one after the other."""

KEY_PAUSE = 0.04
"""Seconds between two lines, about the repeat rate of a key held down."""

REST = 1.0
"""Seconds between opening an article and the next."""


PATIENCE = 300.0
"""Seconds after which a frame that has not come fails the row."""


class _Frames(HeadlessDriver):
    """A terminal that stores the frames since the last key press, each with its time."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.written = asyncio.Event()
        self._frames: deque[tuple[float, str]] = deque()

    @property
    def is_headless(self) -> bool:
        """False: Textual makes frames only for a real terminal."""
        return False

    def write(self, data: str) -> None:
        """Store a frame."""
        if len(data) > len("\x1b[?2026h"):
            self._frames.append((time.perf_counter(), data))
            self.written.set()

    def forget(self) -> None:
        """Discard all frames written so far."""
        self._frames.clear()
        self.written.clear()

    def press(self, key: str, character: str | None = None) -> float:
        """Press a key and return the time."""
        self.forget()
        event = events.Key(key, character)
        event.set_sender(self._app)
        start = time.perf_counter()
        self.send_message(event)
        return start

    async def frame(self, words: str = "") -> float:
        """Return the time of the next frame that contains ``words``."""
        async with asyncio.timeout(PATIENCE):
            while True:
                await self.written.wait()
                self.written.clear()
                while self._frames:  # several frames may be waiting
                    at, data = self._frames.popleft()
                    if words in data:
                        return at


def _terminal(app: App[Any]) -> _Frames:
    terminal = driver_of(app, _Frames)
    assert terminal is not None
    return terminal


def _run(app: App[Any], measured: Coroutine[Any, Any, float]) -> float:
    """Run ``app`` and return the result of ``measured``."""
    app.driver_class = _Frames
    app.animation_level = "none"

    async def run() -> float:
        async with app.run_test(headless=False, size=SIZE) as pilot:
            await pilot.pause()
            return await measured

    return asyncio.run(run())


def _prepare(library: Library, length: int) -> list[str]:
    """Give the first articles a text of ``length`` that begins with the word ``First…``; return their ids."""
    ids = list(library.search.ids(f"limit:{ARTICLES}"))
    text = long_article(length)
    for number, key in enumerate(ids):
        path = library.path / library.articles.get(key).text
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{FENCE}id: {key}\n{FENCE}\nFirst{length + number} {text}\n", "utf-8")
        library.articles.save_position(key, Position(0, 0.0))
    for _ in library.search.index_texts():  # otherwise the reader would do so while it is measured
        pass
    return ids


def _reader(library: Library) -> ReaderProgram:
    """Return a reader with a row for each article, although their similar texts would form one story."""
    settings = library.path.with_suffix(".settings")
    change_settings(settings, {"folds": False})
    return ReaderProgram(library, settings=settings)


async def _opened(app: ReaderProgram, count: int) -> _Frames:
    """Wait until the whole list is shown, and open its first article."""
    screen, terminal = app.screen, _terminal(app)
    assert isinstance(screen, ReaderScreen)
    while len(screen.articles.ids) < count:
        await asyncio.sleep(0.01)
    await workers_done(app)
    await asyncio.sleep(REST)
    terminal.press("enter")
    await asyncio.sleep(REST)
    return terminal


def opening(folder: Path, length: int) -> tuple[float, float]:
    """Return the median seconds from the key for the next article to its first frame, and the peer's."""
    with Library.open(folder) as library:
        _prepare(library, length)
        app = _reader(library)

        async def open_each() -> float:
            terminal = await _opened(app, len(library.search.ids()))
            times = []
            for number in range(1, ARTICLES):
                start = terminal.press("J", "J")
                times.append(await terminal.frame(f"First{length + number}") - start)
                await asyncio.sleep(REST)
            return median(times)

        ours = _run(app, open_each())
    peer = MarkdownApp()

    async def update() -> float:
        terminal = _terminal(peer)
        terminal.forget()
        start = time.perf_counter()
        await peer.query_one(Markdown).update(f"First{length} {long_article(length)}")
        return await terminal.frame(f"First{length}") - start

    return ours, _run(peer, update())


def scrolling(folder: Path) -> tuple[float, float]:
    """Return the median seconds from the key for scrolling a line to the frame, and the peer's."""
    with Library.open(folder) as library:
        _prepare(library, SHORT)
        app = _reader(library)

        async def scroll() -> float:
            terminal = await _opened(app, len(library.search.ids()))
            times = []
            for _ in range(LINES):
                start = terminal.press("j", "j")
                times.append(await terminal.frame() - start)
                await asyncio.sleep(KEY_PAUSE)
            return median(times)

        ours = _run(app, scroll())
    peer = MarkdownApp()

    async def scroll_peer() -> float:
        await peer.query_one(Markdown).update(long_article(SHORT))
        await asyncio.sleep(REST)
        times = []
        for line in range(1, LINES + 1):
            terminal = _terminal(peer)
            terminal.forget()
            start = time.perf_counter()
            peer.screen.scroll_to(y=line, animate=False, force=True)
            times.append(await terminal.frame() - start)
            await asyncio.sleep(KEY_PAUSE)
        return median(times)

    return ours, _run(peer, scroll_peer())
