"""The reader survives any bytes from the terminal, and the library stays intact."""

from __future__ import annotations

import os
import webbrowser
from datetime import UTC, datetime
from random import Random

import pytest
from fakes import markdown

from library.maintenance.doctor import examine
from tests.terminal_bytes import REPORTED, random_bytes
from tuireader.reader.leaving import Leaving
from tuireader.terminal.graphics import Replies
from tuireader.terminal.input import LONGEST_PASTE_PAUSE, TerminalInput

STRINGS = int(os.environ.get("BYTE_STRINGS", "500"))
"""How many random strings the long tests send; ``make torture`` sends more."""
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


class Line:
    """The line from a terminal to the reader: bytes become events as they do in the program."""

    def __init__(self, desk) -> None:
        self._desk = desk
        self._typed = TerminalInput(Replies())
        self._typed.parser.may_resize = lambda: True

    async def send(self, data: bytes) -> None:
        for message in self._typed.take(data):
            self._desk.app._driver.process_message(message)
        await self._desk.pilot.pause()

    async def fall_silent(self) -> None:
        """Send nothing until every pending sequence is resolved."""
        self._typed.parser._timeout_time = self._typed.parser._timeout_time and 0
        for _ in range(LONGEST_PASTE_PAUSE):
            for message in self._typed.pause():
                self._desk.app._driver.process_message(message)
        await self._desk.pilot.pause()


@pytest.fixture
def stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key leaves the reader, and none opens another program."""
    monkeypatch.setattr(Leaving, "quit", lambda *_: None)
    monkeypatch.setattr(webbrowser, "open", lambda *_, **__: True)
    monkeypatch.setattr(webbrowser, "get", lambda *_: None)
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)


LONG = (pytest.mark.slow, pytest.mark.timeout(3600))


async def _reads_on(desk, line: Line) -> None:
    """Check that the reader responds to keys, at its own size."""
    await line.fall_silent()
    await desk.pilot.resize_terminal(120, 40)
    for _ in range(6):
        await desk.pilot.press("escape")
    await desk.rest()
    assert desk.app.is_running and desk.app.return_code is None
    # A new article: random keys may have removed any other.
    desk.library.importing.add_bytes("herons.md", markdown("Herons nest on the pier", "Two of them."))
    await desk.filter("herons")
    assert desk.titles == ["Herons nest on the pier"]


async def test_the_reader_continues_after_bytes_that_have_crashed_readers(reader, stays):
    async with reader() as desk:
        line = Line(desk)
        for data in REPORTED:
            await line.send(data)
            await line.fall_silent()
            assert desk.app.is_running and desk.app.return_code is None, data
        await _reads_on(desk, line)


@pytest.mark.parametrize(
    ("seed", "count"),
    [(1, 60), (2, 60), *(pytest.param(seed, STRINGS, marks=LONG) for seed in range(3, 7))],
)
async def test_the_reader_continues_after_random_bytes(reader, folder, stays, monkeypatch, seed, count):
    monkeypatch.chdir(folder.parent)
    random = Random(seed)
    async with reader() as desk:
        line = Line(desk)
        for _ in range(count):
            await line.send(random_bytes(random))
        await _reads_on(desk, line)
    assert examine(folder, now=NOW) == ()
