"""The doctor: checks catalogue, texts, notes, searches, history and drafts, and repairs them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from library.errors import FormatTooNew, LibraryError, StoreUnwritable
from library.maintenance.article_checks import (
    annotation_findings,
    article_findings,
    repair_article,
    unused_pictures,
)
from library.maintenance.catalog_checks import catalogue_findings, repair_catalogue
from library.maintenance.cleanup import leftover_findings, repair_leftovers
from library.maintenance.conflicts import (
    conflict_findings,
    conflict_text_findings,
    repair_conflict,
    repair_conflict_text,
)
from library.maintenance.damaged_fields import damaged_findings, repair_damaged
from library.maintenance.findings import Code, Finding
from library.maintenance.inspection import Inspection
from library.maintenance.quarantine import Quarantine
from library.search.fulltext.index import FullText
from library.search.fulltext.indexing import check_index, rebuild_index
from library.search.fulltext.records import Records
from library.search.fulltext.sqlite import FILE_NAME
from library.store.catalog import Catalog
from library.store.database import open_database

_ROUNDS = 6
"""Maximum number of rounds. A repair may reveal more: a rebuilt article, damage of its annotations."""


def examine(folder: Path, *, now: datetime) -> tuple[Finding, ...]:
    """Return all findings about the library in ``folder``. Reads every article.

    ``now`` (with a time zone) distinguishes old temporary files from those being written.
    """
    if not folder.is_dir():
        return ()
    try:
        with open_database(folder) as database:
            return _findings(Inspection(folder, database, now))
    except FormatTooNew as error:
        return (Finding(code=Code.FORMAT_TOO_NEW, sentence=str(error), path=error.path.name),)


def _findings(inspection: Inspection) -> tuple[Finding, ...]:
    return (
        *catalogue_findings(inspection),
        *conflict_findings(inspection),
        *damaged_findings(inspection),
        *article_findings(inspection),
        *annotation_findings(inspection),
        *conflict_text_findings(inspection),
        *derived_findings(inspection),
        *leftover_findings(inspection),
        *unused_pictures(inspection),
    )


def repair(folder: Path, *, now: datetime) -> tuple[Finding, ...]:
    """Repair the repairable findings of ``examine``; return the findings that are gone afterwards.

    Nothing is lost: everything that is replaced is kept in the library's folder ``damaged-N``. Raises
    StoreUnwritable, FormatTooNew.
    """
    quarantine, seen, tried = Quarantine(folder), dict[Finding, None](), set[Finding]()
    for _ in range(_ROUNDS):
        found = examine(folder, now=now)
        seen.update(dict.fromkeys(found))
        todo = [finding for finding in found if finding.repairable and finding not in tried]
        if not todo:
            break
        # A repaired catalogue may change the other findings, so it is repaired first and alone.
        for first in (Code.CATALOGUE_DAMAGED, Code.CATALOGUE_MISSING, Code.CONFLICT_COPY):
            todo = [one for one in todo if one.code is first] or todo
        tried.update(todo)
        _repair_all(folder, todo, quarantine, now)
    left = frozenset(examine(folder, now=now))
    return tuple(finding for finding in seen if finding not in left)


def _repair_all(folder: Path, todo: list[Finding], quarantine: Quarantine, now: datetime) -> None:
    if todo[0].code in (Code.CATALOGUE_DAMAGED, Code.CATALOGUE_MISSING):
        repair_catalogue(folder, quarantine)
        return
    with open_database(folder) as database:
        inspection = Inspection(folder, database, now)
        for finding in todo:
            _repair_one(inspection, finding, quarantine)


def _repair_one(inspection: Inspection, finding: Finding, quarantine: Quarantine) -> None:
    """Repair one finding; it stays a finding if its file cannot be read or deleted."""
    try:
        repair_conflict(inspection, finding, quarantine)
        repair_damaged(inspection, finding, quarantine)
        repair_derived(inspection, finding)
        repair_article(inspection, finding, quarantine)
        repair_conflict_text(inspection, finding, quarantine)
        repair_leftovers(inspection, finding, quarantine)
    except StoreUnwritable:
        raise
    except (LibraryError, OSError, UnicodeError, LookupError):
        return


def derived_findings(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding if the full-text index is damaged."""
    if not check_index(inspection.folder):
        sentence = f"The full-text index, {FILE_NAME}, is damaged. It can be rebuilt from the articles."
        yield Finding(code=Code.INDEX_DAMAGED, sentence=sentence, repairable=True, path=FILE_NAME)


def repair_derived(inspection: Inspection, finding: Finding) -> None:
    """Rebuild the full-text index, which is derived from the articles. Raises OSError."""
    if finding.code is not Code.INDEX_DAMAGED:
        return
    articles, annotations = map(inspection.database.catalog_table, ("articles", "annotations"))
    records = Records(articles, annotations, Catalog(inspection.database, inspection.folder))
    index = FullText(inspection.folder, records)
    try:
        rebuild_index(inspection.folder, index, records)
    finally:
        index.close()
