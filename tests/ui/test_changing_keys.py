"""A key is changed in the reader by pressing the new one."""

from __future__ import annotations

import pytest

from tuireader.command_line.screen import CommandLineScreen
from tuireader.dialogs.new_key import NewKeyScreen


@pytest.fixture
def settings(tmp_path):
    file = tmp_path / "config.toml"
    file.write_text("# mine\n[keys]\nreverse = 'M' # often\n")
    return file


async def choose(desk, command: str) -> None:
    """Open the dialog for a command, through the completions of the command line."""
    await desk.press("g", "k", *command)
    await desk.until(lambda: command in "\n".join(desk.lines()[-9:-1]))
    await desk.press("tab", "enter")
    assert isinstance(desk.app.screen, NewKeyScreen)


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_the_new_key_holds_at_once_and_in_the_file(reader, settings, size):
    async with reader(size=size, settings=settings) as desk:
        await choose(desk, "bookmark")
        assert "now b" in desk.text
        await desk.press("w")
        assert "The key is free." in desk.text
        await desk.press("enter", "w")
        assert desk.on_disk().search.ids("is:bookmarked") == [desk.screen.articles.cursor_id]
        assert "w is now the key of “Bookmark”" in desk.said
        await desk.until(lambda: 'bookmark = "w"' in settings.read_text())
        assert "Settings changed" not in desk.said
        assert "# mine\n[keys]\nreverse = 'M' # often\n" in settings.read_text()
    async with reader(settings=settings) as desk:
        await desk.press("j", "w")
        assert len(desk.on_disk().search.ids("is:bookmarked")) == 2


async def test_the_dialog_says_what_a_key_would_do(reader, settings):
    async with reader(settings=settings) as desk:
        await choose(desk, "bookmark")
        await desk.press("r")
        assert "Taken from “Toggle read”." in desk.text
        await desk.press("backspace", "w", "w")
        assert "ww" in desk.text and "The key is free." in desk.text
        await desk.press("escape")
        await choose(desk, "dismiss-filter")
        await desk.press("a", "enter")
        assert "“a” is typed in the filter bar." in desk.text
        assert isinstance(desk.app.screen, NewKeyScreen)
        await desk.press("escape", "b")
        assert desk.on_disk().search.ids("is:bookmarked")
    assert settings.read_text() == "# mine\n[keys]\nreverse = 'M' # often\n"


async def test_a_key_is_taken_away(reader, settings):
    async with reader(settings=settings) as desk:
        await choose(desk, "trash")
        await desk.press("delete", "x")
        assert len(desk.on_disk().search.ids("")) == 7
        await desk.until(lambda: 'trash = "nop"' in settings.read_text())


async def test_what_is_no_command_is_named(reader):
    async with reader() as desk:
        await desk.pilot.press("colon")
        await desk.paste("map xyzzy")
        await desk.press("enter")
        assert "There is no command “xyzzy”." in desk.said


@pytest.mark.parametrize("typed", ["1", "3 next-article"])
async def test_a_row_or_a_count_offers_no_command_whose_key_could_change(reader, typed):
    async with reader() as desk:  # it raises an error that was shown
        await desk.press("g", "k")
        await desk.paste(typed)
        assert "Go to this row" not in desk.text
        assert isinstance(desk.app.screen, CommandLineScreen)
