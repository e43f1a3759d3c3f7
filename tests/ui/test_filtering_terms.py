"""Adding terms to a query and removing them; the orders of the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from growth import growth
from hypothesis import given
from hypothesis import strategies as st

from library.query.editing import Part, part_of, terms_of, with_term
from library.query.parser import parse_query
from library.query.tree import SortKey
from tuireader.reader.article_list.order import ListOrder, order_in_words

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("query", "term", "result"),
    [
        ("", "tag:eu", "tag:eu"),
        ("tag:eu", "date:2021", "tag:eu date:2021"),
        ("tag:eu date:2021", "date:2020-10", "tag:eu date:2020-10"),
        ("tag:eu date:2021", "tag:asia", "date:2021 tag:asia"),
        ("tag:eu date:2021", "tag:eu", "date:2021"),
        ("tag:eu", "tag:eu", ""),
        ('harbour tag:"a b"', "is:unread", 'harbour tag:"a b" is:unread'),
        ("is:unread tag:eu", "is:bookmarked", "tag:eu is:bookmarked"),
        ("is:unread", "has:note", "has:note"),
        ("tag:a or tag:b", "date:2021", "(tag:a or tag:b) date:2021"),
        ("tag:a or tag:b sort:title", "date:2021", "(tag:a or tag:b) sort:title date:2021"),
        ("(tag:a or tag:b) date:2021", "date:2021", "(tag:a or tag:b)"),
        ("(tag:a)", "date:2021", "(tag:a) date:2021"),
        ('"the tram" -x', "tag:eu", '"the tram" -x tag:eu'),
        ("#eu", "tag:asia", "tag:asia"),
    ],
)
def test_a_term_replaces_the_one_of_the_same_part(query: str, term: str, result: str):
    assert with_term(query, term) == result


def test_an_excluded_entry_can_still_be_chosen():
    assert with_term("-tag:eu", "tag:eu") == "tag:eu"


TERMS = st.sampled_from(["tag:eu", 'tag:"a b"', "date:2021-03", "is:unread", "has:note"])
QUERIES = st.lists(
    st.sampled_from(["tram", '"two words"', "-ice", "tag:x", "date:2020", "sort:title"]), max_size=5
)


@given(QUERIES, TERMS)
def test_choosing_an_entry_twice_keeps_the_rest_of_the_query(words: list[str], term: str):
    query = " ".join(words)
    once = with_term(query, term)
    parse_query(once, TODAY)
    assert term in terms_of(once)
    others = [word for word in terms_of(query) if part_of(word) is not part_of(term)]
    assert terms_of(with_term(once, term)) == others


@given(st.text(max_size=60))
def test_any_text_is_parsed_without_an_error(text: str):
    terms_of(text)
    assert "tag:eu" in with_term(text, "tag:eu") or "tag:eu" in text


@pytest.mark.parametrize(
    "made",
    [
        lambda size: '"' * (size + 1),
        lambda size: "-" * size + '"',
        lambda size: 'a"b' * (size // 3),
        lambda size: "or " * (size // 3) + "(",
        lambda size: '" ' * (size // 2 + 1),
    ],
)
def test_the_work_for_a_text_grows_with_its_length(made: Callable[[int], str]):
    assert growth(terms_of, made, 20_000) < 32


@pytest.mark.parametrize(
    ("term", "part"),
    [("is:unread", Part.STATE), ("HAS:note", Part.STATE), ("#eu", Part.TAG), ("Tag:eu", Part.TAG), ("date:2021", Part.DATE), ("tram", None), ("tagging", None)],
)  # fmt: skip
def test_parts(term: str, part: Part | None):
    assert part_of(term) is part


@pytest.mark.parametrize(
    ("text", "orders", "usual"), [("", 5, "newest first"), ("tram", 6, "best match first")]
)
def test_the_orders_cycle_and_each_is_named(text: str, orders: int, usual: str):
    query = parse_query(text, TODAY)
    first = order = ListOrder()
    assert order_in_words(first.applied(query)) == usual
    seen = []
    for _ in range(orders):
        for one in (order, order.reversed(query)):
            words = order_in_words(one.applied(query))
            assert words not in seen
            seen.append(words)
        order = order.next(query)
    assert order == first
    assert first.reversed(query).reversed(query) == first


@pytest.mark.parametrize("name", ["date", "title", "source", "words", "added", "noted", "relevance"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_every_order_of_a_query_can_be_named(name: str, sign: str):
    assert order_in_words(parse_query(f"sort:{sign}{name}", TODAY))


def test_the_order_of_a_query_comes_before_the_chosen_one():
    query = parse_query("tram sort:title", TODAY)
    assert ListOrder(SortKey("words", descending=True)).applied(query).sort == query.sort
