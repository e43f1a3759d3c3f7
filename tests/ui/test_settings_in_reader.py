"""The settings file and the open reader."""

from __future__ import annotations

import pytest

from tuireader.settings import load_settings

WRONG = "[reading]\nmeasur = 60\nmeasure = 50\n[look]\ntheme = 'x'\n"


async def test_what_is_wrong_is_named_at_the_start_and_the_rest_holds(reader, tmp_path):
    file = tmp_path / "config.toml"
    file.write_text(WRONG)
    async with reader(settings=file) as desk:
        assert f"{file}, line 2: There is no setting “measur”" in desk.said
        assert "And 1 more: tuireader config check" in desk.said
        assert desk.screen.page.measure == 50
        assert desk.app.theme == "tuireader-dark"
    assert file.read_text() == WRONG


async def test_a_file_that_is_not_understood_is_named_and_never_written(reader, tmp_path):
    file = tmp_path / "config.toml"
    file.write_text("measure == 3")
    async with reader(size=(200, 40), settings=file) as desk:
        assert f"{file}, line 1" in desk.said
        await desk.press("enter", "plus")
        await desk.until(lambda: "Not saved." in desk.said)
        assert desk.screen.page.measure == 76
    assert file.read_text() == "measure == 3"


async def test_a_choice_keeps_the_comments_of_the_file(reader, tmp_path):
    file = tmp_path / "config.toml"
    file.write_text("# narrow on purpose\n[reading]\nmeasure = 50 # columns\n")
    async with reader(size=(200, 40), settings=file) as desk:
        await desk.press("enter", "plus")
    assert file.read_text() == "# narrow on purpose\n[reading]\nmeasure = 54 # columns\n"
    assert load_settings(file).measure == 54


@pytest.mark.parametrize(
    "keys",
    [
        (),
        ("enter",),
        ("h",),
        ("slash", "a"),
        ("enter", "slash", "a"),
        ("a", "b"),
        ("t", "a"),
        ("g",),
        ("enter", "v"),
        ("f", "f"),
        ("?",),
        ("ctrl+p", "a"),
        ("e",),
        ("Y",),
        ("g", "n"),
        ("g", "n", "slash", "a"),
        ("g", "c"),
        ("g", "t", "R"),
        ("g", "a"),
    ],
)
async def test_ctrl_q_leaves_from_everywhere(reader, tmp_path, keys):
    file = tmp_path / "config.toml"
    file.write_text("[keys]\n'ctrl+q' = 'sort'\nquit = []\n")
    async with reader(settings=file) as desk:
        await desk.pilot.press(*keys, "ctrl+q")
        await desk.until(lambda: desk.app._exit)


@pytest.fixture
def at_once(monkeypatch):
    """The reader looks at the file all the time."""
    monkeypatch.setattr("tuireader.reader.screen.FOLLOW_SECONDS", 0.01)


def replace_file(file, text):
    new = file.with_name("new.toml")
    new.write_text(text)
    new.replace(file)


async def test_a_change_in_the_file_applies_at_once(reader, tmp_path, at_once):
    file = tmp_path / "config.toml"
    file.write_text("")
    async with reader(size=(200, 40), settings=file) as desk:
        await desk.press("enter")
        replace_file(file, "[look]\ntheme = 'tuireader-light'\n[reading]\nmeasure = 50\njustified = true\n")
        await desk.until(lambda: "Settings changed: justified, measure, theme." in desk.said)
        assert (desk.app.theme, desk.screen.page.measure) == ("tuireader-light", 50)
        await desk.until(lambda: desk.screen.page.page.setting.justified)
        replace_file(file, "[reading]\nmeasure = 60\nhyphenated = 5\n")
        await desk.until(lambda: f"{file}, line 3: hyphenated cannot be 5." in desk.said)
        assert (desk.app.theme, desk.screen.page.measure) == ("tuireader-dark", 60)


async def test_a_file_damaged_meanwhile_changes_nothing(reader, tmp_path, at_once):
    file = tmp_path / "config.toml"
    file.write_text("[reading]\nmeasure = 50\n")
    async with reader(size=(200, 40), settings=file) as desk:
        replace_file(file, "[reading\n")
        await desk.until(lambda: "line 1" in desk.said)
        assert desk.screen.page.measure == 50
        file.unlink()
        await desk.pilot.pause(0.1)
        assert desk.screen.page.measure == 50
        replace_file(file, "[reading]\nmeasure = 60\n")
        await desk.until(lambda: desk.screen.page.measure == 60)


async def test_keys_and_file_do_not_undo_each_other(reader, tmp_path, at_once):
    file = tmp_path / "config.toml"
    file.write_text("# mine\n")
    async with reader(size=(200, 40), settings=file) as desk:
        await desk.press("enter")
        for _ in range(5):
            await desk.pilot.press("plus", "plus", "minus")
        width = desk.screen.page.measure
        await desk.until(lambda: load_settings(file).measure == width)
        await desk.pilot.pause(0.1)
        assert desk.screen.page.measure == width == 92
        assert "Settings changed" not in desk.said
