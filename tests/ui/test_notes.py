"""Writing notes: every word is kept, whatever happens."""

from __future__ import annotations

import asyncio
import errno
import threading

import pytest
from textual import events
from textual.widgets import TextArea

from library.store import drafts
from library.store.disk import Disk
from library.store.layout import LOCK_NAME
from tuireader.commands import Context

OTTERS, TRAM = "Otters return to the canal", "Council votes on the tram"
SIZES = pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])


@pytest.fixture
def full_disk(monkeypatch):
    """Call it to make writing notes and drafts fail; call it with False to repair that."""
    write, write_draft = Disk.write, drafts.write_atomically

    def fail(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    def fill(full=True):
        monkeypatch.setattr(Disk, "write", fail if full else write)
        monkeypatch.setattr(drafts, "write_atomically", fail if full else write_draft)

    return fill


def notes(library) -> list[str]:
    return [note.body for note in library.annotations.select()]


@SIZES
async def test_a_note_is_written_from_the_list_and_shown_on_the_page(reader, size):
    async with reader(size=size) as desk:
        await desk.press("a")
        assert desk.screen.context is Context.NOTE_EDITOR
        assert isinstance(desk.app.focused, TextArea)
        assert desk.app.focused.region.area > 0
        await desk.paste("Ask the *otters*.\nTwice.")
        assert "Twice." in desk.text
        await desk.press("escape")
        assert notes(desk.on_disk()) == ["Ask the *otters*.\nTwice."]
        assert desk.screen.context is Context.LIST
        assert desk.app.focused is desk.screen.articles
        assert "✎1" in desk.text
        await desk.press("enter")
        assert "your note" in desk.text
        assert "Twice." in desk.text


@SIZES
async def test_a_note_is_written_from_the_page_which_has_the_focus_again(reader, size):
    async with reader(size=size) as desk:
        await desk.press("enter", "a")
        await desk.paste("Read it twice.")
        await desk.press("ctrl+s")
        assert notes(desk.on_disk()) == ["Read it twice."]
        assert desk.app.focused is desk.screen.page
        assert "Read it twice." in desk.text


async def test_keys_write_and_do_nothing_else_while_a_note_is_written(reader):
    async with reader() as desk:
        await desk.press("a", *"bx?Qj", "tab", "enter", *"5u/")
        assert desk.app.focused.text == "bx?Qj    \n5u/"
        assert not desk.on_disk().search.ids("is:bookmarked or is:trashed")


async def test_what_is_typed_is_on_the_disk_at_once_and_there_again_after_a_crash(reader):
    async with reader() as desk:
        await desk.press("a", *"half a thou")
        await desk.until(lambda: desk.library.drafts.get(desk.id_of(OTTERS)) == "half a thou")
        desk.library.drafts.close()  # as when a program is killed
        async with reader(path=desk.library.path) as again:
            await again.press("a")
            assert again.app.focused.text == "half a thou"
            await again.press(*"ght", "escape")
            assert notes(again.on_disk()) == ["half a thought"]
            assert again.library.drafts.get(desk.id_of(OTTERS)) == ""


async def test_two_readers_with_a_note_on_the_same_article_have_a_draft_each(reader):
    async with reader() as desk:
        await desk.press("a", *"first")
        await desk.until(lambda: desk.library.drafts.get(desk.id_of(OTTERS)) == "first")
        async with reader(path=desk.library.path) as other:
            await other.press("a")
            assert other.app.focused.text == ""
            await other.press(*"second", "escape")
            await other.until(lambda: notes(other.on_disk()) == ["second"])
        assert desk.library.drafts.get(desk.id_of(OTTERS)) == "first"
        await desk.press("escape")
        await desk.until(lambda: sorted(notes(desk.on_disk())) == ["first", "second"])


async def test_an_empty_note_adds_nothing(reader):
    async with reader() as desk:
        await desk.press("a", "escape")
        await desk.press("a", "space", "enter", "escape")
        assert notes(desk.on_disk()) == []
        assert desk.library.drafts.get(desk.id_of(OTTERS)) == ""
        assert "kept" not in desk.said


async def test_an_emptied_draft_is_removed(reader):
    async with reader() as desk:
        desk.library.drafts.keep(desk.id_of(OTTERS), "no")
        await desk.press("a", "backspace", "backspace", "escape", "a")
        assert desk.app.focused.text == ""
        assert notes(desk.on_disk()) == []


async def test_the_last_note_is_changed_and_the_change_undone(reader):
    async with reader() as desk:
        for text in ("First.", "Second"):
            desk.library.note(desk.id_of(OTTERS), text)
        await desk.press("E")
        assert desk.app.focused.text == "Second"
        await desk.press(*" thought", "escape")
        assert sorted(notes(desk.on_disk())) == ["First.", "Second thought"]
        assert "Second thought" in desk.text
        await desk.press("u")
        assert sorted(notes(desk.on_disk())) == ["First.", "Second"]
        await desk.press("j", "E")
        assert "No note to edit" in desk.said


async def test_an_emptied_note_is_removed_and_restored_by_undo(reader):
    async with reader() as desk:
        desk.library.note(desk.id_of(OTTERS), "no")
        await desk.press("E", "backspace", "backspace", "escape")
        assert notes(desk.on_disk()) == []
        await desk.press("u")
        assert notes(desk.on_disk()) == ["no"]


async def test_undo_removes_a_new_note_everywhere(reader):
    async with reader() as desk:
        await desk.press("a", *"hm", "escape")
        assert "✎1" in desk.text
        await desk.press("u")
        assert "✎1" not in desk.text
        assert "your note" not in desk.text


async def test_a_note_that_cannot_be_written_is_not_lost(reader, full_disk):
    async with reader() as desk:
        await desk.press("a", *"keep")
        full_disk()
        await desk.press(*" me", "escape")
        assert "No space left on device" in desk.said
        assert "✎" not in desk.text
        await desk.press("j", "k", "a")
        assert desk.app.focused.text == "keep me"
        full_disk(False)
        await desk.press("escape")
        assert notes(desk.on_disk()) == ["keep me"]


async def test_a_change_of_a_note_that_cannot_be_written_is_not_lost(reader, full_disk):
    async with reader() as desk:
        desk.library.note(desk.id_of(OTTERS), "Second")
        await desk.press("E")
        full_disk()
        await desk.press(*" try", "escape")
        await desk.press("E")
        assert desk.app.focused.text == "Second try"
        full_disk(False)
        await desk.press("escape")
        assert notes(desk.on_disk()) == ["Second try"]


async def test_the_reader_is_not_left_with_a_note_that_is_nowhere_on_the_disk(reader, full_disk):
    async with reader() as desk:
        await desk.press("a")
        full_disk()
        await desk.press(*"keep me", "escape", "Q")
        assert desk.app.is_running
        assert desk.app._exit is False
        full_disk(False)
        await desk.pilot.press("Q")
        await desk.until(lambda: desk.app._exit)
        assert (
            notes(desk.on_disk()) == ["keep me"] or desk.library.drafts.get(desk.id_of(OTTERS)) == "keep me"
        )


async def test_a_note_is_not_lost_if_the_library_is_removed(reader, tmp_path):
    async with reader() as desk:
        folder, away = desk.library.path, tmp_path / "away"
        await desk.press("a", *"keep")
        folder.rename(away)
        await desk.press(*" me", "escape")
        assert "no longer there" in desk.said
        assert "✎" not in desk.text
        assert not folder.exists()
        await desk.press("a")
        assert desk.app.focused.text == "keep me"
        await desk.press("escape")
        away.rename(folder)
        await desk.press("a")
        assert desk.app.focused.text == "keep me"
        await desk.press("escape")
        assert notes(desk.on_disk()) == ["keep me"]
        assert desk.on_disk().drafts.get(desk.id_of(OTTERS)) == ""


async def test_a_note_is_not_lost_while_another_program_holds_the_library(reader, monkeypatch):
    monkeypatch.setattr(Disk, "patience", 0.02)
    async with reader() as desk:
        with Disk().locked(desk.library.path / LOCK_NAME):
            await desk.press("a", *"keep me", "escape")
            assert "held this lock" in desk.said
            assert "✎" not in desk.text
        await desk.press("a")
        assert desk.app.focused.text == "keep me"
        await desk.press("escape")
        assert notes(desk.on_disk()) == ["keep me"]


@pytest.mark.parametrize("key", ["ctrl+q", "palette"])
async def test_leaving_while_a_note_is_written_keeps_it(reader, key):
    async with reader() as desk:
        await desk.press("a")
        await desk.pilot.press(*"keep me")
        if key == "palette":
            desk.screen.leaving.quit()
        else:
            await desk.pilot.press(key)
        await desk.until(lambda: desk.app._exit)
    with desk.on_disk() as library:
        assert notes(library) == ["keep me"] or library.drafts.get(desk.id_of(OTTERS)) == "keep me"


async def test_a_click_into_the_list_keeps_the_note(reader):
    async with reader() as desk:
        await desk.press("a", *"keep me")
        await desk.pilot.click("#list", offset=(10, 2))
        await desk.rest()
        assert notes(desk.on_disk()) == ["keep me"]
        assert desk.screen.context is Context.LIST
        assert desk.at_cursor == TRAM


async def test_a_note_stays_even_if_another_program_removes_what_is_being_changed(reader):
    async with reader() as desk:
        desk.library.note(desk.id_of(OTTERS), "mine")
        await desk.press("E", *" still")
        with desk.on_disk() as other:
            other.undo()
        await desk.screen.others.follow()
        await desk.press("escape")
        assert notes(desk.on_disk()) == ["mine still"]


async def test_a_note_stays_beside_what_other_programs_write_meanwhile(reader):
    async with reader() as desk:
        await desk.press("a", *"mine")
        with desk.on_disk() as other:
            other.note(desk.id_of(OTTERS), "theirs")
        await desk.screen.others.follow()
        await desk.press("escape")
        assert sorted(notes(desk.on_disk())) == ["mine", "theirs"]


async def test_a_long_note_is_pasted_whole_and_clean(reader):
    text = "\n".join(f"Line {number} of the note" for number in range(500))
    async with reader() as desk:
        await desk.press("a")
        desk.app.post_message(events.Paste(text + "\x1b[31m\u202e"))
        await desk.rest()
        await desk.until(lambda: desk.app.focused.text == text)
        await desk.press("escape")
        assert notes(desk.on_disk()) == [text]


async def test_a_draft_waits_for_no_change_of_the_library(reader):
    """A draft is saved even while a long change runs."""
    go_on = threading.Event()
    async with reader() as desk:
        writer = desk.app._writer
        under_way = asyncio.ensure_future(writer(go_on.wait))
        try:
            await desk.pilot.press("a", *"kept")
            drafts = desk.library.path / "drafts"
            await desk.until(lambda: any("kept" in path.read_text() for path in drafts.glob("[!.]*.md")))
            assert not under_way.done()
        finally:
            go_on.set()
        await under_way
        await desk.press("escape")
