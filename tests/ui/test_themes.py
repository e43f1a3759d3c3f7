"""The themes are legible: contrast is computed from the colours that Textual makes of them."""

from __future__ import annotations

import pytest
from textual.app import App
from textual.color import Color
from textual.theme import Theme

from tuireader.colours import DARK, LIGHT
from tuireader.themes import register_themes, themes

LEVEL_AA = 4.5
"""Minimum contrast of text (WCAG 2.2, success criterion 1.4.3)."""

TEXT = ["foreground", "text-muted", "text-disabled", "foreground-muted", "foreground-disabled"]
SIGNALS = ["primary", "accent", "warning", "error", "success", "text-accent", "link-color"]
SIGNALS += [
    "text-primary",
    "text-secondary",
    "text-warning",
    "text-error",
    "text-success",
    "markdown-h2-color",
]


def luminance(color: Color) -> float:
    """Return the relative luminance, as defined by WCAG 2.2."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.normalized]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(luminance(Color.parse(name)) for name in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_of_contrast_is_the_known_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", ["background", "surface", "panel"])
@pytest.mark.parametrize("ink", [*TEXT, *SIGNALS])
def test_text_has_contrast_on_every_background(theme: Theme, ground: str, ink: str):
    colors = theme.to_color_system().generate() | theme.variables
    assert contrast(colors[ink], colors[ground]) >= LEVEL_AA


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)
def test_the_cursor_of_menus_and_the_footer_are_legible(theme: Theme):
    colors = theme.to_color_system().generate() | theme.variables
    pairs = [
        ("block-cursor-foreground", "block-cursor-background"),
        ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
        ("footer-key-foreground", "footer-background"),
        ("footer-description-foreground", "footer-background"),
        ("input-cursor-foreground", "input-cursor-background"),
    ]
    for ink, ground in pairs:
        assert contrast(colors[ink], colors[ground]) >= LEVEL_AA, (ink, ground)


def test_there_is_one_accent_colour():
    for theme in themes():
        assert theme.primary == theme.accent


async def test_both_themes_are_listed_with_those_of_textual():
    app: App[None] = App()
    register_themes(app)
    async with app.run_test(size=(20, 5)):
        assert {LIGHT, DARK, "textual-dark", "textual-light"} <= set(app.available_themes)
        for name in (LIGHT, DARK):
            app.theme = name
            assert app.current_theme.name == name
