"""Articles and annotations as JSON objects. Scripts rely on their fields."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any

from library.exporting.registry import WholeArticle
from library.models import Annotation, AnnotationKind, Article, Quote
from library.search.doubts import doubts_of
from library.store.documents import annotation_to_document, article_fields, state_times, time_to_text
from library.store.texts import EXPORT_FORMAT, EXPORT_MARK
from library.text.cleaning import clean_text

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_TERMINAL_CONTROLS = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that JSON does not escape and a terminal may obey; they are always in JSON's strings."""


def article_record(article: Article, notes: int, snippet: str = "") -> dict[str, Any]:
    """Return the catalogue's record of an article, with its number of ``notes``.

    ``snippet`` shows the words that were searched for; it is empty without a search.
    """
    fields = article_fields(article)
    del fields["updated"]
    summary = fields.pop("summary")
    return {
        "id": article.id,
        **fields,
        "words": article.words,
        "read": article.state.read is not None,
        "bookmarked": article.state.bookmarked is not None,
        "notes": notes,
        "summary": summary,
        "snippet": snippet,
    }


def whole_article_record(whole: WholeArticle) -> dict[str, Any]:
    """Return the record with text, images, annotations, reading position, origin and story."""
    article = whole.article
    notes = sum(annotation.kind is AnnotationKind.NOTE for annotation in whole.annotations)
    return {
        **article_record(article, notes),
        "body": whole.body,
        "images": [asdict(image) for image in article.images],
        "annotations": [annotation_record(article, annotation) for annotation in whole.annotations],
        "position": asdict(article.state.position),
        "origin": article.origin,
        "doubts": [str(doubt) for doubt in doubts_of(article)],
        "extra": dict(article.extra),
        "story": list(whole.story),
    }


def exported_record(whole: WholeArticle) -> dict[str, Any]:
    """Return a line of an export: the whole record, and the state that another library takes over."""
    article = whole.article
    return {
        EXPORT_MARK: EXPORT_FORMAT,
        **whole_article_record(whole),
        "updated": time_to_text(article.updated),
        "marks": [
            {"letter": mark.letter, "quote": _quote(mark.quote), "text_sha256": mark.text_sha256}
            for mark in whole.marks
        ],
        "state": state_times(article.state),
    }


def annotation_record(article: Article, annotation: Annotation) -> dict[str, Any]:
    """Return the record of an annotation; ``quote`` is null if it is about the whole article."""
    stored = annotation_to_document(annotation)
    del stored["text_sha256"]
    stored["quote"] = _quote(annotation.quote) if annotation.quote else None
    return {"id": annotation.id, "article": stored.pop("article"), "title": article.title, **stored}


def _quote(quote: Quote) -> dict[str, Any]:
    """Return the words and their offsets, without the data that only re-anchoring needs."""
    return {name: value for name, value in asdict(quote).items() if name != "rivals"}


def cleaned(value: Any) -> Any:
    """Clean every string in ``value``, which is JSON."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {key: cleaned(inner) for key, inner in value.items()}
    return [cleaned(inner) for inner in value] if isinstance(value, list) else value


def json_line(record: Any) -> str:
    """Return ``record`` on one line, without anything that a terminal may obey."""
    text = json.dumps(record, ensure_ascii=False)
    return _TERMINAL_CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def json_in_ascii(text: str) -> str:
    """Escape every character of JSON beyond ASCII; such characters are always in its strings."""
    return text if text.isascii() else _BEYOND_ASCII.sub(lambda found: json.dumps(found[0])[1:-1], text)
