"""The settings view: values are shown and changed, at once and in the file."""

from __future__ import annotations

import sys

import pytest

from tuireader.commands import Context
from tuireader.settings import SETTINGS, Settings, load_settings
from tuireader.settings_view.screen import SettingsScreen

SCROLL_BAR = " ▁▂▃▄▅▆▇█"
MINE = "# mine\n[reading]\nmeasure = 50 # columns\n"


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "config.toml"
    file.write_text(MINE)
    return file


def at(name):
    """The keys that go to a setting."""
    names = [setting.name for setting in SETTINGS]
    return (",", "g", "g", *["j"] * names.index(name))


def row_of(desk, name):
    return next(line for line in desk.lines() if line.strip(" ▌").startswith(f"{name} "))


@pytest.mark.parametrize("size", [(40, 10), (60, 20), (80, 24), (120, 40), (200, 60)])
async def test_every_setting_is_shown_with_its_value_and_help(reader, file, size):
    async with reader(settings=file, size=size) as desk:
        await desk.press(",")
        for setting in SETTINGS:
            row = row_of(desk, setting.name)
            assert row.startswith("▌")
            assert setting.help[:20] in desk.text
            await desk.press("j")
        await desk.press(*at("measure")[1:])
        assert "50" in row_of(desk, "measure")
        assert "Esc done" in desk.lines()[-1]
        if size[0] >= 60:
            assert "Takes a whole number from 40 to 120 · default 72" in desk.text
            assert f"{str(file)[-20:]} " in desk.lines()[0]
        if size[0] >= 80:
            assert all(setting.help in row_of(desk, setting.name) for setting in SETTINGS)


async def test_the_heading_above_a_setting_is_shown_on_the_way_up(reader, file):
    async with reader(settings=file, size=(60, 20)) as desk:
        await desk.press(",", "G")
        for setting, above in reversed(list(zip(SETTINGS[1:], SETTINGS, strict=False))):
            assert row_of(desk, setting.name).startswith("▌")
            if setting.section is not above.section:
                assert f" {setting.section.name.capitalize()}" in [
                    line.rstrip(SCROLL_BAR) for line in desk.lines()
                ]
            await desk.press("k")
        assert f" {SETTINGS[0].section.name.capitalize()}" in [
            line.rstrip(SCROLL_BAR) for line in desk.lines()
        ]


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_the_view_is_left(reader, file, key):
    async with reader(settings=file) as desk:
        await desk.press(",", key)
        assert desk.screen.is_current and desk.screen.context is Context.LIST
    assert file.read_text() == MINE


async def test_a_switch_is_switched_at_once_and_in_the_file(reader, file):
    async with reader(settings=file) as desk:
        await desk.press(*at("justified"), "enter")
        assert " on " in row_of(desk, "justified")
        await desk.press("escape", "enter")
        assert desk.screen.page.page.setting.justified
    assert load_settings(file) == Settings(measure=50, justified=True)
    assert set(MINE.splitlines()) < set(file.read_text().splitlines())


async def test_a_number_is_typed_and_a_wrong_one_refused(reader, file):
    async with reader(settings=file, size=(200, 40)) as desk:
        await desk.press(*at("measure"), "enter", "ctrl+u", *"5000", "enter")
        assert "5000 is not a whole number from 40 to 120." in desk.text
        await desk.press("ctrl+u", *"90", "enter")
        assert " 90 " in row_of(desk, "measure")
        assert desk.screen.page.measure == 90
    assert file.read_text() == MINE.replace("50", "90")


async def test_the_footer_names_one_way_out_first(reader, file):
    async with reader(settings=file) as desk:
        await desk.press(",")
        assert desk.lines()[-1].strip().startswith("Esc done  Enter change")
        assert desk.lines()[-1].count("Esc") == 1


async def test_a_choice_is_chosen_and_a_text_typed(reader, file):
    async with reader(settings=file) as desk:
        await desk.press(*at("citation"), "enter", "3")
        assert "bibtex" in row_of(desk, "citation")
        await desk.press("j", "enter", *"~/out", "enter")
        assert "~/out" in row_of(desk, "export_folder")
    assert load_settings(file) == Settings(measure=50, citation="bibtex", export_folder="~/out")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_a_theme_of_many_is_chosen_and_the_keys_of_the_menu_stay_on_the_screen(reader, file, size):
    async with reader(settings=file, size=size) as desk:
        await desk.press(*at("theme"), "enter")
        assert "Esc close  Enter choose" in desk.text
        await desk.press("j")
        assert desk.app.theme == "tuireader-light" != desk.app.settings.now.theme
        await desk.press("escape")
        assert desk.app.theme == "tuireader-dark"
        await desk.press("enter", "3")
        assert desk.app.theme == desk.app.settings.now.theme == "tuireader-light"
        await desk.press("d")
        assert desk.app.theme == "tuireader-dark"


async def test_changes_are_undone_and_defaults_restored(reader, file):
    async with reader(settings=file) as desk:
        await desk.press(*at("measure"), "d", "j", "space", "u")
        assert (desk.app.settings.now.measure, desk.app.settings.now.justified) == (72, False)
        await desk.press("u")
        assert desk.app.settings.now.measure == 50
        await desk.press("ctrl+r", "ctrl+r")
        assert (desk.app.settings.now.measure, desk.app.settings.now.justified) == (72, True)
        await desk.press("u", "u", "u")
        assert "No change of settings to undo here." in desk.said
        assert isinstance(desk.app.screen, SettingsScreen)
    assert load_settings(file) == Settings(measure=50)


async def test_a_setting_is_changed_with_the_mouse(reader, file):
    async with reader(settings=file, size=(80, 24)) as desk:
        await desk.press(",")
        line = next(number for number, line in enumerate(desk.lines()) if "justified" in line)
        for _ in range(2):
            await desk.pilot.click(offset=(5, line))
            await desk.rest()
        assert desk.app.settings.now.justified


async def test_what_is_wrong_in_the_file_is_counted(reader, file):
    file.write_text("[reading]\nx = 1\ny = 2\n")
    async with reader(settings=file) as desk:
        await desk.press(",")
        assert "2 problems" in desk.lines()[0]
        file.write_text("[reading]\nx = 1 # only this\n")
        desk.screen.others.follow_settings()
        await desk.until(lambda: "1 problem " in desk.lines()[0])


async def test_without_a_file_the_view_changes_settings_for_the_session(reader):
    async with reader() as desk:
        await desk.press(*at("justified"), "enter")
        assert desk.app.settings.now.justified
        assert "not saved" in desk.lines()[0]
        await desk.press("e")
        assert "No editor" in desk.said


@pytest.mark.frames
async def test_another_command_leaves_the_view(reader, file):
    async with reader(settings=file) as desk:
        await desk.press(",", "g", "t")
        assert desk.app.screen.query_one("#tags")
        await desk.press(",")
        assert isinstance(desk.app.screen, SettingsScreen)
        await desk.press("Q")
        await desk.until(lambda: desk.app._exit)


async def test_the_file_is_opened_in_the_editor_and_applies_when_it_is_left(
    reader, file, tmp_path, monkeypatch
):
    program = tmp_path / "editor.py"
    program.write_text(
        "import pathlib, sys\npathlib.Path(sys.argv[1]).write_text('[reading]\\nmeasure = 60\\n')\n"
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {program}")
    async with reader(settings=file) as desk:
        monkeypatch.setattr(desk.app, "suspend", _suspended)
        await desk.press(*at("measure"), "e")
        assert " 60 " in row_of(desk, "measure")
        assert desk.screen.page.measure == 60


class _suspended:
    """A terminal that another program may use."""

    def __enter__(self):
        pass

    def __exit__(self, *error):
        pass
