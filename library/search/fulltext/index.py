"""The full-text index of a library, and which articles it covers.

An article is *current* in the index if its indexed content is the same as in the catalogue: headline,
authors, digest of the text, notes and quotes. All other articles are searched in their text files, so an
index that is stale or incomplete never changes a result.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from library.query.tree import Words
from library.search.fulltext.records import Records
from library.search.fulltext.sqlite import (
    VERSION,
    Edition,
    connect,
    edition,
    identity,
    is_damage,
    names_from,
    ranks_matching,
    reading,
    recorded,
    rows_matching,
)
from library.search.fulltext.tokens import all_of, any_of, match_of

if TYPE_CHECKING:
    from sqlite3 import Connection

T = TypeVar("T")

_MOST_RANKED = 3000
"""Maximum number of articles with a word that are ranked; FTS5 takes about 5 µs for each."""

_FEW = 5000
"""Maximum number of articles whose records are read by id; for more, all records are read."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Current articles that can match; if ``exact``, exactly those that match."""

    ids: Set[str]
    exact: bool


class WordIndex(Protocol):
    """The full-text index as queries use it."""

    @property
    def unknown(self) -> Set[str]:
        """Articles that are not current in the index."""

    def candidates(self, words: Words, field: str) -> Candidates | None:
        """Return the current articles with ``words`` in ``field``; None if the index has no answer."""

    def together(self, wanted: Sequence[Words], unwanted: Sequence[Words]) -> Set[str] | None:
        """Return the current articles with all of ``wanted`` and none of ``unwanted``, each in its field.

        None if the index alone has no exact answer.
        """

    def relevance(self, words: Collection[Words]) -> Mapping[str, float]:
        """Return id → rank of each current article that has any of ``words``; higher is better.

        Empty if the words are so common that ranking would be slow and of little use.
        """


class FullText:
    """The index of one library, for reading. Thread-safe. If the index fails, searches still work."""

    def __init__(self, folder: Path, records: Records) -> None:
        self._folder = folder
        self._records = records
        self._turn = threading.RLock()
        self._connection: Connection | None = None
        self._opened: tuple[int, int] | None = None
        self._edition = Edition("", "", 0, 0)
        self._names: list[str | None] = []
        self._rows: dict[str, int] = {}
        self._unknown: frozenset[str] = frozenset()
        self._marked: frozenset[str] = frozenset()
        self._seen: tuple[int, int] | None = None
        self._noted: Mapping[str, int] = {}
        self.damaged = False
        """True if the file was found damaged; it is not used until it has been rebuilt."""
        self.failed = False
        """True if the last use of the file failed for another reason than a temporary one."""
        self.cleaning_due = False
        """True if stale rows are still to be counted."""

    def current(self) -> _View | None:
        """Return the index as it is now; None if no usable index exists."""
        if self._records.changing or self.damaged:
            return None
        with self._turn:
            try:
                connection = self._present()
                return None if connection is None else self._brought_up_to_date(connection)
            except Exception as error:  # a damaged file can cause any exception
                self._give_up(error)
                return None

    def note(self, error: Exception, *, complete: bool = True) -> None:
        """Close the file as damaged if ``error`` shows damage. ``complete`` as for ``is_damage``."""
        if is_damage(error, complete=complete):
            self.damaged = True
            self.close()

    def _give_up(self, error: Exception) -> None:
        self.note(error, complete=False)
        self.failed = is_damage(error)
        self.close()

    def close(self) -> None:
        """Close the file; the next search opens it again."""
        with self._turn:
            self._seen, connection = None, self._connection
            self._connection = None
            if connection is not None:
                with suppress(Exception):  # the file may be damaged
                    connection.close()

    def _present(self) -> Connection | None:
        """Return the connection to the current file; another program may have replaced the file."""
        there = identity(self._folder)
        if there != self._opened:
            self.close()
        if there is not None and self._connection is None:
            self._connection, self._opened = connect(self._folder), there
        return self._connection

    def _brought_up_to_date(self, connection: Connection) -> _View | None:
        with reading(connection):
            return self._compared()

    def _compared(self) -> _View | None:
        assert self._connection is not None
        present = edition(self._connection)
        if present.version != VERSION:
            return None
        seen, noted = self._records.versions, self._records.note_stamps()  # read versions first
        changed = self._changed(noted) if present.generation == self._edition.generation else None
        if changed is None:
            self._compare_all(noted)
        elif changed or present != self._edition:
            self._compare(changed | self._take_new_names(present), noted)
        self._seen, self._noted, self._edition, self.failed = seen, noted, present, False
        return _View(self, self._names, present, self._unknown)

    def _changed(self, noted: Mapping[str, int]) -> frozenset[str] | None:
        """Return the articles that changed since the last comparison; None if unknown."""
        articles = None if self._seen is None else self._records.changed_since(self._seen[0])
        if articles is None:
            return None
        return articles | {key for key, _ in noted.items() ^ self._noted.items()}

    def _compare_all(self, noted: Mapping[str, int]) -> None:
        """Read the row of each article, and find out which articles are current."""
        assert self._connection is not None
        known = recorded(self._connection)
        names: list[str | None] = [None] * (max((row[1] for row in known.values()), default=0) + 1)
        for key, row, _, _ in known.values():
            names[row] = key
        self._names, self._rows = names, {key: row for key, row, _, _ in known.values()}
        self._unknown, self._marked = self._records.compared(known, None, noted)
        self.cleaning_due = True

    def _take_new_names(self, present: Edition) -> frozenset[str]:
        """Read the new rows, release the previous rows of their articles, and return these articles."""
        assert self._connection is not None
        if present.next_row == self._edition.next_row:
            return frozenset()
        rows = names_from(self._connection, self._edition.next_row)
        previous = [self._rows[key] for _, key in rows if key in self._rows]
        names = list(self._names) if previous else self._names  # views ignore added rows
        for row in previous:
            names[row] = None
        names.extend([None] * (present.next_row - len(names)))
        for row, key in rows:
            names[row] = key
            self._rows[key] = row
        self._names = names
        return frozenset(key for _, key in rows)

    def _compare(self, keys: frozenset[str], noted: Mapping[str, int]) -> None:
        """Find out which of the articles ``keys`` are current; the others have not changed."""
        assert self._connection is not None
        known = recorded(self._connection, list(keys) if len(keys) <= _FEW else None)
        outdated, marked = self._records.compared(known, keys, noted)
        self._unknown = (self._unknown - keys) | outdated
        self._marked |= marked

    def matching(self, expression: str, generation: str) -> list[int] | None:
        """Return the rows that match; None if the index has no answer."""
        return self.asked(lambda file: rows_matching(file, expression, generation))

    def ranked(self, expression: str, generation: str) -> list[tuple[int, float]]:
        """Return the rows that match, each with its rank; empty if the index has no answer."""
        return self.asked(lambda file: ranks_matching(file, expression, generation)) or []

    def asked(self, question: Callable[[Connection], T]) -> T | None:
        """Return the result of ``question`` on the file; None if the file cannot be queried."""
        if self.damaged:
            return None
        with self._turn:
            try:
                connection = self._present()
                return None if connection is None else question(connection)
            except Exception as error:  # a damaged file can cause any exception
                self._give_up(error)
        return None

    def take_marked(self) -> frozenset[str]:
        """Return, once each, the articles of which only the stamp has changed since they were recorded."""
        with self._turn:
            marked, self._marked = self._marked - self._unknown, frozenset()
            return marked


class _View:
    """The index at one moment, without the rows that were added later."""

    def __init__(
        self, index: FullText, names: list[str | None], edition: Edition, unknown: frozenset[str]
    ) -> None:
        self._index = index
        self._names = names
        self._count = len(names)
        self.unknown: Set[str] = unknown
        self._edition = edition
        self.generation = edition.generation
        self._known: dict[str, frozenset[str] | None] = {}

    def candidates(self, words: Words, field: str) -> Candidates | None:
        match = match_of(words, field)
        if match is None:
            return None
        ids = self._ids(match.expression)
        return None if ids is None else Candidates(ids, match.exact)

    def together(self, wanted: Sequence[Words], unwanted: Sequence[Words]) -> Set[str] | None:
        has, lacks = ([match_of(words, words.field) for words in some] for some in (wanted, unwanted))
        if not all(match is not None and match.exact for match in (*has, *lacks)):
            return None
        return self._ids(all_of([one for one in has if one], [one for one in lacks if one]))

    def _ids(self, expression: str) -> frozenset[str] | None:
        """Return the articles whose rows match; None if the index has no answer."""
        if expression not in self._known:
            rows = self._index.matching(expression, self.generation)
            self._known[expression] = None if rows is None else frozenset(self._named(rows))
        return self._known[expression]

    def _named(self, rows: list[int]) -> Iterator[str]:
        names, count = self._names, self._count
        for row in rows:
            if 0 <= row < count and (name := names[row]) is not None:
                yield name

    def forgotten(self, present: Collection[str]) -> list[str]:
        """Return the ids that are in the index but no longer in the library."""
        return [name for name in self._own_names() if name is not None and name not in present]

    @property
    def live(self) -> int:
        """Number of rows of the index that belong to an article."""
        return sum(name is not None for name in self._own_names())

    def _own_names(self) -> Iterator[str | None]:
        return islice(self._names, self._count)

    @property
    def wasted(self) -> int:
        """Number of unused rows of the index."""
        return self._edition.next_row - self._edition.first_row - self.live

    def relevance(self, words: Collection[Words]) -> Mapping[str, float]:
        matches = [match for one in words if (match := match_of(one, one.field)) is not None]
        if not matches:
            return {}
        matching = [self._ids(match.expression) for match in matches]
        if sum(len(ids or ()) for ids in matching) > _MOST_RANKED:
            return {}
        ranked = self._index.ranked(any_of(matches), self.generation)
        names, count = self._names, self._count
        return {name: rank for row, rank in ranked if 0 <= row < count and (name := names[row]) is not None}
