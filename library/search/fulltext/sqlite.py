"""``search.db``: the full-text index as an SQLite database (FTS5).

The index is *contentless*: it stores no text, and its rows are never changed. A changed article gets a new
row, and the table ``articles`` says which row is current. Row numbers are never reused.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import orjson

from library.search.fulltext.tokens import COLUMNS
from library.search.near_duplicates.fingerprints import Fingerprint
from library.search.near_duplicates.grouping import update_stories
from library.search.near_duplicates.story_file import AT_ONCE, forget, insert_rows, remember
from library.search.near_duplicates.story_file import SCHEMA as STORIES_SCHEMA

if TYPE_CHECKING:
    from sqlite3 import Connection

FILE_NAME = "search.db"

VERSION = f"4 {unicodedata.unidata_version}"
"""Version of the file layout and of the tokens, which depend on the Unicode tables."""

_WAIT_SECONDS = 2.0
"""Maximum number of seconds to wait for another program that is writing."""

_LOG_BYTES = 16 << 20
"""Size to which the write-ahead log is cut after a checkpoint, in bytes."""

_HASH_BYTES = 16 << 20
"""Bytes that FTS5 collects in memory before it writes them."""

_MOST_SEGMENTS = 16
"""Number of segments of one level from which FTS5 merges them, a little with each write; see ``merge``."""

_MERGED_PAGES = 2000
"""Number of pages merged in one transaction, which takes a tenth of a second."""

_MERGED_BY_ANY = 2
"""Number of changes by ``merge`` below which no work is left (from SQLite's manual)."""

_MOST_EMPTY = 0.01
"""Share of the file that may be empty; new rows are written into the empty part."""

_WEIGHTS = (1.0, 8.0, 2.0, 2.0, 3.0)
"""Weight of a hit in each of the columns."""

_SCHEMA = f"""
BEGIN IMMEDIATE;
DROP TABLE IF EXISTS meta; DROP TABLE IF EXISTS articles; DROP TABLE IF EXISTS words;
CREATE TABLE meta(version TEXT, generation TEXT, first_row INTEGER, next_row INTEGER);
CREATE TABLE articles(id TEXT PRIMARY KEY, row INTEGER, stamp INTEGER, content INTEGER) WITHOUT ROWID;
CREATE INDEX articles_by_row ON articles(row);
CREATE VIRTUAL TABLE words USING fts5({", ".join(COLUMNS)}, content='', tokenize='ascii');
{STORIES_SCHEMA}"""


_LARGEST_ROW = 50_000_000
"""Largest row number that is believed. A larger one is damage, and memory grows with it."""

_TEMPORARY = frozenset(
    ["PERM", "BUSY", "LOCKED", "NOMEM", "READONLY", "INTERRUPT", "FULL", "CANTOPEN", "PROTOCOL", "AUTH"]
)
"""SQLite errors that do not depend on the contents of the file."""


class IndexDamaged(Exception):
    """The file is an SQLite database with impossible contents."""


def is_damage(error: Exception, *, complete: bool = True) -> bool:
    """Return True if ``error``, raised while the file was used, means that it must be rebuilt.

    Unless ``complete``, the tables may not exist yet, and their absence is no damage.
    """
    import sqlite3

    if isinstance(error, sqlite3.Error):
        name: str | None = getattr(error, "sqlite_errorname", None)
        if name is None:  # raised by Python's module: a ProgrammingError means a closed connection
            return isinstance(error, sqlite3.OperationalError | sqlite3.DataError)
        kind = name.removeprefix("SQLITE_").partition("_")[0]
        return kind not in _TEMPORARY and (complete or kind != "ERROR")
    return not isinstance(error, OSError)


_TABLES = frozenset(re.findall(r"CREATE (?:VIRTUAL )?TABLE (\w+)", _SCHEMA))


class Edition(NamedTuple):
    """The version of the file. A new ``generation`` means that it was rebuilt."""

    version: str
    generation: str
    first_row: int
    next_row: int


Row = tuple[str, int, int, int]
"""The record of an article: id, row, stamp of its documents, digest of its indexed fields."""


class Entry(NamedTuple):
    """An article to be recorded; ``columns`` are its tokens, None if only its stamp is new.

    ``fingerprint`` and ``address`` reveal near-duplicates (``library.stories``).
    """

    id: str
    stamp: int
    content: int
    columns: tuple[str, ...] | None
    fingerprint: Fingerprint = Fingerprint(1, frozenset())
    address: str = ""


def connect(folder: Path, *, make: bool = False) -> Connection:
    """Open the database of the library in ``folder``. With ``make``, create it if needed, for writing.

    Raises sqlite3.Error if it cannot be opened.
    """
    import sqlite3

    if make:
        _make_private(folder)
    address = f"{(folder / FILE_NAME).absolute().as_uri()}?mode={'rwc' if make else 'rw'}"
    connection = sqlite3.connect(
        address, uri=True, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
    )
    if make:
        try:
            _prepare_to_write(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def _make_private(folder: Path) -> None:
    """Let only the user read the database; SQLite gives its other files the same permissions."""
    with contextlib.suppress(OSError):  # SQLite will report why it cannot be opened
        descriptor = os.open(folder / FILE_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        os.close(descriptor)
        for suffix in ("", "-wal", "-shm", "-journal"):
            with contextlib.suppress(FileNotFoundError):
                path = folder / f"{FILE_NAME}{suffix}"
                if path.stat().st_mode & 0o077:
                    path.chmod(0o600)


def _prepare_to_write(connection: Connection) -> None:
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # has no effect once a table exists
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA journal_size_limit = {_LOG_BYTES}")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA secure_delete = FAST")  # full deletion would overwrite all merged pages


def identity(folder: Path) -> tuple[int, int] | None:
    """Return device and inode of the database file, which identify it; None if there is no file."""
    try:
        found = (folder / FILE_NAME).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def discard(folder: Path) -> None:
    """Delete the damaged database; everything in it can be rebuilt. Raises OSError.

    The main file is deleted last: another program may rebuild it at once, and the new log must stay.
    """
    for suffix in ("-wal", "-shm", "-journal", ""):
        path = folder / f"{FILE_NAME}{suffix}"
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)


def start_again(connection: Connection) -> None:
    """Empty the index, or create it. Raises sqlite3.Error."""
    import sqlite3

    try:
        first = edition(connection).next_row
    except (sqlite3.OperationalError, IndexDamaged):  # no table, or invalid contents
        first = 1
    try:
        connection.executescript(_SCHEMA)
        for table in ("words", "shingles"):
            for option, value in (("hashsize", _HASH_BYTES), ("automerge", _MOST_SEGMENTS)):
                connection.execute(f"INSERT INTO {table}({table}, rank) VALUES (?, ?)", (option, value))
        connection.execute(
            "INSERT INTO meta VALUES (?, ?, ?, ?)", (VERSION, secrets.token_hex(8), first, first)
        )
        connection.execute("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise


def is_complete(connection: Connection) -> bool:
    """Return True if all tables exist in the current version. Raises sqlite3.Error, IndexDamaged."""
    found = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return "meta" in found and edition(connection).version == VERSION and found.issuperset(_TABLES)


def edition(connection: Connection) -> Edition:
    """Return the current edition. Raises sqlite3.Error, IndexDamaged."""
    found = connection.execute("SELECT version, generation, first_row, next_row FROM meta").fetchone()
    if not found:
        return Edition("", "", 1, 1)
    present = Edition(*found)
    texts, numbers = present[:2], present[2:]
    if not all(type(one) is str for one in texts) or not all(type(one) is int for one in numbers):
        raise IndexDamaged
    if not 0 < present.first_row <= present.next_row <= _LARGEST_ROW:
        raise IndexDamaged
    return present


def names_from(connection: Connection, row: int) -> list[tuple[int, str]]:
    """Return row and id of the articles recorded in ``row`` and later rows. Raises sqlite3.Error."""
    return connection.execute("SELECT row, id FROM articles WHERE row >= ? ORDER BY row", (row,)).fetchall()


def recorded(connection: Connection, ids: Sequence[str] | None = None) -> dict[str, Row]:
    """Return the records of articles (None: all) by id. Raises sqlite3.Error, IndexDamaged."""
    columns = "SELECT id, row, stamp, content FROM articles"
    found: dict[str, Row] = {}
    if ids is None:
        found = {row[0]: row for row in connection.execute(columns)}
    for start in range(0, len(ids or ()), AT_ONCE):
        some = (ids or ())[start : start + AT_ONCE]
        asked = f"{columns} WHERE id IN ({', '.join('?' * len(some))})"
        found.update((row[0], row) for row in connection.execute(asked, some))
    limit, numbers = edition(connection).next_row, {row for _, row, _, _ in found.values()}
    if len(numbers) < len(found) or not all(type(key) is str for key in found):  # two articles share a row
        raise IndexDamaged
    if not all(type(row) is int and 0 < row < limit for row in numbers):
        raise IndexDamaged
    return found


def check(connection: Connection) -> None:
    """Check the whole file. Raises IndexDamaged, sqlite3.Error."""
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise IndexDamaged
    connection.execute("BEGIN IMMEDIATE")
    try:
        for table in ("words", "shingles"):
            connection.execute(f"INSERT INTO {table}({table}) VALUES ('integrity-check')")
        recorded(connection)
        connection.execute("SELECT number FROM story_edition").fetchone()
    finally:
        _roll_back(connection)


def rows_matching(connection: Connection, expression: str, generation: str) -> list[int] | None:
    """Return the rows that match; None if ``generation`` is no longer current. Raises sqlite3.Error."""
    with reading(connection):
        if edition(connection).generation != generation:
            return None
        # One string of all row numbers is decoded in half the time that fetching the rows would take.
        asked = "SELECT group_concat(rowid) FROM words WHERE words MATCH ?"
        (found,) = connection.execute(asked, (expression,)).fetchone()
    rows: list[int] = orjson.loads(f"[{found or ''}]")
    return rows


def ranks_matching(connection: Connection, expression: str, generation: str) -> list[tuple[int, float]]:
    """Return the rows that match, each with its rank (bm25; higher is better). Raises sqlite3.Error."""
    weights = ", ".join(map(str, _WEIGHTS))
    with reading(connection):
        if edition(connection).generation != generation:
            return []
        return connection.execute(
            f"SELECT rowid, -bm25(words, {weights}) FROM words WHERE words MATCH ?", (expression,)
        ).fetchall()


def record(
    connection: Connection, generation: str, entries: Sequence[Entry], gone: Sequence[str] = ()
) -> bool:
    """Record ``entries`` and delete the articles ``gone``, in one transaction.

    Change nothing and return False if ``generation`` is no longer current. Raises sqlite3.Error.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        present = edition(connection)
        if present.generation != generation:
            connection.execute("ROLLBACK")
            return False
        row = _record(connection, entries, present.next_row)
        for _, previous, _, _ in recorded(connection, gone).values():
            forget(connection, previous)
        connection.executemany("DELETE FROM articles WHERE id = ?", [(key,) for key in gone])
        connection.execute("UPDATE meta SET next_row = ?", (row,))
        connection.execute("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise
    return True


def _record(connection: Connection, entries: Sequence[Entry], row: int) -> int:
    """Record articles in rows from ``row`` on, except unchanged ones; return the next free row."""
    known = recorded(connection, [entry.id for entry in entries])
    same = {entry.id for entry in entries if entry.id in known and known[entry.id][3] == entry.content}
    marks = [(entry.stamp, entry.id) for entry in entries if entry.id in same]
    connection.executemany("UPDATE articles SET stamp = ? WHERE id = ?", marks)
    new = [entry for entry in entries if entry.id not in same and entry.columns is not None]
    for entry in new:
        if entry.id in known:
            forget(connection, known[entry.id][1])
    rows = list(enumerate(new, row))
    remember(connection, [(number, one.fingerprint, one.address) for number, one in rows])
    words = [(number, *(one.columns or ())) for number, one in rows]
    insert_rows(connection, f"INSERT INTO words(rowid, {', '.join(COLUMNS)})", words)
    articles = [(one.id, number, one.stamp, one.content) for number, one in rows]
    insert_rows(connection, "INSERT OR REPLACE INTO articles", articles)
    return row + len(new)


def merge(connection: Connection, *, wholly: bool) -> None:
    """Merge segments of the index. Each transaction adds one, and every query searches all of them.

    One call merges a limited number of pages, or everything with ``wholly``. Raises sqlite3.Error.
    """
    for table in ("shingles", "words"):
        before, merged = 0, _MERGED_BY_ANY
        while merged >= _MERGED_BY_ANY:
            before = connection.total_changes
            connection.execute(f"INSERT INTO {table}({table}, rank) VALUES ('merge', ?)", (_MERGED_PAGES,))
            merged = connection.total_changes - before if wholly else 0
    _give_back(connection)


def _give_back(connection: Connection) -> None:
    """Shrink the file, a few pages at a time, while too much of it is empty. Raises sqlite3.Error."""
    before = pages = connection.execute("PRAGMA page_count").fetchone()[0]
    empty = connection.execute("PRAGMA freelist_count").fetchone()[0]
    while empty > pages * _MOST_EMPTY and empty != before:
        connection.execute(f"PRAGMA incremental_vacuum({_MERGED_PAGES})").fetchall()
        before, empty = empty, connection.execute("PRAGMA freelist_count").fetchone()[0]


def record_stories(connection: Connection, generation: str) -> None:
    """Update the stories if ``generation`` is still current. Raises sqlite3.Error."""
    if not connection.execute("SELECT EXISTS (SELECT 1 FROM unsettled)").fetchone()[0]:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        if edition(connection).generation == generation:
            update_stories(connection)
        connection.execute("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise


@contextmanager
def reading(connection: Connection) -> Iterator[None]:
    """Read from one snapshot inside the block, even if another program writes. Raises sqlite3.Error."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        _roll_back(connection)


def _roll_back(connection: Connection) -> None:
    import sqlite3

    with contextlib.suppress(sqlite3.Error):
        if connection.in_transaction:
            connection.execute("ROLLBACK")
