"""The colours of TUIReader, dark and light, with one accent for focus and marks.

Every colour of text reaches the contrast of WCAG 2.2 level AA (4.5 : 1) on paper, surface and panel.
"""

from __future__ import annotations

from dataclasses import dataclass

LIGHT = "tuireader-light"
DARK = "tuireader-dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """The colours of a theme as ``#rrggbb``: backgrounds, then text, then separators."""

    dark: bool
    paper: str
    surface: str
    panel: str
    ink: str
    muted: str
    disabled: str
    accent: str
    heading: str
    tag: str
    warning: str
    error: str
    success: str
    rule: str
    thumb: str


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
    """Return the names of all themes: ours, then Textual's."""
    return (DARK, LIGHT, *TEXTUAL_THEMES)
