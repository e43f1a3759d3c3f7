"""The background of the terminal: what it answers, mixed with keys, and what it reports."""

from __future__ import annotations

import pytest
from textual import events

from tuireader.terminal.graphics import Asked, Replies
from tuireader.terminal.ground import GroundKnown, dark_of, usually_dark
from tuireader.terminal.input import TerminalInput

WHITE, END = "\x1b]11;rgb:ffff/ffff/ffff\x1b\\", "\x1b[?62;22c"


def keys(found: list[object]) -> list[str]:
    return [one.key for one in found if isinstance(one, events.Key)]


@pytest.mark.parametrize(
    ("reply", "dark"),
    [
        (WHITE, False),
        ("\x1b]11;rgb:0000/0000/0000\x07", True),
        ("\x1b]11;rgb:1e/1e/2e\x07", True),
        ("\x1b]11;rgb:f/f/e\x1b\\", False),
        ("\x1b]11;rgb:fdf6/e3e3/d5d5\x1b\\", False),  # Solarized light
        ("\x1b]11;rgba:ffff/ffff/ffff/8000\x1b\\", False),
        ("\x1b]11;rgb:0/0/0\x07\x1b]11;rgb:f/f/f\x07", False),
        ("\x1b]11;#ffffff\x07", None),
        ("\x1b]11;rgb:fffff/0/0\x07", None),
        ("\x1b]11;rgb:gg/00/00\x07", None),
        ("\x1b]10;rgb:0/0/0\x07", None),
        ("\x1b]11;?\x07", None),
        ("", None),
    ],
)
def test_a_reply_is_read_or_counts_for_nothing(reply: str, dark: bool | None):
    assert dark_of(reply + END) is dark


@pytest.mark.parametrize("reply", [WHITE + END, "\x1b]11;rgb:ffff/ffff/ffff\x07" + END, END])
def test_a_reply_in_any_pieces_is_no_key_and_keys_beside_it_stay(reply: str):
    for end in range(len(reply) + 1):
        replies = Replies()
        replies.expect(Asked.GROUND)
        typed = TerminalInput(replies)
        data = f"j{reply[:end]}", f"{reply[end:]}k"
        found: list[object] = [one for part in data for one in typed.take(part.encode())]
        assert keys(found) == ["j", "k"]
        assert dark_of(replies.all(Asked.GROUND)) is (None if reply is END else False)
        assert replies.all(Asked.GROUND) == ""


def test_each_question_gets_its_own_replies():
    replies = Replies()
    for asked in (Asked.GRAPHICS, Asked.GROUND):
        replies.expect(asked)
    assert replies.take(f"\x1b[?62;4c{WHITE}") == ""
    assert replies.all(Asked.GROUND) == ""
    assert replies.all(Asked.GRAPHICS) == "\x1b[?62;4c"
    assert replies.take(END) == ""
    assert replies.all(Asked.GROUND) == WHITE + END


def test_what_was_not_asked_for_is_no_key():
    typed = TerminalInput(Replies())
    assert keys(list(typed.take(f"{WHITE}j".encode()))) == ["j"]


@pytest.mark.parametrize(("report", "dark"), [("\x1b[?997;1n", True), ("\x1b[?997;2n", False)])
def test_a_report_of_a_change_is_passed_on_in_any_pieces(report: str, dark: bool):
    for end in range(2, len(report)):
        typed = TerminalInput(Replies())
        parts = (f"j{report[:end]}", f"{report[end:]}k")
        found = [one for part in parts for one in typed.take(part.encode())]
        assert [one.dark for one in found if isinstance(one, GroundKnown)] == [dark]
        assert keys(list(found)) == ["j", "k"]


@pytest.mark.parametrize("report", ["\x1b[?997;3n", "\x1b[?997n", "\x1b[?997;12n", "\x1b[997;1n"])
def test_no_other_report_counts(report: str):
    found = list(TerminalInput(Replies()).take(report.encode()))
    assert not any(isinstance(one, GroundKnown) for one in found)


@pytest.mark.parametrize("value", ["15;0", "12;8", "0;", "x", "", "0;77"])
def test_without_an_answer_the_terminal_is_taken_to_be_dark(value: str):
    assert usually_dark({"COLORFGBG": value}) and usually_dark({})


@pytest.mark.parametrize("value", ["0;15", "0;default;15", "0;7", "7"])
def test_a_variable_of_some_terminals_counts_when_nothing_is_answered(value: str):
    assert not usually_dark({"COLORFGBG": value})
