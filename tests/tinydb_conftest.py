"""Takes the place of the conftest of TinyDB's own tests, which then run over our storage: ``make conformance``."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from library.store.database import CatalogDatabase, open_database


@pytest.fixture
def db(tmp_path: Path) -> Iterator[CatalogDatabase]:
    """What TinyDB's tests expect: three documents in the default table."""
    database = open_database(tmp_path / "library")
    database.insert_multiple({"int": 1, "char": char} for char in "abc")
    yield database
    database.close()
