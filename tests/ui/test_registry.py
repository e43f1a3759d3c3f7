"""The command registry and the reader agree."""

from __future__ import annotations

from typing import Any

import pytest
from rich.cells import cell_len

from docs import keys as keys_page
from tuireader.commands import COMMANDS, OVER_THE_PANES, Context, Group, footer_for, for_context, shown_key
from tuireader.help.screen import Columns, HelpScreen, help_lines, help_rows, matching
from tuireader.screens.command_screen import CommandScreen

OTTERS = "Otters return to the canal"


async def test_every_command_is_bound_to_what_carries_it_out(reader):
    async with reader() as desk:
        here = (
            one for one in COMMANDS if not OVER_THE_PANES.issuperset(one.contexts)
        )  # screens carry out the others
        assert _handled(desk.screen) == {command.id for command in here}


@pytest.mark.parametrize(
    ("keys", "context"),
    [
        (("g", "n"), Context.NOTEBOOK),
        (("g", "c"), Context.CALENDAR),
        (("g", "t"), Context.TAGS),
        ((",",), Context.SETTINGS),
    ],
)
async def test_a_view_carries_out_all_that_is_done_in_it(reader, keys, context):
    own = {command.id for command in for_context(context) if command.group is not Group.MOVING}
    async with reader() as desk:
        await desk.press(*keys)
        assert own <= _handled(desk.app.screen) <= {command.id for command in COMMANDS}


def _handled(screen: CommandScreen[Any]) -> set[str]:
    return set(screen.commands.ids)


def test_the_page_of_keys_is_that_of_the_registry():
    assert keys_page.PAGE.read_text("utf-8") == keys_page.page()


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("keys", [(), ("h",), ("enter",), ("slash",), ("a",), ("t",)])
async def test_the_footer_names_the_keys_that_matter_and_the_help(reader, width, keys):
    async with reader(size=(width, 24)) as desk:
        await desk.press(*keys)
        footer = desk.lines()[-1]
        commands = footer_for(desk.screen.context)
        assert cell_len(footer) == width
        assert commands[0].label in footer
        assert commands[-1].label in footer
        if width == 120:
            assert all(command.label in footer for command in commands)


async def test_every_command_can_be_invoked_twice_over_where_it_holds(reader):
    async with reader(size=(150, 40)) as desk:
        for command in (one for one in COMMANDS if not OVER_THE_PANES.issuperset(one.contexts)):
            if command.id in ("quit", "open-browser"):
                continue
            if command.contexts[0] in (Context.LIST, Context.PAGE, Context.SIDEBAR):
                desk.screen.panes.focus(command.contexts[0])
            desk.screen.invoke(command, 2)
            await desk.pilot.pause()
            while len(desk.app.screen_stack) > 1:
                await desk.pilot.press("escape")
        await desk.rest()
        assert desk.app.is_running


async def test_help_is_found_and_searched(reader):
    async with reader() as desk:
        await desk.press("?")
        assert "Here: list" in desk.text
        await desk.pilot.press(*"bookmark")
        await desk.pilot.pause()
        assert "Next bookmarked" in desk.text
        assert "Half a page down" not in desk.text
        await desk.pilot.press(*"xyzzy")
        await desk.pilot.pause()
        assert "No matching command." in desk.text
        await desk.press("escape")
        assert desk.screen.context is Context.LIST


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize(
    ("keys", "front", "own"),
    [
        ((), "list", "Toggle read"),
        (("enter",), "article", "Find in the article"),
        (("g", "n"), "notebook", "Delete"),
    ],
)
async def test_help_begins_with_the_keys_of_the_pane_in_front(reader, size, keys, front, own):
    async with reader(size=size) as desk:
        await desk.press(*keys, "?")
        text = desk.text
        assert f"Here: {front}" in text
        await desk.press(*own)
        assert own in desk.text
    rows = list(help_rows(COMMANDS, Context(front)))
    headings = [row.title for row in rows if row.command is None]
    assert headings[0] == f"Here: {front}" and {"Moving", "Dialogs"} <= set(headings)
    here = [row.command for row in rows[1 : rows.index((headings[1], None))]]
    assert set(here) == set(for_context(Context(front)))


def test_what_a_search_finds_is_shown_once():
    rows = list(help_rows(matching("find in the article"), Context.PAGE))
    assert [row.title for row in rows].count("Find in the article") == 1


async def test_enter_in_the_help_changes_the_key_of_the_command(reader, tmp_path):
    settings = tmp_path / "config.toml"
    async with reader(settings=settings, size=(80, 24)) as desk:
        await desk.press("?", *"toggle read")
        assert "Enter change the key" in desk.text
        await desk.press("enter")
        assert "New key for “Toggle read” (now r)" in desk.text
        await desk.press("w", "enter")
        assert isinstance(desk.app.screen, HelpScreen)
        assert any("▌w " in line for line in desk.lines() if "Toggle read" in line)
        await desk.press("escape", "w")
        assert desk.library.search.ids("is:read")
        await desk.until(lambda: 'toggle-read = "w"' in settings.read_text())


@pytest.mark.parametrize("context", sorted(set(Context) - {Context.APP, Context.LIST, Context.DIALOGS}))
def test_the_footer_names_the_way_out_first(context):
    first = footer_for(context)[0]
    assert shown_key(first.keys[0]) == "Esc"
    assert first.label in ("back", "done", "cancel")


async def test_help_can_be_scrolled_with_the_arrows(reader):
    async with reader(size=(80, 20)) as desk:
        await desk.press("?")
        pages = 0
        while not ("Dialogs" in desk.text and "Cancel" in desk.text):
            await desk.press("pagedown")
            assert (pages := pages + 1) < 100


async def test_help_opened_while_reading_returns_to_the_page(reader):
    async with reader(size=(80, 24)) as desk:
        await desk.press("enter", "?", "escape")
        assert not isinstance(desk.app.screen, HelpScreen)
        assert desk.app.focused is desk.screen.page


def test_words_of_the_help_are_found_in_any_order_and_case():
    assert {command.id for command in matching("BOOKMARKED next")} == {"next-bookmarked"}
    assert matching("") == list(COMMANDS)


@pytest.mark.parametrize("width", [20, 80, 120])
def test_every_command_is_in_the_help(width):
    columns = Columns.within(width)
    for command in COMMANDS:
        lines = help_lines(command, columns, width)
        keys, title, told = ("".join(column).replace(" ", "") for column in zip(*lines, strict=True))
        assert keys == ("".join(map(shown_key, command.keys)) or "–")
        assert (title, told) == (command.title.replace(" ", ""), command.help.replace(" ", ""))


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_explanations_in_the_help_stand_in_their_own_column(reader, size):
    async with reader(size=size) as desk:
        await desk.press("?", *"related")
        rows = [line.split("│")[-2] for line in desk.lines() if line.count("│") > 1]
        first = next(row for row in rows if "Related articles" in row)
        after = rows[rows.index(first) + 1]
        shown = first if "Show near-" in first else after
        column = shown.index("Show near-")
        assert column == first.index("Related articles") if shown is after else column > 30
        assert not after[:column].strip(" ▌") or "Timeline" in after
