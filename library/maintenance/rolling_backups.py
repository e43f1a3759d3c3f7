"""Rolling backups of the catalogue in ``backups/``.

Each backup is one file, a compressed snapshot. Older backups are kept at longer intervals, as in Anki: see
``kept``.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from library.errors import StoreUnwritable
from library.maintenance.inspection import tables_at_one_change
from library.store.database import CatalogDatabase
from library.store.disk import Disk, make_folders, replace_file
from library.store.snapshot import encode_snapshot

FOLDER = "backups"
PAUSE = timedelta(minutes=30)
"""Minimum time between two backups."""

_ALL_KEPT = timedelta(days=2)
_LONGEST_SPAN = timedelta(days=1)
_DAILY, _WEEKLY, _MONTHLY = 12, 10, 9
_NAME = re.compile(r"catalog-(?P<time>\d{8}T\d{6})Z-(?P<number>\d+)\.json\.gz")
_TIME = "%Y%m%dT%H%M%S"


def kept(times: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """Return the backups to keep: all of two days, then the newest of each of 12 days, 10 weeks, 9 months.

    Days are in the time zone of ``now``. A time after ``now`` means that a clock was wrong: that backup stays
    and does not count. A gap without backups counts as a day at most, since the clock may be wrong now.
    """
    ordered = sorted(frozenset(times), reverse=True)
    staying, older = {time for time in ordered if time > now}, []
    age, later = timedelta(), now
    for time in ordered[len(staying) :]:
        age, later = age + min(later - time, _LONGEST_SPAN), time
        if age < _ALL_KEPT:
            staying.add(time)
        else:
            older.append(time)
    stages: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (_DAILY, lambda time: time.date()),
        (_WEEKLY, lambda time: time.isocalendar()[:2]),
        (_MONTHLY, lambda time: (time.year, time.month)),
    )
    last: datetime | None = None
    for limit, period in stages:
        count = 0
        while older and count < limit:
            time = older.pop(0).astimezone(now.tzinfo)
            if last is None or period(time) != period(last):
                staying.add(time)
                last, count = time, count + 1
    return frozenset(staying)


def rolling_backups(folder: Path) -> Iterator[tuple[datetime, Path]]:
    """Yield the rolling backups of the library in ``folder``, each with its time and file."""
    for path in (folder / FOLDER).glob("catalog-*.json.gz"):
        found = _NAME.fullmatch(path.name)
        if found is not None:
            yield datetime.strptime(found["time"], _TIME).replace(tzinfo=UTC), path


def back_up_catalogue(database: CatalogDatabase, folder: Path, now: datetime) -> Path | None:
    """Make a rolling backup if one is due, and thin out the previous ones; return the new file or None.

    A backup is due if the catalogue has changed since the last one, which is at least half an hour old.
    ``now`` has a time zone, in which days are counted. Raises StoreUnwritable.
    """
    previous = {time: path for time, path in rolling_backups(folder) if time <= now}
    if not _is_due(database, previous, now):
        return None
    snapshot = tables_at_one_change(database)
    made = now.astimezone(UTC).replace(microsecond=0)
    path = folder / FOLDER / f"catalog-{made.strftime(_TIME)}Z-{snapshot.number}.json.gz"
    disk = Disk()
    try:
        make_folders(disk, path.parent)
        replace_file(disk, path, _compressed(encode_snapshot(snapshot)))
        staying = kept([made, *previous], now)
        for time, old in previous.items():
            if time not in staying:
                disk.unlink(old)
    except OSError as error:
        raise StoreUnwritable(path, error.strerror or str(error)) from error
    return path


def _is_due(database: CatalogDatabase, previous: Mapping[datetime, Path], now: datetime) -> bool:
    catalog = database.catalog
    if database.damage is not None or catalog.vanished or not catalog.changes:
        return False
    if not previous:
        return True
    last = max(previous)
    found = _NAME.fullmatch(previous[last].name)
    backed_up = int(found["number"]) if found is not None else -1
    return now - last >= PAUSE and backed_up != catalog.changes


def _compressed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Compress ``chunks`` with gzip, in pieces; fast rather than small."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    for chunk in chunks:
        yield packer.compress(chunk)
    yield packer.flush()
