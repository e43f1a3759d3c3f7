"""The colours of TUIReader, dark and light, with one accent for focus and marks.

Every colour of text reaches the contrast of WCAG 2.2 level AA (4.5 : 1) on paper, surface and panel.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

LIGHT = "tuireader-light"
DARK = "tuireader-dark"
AUTO = "auto"
"""The word for a theme that follows the terminal, which is light or dark."""

Rgb = tuple[int, int, int]
"""Red, green and blue, from 0 to 255."""


def _colour(help_: str) -> Any:
    return field(metadata={"help": help_})


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """The colours of a theme as ``#rrggbb``: backgrounds, then text, then separators.

    They are declared here once; files of themes, their checks and docs/settings.md follow.
    """

    dark: bool
    paper: str = _colour("Background.")
    surface: str = _colour("Background of dialogs.")
    panel: str = _colour("Background of the row at the cursor, and of code.")
    ink: str = _colour("Text.")
    muted: str = _colour("Dates, sources and other quiet text.")
    disabled: str = _colour("The quietest text, such as hints in an empty field.")
    accent: str = _colour("Headline, focus and marks.")
    heading: str = _colour("Section headings.")
    tag: str = _colour("Tags.")
    warning: str = _colour("Warnings, and yellow highlights.")
    error: str = _colour("Errors, and red highlights.")
    success: str = _colour("What is done, and green highlights.")
    rule: str = _colour("Lines between panes.")
    thumb: str = _colour("Scroll bars.")


COLOURS = {
    LIGHT: Colours(
        dark=False,
        paper="#fbf9f4",
        surface="#f6f3ec",
        panel="#ece8de",
        ink="#25231f",
        muted="#5f5b53",
        disabled="#6b665c",
        accent="#1c5a86",
        heading="#7c4a1e",
        tag="#2f665b",
        warning="#8a4b00",
        error="#a8261c",
        success="#2f6a2c",
        rule="#d6d0c3",
        thumb="#c4bdae",
    ),
    DARK: Colours(
        dark=True,
        paper="#16181b",
        surface="#1a1d20",
        panel="#25292d",
        ink="#dcd8cf",
        muted="#a19d94",
        disabled="#98948b",
        accent="#8cbbe0",
        heading="#d9b384",
        tag="#8fbfa8",
        warning="#e0b060",
        error="#ee8d82",
        success="#9cc286",
        rule="#363b40",
        thumb="#454b51",
    ),
}
"""The two themes, by name."""

TEXTUAL_THEMES = (
    "ansi-dark",
    "ansi-light",
    "atom-one-dark",
    "atom-one-light",
    "catppuccin-frappe",
    "catppuccin-latte",
    "catppuccin-macchiato",
    "catppuccin-mocha",
    "dracula",
    "flexoki",
    "gruvbox",
    "monokai",
    "nord",
    "rose-pine",
    "rose-pine-dawn",
    "rose-pine-moon",
    "solarized-dark",
    "solarized-light",
    "textual-dark",
    "textual-light",
    "tokyo-night",
)
"""The names of Textual's own themes, for programs that do not load Textual."""


def theme_names() -> tuple[str, ...]:
    """Return the names of all themes that come with the program: ours, then Textual's."""
    return (DARK, LIGHT, *TEXTUAL_THEMES)


def luminance(colour: Rgb) -> float:
    """Return the relative luminance, as defined by WCAG 2.2."""
    shares = (value / 255 for value in colour)
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast of two colours, from 1 to 21, as defined by WCAG 2.2."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


_MIDDLE = 0.179
"""The luminance that has the same contrast to white and to black."""


def is_dark(colour: str) -> bool:
    """Return True if ``colour``, as ``#rrggbb``, is a dark background: white stands out from it more."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return luminance((red, green, blue)) < _MIDDLE
