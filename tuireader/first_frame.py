"""Draws the article list before Textual is loaded, exactly as Textual will draw it a moment later.

Loading Textual takes longer than the rest of the start. Keys pressed meanwhile wait in the terminal.
"""

from __future__ import annotations

import locale
import shutil
import sys
import termios
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.color import Color, ColorSystem

from library.models import Article
from library.search.first_page import first_articles
from tuireader.colours import COLOURS, Colours
from tuireader.rows import Line, Role, RowState, article_row, row_height
from tuireader.settings import load_configuration
from tuireader.state import SESSION_FILE, STATE_FILE, SessionFile, load_state
from tuireader.terminal.glyphs import wants_ascii

PLACEHOLDER = "All articles · / to filter"
"""Text of the empty filter bar."""

_LEAST_COLUMNS, _LEAST_LINES = 40, 10
"""Size of the smallest screen that gets a first frame."""

_ENTER, _LEAVE = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"
"""Escape sequences that switch to the alternate screen without a cursor, and back."""


@dataclass(frozen=True, slots=True)
class ListPlace:
    """The position of the list's rows on a screen, in cells from 0, and the columns of the rules."""

    left: int
    top: int
    width: int
    height: int
    rules: tuple[int, ...] = ()


def is_sidebar_beside(columns: int, sidebar: str) -> bool:
    """Return True if the sidebar stands beside the list. ``sidebar`` is what ``State`` remembers of it."""
    return columns >= (110 if sidebar == "beside" else 140) and sidebar != "hidden"


def list_place(columns: int, lines: int, sidebar: str = "") -> ListPlace:
    """Return the position that ``reader.tcss`` gives the list on a screen of this size.

    The scroll bar takes the list's last column.
    """
    beside = is_sidebar_beside(columns, sidebar)
    top = 3 if lines >= 30 else 2 if lines >= 24 else 1
    height = lines - top - 1
    width = 36 if beside else 44
    if columns >= 140:
        width = min((columns - 28 * beside) * 2 // 5, 64)
    if beside:
        return ListPlace(29, top, width - 2, height, (28, 28 + width))
    if columns >= 90:
        return ListPlace(0, top, width - 1, height, (width,))
    return ListPlace(0, top, columns - 1, height)


class _Paint:
    """Escape sequences for a terminal whose number of colours is detected as Textual detects it."""

    def __init__(self, colours: Colours, environment: Mapping[str, str]) -> None:
        self._colours = colours
        self._system = _color_system(environment)

    def text(self, text: str, colour: str, *, ground: str, bold: bool = False) -> str:
        """Return ``text`` in a colour on a background, both as ``#rrggbb``."""
        codes = [*self._codes(colour, foreground=True), *self._codes(ground, foreground=False)]
        return f"\x1b[0;{'1;' if bold else ''}{';'.join(codes)}m{text}"

    def _codes(self, colour: str, *, foreground: bool) -> tuple[str, ...]:
        return Color.parse(colour).downgrade(self._system).get_ansi_codes(foreground)

    def row(self, line: Line, ground: str) -> str:
        """Return one line of a row of the list."""
        colours = self._colours
        inks = {Role.BAR: colours.accent, Role.MARK: colours.accent, Role.META: colours.muted}
        inks[Role.TAG] = colours.tag
        return "".join(
            self.text(text, inks.get(role, colours.ink), ground=ground, bold=role is Role.HEADLINE)
            for text, role in line
        )


def _color_system(environment: Mapping[str, str]) -> ColorSystem:
    if environment.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return ColorSystem.TRUECOLOR
    many = environment.get("TERM", "").strip().lower().endswith(("-256color", "-kitty"))
    return ColorSystem.EIGHT_BIT if many else ColorSystem.STANDARD


def drawn(
    articles: Sequence[Article],
    columns: int,
    lines: int,
    today: date,
    colours: Colours,
    environment: Mapping[str, str],
    sidebar: str = "",
) -> str:
    """Return the whole screen with escape sequences, for a terminal with the variables ``environment``."""
    paint = _Paint(colours, environment)
    place, paper = list_place(columns, lines, sidebar), colours.paper
    blank = paint.text(" " * columns, colours.ink, ground=paper)
    parts = [f"\x1b[{line};1H{blank}" for line in range(1, lines + 1)]
    parts.append(f"\x1b[1;2H{paint.text(PLACEHOLDER, colours.disabled, ground=paper, bold=True)}")
    for column in place.rules:
        rule = paint.text("│", colours.rule, ground=paper)
        parts += [f"\x1b[{place.top + 1 + line};{column + 1}H{rule}" for line in range(place.height)]
    rows: list[str] = []
    for number, article in enumerate(articles[: place.height // row_height(place.width) + 1]):
        at_cursor = number == 0
        row = article_row(article, RowState(bar="▌" if at_cursor else " "), place.width, today)
        rows += [paint.row(line, colours.panel if at_cursor else paper) for line in row]
    for line, row_text in enumerate(rows[: place.height], place.top + 1):
        parts.append(f"\x1b[{line};{place.left + 1}H{row_text}")
    return "".join([*parts, "\x1b[0m"])


@contextmanager
def first_frame(
    folder: Path, settings: Path | None, state: Path, environment: Mapping[str, str], today: date
) -> Iterator[tuple[str, ...]]:
    """Show the newest articles of the library in ``folder`` until the block is left, and yield their ids.

    Nothing is shown, and there are no ids, if the library or the terminal is unusual in any way, or if the
    reader was left with another list or article in front, which it will show again.
    """
    size = shutil.get_terminal_size()
    configuration = load_configuration(settings)
    remembered = load_state(state / STATE_FILE)
    theme = configuration.settings.theme_on(dark=remembered.dark)
    colours = COLOURS.get(theme) or configuration.themes.get(theme)
    large = size.columns >= _LEAST_COLUMNS and size.lines >= _LEAST_LINES
    plain = environment.get("NO_COLOR") or environment.get("TERM", "dumb") in ("dumb", "unknown", "linux")
    plain = plain or wants_ascii(environment, locale.getencoding())
    articles = first_articles(folder, size.lines) if colours and large and not plain else []
    session = SessionFile(state / SESSION_FILE, folder).load()
    same = not (session.query or session.order or session.opened) and session.row in (
        "",
        *(one.id for one in articles[:1]),
    )
    if colours is None or not articles or not same:
        yield ()
        return
    screen = drawn(articles, size.columns, size.lines, today, colours, environment, remembered.sidebar)
    with _keys_kept_for_later():
        try:
            sys.stderr.write(_ENTER + screen)
            sys.stderr.flush()
            yield tuple(article.id for article in articles)
        finally:
            with suppress(OSError, ValueError):  # the terminal may be gone
                sys.stderr.write(_LEAVE)
                sys.stderr.flush()


@contextmanager
def _keys_kept_for_later() -> Iterator[None]:
    """Switch off echo and line editing in the terminal, so that keys wait unchanged until they are read."""
    keyboard = sys.stdin.fileno()
    previous = termios.tcgetattr(keyboard)
    changed = termios.tcgetattr(keyboard)
    changed[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR)
    changed[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
    termios.tcsetattr(keyboard, termios.TCSANOW, changed)
    try:
        yield
    finally:
        with suppress(termios.error):
            termios.tcsetattr(keyboard, termios.TCSANOW, previous)
