"""Bookmarks, read marks, trash, tags, undo: on the disk before they are shown or reported."""

from __future__ import annotations

import errno

import pytest

from library.store.disk import Disk
from library.store.layout import LOCK_NAME
from tuireader.commands import Context

OTTERS, TRAM, TIDE = "Otters return to the canal", "Council votes on the tram", "Long read about the tide"
ENDS, GOES_ON = "Harbour strike ends", "Harbour strike goes on"


@pytest.fixture
def full_disk(monkeypatch):
    """Call it to make writing to the catalogue fail; call it with False to repair that."""
    working = Disk.write

    def fail(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    return lambda full=True: monkeypatch.setattr(Disk, "write", fail if full else working)


def row_of(desk, title: str) -> str:
    edge = desk.screen.articles.region.right
    return next(line[:edge] for line in desk.lines() if title in line[:edge])


def titles(library, query: str) -> list[str]:
    return [article.title for article in library.select(query)]


async def test_a_bookmark_is_on_the_disk_and_then_in_the_list(reader):
    async with reader() as desk:
        await desk.press("j", "b")
        assert titles(desk.on_disk(), "is:bookmarked") == [TRAM]
        assert "★" in row_of(desk, TRAM)
        await desk.press("b")
        assert titles(desk.on_disk(), "is:bookmarked") == []
        assert "★" not in row_of(desk, TRAM)


async def test_read_and_unread(reader):
    async with reader() as desk:
        await desk.press("r")
        assert titles(desk.on_disk(), "is:read") == [OTTERS]
        assert "○" in row_of(desk, OTTERS)
        await desk.press("r")
        assert titles(desk.on_disk(), "is:read") == []


async def test_trashing_removes_an_article_from_the_list_and_undo_restores_it(reader):
    async with reader() as desk:
        await desk.press("j", "x")
        assert TRAM not in desk.titles
        assert desk.at_cursor == TIDE
        assert titles(desk.on_disk(), "is:trashed") == [TRAM]
        await desk.press("g", "x")
        assert desk.titles == [TRAM]
        await desk.press("x")
        assert titles(desk.on_disk(), "is:trashed") == []


async def test_tags_are_completed_and_several_are_added(reader):
    async with reader() as desk:
        await desk.press("t", *"harb")
        assert "harbour" in desk.lines()[-2]
        await desk.press("tab", *", brand new", "enter")
        assert desk.on_disk().articles.get(desk.id_of(OTTERS)).tags == (
            "nature",
            "city",
            "harbour",
            "brand new",
        )
        assert "brand new" in desk.text
        assert desk.screen.context is Context.LIST


async def test_a_tag_that_is_not_meant_after_all_changes_nothing(reader):
    async with reader() as desk:
        await desk.press("t", *"zzz", "escape")
        await desk.press("t", "enter")
        assert desk.on_disk().articles.get(desk.id_of(OTTERS)).tags == ("nature", "city")
        assert desk.screen.context is Context.LIST


async def test_only_tags_that_are_there_are_offered_for_removal(reader):
    async with reader() as desk:
        await desk.press("T")
        assert "harbour" not in desk.lines()[-2]
        assert "nature" in desk.lines()[-2]
        await desk.press(*"nat", "tab", "enter")
        assert desk.on_disk().articles.get(desk.id_of(OTTERS)).tags == ("city",)
        await desk.press("G", "T")
        assert "No tags to remove" in desk.said


async def test_a_tag_that_is_already_set_is_not_reported_as_a_change(reader):
    async with reader() as desk:
        await desk.press("t", *"city", "enter")
        assert "undoes" not in desk.said


async def test_commands_go_to_all_that_are_selected_and_say_how_many(reader):
    async with reader() as desk:
        await desk.press("space", "space", "b")
        assert titles(desk.on_disk(), "is:bookmarked") == [OTTERS, TRAM]
        assert "2 articles" in desk.said
        assert "✓" in desk.text
        await desk.press("u")
        assert titles(desk.on_disk(), "is:bookmarked") == []


async def test_everything_in_the_list_can_be_selected(reader):
    async with reader() as desk:
        await desk.press("slash")
        await desk.paste("tag:harbour")
        await desk.press("enter", "asterisk", "t", *"seen", "enter")
        assert titles(desk.on_disk(), "tag:seen") == [ENDS, GOES_ON]
        await desk.press("asterisk")
        assert not desk.screen.articles.selection.ids


async def test_undo_and_redo_go_through_all_changes(reader):
    async with reader() as desk:
        await desk.press("b", "j", "x")
        await desk.press("u")
        assert titles(desk.on_disk(), "is:trashed") == []
        assert TRAM in desk.titles
        assert desk.at_cursor == TRAM
        await desk.press("u")
        assert titles(desk.on_disk(), "is:bookmarked") == []
        await desk.press("ctrl+r", "ctrl+r")
        assert (titles(desk.on_disk(), "is:bookmarked"), titles(desk.on_disk(), "is:trashed")) == (
            [OTTERS],
            [TRAM],
        )
        await desk.press("ctrl+r")
        assert "nothing to redo" in desk.said


async def test_the_bookmark_on_the_page_is_that_of_the_article_on_the_page(reader):
    async with reader() as desk:
        await desk.press("space", "space", "enter", "b")
        assert titles(desk.on_disk(), "is:bookmarked") == [TIDE]


async def test_a_failed_write_is_reported_and_not_shown_as_done(reader, full_disk):
    async with reader() as desk:
        full_disk()
        await desk.press("b")
        assert "No space left on device" in desk.said
        assert "★" not in row_of(desk, OTTERS)
        await desk.press("x")
        assert desk.titles[0] == OTTERS
        await desk.press("t", *"new", "enter")
        assert "new" not in row_of(desk, OTTERS)
        await desk.press("u", "r")
        assert "●" in row_of(desk, OTTERS)
        assert desk.on_disk().articles.get(desk.id_of(OTTERS)).state.bookmarked is None


async def test_reading_continues_if_nothing_can_be_written(reader, full_disk):
    async with reader() as desk:
        full_disk()
        await desk.press("enter", "J", "J", "space")
        assert desk.on_page == TIDE
        assert "Paragraph" in desk.text
        full_disk(False)
        await desk.press("h", "b")
        assert titles(desk.on_disk(), "is:bookmarked") == [TIDE]


async def test_reading_continues_while_a_change_waits_for_another_program(reader, monkeypatch):
    monkeypatch.setattr(Disk, "patience", 600.0)
    async with reader() as desk:
        with Disk().locked(desk.library.path / LOCK_NAME):
            await desk.pilot.press("b", "j", "enter")
            await desk.until(lambda: desk.on_page == TRAM and "The vote was close." in desk.text)
            assert "★" not in row_of(desk, OTTERS)
        await desk.rest()
        assert titles(desk.on_disk(), "is:bookmarked") == [OTTERS]
        assert "★" in row_of(desk, OTTERS)


async def test_a_file_system_without_locks_is_reported_once(reader, monkeypatch):
    def fail(*args):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(Disk, "lock", fail)
    async with reader() as desk:
        for _ in range(2):
            await desk.press("b")
            await desk.screen.others.follow()
        assert desk.said.count("does not support locks") == 1
        await desk.press("b")
        assert titles(desk.on_disk(), "is:bookmarked") == [OTTERS]


async def test_an_unwritable_folder_is_reported_once_and_read(reader, full_disk, monkeypatch):
    from library import Library

    monkeypatch.setattr(Library, "writable", property(lambda self: False))
    full_disk()
    async with reader() as desk:
        assert "is read-only" in desk.said
        await desk.press("enter", "J", "J")
        assert desk.on_page == TIDE
        assert len(desk.app.said) == 1


async def test_the_tag_prompt_closes_when_the_list_is_clicked(reader):
    async with reader() as desk:
        await desk.press("t", *"abc")
        await desk.pilot.click("#list", offset=(10, 2))
        await desk.rest()
        assert desk.screen.context is Context.LIST
        await desk.press("j")
        assert desk.at_cursor == TIDE


async def test_a_range_is_selected_by_moving_and_stays(reader):
    async with reader() as desk:
        await desk.press("j", "V", "j", "j", "k")
        assert len(desk.screen.articles.selection.ids) == 2
        assert "2 selected" in desk.text
        await desk.press("V", "j", "j", "b")
        assert [article.title for article in desk.library.select("is:bookmarked")] == desk.titles[1:3]
        assert "2 articles · u to undo" in desk.said
        await desk.press("escape")
        assert not desk.screen.articles.selection.ids
