"""Output to a terminal that is slow, has another encoding, or is gone."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Iterator
from typing import TextIO

import pytest

from tuireader.terminal.driver import TerminalOutput


@pytest.fixture
def line() -> Iterator[tuple[int, TextIO]]:
    """The user's end of a pseudo-terminal, and the file that a program writes to."""
    master, slave = os.openpty()
    file = os.fdopen(slave, "w", encoding="ascii")
    yield master, file
    for close in (file.close, lambda: os.close(master)):
        try:
            close()
        except OSError:
            continue


def test_what_the_encoding_does_not_have_is_a_question_mark(line: tuple[int, TextIO]):
    master, file = line
    assert TerminalOutput(file).write("é\ud800a") == 3
    assert os.read(master, 100) == b"??a"


def test_a_closed_terminal_accepts_nothing_and_raises_nothing(line: tuple[int, TextIO]):
    master, file = line
    output = TerminalOutput(file)
    os.close(master)
    output.write("a" * 10_000)
    assert output.is_gone
    output.write("b")


def test_a_closed_file_and_none_raise_nothing():
    file = io.TextIOWrapper(io.BytesIO())
    file.close()
    for output in (TerminalOutput(file), TerminalOutput(None)):
        output.write("a")
        assert output.is_gone


def test_a_terminal_that_blocks_for_a_while_gets_everything(line: tuple[int, TextIO]):
    master, file = line
    os.set_blocking(file.fileno(), False)
    writing = threading.Thread(target=TerminalOutput(file).write, args=("a" * 300_000,))
    writing.start()
    got = 0
    while got < 300_000:
        got += len(os.read(master, 65536))
    writing.join()
    assert got == 300_000
