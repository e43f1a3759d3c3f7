"""Rebuilds articles from their files: front matter and text."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from library.maintenance.inspection import Inspection
from library.models import Article, Image, Published, Revision, State
from library.store.documents import article_from_document, time_from_text
from library.store.paths import on_disk
from library.store.texts import body_of, front_matter_of
from library.text.cleaning import TITLE_LIMIT, clean_line
from library.text.text_facts import plain_text, text_digest, text_facts

_LIMIT = TITLE_LIMIT * 4


def rebuilt_article(
    inspection: Inspection, key: str, paths: Sequence[str], document: Mapping[str, Any] | None = None
) -> Article:
    """Rebuild the article ``key`` from its files: the newest is its text, the others are its revisions.

    The readable parts of the state in ``document`` are kept. Raises OSError, UnicodeError.
    """
    newest, *previous = sorted(paths, key=lambda path: _changed(inspection, path), reverse=True)
    content = inspection.content(newest)
    fields, plain = front_matter_of(content), plain_text(body_of(content))
    return Article(
        id=key,
        title=_line(fields, "title") or key,
        authors=_lines(fields, "authors"),
        agency=_line(fields, "agency"),
        source=_line(fields, "source"),
        url=_line(fields, "url"),
        published=_time(fields, "published"),
        date_guessed=fields.get("date_guessed") is True,
        updated=_time(fields, "updated"),
        added=_moment(fields) or _changed(inspection, newest),
        language=_line(fields, "language"),
        tags=_lines(fields, "tags"),
        summary=_line(fields, "summary"),
        images=_images(fields),
        text=newest,
        **text_facts(plain),
        state=_state(document or {}),
        revisions=tuple(_revision(inspection, path) for path in previous),
        origin=_line(fields, "origin"),
        extra=_extra(fields),
    )


def _changed(inspection: Inspection, path: str) -> datetime:
    return datetime.fromtimestamp(on_disk(inspection.folder, path).stat().st_mtime, UTC)


def _revision(inspection: Inspection, path: str) -> Revision:
    plain = plain_text(body_of(inspection.content(path)))
    return Revision(text=path, text_sha256=text_digest(plain), replaced=_changed(inspection, path))


def _line(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    return clean_line(str(value), _LIMIT) if isinstance(value, str | int | float) else ""


def _lines(fields: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = fields.get(name)
    members = value if isinstance(value, list) else []
    return tuple(clean_line(str(one), _LIMIT) for one in members if isinstance(one, str | int | float))


def _time(fields: Mapping[str, Any], name: str) -> Published:
    value = fields.get(name)
    try:
        return time_from_text(value if isinstance(value, str) else value.isoformat() if value else None)
    except (ValueError, AttributeError):
        return None


def _moment(fields: Mapping[str, Any]) -> datetime | None:
    added = _time(fields, "added")
    return added if isinstance(added, datetime) and added.tzinfo is not None else None


def _images(fields: Mapping[str, Any]) -> tuple[Image, ...]:
    listed = fields.get("images")
    return tuple(
        Image(**{one.name: _line(image, one.name) for one in dataclasses.fields(Image)})
        for image in (listed if isinstance(listed, list) else [])
        if isinstance(image, Mapping)
    )


def _extra(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    extra = fields.get("extra")
    return {str(key): value for key, value in extra.items()} if isinstance(extra, Mapping) else {}


def _state(document: Mapping[str, Any]) -> State:
    """Return a state with every mark that can be read, each tried separately."""
    state = document.get("state")
    state, legible = state if isinstance(state, Mapping) else {}, State()
    for mark in ("read", "bookmarked", "trashed", "opened", "position"):
        try:
            one = {"title": "", "added": "2000-01-01", "state": {mark: state.get(mark)}}
            value = getattr(article_from_document("", one).state, mark)
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
        legible = replace(legible, **{mark: value})
    return legible
