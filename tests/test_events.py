"""Signals, and the commands that objects bind."""

from __future__ import annotations

import pytest

from tuireader.commands import find
from tuireader.commands.binding import Bound, CommandTable, back, once, times
from tuireader.events import Signal


def test_a_signal_calls_its_subscribers_in_order_until_they_unsubscribe():
    heard: list[str] = []
    signal: Signal[str] = Signal()
    first, second = (
        (lambda what: heard.append(f"first {what}")),
        (lambda what: heard.append(f"second {what}")),
    )
    signal.subscribe(first)
    signal.subscribe(second)
    signal.publish("a")
    signal.unsubscribe(first)
    signal.publish("b")
    assert heard == ["first a", "second a", "second b"]


def test_a_subscriber_may_unsubscribe_during_a_signal():
    signal: Signal[int] = Signal()
    heard: list[int] = []

    def leave(number: int) -> None:
        signal.unsubscribe(leave)

    signal.subscribe(leave)
    signal.subscribe(heard.append)
    signal.publish(1)
    assert heard == [1]


class _Subject:
    def __init__(self, *bound: Bound) -> None:
        self._bound = bound

    def commands(self) -> tuple[Bound, ...]:
        return self._bound


def test_commands_get_the_count_as_they_take_it():
    got: list[object] = []
    table = CommandTable()
    table.add(
        _Subject(
            once("undo", lambda: got.append("once")),
            times("move-down", got.append),
            back("move-up", got.append),
            Bound("move-last", got.append),
        )
    )
    for command in ("undo", "move-down", "move-up", "move-last"):
        assert table.run(find(command)) and table.run(find(command), 3)
    assert got == ["once", "once", 1, 3, -1, -3, None, 3]
    assert not table.run(find("help"))


def test_a_command_is_bound_once():
    table = CommandTable()
    table.add(_Subject(once("undo", list)))
    with pytest.raises(ValueError, match="undo"):
        table.add(_Subject(once("undo", list)))
