"""Replies of the terminal to the graphics query, mixed with keys typed meanwhile."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.terminal.graphics import Graphics, Replies, Way, graphics_of

KITTY = "\x1bP>|kitty(0.41.1)\x1b\\\x1b[6;19;10t\x1b[?62;c"
FOOT = "\x1bP>|foot(1.16.2)\x1b\\\x1b[6;18;9t\x1b[?62;4;22;28;29c"
XTERM = "\x1bP>|XTerm(379)\x1b\\\x1b[?63;1;2;4;6;9;15;16;22;28c"
PLAIN = "\x1b[?1;2c"


@pytest.mark.parametrize(
    ("replies", "cell", "graphics"),
    [
        (KITTY, None, Graphics(Way.PLACEHOLDERS, (10, 19))),
        (KITTY.replace("\x1b[6;19;10t", ""), None, Graphics(Way.PLACEHOLDERS, (10, 20))),
        (KITTY.replace("0.41", "0.28"), None, Graphics(Way.PLACEHOLDERS, (10, 19))),
        (KITTY.replace("0.41", "0.27"), None, Graphics()),
        (KITTY.replace("kitty(0.41.1)", "ghostty 1.1.3"), None, Graphics(Way.PLACEHOLDERS, (10, 19))),
        (FOOT, None, Graphics(Way.SIXEL, (9, 18))),
        (FOOT, (8, 16), Graphics(Way.SIXEL, (9, 18))),
        (XTERM, (8, 16), Graphics(Way.SIXEL, (8, 16))),
        (XTERM, None, Graphics()),
        (FOOT.replace("\x1b[6;18;9t", "\x1b[6;0;0t"), None, Graphics()),
        (FOOT.replace("foot(1.16.2)", "tmux 3.4"), None, Graphics()),
        (PLAIN, (8, 16), Graphics()),
        ("\x1b[?4c", (8, 16), Graphics()),  # the first parameter is the kind of terminal, not an ability
        (KITTY + FOOT, None, Graphics(Way.SIXEL, (9, 18))),
    ],
)
def test_the_replies_say_how_pictures_are_drawn(replies: str, cell, graphics: Graphics):
    assert graphics_of(replies, cell) == graphics


def expecting() -> Replies:
    replies = Replies()
    replies.expect()
    return replies


@pytest.mark.parametrize("complete", [KITTY, FOOT, XTERM, PLAIN])
def test_replies_may_be_split_anywhere_with_keys_around_them(complete: str):
    for place in range(1, len(complete)):
        replies = expecting()
        passed = replies.take("jj" + complete[:place])
        passed += replies.take(complete[place:] + "\x1b[Bk")
        assert passed == "jj\x1b[Bk", place
        assert replies.all() == complete
        assert replies.all() == ""


@given(st.data())
def test_keys_typed_between_the_replies_are_neither_lost_nor_added_to(data: st.DataObject):
    keys = st.lists(st.sampled_from(["j", "é", "\x1b[A", "\x1b[6~", "\x1bOP", "\x1b[?2026;2$y", "[", "?"]), max_size=3)  # fmt: skip
    typed, sent = [], ""
    for reply in ("\x1bP>|kitty(0.41.1)\x1b\\", "\x1b[6;19;10t", "\x1b[?62;4c"):
        pressed = data.draw(keys)
        typed += pressed
        sent += "".join(pressed) + reply
    replies, passed = expecting(), ""
    while sent:
        size = data.draw(st.integers(1, len(sent)))
        passed += replies.take(sent[:size])
        sent = sent[size:]
    assert passed == "".join(typed)
    assert replies.all() == KITTY.replace("?62;", "?62;4")


@pytest.mark.parametrize("typed", ["\x1b", "\x1b[", "\x1bP", "\x1b[6"])
def test_what_may_have_been_typed_is_held_back_for_a_moment_only(typed: str):
    replies = expecting()
    assert replies.take("j" + typed) == "j"
    assert replies.pause() == typed
    assert replies.pause() == ""


def test_an_interrupted_reply_is_awaited_for_a_limited_time():
    replies = expecting()
    assert replies.take("\x1bP>|kit") == ""
    assert [replies.pause() for _ in range(9)] == [""] * 9
    assert replies.take("ty(0.41.1)\x1b") == ""
    assert "".join(replies.pause() for _ in range(10)) == "\x1bP>|kitty(0.41.1)\x1b"


def test_only_expected_replies_are_taken_out():
    replies = Replies()
    assert replies.take(KITTY) == KITTY
    replies.expect()
    assert replies.take(PLAIN) == ""
    assert replies.take(PLAIN + "\x1b") == PLAIN + "\x1b"


def test_two_questions_have_two_answers():
    replies = expecting()
    replies.expect()
    assert replies.take(KITTY + "j") == "j"
    assert replies.all() == ""
    assert replies.take("k" + FOOT) == "k"
    assert graphics_of(replies.all(), None) == Graphics(Way.SIXEL, (9, 18))
