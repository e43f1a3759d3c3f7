"""Keys of the user's own, from the settings file."""

from __future__ import annotations

import pytest

from tuireader.commands import Context

OWN = """\
[keys]
bookmark = ["m", "b"]
set-mark = "nop"
next-pane = "ctrl+w w"
toggle-read = "K"
previous-article = "nop"
answer-yes = "j"
dismiss-filter = ["ctrl+g", "escape"]
"""


@pytest.fixture
def settings(tmp_path):
    """A settings file with keys."""
    file = tmp_path / "config.toml"
    file.write_text(OWN)
    return file


async def test_keys_of_ones_own_work_and_the_others_stay(reader, settings):
    async with reader(settings=settings) as desk:
        await desk.press("m")
        assert desk.on_disk().search.ids("is:bookmarked") == [desk.screen.articles.cursor_id]
        await desk.press("K")
        assert desk.on_disk().search.ids("is:read") == [desk.screen.articles.cursor_id]
        await desk.press("ctrl+w", "w")
        assert desk.screen.context is Context.PAGE
        await desk.press("tab", "slash", "x", "ctrl+g")
        assert desk.screen.context is Context.LIST and not desk.screen.listing.query_text
        assert "config.toml" not in desk.said


async def test_footer_help_palette_and_panel_show_the_keys_as_they_are(reader, settings, monkeypatch):
    monkeypatch.setattr("tuireader.widgets.key_panel.PAUSE", 0.001)
    async with reader(size=(140, 40), settings=settings) as desk:
        assert "m bookmark" in desk.lines()[-1]
        await desk.press("ctrl+w")
        await desk.until(lambda: desk.screen.key_panel.is_open)
        await desk.pilot.pause()
        assert "w Next pane" in desk.text
        await desk.press("escape", "?")
        await desk.pilot.press(*"toggle read")
        await desk.pilot.pause()
        assert any("▌K " in line for line in desk.lines() if "Toggle read" in line)


async def test_messages_name_the_keys_as_they_are(reader, settings):
    settings.write_text("[keys]\nundo = 'U'\nquit = 'ZZ'\n")
    async with reader(settings=settings) as desk:
        await desk.press("x")
        assert "Moved to the trash · U to undo" in desk.said
        await desk.press("escape")
        assert "Press ZZ to quit." in desk.said


async def test_empty_lists_name_the_keys_as_they_are(reader, settings, empty_folder):
    settings.write_text("[keys]\nadd = 'W'\nnote = 'M'\n")
    async with reader(empty_folder, settings=settings) as desk:
        assert "W adds articles" in desk.text
        await desk.press("4")
        assert "M adds a note to an article" in desk.text
        await desk.press("g", "n")
        assert "In an article: M adds a note, H highlights." in desk.text


async def test_questions_take_the_keys_of_ones_own(reader, settings):
    async with reader(settings=settings) as desk:
        await desk.press("x", "g", "x", "X")
        assert "j yes" in desk.text
        await desk.press("j")
        assert len(desk.library.search.ids("")) == 6
        assert desk.library.search.ids("is:trashed") == []


async def test_a_mistake_is_named_with_its_line(reader, settings):
    settings.write_text(f"{OWN}bokmark = 'M'\n")
    async with reader(settings=settings) as desk:
        assert f"{settings}, line 9: There is no command “bokmark”. Did you mean “bookmark”?" in desk.said
        await desk.press("m")
        assert desk.on_disk().search.ids("is:bookmarked")


async def test_keys_changed_in_the_file_hold_at_once(reader, settings, monkeypatch):
    monkeypatch.setattr("tuireader.reader.screen.FOLLOW_SECONDS", 0.01)
    async with reader(settings=settings) as desk:
        await desk.press("g", "t")
        new = settings.with_name("new.toml")
        new.write_text("[keys]\npreset = 'emacs'\nrename-tag = 'M'\n")
        new.replace(settings)
        await desk.until(lambda: "Settings changed: keys." in desk.said)
        await desk.press("home")  # the next key takes the message from the footer
        assert "M rename" in desk.lines()[-1]
        await desk.press("q", "ctrl+n", "ctrl+n")
        assert desk.at_cursor == "Long read about the tide"
        new.write_text("")
        new.replace(settings)
        await desk.until(lambda: desk.said.count("Settings changed: keys.") == 2)
        await desk.press("b")
        assert desk.on_disk().search.ids("is:bookmarked")


async def test_emacs_leaves_with_its_own_keys(reader, settings):
    settings.write_text("[keys]\npreset = 'emacs'\n")
    async with reader(settings=settings) as desk:
        await desk.pilot.press("ctrl+x", "ctrl+c")
        await desk.until(lambda: desk.app._exit)


async def test_without_any_key_one_can_still_leave(reader, settings):
    names = "\n".join(f"{command.id} = 'nop'" for command in _all_commands())
    settings.write_text(f"[keys]\n{names}\n")
    async with reader(settings=settings) as desk:
        assert "keeps" in desk.said
        await desk.pilot.press("ctrl+q")
        await desk.until(lambda: desk.app._exit)


def _all_commands():
    from tuireader.commands import COMMANDS

    return COMMANDS
