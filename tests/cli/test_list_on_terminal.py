"""What a person sees of lists: columns on a terminal, and a sentence where nothing matches."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from commandline import ROOT, CommandLine

from library.text.cells import cells

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def test_the_plain_reader_breaks_lines_between_words(tuireader: CommandLine) -> None:
    printed = on_terminal(tuireader.folder, "--plain", columns=40, typed=b"1\nQ\n")

    assert "Dock workers voted on Thursday to stay\nout for another week" in printed
    assert "\x1b" not in printed


def on_terminal(
    folder: Path, *arguments: str, columns: int = 80, typed: bytes = b"", **environment: str
) -> str:
    """Run a command with standard output on a terminal, and return what it prints there."""
    here, there = os.openpty()
    program = [sys.executable, "-m", "tuireader", "--library", str(folder), *arguments]
    variables = {**os.environ, "TERM": "xterm", "COLUMNS": str(columns), "PYTHONUTF8": "1", **environment}
    printed = b""
    with subprocess.Popen(
        program, cwd=ROOT, env=variables, stdin=subprocess.PIPE, stdout=there, stderr=subprocess.PIPE
    ) as running:
        os.close(there)
        assert running.stdin is not None and running.stderr is not None
        running.stdin.write(typed)
        running.stdin.close()
        while True:
            try:
                part = os.read(here, 65536)
            except OSError:  # Linux reports so that the other end is closed
                break
            if not part:
                break
            printed += part
        errors = running.stderr.read()
    os.close(here)
    assert running.returncode == 0, errors
    return printed.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("columns", [30, 50, 60, 80, 200])
def test_a_list_on_a_terminal_has_a_header_and_fits(tuireader: CommandLine, columns: int) -> None:
    lines = ESCAPES.sub("", on_terminal(tuireader.folder, "list", "harbour", columns=columns)).splitlines()

    assert lines[0].split()[0] == "ID"
    assert "Headline" in lines[0]
    assert lines[1].split()[0] == tuireader.id_of("harbour strike")[:8]
    assert max(map(cells, lines)) <= columns
    assert ("2021-03-04" in lines[1]) == (columns >= 56)
    assert ("news.example" in lines[1]) == (columns >= 72)
    assert lines[0].index("Headline") == lines[1].index("Harbour")


def test_a_long_headline_is_cut_with_an_ellipsis(tuireader: CommandLine) -> None:
    assert "Harbour Strik…" in ESCAPES.sub(
        "", on_terminal(tuireader.folder, "list", "tag:harbour", columns=30)
    )


def test_a_list_is_coloured_on_a_terminal_only(tuireader: CommandLine) -> None:
    assert "\x1b[1mHarbour Strike" in on_terminal(tuireader.folder, "list", "tag:harbour")
    assert "\x1b[36m" in on_terminal(tuireader.folder, "list", "tag:harbour")
    assert "\x1b[36m" not in on_terminal(tuireader.folder, "list", "tag:harbour", NO_COLOR="1")
    assert "\x1b" not in on_terminal(tuireader.folder, "list", "tag:harbour", TERM="dumb")
    plain = tuireader("list", "tag:harbour").out
    assert "\x1b" not in plain
    assert "Headline" not in plain


@pytest.mark.parametrize("command", ["list", "notes", "tags", "dates", "sources"])
def test_no_matches_are_reported_on_standard_error(tuireader: CommandLine, command: str) -> None:
    ended = tuireader(command, "nowhere")

    assert (ended.out, ended.err) == ("", "No matches\n")
    ended = tuireader(command, "nowhere", "--json")
    assert (ended.out, ended.err) == ("", "")
