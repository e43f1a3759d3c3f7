"""Stand-ins for what tests must hold still: the clock, ids, and a small corpus to search in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from library.search.facts import ArticleIndex, FactsReader

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
"""A Sunday, ten o'clock in Berlin."""

BERLIN = ZoneInfo("Europe/Berlin")


class FakeClock:
    """A clock that goes on by a second each time it is read, and stands where it is set."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class SetClock:
    """A clock that stands where it is set."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class FakeIds:
    """Ids for annotations: ``note1``, ``note2``, …"""

    def __init__(self) -> None:
        self._numbers = count(1)

    def __call__(self) -> str:
        return f"note{next(self._numbers)}"


class FakeCorpus:
    """Documents in memory, with their texts and their annotations."""

    def __init__(
        self,
        documents: Mapping[str, Mapping[str, Any]],
        texts: Mapping[str, str] | None = None,
        annotations: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        self.documents = documents
        self.texts = texts or {}
        self.annotations = annotations or {}
        self.read: list[str] = []
        """The texts asked for, in order."""

    def index(self, timezone: tzinfo | None = BERLIN) -> ArticleIndex:
        """The index of the articles, with the days of ``timezone``."""
        return ArticleIndex.of(self.documents, FactsReader(timezone))

    def annotated(self) -> set[str]:
        return {annotation["article"] for annotation in self.annotations.values()}

    def annotation_tags(self) -> dict[str, list[str]]:
        tags: dict[str, list[str]] = {}
        for one in self.annotations.values():
            if one.get("tags"):
                tags.setdefault(one["article"], []).extend(one["tags"])
        return tags

    def articles(self) -> Mapping[str, Mapping[str, Any]]:
        return self.documents

    def annotations_of(self, article_id: str) -> Sequence[Mapping[str, Any]]:
        return [one for one in self.annotations.values() if one["article"] == article_id]

    def folded_text(self, document: Mapping[str, Any]) -> str:
        from library.text.case_folding import fold

        self.read.append(document["text"])
        return fold(self.texts.get(document["text"], ""))


def article_document(**fields: Any) -> dict[str, Any]:
    """A document of the table ``articles``; marks of the state are given by name."""
    marks = ("read", "bookmarked", "trashed", "opened")
    state = {name: NOW.isoformat() if fields.pop(name, False) else None for name in marks}
    return {
        "title": "Untitled",
        "published": None,
        "added": NOW.isoformat(),
        "tags": [],
        "words": 0,
        "reading_minutes": 1,
        "images": [],
        "text": "",
        "state": state,
        **fields,
    }


def markdown(title: str, body: str, **fields: str) -> bytes:
    """A Markdown file with front matter."""
    head = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\ntitle: {title}\n{head}---\n\n{body}\n".encode()
