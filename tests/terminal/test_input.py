"""Input from the terminal: no bytes can stop it."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

import pytest
from textual import events

from tests.terminal_bytes import REPORTED, random_bytes
from tuireader.terminal.graphics import Replies
from tuireader.terminal.input import LARGEST_SCREEN, LONGEST_PASTE_PAUSE, TerminalInput


def fresh(*, may_resize: bool = False) -> TerminalInput:
    typed = TerminalInput(Replies())
    typed.parser.may_resize = lambda: may_resize
    return typed


def keys(found: Iterable[object]) -> list[tuple[str, str | None]]:
    return [(one.key, one.character) for one in found if isinstance(one, events.Key)]


def read(data: bytes, *, may_resize: bool = False) -> list[object]:
    return list(fresh(may_resize=may_resize).take(data))


@pytest.mark.parametrize("data", REPORTED, ids=repr)
def test_after_any_bytes_the_next_key_is_read(data: bytes):
    typed = fresh(may_resize=True)
    list(typed.take(data))
    for _ in range(20):
        list(typed.pause())
    typed.parser._timeout_time = typed.parser._timeout_time and 0  # the sequence has timed out
    list(typed.pause())
    assert keys(typed.take(b"j"))[-1] == ("j", "j")


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"\x1b[27;1:1u", "escape"),
        (b"\x1b[1097:1065:111;5u", "ctrl+o"),
        (b"\x1b[1097:1065:111;1u", "щ"),
        (b"\x1b[106:74;1:1u", "j"),
        (b"\x1b[106:74:106;1:2;106u", "j"),
        (b"\x1b[1;1:1B", "down"),
        (b"\x1b[1;5:2C", "ctrl+right"),
        (b"\x1b[3;1:1~", "delete"),
        (b"\x1b[57362u", "pause"),
    ],
)
def test_a_key_with_variants_and_the_kind_of_its_event_is_that_key(data: bytes, key: str):
    assert [name for name, _ in keys(read(data))] == [key]


@pytest.mark.parametrize(
    "data",
    [
        b"\x1b[106;1:3u",
        b"\x1b[1;1:3B",
        b"\x1b[99999999u",
        b"\x1b[55296u",
        b"\x1b[97;1;55296u",
        b"\x1b[?62;22;52c",
        b"\x1b[>0;276;0c",
        b"\x1b[8;24;80t",
        b"\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
        b"\x1b]11;rgb:1e1e/1e1e/2e2e\x07",
        b"\x1bP>|foot(1.16)\x1b\\",
        b"\x1b_Gi=31;OK\x1b\\",
    ],
)
def test_input_that_is_not_a_key_types_nothing(data: bytes):
    assert keys(read(data + b"j")) == [("j", "j")]


@pytest.mark.parametrize(("column", "row"), [(1, 1), (95, 20), (96, 2), (130, 95), (223, 223)])
def test_a_mouse_report_in_bytes_is_read_at_any_column(column: int, row: int):
    data = b"\x1b[M" + bytes([32, column + 32, row + 32])
    pressed, *rest = read(data + b"j")
    assert isinstance(pressed, events.MouseDown)
    assert (pressed.x, pressed.y) == (column - 1, row - 1)
    assert keys(rest) == [("j", "j")]
    (released,) = read(b"\x1b[M" + bytes([35, column + 32, row + 32]))
    assert isinstance(released, events.MouseUp)


def test_a_mouse_report_that_arrives_in_pieces_is_one():
    typed = fresh()
    pieces = (b"\x1b[", b"M", b" ", b"\xa1", b"\xc3")
    found = [message for piece in pieces for message in typed.take(piece)]
    assert [type(one) for one in found] == [events.MouseDown]


def test_a_character_that_arrives_in_pieces_is_one():
    typed = fresh()
    assert keys([message for byte in "漢".encode() for message in typed.take(bytes([byte]))])[0][1] == "漢"


@pytest.mark.parametrize(
    ("width", "height", "is_taken"),
    [(80, 24, True), (1, 1, True), (0, 24, False), (80, 0, False), (99999, 24, False), (80, 99999, False)],
)
def test_an_impossible_screen_size_is_ignored(width: int, height: int, is_taken: bool):
    data = b"\x1b[48;%d;%d;%d;%dt" % (height, width, height * 20, width * 10)
    assert any(isinstance(one, events.Resize) for one in read(data, may_resize=True)) is is_taken
    assert not any(isinstance(one, events.Resize) for one in read(data))


def test_after_an_ignored_size_the_mouse_position_is_right():
    typed = fresh()
    list(typed.take(b"\x1b[48;1;1;1;1t"))
    (pressed,) = typed.take(b"\x1b[<0;10;5M")
    assert isinstance(pressed, events.MouseDown) and (pressed.x, pressed.y) == (9, 4)


def test_a_paste_without_end_times_out_and_keeps_its_text():
    typed = fresh()
    found = list(typed.take(b"\x1b[200~three words her"))
    assert not found
    for _ in range(LONGEST_PASTE_PAUSE):
        found += typed.pause()
    found += typed.take(b"j")
    assert [one.text for one in found if isinstance(one, events.Paste)] == ["three words her"]
    assert keys(found) == [("j", "j")]


def test_a_long_paste_in_pieces_is_one():
    typed, text = fresh(), "Words about the harbour. " * 4000
    data = b"\x1b[200~" + text.encode() + b"\x1b[201~j"
    found = [message for at in range(0, len(data), 4096) for message in typed.take(data[at : at + 4096])]
    assert [one.text for one in found if isinstance(one, events.Paste)] == [text]
    assert keys(found) == [("j", "j")]


@pytest.mark.parametrize(
    ("seed", "count"),
    [(1, 3000), *(pytest.param(seed, 25_000, marks=pytest.mark.slow) for seed in range(2, 6))],
)
def test_random_bytes_never_end_the_reading_and_make_only_possible_events(seed: int, count: int):
    random, typed = Random(seed), fresh(may_resize=True)
    for _ in range(count):
        data = random_bytes(random)
        found = [*typed.take(data)]
        if random.random() < 0.1:
            found += typed.pause()
        for one in found:
            if isinstance(one, events.Key):
                (one.key + (one.character or "")).encode()
            elif isinstance(one, events.Resize):
                assert 0 < one.size.width <= LARGEST_SCREEN[0] and 0 < one.size.height <= LARGEST_SCREEN[1]
            elif isinstance(one, events.Paste):
                one.text.encode()
            elif isinstance(one, events.MouseEvent):
                assert abs(one.x) < 100_000 and abs(one.y) < 100_000
    for _ in range(LONGEST_PASTE_PAUSE):
        list(typed.pause())
    list(typed.take(b"\x1b\\" * 30))
    typed.parser._timeout_time = typed.parser._timeout_time and 0
    list(typed.pause())
    assert keys(typed.take(b"j"))[-1:] == [("j", "j")]
