"""The two themes of TUIReader. Textual's own themes remain available, with legible text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.color import Color, ColorParseError
from textual.theme import Theme

from tuireader.colours import COLOURS, Colours

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


def register_themes(app: App[Any], *, colours: bool = True) -> None:
    """Register both themes with ``app``. ``colours``: the terminal has colours."""
    for theme in themes(distinct=not colours):
        app.register_theme(theme)


def _luminance(colour: Color) -> float:
    """Return the relative luminance, as WCAG 2.2 defines it."""
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def legible(variables: dict[str, str]) -> dict[str, str]:
    """Return ``variables`` with text that has the least contrast on every ground.

    A colour with too little is mixed with white on a dark ground, with black on a light one.
    """
    grounds = [Color.parse(variables[name]) for name in GROUNDS]
    extreme = grounds[0].get_contrast_text(1.0)
    changed = {name: _legible(variables.get(name, ""), grounds, extreme) for name in INKS}
    for cursor in ("block-cursor", "block-cursor-blurred"):
        ground = grounds[0] + Color.parse(variables[f"{cursor}-background"])
        black, white = Color(0, 0, 0), Color(255, 255, 255)
        ink = black if contrast(black, ground) >= contrast(white, ground) else white
        changed |= {f"{cursor}-background": ground.hex, f"{cursor}-foreground": ink.hex}
    return variables | changed


def _legible(value: str, grounds: list[Color], extreme: Color) -> str:
    try:
        colour = grounds[0] + Color.parse(value)
    except ColorParseError:  # such as “auto 60%”
        colour = grounds[0].blend(extreme, 0.6)
    steps = (colour.blend(extreme, step / 20) for step in range(21))
    enough = (one for one in steps if all(contrast(one, on) >= LEAST_CONTRAST for on in grounds))
    return next(enough, extreme).hex
