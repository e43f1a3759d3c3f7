"""Comparison of new articles with the others, and grouping of near-duplicates into stories.

The result depends only on the articles, not on their order. A rebuilt index has the same stories as an
updated one.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from typing import TYPE_CHECKING

from library.search.near_duplicates.fingerprints import LEAST_KEPT, Fingerprint, resemblance
from library.search.near_duplicates.story_file import (
    COMMON,
    fingerprints,
    neighbours,
    rows_at,
    rows_with,
    shingle_of,
)

if TYPE_CHECKING:
    from sqlite3 import Connection

Pair = tuple[str, str, float]
"""Two articles and their resemblance, up to 1.0."""


def stories_of(pairs: Iterable[Pair]) -> list[list[str]]:
    """Group articles into stories, the closest pairs first. The order of ``pairs`` makes no difference.

    Two groups are merged only if at least half of all pairs between them are alike (agglomerative clustering
    with average linkage). If a single pair were enough, a column of short news, which resembles many stories,
    would merge them all.
    """
    ordered = [(min(one, other), max(one, other), strength) for one, other, strength in pairs]
    ordered.sort(key=_closest_first)
    alike: dict[str, set[str]] = defaultdict(set)
    for one, other, _ in ordered:
        alike[one].add(other)
        alike[other].add(one)
    groups = {name: [name] for name in alike}
    for one, other, _ in ordered:
        left, right = groups[one], groups[other]
        if left is right:
            continue
        together = sum(len(alike[name].intersection(right)) for name in left)
        if 2 * together >= len(left) * len(right):
            left.extend(right)
            groups.update(dict.fromkeys(right, left))
    return [sorted(group) for name, group in groups.items() if name == min(group) and len(group) > 1]


def _closest_first(pair: Pair) -> tuple[float, str, str]:
    one, other, strength = pair
    return (-strength, one, other)


_MANY = 1000
"""Number of unsettled rows above which comparing all rows with each other is faster."""

_SHARED = """
SELECT term, group_concat(doc) FROM shingle_rows GROUP BY term HAVING count(*) > 1
"""


def update_stories(connection: Connection) -> None:
    """Update the stories. Must be called inside a transaction. Raises sqlite3.Error."""
    pending = {row for (row,) in connection.execute("SELECT row FROM unsettled")}
    if not pending:
        return
    if len(pending) > _MANY:
        _compare_all(connection)
        affected = {row for (row,) in connection.execute("SELECT DISTINCT row FROM alike")}
        connection.execute("DELETE FROM stories")
    else:
        affected = _compare(connection, pending)
    _write_stories(connection, affected)
    connection.execute("DELETE FROM unsettled")
    connection.execute("UPDATE story_edition SET number = number + 1")


def _compare(connection: Connection, pending: Set[int]) -> set[int]:
    """Find the rows like the ``pending`` ones; return all rows whose story may have changed."""
    affected, waiting, compared = set(pending), list(pending), set[int]()
    while waiting:
        row = waiting.pop()
        if row in compared:
            continue
        compared.add(row)
        fingerprint = fingerprints(connection, (row,)).get(row)
        if fingerprint is None:
            continue
        shared, common, crossed = _shared(connection, fingerprint, pending)
        waiting.extend(crossed)
        likely = fingerprints(
            connection, [other for other, n in shared.items() if n >= LEAST_KEPT and other != row]
        )
        alike = {other: resemblance(fingerprint, known, common) for other, known in likely.items()}
        alike = {other: strength for other, strength in alike.items() if strength}
        alike.update(_same_address(connection, row))
        affected |= {row, *neighbours(connection, row), *alike}
        _write_pairs(connection, row, alike)
    return affected


def _shared(
    connection: Connection, fingerprint: Fingerprint, pending: Set[int]
) -> tuple[Counter[int], set[int], set[int]]:
    """Find the rows that share shingles with ``fingerprint``.

    Returns:
        The number of shared shingles by row; the shingles that are common; the rows to compare again,
        because the ``pending`` rows made one of their shingles common.
    """
    shared, common, crossed = Counter[int](), set[int](), set[int]()
    for shingle in fingerprint.shingles:
        rows = rows_with(connection, shingle, COMMON + len(pending) + 1)
        if len(rows) <= COMMON:
            shared.update(rows)
            continue
        common.add(shingle)
        before = [row for row in rows if row not in pending]
        if len(before) <= COMMON:
            crossed.update(before)
    return shared, common, crossed


def _same_address(connection: Connection, row: int) -> dict[int, float]:
    found = connection.execute("SELECT address FROM fingerprints WHERE row = ?", (row,)).fetchone()
    return {other: 1.0 for other in rows_at(connection, found[0]) if other != row} if found else {}


def _write_pairs(connection: Connection, row: int, alike: Mapping[int, float]) -> None:
    """Replace the pairs of ``row`` with ``alike``: the rows like it and their resemblance."""
    gone = [(other, row) for other in neighbours(connection, row) if other not in alike]
    connection.executemany("DELETE FROM alike WHERE row = ? AND other = ?", gone)
    connection.execute("DELETE FROM alike WHERE row = ?", (row,))
    both = [
        pair for other, strength in alike.items() for pair in ((row, other, strength), (other, row, strength))
    ]
    connection.executemany("INSERT OR REPLACE INTO alike VALUES (?, ?, ?)", both)


def _compare_all(connection: Connection) -> None:
    """Compare all rows with each other and write all similar pairs."""
    live = {row for (row,) in connection.execute("SELECT row FROM fingerprints")}
    holders, common = _holders(connection, live)
    connection.execute("DELETE FROM alike")
    asked = "SELECT row, rate, shingles FROM fingerprints"
    for row, rate, data in connection.execute(asked).fetchall():
        shared = Counter(
            other
            for shingle in array("I", data)
            if shingle in holders
            for other in _rows(holders[shingle])
            if other > row and other in live
        )
        likely = fingerprints(connection, [other for other, n in shared.items() if n >= LEAST_KEPT])
        one = Fingerprint.from_bytes(rate, data) if likely else None
        if one is None:
            continue
        alike = {other: resemblance(one, known, common) for other, known in likely.items()}
        _add_pairs(connection, row, {other: strength for other, strength in alike.items() if strength})
    for one_row, other_row in _pairs_by_address(connection):
        _add_pairs(connection, one_row, {other_row: 1.0})


def _holders(connection: Connection, live: Set[int]) -> tuple[dict[int, str], set[int]]:
    """Return the rows of each shingle that several articles have, and the shingles that are common.

    The rows remain the text that SQLite returns, which takes a fifth of the memory.
    """
    holders, common = dict[int, str](), set[int]()
    for term, rows in connection.execute(_SHARED):
        if rows.count(",") >= COMMON and sum(row in live for row in _rows(rows)) > COMMON:
            common.add(shingle_of(term))
        else:
            holders[shingle_of(term)] = rows
    return holders, common


def _rows(written: str) -> Iterator[int]:
    return map(int, written.split(","))


def _add_pairs(connection: Connection, row: int, alike: Mapping[int, float]) -> None:
    both = [
        pair for other, strength in alike.items() for pair in ((row, other, strength), (other, row, strength))
    ]
    connection.executemany("INSERT OR REPLACE INTO alike VALUES (?, ?, ?)", both)


def _pairs_by_address(connection: Connection) -> list[tuple[int, int]]:
    return connection.execute(
        "SELECT one.row, other.row FROM fingerprints AS one JOIN fingerprints AS other"
        " ON one.address = other.address AND one.row < other.row"
        " WHERE one.address != '' AND other.address != ''"
    ).fetchall()


def _write_stories(connection: Connection, affected: Collection[int]) -> None:
    """Write the stories of the rows ``affected`` and of all rows connected with them."""
    left = set(affected)
    while left:
        together = _connected_rows(connection, left.pop())
        left -= together.keys()
        connection.executemany("DELETE FROM stories WHERE row = ?", [(row,) for row in together])
        if len(together) == 1:
            continue
        names = _names(connection, together)
        rows = {name: row for row, name in names.items()}
        pairs = [
            (names[row], names[other], strength)
            for row, alike in together.items()
            for other, strength in alike.items()
            if row < other
        ]
        rows_of_stories = [
            (rows[name], min(rows[name] for name in story)) for story in stories_of(pairs) for name in story
        ]
        connection.executemany("INSERT INTO stories VALUES (?, ?)", rows_of_stories)


def _connected_rows(connection: Connection, row: int) -> dict[int, dict[int, float]]:
    """Return all rows connected with ``row`` by a chain of pairs, each with the rows like it."""
    together, waiting = dict[int, dict[int, float]](), [row]
    while waiting:
        one = waiting.pop()
        if one not in together:
            together[one] = neighbours(connection, one)
            waiting.extend(together[one])
    return together


def _names(connection: Connection, rows: Collection[int]) -> dict[int, str]:
    """Return the ids of rows. Row numbers differ between indexes of the same library; ids do not."""
    asked = "SELECT row, id FROM articles WHERE row = ?"
    return dict(connection.execute(asked, (row,)).fetchone() for row in rows)
