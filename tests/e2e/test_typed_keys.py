"""Esc and the key after it, as the terminal sends them."""

from __future__ import annotations

import pytest
from desk import Desk
from terminal import wait_until
from textual import events

from tuireader.terminal.input import EscParser


def keys(typed: str) -> list[tuple[str, str | None]]:
    """Return the keys and their characters, after the timeout for longer sequences."""
    parser = EscParser()
    found = list(parser.feed(typed))
    wait_until(lambda: bool(found.extend(parser.tick()) or found), "a key")
    return [(one.key, one.character) for one in found if isinstance(one, events.Key)]


@pytest.mark.parametrize("character", ["e", "E", "/", "?", "é", "\x13", "\r"])
def test_esc_and_another_key_are_two(character: str) -> None:
    alone = keys(character)
    assert len(alone) == 1
    assert keys("\x1b" + character) == [("escape", "\x1b"), *alone]


@pytest.mark.parametrize(
    ("sequence", "key"),
    [("\x1b[A", "up"), ("\x1bOP", "f1"), ("\x1b[1;3C", "alt+right"), ("\x1b[101;3u", "alt+e")],
)
def test_other_sequences_are_one_key(sequence: str, key: str) -> None:
    assert [name for name, _ in keys(sequence)] == [key]


def test_commands_work_on_a_keyboard_that_is_not_latin(desk: Desk) -> None:
    reader = desk.open_reader()
    reader.wait_for("Welcome to Your Library")
    assert b"\x1b[>29u" in reader.output  # Textual's flags, and the places of keys
    reader.send("\x1b[1114::47;;1114u")  # a Serbian letter at the place of the slash
    reader.wait_for("Esc cancel")
    reader.send("\x1b[1081::113;;1081u")
    reader.wait_for("й")
    reader.send("\x1b")
    reader.wait_until_gone("й")
    reader.send("Й")
    assert reader.ended() == 0
