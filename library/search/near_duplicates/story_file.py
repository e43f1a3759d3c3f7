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
"""Number of articles above which a shingle is ignored: it is boilerplate of a source, not part of a story."""

AT_ONCE = 100
"""Maximum number of rows written or read by one call of SQLite."""

_LIVE_ROWS = """
SELECT found.rowid FROM shingles(?) AS found CROSS JOIN fingerprints ON row = found.rowid LIMIT ?
"""


def term_of(shingle: int) -> str:
    """Return the term of a shingle in the inverted index: in hexadecimal, without trailing zeros.

    Shingles kept at a high rate end in zeros.
    """
    return f"{shingle:08x}".rstrip("0") or "0"


def shingle_of(term: str) -> int:
    """Return the shingle of a term in the inverted index."""
    return int(term.ljust(8, "0"), 16)


def insert_rows(connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert ``rows``, many in one call of SQLite, so that other threads can run meanwhile.

    ``statement`` is the part before VALUES. Raises sqlite3.Error.
    """
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        places = f"({', '.join('?' * len(some[0]))})"
        asked = f"{statement} VALUES {', '.join([places] * len(some))}"
        connection.execute(asked, [value for row in some for value in row])


def remember(connection: Connection, new: Sequence[tuple[int, Fingerprint, str]]) -> None:
    """Store new rows with fingerprint and address of each article; an address may be empty.

    Raises sqlite3.Error.
    """
    kept = [(row, " ".join(map(term_of, fingerprint.shingles))) for row, fingerprint, _ in new]
    insert_rows(connection, "INSERT INTO shingles(rowid, kept)", kept)
    known = [(row, one.rate, one.to_bytes(), address) for row, one, address in new]
    insert_rows(connection, "INSERT INTO fingerprints", known)
    insert_rows(connection, "INSERT INTO unsettled", [(row,) for row, _, _ in new])


def forget(connection: Connection, row: int) -> None:
    """Delete a row and mark the rows like it as unsettled. Raises sqlite3.Error."""
    previous = fingerprints(connection, (row,)).get(row)
    if previous is None:
        return
    unsettle(connection, neighbours(connection, row))
    connection.execute("DELETE FROM fingerprints WHERE row = ?", (row,))
    for shingle in previous.shingles:
        left = rows_with(connection, shingle, COMMON + 1)
        if len(left) == COMMON:  # it was common before the deletion
            unsettle(connection, left)
    connection.execute(
        "DELETE FROM alike WHERE other = ?1 AND row IN (SELECT other FROM alike WHERE row = ?1)", (row,)
    )
    for table in ("alike", "stories", "unsettled"):
        connection.execute(f"DELETE FROM {table} WHERE row = ?", (row,))


def unsettle(connection: Connection, rows: Iterable[int]) -> None:
    """Mark rows for another comparison. Raises sqlite3.Error."""
    connection.executemany("INSERT OR IGNORE INTO unsettled VALUES (?)", ((row,) for row in rows))


def neighbours(connection: Connection, row: int) -> dict[int, float]:
    """Return the rows like ``row`` and their resemblance. Raises sqlite3.Error."""
    return dict(connection.execute("SELECT other, strength FROM alike WHERE row = ?", (row,)).fetchall())


def rows_with(connection: Connection, shingle: int, limit: int) -> list[int]:
    """Return the first ``limit`` rows that have a shingle. Raises sqlite3.Error."""
    return [row for (row,) in connection.execute(_LIVE_ROWS, (term_of(shingle), limit))]


def rows_at(connection: Connection, address: str) -> list[int]:
    """Return the rows of the articles with this address. Raises sqlite3.Error."""
    asked = "SELECT row FROM fingerprints WHERE address = ? AND address != ''"
    return [row for (row,) in connection.execute(asked, (address,))]


def fingerprints(connection: Connection, rows: Iterable[int]) -> dict[int, Fingerprint]:
    """Return the fingerprints of those of ``rows`` that exist. Raises sqlite3.Error."""
    asked = "SELECT row, rate, shingles FROM fingerprints WHERE row = ?"
    each = (connection.execute(asked, (row,)).fetchone() for row in rows)
    return {row: Fingerprint.from_bytes(rate, data) for row, rate, data in filter(None, each)}


def story_edition(connection: Connection) -> tuple[str, int]:
    """Return a value that changes whenever the stories are updated. Raises sqlite3.Error."""
    generation, number = connection.execute("SELECT generation, number FROM meta, story_edition").fetchone()
    return generation, number


def story_numbers(connection: Connection) -> dict[str, int]:
    """Return article id → number of its story, for stories of several articles. Raises sqlite3.Error."""
    asked = "SELECT id, story FROM stories CROSS JOIN articles ON articles.row = stories.row"
    return dict(connection.execute(asked).fetchall())
