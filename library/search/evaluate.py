"""Carrying out a query over the documents of the catalogue.

A query becomes one predicate; what is cheap to ask (marks, tags, dates) is asked first, and a text is
read from the disk only for articles that nothing cheaper has ruled out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any, Protocol

from library.search.tree import (
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
    SortKey,
    Tagged,
    Untagged,
    Words,
    mentions,
)
from library.text.folding import LETTER, fold, is_unspaced

Document = Mapping[str, Any]
Predicate = Callable[[str, Document], bool]

_BETWEEN = f"(?:(?!{LETTER})[\\s\\S])"


class Corpus(Protocol):
    """What a query is carried out over."""

    def articles(self) -> Mapping[str, Document]:
        """Id → document of every article, trashed ones too."""

    def annotations_of(self, article_id: str) -> Sequence[Document]:
        """The documents of an article's annotations."""

    def folded_text(self, document: Document) -> str:
        """An article's text, folded; empty where its file cannot be read."""


def find(query: Query, corpus: Corpus, timezone: tzinfo | None = None) -> list[str]:
    """The ids that ``query`` finds, in its order.

    Trashed articles are found only by a query that names ``is:trashed``. Days are those of ``timezone``
    (None: the machine's).
    """
    evaluator = _Evaluator(corpus, timezone)
    node = query.node
    if not mentions(node, Is("trashed")):
        node = And((Not(Is("trashed")), node))
    matches = evaluator.predicate(node)
    found = [(key, document) for key, document in list(corpus.articles().items()) if matches(key, document)]
    for key in reversed(query.sort):
        measure = evaluator.sort_key(key, query)
        found.sort(key=lambda item: measure(*item), reverse=key.descending)
    return [article_id for article_id, _ in found[: query.limit]]


def word_pattern(words: Words) -> re.Pattern[str]:
    """A pattern that finds ``words`` in folded text: whole words, or any place in unspaced scripts."""
    folded = fold(words.text)
    parts = [re.escape(part) for part in re.findall(f"{LETTER}+", folded)]
    if not parts:
        return re.compile(re.escape(folded.strip()))
    if is_unspaced(folded):
        return re.compile(f"{_BETWEEN}*".join(parts))
    body = f"{_BETWEEN}+".join(parts)
    return re.compile(f"(?<!{LETTER}){body}" + ("" if words.prefix else f"(?!{LETTER})"))


class _Evaluator:
    def __init__(self, corpus: Corpus, timezone: tzinfo | None) -> None:
        self._corpus = corpus
        self._timezone = timezone
        self._moments: dict[str, tuple[date, float]] = {}

    def predicate(self, node: Node) -> Predicate:
        match node:
            case And(nodes):
                return _all([self.predicate(child) for child in sorted(nodes, key=_cost)])
            case Or(nodes):
                return _any([self.predicate(child) for child in sorted(nodes, key=_cost)])
            case Not(child):
                inner = self.predicate(child)
                return lambda key, document: not inner(key, document)
            case Tagged():
                return self._tagged_predicate(node)
            case Untagged():
                return _tag_predicate(node)
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

    def moment(self, text: str) -> tuple[date, float]:
        """The day of a stored time in the reader's zone, and its moment; a day alone comes first."""
        known = self._moments.get(text)
        if known is None:
            if len(text) == 10:
                known = (date.fromisoformat(text), float("-inf"))
            else:
                moment = datetime.fromisoformat(text)
                known = (moment.astimezone(self._timezone).date(), moment.timestamp())
            self._moments[text] = known
        return known

    def _times(self, clock: Clock, key: str, document: Document) -> Iterable[str | None]:
        match clock:
            case Clock.PUBLISHED:
                return (document.get("published"),)
            case Clock.ADDED:
                return (document.get("added"),)
            case Clock.OPENED:
                return (document.get("state", {}).get("opened"),)
            case Clock.NOTED:
                return [annotation["created"] for annotation in self._corpus.annotations_of(key)]

    def _time_predicate(self, node: Days | NoDay) -> Predicate:
        clock = node.clock
        if isinstance(node, NoDay):
            return lambda key, document: not any(self._times(clock, key, document))
        first, last = node.first or date.min, node.last or date.max

        def within(key: str, document: Document) -> bool:
            times = self._times(clock, key, document)
            return any(text and first <= self.moment(text)[0] <= last for text in times)

        return within

    def _state_predicate(self, state: str) -> Predicate:
        match state:
            case "unread":
                return lambda key, document: not document.get("state", {}).get("read")
            case "orphaned":
                return lambda key, document: any(
                    annotation.get("orphan") for annotation in self._corpus.annotations_of(key)
                )
        return lambda key, document: bool(document.get("state", {}).get(state))

    def _thing_predicate(self, thing: str) -> Predicate:
        if thing == "image":
            return lambda key, document: bool(document.get("images"))
        return lambda key, document: any(
            annotation["kind"] == thing for annotation in self._corpus.annotations_of(key)
        )

    def _tagged_predicate(self, node: Tagged) -> Predicate:
        """Whether the article, or an annotation on it, has the tag."""
        tagged = _tag_predicate(node)
        return lambda key, document: (
            tagged(key, document) or any(tagged(key, note) for note in self._corpus.annotations_of(key))
        )

    def _words_predicate(self, words: Words) -> Predicate:
        search = word_pattern(words).search
        match words.field:
            case "title" | "source" | "url" | "language" as field:
                return lambda key, document: search(fold(document.get(field, ""))) is not None
            case "author":
                return lambda key, document: any(
                    search(fold(name)) for name in (*document.get("authors", ()), document.get("agency", ""))
                )
            case "text":
                return lambda key, document: search(self._corpus.folded_text(document)) is not None
            case "note" | "quote" as field:
                return lambda key, document: any(map(search, self._annotated(key, field)))
        return lambda key, document: (
            search(fold(document["title"])) is not None
            or any(map(search, self._annotated(key, "note")))
            or any(map(search, self._annotated(key, "quote")))
            or search(self._corpus.folded_text(document)) is not None
        )

    def _annotated(self, key: str, part: str) -> Iterator[str]:
        """The note, or the quoted words, of each annotation of an article, folded."""
        for annotation in self._corpus.annotations_of(key):
            yield fold(annotation["body"] if part == "note" else (annotation["quote"] or {}).get("exact", ""))

    def sort_key(self, key: SortKey, query: Query) -> Callable[[str, Document], Any]:
        match key.name:
            case "title" | "source" as name:
                return lambda _, document: fold(document.get(name, ""))
            case "words":
                return lambda _, document: document.get("words", 0)
            case "added":
                return lambda _, document: self.moment(document["added"])
            case "noted":
                return lambda article_id, _: max(
                    (self.moment(note["created"]) for note in self._corpus.annotations_of(article_id)),
                    default=(date.min, 0.0),
                )
            case "relevance":
                patterns = [word_pattern(words) for words in query.words()]
                return lambda _, document: (
                    -sum(bool(pattern.search(fold(document["title"]))) for pattern in patterns)
                )
        return self._published_key

    def _published_key(self, article_id: str, document: Document) -> tuple[bool, tuple[date, float], str]:
        published = document.get("published")
        moment = self.moment(published) if published else (date.min, 0.0)
        return (bool(published), moment, document.get("added", ""))


def _cost(node: Node) -> int:
    match node:
        case Words(field="" | "text"):
            return 3
        case Words() | Has() | Is("orphaned"):
            return 1
        case Days(clock=Clock.NOTED):
            return 1
        case And(nodes) | Or(nodes):
            return max((_cost(child) for child in nodes), default=0)
        case Not(child):
            return _cost(child)
        case _:
            return 0


def _all(predicates: Sequence[Predicate]) -> Predicate:
    return lambda key, document: all(predicate(key, document) for predicate in predicates)


def _any(predicates: Sequence[Predicate]) -> Predicate:
    return lambda key, document: any(predicate(key, document) for predicate in predicates)


def _tag_predicate(node: Tagged | Untagged) -> Predicate:
    if isinstance(node, Untagged):
        return lambda key, document: not document.get("tags")
    exact = frozenset(fold(name.removesuffix("/*")) for name in node.names)
    families = tuple(fold(name[:-1]) for name in node.names if name.endswith("/*"))

    def tagged(key: str, document: Document) -> bool:
        folded = [fold(tag) for tag in document.get("tags", ())]
        return any(tag in exact or (families and tag.startswith(families)) for tag in folded)

    return tagged


def _amount_predicate(node: Amount) -> Predicate:
    field = "words" if node.measure == "words" else "reading_minutes"
    least = 0 if node.least is None else node.least
    most = float("inf") if node.most is None else node.most
    return lambda key, document: least <= document.get(field, 0) <= most


class _OneAnnotation:
    """A corpus in which every article has but one annotation, ``current``."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.current: Document = {}

    def articles(self) -> Mapping[str, Document]:
        return self._corpus.articles()

    def annotations_of(self, article_id: str) -> Sequence[Document]:
        return (self.current,)

    def folded_text(self, document: Document) -> str:
        return self._corpus.folded_text(document)


def find_annotations(
    query: Query, corpus: Corpus, annotations: Mapping[str, Document], timezone: tzinfo | None = None
) -> list[str]:
    """The ids of the annotations that ``query`` finds, newest first.

    Each is looked at as if it were the only one of its article: ``note:``, ``quote:``, ``noted:`` and
    ``has:`` ask about the annotation itself, everything else about its article.
    """
    one = _OneAnnotation(corpus)
    evaluator = _Evaluator(one, timezone)
    trashed = () if mentions(query.node, Is("trashed")) else (Not(Is("trashed")),)
    matches = evaluator.predicate(And((*trashed, query.node)))
    articles, found = corpus.articles(), []
    for key, annotation in list(annotations.items()):
        article = articles.get(annotation["article"])
        one.current = annotation
        if article is not None and matches(annotation["article"], article):
            found.append((evaluator.moment(annotation["created"]), annotation["created"], key))
    return [key for *_, key in sorted(found, reverse=True)][: query.limit]
