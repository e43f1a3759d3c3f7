"""What a change of articles does to a document: pure functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from library.text.folding import fold
from library.text.tag_names import distinct_tags

Document = Mapping[str, Any]

DocumentEdit = Callable[[Document], Document]
"""Makes the document that is to be; the same one where nothing changes."""

_TITLES = {
    ("bookmarked", True): "bookmark",
    ("bookmarked", False): "bookmark taken away",
    ("read", True): "mark as read",
    ("read", False): "mark as unread",
    ("trashed", True): "move to the trash",
    ("trashed", False): "move out of the trash",
}


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
        before = document.get("tags", [])
        if remove:
            after = [tag for tag in before if fold(tag) not in folded]
        else:
            after = list(distinct_tags((*before, *folded.values())))
        return document if after == before else {**document, "tags": after}

    return retagged
