"""Keys typed faster than the screen updates have the same effect as keys typed slowly."""

from __future__ import annotations

import threading

import pytest
from textual import events

from library.calendar import Calendar
from tuireader.dialogs.contents import ContentsScreen
from tuireader.help.screen import HelpScreen
from tuireader.notebook.screen import NotebookScreen

PATIENCE = 60.0
NAMED = {
    "\r": ("enter", None),
    "\x1b": ("escape", None),
    "/": ("slash", "/"),
    "?": ("question_mark", "?"),
    " ": ("space", " "),
}


async def type_at_once(desk, keys):
    """Press ``keys`` without a pause between them."""
    for key in keys:
        desk.app.post_message(events.Key(*NAMED.get(key, (key, key))))
    await desk.pilot.pause()
    await desk.rest()


async def test_a_key_right_after_the_one_that_closes_the_help_is_not_lost(reader):
    async with reader() as desk:
        await desk.press("?")
        await desk.until(lambda: isinstance(desk.app.screen, HelpScreen))
        await type_at_once(desk, "\x1bjj")
        assert desk.at_cursor == "Long read about the tide"


async def test_what_is_typed_before_the_help_is_drawn_searches_it(reader):
    async with reader() as desk:
        await type_at_once(desk, "?trash")
        await desk.until(lambda: desk.app.screen.query("Input"))
        assert desk.app.screen.query_one("Input").value == "trash"


@pytest.mark.parametrize("leaving", ["gnq", "gn\x1b", "gYq", "gY\x1b"])
async def test_a_key_right_after_a_screen_is_left_goes_to_the_list(reader, leaving):
    async with reader() as desk:
        await type_at_once(desk, leaving + "jj")
        assert desk.screen is desk.app.screen
        assert desk.at_cursor == "Long read about the tide"


async def test_a_query_typed_at_once_with_its_end_and_what_follows(reader):
    async with reader() as desk:
        await type_at_once(desk, "/strike\rj")
        assert desk.screen.listing.query_text == "strike"
        assert desk.at_cursor == "Harbour strike goes on"
        await type_at_once(desk, "/x\x1b")
        assert desk.screen.listing.query_text == "strike"
        await type_at_once(desk, "F/tram\rr")
        assert desk.titles == ["Council votes on the tram", "Bats follow the tram wires"]
        assert desk.library.articles.get(desk.id_of("Council votes on the tram")).state.read is not None


async def test_a_key_waits_for_the_search_that_replaced_the_previous_one(reader, monkeypatch):
    """Enter lists the matches of the last word as a prefix, then of the whole word if they are the same."""
    released, days_of = threading.Event(), Calendar.days_of

    def held(calendar: Calendar, *args: object, **kwargs: object) -> object:
        if listing.state.before is None:  # block only the search after Enter
            assert released.wait(PATIENCE)
        return days_of(calendar, *args, **kwargs)

    async with reader() as desk:
        listing = desk.screen.listing
        monkeypatch.setattr(Calendar, "days_of", held)
        for key in "/strike\rj":
            desk.app.post_message(events.Key(*NAMED.get(key, (key, key))))
        await desk.until(lambda: listing.state.before is None and listing.query_text == "strike")
        for _ in range(10):  # time for the key to be handled, if it did not wait
            await desk.pilot.pause()
        released.set()
        await desk.rest()
        assert desk.at_cursor == "Harbour strike goes on"


async def test_a_query_of_the_notebook_typed_at_once_with_its_end_and_what_follows(reader):
    async with reader() as desk:
        for title in ("Otters return to the canal", "Harbour strike ends"):
            desk.library.note(desk.id_of(title), f"about {title}")
        await type_at_once(desk, "gn/note:strike\r")
        screen = desk.app.screen
        assert isinstance(screen, NotebookScreen)
        await desk.until(lambda: screen.rows.row_count == 1)
        await type_at_once(desk, "\r")
        await desk.until(lambda: desk.screen is desk.app.screen)
        await desk.rest()
        assert desk.on_page == "Harbour strike ends"


async def test_a_heading_typed_at_once_is_jumped_to(reader):
    async with reader() as desk:
        await desk.press("j", "enter")
        await type_at_once(desk, "gOcosts\rzz")
        assert not isinstance(desk.app.screen, ContentsScreen)
        assert desk.screen.page.pointer.paragraph() is not None
        assert desk.on_page == "Council votes on the tram"
        assert not desk.screen.has_class("-zen")


async def test_a_note_typed_at_once_with_its_end_and_what_follows(reader):
    async with reader() as desk:
        await type_at_once(desk, "aquay\x1bj")
        assert [note.body for note in desk.library.annotations.select()] == ["quay"]
        assert desk.at_cursor == "Council votes on the tram"


async def test_tags_typed_at_once_with_their_end_and_what_follows(reader):
    async with reader() as desk:
        await type_at_once(desk, "tquay\rj")
        assert "quay" in desk.library.articles.get(desk.id_of("Otters return to the canal")).tags
        assert desk.at_cursor == "Council votes on the tram"
