"""How a query is carried out: which term is asked by what, in which order, and how many articles are left."""

from __future__ import annotations

from datetime import date

import pytest
from fakes import FakeCorpus, article_document

from library import Library
from library.query import parse_query
from library.query.tree import Words
from library.search.fulltext.index import Candidates
from library.search.plan import execute

TODAY = date(2026, 11, 22)


class CountingIndex:
    """An index of words in which every word stands in the articles ``ids``; it notes what it is asked."""

    def __init__(self, ids: set[str]) -> None:
        self.ids = frozenset(ids)
        self.unknown: frozenset[str] = frozenset()
        self.asked: list[str] = []

    def candidates(self, words: Words, field: str) -> Candidates:
        self.asked.append(words.text)
        return Candidates(self.ids, exact=True)

    def together(self, wanted: list[Words], unwanted: list[Words]) -> frozenset[str]:
        self.asked.extend(words.text for words in (*wanted, *unwanted))
        return self.ids

    def relevance(self, words: object) -> dict[str, float]:
        return {}


def steps(library: Library, query: str) -> list[tuple[str, int]]:
    return [(step.term, step.left) for step in library.search.plan(query).steps]


@pytest.fixture
def indexed(seeded: Library) -> Library:
    list(seeded.search.index_texts())
    return seeded


def test_days_come_first_then_tags_then_words_then_documents(indexed: Library):
    plan = indexed.search.plan("is:unread week tag:harbour,energy date:2021-03-04 -words:>1000")
    assert [(step.term, step.by, step.left) for step in plan.steps] == [
        ("date:2021-03-04", "order of days", 3),
        ("tag:harbour,energy", "sets of tags", 3),
        ("week", "index of words", 1),
        ("is:unread", "facts, one by one", 1),
        ("-words:>=1001", "facts, one by one", 1),
    ]
    assert (plan.asked, plan.found, plan.order, plan.limit) == (5, 1, "sort:relevance", None)


def test_the_smallest_set_is_asked_first(indexed: Library):
    assert steps(indexed, "tag:harbour tag:labour") == [("tag:labour", 1), ("tag:harbour", 1)]


def test_several_words_are_asked_at_once(indexed: Library):
    assert steps(indexed, 'week "dock workers" -union') == [('week "dock workers" -union', 0)]
    assert steps(indexed, "title:oil -week is:unread") == [("title:oil -week", 1), ("is:unread", 1)]
    assert indexed.search.ids("-week -oil") == indexed.search.ids("-(week OR oil)")


def test_the_terms_of_saved_searches_are_asked_like_others(indexed: Library):
    indexed.searches.save("port", "date:2021-03-04 union")
    assert steps(indexed, "is:unread saved:port") == [
        ("date:2021-03-04", 3),
        ("union", 1),
        ("is:unread", 1),
    ]
    assert steps(indexed, "-saved:port") == [("-saved:port", 4)]


def test_further_terms_are_skipped_when_nothing_is_left():
    corpus = FakeCorpus({"a": article_document(tags=["x"])})
    index = CountingIndex({"a"})
    outcome = execute(parse_query("word tag:y is:unread", TODAY), corpus, corpus.index(), index)
    assert outcome.ids == []
    assert index.asked == []
    assert [step.by for step in outcome.steps] == ["sets of tags", "not asked", "not asked"]


def test_a_plan_says_what_the_full_text_index_lacks(seeded: Library):
    assert seeded.search.plan("week").steps[0].by == "texts, one by one"
    list(seeded.search.index_texts())
    seeded.note(seeded.search.ids("storm")[0], "Another week.")
    plan = seeded.search.plan("week")
    assert [step.by for step in plan.steps] == ["index of words, perhaps", "texts, one by one"]
    assert plan.unindexed == 1
    assert "of 1 articles not in the index the texts are read" in str(plan)


def test_a_plan_prints_itself(indexed: Library):
    assert str(indexed.search.plan("week tag:harbour sort:title limit:3")).splitlines() == [
        "5 articles not in the trash",
        "  tag:harbour  sets of tags            2 left",
        "  week         index of words          1 left",
        "1 found, in the order sort:title, 3 at most",
    ]
    assert str(indexed.search.plan("is:trashed")).startswith("5 articles with those in the trash\n")


@pytest.mark.parametrize(
    "query",
    ["", "week", "tag:harbour", "is:unread -tag:harbour", "(oil OR tag:craft) sort:title limit:2", "has:note", "tag:none"],
)  # fmt: skip
def test_a_plan_finds_what_the_search_finds(indexed: Library, query: str):
    plan = indexed.search.plan(query)
    assert plan.found == len(indexed.search.ids(query))
    assert min(plan.steps[-1].left if plan.steps else 5, plan.limit or 5) == plan.found
