"""Time from the start of the program to the first list, in a pseudo-terminal: ours and newsboat's.

Newsboat (package ``newsboat``) gets the same articles in its cache. If it is not installed, it is skipped.
"""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.generator import NOW, generate
from library.search.first_page import first_articles

TIMEOUT = 120
RUNS = 5
SETTLING, REST = 10.0, 20.0
"""Seconds after the whole list until the reader rests, and for which it is measured then."""

FEED = "http://feed.example.org/rss"
NEWSBOAT_LIST = b"Articles in feed"
WHOLE_LIST, HELP = b"newest first", b"type to search"


class NotInstalled(Exception):
    """The peer is not installed on this machine."""


def first_list(folder: Path, count: int) -> tuple[float, float]:
    """Return the seconds to the first list of the library in ``folder``: ours, newsboat's.

    Raises NotInstalled.
    """
    headline = first_articles(folder, 1)[0].title[:24].encode()
    return _pair(folder, count, headline, b"")


def first_key(folder: Path, count: int) -> tuple[float, float]:
    """Return our seconds until a key pressed at once shows the help, and newsboat's to its list."""
    return _pair(folder, count, HELP, b"?")


def _pair(folder: Path, count: int, marker: bytes, key: bytes) -> tuple[float, float]:
    peer = _newsboat(folder.with_name(f"newsboat-{count}"), count)
    pairs = [
        (_seconds(_reader(folder), marker, key), _seconds(peer, NEWSBOAT_LIST, b"")) for _ in range(RUNS)
    ]
    return min(first for first, _ in pairs), min(second for _, second in pairs)


def peak_memory(folder: Path) -> int:
    """Return the peak memory (resident set, in bytes) of the reader after the whole list and one search."""
    with _started(_reader(folder)) as (child, terminal):
        _wait(terminal, WHOLE_LIST)
        os.write(terminal, b"/tag:world/* date:2020\r")
        _wait(terminal, b" of ")
        time.sleep(2)  # for counting in the background
        status = Path(f"/proc/{child}/status").read_text("utf-8")
    found = re.search(r"VmHWM:\s*(\d+) kB", status)
    return int(found[1]) * 1024 if found else 0


def version() -> tuple[float, float]:
    """Measure the seconds of ``--version``, and of a Python program that does nothing."""
    ours, peer = [sys.executable, "-m", "tuireader", "--version"], [sys.executable, "-c", "pass"]
    return _run_pair(ours, peer)


def listing(folder: Path, count: int) -> tuple[float, float]:
    """Measure the seconds of ``list --limit 20``, and of newsboat's count of unread articles.

    Raises:
        NotInstalled: newsboat is missing.
    """
    peer = _newsboat(folder.with_name(f"newsboat-{count}"), count)
    return _run_pair([*_reader(folder), "list", "--limit", "20"], [*peer, "-x", "print-unread"])


def _run_pair(ours: Sequence[str], peer: Sequence[str]) -> tuple[float, float]:
    pairs = [(_run_seconds(ours), _run_seconds(peer)) for _ in range(RUNS)]
    return min(first for first, _ in pairs), min(second for _, second in pairs)


def _run_seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def at_rest(folder: Path) -> tuple[float, float]:
    """Measure the processor seconds of the open reader while no key is pressed, and the seconds."""
    with _started(_reader(folder)) as (child, terminal):
        _wait(terminal, WHOLE_LIST)
        _drain(terminal, SETTLING)
        before, start = _processor_seconds(child), time.perf_counter()
        _drain(terminal, REST)
        return _processor_seconds(child) - before, time.perf_counter() - start


def _processor_seconds(process: int) -> float:
    """Return the processor time of a process."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _drain(terminal: int, seconds: float) -> None:
    """Read what the program writes for some time."""
    end = time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0:
        if select.select([terminal], [], [], left)[0]:
            os.read(terminal, 65536)


def _reader(folder: Path) -> list[str]:
    return [sys.executable, "-m", "tuireader", "--library", str(folder)]


def _newsboat(folder: Path, count: int) -> list[str]:
    """Return a newsboat command with a cache of the same articles; it opens the list of the only feed."""
    if shutil.which("newsboat") is None:
        raise NotInstalled("newsboat")
    command = ["newsboat", "-q", "-u", str(folder / "urls"), "-c", str(folder / "cache.db")]
    command += ["-C", str(folder / "config")]
    if folder.exists():
        return command
    folder.mkdir()
    (folder / "urls").write_text(FEED + "\n")
    (folder / "config").write_text("run-on-startup open\nrefresh-on-startup no\n")
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


@contextmanager
def _started(command: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Run ``command`` in a terminal of 120 by 40 during the block; yield its process id and its terminal."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS="120", LINES="40", TEXTUAL_ANIMATIONS="none")
        os.execvp(command[0], list(command))
    try:
        yield child, terminal
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def _wait(terminal: int, marker: bytes) -> None:
    """Wait until the program has written ``marker``."""
    seen = b""
    while marker not in seen:
        ready, _, _ = select.select([terminal], [], [], TIMEOUT)
        if not ready:
            raise TimeoutError(f"“{marker.decode()}” was not shown")
        seen += os.read(terminal, 65536)


def _seconds(command: Sequence[str], marker: bytes, key: bytes) -> float:
    """Return the seconds from the start of ``command`` until it writes ``marker``; press ``key`` at once."""
    start = time.perf_counter()
    with _started(command) as (_, terminal):
        if key:
            os.write(terminal, key)
        _wait(terminal, marker)
        return time.perf_counter() - start
