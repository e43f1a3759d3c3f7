"""Progress of a change: shown if it takes long, updated, and stopped on request."""

from __future__ import annotations

import asyncio
import io
import signal
import sys

import pytest

from library import ChangeStopped
from tuireader.cli.progress import shown_progress
from tuireader.jobs import progress
from tuireader.jobs.progress import MOMENT, PAUSE, UnderWay
from tuireader.jobs.writer import Writer


class Clock:
    """A clock that changes only when it is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class TerminalError(io.StringIO):
    """A standard error that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_short_change_shows_no_progress():
    shown, clock = list[str](), Clock()
    change = UnderWay("Tagging", shown.append, clock)
    change(1, 2)
    clock.now = MOMENT * 0.9
    change(2, 2)
    assert shown == [] and not change.is_shown


def test_a_long_change_shows_progress_now_and_then_and_at_its_end():
    shown, clock = list[str](), Clock()
    change = UnderWay("Tagging", shown.append, clock)
    for done, now in ((100, 0.1), (1000, MOMENT), (1100, MOMENT + PAUSE / 2), (1200, MOMENT + PAUSE)):
        clock.now = now
        change(done, 1300)
    change(1300, 1300)
    assert shown == ["Tagging 1,000 of 1,300", "Tagging 1,200 of 1,300", "Tagging: saving …"]
    assert not change.can_stop


def test_a_stopped_change_ends_at_the_next_progress_report():
    change = UnderWay("Tagging", lambda _: None)
    change(1, 2)
    change.stop()
    with pytest.raises(ChangeStopped, match="nothing was changed"):
        change(2, 2)


def test_a_change_can_be_stopped_once_its_progress_is_shown():
    clock = Clock()
    writer, under_way = Writer(), UnderWay("Tagging", lambda _: None, clock)

    def change(progress: UnderWay) -> None:
        assert not writer.can_stop and not writer.stop()
        progress(1, 3)
        assert not writer.can_stop and not writer.stop()
        clock.now = MOMENT
        progress(2, 3)
        assert writer.can_stop and writer.stop()
        progress(3, 3)

    with pytest.raises(ChangeStopped):
        asyncio.run(writer.many(under_way, change))
    assert not writer.can_stop
    writer.close()


def test_the_command_line_shows_progress_and_clears_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(progress, "MOMENT", 0)
    monkeypatch.setattr(sys, "stderr", TerminalError())
    with shown_progress("Tagging") as change:
        change(1, 2)
    assert sys.stderr.getvalue() == "\r\x1b[KTagging 1 of 2 · ctrl+c stops\r\x1b[K"


def test_where_standard_error_is_no_terminal_nothing_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(progress, "MOMENT", 0)
    with shown_progress("Tagging") as change:
        change(1, 2)
    assert capsys.readouterr() == ("", "")


def test_an_interrupt_stops_the_change_and_a_second_one_the_program():
    previous = signal.getsignal(signal.SIGINT)
    with pytest.raises(ChangeStopped), shown_progress("Tagging") as change:
        signal.raise_signal(signal.SIGINT)
        change(1, 2)
    assert signal.getsignal(signal.SIGINT) is previous
    with pytest.raises(KeyboardInterrupt), shown_progress("Tagging"):
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is previous
