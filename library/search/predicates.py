"""Tests of one article against the terms of a query, and sort keys of articles.

Cheap terms are tested first, and a text is read from the disk only if no cheaper term has ruled its article
out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from library.errors import SearchStopped
from library.query.tree import (
    Amount,
    And,
    Clock,
    Days,
    Has,
    Is,
    NoDay,
    Node,
    Not,
    Or,
    Query,
    Saved,
    SortKey,
    Tagged,
    Untagged,
    Words,
    children,
)
from library.search.facts import ArticleIndex, Facts, fold_tag
from library.search.fulltext.index import WordIndex
from library.search.word_patterns import word_test
from library.text.case_folding import fold

Document = Mapping[str, Any]
Predicate = Callable[[str, Facts], bool]

_NEVER = date.min.isoformat()
ANYWHERE = ("title", "note", "quote", "text")
"""Fields that are searched for words without a field."""

_FRESHNESS = 0.2
"""Share by which the rank of the newest article is raised; it halves with every year of age."""


class Corpus(Protocol):
    """The data that a query runs over."""

    def articles(self) -> Mapping[str, Document]:
        """Return id → document of every article, including trashed ones."""

    def annotated(self) -> Set[str]:
        """Return the ids of the articles that have annotations."""

    def annotation_tags(self) -> Mapping[str, Iterable[str]]:
        """Return article id → tags of its annotations, for articles with such tags."""

    def annotations_of(self, article_id: str) -> Sequence[Document]:
        """Return the documents of an article's annotations."""

    def folded_text(self, document: Document) -> str:
        """Return an article's text, folded; empty if its file cannot be read."""


class Evaluator:
    """Factory of predicates and sort keys.

    With ``alone``, the corpus shows one annotation of an article at a time, so the full-text index and the
    tag sets, which know all of them, are not used for annotations.
    """

    def __init__(
        self, corpus: Corpus, index: ArticleIndex, words: WordIndex | None = None, *, alone: bool = False
    ) -> None:
        self._words = words
        self._alone = alone
        self._corpus = corpus
        self._articles = corpus.articles()
        self._index = index
        self._moment = index.moments

    def predicate(self, node: Node) -> Predicate:
        """Return a predicate that tells if an article, given by id and facts, matches ``node``."""
        match node:
            case And(nodes):
                return _all([self.predicate(child) for child in sorted(nodes, key=cost_of)])
            case Or(nodes):
                return _any([self.predicate(child) for child in sorted(nodes, key=cost_of)])
            case Not(child):
                inner = self.predicate(child)
                return lambda key, facts: not inner(key, facts)
            case Saved(node=child):
                return self.predicate(child)
            case Tagged():
                return self._tagged_predicate(node)
            case Untagged():
                return lambda key, facts: not facts.tags
            case Days() | NoDay():
                return self._time_predicate(node)
            case Is(state):
                return self._state_predicate(state)
            case Has(thing):
                return self._thing_predicate(thing)
            case Amount():
                return _amount_predicate(node)
            case Words():
                return self._words_predicate(node)

    def _document(self, key: str) -> Document:
        return self._articles.get(key) or {}

    def _times(self, clock: Clock, key: str, facts: Facts) -> Iterable[str | None]:
        match clock:
            case Clock.ADDED:
                return (facts.rank.added,)
            case Clock.OPENED:
                return (facts.opened,)
        return [annotation["created"] for annotation in self._corpus.annotations_of(key)]

    def _time_predicate(self, node: Days | NoDay) -> Predicate:
        clock = node.clock
        if isinstance(node, NoDay):
            if clock is Clock.PUBLISHED:
                return lambda key, facts: not facts.rank.day
            return lambda key, facts: not any(self._times(clock, key, facts))
        first, last = node.first or date.min, node.last or date.max
        if clock is Clock.PUBLISHED:
            start, end = first.toordinal(), last.toordinal()
            return lambda key, facts: start <= facts.rank.day <= end

        def within(key: str, facts: Facts) -> bool:
            times = self._times(clock, key, facts)
            return any(text and first <= self._moment(text)[0] <= last for text in times)

        return within

    def _state_predicate(self, state: str) -> Predicate:
        match state:
            case "unread":
                return lambda key, facts: not facts.read
            case "read":
                return lambda key, facts: facts.read
            case "started":
                return lambda key, facts: facts.started
            case "doubtful":
                return lambda key, facts: facts.doubtful
            case "bookmarked":
                return lambda key, facts: facts.bookmarked
            case "trashed":
                return lambda key, facts: facts.trashed
        return lambda key, facts: any(note.get("orphan") for note in self._corpus.annotations_of(key))

    def _thing_predicate(self, thing: str) -> Predicate:
        if thing == "image":
            return lambda key, facts: facts.image
        return lambda key, facts: any(note["kind"] == thing for note in self._corpus.annotations_of(key))

    def _tagged_predicate(self, node: Tagged) -> Predicate:
        """Return a predicate that tells if the article or an annotation on it has the tag."""
        if not self._alone:
            ids = tagged_ids(node, self._corpus, self._index)
            return lambda key, facts: key in ids
        matches = _tag_matcher(node)
        return lambda key, facts: (
            matches(facts.tags)
            or any(matches(note.get("tags", ())) for note in self._corpus.annotations_of(key))
        )

    def _words_predicate(self, words: Words) -> Predicate:
        """Return a predicate that uses the index, and reads texts only where the index has no answer."""
        if not words.field and (self._alone or words.near is not None):
            return self.predicate(Or(tuple(replace(words, field=name) for name in ANYWHERE)))
        looked_at = self._looked_at_predicate(words)
        if self._words is None or (self._alone and words.field in ("note", "quote")):
            return looked_at
        found, unknown = self._words.candidates(words, words.field), self._words.unknown
        if found is None:
            return looked_at
        ids = found.ids
        if not found.exact:
            return lambda key, facts: (key in ids or key in unknown) and looked_at(key, facts)
        if not unknown:
            return lambda key, facts: key in ids
        return lambda key, facts: looked_at(key, facts) if key in unknown else key in ids

    def _looked_at_predicate(self, words: Words) -> Predicate:
        has = word_test(words)
        match words.field:
            case "title" | "source" | "url" | "language" as field:
                return lambda key, facts: has(fold(self._document(key).get(field, "")))
            case "author":
                return lambda key, facts: any(has(fold(name)) for name in _names(self._document(key)))
            case "text":
                return lambda key, facts: has(self._text(key))
            case "note" | "quote" as field:
                return lambda key, facts: any(map(has, self._annotated(key, field)))
        return self._anywhere_predicate(has)

    def _anywhere_predicate(self, has: Callable[[str], bool]) -> Predicate:
        noted = self._corpus.annotated()

        def anywhere(key: str, facts: Facts) -> bool:
            document = self._document(key)  # decoded once
            if has(fold(document.get("title", ""))):
                return True
            if key in noted and any(
                has(one) for part in ("note", "quote") for one in self._annotated(key, part)
            ):
                return True
            return has(self._corpus.folded_text(document))

        return anywhere

    def _text(self, key: str) -> str:
        return self._corpus.folded_text(self._document(key))

    def _annotated(self, key: str, part: str) -> Iterator[str]:
        """Yield the note (or the quoted words) of each annotation of an article, folded."""
        for annotation in self._corpus.annotations_of(key):
            yield fold(annotation["body"] if part == "note" else (annotation["quote"] or {}).get("exact", ""))

    def sort_key(self, sort: SortKey, query: Query, *, by_day: bool = False) -> Callable[[str], Any]:
        """Return the key function for sorting articles.

        Args:
            sort: The order; its direction is ignored.
            query: The query, for the order by relevance.
            by_day: Times of the same day are equal, so that the next sort key decides between them.
        """
        facts = self._index.facts
        match sort.name:
            case "title" | "source" as name:
                return lambda key: fold(self._document(key).get(name, ""))
            case "words":
                return lambda key: facts[key].words
            case "relevance":
                return self._relevance(query)
            case "date":
                return (lambda key: facts[key].rank.day) if by_day else (lambda key: facts[key].rank)
        times: dict[str, Callable[[str], tuple[date, float]]] = {
            "added": lambda key: self._moment(facts[key].rank.added),
            "noted": self._last_noted,
            "opened": lambda key: self._moment(facts[key].opened or _NEVER),
        }
        time = times[sort.name]
        return (lambda key: time(key)[0]) if by_day else time

    def _relevance(self, query: Query) -> Callable[[str], Any]:
        """Return the key for the best articles first: most words in the headline, then the index, then age.

        Age has little weight. If the index ranks nothing, as for very common words, only the headline counts.
        """
        words = query.words()
        titled = self._words_in_headline([one for one in words if one.field != "text"])
        ranks = self._words.relevance(words) if self._words else {}
        if not ranks:
            return lambda key: -titled(key)
        best, facts = max(ranks.values()), self._index.facts
        unknown = self._words.unknown if self._words else ()
        newest = max((facts[key].rank.day for key in self._index.order[:1]), default=0)

        def relevance(key: str) -> tuple[int, float]:
            if key not in ranks:
                return -titled(key), -best if key in unknown else 0.0
            years = (newest - facts[key].rank.day) / 365
            return -titled(key), -ranks[key] * (1 + _FRESHNESS * float(0.5 ** max(0.0, years)))

        return relevance

    def _words_in_headline(self, words: Sequence[Words]) -> Callable[[str], int]:
        """Return a function that counts the ``words`` in the headline of an article."""
        counts, others = Counter[str](), list[Predicate]()
        for one in words:
            in_title = replace(one, field="title")
            found = (
                None
                if self._words is None or self._words.unknown
                else self._words.candidates(in_title, "title")
            )
            if found is not None and found.exact:
                counts.update(found.ids)
            else:
                others.append(self._words_predicate(in_title))
        if not others:
            return lambda key: counts.get(key, 0)
        facts = self._index.facts
        return lambda key: counts.get(key, 0) + sum(has(key, facts[key]) for has in others)

    def _last_noted(self, key: str) -> tuple[date, float]:
        times = [self._moment(note["created"]) for note in self._corpus.annotations_of(key)]
        return max(times, default=(date.min, 0.0))


def _names(document: Document) -> tuple[str, ...]:
    return (*document.get("authors", ()), document.get("agency", ""))


def cost_of(node: Node) -> int:
    """Return the cost of testing ``node`` on an article: 0 for facts, 1 for documents, 3 for its text."""
    match node:
        case Words(field="" | "text"):
            return 3
        case Words() | Has() | Is("orphaned"):
            return 1
        case Days(clock=Clock.NOTED):
            return 1
    return max(map(cost_of, children(node)), default=0)


def _all(predicates: Sequence[Predicate]) -> Predicate:
    if len(predicates) == 1:
        return predicates[0]
    return lambda key, facts: all(predicate(key, facts) for predicate in predicates)


def _any(predicates: Sequence[Predicate]) -> Predicate:
    return lambda key, facts: any(predicate(key, facts) for predicate in predicates)


def tagged_ids(node: Tagged, corpus: Corpus, index: ArticleIndex) -> Set[str]:
    """Return the articles that have one of the tags in ``node``, themselves or on an annotation."""
    exact, families = _tag_names(node)
    names = {tag for tag in exact if tag in index.tagged}
    if families:
        names.update(tag for tag in index.tagged if tag.startswith(families))
    matches = _tag_matcher(node)
    noted = {key for key, tags in corpus.annotation_tags().items() if matches(tags)}
    sets = [index.tagged[name] for name in names]
    if len(sets) == 1 and not noted:
        return sets[0]
    return frozenset(noted).union(*sets)


def _tag_names(term: Tagged) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the folded tags that ``term`` names, and the prefixes of its tag families."""
    exact = frozenset(fold_tag(name.removesuffix("/*")) for name in term.names)
    return exact, tuple(fold_tag(name[:-1]) for name in term.names if name.endswith("/*"))


def _tag_matcher(node: Tagged) -> Callable[[Iterable[str]], bool]:
    """Return a function that tells if any of some tags is one that ``node`` names."""
    exact, families = _tag_names(node)

    def matches(tags: Iterable[str]) -> bool:
        folded = map(fold_tag, tags)
        return any(tag in exact or (families and tag.startswith(families)) for tag in folded)

    return matches


def _amount_predicate(node: Amount) -> Predicate:
    words = node.measure == "words"
    least = 0 if node.least is None else node.least
    most = float("inf") if node.most is None else node.most
    return lambda key, facts: least <= (facts.words if words else facts.minutes) <= most


class SameCorpus:
    """A corpus that delegates to ``corpus``; subclasses override one method."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def articles(self) -> Mapping[str, Document]:
        return self._corpus.articles()

    def annotated(self) -> Set[str]:
        return self._corpus.annotated()

    def annotation_tags(self) -> Mapping[str, Iterable[str]]:
        return self._corpus.annotation_tags()

    def annotations_of(self, article_id: str) -> Sequence[Document]:
        return self._corpus.annotations_of(article_id)

    def folded_text(self, document: Document) -> str:
        return self._corpus.folded_text(document)


class Unread(SameCorpus):
    """A corpus whose texts are not read. ``skipped`` has the paths of those that were requested."""

    def __init__(self, corpus: Corpus) -> None:
        super().__init__(corpus)
        self.skipped: set[str] = set()

    def folded_text(self, document: Document) -> str:
        self.skipped.add(document.get("text", ""))
        return ""


class Stoppable(SameCorpus):
    """A corpus that reads no more texts once ``stopped`` returns True."""

    def __init__(self, corpus: Corpus, stopped: Callable[[], bool]) -> None:
        super().__init__(corpus)
        self._stopped = stopped

    def folded_text(self, document: Document) -> str:
        """Return an article's text. Raises SearchStopped."""
        if self._stopped():
            raise SearchStopped
        return self._corpus.folded_text(document)


class OneAnnotation(SameCorpus):
    """A corpus in which every article has ``current`` as its only annotation."""

    def __init__(self, corpus: Corpus) -> None:
        super().__init__(corpus)
        self.current: Document = {}

    def annotations_of(self, article_id: str) -> Sequence[Document]:
        return (self.current,)
