"""Taking in the jump marks that come with an article: a letter that is in use keeps its place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from library.annotations import anchored
from library.models import Article, PlaceMark
from library.store.database import CatalogDatabase
from library.store.documents import MARKS, mark_document
from library.text.cleaning import clean_text


def take_marks(
    database: CatalogDatabase, marks: Iterable[PlaceMark], article: Article, plain: str, *, dry_run: bool
) -> bool:
    """Set those of ``marks`` on ``article`` whose letters are free. Used inside a transaction.

    Args:
        plain: The plain text of the article.
        dry_run: Whether nothing is to be changed.

    Returns:
        Whether a mark is new.
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
    """``mark`` on ``article``; its words are looked for later where they are not at their place."""
    quote, digest = mark.quote, mark.text_sha256
    # The words were cleaned by themselves, which can take away a sign that stays inside a longer text.
    if quote.exact in (words := plain[quote.start : quote.end], clean_text(words)):
        quote, digest = anchored(plain, quote.start, quote.end), article.text_sha256
    elif digest == article.text_sha256:
        digest = ""
    return PlaceMark(letter=mark.letter, article=article.id, quote=quote, text_sha256=digest)
