"""The index of articles: whatever changes, it says what a fresh one would say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from fakes import BERLIN, article_document
from hypothesis import given
from hypothesis import strategies as st

from library.search.facts import ArticleIndex, FactsReader, LiveIndex
from library.store.tables import Documents, Resident, encode_document

ids = st.sampled_from("abcdef")
documents = st.builds(
    article_document,
    published=st.sampled_from([None, "2020-01-01", "2020-01-01T09:00:00+00:00", "2021-06-01", "1999-12-31"]),
    tags=st.lists(st.sampled_from(["EU", "eu", "world/asia", "Zürich"]), max_size=2),
    added=st.sampled_from(["2026-01-01T00:00:00+00:00", "2026-01-02T00:00:00+00:00"]),
    words=st.integers(0, 3),
    state=st.fixed_dictionaries({"trashed": st.none() | st.just("2026-01-03T00:00:00+00:00")}),
)
changes = st.dictionaries(ids, st.none() | documents, max_size=3)


class Table:
    """A table in memory that counts how often it is read whole."""

    changing = False

    def __init__(self) -> None:
        self.resident = Resident()

    @property
    def version(self) -> int:
        return self.resident.version("articles")

    def checked(self) -> Documents:
        return self.resident.table("articles")

    def changed_since(self, version: int) -> frozenset[str] | None:
        return self.resident.changed_since("articles", version)

    def change(self, documents: dict[str, dict[str, Any] | None]) -> None:
        encoded = {key: one if one is None else encode_document(one) for key, one in documents.items()}
        self.resident.apply({"articles": encoded})


@given(st.lists(st.lists(changes, max_size=3), max_size=6))
def test_the_facts_follow_every_change(rounds: list[list[dict]]):
    table = Table()
    live = LiveIndex(table, BERLIN)
    for round_ in rounds:
        for change in round_:
            table.change(change)
        index, fresh = live.current(), ArticleIndex.of(table.checked(), FactsReader(BERLIN))
        assert index.facts == fresh.facts
        assert sorted(index.order) == sorted(fresh.order)
        assert [index.facts[key].rank for key in index.order] == [
            fresh.facts[key].rank for key in fresh.order
        ]
        assert {tag: set(keys) for tag, keys in index.tagged.items() if keys} == fresh.tagged
        assert sorted(index.kept) == sorted(fresh.kept)
        assert index.days == fresh.days


def test_a_table_that_was_replaced_is_read_again():
    table = Table()
    table.change({"a": article_document(published="2020-01-01")})
    live = LiveIndex(table, BERLIN)
    assert live.current().order == ["a"]
    table.resident.replace({"articles": Documents.of({"b": article_document()})})
    assert live.current().order == ["b"]


def test_more_changes_than_are_recorded_lose_nothing():
    table = Table()
    live = LiveIndex(table, BERLIN)
    live.current()
    for number in range(400):
        table.change({str(number): article_document()})
    assert len(live.current().order) == 400


def test_days_are_found_between_two_others():
    days = {"a": "2020-01-01", "b": "2020-01-02", "c": "2020-01-02", "d": "2020-01-04", "e": None}
    index = ArticleIndex.of(
        {k: article_document(published=day) for k, day in days.items()}, FactsReader(BERLIN)
    )
    assert index.order == ["d", "b", "c", "a", "e"]
    assert index.between(index.order, date(2020, 1, 2), date(2020, 1, 3)) == ["b", "c"]
    assert index.between(index.order, date.min, date.max) == ["d", "b", "c", "a"]
    assert index.between(index.order, date(2020, 1, 3), date(2020, 1, 3)) == []


def test_the_facts_of_one_article_are_read_without_the_many_that_changed(monkeypatch: pytest.MonkeyPatch):
    table = Table()
    live = LiveIndex(table, BERLIN)
    with monkeypatch.context() as without:
        without.setattr(live, "current", None)
        table.change({str(number): article_document() for number in range(1000)})
        assert live.facts_of("7") == FactsReader(BERLIN).facts(article_document())
        assert live.facts_of("none") is None
    live.current()
    table.change({"7": article_document(published="2020-01-01"), "8": None})
    assert live.facts_of("7") == live.current().facts["7"] == FactsReader(BERLIN).facts(table.checked()["7"])
    assert live.facts_of("8") is None
    with monkeypatch.context() as without:
        without.setattr(live, "current", None)
        table.change({str(number): article_document(title="New") for number in range(1000)})
        assert live.facts_of("8") is not None
