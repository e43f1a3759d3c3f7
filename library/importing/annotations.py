"""Merges the annotations and jump marks of an imported article, without losses or duplicates."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from library.annotations.anchors import Reanchoring, anchored
from library.models import Annotation, Article, PlaceMark, Quote
from library.store.database import CatalogDatabase
from library.store.documents import MARKS, mark_document
from library.text.cleaning import clean_text
from library.text.tag_names import clean_tags


class IncomingNotes:
    """Merges imported annotations into those on one article. ``changed`` are those to be written."""

    def __init__(self, article: Article, plain: str, present: Mapping[str, Annotation]) -> None:
        self._article = article
        self._plain = plain
        self._places: Reanchoring | None = None
        self._known = dict(present)
        """The annotations on the article, and all others whose ids are imported, by id."""
        self.changed: dict[str, Annotation] = {}

    def take(self, incoming: Iterable[Annotation]) -> None:
        """Merge ``incoming``: existing annotations stay and new ones are added.

        If two versions of an annotation have different words, both stay.
        """
        for one in incoming:
            self._take(self._placed(one))

    def _take(self, one: Annotation) -> None:
        if not one.id and any(_same(one, other) for other in self._on_article()):
            return
        there = self._known.get(one.id) if one.id else None
        if there is None:
            self._put(one if one.id else replace(one, id=_derived_id(one)))
        elif there.article != one.article or (merged := _merged(there, one)) is None:
            self._add_beside(one)
        elif merged != there:
            self._put(merged)

    def _add_beside(self, one: Annotation) -> None:
        key = _derived_id(one)
        if key not in self._known:
            self._put(replace(one, id=key))

    def _on_article(self) -> list[Annotation]:
        return [one for one in self._known.values() if one.article == self._article.id]

    def _put(self, one: Annotation) -> None:
        self._known[one.id] = self.changed[one.id] = one

    def _placed(self, one: Annotation) -> Annotation:
        """Return ``one`` at its words in the article's current text; an orphan if no place is certain."""
        one = replace(one, article=self._article.id, text_sha256=self._article.text_sha256)
        quote = one.quote
        if quote is None or one.orphan:
            return one
        if self._places is None:
            self._places = Reanchoring(self._plain)
        words = _words_in_place(quote, self._plain)
        if words:
            there = self._places.anchor(quote.start, quote.end)
            return replace(one, quote=there if there.exact == words else replace(quote, exact=words))
        found = self._places.find(replace(quote, end=quote.start + len(quote.exact)))
        return replace(one, orphan=True) if found is None else replace(one, quote=found)


def _words_in_place(quote: Quote, plain: str) -> str:
    """Return the words at the offsets of ``quote`` in ``plain``; empty if they are not those of the quote."""
    words = plain[quote.start : quote.end]
    # A quote is cleaned on its own, which can remove a character that stays inside a longer text.
    return words if quote.exact in (words, clean_text(words)) else ""


def _same(one: Annotation, other: Annotation) -> bool:
    """Return True if both have the same kind, passage and body."""
    return (one.kind, _words(one), one.body.strip()) == (other.kind, _words(other), other.body.strip())


def _words(one: Annotation) -> tuple[str, int]:
    return (one.quote.exact, -1 if one.orphan else one.quote.start) if one.quote else ("", -1)


def _merged(there: Annotation, one: Annotation) -> Annotation | None:
    """Merge two versions of an annotation; return None if words of either would be lost."""
    later = one.updated > there.updated
    mine, theirs = there.body.strip(), one.body.strip()
    if theirs in mine:
        body = there.body
    elif mine in theirs:
        body = one.body
    else:
        return None
    if there.orphan and not one.orphan:
        there = replace(there, quote=one.quote, text_sha256=one.text_sha256, orphan=False)
    if not later:
        return replace(there, body=body)
    tags = clean_tags((*there.tags, *one.tags))
    return replace(there, body=body, tags=tags, colour=one.colour or there.colour, updated=one.updated)


def _derived_id(one: Annotation) -> str:
    """Return an id that is the same whenever the same annotation is imported."""
    said = "\0".join((one.id, one.article, str(one.kind), one.quote.exact if one.quote else "", one.body))
    digest = hashlib.sha256(said.encode("utf-8", "replace")).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:16]


def merge_marks(
    database: CatalogDatabase, marks: Iterable[PlaceMark], article: Article, plain: str, *, dry_run: bool
) -> bool:
    """Set those of ``marks`` on ``article`` whose letters are free. Call it inside a transaction.

    Args:
        plain: The plain text of the article.
        dry_run: Change nothing.

    Returns:
        True if a mark is new.
    """
    meta = database.catalog_table("meta")
    present: dict[str, Any] = dict(meta.checked().get(MARKS, {}))
    new = {
        mark.letter: mark_document(_placed(mark, article, plain))
        for mark in marks
        if mark.letter not in present
    }
    if new and not dry_run:
        meta.put({MARKS: {**present, **new}})
    return bool(new)


def _placed(mark: PlaceMark, article: Article, plain: str) -> PlaceMark:
    """Return ``mark`` on ``article``; words that are not at their offsets are located on first use."""
    quote, digest = mark.quote, mark.text_sha256
    if _words_in_place(quote, plain):
        quote, digest = anchored(plain, quote.start, quote.end), article.text_sha256
    elif digest == article.text_sha256:
        digest = ""
    return PlaceMark(letter=mark.letter, article=article.id, quote=quote, text_sha256=digest)
