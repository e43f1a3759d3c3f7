"""Converts values to catalogue documents and back. Times are ISO 8601; a day without a time is a date.

The documents have been validated by ``store.schema``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

import orjson

from library.models import (
    Annotation,
    AnnotationKind,
    Article,
    Image,
    PlaceMark,
    Position,
    Published,
    Quote,
    Revision,
    State,
)
from library.store.tables import encode_document

MARKS = "marks"
"""Id of the document in the table ``meta`` that holds all jump marks, by letter."""


def time_to_text(value: Published) -> str | None:
    """Format a day or time as ISO 8601; None stays None."""
    return None if value is None else value.isoformat()


def time_from_text(text: str | None) -> Published:
    """Parse the day or time that ``time_to_text`` wrote."""
    if not text:
        return None
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def article_fields(article: Article) -> dict[str, Any]:
    """Return the article fields that its document, front matter and exported record have in common."""
    return {
        "title": article.title,
        "authors": list(article.authors),
        "agency": article.agency,
        "source": article.source,
        "url": article.url,
        "published": time_to_text(article.published),
        "date_guessed": article.date_guessed,
        "updated": time_to_text(article.updated),
        "added": article.added.isoformat(),
        "language": article.language,
        "tags": list(article.tags),
        "summary": article.summary,
    }


def state_times(state: State) -> dict[str, str | None]:
    """Return the times when an article was read, bookmarked, trashed and last opened, as JSON."""
    return {mark: time_to_text(getattr(state, mark)) for mark in ("read", "bookmarked", "trashed", "opened")}


def article_to_document(article: Article) -> dict[str, Any]:
    """Convert an article to its document, which does not contain the id."""
    return {
        **article_fields(article),
        "words": article.words,
        "reading_minutes": article.reading_minutes,
        "images": [asdict(image) for image in article.images],
        "text": article.text,
        "text_sha256": article.text_sha256,
        "state": {**state_times(article.state), "position": asdict(article.state.position)},
        "revisions": [
            {**asdict(revision), "replaced": revision.replaced.isoformat()} for revision in article.revisions
        ],
        "origin": article.origin,
        **({"noticed": list(article.noticed)} if article.noticed else {}),
        **({"extra": dict(article.extra)} if article.extra else {}),
    }


def article_from_document(article_id: str, document: Mapping[str, Any]) -> Article:
    """Convert a document of the table ``articles`` to an article."""
    state = document.get("state", {})
    return Article(
        id=article_id,
        title=document["title"],
        authors=tuple(document.get("authors", ())),
        agency=document.get("agency", ""),
        source=document.get("source", ""),
        url=document.get("url", ""),
        published=time_from_text(document.get("published")),
        date_guessed=document.get("date_guessed", False),
        updated=time_from_text(document.get("updated")),
        added=datetime.fromisoformat(document["added"]),
        language=document.get("language", ""),
        tags=tuple(document.get("tags", ())),
        summary=document.get("summary", ""),
        words=document.get("words", 0),
        reading_minutes=document.get("reading_minutes", 1),
        images=tuple(Image(**_known(Image, image)) for image in document.get("images", ())),
        text=document.get("text", ""),
        text_sha256=document.get("text_sha256", ""),
        state=State(
            read=_moment(state.get("read")),
            bookmarked=_moment(state.get("bookmarked")),
            trashed=_moment(state.get("trashed")),
            opened=_moment(state.get("opened")),
            position=Position(**_known(Position, state.get("position", {}))),
        ),
        revisions=tuple(_revision(revision) for revision in document.get("revisions", ())),
        origin=document.get("origin", ""),
        noticed=tuple(document.get("noticed", ())),
        extra=document.get("extra", {}),
    )


def _known(kind: type[Any], document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of ``document`` that ``kind`` has; a newer program may have written others."""
    return {one.name: document[one.name] for one in fields(kind) if one.name in document}


def _revision(document: Mapping[str, Any]) -> Revision:
    return Revision(
        text=document["text"],
        text_sha256=document["text_sha256"],
        replaced=datetime.fromisoformat(document["replaced"]),
    )


def quote_to_document(quote: Quote) -> dict[str, Any]:
    """Convert a quote to a part of a document, without ``rivals`` if they are unknown."""
    document = asdict(quote)
    rivals = document.pop("rivals")
    return document if rivals is None else {**document, "rivals": list(rivals)}


def quote_from_document(document: Mapping[str, Any]) -> Quote:
    """Convert the result of ``quote_to_document`` back. Raises TypeError if the document is not a quote."""
    rivals = document.get("rivals")
    return Quote(**{**_known(Quote, document), "rivals": None if rivals is None else tuple(map(int, rivals))})


def mark_document(mark: PlaceMark) -> dict[str, Any]:
    """Convert a jump mark to the value that is stored under its letter."""
    return {
        "article": mark.article,
        "text_sha256": mark.text_sha256,
        "quote": quote_to_document(mark.quote),
    }


def annotation_to_document(annotation: Annotation) -> dict[str, Any]:
    """Convert an annotation to its document, which does not contain the id."""
    return {
        "article": annotation.article,
        "kind": str(annotation.kind),
        "quote": quote_to_document(annotation.quote) if annotation.quote else None,
        "text_sha256": annotation.text_sha256,
        "body": annotation.body,
        "colour": annotation.colour,
        "tags": list(annotation.tags),
        "created": annotation.created.isoformat(),
        "updated": annotation.updated.isoformat(),
        "orphan": annotation.orphan,
    }


def annotation_from_document(annotation_id: str, document: Mapping[str, Any]) -> Annotation:
    """Convert a document of the table ``annotations`` to an annotation."""
    quote = document.get("quote")
    return Annotation(
        id=annotation_id,
        article=document["article"],
        kind=AnnotationKind(document["kind"]),
        quote=quote_from_document(quote) if quote else None,
        text_sha256=document.get("text_sha256", ""),
        body=document.get("body", ""),
        colour=document.get("colour", ""),
        tags=tuple(document.get("tags", ())),
        created=datetime.fromisoformat(document["created"]),
        updated=datetime.fromisoformat(document["updated"]),
        orphan=document.get("orphan", False),
    )


ENTRY_HEAD = re.compile(
    rb'\{"title":("(?:[^"\\]|\\.)*+"),"at":("[^"\\]*+"),"undone":(true|false),"changes":\['
)
"""The beginning of an encoded entry of the history: title, time and state, read without its changes."""


def encode_entry(head: dict[str, Any], changes: Iterable[bytes]) -> bytes:
    """Return an entry with the fields ``head`` (title, at, undone) and the encoded ``changes``."""
    return b'%s,"changes":[%s]}' % (encode_document(head)[:-1], b",".join(changes))


def is_undone(entry: bytes) -> bool | None:
    """Return True if the encoded ``entry`` is undone; None if its head is damaged."""
    found = ENTRY_HEAD.match(entry)
    if found:
        return found[3] == b"true"
    try:
        undone = orjson.loads(entry)["undone"]
    except (ValueError, TypeError, LookupError):
        return None
    return undone if isinstance(undone, bool) else None
