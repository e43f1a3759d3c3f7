"""A library without any article."""

from __future__ import annotations

import pytest

from tuireader.commands import COMMANDS, OVER_THE_PANES, Context


async def test_an_empty_library_says_what_can_be_done(reader, empty_folder):
    async with reader(path=empty_folder) as desk:
        assert "The library is empty." in desk.text
        assert "i adds articles" in desk.text
        assert not empty_folder.exists()


@pytest.mark.parametrize("pane", ["list", "article"])
async def test_no_command_fails_where_there_is_nothing(reader, empty_folder, pane):
    async with reader(path=empty_folder) as desk:
        for command in (one for one in COMMANDS if not OVER_THE_PANES.issuperset(one.contexts)):
            if command.id != "quit":
                desk.screen.panes.focus(Context(pane))
                await desk.pilot.pause()
                desk.screen.invoke(command, 3)
                await desk.pilot.pause()
                if len(desk.app.screen_stack) > 1:
                    await desk.pilot.press("escape")
        await desk.press("escape")
        assert desk.app.is_running
        assert not empty_folder.exists() or not desk.library.search.ids()


async def test_the_first_article_is_imported_while_the_reader_is_open(reader, empty_folder):
    async with reader(path=empty_folder) as desk:
        with desk.on_disk() as other:
            other.importing.add_bytes("new.md", b"---\ntitle: The very first\ndate: 2026-11-22\n---\nText.\n")
        await desk.screen.others.follow()
        await desk.rest()
        assert desk.titles == ["The very first"]
        assert desk.on_page == "The very first"
        assert "1 article ·" in desk.text


async def test_a_library_that_is_all_in_the_trash_can_be_restored(reader):
    async with reader() as desk:
        await desk.press("asterisk", "x")
        assert desk.titles == []
        await desk.press("g", "x")
        assert len(desk.titles) == 7
        await desk.press("u", "1")
        assert len(desk.titles) == 7
