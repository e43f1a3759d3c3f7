"""ctrl+c copies what is selected, and otherwise says how to leave."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ((), "Q leaves the reader · Esc goes back · ctrl+q leaves from everywhere"),
        (("enter",), "Q leaves the reader"),
        (("g", "c"), "Q leaves the reader"),
        (("/",), "Esc closes this, then Q leaves the reader · ctrl+q"),
        (("a",), "Esc closes this"),
        (("?",), "Esc closes this"),
        ((":",), "Esc closes this"),
    ],
)
async def test_ctrl_c_says_how_to_leave(reader, keys, sentence):
    async with reader() as desk:
        await desk.press(*keys, "ctrl+c")
        assert sentence in desk.said
        assert desk.app.is_running


async def test_the_keys_that_leave_are_named_as_they_are(reader, tmp_path):
    file = tmp_path / "config.toml"
    file.write_text("[keys]\nquit = 'ctrl+x ctrl+c'\nback = ['escape', 'q']\n")
    async with reader(settings=file) as desk:
        await desk.press("ctrl+c")
        assert "ctrl+xctrl+c leaves the reader · Esc goes back" in desk.said


async def test_words_selected_with_the_keyboard_are_copied(reader):
    async with reader() as desk:
        await desk.press("enter", "v", "w", "w", "ctrl+c")
        assert desk.app.clipboard == "The otters are"
        assert "leaves the reader" not in desk.said


async def test_words_selected_with_the_mouse_are_copied(reader):
    async with reader() as desk:
        await desk.press("enter")
        row = next(number for number, line in enumerate(desk.lines()) if "The otters are back." in line)
        column = desk.lines()[row].index("otters")
        await desk.pilot.mouse_down(offset=(column, row))
        await desk.pilot.hover(offset=(column + 5, row))
        await desk.pilot.mouse_up(offset=(column + 5, row))
        await desk.press("ctrl+c")
        assert desk.app.clipboard == "otters"
        assert "leaves the reader" not in desk.said


async def test_one_key_deletes_everywhere_and_one_shows_dates(reader):
    from tuireader.commands import COMMANDS, Context, reachable_in

    deleting = {one.id: one.keys for one in COMMANDS if one.id.startswith("delete-")}
    assert set(deleting.values()) == {("D",)}
    starts = {key.split()[0] for one in reachable_in(Context.PAGE) for key in one.keys}
    assert "d" not in starts
    sizes = {one.id for one in COMMANDS if {"+", "-"} & set(one.keys)}
    assert sizes == {"wider", "narrower", "zoom-in", "zoom-out"}
