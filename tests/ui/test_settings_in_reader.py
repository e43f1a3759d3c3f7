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
