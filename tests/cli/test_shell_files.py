"""The manual page and the completions: written from the parser, and complete in the shells that are here."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commandline import CommandLine

from docs.shell_files import FOLDER, MANUAL, shell_files
from tuireader.cli.completion import SHELLS
from tuireader.cli.program import build_parser

newest_argparse = pytest.mark.skipif(
    sys.version_info[:2] != (3, 11), reason="argparse of other Python versions words its usage otherwise"
)


def needs(program: str) -> pytest.MarkDecorator:
    """Skip a test where ``program`` is not installed."""
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed")


@newest_argparse
def test_the_files_are_as_the_parser_writes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    stale = [name for name, text in shell_files().items() if (FOLDER / name).read_text("utf-8") != text]
    assert stale == [], "run “make docs”"


@pytest.mark.parametrize("shell", SHELLS)
def test_a_command_prints_the_completions(fresh: CommandLine, shell: str) -> None:
    assert fresh("completion", shell).out == (FOLDER / shell / SHELLS[shell]).read_text("utf-8")
    assert not fresh.folder.exists()


def test_the_manual_page_has_every_command_and_option() -> None:
    text = (FOLDER / MANUAL).read_text("utf-8").replace("\\-", "-")
    program = build_parser()
    for name, command in program.parsers.choices.items():
        assert re.search(rf"tuireader {name}\b", text), name
        for action in command._actions:
            assert all(option in text for option in action.option_strings if option not in ("-h", "--help"))


@needs("man")
def test_man_shows_the_manual_page_without_a_warning() -> None:
    environment = {**os.environ, "MANWIDTH": "80", "LC_ALL": "C.UTF-8"}
    ended = subprocess.run(
        ["man", "--warnings", "-l", str(FOLDER / MANUAL)],
        env=environment, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert ended.stderr == ""
    assert "EXIT STATUS" in ended.stdout


CASES = [
    ("tuireader ta", {"tag", "tags"}),
    ("tuireader tags re", {"rename"}),
    ("tuireader searches s", {"save"}),
    ("tuireader list --li", {"--limit"}),
    ("tuireader export --format j", {"jsonl"}),
    ("tuireader completion z", {"zsh"}),
]


@needs("bash")
@pytest.mark.parametrize(("typed", "offered"), CASES)
def test_bash_completes(typed: str, offered: set[str]) -> None:
    words = typed.split()
    script = (
        f"source '{FOLDER}/bash/tuireader'; COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; "
        '_shtab_tuireader; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    ended = subprocess.run(
        ["bash", "--norc", "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert set(ended.stdout.split()) == offered


@needs("fish")
@pytest.mark.parametrize(("typed", "offered"), CASES)
def test_fish_completes(typed: str, offered: set[str], tmp_path: Path) -> None:
    script = f"source '{FOLDER}/fish/tuireader.fish'; complete -C '{typed}'"
    ended = subprocess.run(
        ["fish", "--no-config", "-c", script],
        env={**os.environ, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)},
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert {line.split("\t")[0] for line in ended.stdout.splitlines()} == offered


@needs("zsh")
@pytest.mark.parametrize(("typed", "completed"), [("tags ren", "rename"), ("list --lim", "--limit")])
def test_zsh_completes(typed: str, completed: str, tmp_path: Path) -> None:
    (tmp_path / ".zshrc").write_text(
        f"fpath=('{FOLDER}/zsh' $fpath)\nautoload -Uz compinit && compinit -u -D\nPS1='ready> '\n"
    )
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(ZDOTDIR=str(tmp_path), TERM="dumb", HOME=str(tmp_path))
        os.execvp("zsh", ["zsh", "-i"])
    try:
        read_until(terminal, "ready> ")
        os.write(terminal, f"tuireader {typed}\t".encode())
        read_until(terminal, completed)
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
        os.close(terminal)


def read_until(terminal: int, text: str, patience: float = 60) -> None:
    """Read from a terminal until ``text`` appears."""
    seen, end = "", time.monotonic() + patience
    while text not in seen:
        assert time.monotonic() < end, f"{text!r} not in {seen!r}"
        if select.select([terminal], [], [], 1)[0]:
            seen += os.read(terminal, 4096).decode("utf-8", "replace")
