"""Updates of the full-text index, in batches; an update can be stopped after each batch."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Collection, Generator, Iterator, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from library.models import IndexProgress
from library.search.fulltext.index import FullText
from library.search.fulltext.records import Records
from library.search.fulltext.sqlite import (
    VERSION,
    Entry,
    IndexDamaged,
    check,
    connect,
    discard,
    edition,
    identity,
    is_complete,
    is_damage,
    merge,
    record,
    record_stories,
    recorded,
    start_again,
)

if TYPE_CHECKING:
    from sqlite3 import Connection

_Progress = TypeVar("_Progress")

_BATCH = 1000
"""Maximum number of articles written in one transaction, which takes about half a second."""

_TRIES = 2
"""Maximum number of attempts: a damaged index is rebuilt once."""

_WASTE = 1000
"""Number of unused rows above which the index is rebuilt, if they also exceed half of the used rows."""


def index_texts(folder: Path, index: FullText, records: Records) -> Iterator[IndexProgress]:
    """Index the articles that are not current, the newest first; yield the progress after each batch.

    A damaged index is rebuilt. If another program is writing or the folder is read-only, return.
    """
    return _with_index(folder, index, lambda connection, _: _batches(connection, index, records))


def index_articles(
    folder: Path, index: FullText, records: Records, keys: Collection[str], previous: Set[str]
) -> None:
    """Index those of the articles ``keys`` whose content has changed. A failure is not reported.

    Articles in ``previous`` that are not in the index yet are left to ``index_texts``: there can be many.
    """

    def work(connection: Connection, is_new: bool) -> Iterator[int]:
        wanted = records.ids() if is_new and len(records.ids()) <= _BATCH else keys
        return _index_some(connection, records, wanted, frozenset() if is_new else previous)

    for _ in _with_index(folder, index, work):
        pass


def _with_index(
    folder: Path, index: FullText, work: Callable[[Connection, bool], Iterator[_Progress]]
) -> Iterator[_Progress]:
    """Yield the progress of ``work``, which writes to the index; if the index is damaged, rebuild it once.

    ``work`` gets the database, and True if it replaces a damaged one.
    """
    for _ in range(_TRIES):
        was_damaged = index.damaged
        try:
            with closing(_connected(folder, index)) as connection:
                yield from work(connection, was_damaged)
            return
        except OSError:
            return
        except Exception as error:  # a damaged file can cause any exception
            index.note(error)
        if not index.damaged:
            return


def _index_some(
    connection: Connection, records: Records, keys: Collection[str], previous: Set[str]
) -> Iterator[int]:
    known = recorded(connection, list(keys))
    outdated, marked = records.compared(known, keys, records.note_stamps())
    due = [key for key in outdated if key in known or key not in previous]
    generation = edition(connection).generation
    _write_marks(connection, generation, records, marked, ())
    yield from _written(connection, generation, records, due)
    record_stories(connection, generation)


def check_index(folder: Path) -> bool:
    """Return False if the index in ``folder`` is damaged; True also if it does not exist or is in use."""
    try:
        if identity(folder) is None:
            return True
        with closing(connect(folder)) as connection:
            if not is_complete(connection):
                return edition(connection).version != VERSION
            check(connection)
    except Exception as error:  # a damaged file can cause any exception
        return not is_damage(error)
    return True


def rebuild_index(folder: Path, index: FullText, records: Records) -> None:
    """Delete the index and build it from the texts. Raises OSError if it cannot be deleted."""
    index.close()
    discard(folder)
    for _ in index_texts(folder, index, records):
        pass


def _connected(folder: Path, index: FullText) -> Connection:
    """Open the database; replace one that is damaged or of another version. Raises sqlite3.Error, OSError."""
    import sqlite3

    if index.damaged:
        index.close()
        discard(folder)
        index.damaged = False
    connection = connect(folder, make=True)
    try:
        with contextlib.suppress(sqlite3.OperationalError, IndexDamaged):  # treated like a missing index
            if is_complete(connection):
                return connection
        start_again(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _batches(connection: Connection, index: FullText, records: Records) -> Iterator[IndexProgress]:
    view = index.current()
    gone: Sequence[str] = ()
    if view is not None and index.cleaning_due:
        if view.wasted > max(_WASTE, view.live // 2):
            start_again(connection)
            view = index.current()
        else:
            gone = view.forgotten(records.ids())
        index.cleaning_due = False
    if view is None:
        if index.failed:  # its tables exist, so the failure is damage
            raise IndexDamaged
        return
    _write_marks(connection, view.generation, records, index.take_marked(), gone)
    pending = records.newest_first(view.unknown)
    for done in _written(connection, view.generation, records, pending):
        yield IndexProgress(done, len(pending))
    record_stories(connection, view.generation)


def _write_marks(
    connection: Connection, generation: str, records: Records, marked: Collection[str], gone: Sequence[str]
) -> None:
    if marked or gone:
        entries = [entry for key in marked if (entry := records.marks(key)) is not None]
        record(connection, generation, entries, gone)


def _written(connection: Connection, generation: str, records: Records, keys: Sequence[str]) -> Iterator[int]:
    """Record articles; yield the number processed after each batch. Unreadable articles are skipped."""
    done = 0
    with closing(_prepared(records, keys)) as batches:
        for entries in batches:
            if not record(connection, generation, entries):
                return
            done += _BATCH
            yield min(done, len(keys))
    merge(connection, wholly=len(keys) > _BATCH)


def _prepared(records: Records, keys: Sequence[str]) -> Generator[list[Entry]]:
    """Yield the records of articles, in batches.

    A thread prepares the next batch while the caller writes the previous one: SQLite lets other threads run
    meanwhile.
    """
    batches = [keys[start : start + _BATCH] for start in range(0, len(keys), _BATCH)]
    left = threading.Event()

    def prepare(batch: Sequence[str]) -> list[Entry]:
        each = (_entry(records, key) for key in batch if not left.is_set())
        return [entry for entry in each if entry is not None]

    if len(batches) < 2:
        yield from map(prepare, batches)
        return
    with ThreadPoolExecutor(1) as pool:
        try:
            coming = pool.submit(prepare, batches[0])
            for following in [*batches[1:], []]:
                entries, coming = coming.result(), pool.submit(prepare, following)
                yield entries
        finally:
            left.set()


def _entry(records: Records, key: str) -> Entry | None:
    """Return the record of an article; None after any error, so that the other articles are indexed."""
    try:
        return records.entry(key)
    except Exception:
        return None
