"""The reader on keyboards that are not Latin."""

from __future__ import annotations

import pytest

from tuireader.commands import Context


@pytest.mark.parametrize("keys", ["ооп", "ξξγ", "חחע", "تتل"])
async def test_commands_work_with_the_letters_of_another_keyboard(reader, keys):
    down, _, sequence = keys
    async with reader() as desk:
        await desk.press(down, down)
        assert desk.at_cursor == "Long read about the tide"
        await desk.press(sequence, sequence)
        assert desk.at_cursor == "Otters return to the canal"


async def test_letters_stay_letters_while_text_is_typed(reader):
    async with reader() as desk:
        await desk.press("/", *"йцук")
        assert desk.screen.filter_line.query_text == "йцук"
        await desk.press("escape", ":", *"йц")
        assert ":йц" in desk.lines()[-1]
        await desk.press("escape", "a", *"йцук", "escape")
        assert [one.body for one in desk.on_disk().annotations.select()] == ["йцук"]


async def test_a_question_and_a_mark_take_them_too(reader):
    async with reader() as desk:
        await desk.press("enter", "ь", "ф", "h")  # m a
        assert list(desk.on_disk().jump_marks.all()) == ["a"]
        await desk.press("ч", "п", "ч", "Ч")  # x, g x, X
        await desk.press("н")  # y
        assert desk.library.search.ids("is:trashed") == []
        assert len(desk.library.search.ids("")) == 6


async def test_one_hint_says_what_to_do_about_a_letter_without_a_meaning(reader):
    async with reader() as desk:
        await desk.press("w", "w", "љ")
        assert desk.said.count("does nothing here") == 1
        assert "? shows all keys" in desk.said
    async with reader() as desk:
        await desk.press("/", "љ", "escape")
        assert "does nothing" not in desk.said
        await desk.press("љ")
        assert "“љ” does nothing here" in desk.said and "langmap" in desk.said


async def test_a_langmap_in_the_settings_is_used(reader, tmp_path):
    file = tmp_path / "config.toml"
    file.write_text("[keys]\nlangmap = 'љњ;jl'\n")
    async with reader(settings=file) as desk:
        await desk.press("љ", "њ")
        assert desk.at_cursor == "Council votes on the tram"
        assert desk.screen.context is Context.PAGE
