"""Runs a query over the articles, one term after the other.

Terms that memory can answer come first: days, by which the articles are sorted, and tags, which are stored
as sets. If articles are left, the full-text index follows. The remaining articles are tested one by one,
cheap terms first; a text is read from the disk only if no other term has ruled its article out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date

from library.models import Found, Plan, PlanStep
from library.query.formatting import canonical, sorting
from library.query.tree import (
    NEWEST_FIRST,
    And,
    Clock,
    Days,
    Has,
    Is,
    Node,
    Not,
    Query,
    Tagged,
    Words,
    conjuncts,
    looks_for_words,
    mentions,
)
from library.search.facts import ArticleIndex
from library.search.fulltext.index import WordIndex
from library.search.predicates import Corpus, Evaluator, Unread, cost_of, tagged_ids

_DAYS = "order of days"
_TAGS = "sets of tags"
_ANNOTATED = "annotated articles"
_INDEX = "index of words"
_NARROWED = "index of words, perhaps"
_FACTS = "facts, one by one"
_DOCUMENTS = "documents, one by one"
_TEXTS = "texts, one by one"
_NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class Step:
    """A term that was executed, the means used, and the number of articles left afterwards."""

    term: Node
    by: str
    left: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The ids that a query found, in its order, and the steps taken. ``asked`` articles were searched."""

    ids: list[str]
    asked: int
    steps: tuple[Step, ...]

    def plan(self, query: Query, words: WordIndex | None) -> Plan:
        """Return the plan of ``query``, which was executed with the index ``words``."""
        return Plan(
            query=canonical(query),
            asked=self.asked,
            with_trash=mentions(query.node, Is("trashed")),
            steps=tuple(PlanStep(canonical(step.term), step.by, step.left) for step in self.steps),
            order=sorting(query.sort),
            limit=query.limit,
            found=len(self.ids),
            unindexed=len(words.unknown) if words else 0,
        )


def find(query: Query, corpus: Corpus, index: ArticleIndex, words: WordIndex | None = None) -> list[str]:
    """Return the ids that ``query`` finds, in its order. ``words`` makes it faster, with the same result.

    Trashed articles are found only by a query that contains ``is:trashed``. Days are those of ``index``.
    """
    return execute(query, corpus, index, words).ids


def execute(query: Query, corpus: Corpus, index: ArticleIndex, words: WordIndex | None = None) -> Outcome:
    """Execute ``query`` as ``find`` does, and return the ids together with the steps."""
    asked = index.order if mentions(query.node, Is("trashed")) else index.kept
    search = _Search(asked, corpus, index, words)
    search.ask(list(conjuncts(query.node)))
    found = list(search.keys)
    if query.sort != NEWEST_FIRST and len(found) > 1:
        for place, sort in reversed(list(enumerate(query.sort, 1))):
            key = search.evaluator.sort_key(sort, query, by_day=place < len(query.sort))
            found.sort(key=key, reverse=sort.descending)
    return Outcome(found[: query.limit], len(asked), tuple(search.steps))


class _Search:
    """The articles left while one term after the other is applied. ``keys`` are newest first."""

    def __init__(
        self, keys: Sequence[str], corpus: Corpus, index: ArticleIndex, words: WordIndex | None
    ) -> None:
        self.keys = keys
        self.steps: list[Step] = []
        self.evaluator = Evaluator(corpus, index, words)
        self._corpus = corpus
        self._index = index
        self._words = words

    def ask(self, terms: Sequence[Node]) -> None:
        """Apply all of ``terms``, each of which must match, in the fastest order."""
        rest = self._ask_days(terms)
        rest = self._ask_sets(rest, [(term, self._known(term)) for term in rest])
        rest = self._ask_together(rest)
        rest = self._ask_sets(rest, [(term, self._indexed(term)) for term in rest])
        for term in sorted(rest, key=cost_of):
            if not self.keys:
                self._done(term, _NOT_ASKED, self.keys)
                continue
            matches, facts = self.evaluator.predicate(term), self._index.facts
            self._done(term, self._means(term), [key for key in self.keys if matches(key, facts[key])])

    def _done(self, term: Node, by: str, keys: Sequence[str]) -> None:
        self.keys = keys
        self.steps.append(Step(term, by, len(keys)))

    def _ask_days(self, terms: Iterable[Node]) -> list[Node]:
        """Apply the terms for days of publication; return the other terms."""
        rest = []
        for term in terms:
            if isinstance(term, Days) and term.clock is Clock.PUBLISHED:
                first, last = term.first or date.min, term.last or date.max
                self._done(term, _DAYS, self._index.between(self.keys, first, last))
            else:
                rest.append(term)
        return rest

    def _ask_sets(self, terms: Sequence[Node], known: Sequence[tuple[Node, _Known | None]]) -> list[Node]:
        """Keep the articles that are in all sets of ``known``, and return the terms still to be applied."""
        sets = [(term, found) for term, found in known if found is not None]
        for term, found in sorted(sets, key=lambda pair: len(pair[1].ids)):
            ids = found.ids
            self._done(term, found.by, [key for key in self.keys if key in ids])
        decided = [term for term, found in sets if found.exact]
        return [term for term in terms if term not in decided]

    def _ask_together(self, terms: Sequence[Node]) -> list[Node]:
        """Look up all words in the index at once, if it covers all articles; return the other terms."""
        words = self._words
        asked = [term for term in terms if _is_word(term)]
        wanted = [term for term in asked if isinstance(term, Words)]
        if len(asked) < 2 or not wanted or words is None or words.unknown or not self.keys:
            return list(terms)
        unwanted = [term.node for term in asked if isinstance(term, Not) and isinstance(term.node, Words)]
        ids = words.together(wanted, unwanted)
        if ids is None:
            return list(terms)
        self._done(And(tuple(asked)), _INDEX, [key for key in self.keys if key in ids])
        return [term for term in terms if term not in asked]

    def _known(self, term: Node) -> _Known | None:
        """Return the articles that a term can match; None if memory has no set of them."""
        match term:
            case Tagged():
                return _Known(tagged_ids(term, self._corpus, self._index), _TAGS, exact=True)
            case Has("image"):
                return None
            case Has() | Is("orphaned") | Words(field="note" | "quote") | Days(clock=Clock.NOTED):
                return _Known(self._corpus.annotated(), _ANNOTATED, exact=False)
        return None

    def _indexed(self, term: Node) -> _Known | None:
        """Return the articles that a term can match by the full-text index; None if it has no answer."""
        words = self._words
        if words is None or not self.keys or not isinstance(term, Words):
            return None
        found = words.candidates(term, term.field)
        if found is None:
            return None
        exact = found.exact and not words.unknown
        ids = found.ids | words.unknown if words.unknown else found.ids
        return _Known(ids, _INDEX if exact else _NARROWED, exact)

    def _means(self, term: Node) -> str:
        if looks_for_words(term):
            return _TEXTS if self._words is None or self._words.unknown else _INDEX
        return _DOCUMENTS if cost_of(term) else _FACTS


def _is_word(term: Node) -> bool:
    return isinstance(term.node if isinstance(term, Not) else term, Words)


@dataclass(frozen=True, slots=True)
class _Known:
    """Articles that a term can match; if ``exact``, exactly those that it matches."""

    ids: Set[str]
    by: str
    exact: bool


def find_at_once(query: Query, corpus: Corpus, index: ArticleIndex, words: WordIndex | None) -> Found:
    """Search the full-text index, titles and notes, and count the texts that were not read."""
    unread = Unread(corpus)
    ids = find(query, unread, index, words)
    return Found(tuple(ids), len(unread.skipped))
