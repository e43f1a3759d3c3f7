"""A query prints itself back: what is printed means the same, whatever stood in it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from library.errors import QueryError
from library.query import canonical, parse_query
from library.query.formatting import quoted
from library.query.terms import MEASURES, SORT_NAMES, STATES, THINGS, WORD_FIELDS
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
)

TODAY = date(2026, 11, 22)
SAVED = {"mine": "tag:eu or truce", "ours, all": "saved:mine -c sort:title limit:3"}


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("", ""),
        ("  truce   tag:EU ", "truce tag:EU"),
        ("#eu,nato", "tag:eu,nato"),
        ('"or"  OR  "-a"', '"or" OR "-a"'),
        ('"tag:x" 12:30 "a"', '"tag:x" 12:30 a'),
        ("((a b)) (c or d)", "(a b) (c OR d)"),
        ("author:roe,doe", "author:roe,doe"),
        ('-author:"a, b",c', '-author:"a, b",c'),
        ("-(-a)", "-(-a)"),
        ("-(a b) -(a OR b)", "-(a b) -(a OR b)"),
        ("date:7d DATE:2020-10..2020-10", "date:7d date:2020-10..2020-10"),
        ('date:" Last  WEEK"', 'date:"last week"'),
        ("date:none,2020 tag:eu,none", "date:none,2020 tag:none,eu"),
        ('tag:"None",x', 'tag:"None",x'),
        ("words:>999 minutes:<=5 words:7 words:..9 minutes:<0", "words:>=1000 minutes:<=5 words:7 words:<=9 minutes:<0"),
        ("words:>999999999", "words:>999999999"),
        ("words:5,90 words:1,000 is:read", "(words:5 OR words:90) words:1000 is:read"),
        ('karab* "cease fir"* "x*"', 'karab* "cease fir"* "x*"'),
        ('"a  b"~05 title:"c-d"*~0,e "f~1" g~h', '"a  b"~5 title:"c-d"*~0,e "f~1" g~h'),
        ("limit:20 sort:-date,title a", "a sort:-date,title limit:20"),
        ("is:started", "is:started"),
        ('saved:mine saved:"Ours, all",MINE', 'saved:mine saved:"Ours, all",MINE'),
        ('saved:"ours, all"', 'saved:"ours, all" sort:title limit:3'),
    ],
)  # fmt: skip
def test_a_query_is_formatted(text: str, printed: str):
    query = parse_query(text, TODAY, SAVED)
    assert canonical(query) == printed
    assert parse_query(printed, TODAY, SAVED) == query


@pytest.mark.parametrize(
    ("days", "printed"),
    [
        (Days(Clock.PUBLISHED, date(2020, 2, 1), date(2020, 2, 29)), "date:2020-02"),
        (Days(Clock.PUBLISHED, date(2020, 1, 1), date(2020, 12, 31)), "date:2020"),
        (Days(Clock.ADDED, date(2020, 1, 1), date(2020, 1, 1)), "added:2020-01-01"),
        (Days(Clock.ADDED, date(2020, 1, 1), date(2020, 2, 29)), "added:2020-01-01..2020-02-29"),
        (Days(Clock.NOTED, None, date(2020, 2, 29)), "noted:..2020-02-29"),
        (Days(Clock.OPENED, date(9999, 12, 1), date(9999, 12, 31)), "opened:9999-12"),
    ],
)
def test_computed_days_are_formatted_short(days: Days, printed: str):
    assert canonical(days) == printed


letters = st.sampled_from(['a', 'Z', 'or', 'ł', '中', ' ', '-', '#', ':', '(', ')', ',', '*', '.', '\t', '/', 'tag', 'none', '🙂', '\u2009', '~', '5'])  # fmt: skip
values = st.lists(letters, min_size=1, max_size=6).map("".join).filter(str.strip)
names = values.filter(lambda name: not name.isspace())
moments = st.dates() | st.dates(date(2019, 12, 1), date(2021, 1, 31))
clocks = st.sampled_from(list(Clock))
numbers = st.integers(0, 10**9 - 1)


@st.composite
def spans(draw: st.DrawFn) -> Days:
    first, last = sorted((draw(moments), draw(moments)))
    kept = draw(st.sampled_from([(first, last), (first, first), (first, None), (None, last)]))
    return Days(draw(clocks), *kept)


@st.composite
def amounts(draw: st.DrawFn) -> Amount:
    least, most = sorted((draw(numbers), draw(numbers)))
    kept = draw(st.sampled_from([(least, most), (least, least), (least, None), (None, most), (None, -1)]))
    return Amount(draw(st.sampled_from(MEASURES)), *kept)


terms: st.SearchStrategy[Node] = (
    st.builds(Words, values, st.sampled_from(["", *WORD_FIELDS]), st.booleans())
    | st.builds(
        Words,
        st.sampled_from(["a b", "c-d ", "OR 5~"]),
        st.sampled_from(["", *WORD_FIELDS]),
        st.booleans(),
        st.integers(0, 999),
    )
    | st.builds(Tagged, st.lists(names, min_size=1, max_size=3).map(tuple))
    | st.just(Untagged())
    | spans()
    | st.builds(NoDay, clocks)
    | st.builds(Is, st.sampled_from(STATES))
    | st.builds(Has, st.sampled_from(THINGS))
    | amounts()
    | st.sampled_from([Saved(name, parse_query(f'saved:"{name}"', TODAY, SAVED).node.node) for name in SAVED])  # type: ignore[union-attr]
)


def several(kind: type[And | Or], nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.lists(nodes, min_size=2, max_size=3).map(lambda children: kind(tuple(children)))


trees = st.recursive(
    terms, lambda inner: st.builds(Not, inner) | several(And, inner) | several(Or, inner), max_leaves=12
)
orders = st.lists(st.builds(SortKey, st.sampled_from(SORT_NAMES), st.booleans()), min_size=1, max_size=2)


def usual(tree: Node) -> bool:
    """Whether a query of ``tree`` alone stands in the usual order."""
    return parse_query(canonical(tree), TODAY, SAVED).sort == Query().sort


@settings(max_examples=150)
@given(trees, st.none() | orders.map(tuple), st.none() | st.integers(0, 10**9 - 1))
def test_any_tree_survives_formatting_and_parsing(
    tree: Node, order: tuple[SortKey, ...] | None, limit: int | None
):
    assume(not isinstance(tree, Saved))
    query = Query(tree, limit=limit) if order is None else Query(tree, order, limit, True)
    back = parse_query(canonical(query), TODAY, SAVED)
    assert back.node == tree
    if order is not None or usual(tree):
        assert back == query


pieces = st.sampled_from(
    ["tag:", "#", "-", "(", ")", '"', "OR", " ", "date:", "..", ">=", "words:", "sort:", "limit:", "is:started",
     "is:", "saved:mine", ",", "*", "~", '"a b"~', "none", "2020-10", "7d", "title:", "ab", "ł", "中", "\u2009", "9", "author:"]
)  # fmt: skip


@settings(max_examples=250)
@given(st.lists(pieces, max_size=12).map("".join) | st.text(max_size=20))
def test_any_valid_query_survives_formatting_and_parsing(text: str):
    try:
        query = parse_query(text, TODAY, SAVED)
    except QueryError:
        return
    printed = canonical(query)
    assert parse_query(printed, TODAY, SAVED) == query
    assert canonical(parse_query(printed, TODAY, SAVED)) == printed


@given(st.text(max_size=10).filter(lambda text: '"' not in text and text.strip()))
def test_any_text_can_be_quoted(text: str):
    assert parse_query(quoted(text), TODAY).node == Words(text)
    assert parse_query(f"title:{quoted(text, 'title')}", TODAY).node == Words(text, "title")
