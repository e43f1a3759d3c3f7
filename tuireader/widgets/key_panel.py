"""The panel of keys that may follow those already typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol, runtime_checkable

from rich.cells import cell_len
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tuireader.commands import shown_key
from tuireader.delay import Delay
from tuireader.keys import KeySequences
from tuireader.rows import fit, pad

PAUSE = 0.25
"""Seconds after a key before the panel opens; a whole sequence typed without a pause does not open it."""

_GAP = 2
_NARROWEST = 14
"""Minimum width of a column in cells, before columns are left out."""


class NextKeyHint(NamedTuple):
    """A key that may follow, or several, and its effect."""

    key: str
    words: str


@runtime_checkable
class HasCursor(Protocol):
    """A widget with a cursor that should stay visible."""

    @property
    def cursor_lines(self) -> range:
        """The lines of the screen that the cursor is on; empty if it is not visible."""


def panel_lines(hints: Sequence[NextKeyHint], width: int, most: int) -> list[Content]:
    """Return the hints in columns of equal width, at most ``most`` lines. Hints without room are omitted."""
    if not hints or width < 1 or most < 1:
        return []
    key_width = max(cell_len(hint.key) for hint in hints)
    natural = key_width + 1 + max(cell_len(hint.words) for hint in hints) + _GAP
    fewest = -(-len(hints) // most)
    number = max((width + _GAP) // natural, min(fewest, (width + _GAP) // _NARROWEST), 1)
    height = min(-(-len(hints) // number), most)
    number = min(number, -(-len(hints) // height))
    column = min((width + _GAP) // number, natural) - _GAP
    lines = []
    for line in range(height):
        parts: list[tuple[str, str]] = []
        for hint in hints[line : height * number : height]:
            words = fit(hint.words, column - key_width - 1)
            parts += [
                (" " * _GAP if parts else "", ""),
                (pad(hint.key, key_width + 1), "bold $accent"),
                (pad(words, column - key_width - 1), "$foreground"),
            ]
        lines.append(Content.assemble(*parts))
    return lines


def hints_of(keys: KeySequences) -> list[NextKeyHint]:
    """Return the keys that may complete the sequence typed so far; empty if none has been begun."""
    return [NextKeyHint(shown_key(key), command.title) for key, command in keys.following()]


class _Panel(Static):
    DEFAULT_CSS = """
    _Panel {
        overlay: screen; position: absolute; width: 100%; height: auto; padding: 0 1;
        background: $background; text-wrap: nowrap;
        border-top: solid $accent;
        &.-top { border-top: none; border-bottom: solid $accent; }
    }
    """


class KeyPanel:
    """The panel on one screen. It opens at the bottom, or at the top if the cursor would be covered."""

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._panel: _Panel | None = None
        self._delay: Delay | None = None
        self._hints: Sequence[NextKeyHint] = ()

    @property
    def is_open(self) -> bool:
        """True while the panel is visible."""
        return self._panel is not None and bool(self._panel.display)

    def expect(self, hints: Sequence[NextKeyHint]) -> None:
        """Show ``hints`` after a pause, or at once if the panel is open. Without hints, close the panel."""
        self._stop()
        self._hints = hints
        if not hints:
            self.close()
        elif self.is_open:
            self._open()
        else:
            self._delay = Delay(self._screen, PAUSE, self._open)

    def close(self) -> None:
        """Close the panel; it no longer opens."""
        self._stop()
        self._hints = ()
        if self._panel is not None:
            self._panel.display = False

    def _stop(self) -> None:
        if self._delay is not None:
            self._delay.stop()
            self._delay = None

    def _open(self) -> None:
        screen = self._screen
        width, height = screen.size
        lines = panel_lines(self._hints, width - 2, max(height - 4, 1))
        if not lines or not screen.is_attached:
            return
        if self._panel is None:
            self._panel = _Panel(markup=False)
            screen.mount(self._panel)
        panel, needed = self._panel, len(lines) + 1
        bottom = height - 1 - needed
        at_top = self._covers_cursor(bottom, needed) and not self._covers_cursor(1, needed)
        panel.set_class(at_top, "-top")
        panel.update(Content("\n").join(lines))
        panel.styles.offset = (0, 1 if at_top else max(bottom, 0))
        panel.display = True

    def _covers_cursor(self, top: int, height: int) -> bool:
        focused = self._screen.focused
        cursor = focused.cursor_lines if isinstance(focused, HasCursor) else range(0)
        return bool(cursor) and cursor.start < top + height and top < cursor.stop
