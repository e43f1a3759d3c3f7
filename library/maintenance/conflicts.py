"""Handles conflict copies, which file synchronisers leave: of the catalogue, and of article texts.

Documents that only a conflict copy has are merged into the library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import orjson

from library.maintenance.findings import Code, Finding
from library.maintenance.inspection import Inspection
from library.maintenance.quarantine import Quarantine
from library.models import Article, Revision
from library.store.article_files import files_of
from library.store.conflict_copies import ConflictCopy, conflict_copies, conflict_names
from library.store.documents import article_from_document, article_to_document
from library.store.history import apply_change
from library.store.layout import CATALOG_NAME, CONFLICT, JOURNAL_NAME, PREVIOUS
from library.store.merging import Side, merge
from library.store.previous_history import previous_history
from library.store.tables import Documents
from library.store.texts import body_of, text_path, write_text
from library.text.amounts import counted
from library.text.text_facts import plain_text, text_digest

_NAMES = {"articles": "article", "annotations": "annotation", "searches": "saved search", "rules": "tag rule"}
"""The tables whose documents are merged, and the name of one document."""

_New = Mapping[str, Mapping[str, bytes]]
"""Table → the documents that the library does not have, or has in another version."""


def conflict_findings(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for each conflict copy, with the documents that only it has."""
    if inspection.database.damage is not None:
        return  # only an intact catalogue shows what is new
    named = dict.fromkeys(conflict_names(inspection.folder))
    for copy in _copies(inspection):
        path = copy.path.relative_to(inspection.folder).as_posix()
        named.pop(path, None)
        new = _only_in(copy, inspection)
        if new:
            parts = [counted(len(documents), _NAMES[name]) for name, documents in new.items()]
            sentence = f"{path} is a copy of the catalogue with {' and '.join(parts)} missing in the library."
            yield Finding(code=Code.CONFLICT_COPY, sentence=sentence, repairable=True, path=path)
        elif not path.startswith(f"{CONFLICT}-") and not path.endswith(PREVIOUS):
            sentence = f"{path} is a copy of the catalogue without anything new."
            yield Finding(code=Code.SPENT_COPY, sentence=sentence, repairable=True, path=path)
    for path in named:
        sentence = f"{path} looks like a copy of the catalogue but cannot be read."
        yield Finding(code=Code.UNREADABLE_COPY, sentence=sentence, path=path)


def _copies(inspection: Inspection) -> Iterator[ConflictCopy]:
    """Yield the conflict copies, and the previous files if they belong to a replaced history."""
    yield from conflict_copies(inspection.folder)
    previous = previous_history(inspection.folder)
    if previous is not None and inspection.database.catalog.is_apart(previous):
        files = (inspection.folder / (name + PREVIOUS) for name in (CATALOG_NAME, JOURNAL_NAME))
        paths = tuple(path for path in files if path.exists())
        yield ConflictCopy(paths, previous.tables, previous.end, previous.trail)


def _only_in(copy: ConflictCopy, inspection: Inspection) -> _New:
    """Merge ``copy`` with the library, and return the documents that differ from the library's."""
    if inspection.database.catalog.has_passed(copy.end):
        return {}
    tables = {name: Documents(dict(inspection.encoded(name))) for name in _NAMES}
    theirs = {name: copy.tables[name] for name in _NAMES if name in copy.tables}
    merged = merge(Side(tables), Side({**tables, **_over(tables, theirs)}))
    new = {
        name: {
            key: document
            for key, document in merged[name].encoded.items()
            if tables[name].encoded.get(key) != document
            and _matters(name, tables[name].encoded.get(key), document)
        }
        for name in theirs
    }
    return {name: documents for name, documents in new.items() if documents}


def _over(tables: Mapping[str, Documents], theirs: Mapping[str, Documents]) -> dict[str, Documents]:
    return {name: Documents({**tables[name].encoded, **table.encoded}) for name, table in theirs.items()}


def _matters(name: str, present: bytes | None, merged: bytes) -> bool:
    """Return True if a person made the difference; a different reading position does not count."""
    if name != "articles" or present is None:
        return True
    return _without_position(present) != _without_position(merged)


def _without_position(encoded: bytes) -> object:
    document = orjson.loads(encoded)
    state = document.get("state")
    if isinstance(state, dict):
        document["state"] = {mark: at for mark, at in state.items() if mark not in ("position", "opened")}
    return document


def repair_conflict(inspection: Inspection, finding: Finding, quarantine: Quarantine) -> None:
    """Merge the documents that only the copy has, as one change, and set the copy aside. Raises OSError."""
    if finding.code not in (Code.CONFLICT_COPY, Code.SPENT_COPY):
        return
    path = inspection.folder / Path(finding.path)
    for copy in _copies(inspection):
        if copy.path == path:
            new = _only_in(copy, Inspection(inspection.folder, inspection.database, inspection.now))
            tables = {
                name: {key: orjson.loads(document) for key, document in documents.items()}
                for name, documents in new.items()
            }
            if tables:
                apply_change(inspection.database, f"take in {finding.path}", inspection.now, tables)
            for moved in copy.paths:
                quarantine.move(moved.relative_to(inspection.folder).as_posix())


_PLAIN = re.compile(
    r"(?P<stem>.+?)(?:\.sync-conflict\b[^/]*|[ ._-]*\([^/]*conflict[^/]*\)|[_.]conflict\b[^/]*)\.md"
    r"|(?P<whole>.+?\.md)[ ._-].*conflict.*",
    re.IGNORECASE,
)
"""Matches names that only conflict copies have."""

_LIKELY = re.compile(r" \(\d+\)\.md$| \d+\.md$|-(?![0-9a-f]{8}\.)(?=\w[\w-]*\.md$)")
"""Matches a possible addition to a name: a copy if the file without it belongs to an article."""


def conflict_text_paths(inspection: Inspection) -> Iterator[tuple[str, str]]:
    """Yield the conflict copies in ``texts``, each with the id of its article."""
    articles = inspection.table("articles")
    owners = {path: key for key, document in articles.items() for path in files_of(document)}
    for path in sorted(inspection.all_texts - owners.keys()):
        plain = _PLAIN.fullmatch(path)
        if plain is not None:
            originals = [plain["whole"] or f"{plain['stem']}.md"]
        else:
            originals = [f"{path[: found.start()]}.md" for found in _LIKELY.finditer(path)]
        owner = next((owners[original] for original in originals if original in owners), "")
        if not owner and plain is None:
            continue
        key = inspection.id_of(path) or owner
        if key in articles and (plain is not None or key == owner):
            yield path, key


def conflict_text_findings(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for each conflict copy in ``texts``, which says whether its text is new."""
    damaged = inspection.problems("articles")
    for path, key in conflict_text_paths(inspection):
        if key in damaged:
            continue  # checked again after its fields are repaired
        article = article_from_document(key, inspection.table("articles")[key])
        if article.text not in inspection.texts:
            continue  # the copy may become its text
        try:
            digest = text_digest(plain_text(body_of(inspection.content(path))))
        except (OSError, ValueError):
            sentence = f"{path} looks like a copy of the text of “{article.title}” but cannot be read."
            yield Finding(code=Code.UNREADABLE_COPY, sentence=sentence, ids=(key,), path=path)
            continue
        if digest in _digests(article):
            sentence = f"{path} is a conflict copy of the text of “{article.title}” with the same text."
            yield Finding(code=Code.SPENT_COPY, sentence=sentence, repairable=True, ids=(key,), path=path)
        else:
            sentence = f"{path} is a conflict copy of the text of “{article.title}” with a different text."
            yield Finding(code=Code.CONFLICT_TEXT, sentence=sentence, repairable=True, ids=(key,), path=path)


def _digests(article: Article) -> frozenset[str]:
    return frozenset({article.text_sha256, *(revision.text_sha256 for revision in article.revisions)})


def repair_conflict_text(inspection: Inspection, finding: Finding, quarantine: Quarantine) -> None:
    """Make the text of a copy a revision of its article, and set the copy aside.

    Raises StoreUnwritable, OSError.
    """
    if finding.code not in (Code.CONFLICT_TEXT, Code.SPENT_COPY) or not finding.ids:
        return
    (key,) = finding.ids
    table = inspection.database.catalog_table("articles")
    document = table.checked()[key]  # read again: an earlier repair may have changed its text
    if finding.path in files_of(document):
        return
    article = article_from_document(key, document)
    body = body_of(inspection.content(finding.path))
    digest = text_digest(plain_text(body))
    if digest not in _digests(article):
        kept = _free_path(inspection, article, digest)
        write_text(inspection.folder, replace(article, text=kept), body)
        previous = Revision(text=kept, text_sha256=digest, replaced=inspection.now)
        revised = replace(article, revisions=(previous, *article.revisions))
        table.put({key: {**document, **article_to_document(revised)}})
    quarantine.move(finding.path)


def _free_path(inspection: Inspection, article: Article, digest: str) -> str:
    path, number = text_path(article, suffix=f"-{digest[:8]}"), 1
    while path in inspection.texts:
        number += 1
        path = text_path(article, suffix=f"-{digest[:8]}-{number}")
    return path
