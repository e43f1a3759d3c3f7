"""However the reader ends, the terminal is restored, and notes and settings are kept."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from desk import Desk
from terminal import Terminal, wait_until

from tests.terminal_bytes import REPORTED

FIRST_TEXT = "Good morning."
NOTE = "The last words before the end, all of them"
ALTERNATE_SCREEN_LEFT = b"\x1b[?1049l"


def open_note(desk: Desk) -> Terminal:
    """A reader with a note that is being written, and without hyphens on the page."""
    reader = desk.open_reader()
    reader.wait_for(FIRST_TEXT)
    reader.send("\r")
    reader.wait_for("Space read on")
    reader.send("a")
    reader.wait_for("Note on “")
    return reader


def drafts_of(desk: Desk) -> list[str]:
    return [path.read_text("utf-8") for path in (desk.library / "drafts").glob("*.md")]


def settings_of(desk: Desk) -> list[Path]:
    return list(Path(desk.environment["XDG_CONFIG_HOME"]).rglob("config.toml"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_restores_the_terminal_and_keeps_draft_and_settings(desk: Desk, number: int) -> None:
    reader = open_note(desk)
    reader.send(NOTE)
    reader.wait_for(NOTE)
    during = reader.modes
    reader.signal(number)
    assert reader.ended() == 128 + number
    assert reader.output.rfind(b"\x1b[?25h") > reader.output.rfind(ALTERNATE_SCREEN_LEFT) >= 0
    assert reader.modes != during and b"Traceback" not in reader.output
    assert any(NOTE in text for text in drafts_of(desk))
    assert settings_of(desk)


def test_closing_the_window_ends_the_reader_and_keeps_draft_and_settings(desk: Desk) -> None:
    reader = open_note(desk)
    reader.send(NOTE)
    reader.wait_for(NOTE)
    reader.close()
    assert reader.ended() != 0
    assert any(NOTE in text for text in drafts_of(desk))
    assert settings_of(desk)


def test_a_signal_before_the_reader_has_opened_leaves_the_alternate_screen(desk: Desk) -> None:
    reader = desk.open_reader()
    reader.wait_for(FIRST_TEXT)
    reader.send("Q")
    assert reader.ended() == 0
    reader = desk.open_reader()  # with a first frame
    wait_until(lambda: b"\x1b[?1049h" in reader.output, "a first frame")
    reader.signal(signal.SIGTERM)
    assert reader.ended() == 128 + signal.SIGTERM
    assert ALTERNATE_SCREEN_LEFT in reader.output and b"Traceback" not in reader.output


def test_bytes_that_have_crashed_readers_change_nothing_in_a_terminal(desk: Desk) -> None:
    reader = desk.open_reader()
    reader.wait_for(FIRST_TEXT)
    for data in REPORTED:
        reader.send_bytes(data)
    reader.send("\x1b")
    reader.send("?")
    reader.wait_for("type to search")
    reader.send("\x1b")
    reader.wait_until_gone("type to search")
    reader.send("Q")
    assert reader.ended() == 0
