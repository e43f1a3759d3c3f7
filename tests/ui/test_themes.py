"""The themes are legible: contrast is computed from the colours that Textual makes of them."""

from __future__ import annotations

import pytest
from textual.app import App
from textual.color import Color
from textual.theme import Theme

from tuireader.colours import DARK, LIGHT
from tuireader.settings import load_settings
from tuireader.terminal.ground import GroundKnown
from tuireader.themes import ANSI, GROUNDS, INKS, MARKS, TERMINAL_INKS, mark_grounds, register_themes, themes

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


async def test_text_is_legible_in_every_theme_that_has_colours_of_its_own(reader):
    async with reader() as desk:
        pale = []
        for theme in desk.app.available_themes.values():
            if theme.name in ANSI:  # the terminal decides
                continue
            desk.app.theme = theme.name
            colors = desk.app.get_css_variables()
            pairs = [(ink, ground) for ink in INKS for ground in GROUNDS]
            pairs += [
                (f"{one}-foreground", f"{one}-background") for one in ("block-cursor", "block-cursor-blurred")
            ]
            pale += [
                (theme.name, *pair) for pair in pairs if contrast(*(colors[one] for one in pair)) < LEVEL_AA
            ]
            ink = Color.parse(colors["foreground"])
            pale += [
                (theme.name, one.hex) for one in mark_grounds(colors) if contrast(ink.hex, one.hex) < LEVEL_AA
            ]
        assert not pale


async def test_a_theme_is_shown_before_it_is_chosen_and_esc_brings_back_the_one_before(reader):
    async with reader() as desk:
        desk.app.action_change_theme()
        await desk.rest()
        assert f"{DARK} · current" in desk.text
        await desk.press("j")
        assert desk.app.theme == LIGHT
        assert desk.app.settings.now.theme == DARK
        await desk.press("escape")
        assert desk.app.theme == desk.app.settings.now.theme == DARK
        desk.app.action_change_theme()
        await desk.rest()
        await desk.press("j", "enter")
        assert desk.app.theme == desk.app.settings.now.theme == LIGHT


async def test_a_theme_of_ones_own_is_in_the_menu_and_follows_its_file(reader, tmp_path, monkeypatch):
    monkeypatch.setattr("tuireader.reader.screen.FOLLOW_SECONDS", 0.01)
    settings, mine = tmp_path / "config.toml", tmp_path / "themes/mine.toml"
    settings.write_text("")
    async with reader(settings=settings) as desk:
        mine.parent.mkdir()
        mine.write_text('paper = "#101820"\n')
        await desk.until(lambda: "mine" in desk.app.settings.themes)
        desk.app.action_change_theme()
        await desk.rest()
        await desk.press("k", "k")  # the last one
        assert "mine" in desk.text
        await desk.press("enter")
        assert desk.app.settings.now.theme == desk.app.theme == "mine"
        assert desk.screen.background_colors[1].hex == "#101820"
        mine.write_text('paper = "#f4ecd8"\nink = "blak"\n')
        await desk.until(lambda: desk.screen.background_colors[1].hex == "#F4ECD8")
        assert not desk.app.current_theme.dark
        assert f"{mine}, line 2: ink cannot be “blak”." in desk.said
        mine.unlink()
        await desk.until(lambda: desk.app.theme == DARK)
        assert "mine" not in desk.app.available_themes
    assert load_settings(settings).theme == DARK


async def test_auto_follows_the_terminal_and_is_not_replaced_in_the_settings(reader, tmp_path):
    settings = tmp_path / "config.toml"
    settings.write_text('[look]\ntheme = "auto"\ndark_theme = "nord"\n')
    async with reader(settings=settings, state=tmp_path) as desk:
        assert desk.app.theme == "nord"
        desk.app.post_message(GroundKnown(False))
        await desk.until(lambda: desk.app.theme == LIGHT)
        desk.app.action_change_theme()
        await desk.rest()
        assert "auto · current" in desk.text
        await desk.press("j")
        assert desk.app.theme == DARK
        desk.app.post_message(GroundKnown(False))  # the theme that is looked at stays
        await desk.rest()
        assert desk.app.theme == DARK
        await desk.press("escape")
        assert desk.app.theme == LIGHT
    assert load_settings(settings).theme == "auto"
    async with reader(settings=settings, state=tmp_path) as desk:
        assert desk.app.theme == LIGHT  # before the terminal has answered
        desk.app.post_message(GroundKnown(None))
        await desk.until(lambda: desk.app.theme == "nord")


PALETTES = {
    "xterm": "000000cd000000cd00cdcd000000eecd00cd00cdcde5e5e57f7f7fff000000ff00ffff005c5cffff00ff00ffffffffff",
    "tango": "000000cc00004e9a06c4a0003465a475507b06989ad3d7cf555753ef29298ae234fce94f729fcfad7fa834e2e2eeeeec",
    "campbell": "0c0c0cc50f1f13a10ec19c000037da8817983a96ddcccccc767676e7485616c60cf9f1a53b78ffb4009e61d6d6f2f2f2",
}
NAMES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")


def colour_in(palette: str, name: str, *, default: str) -> str:
    names = (*NAMES, *(f"bright_{one}" for one in NAMES))
    at = names.index(name) * 6 if name in names else -1
    return default if at < 0 else f"#{PALETTES[palette][at : at + 6]}"


@pytest.mark.parametrize("palette", PALETTES)
def test_the_colours_of_a_terminal_are_legible_in_common_palettes(palette: str):
    pairs = [
        (ink, ground)
        for dark, ground in ((True, "#0c0c0c"), (False, "#ffffff"))
        for ink in TERMINAL_INKS[dark].values()
        if ink != "default"
    ]
    pairs += MARKS.values()
    for ink, ground in pairs:
        one, other = (colour_in(palette, name, default=name) for name in (ink, ground))
        assert contrast(one, other) >= (LEVEL_AA if ink != "bright_magenta" else 3), (ink, ground)


@pytest.mark.parametrize("theme", ANSI)
async def test_every_line_is_in_the_colours_of_the_terminal(reader, theme):
    async with reader(size=(100, 30)) as desk:
        desk.app.theme = theme
        for keys in ((), ("enter", "j", "H"), ("/", *"the", "enter"), ("escape", "?"), ("escape", "g", "n")):
            await desk.press(*keys)
            strips = desk.app.screen._compositor.render_strips()
            styles = [segment.style for strip in strips for segment in strip if segment.style]
            colours = [colour for style in styles for colour in (style.color, style.bgcolor) if colour]
            assert colours and all(colour.triplet is None for colour in colours)
            assert any(style.dim for style in styles)


async def test_days_of_a_range_are_underlined_in_the_colours_of_the_terminal(reader):
    async with reader() as desk:
        desk.app.theme = "ansi-dark"
        await desk.press("g", "c", "v", "l", "l")
        calendar = desk.app.screen.query_one("CalendarMap")
        assert calendar.get_component_rich_style("calendar-map--chosen-empty").underline
        desk.app.theme = DARK
        await desk.rest()
        assert not calendar.get_component_rich_style("calendar-map--chosen-empty").underline
