"""``Workspace``: the objects that every service needs. It is passed in, not inherited."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

from library.store.catalog import Catalog
from library.store.database import CatalogDatabase, open_database
from library.store.disk import Disk

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(UTC)


def random_id() -> str:
    """Return a new id: 80 random bits in lower-case base32."""
    return base64.b32encode(os.urandom(10)).decode("ascii").lower()


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folder of a library, its open database, and the reader's clock and days.

    Attributes:
        timezone: Time zone of the reader's days; None is the machine's.
        first_weekday: First day of the reader's weeks; 0 is Monday.
        new_id: Returns the id of a new document.
    """

    folder: Path
    database: CatalogDatabase
    catalog: Catalog
    clock: Clock = system_clock
    timezone: tzinfo | None = None
    first_weekday: int = 0
    new_id: Callable[[], str] = field(default=random_id)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        clock: Clock = system_clock,
        timezone: tzinfo | None = None,
        first_weekday: int = 0,
        new_id: Callable[[], str] = random_id,
        patience: float | None = None,
    ) -> Workspace:
        """Open the library in ``folder``, which is created by the first change.

        ``patience`` is how many seconds a change waits while other programs write (None: five). Raises
        CatalogDamaged, FormatTooNew.
        """
        disk = Disk()
        if patience is not None:
            disk.patience = patience
        database = open_database(folder, disk)
        return cls(folder, database, Catalog(database, folder), clock, timezone, first_weekday, new_id)

    def close(self) -> None:
        """Close the database. All changes are on the disk already."""
        self.database.close()

    @property
    def writable(self) -> bool:
        """True if changes can be written: the catalogue is undamaged and the folder is writable."""
        if self.database.damage is not None:
            return False
        folder = self.folder
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent
        return os.access(folder, os.W_OK | os.X_OK)

    def today(self) -> date:
        """Return today in the reader's time zone."""
        return self.day_of(self.clock())

    def day_of(self, moment: datetime) -> date:
        """Return the day of ``moment`` in the reader's time zone."""
        return moment.astimezone(self.timezone).date()
