"""The colon opens a line that takes every command and its argument."""

from __future__ import annotations

import pytest

from tuireader.command_line.screen import CommandLineScreen


def typed(desk) -> str:
    return desk.lines()[-1].strip()


async def enter(desk, line: str) -> None:
    """Type a line and Enter, as a person does."""
    await desk.pilot.press("colon")
    await desk.paste(line)
    await desk.press("enter")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
@pytest.mark.frames
async def test_the_line_stands_at_the_bottom_with_completions_above(reader, size):
    async with reader(size=size) as desk:
        await desk.press(":", *"bookm")
        assert typed(desk).startswith(":bookm")
        assert any(line.strip(" ▌").startswith("bookmark ") for line in desk.lines()[-9:-1])
        assert desk.at_cursor in desk.text
        await desk.press("escape")
        assert ":bookm" not in desk.text
        assert desk.library.search.ids("is:bookmarked") == []


async def test_enter_carries_out_the_selected_command(reader):
    async with reader() as desk:
        await desk.press(":", *"bookmar", "enter")
        assert desk.on_disk().search.ids("is:bookmarked") == [desk.screen.articles.cursor_id]


async def test_tab_completes_and_goes_on_to_the_next(reader):
    async with reader() as desk:
        await desk.press(":", *"next-u", "tab")
        assert typed(desk).startswith(":next-unread")
        await desk.press("ctrl+u", *"sele", "tab", "tab")
        assert typed(desk).startswith(":select-all")
        await desk.press("shift+tab", "shift+tab")
        assert typed(desk).startswith(":choose-words")
        await desk.press("tab", "tab")
        await desk.press("enter")
        assert len(desk.screen.articles.selection.ids) == 7


async def test_a_number_goes_to_that_row(reader):
    async with reader() as desk:
        await enter(desk, "4")
        assert desk.at_cursor == "Harbour strike ends"
        await enter(desk, "$")
        assert desk.at_cursor == "Undated notes on soup"


async def test_a_filter_is_typed_with_completions(reader):
    async with reader() as desk:
        await desk.press(":", *"filter tag:harb")
        await desk.until(lambda: "tag:harbour" in "\n".join(desk.lines()[-9:-1]))
        await desk.press("tab", "enter")
        assert desk.titles == ["Harbour strike ends", "Harbour strike goes on"]
        await enter(desk, "filter nosuch:thing")
        assert "nosuch" in desk.said
        assert len(desk.titles) == 2


async def test_tags_are_added_and_removed_with_their_names(reader):
    async with reader() as desk:
        await enter(desk, "tag otters, city life")
        assert {"otters", "city life"} <= set(
            desk.on_disk().articles.get(desk.screen.articles.cursor_id).tags
        )
        await desk.press(":", *"remove-tag ott")
        await desk.until(lambda: "otters" in "\n".join(desk.lines()[-9:-1]))
        await desk.press("tab", "enter")
        assert "otters" not in desk.on_disk().articles.get(desk.screen.articles.cursor_id).tags


async def test_a_search_is_saved_under_the_name_that_is_typed(reader):
    async with reader() as desk:
        await desk.filter("tag:city")
        await enter(desk, "save-search Town")
        assert [(one.name, one.query) for one in desk.on_disk().searches.all()] == [("Town", "tag:city")]


async def test_an_unknown_command_is_reported_in_place(reader):
    async with reader() as desk:
        await enter(desk, "w")
        assert "saved at once" in desk.lines()[-2]
        await desk.press("ctrl+u", *"bokmark", "enter")
        assert "Did you mean “bookmark”?" in desk.lines()[-2]
        await desk.press("escape")
        assert not isinstance(desk.app.screen, CommandLineScreen)


async def test_lines_come_back_with_up(reader):
    async with reader() as desk:
        await enter(desk, "3")
        await enter(desk, "reverse")
        await desk.press(":", "up")
        assert typed(desk).startswith(":reverse")
        await desk.press("up")
        assert typed(desk).startswith(":3")
        await desk.press("down", "down")
        assert typed(desk).startswith(":command")


async def test_q_quits(reader):
    async with reader() as desk:
        await desk.pilot.press("colon", "q", "enter")
        await desk.until(lambda: desk.app.return_code is not None or not desk.app.is_running)
        assert desk.app.return_code == 0


async def test_a_view_carries_out_its_own_commands_and_leaves_others_to_the_reader(reader):
    async with reader() as desk:
        await desk.press("g", "c")
        await enter(desk, "zoom-in")
        assert desk.app.screen is not desk.screen
        await enter(desk, "filter tag:city")
        assert desk.app.screen is desk.screen
        assert desk.screen.listing.query_text == "tag:city"
        await desk.press("g", "t")
        await enter(desk, "go-trash")
        assert desk.app.screen is desk.screen
        assert desk.screen.listing.query_text == "is:trashed"


async def test_every_argument_of_the_registry_is_taken(reader):
    from tuireader.commands import COMMANDS

    async with reader() as desk:
        declared = {command.id for command in COMMANDS if command.argument}
        taken = {one.id for one in COMMANDS if desk.screen.commands.argument_of(one)}
        assert taken == declared


async def test_lines_are_there_again_at_the_next_start(reader, tmp_path):
    async with reader(state=tmp_path) as desk:
        await enter(desk, "reverse")
    async with reader(state=tmp_path) as desk:
        await desk.press(":", "up")
        assert typed(desk).startswith(":reverse")
