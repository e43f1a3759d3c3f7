"""Adapts every line to terminals without colours or without Unicode."""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len
from rich.color import Color as Ink
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tuireader.terminal.glyphs import drawn_in_ascii

APART = 2.1
"""Minimum contrast (WCAG 2.2) at which a background counts as distinct, such as that of the cursor."""

_DEFAULT = Style.from_color(Ink.default(), Ink.default())


class AsciiGlyphs(LineFilter):
    """Converts lines to ASCII; see ``tuireader.terminal.glyphs``."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return ``segments`` in ASCII."""
        return [Segment(drawn_in_ascii(text, cell_len), style, control) for text, style, control in segments]


class WithoutColours(LineFilter):
    """Removes all colours; text on a distinct background is drawn in reverse."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return ``segments`` of a widget with this ``background`` in the terminal's default colours."""
        ground = background.rgb
        return [
            Segment(text, _DEFAULT if style is None else _colourless(style, ground), control)
            for text, style, control in segments
        ]


@lru_cache(1024)
def _colourless(style: Style, ground: tuple[int, int, int]) -> Style:
    triplet = style.bgcolor.triplet if style.bgcolor is not None else None
    apart = triplet is not None and _contrast(triplet, ground) >= APART
    return style + _DEFAULT + Style(reverse=True) if apart and not style.reverse else style + _DEFAULT


def _contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    """Return the relative luminance, as defined by WCAG 2.2."""
    shares = (value / 255 for value in colour)
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
