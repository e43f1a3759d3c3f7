"""Draws the pictures of the README and the documentation from the starter library.

    python -m docs.screenshots [FOLDER]

Clock and ids are fixed, so the same program always draws the same pictures.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from library import Library
from tuireader.app import ReaderApp
from tuireader.colours import DARK, LIGHT
from tuireader.reader.screen import ReaderScreen

FOLDER = Path(__file__).parent / "pictures"
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
CELL_WIDTH = 12.2
"""Of the SVG that Textual draws, in its units."""
STRIKE = "harbour-strike-enters-third-week"

Steps = Callable[[Pilot[int]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its file name, the size of the terminal in cells, what is done before it is taken."""

    name: str
    size: tuple[int, int]
    steps: Steps
    theme: str = DARK


async def at_rest(pilot: Pilot[int]) -> None:
    """Wait until nothing is being loaded or counted any more."""
    for _ in range(5):
        await pilot.pause(0.1)
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def opened(pilot: Pilot[int]) -> None:
    """The reader as it opens."""
    await at_rest(pilot)


async def reading(pilot: Pilot[int]) -> None:
    """The strike article on the page, with its note, among all the others."""
    await at_rest(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, ReaderScreen)
    screen.articles.go_to(strike_id(screen.desk.library))
    await at_rest(pilot)
    await pilot.press("enter")
    await at_rest(pilot)


def strike_id(library: Library) -> str:
    """The id of the article whose address names the strike."""
    return library.search.ids(f"url:{STRIKE}")[0]


async def helping(pilot: Pilot[int]) -> None:
    """The help screen."""
    await at_rest(pilot)
    await pilot.press("question_mark")
    await at_rest(pilot)


async def going_to_the_sidebar(pilot: Pilot[int]) -> None:
    """The sidebar beside the list, its counts under a filter."""
    await at_rest(pilot)
    await pilot.press("slash", *"date:2021", "enter", "h")
    await at_rest(pilot)


async def marking_tags(pilot: Pilot[int]) -> None:
    """The tags view, one tag wanted and one not."""
    await at_rest(pilot)
    await pilot.press("g", "t")
    await at_rest(pilot)
    await pilot.press("j", "&", *"jjj", "!")
    await at_rest(pilot)


async def mistaken(pilot: Pilot[int]) -> None:
    """A query that is not understood."""
    await at_rest(pilot)
    await pilot.press("slash", *"tag:harbour date:2021")
    await at_rest(pilot)
    await pilot.press(*"-13")
    await at_rest(pilot)


async def looking_at_dates(pilot: Pilot[int]) -> None:
    """The calendar, a range of days chosen."""
    await at_rest(pilot)
    await pilot.press("d")
    await at_rest(pilot)
    await pilot.press("v", "h")
    await at_rest(pilot)


async def filtering(pilot: Pilot[int]) -> None:
    """A filter being typed, with what completes it."""
    await at_rest(pilot)
    await pilot.press("slash", *"harbour tag:")
    await at_rest(pilot)


async def annotating(pilot: Pilot[int]) -> None:
    """A note being written on a sentence beside a highlighted one."""
    await reading(pilot)
    await pilot.press("right_square_bracket", "a", "right_square_bracket", "a")
    await at_rest(pilot)
    await pilot.press("v", "right_parenthesis", "a", *"Who pays for the tugs meanwhile?")
    await at_rest(pilot)


async def looking_through_notes(pilot: Pilot[int]) -> None:
    """The notebook."""
    await at_rest(pilot)
    await pilot.press("g", "n")
    await at_rest(pilot)


PICTURES = (
    Picture("reader-120x40", (120, 40), reading),
    Picture("reader-120x40-light", (120, 40), reading, LIGHT),
    Picture("tour-1-read", (100, 30), opened),
    Picture("tour-2-find", (100, 30), filtering),
    Picture("tour-3-mark", (100, 30), annotating),
    Picture("tour-4-notebook", (100, 30), looking_through_notes),
    Picture("tour-5-help", (100, 30), helping),
    Picture("sidebar-150x30", (150, 30), going_to_the_sidebar),
    Picture("calendar-120x36", (120, 36), looking_at_dates),
    Picture("tags-100x30", (100, 30), marking_tags),
    Picture("mistake-100x12", (100, 12), mistaken),
)


def prepare(folder: Path) -> Library:
    """The starter library with what a person would have done to it."""
    numbers = count(1)
    library = Library.open(folder, clock=lambda: NOW, timezone=UTC, new_id=lambda: f"{next(numbers):016}")
    library.importing.add_starter_articles()
    strike = strike_id(library)
    library.note(strike, "Compare with the operator's own figures.", quote="fourteen at the end of February")
    library.highlight(strike, "The company wants ships served on the tide, whatever the day.")
    library.bookmark([strike, library.search.ids("title:octopus")[0]])
    library.articles.mark_read(library.search.ids("date:..2018"))
    return library


async def draw(picture: Picture, folder: Path) -> None:
    """Take one picture."""
    with tempfile.TemporaryDirectory() as home, prepare(Path(home)) as library:
        app = ReaderApp(library)
        async with app.run_test(size=picture.size) as pilot:
            app.theme = picture.theme
            await picture.steps(pilot)
            for field in (*app.screen.query(Input), *app.screen.query(TextArea)):
                field.cursor_blink = False
            await pilot.pause()
            drawing = without_outer_spaces(app.export_screenshot(title="tuireader"))
            (folder / f"{picture.name}.svg").write_text(drawing, "utf-8")


_TEXT = re.compile(
    r'x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"([^>]*)>((?:&#160;)*)(.*?)((?:&#160;)*)</text>'
)


def without_outer_spaces(drawing: str) -> str:
    """The SVG with each piece of text where its first letter stands: not every renderer keeps the spaces."""

    def moved(match: re.Match[str]) -> str:
        x, y, length, rest, before, text, after = match.groups()
        spaces, trailing = len(before) // 6, len(after) // 6
        inner = float(length) - (spaces + trailing) * CELL_WIDTH
        if not text:
            return match[0]
        left = float(x) + spaces * CELL_WIDTH
        return f'x="{left:.1f}" y="{y}" textLength="{inner:.1f}"{rest}>{text}</text>'

    return _TEXT.sub(moved, drawing)


def main() -> None:
    """Take every picture."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for picture in PICTURES:
        asyncio.run(draw(picture, folder))
        print(folder / f"{picture.name}.svg")


if __name__ == "__main__":
    main()
