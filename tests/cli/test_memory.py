"""A library far larger than the memory is reported in one sentence, and soon."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from commandline import ROOT, CommandLine, run_program

LIMIT = 400 << 20
"""Limit of the address space in bytes; the program alone takes less than half of it."""


def large_catalogue(folder: Path) -> Path:
    with (folder / "catalog.json").open("wb") as file:
        file.truncate(1 << 30)
    return folder / "catalog.json"


def large_journal(folder: Path) -> Path:
    with (folder / "catalog.journal").open("ab") as file:
        file.truncate(1 << 30)
    return folder / "catalog.json"


def whole_catalogue(folder: Path) -> Path:
    """Write a catalogue that fits into the memory, but not when decoded."""
    tables = {"articles": {"a": {"title": "x" * (30 << 20)}}}
    (folder / "catalog.json").write_text(json.dumps(tables))
    return folder / "catalog.json"


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT, LIMIT))


ENLARGE = (large_catalogue, large_journal, whole_catalogue)
COMMANDS = (["list"], ["doctor"], ["bookmark", "tag:sport"])


@pytest.mark.parametrize(
    ("command", "enlarge"),
    [
        pytest.param(
            command,
            enlarge,
            id=f"{command[0]}-{enlarge.__name__}",
            marks=() if (command, enlarge) == (["list"], large_catalogue) else pytest.mark.slow,
        )
        for command in COMMANDS
        for enlarge in ENLARGE
    ],
)
def test_a_library_larger_than_the_memory_is_reported_and_left_unchanged(
    tuireader: CommandLine, enlarge: Callable[[Path], Path], command: list[str]
):
    path = enlarge(tuireader.folder)
    size = path.stat().st_size
    ended = run_program(["--library", str(tuireader.folder), *command], preexec_fn=limit)
    assert ended.returncode == 1
    assert b"Traceback" not in ended.stderr
    assert f"{path} does not fit into memory".encode() in ended.stderr
    assert ended.stdout == b""
    assert path.stat().st_size == size


def test_a_library_that_fits_is_opened_under_the_same_limit(tuireader: CommandLine):
    ended = run_program(["--library", str(tuireader.folder), "list", "--json"], preexec_fn=limit)
    assert (ended.returncode, len(ended.stdout.splitlines())) == (0, 4), ended.stderr


DECODE = """
import resource, sys
from pathlib import Path
from library.store import snapshot
snapshot.assert_room = lambda length: None
data = b'{"articles":{"a":{"title":"' + b"x" * (30 << 20) + b'"}}}'
resource.setrlimit(resource.RLIMIT_AS, (SIZE, SIZE))
try:
    snapshot.decode_snapshot(Path("catalog.json"), data)
except MemoryError:
    print("reported")
"""


@pytest.mark.slow
def test_a_parser_that_has_no_memory_finds_no_damage():
    """Otherwise, a repair would replace an intact catalogue with an incomplete one."""
    program = DECODE.replace("SIZE", str(LIMIT))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=False, timeout=300
    )
    assert ended.stdout == b"reported\n", ended.stderr


DECODE_UNDER_LIMITS = """
import json, resource
from pathlib import Path
from library.store.snapshot import decode_snapshot
documents = {str(number): {"a": {}, "b": [], "c": number} for number in range(100_000)}
data = json.dumps({"articles": documents}).encode()
del documents
answers = set()
for room in range(4, 240, 4):
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + (room << 20), resource.RLIM_INFINITY))
    try:
        answer = len(decode_snapshot(Path("catalog.json"), data).tables["articles"])
    except MemoryError:
        answer = "no room"
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    answers.add(answer)
print(answers == {"no room", 100_000})
"""


@pytest.mark.slow
def test_a_catalogue_that_hardly_fits_is_read_or_refused_and_never_ends_the_program():
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-c", DECODE_UNDER_LIMITS],
        env=environment,
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert (ended.returncode, ended.stdout) == (0, b"True\n"), ended.stderr
