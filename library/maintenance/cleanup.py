"""Checks the history and drafts, and removes files that are no longer needed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from library.maintenance.conflicts import conflict_text_paths
from library.maintenance.deletion import finish_deleting
from library.maintenance.findings import Code, Finding
from library.maintenance.inspection import Inspection
from library.maintenance.quarantine import Quarantine
from library.store.article_files import DELETING, listed_files
from library.store.documents import is_undone
from library.store.drafts import draft_key
from library.store.history import drop_entries, is_sound
from library.store.layout import JOURNAL_NAME
from library.store.paths import own_file, relative_name
from library.store.schema import raw_document

STALE = timedelta(hours=1)
"""Age from which no running program still writes a temporary file."""

_TEMPORARY = (".*.tmp", ".*.fold", "texts/**/.*.tmp", "drafts/.*.tmp", "backups/.*.tmp", "images/**/.*.tmp")


def leftover_findings(inspection: Inspection) -> Iterator[Finding]:
    """Yield the findings about history, drafts and files that are no longer needed."""
    yield from _history(inspection)
    yield from _drafts(inspection)
    yield from _undeleted(inspection)
    yield from _unused_texts(inspection)
    for path in sorted(_stale_files(inspection)):
        sentence = f"{path} is an incomplete file left by a program that was interrupted."
        yield Finding(code=Code.TEMPORARY_FILE, sentence=sentence, repairable=True, path=path)
    for torn in sorted(inspection.folder.glob(f"{JOURNAL_NAME}.torn-*")):
        sentence = f"{torn.name} contains the rest of a change that was interrupted by a crash."
        yield Finding(code=Code.TORN_RECORD, sentence=sentence, repairable=True, path=torn.name)


def _history(inspection: Inspection) -> Iterator[Finding]:
    encoded = inspection.raw("history").encoded
    wrong = sorted(key for key, entry in encoded.items() if not is_sound(key, entry))
    ordered = sorted((key for key in encoded if key not in wrong), key=int)
    undone = {key for key in ordered if is_undone(encoded[key])}
    held = [int(key) for key in ordered if key not in undone]
    early = [key for key in ordered if key in undone and held and int(key) < held[-1]]
    if wrong or early:
        keys = (*wrong, *early)
        yield Finding(
            code=Code.HISTORY_INCONSISTENT,
            sentence=f"The undo history has entries that cannot be used: {', '.join(keys)}.",
            repairable=True,
            ids=keys,
        )


def _drafts(inspection: Inspection) -> Iterator[Finding]:
    known = {*inspection.table("articles"), *inspection.table("annotations")}
    deleting = listed_files(inspection.database, DELETING)
    for path in sorted((inspection.folder / "drafts").glob("[!.]*.md")):
        relative = relative_name(inspection.folder, path)
        try:
            path.read_text("utf-8")
        except (OSError, UnicodeError) as error:
            sentence = f"The draft {relative} cannot be read ({error})."
            yield Finding(code=Code.DRAFT_UNREADABLE, sentence=sentence, path=relative)
            continue
        if draft_key(path.name) not in known and relative not in deleting:
            sentence = f"The draft {relative} belongs to an article that does not exist."
            yield Finding(code=Code.LONELY_DRAFT, sentence=sentence, path=relative)


def _undeleted(inspection: Inspection) -> Iterator[Finding]:
    listed = listed_files(inspection.database, DELETING)
    left = [path for path in listed if (file := own_file(inspection.folder, path)) and os.path.lexists(file)]
    for path in sorted(left):
        sentence = f"{path} should have been deleted but still exists."
        yield Finding(code=Code.NOT_DELETED, sentence=sentence, repairable=True, path=path)


def _unused_texts(inspection: Inspection) -> Iterator[Finding]:
    articles, copies = inspection.table("articles"), dict(conflict_text_paths(inspection))
    for key, paths in inspection.spare_texts.items():
        for path in paths:
            if path in copies:
                continue
            if not key:
                sentence = f"{path} is not a file of this library. To import it, use: tuireader add"
                yield Finding(code=Code.STRAY_FILE, sentence=sentence, path=path)
            elif key in articles:
                sentence = f"{path} contains an unused text of the article {key}."
                yield Finding(code=Code.UNUSED_TEXT, sentence=sentence, ids=(key,), path=path)


def _stale_files(inspection: Inspection) -> Iterator[str]:
    for pattern in _TEMPORARY:
        for path in inspection.folder.glob(pattern):
            if age(path, inspection.now) > STALE:
                yield relative_name(inspection.folder, path)


def age(path: Path, now: datetime) -> timedelta:
    """Return the time since the file was last written; zero if it cannot be examined."""
    try:
        return now - datetime.fromtimestamp(path.lstat().st_mtime, now.tzinfo)
    except OSError:
        return timedelta()


def repair_leftovers(inspection: Inspection, finding: Finding, quarantine: Quarantine) -> None:
    """Repair a finding about the history or about leftover files. Raises OSError."""
    if finding.code is Code.HISTORY_INCONSISTENT:
        entries = inspection.raw("history").encoded
        quarantine.keep("history.json", {key: raw_document(entries[key]) for key in finding.ids})
        drop_entries(inspection.database, finding.ids)
    elif finding.code is Code.NOT_DELETED:
        finish_deleting(inspection.database, inspection.folder)
    elif finding.code in (Code.TEMPORARY_FILE, Code.TORN_RECORD):
        quarantine.move(finding.path)
