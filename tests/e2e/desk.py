"""A user's machine for a test: a home folder, a library, and the programs that run on it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from terminal import PATIENCE, ROOT, Terminal

from library import Library


class Desk:
    """A user's machine: a home folder, a library, terminals for the reader, and a shell."""

    def __init__(self, home: Path, programs: ExitStack) -> None:
        self.library = home / "library"
        self.environment = {
            "HOME": str(home),
            "TERM": "xterm-256color",
            "TEXTUAL_ANIMATIONS": "none",
            "TUIREADER_LIBRARY": str(self.library),
            "BROWSER": "true",
            **{f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "STATE", "CONFIG", "CACHE")},
        }
        self._programs = programs
        # Whoever sits here has seen the welcome, unless a test removes this file.
        self.state_file = home / "state/tuireader/state.json"
        self.state_file.parent.mkdir(parents=True)
        self.state_file.write_text('{"welcomed": true}', "utf-8")

    def open_reader(
        self, columns: int = 100, rows: int = 30, *, before: Callable[[], None] = lambda: None
    ) -> Terminal:
        """Open the reader in a terminal of its own, closed at the end of the test."""
        terminal = Terminal(environment=self.environment, columns=columns, rows=rows, before=before)
        return self._programs.enter_context(terminal)

    def add_starter_articles(self) -> None:
        """Create the library as the reader does at its first start."""
        with Library.open(self.library) as library:
            library.importing.add_starter_articles()

    def run(self, *arguments: str | Path, **options: Any) -> list[dict[str, Any]]:
        """Run a command with ``--json`` as a separate program; return its records."""
        run = subprocess.run(
            [sys.executable, "-m", "tuireader", *map(str, arguments), "--json"],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=True,
            **options,
        )
        return [json.loads(line) for line in run.stdout.splitlines()]
