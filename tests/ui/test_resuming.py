"""Settings are saved at once, and the next start restores the last state."""

from __future__ import annotations

import json

import pytest

from tuireader.colours import LIGHT
from tuireader.commands import Context
from tuireader.settings import load_settings
from tuireader.state import MOST, SESSION_FILE, Session, SessionFile, State, load_state

TRAM, BATS = "Council votes on the tram", "Bats follow the tram wires"


@pytest.fixture
def settings(tmp_path):
    return tmp_path / "state" / "config.toml"


async def test_a_choice_is_on_the_disk_before_the_end(reader, settings):
    async with reader(settings=settings) as desk:
        await desk.press("enter", "plus")
        width = desk.screen.page.measure
        await desk.until(lambda: load_settings(settings).measure == width)
        desk.app.theme = LIGHT
        await desk.until(lambda: load_settings(settings).theme == LIGHT)


async def test_the_next_start_is_where_the_last_was_left(reader, settings):
    async with reader(settings=settings, size=(200, 60)) as desk:
        await desk.filter("tag:city")
        await desk.press("s", "G", "enter")
        order, at = desk.titles, desk.at_cursor
        entries = desk.screen.sidebar.entries
        entries.set_rows(entries.rows.with_entry("sources", opened=False))
        await desk.pilot.press("Q")
        await desk.until(lambda: desk.app._exit)
    async with reader(settings=settings, size=(200, 60)) as desk:
        await desk.until(lambda: desk.on_page == at)
        assert desk.screen.listing.query_text == desk.screen.filter_line.query_text == "tag:city"
        assert desk.titles == order
        assert desk.at_cursor == at
        assert desk.screen.context is Context.PAGE
        assert "sources" not in desk.screen.sidebar.entries.rows.opened
        await desk.press("escape", "F")
        assert len(desk.titles) == 7


async def test_an_article_that_left_its_view_by_being_read_is_open_again(reader, settings):
    async with reader(settings=settings) as desk:
        await desk.press("2", "j", "j", "enter")
        read = desk.on_page
        await desk.pilot.press("Q")
        await desk.until(lambda: desk.app._exit)
    async with reader(settings=settings) as desk:
        await desk.until(lambda: desk.on_page == read)
        await desk.rest()
        assert desk.screen.listing.query_text == "is:unread" and len(desk.titles) == 6
        assert desk.on_page == read
        assert [one.title for one in desk.on_disk().select("is:read")] == [read]
        await desk.press("escape", "j")
        assert desk.on_page == desk.at_cursor != read


async def test_the_state_of_the_reader_is_saved_while_it_runs(reader, settings, monkeypatch):
    monkeypatch.setattr("tuireader.app.SESSION_SECONDS", 0.01)
    async with reader(settings=settings) as desk:
        await desk.press("j")
        file = SessionFile(settings.with_name(SESSION_FILE), desk.library.path)
        await desk.until(lambda: file.load().row == desk.screen.articles.cursor_id)


async def test_what_no_longer_exists_is_skipped(reader, settings, folder):
    save = SessionFile(settings.with_name(SESSION_FILE), folder)
    save.save(Session(query="saved:gone", row="nowhere", opened="nowhere", order="colour"))
    async with reader(settings=settings) as desk:
        assert len(desk.titles) == 7
        assert desk.screen.listing.query_text == ""


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff\xfe", b"[" * 100_000, b"null", b'{"queries": 5}'])
def test_a_file_of_state_that_is_none_gives_the_usual_values(tmp_path, data: bytes):
    file = tmp_path / "state.json"
    file.write_bytes(data)
    assert load_state(file) == State()
    assert SessionFile(file, tmp_path).load() == Session()


def test_sessions_are_kept_apart_and_the_oldest_go(tmp_path):
    path = tmp_path / SESSION_FILE
    for number in range(MOST + 5):
        SessionFile(path, tmp_path / str(number)).save(Session(query=str(number)))
    assert SessionFile(path, tmp_path / "0").load() == Session()
    assert SessionFile(path, tmp_path / "54").load() == Session(query="54")
    assert len(json.loads(path.read_bytes())) == MOST
