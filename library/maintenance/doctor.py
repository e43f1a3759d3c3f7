"""The doctor: checks catalogue, texts, notes, searches, history and drafts against each other, and mends."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from library.errors import FormatTooNew, LibraryError, StoreUnwritable
from library.maintenance.articles import annotation_findings, article_findings, mend_article
from library.maintenance.aside import Aside
from library.maintenance.catalogue import catalogue_findings, mend_catalogue
from library.maintenance.conflict_texts import conflict_text_findings, repair_conflict_text
from library.maintenance.conflicts import conflict_findings, mend_conflict
from library.maintenance.contents import Contents
from library.maintenance.damaged import damaged_findings, mend_damaged
from library.maintenance.derived import derived_findings, mend_derived
from library.maintenance.findings import Code, Finding
from library.maintenance.pictures import unused_pictures
from library.maintenance.remains import mend_remains, remains_findings
from library.store import open_database

_ROUNDS = 6
"""What is mended may bring the next thing to light: a rebuilt article, the annotations on it."""


def examine(folder: Path, *, now: datetime) -> tuple[Finding, ...]:
    """Everything that is wrong or left over in the library in ``folder``.

    ``now`` (with a time zone) tells old temporary files from those being written. Reads every article.
    """
    if not folder.is_dir():
        return ()
    try:
        with open_database(folder) as database:
            return _findings(Contents(folder, database, now))
    except FormatTooNew as error:
        return (Finding(code=Code.FORMAT_TOO_NEW, sentence=str(error), path=error.path.name),)


def _findings(contents: Contents) -> tuple[Finding, ...]:
    return (
        *catalogue_findings(contents),
        *conflict_findings(contents),
        *damaged_findings(contents),
        *article_findings(contents),
        *annotation_findings(contents),
        *conflict_text_findings(contents),
        *derived_findings(contents),
        *remains_findings(contents),
        *unused_pictures(contents),
    )


def repair(folder: Path, *, now: datetime) -> tuple[Finding, ...]:
    """Mend what ``examine`` finds and can be mended; the findings that are gone afterwards.

    Nothing is lost: what is replaced is kept in ``damaged-N`` in the library. Raises StoreUnwritable,
    FormatTooNew.
    """
    aside, seen, tried = Aside(folder), dict[Finding, None](), set[Finding]()
    for _ in range(_ROUNDS):
        found = examine(folder, now=now)
        seen.update(dict.fromkeys(found))
        todo = [finding for finding in found if finding.mendable and finding not in tried]
        if not todo:
            break
        # With another catalogue the rest may look different, so that comes first and alone.
        for first in (Code.CATALOGUE_DAMAGED, Code.CATALOGUE_MISSING, Code.CONFLICT_COPY):
            todo = [one for one in todo if one.code is first] or todo
        tried.update(todo)
        _mend(folder, todo, aside, now)
    left = frozenset(examine(folder, now=now))
    return tuple(finding for finding in seen if finding not in left)


def _mend(folder: Path, todo: list[Finding], aside: Aside, now: datetime) -> None:
    if todo[0].code in (Code.CATALOGUE_DAMAGED, Code.CATALOGUE_MISSING):
        mend_catalogue(folder, aside)
        return
    with open_database(folder) as database:
        contents = Contents(folder, database, now)
        for finding in todo:
            _mend_one(contents, finding, aside)


def _mend_one(contents: Contents, finding: Finding, aside: Aside) -> None:
    """Put one thing right; where its file cannot be read or deleted, it stays a finding."""
    try:
        mend_conflict(contents, finding, aside)
        mend_damaged(contents, finding, aside)
        mend_derived(contents, finding)
        mend_article(contents, finding, aside)
        repair_conflict_text(contents, finding, aside)
        mend_remains(contents, finding, aside)
    except StoreUnwritable:
        raise
    except (LibraryError, OSError, UnicodeError, LookupError):
        return
