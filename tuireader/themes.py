"""The themes of TUIReader, and those in the terminal's colours. Textual's others have legible text."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from rich.style import Style
from textual.color import Color, ColorParseError
from textual.theme import Theme

from tuireader.colours import COLOURS, DARK, LIGHT, Colours, Rgb, contrast
from tuireader.terminal.line_filters import TerminalColours

if TYPE_CHECKING:
    from textual.app import App

LEAST_CONTRAST = 4.5
"""Least contrast of text, WCAG 2.2 level AA."""

GROUNDS = ("background", "surface", "panel")
"""Variables of the backgrounds that text is drawn on."""

INKS = (
    "foreground", "text-muted", "text-disabled", "foreground-muted", "foreground-disabled", "accent",
    "text-primary", "text-secondary", "text-accent", "text-warning", "text-error", "text-success",
    "link-color", "markdown-h2-color", "footer-key-foreground", "footer-description-foreground",
)  # fmt: skip
"""Variables of the colours of text."""


def _variables(colours: Colours, distinct: bool) -> dict[str, str]:
    """Return the derived colours: those that Textual would mix are too faint for text or too bright.

    ``distinct``: a cursor without the focus is drawn like one with the focus.
    """
    paper, panel, accent = colours.paper, colours.panel, colours.accent
    return {
        "text-muted": colours.muted,
        "text-disabled": colours.disabled,
        "text-primary": accent,
        "text-accent": accent,
        "text-secondary": colours.tag,
        "text-warning": colours.warning,
        "text-error": colours.error,
        "text-success": colours.success,
        "markdown-h2-color": colours.heading,
        "foreground-muted": colours.muted,
        "foreground-disabled": colours.disabled,
        "block-cursor-foreground": paper,
        "block-cursor-background": accent,
        "block-cursor-blurred-background": accent if distinct else panel,
        **({"block-cursor-blurred-foreground": paper} if distinct else {}),
        "block-hover-background": panel,
        "border": accent,
        "border-blurred": colours.rule,
        "scrollbar": colours.thumb,
        "scrollbar-hover": colours.disabled,
        "scrollbar-active": accent,
        "scrollbar-background": paper,
        "scrollbar-background-hover": paper,
        "scrollbar-background-active": paper,
        "scrollbar-corner-color": paper,
        "footer-background": paper,
        "footer-description-foreground": colours.muted,
        "link-color": accent,
        "input-cursor-background": accent,
    }


def themes(*, distinct: bool = False) -> list[Theme]:
    """Return both themes. ``distinct`` is for terminals in which colours only decide what is reversed."""
    return [theme_of(name, colours, distinct=distinct) for name, colours in COLOURS.items()]


def theme_of(name: str, colours: Colours, *, distinct: bool = False) -> Theme:
    """Return the theme ``name`` with these colours."""
    return Theme(
        name=name,
        dark=colours.dark,
        primary=colours.accent,
        secondary=colours.tag,
        accent=colours.accent,
        warning=colours.warning,
        error=colours.error,
        success=colours.success,
        foreground=colours.ink,
        background=colours.paper,
        surface=colours.surface,
        panel=colours.panel,
        variables=_variables(colours, distinct),
    )


ANSI = {"ansi-dark": COLOURS[DARK], "ansi-light": COLOURS[LIGHT]}
"""The themes in the terminal's own colours: the colours that are replaced by those when a line is drawn.

Textual has themes of these names, but with them it mixes no colours: nothing is dim, and highlights and
selections have the colour of text on the colour of text.
"""

_PURPLE = {True: "#c39be3", False: "#7d46a6"}
_PURPLE_GROUND = "#9a5fc0"
TERMINAL_INKS = {
    True: {"accent": "cyan", "heading": "yellow", "tag": "green", "warning": "yellow", "error": "bright_red",
           "success": "green", "purple": "bright_magenta"},
    False: {"accent": "blue", "heading": "magenta", "tag": "magenta", "warning": "default", "error": "red",
            "success": "default", "purple": "magenta"},
}  # fmt: skip
"""The colours of text that are legible in most palettes, on a dark and on a light background."""

MARKS = {
    "warning": ("black", "yellow"),
    "success": ("black", "green"),
    "accent": ("bright_white", "blue"),
    "error": ("bright_white", "red"),
    "purple": ("bright_white", "magenta"),
    "selected": ("black", "cyan"),
    "found": ("black", "cyan"),
}
"""Colours of text and background of highlights, of what is selected, and of what was found."""


_HIGHLIGHT, _SELECTED, _FOUND = 0.18, 0.3, 0.25
"""How much of a colour the article view mixes with the background, for each kind of mark."""


def in_terminal_colours(colours: Colours) -> TerminalColours:
    """Return the filter that replaces ``colours`` with those of the terminal."""
    named = {one.name: getattr(colours, one.name) for one in fields(colours)}
    named |= {"purple": _PURPLE[colours.dark], "selected": colours.accent, "found": colours.ink}
    default, dim, faint = (
        Style(color="default"),
        Style(color="default", dim=True),
        Style(color="bright_black"),
    )
    inks = {_rgb(colours.paper): default, _rgb(colours.ink): default}
    inks |= {_rgb(one): dim for one in (colours.panel, colours.muted, colours.disabled)}
    inks |= {_rgb(one): faint for one in (colours.thumb, colours.rule)}
    inks |= {_rgb(named[name]): Style(color=ink) for name, ink in TERMINAL_INKS[colours.dark].items()}
    cursor = Style(color="default", bgcolor="default", dim=False, reverse=True)
    grounds = {_rgb(one): cursor for one in (colours.accent, colours.ink)}
    grounds |= {_rgb(one): Style(bgcolor="bright_black") for one in (colours.thumb, colours.disabled)}
    named["purple"] = _PURPLE_GROUND
    for name, (ink, ground) in MARKS.items():
        share = {"selected": _SELECTED, "found": _FOUND}.get(name, _HIGHLIGHT)
        mixed = Color.parse(colours.paper).blend(Color.parse(named[name]), share)
        grounds[mixed.rgb] = Style(color=ink, bgcolor=ground, dim=False)
    return TerminalColours(inks, grounds, unmixed=(_rgb(colours.paper),))


def _rgb(colour: str) -> Rgb:
    return Color.parse(colour).rgb


def register_themes(app: App[Any], *, colours: bool = True) -> None:
    """Register our themes with ``app``. ``colours``: the terminal has colours."""
    for theme in themes(distinct=not colours):
        app.register_theme(theme)
    for name, one in ANSI.items():
        app.register_theme(theme_of(name, one, distinct=not colours))


def legible(variables: dict[str, str]) -> dict[str, str]:
    """Return ``variables`` with text that has the least contrast on every ground.

    A colour with too little is mixed with white on a dark ground, with black on a light one.
    """
    grounds = [Color.parse(variables[name]) for name in GROUNDS]
    extreme = grounds[0].get_contrast_text(1.0)
    changed = {name: _legible(variables.get(name, ""), grounds, extreme) for name in INKS}
    changed["foreground"] = _legible_on_marks(variables, changed["foreground"], extreme)
    for cursor in ("block-cursor", "block-cursor-blurred"):
        ground = grounds[0] + Color.parse(variables[f"{cursor}-background"])
        black, white = Color(0, 0, 0), Color(255, 255, 255)
        ink = black if contrast(black.rgb, ground.rgb) >= contrast(white.rgb, ground.rgb) else white
        changed |= {f"{cursor}-background": ground.hex, f"{cursor}-foreground": ink.hex}
    return variables | changed


def mark_grounds(variables: dict[str, str]) -> list[Color]:
    """Return the backgrounds of words that are highlighted, selected or found."""
    paper = Color.parse(variables["background"])
    marks = [(name, _HIGHLIGHT) for name in ("warning", "success", "primary", "error")]
    marks += [("primary", _SELECTED), ("foreground", _FOUND)]
    return [paper.blend(Color.parse(variables[name]), share) for name, share in marks]


def _legible_on_marks(variables: dict[str, str], value: str, extreme: Color) -> str:
    for step in range(21):
        ink = Color.parse(value).blend(extreme, step / 20)
        grounds = mark_grounds(variables | {"foreground": ink.hex})
        if all(contrast(ink.rgb, ground.rgb) >= LEAST_CONTRAST for ground in grounds):
            return ink.hex
    return extreme.hex


def _legible(value: str, grounds: list[Color], extreme: Color) -> str:
    try:
        colour = grounds[0] + Color.parse(value)
    except ColorParseError:  # such as “auto 60%”
        colour = grounds[0].blend(extreme, 0.6)
    steps = (colour.blend(extreme, step / 20) for step in range(21))
    enough = (one for one in steps if all(contrast(one.rgb, on.rgb) >= LEAST_CONTRAST for on in grounds))
    return next(enough, extreme).hex
