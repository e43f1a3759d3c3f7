"""Helpers of the command line's tests: running it in this process or another one, and sample articles."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tuireader.__main__ import main

ROOT = Path(__file__).resolve().parents[2]

HARBOUR = """---
title: Harbour Strike Enters Third Week
authors: [Jane Roe, Li Wei]
url: https://news.example.org/2021/03/04/harbour-strike
date: 2021-03-04
tags: [harbour, labour]
---

Dock workers voted on Thursday to stay out for another week, the union said.

“We won’t move,” said one of them. The operator\x20
asked for another week to think.

In another week the crane drivers vote as well.
"""
TRAM = """---
title: City Council Votes on Tram Line
authors: [Ana Lima]
url: https://city.example.org/2021/03/03/tram
date: 2021-03-03
tags: [city]
---

The council voted for the tram line to the harbour by one vote.
"""
REGATTA = """---
title: The Regatta Nobody Saw
url: https://sport.example.org/2020/10/22/regatta
date: 2020-10-22
tags: [sport, world/europe]
---

Fog lay over the bay, and the winner learned of it by radio.
"""
UNDATED = """A Page Without a Day

Somebody wrote this one day and did not say when it was, nor where it had come from.
"""
ARTICLES = {"harbour.md": HARBOUR, "tram.md": TRAM, "regatta.md": REGATTA, "undated.txt": UNDATED}


@dataclass(frozen=True, slots=True)
class Ended:
    """A command that has ended: its exit status and what it printed."""

    status: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        """The objects on standard output; fails if a line is anything else."""
        records = [json.loads(line) for line in self.out.splitlines()]
        assert all(isinstance(record, dict) for record in records)
        return records

    @property
    def record(self) -> dict[str, Any]:
        """The one object on standard output."""
        (record,) = self.records
        return record


class CommandLine:
    """Runs commands on one library, in this process."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._capsys = capsys
        self._patch = patch

    def __call__(self, *arguments: str | Path, status: int | None = 0, stdin: bytes | None = b"") -> Ended:
        """Run ``tuireader --library FOLDER arguments``; fail if the exit status is not ``status``.

        A ``status`` of None allows any.
        """
        stream = None if stdin is None else io.TextIOWrapper(io.BytesIO(stdin), "utf-8")
        self._patch.setattr(sys, "stdin", stream)
        self._capsys.readouterr()
        ended_with = main(["--library", str(self.folder), *map(str, arguments)])
        printed = self._capsys.readouterr()
        assert status is None or ended_with == status, printed.err
        return Ended(ended_with, printed.out, printed.err)

    def titles(self, *query: str) -> list[str]:
        """Return the headlines that ``list`` finds, in its order."""
        return [record["title"] for record in self("list", "--json", "--", *query).records]

    def id_of(self, title: str) -> str:
        """Return the id of the one article whose title contains ``title``."""
        return str(self("list", "--json", f'title:"{title}"').record["id"])

    def contents(self) -> dict[str, bytes]:
        """Return every file of the library but its lock, by path, to compare the library before and after."""
        files = (path for path in self.folder.rglob("*") if path.is_file() and path.suffix != ".lock")
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in files}


def write_articles(folder: Path, articles: Mapping[str, str] = ARTICLES) -> Path:
    """Write ``articles`` (file name → text) into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in articles.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def run_program(
    arguments: Sequence[str], *, environment: Mapping[str, str] | None = None, **options: Any
) -> subprocess.CompletedProcess[bytes]:
    """Run ``python -m tuireader`` as a program of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tuireader", *arguments],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        timeout=300,
        check=False,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL, **options},
    )
