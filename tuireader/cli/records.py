"""The JSON records of the command line. Their fields are a contract with scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from library import Article, ExportOutcome, ImportOutcome, Library, LibraryError, RelatedArticle
from library.exporting import records
from library.exporting.records import annotation_record
from library.exporting.registry import WholeArticle

if TYPE_CHECKING:
    from library.maintenance.findings import Finding

__all__ = [
    "annotation_record",
    "article_record",
    "export_record",
    "finding_record",
    "outcome_record",
    "related_record",
    "revision_record",
    "whole_article_record",
]


def article_record(library: Library, article: Article, snippet: str = "") -> dict[str, Any]:
    """Return the record of an article of ``list``, with a snippet that contains the search words."""
    return records.article_record(article, library.annotations.note_count(article.id), snippet)


def whole_article_record(library: Library, article: Article) -> dict[str, Any]:
    """Return the record of ``show``: an article with text, images, annotations, position, origin and story.

    ``body`` is null if the text cannot be read.
    """
    story = library.stories.of(article.id)
    try:
        body = library.articles.body(article.id)
    except LibraryError:
        body = None
    return records.whole_article_record(
        WholeArticle(
            article=article,
            body=body,
            annotations=tuple(library.annotations.of(article.id)),
            story=story.ids if story.others else (),
        )
    )


def related_record(library: Library, related: RelatedArticle) -> dict[str, Any]:
    """Return the record of an article of ``related``, with its closeness (0 to 1) and the reasons."""
    return {
        **article_record(library, library.articles.get(related.id)),
        "closeness": round(related.closeness, 3),
        "shared_words": list(related.words),
        "shared_tags": list(related.tags),
    }


def revision_record(library: Library, article: Article, revision: int) -> dict[str, Any]:
    """Return the record of a revision; ``revisions`` is the number of revisions."""
    return {
        "id": article.id,
        "title": article.title,
        "revision": revision,
        "revisions": len(article.revisions),
        "replaced": library.articles.revision(article.id, revision).replaced.isoformat(),
    }


def outcome_record(outcome: ImportOutcome) -> dict[str, Any]:
    """Return the record of a source of ``add``."""
    return {
        "source": outcome.source,
        "status": str(outcome.status),
        "id": outcome.id or None,
        "title": outcome.title or None,
        "error": outcome.error or None,
        "warning": outcome.warning or None,
    }


def export_record(outcome: ExportOutcome) -> dict[str, Any]:
    """Return the record of an article of ``export``."""
    return {
        "id": outcome.id,
        "status": str(outcome.status),
        "title": outcome.title or None,
        "file": str(outcome.file) if outcome.file else None,
        "error": outcome.error or None,
    }


def finding_record(finding: Finding, *, repaired: bool) -> dict[str, Any]:
    """Return the record of a finding of ``doctor``.

    ``repaired`` is true if the problem was repaired, ``harmless`` if the library is in order despite it.
    """
    return {
        "code": str(finding.code),
        "sentence": finding.sentence,
        "repairable": finding.repairable,
        "repaired": repaired,
        "harmless": finding.harmless,
        "ids": list(finding.ids),
        "path": finding.path or None,
    }
