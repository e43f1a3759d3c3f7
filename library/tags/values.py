"""The tag values that the library returns: frozen, typed, independent of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TagFamily:
    """A tag and the tags below it, with their numbers of articles.

    ``tag`` is the full name (``world/europe``), ``name`` its last part. ``own`` is the number of articles
    that have the tag itself, or an annotation with it; ``count`` that of the whole family, each article once.
    ``colour`` is empty if the tag has none. ``members`` are the tags directly below, the most used first.
    """

    tag: str
    name: str
    own: int
    count: int
    colour: str = ""
    members: tuple[TagFamily, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusedTag:
    """A tag that no article outside the trash has: it has a colour, or ``trashed`` articles have it."""

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
    """The extent of a change of tags: ids of articles and annotations, numbers of rules and searches.

    ``merged``: the new name was already that of another tag.
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

    ``error`` is set if the query is no longer valid; the rule then does nothing.
    """

    id: str
    query: str
    tags: tuple[str, ...]
    created: datetime
    error: str = ""
