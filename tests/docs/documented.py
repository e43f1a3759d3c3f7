"""The Markdown of README and docs, taken apart for its tests, and a small shell that runs its commands.

Fences say what a block is:

- ``sh``: commands, run in order in a temporary home. In ``console`` blocks they stand behind ``$``, and the
  lines that follow are what they print; ``…`` stands for any text, alone on a line for any lines.
- ``python``: executed. ``query``: queries, each with an explanation behind two spaces; they are parsed.
- ``toml``: parts of the settings file, or a theme that begins with its base; nothing may be wrong in them.
- ``text``: nothing that runs.

A comment ``<!-- not run: REASON -->`` before a block leaves it out.
"""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tuireader.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
)

_FENCE = re.compile(r"^ {0,3}```(\w*)$")
_NOT_RUN = re.compile(r"^ *<!-- not run: \S.* -->$")
_SUBSTITUTION = re.compile(r"\$\((.*?)\)")
_ASSIGNMENT = re.compile(r"[A-Z_]+=")
_COMMENT = re.compile(r"(?:^|  +)# .*$")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its page, the number of its first line, its language, its text, whether it runs."""

    page: str
    line: int
    language: str
    text: str
    runs: bool

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    lines = page.read_text("utf-8").splitlines()
    at = 0
    while at < len(lines):
        opened = _FENCE.match(lines[at])
        at += 1
        if opened is None:
            continue
        start = at
        while not _FENCE.match(lines[at]):
            at += 1
        before = next((line for line in reversed(lines[: start - 1]) if line.strip()), "")
        text = "\n".join(line.removeprefix(_indent(lines[start - 1])) for line in lines[start:at])
        yield Block(page.name, start, opened[1], text, not _NOT_RUN.match(before))
        at += 1


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def prose(page: Path) -> str:
    """The page without its fenced blocks."""
    kept, inside = [], False
    for line in page.read_text("utf-8").splitlines():
        if _FENCE.match(line):
            inside = not inside
        elif not inside:
            kept.append(line)
    return "\n".join(kept)


def commands(block: Block) -> Iterator[tuple[str, list[str]]]:
    """The commands of a block, continued lines joined, each with the lines that it is said to print."""
    prompt = "$ " if block.language == "console" else ""
    command, printed = "", []
    lines = block.text.replace("\\\n", "").splitlines()
    for line in lines:
        if line.startswith(prompt) and (prompt or line.strip()):
            if command:
                yield command, printed
            command, printed = line.removeprefix(prompt), []
        elif prompt:
            printed.append(line)
    if command:
        yield command, printed


class Shell:
    """Runs command lines with pipes, redirections, ``;`` and ``&&``; ``tuireader`` in this process, ``jq -r`` as well."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self._home = home
        self._capsys = capsys
        self._patch = patch

    def __call__(self, line: str) -> str:
        """Run ``line`` and return what it printed. Fails where a command does not end with 0."""
        line = _SUBSTITUTION.sub(lambda match: self(match[1]).strip(), line)
        printed = ""
        stage: list[str] = []
        for word in [*_split(line), ";"]:
            if word in {";", "&&"}:
                if stage:
                    printed += self._pipeline(stage)
                stage = []
            else:
                stage.append(word)
        return printed

    def _pipeline(self, words: list[str]) -> str:
        data, stage = "", []
        target: Path | None = None
        pending = iter([*words, "|"])
        for word in pending:
            if word in {">", ">>"}:
                target = self._path(next(pending))
            elif word == "<":
                data = self._path(next(pending)).read_text("utf-8")
            elif word == "|":
                data = self._run([self._expanded(part) for part in stage], data)
                stage = []
            else:
                stage.append(word)
        if target is None:
            return data
        target.write_text(data, "utf-8")
        return ""

    def _run(self, words: list[str], data: str) -> str:
        while words and _ASSIGNMENT.match(words[0]):
            name, _, value = words.pop(0).partition("=")
            self._patch.setenv(name, value)
        if not words:
            return ""
        if words[0] == "tuireader":
            self._patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode()), "utf-8"))
            self._capsys.readouterr()
            status = main(words[1:])
            printed = self._capsys.readouterr()
            assert status == 0, f"{shlex.join(words)} ended with {status}: {printed.err}"
            return printed.out
        if words[:2] == ["jq", "-r"]:
            field = words[2].removeprefix(".")
            return "".join(f"{json.loads(line)[field]}\n" for line in data.splitlines())
        raise AssertionError(f"The tests have no {words[0]}.")

    def _expanded(self, word: str) -> str:
        return str(self._path(word)) if word.startswith("~/") else os.path.expandvars(word)

    def _path(self, word: str) -> Path:
        return self._home / word.removeprefix("~/")


def _split(line: str) -> list[str]:
    """The words and operators of a shell's line; a comment, two spaces before it, ends it."""
    lexer = shlex.shlex(_COMMENT.sub("", line), posix=True, punctuation_chars="|;<>&")
    lexer.commenters = ""
    lexer.whitespace_split = True
    return list(lexer)


def agrees(printed: str, said: list[str]) -> bool:
    """Whether what was printed is what the page says; ``…`` stands for any text or, alone, any lines."""
    pattern = ""
    for line in said:
        if line.strip() == "…":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += r"[^\n]*?".join(re.escape(part) for part in line.rstrip().split("…")) + r" *\n"
    return re.fullmatch(pattern, printed.rstrip("\n") + "\n") is not None
