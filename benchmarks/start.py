"""From the start of the program to the first list, in a pseudo-terminal: ours and newsboat's.

Newsboat (package ``newsboat``) gets the same articles in its cache. It is left out where it is not installed.
"""

from __future__ import annotations

import os
import pty
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generator import NOW, generate, make_library

TIMEOUT = 120
RUNS = 3
FEED = "http://feed.example.org/rss"


class NotInstalled(Exception):
    """The peer is not on this machine."""


def first_lists(count: int = 10_000) -> tuple[float, float]:
    """Seconds to the first list of ``count`` articles: ours, newsboat's. Raises NotInstalled."""
    if shutil.which("newsboat") is None:
        raise NotInstalled("newsboat")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_library(folder / "library", count, texts=False)
        ours = [sys.executable, "-m", "tuireader", "--library", str(folder / "library")]
        peer = _newsboat(folder, count)
        pairs = [(_seconds(ours, b"newest first"), _seconds(peer, b"Articles in feed")) for _ in range(RUNS)]
        return min(first for first, _ in pairs), min(second for _, second in pairs)


def _newsboat(folder: Path, count: int) -> list[str]:
    """A newsboat over a cache of the same articles; it opens the list of the only feed."""
    (folder / "urls").write_text(FEED + "\n")
    (folder / "config").write_text("run-on-startup open\nrefresh-on-startup no\n")
    command = ["newsboat", "-q", "-u", str(folder / "urls"), "-c", str(folder / "cache.db")]
    command += ["-C", str(folder / "config")]
    subprocess.run([*command, "-x", "print-unread"], check=False, capture_output=True)
    with sqlite3.connect(folder / "cache.db") as cache:
        cache.execute(
            "INSERT OR REPLACE INTO rss_feed (rssurl, url, title) VALUES (?, ?, ?)", (FEED, FEED, "News")
        )
        cache.executemany(
            "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
            (
                (article.id, article.title, article.authors[0], article.url, FEED, int(NOW.timestamp()), body)
                for article, body in generate(count)
            ),
        )
    return command


def _seconds(command: Sequence[str], marker: bytes) -> float:
    """Seconds from the start of ``command`` in a terminal of 120 by 40 until it has written ``marker``."""
    start = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS="120", LINES="40", TEXTUAL_ANIMATIONS="none")
        os.execvp(command[0], command)
    seen = b""
    try:
        while marker not in seen:
            ready, _, _ = select.select([terminal], [], [], TIMEOUT)
            if not ready:
                raise TimeoutError(f"{command[0]} did not show its list")
            seen += os.read(terminal, 65536)
        return time.perf_counter() - start
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)
