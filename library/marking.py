"""What the façade's changes do to a value: pure functions."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from library.models import Article, State
from library.text.cleaning import TAG_LIMIT, clean_line
from library.text.folding import fold

__all__ = ["State", "clean_tags", "mark_title", "marked", "random_id", "retagged"]

_NO_TAG = re.compile('[,"]')
_TITLES = {
    ("bookmarked", True): "bookmark",
    ("bookmarked", False): "bookmark taken away",
    ("read", True): "mark as read",
    ("read", False): "mark as unread",
    ("trashed", True): "move to the trash",
    ("trashed", False): "move out of the trash",
}


def random_id() -> str:
    """A new id: 80 random bits in lower-case base32."""
    return base64.b32encode(os.urandom(10)).decode("ascii").lower()


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags without control characters, commas, quotation marks and repetitions, in their order."""
    cleaned = (clean_line(_NO_TAG.sub(" ", tag), TAG_LIMIT).strip("#/ ") for tag in tags)
    return _distinct(tag for tag in cleaned if tag)


def _distinct(tags: Iterable[str]) -> tuple[str, ...]:
    """The first of all tags that the query language takes for the same."""
    first: dict[str, str] = {}
    for tag in tags:
        first.setdefault(fold(tag), tag)
    return tuple(first.values())


def mark_title(mark: str, on: bool) -> str:
    """What a change of ``mark`` (a field of State) is called in the history."""
    return _TITLES[mark, on]


def marked(article: Article, mark: str, on: bool, now: datetime) -> Article:
    """``article`` with ``mark`` set to ``now`` or taken away; unchanged if it is so already."""
    if (getattr(article.state, mark) is not None) == on:
        return article
    state = replace(article.state, **{mark: now if on else None})  # type: ignore[arg-type]  # by name
    return replace(article, state=state)


def retagged(article: Article, names: Iterable[str], *, remove: bool) -> Article:
    """``article`` with the tags ``names`` added, or removed; case and accents make no other tag."""
    if not remove:
        return replace(article, tags=_distinct((*article.tags, *names)))
    removed = frozenset(fold(name) for name in names)
    return replace(article, tags=tuple(tag for tag in article.tags if fold(tag) not in removed))
