"""Tags in a real terminal: marked and listed, renamed and undone, suggested and accepted."""

from __future__ import annotations

import pytest
from desk import Desk

CTRL_U, ENTER, TAB = "\x15", "\r", "\t"
FIRST = "Welcome to Your Library"


@pytest.mark.slow
def test_tags_are_joined_renamed_and_suggested_with_the_keys_of_a_terminal(desk: Desk) -> None:
    reader = desk.open_reader()
    reader.wait_for(FIRST)
    reader.send("gt")
    reader.wait_for(lambda text: "Tags of all articles" in text and "world" in text)
    reader.send("jR")
    reader.wait_for("Rename world to: world")
    reader.send(CTRL_U + "earth" + ENTER)
    reader.wait_for("world renamed to earth: 8 articles")
    assert len(desk.run("list", "tag:earth/*")) == 8

    reader.send("&")
    reader.wait_for("tag:earth/*")
    reader.send("jj!")
    reader.wait_for(lambda text: "-tag:earth/" in text and "7 articles" in text)
    reader.send(ENTER)
    reader.wait_for("7 of 30")
    reader.send("u")
    reader.wait_for("Undone: rename tag world to earth")
    assert len(desk.run("list", "tag:world/*")) == 8

    reader.send("F")
    reader.wait_for("30 articles")
    reader.send("ggt")
    reader.wait_for("a tag of yours, in the text")
    reader.send(TAB + ENTER)
    reader.wait_for("Tagged files")
    (tagged,) = desk.run("list", f'title:"{FIRST}"')
    assert "files" in tagged["tags"]
    reader.send("Q")
    assert reader.ended() == 0
