"""Handles conflict copies of article texts, which file synchronisers leave in ``texts``.

The text of a copy becomes a revision of its article, and the copy is set aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from library.maintenance.findings import Code, Finding
from library.maintenance.inspection import Inspection
from library.maintenance.quarantine import Quarantine
from library.models import Article, Revision
from library.store.article_files import files_of
from library.store.documents import article_from_document, article_to_document
from library.store.texts import body_of, text_path, write_text
from library.text.text_facts import plain_text, text_digest

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
