"""Records the reader as a short animated picture: list, filter, article, bookmark, highlight, note, notebook.

    python -m docs.demo [FILE]

Each frame is a picture that the reader exports. A line of text that is the same in several frames is
written once. Clock and ids are those of ``docs.screenshots``.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from html import escape
from itertools import count
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from docs.screenshots import CELL_WIDTH, FOLDER, NOW, at_rest, without_outer_spaces
from library import Library
from tuireader.app import ReaderApp
from tuireader.colours import DARK

FILE = FOLDER / "demo.svg"
SIZE = (96, 28)
LINE_HEIGHT = 24.4
_LEFT, _TOP, _BASELINE = 9, 41, 20
"""Where the text begins in the window, and the distance of its first baseline from there."""


@dataclass(frozen=True, slots=True)
class Step:
    """Keys that are pressed, what they do, and how many seconds the result is shown."""

    keys: tuple[str, ...]
    caption: str
    seconds: float = 1.5


STEPS = (
    Step((), "A library of articles, on your own disk", 2.5),
    Step(("j", "j"), "j j — down", 0.8),
    Step(("slash",), "/ — filter", 0.8),
    Step(tuple("harb"), "/ — filter", 0.7),
    Step((*"our", "space", *"stri"), "/ — filter", 0.7),
    Step(tuple("ke"), "/ — filter", 1.2),
    Step(("enter",), "Enter — list", 1.2),
    Step(("enter",), "Enter — open the article", 2.5),
    Step(("b",), "b — bookmark", 2.0),
    Step(("right_curly_bracket", "v", "right_parenthesis"), "v ) — select a sentence", 1.5),
    Step(("H",), "H — highlight", 2.0),
    Step(("right_curly_bracket", "a"), "a — note", 1.0),
    Step((*"Who", "space", *"pays"), "a — note", 0.7),
    Step(("space", *"for", "space", *"the"), "a — note", 0.7),
    Step(("space", *"tugs?"), "a — note", 1.2),
    Step(("escape",), "Esc — done; the note is saved", 2.0),
    Step(("g", "n"), "g n — the notebook", 4.0),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture of the reader: the drawn lines of its text, its caption and its duration."""

    lines: tuple[str, ...]
    caption: str
    seconds: float


_STYLE = re.compile(r"\.terminal-\d+-(r\d+) \{ ([^}]*?) ?\}")
_RECT = re.compile(r'<rect fill="([^"]+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="24\.65"')
_TEXT = re.compile(
    r'<text class="terminal-\d+-(r\d+)" x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"[^>]*>([^<]*)</text>'
)


class Drawing:
    """Collects frames, and writes them as one picture."""

    def __init__(self, size: tuple[int, int]) -> None:
        self._columns, self._rows = size
        self._classes: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._frames: list[Frame] = []

    def add(self, exported: str, caption: str, seconds: float) -> None:
        """Add a frame that the reader exported as SVG."""
        styles = dict(_STYLE.findall(exported))
        lines: list[list[str]] = [[] for _ in range(self._rows)]
        for fill, x, y, width in _joined(_RECT.findall(exported)):
            name = self._class(f"fill:{fill}")
            lines[round(y / LINE_HEIGHT - 0.1)].append(
                f'<rect class="{name}" x="{x:g}" y="-18.5" width="{width:g}" height="24.7"/>'
            )
        for style, x, y, length, text in _TEXT.findall(exported):
            row = round((float(y) - _BASELINE) / LINE_HEIGHT)
            if text.strip() and row < self._rows:
                name = self._class(styles[style].replace(": ", ":"))
                shown = text.replace("&#160;", "\u00a0")
                lines[row].append(
                    f'<text class="{name}" x="{float(x):g}" textLength="{float(length):g}">{shown}</text>'
                )
        self._frames.append(Frame(tuple("".join(line) for line in lines), caption, seconds))

    def _class(self, style: str) -> str:
        return self._classes.setdefault(style, f"c{len(self._classes)}")

    def write(self) -> str:
        """Return the animated picture."""
        width = self._columns * CELL_WIDTH + 2 * _LEFT
        height = self._rows * LINE_HEIGHT + _TOP + _LEFT
        uses = [self._uses(frame) for frame in self._frames]
        styles = [f".{name}{{{style}}}" for style, name in self._classes.items()]
        lines = [f'<g id="{key}">{line}</g>' for line, key in self._ids.items()]
        frames = [
            f'<g class="frame" id="f{number}"><text class="caption" x="{width / 2:g}" y="27">'
            f"{escape(frame.caption)}</text>{use}</g>"
            for number, (frame, use) in enumerate(zip(self._frames, uses, strict=True))
        ]
        return "\n".join(
            (
                f'<svg viewBox="0 0 {width:g} {height:g}" xmlns="http://www.w3.org/2000/svg">',
                "<style>",
                "text{font:20px 'Fira Code',Menlo,Consolas,'DejaVu Sans Mono',monospace;white-space:pre}",
                "text.caption{font:bold 18px arial,sans-serif;fill:#c5c8c6;text-anchor:middle}",
                ".frame{visibility:hidden}#f0{visibility:visible}",
                *styles,
                *self._animation(),
                "</style>",
                f"<defs>{''.join(lines)}</defs>",
                f'<rect fill="#292929" width="{width:g}" height="{height:g}" rx="8"/>',
                '<circle cx="26" cy="22" r="7" fill="#ff5f57"/><circle cx="48" cy="22" r="7" fill="#febc2e"/>'
                '<circle cx="70" cy="22" r="7" fill="#28c840"/>',
                *frames,
                "</svg>\n",
            )
        )

    def _uses(self, frame: Frame) -> str:
        parts = []
        for row, line in enumerate(frame.lines):
            if line:
                key = self._ids.setdefault(line, f"l{len(self._ids)}")
                parts.append(f'<use href="#{key}" x="{_LEFT}" y="{_TOP + _BASELINE + row * LINE_HEIGHT:g}"/>')
        return "".join(parts)

    def _animation(self) -> Iterable[str]:
        """Yield the rules that show one frame after the other, unless the reader prefers no motion."""
        total = sum(frame.seconds for frame in self._frames)
        yield "@media (prefers-reduced-motion:no-preference){"
        start = 0.0
        for number, frame in enumerate(self._frames):
            begin, end = (100 * time / total for time in (start, start + frame.seconds))
            start += frame.seconds
            before = f"0%{{visibility:hidden}}{begin:.2f}%" if number else "0%"
            after = f"{end:.2f}%{{visibility:hidden}}" if number + 1 < len(self._frames) else ""
            yield f"@keyframes k{number}{{{before}{{visibility:visible}}{after}}}"
            yield f"#f{number}{{animation:k{number} {total:g}s step-end infinite}}"
        yield "}"


def _joined(rects: Iterable[tuple[str, str, str, str]]) -> list[tuple[str, float, float, float]]:
    """Return the backgrounds with neighbours of one colour as one."""
    joined: list[tuple[str, float, float, float]] = []
    for fill, x, y, width in rects:
        left, top, wide = round(float(x), 1), float(y), float(width)
        if joined and joined[-1][0] == fill and joined[-1][2] == top:
            before = joined[-1]
            joined[-1] = (fill, before[1], top, round(left + wide - before[1], 1))
        else:
            joined.append((fill, left, top, round(wide, 1)))
    return joined


async def _record(pilot: Pilot[int], drawing: Drawing) -> None:
    await at_rest(pilot)
    for step in STEPS:
        await pilot.press(*step.keys)
        await at_rest(pilot)
        for field in (*pilot.app.screen.query(Input), *pilot.app.screen.query(TextArea)):
            field.cursor_blink = False
        await pilot.pause()
        if step.seconds:
            exported = without_outer_spaces(pilot.app.export_screenshot(title=""))
            drawing.add(exported, step.caption, step.seconds)


async def record() -> str:
    """Return the animated picture of the steps."""
    numbers = count(1)
    with (
        tempfile.TemporaryDirectory() as home,
        Library.open(
            Path(home), clock=lambda: NOW, timezone=UTC, new_id=lambda: f"{next(numbers):016}"
        ) as library,
    ):
        library.importing.add_starter_articles()
        app, drawing = ReaderApp(library), Drawing(SIZE)
        async with app.run_test(size=SIZE) as pilot:
            app.theme = DARK
            await _record(pilot, drawing)
    return drawing.write()


def main() -> None:
    """Record the steps into a file."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(asyncio.run(record()), "utf-8")
    print(file)


if __name__ == "__main__":
    main()
