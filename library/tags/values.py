"""The tag values that the library returns: frozen, typed, independent of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TagFamily:
    """A tag and the tags below it, with their numbers of articles.

    ``tag`` is written whole (``world/europe``), ``name`` is its last part. ``own`` counts the articles that
    carry the tag itself, or have an annotation that does; ``count`` those of the whole family, each once.
    ``colour`` is empty if the tag has none. ``members`` are the tags right below, the most used first.
    """

    tag: str
    name: str
    own: int
    count: int
    colour: str = ""
    members: tuple[TagFamily, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusedTag:
    """A tag that no article outside the trash carries: it has a colour, or ``trashed`` articles carry it."""

    tag: str
    colour: str = ""
    trashed: int = 0


@dataclass(frozen=True, slots=True)
class RelatedTag:
    """A tag that occurs with another one, on ``together`` articles.

    ``lift`` is the observed number divided by the one expected for unrelated tags; always above 1.
    """

    tag: str
    together: int
    lift: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TagChange:
    """What a change of tags touched: ids of articles and annotations, how many rules and saved searches.

    ``merged``: the new name was that of another tag already.
    """

    articles: tuple[str, ...] = ()
    annotations: tuple[str, ...] = ()
    rules: int = 0
    searches: int = 0
    merged: bool = False


@dataclass(frozen=True, slots=True)
class TagSuggestion:
    """A suggested tag, with a short reason."""

    tag: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRule:
    """A rule: imported articles that match ``query`` get ``tags``.

    ``error`` says why the rule does nothing, where its query can no longer be understood.
    """

    id: str
    query: str
    tags: tuple[str, ...]
    created: datetime
    error: str = ""
