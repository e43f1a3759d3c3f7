"""Adapts every line to terminals without colours or without Unicode."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

from rich.cells import cell_len
from rich.color import Color as Ink
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tuireader.colours import Rgb, contrast
from tuireader.terminal.glyphs import drawn_in_ascii
from tuireader.terminal.kitty import PLACEHOLDER

APART = 2.1
"""Minimum contrast (WCAG 2.2) at which a background counts as distinct, such as that of the cursor."""

_DEFAULT = Style.from_color(Ink.default(), Ink.default())
_DEFAULT_GROUND = Style(bgcolor="default")


class AsciiGlyphs(LineFilter):
    """Converts lines to ASCII; see ``tuireader.terminal.glyphs``."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return ``segments`` in ASCII."""
        return [Segment(drawn_in_ascii(text, cell_len), style, control) for text, style, control in segments]


class TerminalColours(LineFilter):
    """Replaces the colours of a theme with those that the terminal has itself.

    Args:
        inks: The colours of text, and the styles that replace them. Others, such as mixtures, count as the
            nearest of those that may be mixed.
        grounds: The backgrounds, and the styles that replace them; also the text on them, if they have one.
            Other backgrounds are replaced by that of the terminal.
        unmixed: Those of ``inks`` that are not mixed.
    """

    def __init__(
        self, inks: Mapping[Rgb, Style], grounds: Mapping[Rgb, Style], unmixed: Collection[Rgb] = ()
    ) -> None:
        super().__init__()
        self._inks = inks
        self._mixed = {ink: style for ink, style in inks.items() if ink not in unmixed}
        self._grounds = grounds
        self._replaced = lru_cache(1024)(self._replace)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return ``segments`` in the colours of the terminal; pictures keep theirs."""
        return [
            segment if segment.style is None or _is_picture(segment.text) else self._in_colours(segment)
            for segment in segments
        ]

    def _in_colours(self, segment: Segment) -> Segment:
        text, style, control = segment
        return Segment(text, style and self._replaced(style), control)

    def _replace(self, style: Style) -> Style:
        ink, ground = _triplet(style.color), _triplet(style.bgcolor)
        replaced = style + _DEFAULT
        if ink is not None:
            replaced += self._inks.get(ink) or _nearest(ink, self._mixed)
        elif style.color is not None:
            replaced += Style(color=style.color)
        if ground is not None:
            replaced += self._grounds.get(ground, _DEFAULT_GROUND)
        elif style.bgcolor is not None:
            replaced += Style(bgcolor=style.bgcolor)
        return replaced


def _is_picture(text: str) -> bool:
    return text.startswith(("▀", PLACEHOLDER))


def _triplet(colour: Ink | None) -> Rgb | None:
    return colour.triplet if colour is not None else None


def _nearest(colour: Rgb, styles: Mapping[Rgb, Style]) -> Style:
    return styles[min(styles, key=lambda one: sum((a - b) ** 2 for a, b in zip(one, colour, strict=True)))]


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
    apart = triplet is not None and contrast(triplet, ground) >= APART
    return style + _DEFAULT + Style(reverse=True) if apart and not style.reverse else style + _DEFAULT
