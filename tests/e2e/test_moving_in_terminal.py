"""Finding, jumping and marking in a real terminal, with its key sequences."""

from __future__ import annotations

import pytest
from desk import Desk

CTRL_O, CTRL_Y, ENTER = "\x0f", "\x19", "\r"
FIRST, FIRST_TEXT = "Welcome to Your Library", "Good morning."


@pytest.mark.slow
def test_a_found_and_marked_place_is_reached_again_after_a_restart(desk: Desk) -> None:
    reader = desk.open_reader()
    reader.wait_for(lambda text: FIRST in text and FIRST_TEXT in text)
    reader.send(ENTER)
    reader.wait_for("Space read on")
    reader.send("G")
    reader.wait_for("100 %")
    reader.send(CTRL_O)
    reader.wait_until_gone("100 %")
    reader.send(CTRL_Y)
    reader.wait_for("100 %")
    reader.send("gg/MORNING")
    reader.wait_for("/ MORNING")
    reader.send(ENTER + "ma")
    reader.wait_for("Mark a set on")
    reader.send("Q")
    assert reader.ended() == 0

    again = desk.open_reader()
    again.wait_for(FIRST)
    again.send("j'")
    again.wait_for("go to mark a")
    again.send("a")
    again.wait_for(lambda text: FIRST_TEXT in text and "Space read on" in text)
    again.send("Q")
    assert again.ended() == 0
