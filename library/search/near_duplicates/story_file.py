"""The tables of ``search.db`` that store fingerprints, similar pairs and stories.

Each article has a fingerprint of its text. A contentless inverted index holds the rows of each shingle.
``alike`` are the similar pairs found with it, and ``stories`` are the groups they form. Rows in
``unsettled`` have not yet been compared with the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from library.search.near_duplicates.fingerprints import Fingerprint

if TYPE_CHECKING:
    from sqlite3 import Connection

SCHEMA = """
DROP TABLE IF EXISTS shingle_rows; DROP TABLE IF EXISTS shingles; DROP TABLE IF EXISTS fingerprints;
DROP TABLE IF EXISTS alike; DROP TABLE IF EXISTS unsettled; DROP TABLE IF EXISTS stories;
DROP TABLE IF EXISTS story_edition;
CREATE VIRTUAL TABLE shingles USING fts5(
    kept, content='', detail=none, columnsize=0, tokenize='ascii');
CREATE VIRTUAL TABLE shingle_rows USING fts5vocab(shingles, instance);
CREATE TABLE fingerprints(row INTEGER PRIMARY KEY, rate INTEGER, shingles BLOB, address TEXT);
CREATE INDEX fingerprints_by_address ON fingerprints(address) WHERE address != '';
CREATE TABLE alike(row INTEGER, other INTEGER, strength REAL, PRIMARY KEY (row, other)) WITHOUT ROWID;
CREATE TABLE unsettled(row INTEGER PRIMARY KEY);
CREATE TABLE stories(row INTEGER PRIMARY KEY, story INTEGER);
CREATE TABLE story_edition(number INTEGER);
INSERT INTO story_edition VALUES (0);
"""

COMMON = 40
"""A shingle of more articles is no sign of a story, but of what a source writes under all of them."""

AT_ONCE = 100
"""Number of rows written or read by one call of SQLite."""

_LIVE_ROWS = """
SELECT found.rowid FROM shingles(?) AS found CROSS JOIN fingerprints ON row = found.rowid LIMIT ?
"""


def term_of(shingle: int) -> str:
    """How a shingle is written in the inverted index: without the zeros at its end, which a rate brings."""
    return f"{shingle:08x}".rstrip("0") or "0"


def shingle_of(term: str) -> int:
    """The shingle that is written so."""
    return int(term.ljust(8, "0"), 16)


def insert_rows(connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert ``rows``, many of them in one call of SQLite, so that other threads go on meanwhile.

    ``statement`` is what is before VALUES. Raises sqlite3.Error.
    """
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        places = f"({', '.join('?' * len(some[0]))})"
        asked = f"{statement} VALUES {', '.join([places] * len(some))}"
        connection.execute(asked, [value for row in some for value in row])


def remember(connection: Connection, new: Sequence[tuple[int, Fingerprint, str]]) -> None:
    """Record rows with the fingerprints and addresses of articles, empty if there is none.

    Raises sqlite3.Error.
    """
    kept = [(row, " ".join(map(term_of, fingerprint.shingles))) for row, fingerprint, _ in new]
    insert_rows(connection, "INSERT INTO shingles(rowid, kept)", kept)
    known = [(row, one.rate, one.to_bytes(), address) for row, one, address in new]
    insert_rows(connection, "INSERT INTO fingerprints", known)
    insert_rows(connection, "INSERT INTO unsettled", [(row,) for row, _, _ in new])


def forget(connection: Connection, row: int) -> None:
    """Forget an article; what was like it is unsettled again. Raises sqlite3.Error."""
    previous = fingerprints(connection, (row,)).get(row)
    if previous is None:
        return
    unsettle(connection, neighbours(connection, row))
    connection.execute("DELETE FROM fingerprints WHERE row = ?", (row,))
    for shingle in previous.shingles:
        left = rows_with(connection, shingle, COMMON + 1)
        if len(left) == COMMON:  # it was common until now
            unsettle(connection, left)
    connection.execute(
        "DELETE FROM alike WHERE other = ?1 AND row IN (SELECT other FROM alike WHERE row = ?1)", (row,)
    )
    for table in ("alike", "stories", "unsettled"):
        connection.execute(f"DELETE FROM {table} WHERE row = ?", (row,))


def unsettle(connection: Connection, rows: Iterable[int]) -> None:
    """Mark rows to be compared with the others again. Raises sqlite3.Error."""
    connection.executemany("INSERT OR IGNORE INTO unsettled VALUES (?)", ((row,) for row in rows))


def neighbours(connection: Connection, row: int) -> dict[int, float]:
    """The rows that are like ``row``, each with how much. Raises sqlite3.Error."""
    return dict(connection.execute("SELECT other, strength FROM alike WHERE row = ?", (row,)).fetchall())


def rows_with(connection: Connection, shingle: int, limit: int) -> list[int]:
    """The first ``limit`` rows that have a shingle. Raises sqlite3.Error."""
    return [row for (row,) in connection.execute(_LIVE_ROWS, (term_of(shingle), limit))]


def rows_at(connection: Connection, address: str) -> list[int]:
    """The rows of the articles with this address. Raises sqlite3.Error."""
    asked = "SELECT row FROM fingerprints WHERE address = ? AND address != ''"
    return [row for (row,) in connection.execute(asked, (address,))]


def fingerprints(connection: Connection, rows: Iterable[int]) -> dict[int, Fingerprint]:
    """The fingerprints of rows that are there. Raises sqlite3.Error."""
    asked = "SELECT row, rate, shingles FROM fingerprints WHERE row = ?"
    each = (connection.execute(asked, (row,)).fetchone() for row in rows)
    return {row: Fingerprint.from_bytes(rate, data) for row, rate, data in filter(None, each)}


def story_edition(connection: Connection) -> tuple[str, int]:
    """A number that changes whenever a story changes. Raises sqlite3.Error."""
    generation, number = connection.execute("SELECT generation, number FROM meta, story_edition").fetchone()
    return generation, number


def story_numbers(connection: Connection) -> dict[str, int]:
    """Id of an article → number of its story, for stories of several articles. Raises sqlite3.Error."""
    asked = "SELECT id, story FROM stories CROSS JOIN articles ON articles.row = stories.row"
    return dict(connection.execute(asked).fetchall())
