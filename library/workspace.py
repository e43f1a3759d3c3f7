"""``Workspace``: what every service needs to read and change a library. It is passed in, not inherited."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

from library.store import open_database
from library.store.catalog import Catalog
from library.store.database import CatalogDatabase
from library.store.disk import Disk

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def random_id() -> str:
    """A new id: 80 random bits in lower-case base32."""
    return base64.b32encode(os.urandom(10)).decode("ascii").lower()


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folder of a library, its open database, and the reader's clock and days.

    Attributes:
        timezone: That of the reader's days; None is the machine's.
        first_weekday: The day on which the reader's weeks begin; 0 is Monday.
        new_id: Makes the id of a new document.
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
        """Open the library in ``folder``, which is made when something is first written.

        ``patience`` is how many seconds a change waits while other programs write (None: five). Raises
        CatalogDamaged, FormatTooNew.
        """
        disk = Disk()
        if patience is not None:
            disk.patience = patience
        database = open_database(folder, disk)
        return cls(folder, database, Catalog(database, folder), clock, timezone, first_weekday, new_id)

    def close(self) -> None:
        """Close the database; every change is on the disk already."""
        self.database.close()

    @property
    def writable(self) -> bool:
        """Whether changes can be written: the catalogue is whole, and the folder's permissions allow it."""
        if self.database.damage is not None:
            return False
        folder = self.folder
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent
        return os.access(folder, os.W_OK | os.X_OK)

    def today(self) -> date:
        """The reader's present day."""
        return self.day_of(self.clock())

    def day_of(self, moment: datetime) -> date:
        """The reader's day of ``moment``."""
        return moment.astimezone(self.timezone).date()
