"""Emptying the trash asks first, and only in the trash."""

from __future__ import annotations

import pytest

from tuireader.dialogs.question import QuestionScreen

OTTERS, TRAM = "Otters return to the canal", "Council votes on the tram"


async def test_outside_the_trash_nothing_is_deleted_and_the_way_is_shown(reader):
    async with reader() as desk:
        await desk.press("x", "X")
        assert "gx" in desk.said
        assert len(desk.on_disk().search.ids("is:trashed")) == 1


@pytest.mark.parametrize("answer", ["enter", "escape", "n"])
async def test_the_safe_answer_keeps_everything(reader, answer):
    async with reader() as desk:
        await desk.press("x", "x", "g", "x")
        await desk.pilot.press("X")
        assert isinstance(desk.app.screen, QuestionScreen)
        assert "Delete 2 articles for good?" in desk.text
        await desk.press(answer)
        assert desk.titles == [OTTERS, TRAM]
        assert len(desk.on_disk().search.ids("is:trashed")) == 2


async def test_yes_deletes_for_good_and_undo_restores_nothing(reader):
    async with reader() as desk:
        await desk.press("x", "x", "g", "x", "X", "y")
        assert desk.titles == []
        assert "Deleted for good: 2 articles" in desk.said
        assert desk.on_disk().search.ids("is:trashed") == []
        await desk.press("u", "1")
        assert OTTERS not in desk.titles


async def test_only_what_is_selected_is_deleted_and_its_notes_are_counted(reader):
    async with reader() as desk:
        desk.library.note(desk.id_of(TRAM), "Mine.")
        await desk.press("x", "x", "g", "x", "j", "space")
        await desk.pilot.press("X")
        assert "Delete 1 article for good?" in desk.text
        assert "annotations are deleted as well: 1" in desk.text
        await desk.press("y")
        assert desk.titles == [OTTERS]


async def test_other_keys_leave_the_question_open(reader):
    async with reader() as desk:
        await desk.press("x", "g", "x")
        await desk.pilot.press("X", "j", "Q", "q")
        assert isinstance(desk.app.screen, QuestionScreen)
        await desk.press("escape")
        assert desk.titles == [OTTERS]
