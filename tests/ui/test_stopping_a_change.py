"""A long change: its progress is shown, keys still work, and Esc rolls it back."""

from __future__ import annotations

import threading

import pytest

from library.store import history
from tuireader.jobs import changes, progress
from tuireader.jobs.progress import UnderWay
from tuireader.tags.screen import TagsScreen

PATIENCE = 20.0


@pytest.fixture
def gate(monkeypatch):
    """A gate: while it is closed, a change stops at its first progress report."""
    gate = threading.Event()

    class Held(UnderWay):
        def __call__(self, done: int, total: int) -> None:
            super().__call__(done, total)
            assert gate.wait(PATIENCE)

    monkeypatch.setattr(changes, "UnderWay", Held)
    monkeypatch.setattr(progress, "MOMENT", 0)
    monkeypatch.setattr(history, "BATCH", 2)
    yield gate
    gate.set()


@pytest.mark.parametrize(
    ("keys", "doing", "found"),
    [
        (("b",), "Bookmarking", "is:bookmarked"),
        (("r",), "Marking as read", "is:read"),
        (("x",), "Moving to the trash", "is:trashed"),
        (("t", *"seen", "enter"), "Tagging", "tag:seen"),
    ],
    ids=["bookmark", "read", "trash", "tag"],
)
async def test_esc_stops_a_change_and_rolls_it_back(reader, gate, keys, doing, found):
    async with reader() as desk:
        before = desk.on_disk().search.ids(found)
        await desk.pilot.press("asterisk", *keys)
        await desk.until(lambda: f"{doing} 2 of 7 · Esc stops" in desk.lines()[0])
        row = desk.screen.articles.cursor_row
        await desk.pilot.press("j")
        assert desk.screen.articles.cursor_row == row + 1  # keys still work
        await desk.pilot.press("escape")
        gate.set()
        await desk.rest()
        assert "Stopped: nothing was changed." in desk.said
        assert doing not in desk.text and "7 articles" in desk.lines()[0]
        assert desk.on_disk().search.ids(found) == before == desk.library.search.ids(found)
        assert len(desk.screen.articles.selection.ids) == 7  # Esc affected only the change
        await desk.press(*keys)
        assert len(desk.on_disk().search.ids(found)) == 7
        await desk.press("u")
        assert desk.on_disk().search.ids(found) == before


async def test_undo_shows_its_progress_and_is_stopped_as_well(reader, gate):
    async with reader() as desk:
        gate.set()
        await desk.press("asterisk", "b")
        gate.clear()
        await desk.pilot.press("u")
        await desk.until(lambda: "Undoing 2 of 7 · Esc stops" in desk.lines()[0])
        await desk.pilot.press("escape")
        gate.set()
        await desk.rest()
        assert "Stopped: nothing was changed." in desk.said
        assert len(desk.on_disk().search.ids("is:bookmarked")) == 7


async def test_esc_stops_a_change_only_if_its_progress_is_shown(reader, gate, monkeypatch):
    monkeypatch.setattr(progress, "MOMENT", PATIENCE)
    async with reader() as desk:
        await desk.pilot.press("asterisk", "b", "escape")
        gate.set()
        await desk.rest()
        assert desk.screen.articles.selection.ids == frozenset()
        assert len(desk.on_disk().search.ids("is:bookmarked")) == 7


async def test_progress_of_a_rename_is_shown_in_the_tags_view_and_it_is_stopped(reader, gate):
    async with reader(size=(60, 20)) as desk:
        await desk.press("g", "t")
        screen = desk.app.screen
        assert isinstance(screen, TagsScreen)
        tag = screen.rows.tag_row.tag
        before = {one.tag: one.count for one in desk.on_disk().tags.counts()}
        await desk.pilot.press("R", "ctrl+u", *"town", "enter")
        await desk.until(lambda: "Renaming the tag: 2 of" in desk.lines()[0])
        assert "Esc stops" in desk.lines()[0]
        await desk.pilot.press("escape")
        gate.set()
        await desk.rest()
        assert desk.app.screen is screen and "Renaming" not in desk.text
        assert "Stopped: nothing was changed." in desk.said
        assert {one.tag: one.count for one in desk.on_disk().tags.counts()} == before
        assert screen.rows.tag_row.tag == tag


async def test_on_a_small_screen_the_progress_of_the_change_is_shown(reader, gate):
    async with reader(size=(44, 20)) as desk:
        await desk.pilot.press("asterisk", "b")
        await desk.until(lambda: "Bookmarking 2 of 7" in desk.lines()[0])
        assert "Esc stops" not in desk.lines()[0]
        gate.set()
        await desk.rest()
        assert "Bookmarked: 7 articles" in desk.said
