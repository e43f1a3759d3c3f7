"""The list of settings under the names of their sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual.message import Message
from textual.strip import Strip

from tuireader.rows import clipped, fit, one_line, pad
from tuireader.settings import SECTIONS, SETTINGS, Section, Setting, Settings, in_words
from tuireader.widgets.row_list import RowList, RowTops

_NAME_CELLS, _VALUE_CELLS, _HELP_CELLS = 15, 18, 44
_WIDEST_VALUE = 40

Row = Section | Setting


def _rows() -> Iterator[Row]:
    for section in SECTIONS:
        yield section
        yield from (setting for setting in SETTINGS if setting.section is section)


ROWS: tuple[Row, ...] = tuple(_rows())


class SettingList(RowList):
    """One line for each setting: name, value and, where there is room, its help."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"setting-list--{name}"
        for name in ("blank", "bar", "cursor", "name", "value", "chosen", "help", "heading")
    }
    DEFAULT_CSS = """
    SettingList {
        background: $background;
        & .setting-list--bar { color: $accent; }
        & .setting-list--cursor { background: $panel; }
        & .setting-list--value { color: $text-muted; }
        & .setting-list--chosen { color: $accent; text-style: bold; }
        & .setting-list--help { color: $text-muted; }
        & .setting-list--heading { color: $accent; text-style: bold; }
    }
    """

    @dataclass
    class Highlighted(Message):
        """The cursor moved to another setting."""

        setting: Setting

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, SettingList.Highlighted)

    class Opened(Message):
        """A setting was opened with the mouse."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._settings = Settings()
        heights = (1 if isinstance(row, Setting) or row is SECTIONS[0] else 2 for row in ROWS)
        self._tops = RowTops(heights)

    def show(self, settings: Settings) -> None:
        """Show the values of ``settings``."""
        self._settings = settings
        self.rows_changed(self.cursor_row)

    @property
    def setting(self) -> Setting:
        """The setting under the cursor."""
        row = ROWS[self.stop_at(self.cursor_row, 1)]
        assert isinstance(row, Setting)
        return row

    def go_to(self, setting: Setting) -> None:
        """Put the cursor on ``setting``."""
        self.move_to(ROWS.index(setting))

    # Methods of the base class

    @property
    def row_count(self) -> int:
        """Number of rows, including headings."""
        return len(ROWS)

    def top_of(self, row: int) -> int:
        """Return the first line of ``row``; headings have a blank line above."""
        return self._tops.top_of(row)

    def row_of(self, line: int) -> int:
        """Return the row at ``line``."""
        return self._tops.row_of(line)

    def is_heading(self, row: int) -> bool:
        """Return True for the name of a section, which always has settings after it."""
        return not isinstance(ROWS[row], Setting)

    def cursor_moved(self) -> None:
        """Tell which setting the cursor is on."""
        self.post_message(self.Highlighted(self.setting))

    def open_row(self, row: int) -> None:
        """Tell that a setting is to be changed."""
        self.post_message(self.Opened())

    def draw_row(self, row: int, width: int) -> tuple[Strip, ...]:
        """Draw a heading, or a setting."""
        shown, blank = ROWS[row], "setting-list--blank"
        if isinstance(shown, Section):
            title = [(f" {shown.name.capitalize()}", "setting-list--heading")]
            lines = [title] if shown is SECTIONS[0] else [[("", blank)], title]
            return tuple(self.strip(clipped(line, width, blank)) for line in lines)
        at_cursor = row == self.cursor_row
        value = getattr(self._settings, shown.name)
        kind = "value" if value == shown.default else "chosen"
        words, room = one_line(in_words(value)) or "–", width - _NAME_CELLS - 2
        pieces = [
            ("▌" if at_cursor else " ", "setting-list--bar"),
            (pad(f" {shown.name}", _NAME_CELLS), "setting-list--name"),
        ]
        cells = max(0, min(room - _HELP_CELLS, _WIDEST_VALUE))
        if cells < _VALUE_CELLS:  # the help is below the list
            pieces.append((fit(words, max(0, room)), f"setting-list--{kind}"))
        else:
            pieces.append((pad(fit(words, cells), cells), f"setting-list--{kind}"))
            pieces.append((f" {fit(shown.help, room - cells)}", "setting-list--help"))
        ground = self.get_component_rich_style("setting-list--cursor") if at_cursor else None
        return (self.strip(clipped(pieces, width, blank), ground=ground),)
