"""Continuing a note in the user's editor: nothing is lost, whatever the editor does."""

from __future__ import annotations

import sys
from contextlib import contextmanager

import pytest

from tuireader.widgets import note_editor

OTTERS = "Otters return to the canal"


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """Set the user's editor to a program of Python statements, in which ``path`` is the file to edit."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def make(statements: str) -> None:
        script = tmp_path / "an editor.py"
        script.write_text(f"import sys, pathlib\npath = pathlib.Path(sys.argv[-1])\n{statements}\n", "utf-8")
        monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{script}'")

    return make


@contextmanager
def stepped_aside():
    yield


async def begin(desk, monkeypatch) -> None:
    monkeypatch.setattr(desk.app, "suspend", stepped_aside)
    await desk.press("a", *"half")
    await desk.until(lambda: desk.library.drafts.get(desk.id_of(OTTERS)) == "half")


async def test_what_is_written_there_is_the_note(reader, editor, monkeypatch):
    editor("path.write_text(path.read_text() + ' and whole\\n')")
    async with reader() as desk:
        await begin(desk, monkeypatch)
        await desk.press("ctrl+e")
        assert desk.app.focused.text == "half and whole"
        assert desk.library.drafts.get(desk.id_of(OTTERS)).strip() == "half and whole"
        await desk.press(*"!", "escape")
        assert [note.body for note in desk.on_disk().annotations.select()] == ["half and whole!"]


async def test_a_note_of_the_notebook_can_be_continued_there(reader, editor, monkeypatch):
    editor("path.write_text(path.read_text() + ' and whole\\n')")
    async with reader() as desk:
        desk.library.note(desk.id_of(OTTERS), "half")
        monkeypatch.setattr(desk.app, "suspend", stepped_aside)
        await desk.press("g", "n", "e", "ctrl+e")
        assert desk.app.focused.text == "half and whole"
        await desk.press(*"!", "escape")
        assert [note.body for note in desk.on_disk().annotations.select()] == ["half and whole!"]


async def test_the_draft_is_on_the_disk_before_the_editor_runs(reader, editor, monkeypatch, tmp_path):
    async with reader() as desk:
        folder = str(desk.library.path / "drafts")
        editor(
            f"import os, stat\nseen = next(pathlib.Path({folder!r}).glob('*.md')).read_text()\n"
            "mode = [oct(stat.S_IMODE(os.stat(p).st_mode)) for p in (path, path.parent)]\n"
            "path.write_text(repr((seen, mode)))"
        )
        monkeypatch.setattr(desk.app, "suspend", stepped_aside)
        monkeypatch.setattr(note_editor, "PAUSE", 60)
        await desk.press("a")
        await desk.pilot.press(*"quick", "ctrl+e")
        await desk.until(lambda: "quick'" in desk.app.focused.text)
        await desk.rest()
        assert desk.app.focused.text == "('quick', ['0o600', '0o700'])"
        assert not list(tmp_path.rglob("note.md"))


@pytest.mark.parametrize(
    "statements", ["sys.exit(3)", "path.write_text('other'); sys.exit(3)", "path.unlink()"]
)
async def test_an_editor_that_fails_leaves_the_note_as_it_was(reader, editor, monkeypatch, statements):
    editor(statements)
    async with reader() as desk:
        await begin(desk, monkeypatch)
        await desk.press("ctrl+e")
        assert desk.app.focused.text == "half"
        assert "The note is unchanged." in desk.said
        assert ("kept in" in desk.said) == ("other" in statements)


@pytest.mark.parametrize(
    ("command", "message"), [("", "No editor is set"), ("no-such-editor", "could not be run")]
)
async def test_without_an_editor_the_note_stays_open(reader, monkeypatch, command, message):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", command)
    async with reader() as desk:
        await begin(desk, monkeypatch)
        await desk.press("ctrl+e", *" way")
        assert message in desk.said
        assert desk.app.focused.text == "half way"


async def test_a_terminal_that_cannot_suspend_is_reported(reader, editor):
    editor("path.write_text('never')")
    async with reader() as desk:
        await desk.press("a", *"half", "ctrl+e")
        assert "cannot run another program" in desk.said
        assert desk.app.focused.text == "half"
