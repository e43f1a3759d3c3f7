"""Choosing dates in a real terminal, with its key sequences."""

from __future__ import annotations

import pytest
from desk import Desk

ESCAPE, ENTER = "\x1b", "\r"


@pytest.mark.slow
def test_a_month_is_chosen_in_the_calendar_and_listed(desk: Desk) -> None:
    reader = desk.open_reader()
    reader.wait_for(lambda text: "Welcome to Your Library" in text and "d dates" in text)
    reader.send("/tag:harbour" + ENTER)
    reader.wait_for(lambda text: "tag:harbour" in text and " of 30" in text)
    reader.send("d")
    reader.wait_for(lambda text: "v range" in text and "Years" in text and "2021" in text)
    reader.send("gg")
    reader.send("G")
    reader.send("m")
    reader.wait_for(" · ")
    reader.send(ESCAPE)
    reader.wait_for("v range")
    reader.send("m" + ENTER)
    reader.wait_for(lambda text: "tag:harbour date:20" in text and "d dates" in text)
    reader.send("Q")
    assert reader.ended() == 0
