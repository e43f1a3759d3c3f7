"""The system clipboard: the program that fills it, and texts that it does not accept."""

from __future__ import annotations

import sys

import pytest

from tuireader.terminal.clipboard import clipboard_command, fill_clipboard


@pytest.mark.parametrize(
    ("environ", "programs", "command"),
    [
        ({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, {"wl-copy", "xclip"}, ("/bin/wl-copy",)),
        ({"DISPLAY": ":0"}, {"wl-copy", "xclip", "xsel"}, ("/bin/xclip", "-selection", "clipboard")),
        ({"DISPLAY": ":0"}, {"xsel"}, ("/bin/xsel", "--clipboard", "--input")),
        ({}, {"pbcopy"}, ("/bin/pbcopy",)),
        ({}, {"wl-copy", "xclip", "xsel"}, None),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": ""}, set(), None),
    ],
)
def test_the_program_is_one_that_is_there_and_can_work(environ, programs, command):
    which = {name: f"/bin/{name}" for name in programs}.get
    assert clipboard_command(environ, which) == command


def test_the_text_goes_to_the_programs_standard_input(tmp_path):
    kept = tmp_path / "kept"
    program = "import sys, pathlib; pathlib.Path(sys.argv[1]).write_bytes(sys.stdin.buffer.read())"
    assert fill_clipboard("“Ätsch” $(x)\n", (sys.executable, "-c", program, str(kept)))
    assert kept.read_text("utf-8") == "“Ätsch” $(x)\n"


@pytest.mark.parametrize("program", ["import sys; sys.exit(1)", "import time; time.sleep(60)"])
def test_a_program_that_fails_or_hangs_is_abandoned(program):
    assert not fill_clipboard("x", (sys.executable, "-c", program), seconds=0.3)


def test_a_program_that_is_not_there_is_no_error():
    assert not fill_clipboard("x", ("/nowhere/clip",))
