"""The command palette finds every command and carries it out."""

from __future__ import annotations

from textual.command import CommandList
from textual.widgets import Input

from tuireader.commands import COMMANDS
from tuireader.palette import CommandProvider


async def choose(desk, words: str) -> None:
    await desk.pilot.press("ctrl+p")
    field = desk.app.screen.query_one(Input)
    field.value = words
    options = desk.app.screen.query_one(CommandList)
    await desk.until(
        lambda: options.option_count and words.lower() in str(options.get_option_at_index(0).prompt).lower()
    )
    await desk.pilot.press("enter")
    await desk.until(lambda: len(desk.app.screen_stack) == 1)
    await desk.rest()


async def test_the_palette_is_framed_and_names_the_way_out_first(reader):
    async with reader(size=(80, 24)) as desk:
        await desk.pilot.press("ctrl+p")
        await desk.until(lambda: "Esc close  Enter choose" in desk.text)
        assert any(line.strip().startswith("╭") or "╭─" in line for line in desk.lines())


async def test_a_command_is_found_by_its_name_and_carried_out(reader):
    async with reader() as desk:
        await choose(desk, "Bookmark")
        assert desk.on_disk().search.ids("is:bookmarked") == [desk.screen.articles.cursor_id]


async def test_views_and_reading_commands_work_from_the_palette(reader):
    async with reader() as desk:
        await choose(desk, "Unread articles")
        assert desk.screen.listing.query_text == "is:unread"
        await choose(desk, "Write a note")
        assert desk.screen.editor.is_open


async def test_page_keys_are_harmless_in_a_terminal_that_has_no_room_for_the_list(reader):
    async with reader(size=(4, 2)) as desk:
        await desk.pilot.press("ctrl+p")
        options = desk.app.screen.query_one(CommandList)
        await desk.until(lambda: options.highlighted == 0)
        assert not options.scrollable_content_region
        await desk.press("pageup", "pagedown")
        assert options.highlighted == 0
        await desk.pilot.resize_terminal(120, 40)
        await desk.press("pagedown")
        assert options.highlighted


async def test_without_a_word_all_commands_are_offered_with_their_keys(reader):
    async with reader() as desk:
        provider = CommandProvider(desk.screen, None)
        hits = [hit async for hit in provider.discover()]
        offered = [str(hit.display) for hit in hits]
        assert len(offered) == sum(command.palette for command in COMMANDS)
        assert any("Help" in text and "?" in text for text in offered)


async def test_a_theme_is_chosen_and_remembered(reader, tmp_path):
    chosen = tmp_path / "config.toml"
    async with reader(settings=chosen) as desk:
        desk.app.theme = "tuireader-light"
    async with reader(settings=chosen) as desk:
        assert desk.app.theme == "tuireader-light"


async def test_even_margins_and_hyphenation_are_chosen_and_remembered(reader, tmp_path):
    chosen = tmp_path / "config.toml"
    async with reader(size=(60, 24), settings=chosen) as desk:
        await desk.press("j", "j", "enter", "ctrl+f")
        ragged = desk.text
        await choose(desk, "Justify text")
        justified = desk.text
        await choose(desk, "Hyphenation")
        assert desk.screen.page.page.setting.justified
        assert len({ragged, justified, desk.text}) >= 2
    async with reader(size=(60, 24), settings=chosen) as desk:
        assert (desk.app.settings.now.justified, desk.app.settings.now.hyphenated) == (True, True)
        await choose(desk, "Justify text")
        await choose(desk, "Hyphenation")
    async with reader(settings=chosen) as desk:
        assert (desk.app.settings.now.justified, desk.app.settings.now.hyphenated) == (False, False)


async def test_settings_that_are_not_understood_are_the_defaults(reader, tmp_path):
    for text in ("", "[]", '[look]\ntheme = "no such theme"\n[reading]\nmeasure = 100000000', "\x00"):
        chosen = tmp_path / "config.toml"
        chosen.write_text(text)
        async with reader(settings=chosen) as desk:
            assert desk.app.theme == "tuireader-dark"
            assert 40 <= desk.screen.page.measure <= 120
