"""Facts about every article, kept in memory for queries: day, tags, state and length."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence, Set
from datetime import date, datetime, tzinfo
from typing import Any, NamedTuple, Protocol

from library.search.doubts import is_doubtful
from library.text.case_folding import fold

Document = Mapping[str, Any]

_STARTED, _FINISHED = 0.02, 0.95
"""Shares of an article from which it counts as started and as finished."""

_FEW = 200
"""Maximum number of changed articles for which tag sets and days are updated instead of rebuilt."""


class Rank(NamedTuple):
    """The position of an article in time. ``day`` is an ordinal, 0 if unknown."""

    day: int
    moment: float
    added: str


class Facts(NamedTuple):
    """The facts of one article. Its day is in the reader's time zone; ``tags`` are as written."""

    rank: Rank
    tags: tuple[str, ...]
    read: bool
    bookmarked: bool
    trashed: bool
    image: bool
    words: int
    minutes: int
    opened: str | None
    started: bool
    doubtful: bool
    source: str
    language: str


class Moments:
    """Converter of stored times to days of one time zone (None: the machine's) and moments."""

    def __init__(self, timezone: tzinfo | None) -> None:
        self._timezone = timezone
        self._known: dict[str, tuple[date, float]] = {}

    def __call__(self, text: str) -> tuple[date, float]:
        """Return the day of ``text`` and its moment in seconds: minus infinity if ``text`` has no time."""
        if len(text) == 10:
            known = self._known.get(text)
            if known is None:
                known = self._known[text] = (date.fromisoformat(text), float("-inf"))
            return known
        moment = datetime.fromisoformat(text)
        return (moment.astimezone(self._timezone).date(), moment.timestamp())


class FactsReader:
    """Reader of the facts of articles, with days of one time zone (None: the machine's)."""

    def __init__(self, timezone: tzinfo | None) -> None:
        self.moments = Moments(timezone)
        self._spelled: dict[str, str] = {}

    def facts(self, document: Document) -> Facts:
        """Return the facts of an article."""
        published, added = document.get("published"), document.get("added", "")
        state = document.get("state", {})
        day, moment = self.moments(published) if published else (None, 0.0)
        spelled = self._spelled.setdefault
        return Facts(
            rank=Rank(day.toordinal() if day else 0, moment, added),
            tags=tuple([spelled(tag, tag) for tag in document.get("tags", ())]),
            read=bool(state.get("read")),
            bookmarked=bool(state.get("bookmarked")),
            trashed=bool(state.get("trashed")),
            image=bool(document.get("images")),
            words=document.get("words", 0),
            minutes=document.get("reading_minutes", 0),
            opened=state.get("opened"),
            started=_STARTED <= state.get("position", {}).get("share", 0.0) < _FINISHED,
            doubtful=is_doubtful(document),
            source=spelled(source := document.get("source", ""), source),
            language=spelled(language := document.get("language", ""), language),
        )


class ArticleIndex:
    """The facts of all articles at one moment. It is immutable; ``updated`` returns a new one.

    ``order`` has all ids, newest first; articles of equal rank are in stored order. ``kept`` has the ids that
    are not in the trash.
    """

    def __init__(
        self,
        reader: FactsReader,
        facts: dict[str, Facts],
        order: list[str],
        kept: list[str] | None = None,
        tagged: dict[str, Set[str]] | None = None,
        days: dict[str, int] | None = None,
    ) -> None:
        self._reader = reader
        self.facts = facts
        self.order = order
        self._tagged = tagged
        self._days = days
        self.kept = [key for key in order if not facts[key].trashed] if kept is None else kept

    @classmethod
    def of(cls, documents: Mapping[str, Document], reader: FactsReader) -> ArticleIndex:
        """Build the index of ``documents``."""
        facts = {key: reader.facts(document) for key, document in documents.items()}
        return cls(reader, facts, _newest_first(list(facts), facts))

    @property
    def moments(self) -> Moments:
        """Converter of stored times to days."""
        return self._reader.moments

    @property
    def tagged(self) -> Mapping[str, Set[str]]:
        """Folded tag → ids of the articles that have it."""
        if self._tagged is None:
            tagged: dict[str, set[str]] = {}
            for key, facts in self.facts.items():
                for tag in facts.tags:
                    tagged.setdefault(fold_tag(tag), set()).add(key)
            self._tagged = dict(tagged)
        return self._tagged

    @property
    def days(self) -> Mapping[str, int]:
        """Id → ordinal of its day, 0 if unknown."""
        if self._days is None:
            self._days = {key: facts.rank.day for key, facts in self.facts.items()}
        return self._days

    def between(self, keys: Sequence[str], first: date, last: date) -> Sequence[str]:
        """Return those of ``keys`` published from ``first`` to ``last``. ``keys`` must be newest first."""
        start = bisect_left(keys, -last.toordinal(), key=self._days_back)
        end = bisect_left(keys, -first.toordinal() + 1, key=self._days_back)
        return keys[start:end]

    def _days_back(self, key: str) -> int:
        return -self.facts[key].rank.day

    def updated(self, changed: Collection[str], documents: Mapping[str, Document]) -> ArticleIndex:
        """Return the index after the articles ``changed`` were added, removed or edited."""
        facts = dict(self.facts)
        for key in changed:
            document = documents.get(key)
            if document is None:
                facts.pop(key, None)
            else:
                facts[key] = self._reader.facts(document)
        order = self.order
        if any(_rank(self.facts.get(key)) != _rank(facts.get(key)) for key in changed):
            new = [key for key in changed if key in facts and key not in self.facts]
            order = _newest_first([key for key in (*order, *new) if key in facts], facts)
        stay = all(_is_kept(self.facts.get(key)) == _is_kept(facts.get(key)) for key in changed)
        kept = self.kept if stay and order is self.order else None
        return ArticleIndex(
            self._reader, facts, order, kept, self._retagged(changed, facts), self._redated(changed, facts)
        )

    def _redated(self, changed: Collection[str], facts: Mapping[str, Facts]) -> dict[str, int] | None:
        if self._days is None or len(changed) > _FEW:
            return None
        days = dict(self._days)
        for key in changed:
            if key in facts:
                days[key] = facts[key].rank.day
            else:
                days.pop(key, None)
        return days

    def _retagged(self, changed: Collection[str], facts: Mapping[str, Facts]) -> dict[str, Set[str]] | None:
        if self._tagged is None or len(changed) > _FEW:
            return None
        tagged = dict(self._tagged)
        for key in changed:
            previous, current = _tags(self.facts.get(key)), _tags(facts.get(key))
            for tag in previous - current:
                tagged[tag] = tagged[tag] - {key}
            for tag in current - previous:
                tagged[tag] = tagged.get(tag, frozenset()) | {key}
        return tagged


def _rank(facts: Facts | None) -> Rank | None:
    return None if facts is None else facts.rank


def _is_kept(facts: Facts | None) -> bool:
    return facts is not None and not facts.trashed


def _tags(facts: Facts | None) -> frozenset[str]:
    return frozenset() if facts is None else frozenset(map(fold_tag, facts.tags))


def _newest_first(keys: list[str], facts: Mapping[str, Facts]) -> list[str]:
    return sorted(keys, key=lambda key: facts[key].rank, reverse=True)


def fold_tag(tag: str) -> str:
    """Return a tag in the form in which tags are compared."""
    return tag.lower() if tag.isascii() else fold(tag)


class ArticleTable(Protocol):
    """The articles as the store provides them."""

    @property
    def version(self) -> int:
        """A number that grows with every change."""

    def checked(self) -> Mapping[str, Document]:
        """Return id → document, with the fields of each checked."""

    def changed_since(self, version: int) -> Collection[str] | None:
        """Return the ids that changed since ``version``; None if that is no longer known."""

    @property
    def changing(self) -> bool:
        """True if the caller is inside a transaction and sees changes that others do not."""


class LiveIndex:
    """The index of a table of articles, updated when it is requested. Thread-safe."""

    def __init__(self, table: ArticleTable, timezone: tzinfo | None) -> None:
        self._table = table
        self._turn = threading.Lock()
        self._version = self._far = -1
        self._reader = FactsReader(timezone)
        self._index = ArticleIndex.of({}, self._reader)

    def current(self) -> ArticleIndex:
        """Return the index of the articles as they are now."""
        if self._table.changing:
            return ArticleIndex.of(self._table.checked(), self._reader)
        with self._turn:
            version = self._table.version  # read first: later changes are seen by the next call
            if version != self._version:
                changed = self._table.changed_since(self._version) if self._version >= 0 else None
                documents = self._table.checked()
                self._index = (
                    ArticleIndex.of(documents, self._reader)
                    if changed is None
                    else self._index.updated(changed, documents)
                )
                self._version = version
            return self._index

    def facts_of(self, key: str) -> Facts | None:
        """Return the current facts of one article without a long wait.

        If many articles have changed, or another thread is updating the index, only the document of this
        article is read.
        """
        version = self._table.version
        if version == self._version and not self._table.changing:
            return self._index.facts.get(key)
        if self._is_near(version):
            return self.current().facts.get(key)
        document = self._table.checked().get(key)
        return None if document is None else self._reader.facts(document)

    def _is_near(self, version: int) -> bool:
        """Return True if the index can be updated to ``version`` quickly."""
        if self._version < 0 or version == self._far or self._table.changing or self._turn.locked():
            return False
        changed = self._table.changed_since(self._version)
        if changed is None or len(changed) > _FEW:
            self._far = version
        return self._far != version
