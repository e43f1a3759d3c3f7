"""Why an article needs a look: what an import may have read wrongly or incompletely."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from library.models import Article

SHORT = 40
"""Number of words below which a text is so short that the rest of it may be missing."""


class Doubt(StrEnum):
    """A reason to look at an article. The last two are recorded by the import, in ``noticed``."""

    NO_DATE = "no date"
    GUESSED_DATE = "guessed date"
    SHORT = "very short"
    JOINED = "joined paragraphs"
    LEFT_OUT = "much text left out"


def noticed(*, joined: int, warning: str) -> tuple[str, ...]:
    """Return what an import records: paragraphs that it joined, and that it left out much visible text."""
    doubts = ((joined, Doubt.JOINED), (warning, Doubt.LEFT_OUT))
    return tuple(doubt.value for found, doubt in doubts if found)


def is_doubtful(document: Mapping[str, Any]) -> bool:
    """Return True if there is a doubt about the article with this document."""
    return bool(
        not document.get("published")
        or document.get("date_guessed")
        or document.get("words", 0) < SHORT
        or document.get("noticed")
    )


def doubts_of(article: Article) -> tuple[Doubt, ...]:
    """Return the reasons to look at ``article``; none if it is not ``is:doubtful``."""
    return tuple(_doubts(article))


def _doubts(article: Article) -> Iterable[Doubt]:
    if article.published is None:
        yield Doubt.NO_DATE
    elif article.date_guessed:
        yield Doubt.GUESSED_DATE
    if article.words < SHORT:
        yield Doubt.SHORT
    yield from (doubt for doubt in Doubt if doubt.value in article.noticed)
