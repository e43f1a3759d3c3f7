"""What the façade's changes do to a document: pure functions."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from library.given import each_text
from library.text.cleaning import TAG_LIMIT, clean_line
from library.text.folding import fold

Document = Mapping[str, Any]

DocumentEdit = Callable[[Document], Document]
"""Makes the document that is to be; the same one where nothing changes."""

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
    cleaned = (clean_line(_NO_TAG.sub(" ", tag), TAG_LIMIT).strip("#/ ") for tag in each_text(tags, "tags"))
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


def marking(mark: str, at: datetime | None) -> DocumentEdit:
    """Sets ``mark`` (a field of State) of an article's document, or takes it away (None), unless it is so."""
    text = at.isoformat() if at else None

    def marked(document: Document) -> Document:
        state = document.get("state", {})
        if bool(state.get(mark)) == bool(text):
            return document
        return {**document, "state": {**state, mark: text}}

    return marked


def retagging(names: Iterable[str], *, remove: bool) -> DocumentEdit:
    """Adds the tags ``names`` to an article's document, or removes them; case and accents do not count."""
    folded = {fold(name): name for name in names}

    def retagged(document: Document) -> Document:
        former = document.get("tags", [])
        if remove:
            latter = [tag for tag in former if fold(tag) not in folded]
        else:
            latter = list(_distinct((*former, *folded.values())))
        return document if latter == former else {**document, "tags": latter}

    return retagged
