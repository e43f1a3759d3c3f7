"""The JSON records of the command line. Their fields are a contract: scripts rely on them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from library import Annotation, Article, ImportOutcome, Library, LibraryError, RelatedArticle

if TYPE_CHECKING:
    from library.upkeep.findings import Finding


def article_record(library: Library, article: Article) -> dict[str, Any]:
    """One article of ``list``."""
    return {
        "id": article.id,
        "title": article.title,
        "authors": list(article.authors),
        "agency": article.agency,
        "source": article.source,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "date_guessed": article.date_guessed,
        "added": article.added.isoformat(),
        "language": article.language,
        "tags": list(article.tags),
        "words": article.words,
        "read": article.state.read is not None,
        "bookmarked": article.state.bookmarked is not None,
        "notes": library.note_count(article.id),
        "summary": article.summary,
    }


def whole_article_record(library: Library, article: Article) -> dict[str, Any]:
    """The article of ``show``: with its text, images, annotations, reading position and story.

    ``story`` has the ids of all articles that tell the same, the longest first; none where it is alone.
    """
    story = library.story_of(article.id)
    try:
        body = library.body(article.id)
    except LibraryError:
        body = None
    return {
        **article_record(library, article),
        "body": body,
        "images": [asdict(image) for image in article.images],
        "annotations": [
            annotation_record(article, annotation) for annotation in library.annotations_of(article.id)
        ],
        "position": asdict(article.state.position),
        "story": list(story.ids) if story.others else [],
    }


def related_record(library: Library, related: RelatedArticle) -> dict[str, Any]:
    """One article of ``related``: the article, how close it is (0 to 1), and why."""
    return {
        **article_record(library, library.article(related.id)),
        "closeness": round(related.closeness, 3),
        "shared_words": list(related.words),
        "shared_tags": list(related.tags),
    }


def revision_record(library: Library, article: Article, revision: int) -> dict[str, Any]:
    """A former text of an article; ``revisions`` is how many there are."""
    return {
        "id": article.id,
        "title": article.title,
        "revision": revision,
        "revisions": len(article.revisions),
        "replaced": library.revision(article.id, revision).replaced.isoformat(),
    }


def annotation_record(article: Article, annotation: Annotation) -> dict[str, Any]:
    """One annotation of ``notes``; ``quote`` is null where it is about the whole article."""
    return {
        "id": annotation.id,
        "article": annotation.article,
        "title": article.title,
        "kind": str(annotation.kind),
        "quote": asdict(annotation.quote) if annotation.quote else None,
        "body": annotation.body,
        "colour": annotation.colour,
        "tags": list(annotation.tags),
        "created": annotation.created.isoformat(),
        "updated": annotation.updated.isoformat(),
        "orphan": annotation.orphan,
    }


def outcome_record(outcome: ImportOutcome) -> dict[str, Any]:
    """What became of one source of ``add``."""
    return {
        "source": outcome.source,
        "status": str(outcome.status),
        "id": outcome.id or None,
        "title": outcome.title or None,
        "error": outcome.error or None,
    }


def finding_record(finding: Finding, *, mended: bool) -> dict[str, Any]:
    """One finding of ``doctor``; ``mended``: it is put right. ``harmless``: the library is in order."""
    return {
        "code": str(finding.code),
        "sentence": finding.sentence,
        "mendable": finding.mendable,
        "mended": mended,
        "harmless": finding.harmless,
        "ids": list(finding.ids),
        "path": finding.path or None,
    }
