"""Importing many sources: each one is read on its own, and many share one write of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from library.errors import ImportFailed
from library.importing.folders import find_sources
from library.importing.forms import parse
from library.importing.intake import Intake
from library.models import ImportOutcome, ImportStatus
from library.store.catalog import Catalog
from library.store.database import FORMAT, CatalogDatabase

BATCH = 200
"""How many articles share one write of the catalogue."""

Item = tuple[str, Callable[[], bytes], tuple[str, ...]]
"""A source: its name, what reads it (may raise OSError), and the tags its article gets."""


@dataclass(frozen=True, slots=True)
class Importer:
    """What importing needs of an open library."""

    database: CatalogDatabase
    catalog: Catalog
    folder: Path
    clock: Callable[[], datetime]
    today: date


def import_sources(
    importer: Importer, sources: Sequence[Path | str], tags: tuple[str, ...], *, dry_run: bool
) -> Iterator[ImportOutcome]:
    """Import files and folders; an outcome each. Raises StoreUnwritable."""
    found = (item for source in sources for item in find_sources(source))
    items = (_item(source, tags) for source in found)
    if dry_run:
        intake = _intake(importer)
        yield from (_import_one(importer, intake, item, dry_run=True) for item in items)
        return
    while batch := list(islice(items, BATCH)):
        yield from import_items(importer, batch, dry_run=False)


def _item(source: Path | ImportFailed, tags: tuple[str, ...]) -> Item:
    if isinstance(source, ImportFailed):
        return source.source, lambda: _fail(source), tags
    return str(source), source.read_bytes, tags


def _fail(failure: ImportFailed) -> bytes:
    raise failure


def import_items(importer: Importer, items: Iterable[Item], *, dry_run: bool) -> list[ImportOutcome]:
    """Import articles in one transaction; an outcome each. Raises StoreUnwritable."""
    if dry_run:
        return _import_all(importer, items, dry_run=True)
    with importer.database.transaction():
        meta = importer.database.catalog_table("meta")
        if not meta.documents():
            meta.put({"library": {"format": FORMAT}})
        return _import_all(importer, items, dry_run=False)


def _intake(importer: Importer) -> Intake:
    return Intake(importer.database, importer.catalog, importer.folder)


def _import_all(importer: Importer, items: Iterable[Item], *, dry_run: bool) -> list[ImportOutcome]:
    intake = _intake(importer)
    return [_import_one(importer, intake, item, dry_run=dry_run) for item in items]


def _import_one(importer: Importer, intake: Intake, item: Item, *, dry_run: bool) -> ImportOutcome:
    name, read, tags = item
    try:
        parsed = parse(read(), name=name, today=importer.today)
    except ImportFailed as failure:
        return ImportOutcome(source=name, status=ImportStatus.FAILED, error=failure.reason)
    except OSError as error:
        reason = f"it cannot be read ({error.strerror or error})."
        return ImportOutcome(source=name, status=ImportStatus.FAILED, error=reason)
    except Exception as error:  # whatever a parser stumbles over, the rest goes on
        reason = f"it cannot be understood as an article ({type(error).__name__}: {error})."
        return ImportOutcome(source=name, status=ImportStatus.FAILED, error=reason)
    parsed = replace(parsed, origin=parsed.origin or name)
    status, article = intake.take(parsed, tags, importer.clock(), dry_run=dry_run)
    return ImportOutcome(source=name, status=status, id=article.id, title=article.title)
