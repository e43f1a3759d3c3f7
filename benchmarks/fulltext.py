"""Searches with the full-text index, compared with ``grep -ril`` over the texts and ``LIKE`` in SQLite.

    python -m benchmarks.fulltext [COUNT]

Prints the times for building, for adding one article and for fifty queries, and the size. The peers have the
same texts: grep as files, SQLite as a table of lower-case texts. Times are elapsed times, with the CPU time
of this process in parentheses.
"""

from __future__ import annotations

import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from benchmarks.generator import generate, make_library
from library import Library

COUNT = 10_000
FIRST = 50
PEER_QUERIES = 5


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return the elapsed seconds and the CPU seconds of ``work``."""
    clock, process = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - process


def _queries() -> list[str]:
    """Return fifty queries: common and rare words, pairs, phrases, prefixes, exclusions, fields, dates."""
    words = [word.strip(".").lower() for _, body in islice(generate(20), 20) for word in body.split()]
    common = [word for word, _ in statistics_of(words)]
    rare = common[::-1]
    return [
        *common[:12],
        *rare[:12],
        *(f"{one} {other}" for one, other in zip(common[2:8], rare[20:26], strict=True)),
        *(f'"{words[place]} {words[place + 1]}"' for place in range(1, 60, 10)),
        *(f"{word[:4]}*" for word in rare[40:46]),
        *(f"{common[place]} -{common[place + 1]}" for place in range(4)),
        *(f"title:{word}" for word in common[4:6]),
        *(f"{word} date:2020" for word in common[:2]),
    ]


def statistics_of(words: list[str]) -> list[tuple[str, int]]:
    """Return the words of at least three letters with their counts, the most frequent first."""
    from collections import Counter

    return [(word, count) for word, count in Counter(words).most_common() if len(word) > 2 and word.isalpha()]


def _size(paths: list[Path]) -> int:
    return sum(path.stat().st_size for path in paths)


def _like_table(library: Library, file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE texts(id TEXT, body TEXT)")
    rows = ((article.id, library.articles.body(article.id).lower()) for article in library.select())
    connection.executemany("INSERT INTO texts VALUES (?, ?)", rows)
    connection.commit()
    return connection


def _peers(library: Library, words: list[str], folder: Path) -> tuple[float, float]:
    """Return the median seconds of grep and of LIKE for one word."""
    table = _like_table(library, folder / "like.db")
    grep, like = [], []
    for word in words:
        command = ["grep", "-ril", "--", word, str(library.path / "texts")]
        grep.append(_timed(lambda command=command: subprocess.run(command, capture_output=True))[0])
        question, value = "SELECT id FROM texts WHERE body LIKE ?", (f"%{word}%",)
        like.append(_timed(lambda q=question, v=value: table.execute(q, v).fetchall())[0])
    table.close()
    return statistics.median(grep), statistics.median(like)


def _first(library: Library, query: str) -> None:
    """Read the first articles found, as many as a screen shows."""
    for key in library.search.ids(query)[:FIRST]:
        library.articles.get(key)


def _one_more(library: Library) -> tuple[float, float]:
    """Return the seconds to index one imported article, the median of nine."""
    taken = []
    for number in range(9):
        library.importing.add_bytes(
            f"{number}.md", f"# More {number}\n\nSomething {number} came in.\n".encode() * 20
        )
        taken.append(_timed(lambda: list(library.search.index_texts())))
    return sorted(taken)[len(taken) // 2]


def main(count: int) -> None:
    """Measure a library of ``count`` articles."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_library(folder / "library", count)
        texts = _size([path for path in (folder / "library" / "texts").rglob("*") if path.is_file()])
        with Library.open(folder / "library") as library:
            build = _timed(lambda: list(library.search.index_texts()))
        size = _size([folder / "library" / "search.db"])
        with Library.open(folder / "library") as library:
            library.search.ids()
            queries = _queries()
            opening = _timed(lambda: library.search.ids(queries[0]))
            taken = [_timed(lambda query=query: _first(library, query)) for query in queries]
            grep, like = _peers(library, [*queries[:2], *queries[12:15]], folder)
            more = _one_more(library)
    times = sorted(clock for clock, _ in taken)
    median, work = statistics.median(times), statistics.median(process for _, process in taken)
    print(f"{count:,} articles, texts of {texts / 1e6:.0f} MB; {len(queries)} queries")
    print(f"build              {build[0]:8.2f} s  ({build[1]:.2f} s)")
    print(f"search.db          {size / 1e6:8.0f} MB ({size / texts:.2f} of the texts)")
    print(f"first query        {opening[0] * 1e3:8.1f} ms ({opening[1] * 1e3:.1f} ms), compares all articles")
    print(f"query, median      {median * 1e3:8.1f} ms ({work * 1e3:.1f} ms)")
    print(f"query, slowest     {times[-1] * 1e3:8.1f} ms")
    print(f"one more article   {more[0] * 1e3:8.1f} ms ({more[1] * 1e3:.1f} ms)")
    print(f"grep -ril          {grep * 1e3:8.1f} ms ({grep / median:.0f} times the median query)")
    print(f"LIKE               {like * 1e3:8.1f} ms ({like / median:.0f} times the median query)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
