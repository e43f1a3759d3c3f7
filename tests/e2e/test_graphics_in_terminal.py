"""Pictures in a terminal that reports its graphics support, and in one that does not."""

from __future__ import annotations

import base64
import re

import pytest
from desk import Desk
from picture_files import png
from terminal import Terminal, wait_until

from tuireader.terminal.graphics import QUERY

pytest.importorskip("PIL", reason="Pillow comes with the extra “images”")

ENTER = "\r"


@pytest.fixture
def reader(desk: Desk) -> Terminal:
    """A reader whose newest article begins with a picture; the next one has only text."""
    address = f"data:image/png;base64,{base64.b64encode(png()).decode()}"
    pictured = f"---\ntitle: A picture\ndate: 2026-11-22\nimage: {{src: '{address}'}}\n---\nAt noon.\n"
    plain = "---\ntitle: No picture\ndate: 2026-11-21\n---\nIn the evening.\n"
    desk.environment["COLORTERM"] = "truecolor"
    for name, text in (("a.md", pictured), ("b.md", plain)):
        path = desk.library.parent / name
        path.write_text(text, encoding="utf-8")
        desk.run("add", path)
    return desk.open_reader()


def written(terminal: Terminal) -> str:
    return terminal.output.decode(errors="replace")


def test_kitty_is_queried_and_gets_pictures_while_keys_are_typed(reader: Terminal) -> None:
    wait_until(lambda: QUERY in written(reader), "the question")
    for piece in ("\x1bP>|kit", "ty(0.41.1)\x1b", "\\", "j", "\x1b[6;20;1", "0t\x1b[?6", "2;c"):
        reader.send(piece)
    reader.wait_for("In the evening.")
    reader.send("k" + ENTER)
    wait_until(lambda: "\U0010eeee" in written(reader), "placeholders")
    number = re.search(r"\x1b_Ga=T,U=1,f=100,i=(\d+),", written(reader))
    assert number
    reader.send("Q")
    assert reader.ended() == 0
    last = written(reader)
    assert last.index(f"\x1b_Ga=d,d=I,i={number[1]},q=2") < last.index("\x1b[?1049l")


@pytest.mark.slow
def test_a_terminal_without_a_reply_gets_half_blocks(reader: Terminal) -> None:
    wait_until(lambda: QUERY in written(reader), "the question")
    reader.send(ENTER)
    reader.wait_for("Space read on")
    reader.send("\x1b")
    reader.wait_until_gone("Space read on")
    reader.send("Q")
    assert reader.ended() == 0
    assert "\x1b_G" not in written(reader)
    assert "\x1bP" not in written(reader)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("NO_COLOR", "1", marks=pytest.mark.slow),
        ("TMUX", "/tmp/t,1,0"),
        pytest.param("TUIREADER_ASCII", "1", marks=pytest.mark.slow),
    ],
)
def test_no_terminal_is_asked_that_cannot_show_them(desk: Desk, name: str, value: str) -> None:
    desk.environment |= {"COLORTERM": "truecolor", name: value}
    reader = desk.open_reader()
    reader.wait_for("Welcome to Your Library")
    reader.send("Q")
    assert reader.ended() == 0
    assert QUERY not in written(reader)
