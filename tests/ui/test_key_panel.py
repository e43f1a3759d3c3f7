"""After the first key of a sequence, a panel lists the keys that can follow."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tuireader.commands import Context, reachable_in
from tuireader.keys import KeySequences
from tuireader.widgets import key_panel
from tuireader.widgets.key_panel import NextKeyHint, panel_lines

SIZES = [(60, 20), (80, 24), (120, 40), (200, 60)]


@pytest.fixture(autouse=True)
def _short_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_panel, "PAUSE", 0.001)


def titles(context: Context, prefix: str) -> set[str]:
    return {
        command.title
        for command in reachable_in(context)
        if any(key.startswith(f"{prefix} ") for key in command.keys)
    }


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("keys", "context"), [((), Context.LIST), (("enter",), Context.PAGE)])
@pytest.mark.parametrize("prefix", ["g", "]"])
async def test_the_panel_lists_all_that_can_follow(reader, size, keys, context, prefix):
    async with reader(size=size) as desk:
        await desk.press(*keys, prefix)
        await desk.until(lambda: desk.screen.key_panel.is_open)
        await desk.pilot.pause()
        assert [title for title in titles(context, prefix) if title not in desk.text] == []


async def test_the_panel_goes_when_the_sequence_ends(reader):
    async with reader() as desk:
        for last in ("g", "escape", "j"):
            await desk.press("g")
            await desk.until(lambda: desk.screen.key_panel.is_open)
            await desk.press(last)
            assert not desk.screen.key_panel.is_open
            assert "Go to the calendar" not in desk.text


async def test_a_sequence_typed_without_a_pause_opens_no_panel(reader, monkeypatch):
    monkeypatch.setattr(key_panel, "PAUSE", 300)
    async with reader() as desk:
        await desk.press("g", "g")
        assert not desk.screen.key_panel.is_open
        assert desk.screen.articles.cursor_row == 0


async def test_a_click_into_another_pane_closes_the_panel(reader):
    async with reader() as desk:
        await desk.press("enter", "g")
        await desk.until(lambda: desk.screen.key_panel.is_open)
        await desk.pilot.click("#list", offset=(3, 1))
        await desk.rest()
        assert not desk.screen.key_panel.is_open


@pytest.mark.parametrize("size", SIZES)
async def test_the_panel_does_not_cover_the_cursor(reader, size):
    async with reader(size=size) as desk:
        for first in ("home", "end"):
            await desk.press(first, "g")
            await desk.until(lambda: desk.screen.key_panel.is_open)
            await desk.pilot.pause()
            assert desk.at_cursor[:20] in desk.lines()[desk.screen.articles.cursor_lines.start]
            await desk.press("escape")


async def test_marks_are_listed_with_their_passages(reader):
    async with reader() as desk:
        await desk.press("enter", "m", "k")
        await desk.press("'")
        await desk.until(lambda: desk.screen.key_panel.is_open)
        await desk.pilot.pause()
        assert "“The otters are back." in desk.lines()[-2]
        await desk.press("escape")
        assert not desk.screen.key_panel.is_open


@pytest.mark.parametrize(
    ("view", "prefix", "title"), [("t", "g", "To the beginning"), ("c", "]", "Next year")]
)
async def test_views_have_the_panel_too(reader, view, prefix, title):
    async with reader(size=(60, 20)) as desk:
        await desk.press("g", view, prefix)
        await desk.until(lambda: desk.app.screen.key_panel.is_open)
        await desk.pilot.pause()
        assert title in desk.text


def test_following_is_what_is_missing_of_each_sequence():
    keys = KeySequences(reachable_in(Context.LIST))
    assert keys.following() == ()
    keys.feed("5")
    assert keys.following() == ()
    keys.feed("]")
    assert {(key, command.id) for key, command in keys.following()} == {
        ("u", "next-unread"),
        ("b", "next-bookmarked"),
    }


@pytest.mark.parametrize("width", [1, 10, 13, 40, 58, 78, 300])
@pytest.mark.parametrize("most", [1, 3, 50])
@pytest.mark.parametrize("count", [1, 2, 16])
def test_lines_fit_and_are_as_few_as_the_width_allows(width, most, count):
    hints = [NextKeyHint("ab", f"Do the thing number {number}") for number in range(count)]
    lines = [line.plain for line in panel_lines(hints, width, most)]
    assert len(lines) <= min(most, count)
    assert all(cell_len(line) <= max(width, 4) for line in lines)
    if width >= 40 and most == 50:
        assert all(hint.words in "\n".join(lines) for hint in hints)
