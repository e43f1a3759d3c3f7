"""Views have their own names and keys; the filter line shows their queries only while it is edited."""

from __future__ import annotations

import pytest

from tuireader.commands import Context
from tuireader.dialogs.question import QuestionScreen
from tuireader.views import footer_in, name_of

OTTERS, TRAM = "Otters return to the canal", "Council votes on the tram"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("is:trashed", "Trash"),
        ("IS:trashed", "Trash"),
        ("is:unread", "Unread"),
        ("is:started", "Continue reading"),
        ("is:begun", "Continue reading"),
        ("is:bookmarked", "Bookmarks"),
        ("has:note", "Notes"),
        ("is:doubtful", "Needs a look"),
        ("is:trashed harbour", "Trash · harbour"),
        ("harbour fire is:unread", "Unread · harbour fire"),
        ("is:unread tag:eu -tram", "Unread · tag:eu · -tram"),
        ('is:bookmarked "the tram" (a or b)', 'Bookmarks · "the tram" · (a or b)'),
        ("is:unread is:bookmarked", "Unread · Bookmarks"),
        ("saved:mine", "mine"),
        ('saved:"Harbour, all of it" tram', "Harbour, all of it · tram"),
        ("", ""),
        ("harbour", ""),
        ("-is:trashed", ""),
        ("is:trashed or harbour", ""),
        ("is:tra", ""),
        ("saved:", ""),
    ],
)
def test_a_list_is_called_by_its_view_and_by_what_narrows_it(query, name):
    assert name_of(query) == name


@pytest.mark.parametrize(
    ("query", "context", "shown"),
    [
        ("is:trashed", Context.LIST, ["escape back", "x restore", "X delete for good"]),
        ("is:trashed harbour", Context.LIST, ["escape back", "x restore", "X delete for good"]),
        ("is:trashed", Context.PAGE, ["escape back", "x restore"]),
        ("is:unread", Context.LIST, ["escape back", "enter read", "r mark as read"]),
        ("is:started", Context.LIST, ["escape back", "enter continue", "r finished"]),
        ("is:bookmarked", Context.LIST, ["escape back", "b remove bookmark"]),
        ("has:note", Context.LIST, ["escape back", "g n notebook"]),
        ("harbour", Context.LIST, ["escape back", "h sidebar"]),
        ("", Context.LIST, ["h sidebar"]),
    ],
)
def test_the_footer_of_a_view_begins_with_what_is_useful_there(query, context, shown):
    keys = [f"{command.keys[0]} {command.label}" for command in footer_in(query, context)]
    assert keys[: len(shown)] == shown
    assert len(keys) == len(set(keys))
    assert keys[-1] == "? help"


def test_the_footer_of_an_empty_list_has_no_keys_of_articles():
    shown = [f"{command.keys[0]} {command.label}" for command in footer_in("", Context.LIST, is_empty=True)]
    assert shown[:2] == ["i add articles", "h sidebar"]
    assert not {"enter read", "b bookmark"} & set(shown)
    shown = [command.id for command in footer_in("nowhere", Context.LIST, is_empty=True)]
    assert shown[0] == "back" and "add" not in shown and "bookmark" not in shown


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_the_trash_says_its_name_and_count_and_no_query(reader, size):
    async with reader(size=size) as desk:
        await desk.press("x", "x", "g", "x")
        assert "Trash · 2 articles" in desk.lines()[0]
        assert "is:trashed" not in desk.text
        assert "Esc back  x restore  X delete for good" in desk.lines()[-1]


async def test_a_narrowed_view_keeps_its_name(reader):
    async with reader() as desk:
        await desk.press("x", "x")
        await desk.filter("is:trashed otters")
        assert "Trash · otters · 1 article" in desk.lines()[0]


async def test_the_query_of_a_view_can_be_edited(reader):
    async with reader() as desk:
        await desk.press("x", "x", "g", "x")
        await desk.pilot.press("slash")
        await desk.pilot.pause()
        assert "is:trashed" in desk.lines()[0] and "2 articles" in desk.lines()[0]
        assert "Trash" not in desk.lines()[0]
        await desk.press("o", "t", "t", "enter")
        assert desk.titles == [OTTERS]
        assert "Trash · ott" in desk.lines()[0]
        await desk.pilot.press("slash")
        await desk.press("escape")
        assert "Trash · ott" in desk.lines()[0]


@pytest.mark.parametrize(
    ("keys", "heading"),
    [("2", "Unread · 7 articles"), ("3", "Bookmarks · 1 article"), ("4", "Notes · 1 article")],
)
async def test_each_view_says_its_name_and_count(reader, keys, heading):
    async with reader() as desk:
        desk.library.note(desk.id_of(TRAM), "Mine.")
        await desk.press("b", *keys)
        assert heading in desk.lines()[0]


async def test_a_saved_search_is_shown_by_its_name(reader):
    async with reader() as desk:
        desk.library.searches.save("Harbour watch", "harbour")
        await desk.filter('saved:"Harbour watch"')
        assert desk.lines()[0].strip().startswith("Harbour watch · ")
        await desk.filter('saved:"Harbour watch" xyzzy')
        assert "Harbour watch · xyzzy · 0 articles" in desk.lines()[0]
        assert "saved:" not in desk.text


async def test_x_in_the_trash_restores_and_u_undoes_that(reader):
    async with reader() as desk:
        await desk.press("x", "g", "x", "x")
        assert "Restored · u to undo" in desk.said
        assert desk.titles == []
        assert "The trash is empty." in desk.text
        assert "restore" not in desk.lines()[-1]
        await desk.press("u")
        assert desk.titles == [OTTERS]


async def test_x_restores_all_that_are_selected(reader):
    async with reader() as desk:
        await desk.press("x", "x", "g", "x", "*", "x")
        assert "Restored: 2 articles · u to undo" in desk.said
        assert desk.titles == []


async def test_an_article_read_in_the_trash_is_restored_by_x(reader):
    async with reader(size=(80, 24)) as desk:
        await desk.press("x", "g", "x", "enter")
        assert "x restore" in desk.lines()[-1]
        await desk.press("x")
        assert "Restored · u to undo" in desk.said
        assert not desk.on_disk().search.ids("is:trashed")


async def test_the_footer_goes_back_to_the_usual_keys_with_the_view(reader):
    async with reader() as desk:
        await desk.press("x", "g", "x")
        await desk.press("1")
        assert "restore" not in desk.lines()[-1]
        assert desk.lines()[-1].strip().startswith("h sidebar")


async def test_a_narrowed_trash_is_deleted_for_good_no_further_than_listed(reader):
    async with reader() as desk:
        await desk.press("x", "x")
        await desk.filter("is:trashed otters")
        await desk.pilot.press("X")
        assert isinstance(desk.app.screen, QuestionScreen)
        await desk.press("y")
        assert len(desk.on_disk().search.ids("is:trashed")) == 1


async def test_a_mistake_is_shown_in_the_query_itself(reader):
    async with reader() as desk:
        await desk.press("2")
        await desk.pilot.press("slash")
        await desk.press("(")
        assert "is:unread (" in desk.lines()[0]


async def test_the_calendar_calls_the_list_by_its_name(reader):
    async with reader() as desk:
        await desk.press("2", "D")
        assert "Unread" in desk.text and "is:unread" not in desk.text
