"""Highlights and notes on words, made in a real terminal and found by other programs."""

from __future__ import annotations

import sys

import pytest
from desk import Desk

FIRST, FIRST_TEXT = "Welcome to Your Library", "Good morning."
ENTER, ESC, CTRL_E, CTRL_S = "\r", "\x1b", "\x05", "\x13"


@pytest.mark.slow
def test_words_chosen_by_keyboard_are_highlighted_and_annotated(desk: Desk) -> None:
    reader = desk.open_reader()
    reader.wait_for(lambda text: FIRST in text and FIRST_TEXT in text)
    reader.send(ENTER)
    reader.wait_for("Space read on")
    reader.send("v")
    reader.wait_for("1 word")
    reader.send("w")
    reader.wait_for("2 words")
    reader.send("3H")
    reader.wait_for("║ Good morning")
    reader.send("a")
    reader.wait_for("Note on “Good morning.")
    reader.send("Good indeed." + CTRL_S)
    reader.wait_for("✎1")
    reader.send("Q")
    assert reader.ended() == 0

    note, highlight = sorted(desk.run("notes"), key=lambda one: one["kind"], reverse=True)
    assert (highlight["quote"]["exact"], highlight["colour"]) == ("Good morning", "blue")
    assert note["quote"]["exact"].startswith("Good morning.") and note["body"] == "Good indeed."


def test_a_note_continues_in_the_users_editor_and_back(desk: Desk) -> None:
    script = desk.library.parent / "an editor.py"
    script.write_text(
        "import sys, pathlib\npath = pathlib.Path(sys.argv[-1])\n"
        "words = input(f'EDITING {path.read_text()}: ')\npath.write_text(words)\n",
        "utf-8",
    )
    desk.environment["EDITOR"] = f"'{sys.executable}' '{script}'"
    reader = desk.open_reader()
    reader.wait_for(lambda text: FIRST in text and FIRST_TEXT in text)
    reader.send("a")
    reader.wait_for("Note on “")
    reader.send("half" + CTRL_E)
    reader.wait_for("EDITING half:")
    reader.send("Written outside.\n")
    reader.wait_for(lambda text: "Written outside." in text and "EDITING" not in text)
    reader.send(" And in." + CTRL_S)
    reader.wait_for("✎1")
    reader.send("Q")
    assert reader.ended() == 0
    assert [note["body"] for note in desk.run("notes")] == ["Written outside. And in."]
