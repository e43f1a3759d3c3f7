"""What a query asks for while it is being typed, and what Enter makes of it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.errors import QueryError
from library.query.parser import parse_query
from library.query.unfinished import finished, so_far

SAVED = {"mine": "tag:city", "two words": "tram"}


def understand(text: str) -> object:
    return parse_query(text, date(2026, 11, 22), SAVED)


UNFINISHED = [
    ("tag:", ""),
    ("tag: ", ""),
    ("tram tag:", "tram"),
    ("tram -tag:", "tram"),
    ("tram #", "tram"),
    ("tram -#", "tram"),
    ("tram -", "tram"),
    ("tram OR", "tram"),
    ("tram or -", "tram"),
    ("tram (", "tram"),
    ("tram -(", "tram"),
    ("(tram OR bats", "(tram OR bats*)"),
    ("(tram OR tag:", "(tram)"),
    ("((tram", "((tram*))"),
    ('"two wor', '"two wor"*'),
    ('"', ""),
    ('tram "', "tram"),
    ('tram -"', "tram"),
    ('tag:"', ""),
    ('title:"two wor', 'title:"two wor"*'),
    ('"two words"~', '"two words"'),
    ("date:>=", ""),
    ("date:", ""),
    ("words:>", ""),
    ("limit:", ""),
    ("sort:", ""),
    ("sort:-", ""),
    ("saved:", ""),
    ("note:", ""),
]


@pytest.mark.parametrize(("typed", "meant"), UNFINISHED)
def test_an_incomplete_end_is_no_mistake(typed: str, meant: str):
    assert so_far(typed, understand, SAVED) == meant
    assert finished(typed, understand).replace("*", "") == meant.replace("*", "")


@pytest.mark.parametrize(
    "typed",
    [
        "is:unr", "has:no", "sort:ti", "sort:-da", "date:2", "date:202", "date:2021-", "date:2021-0",
        "date:2021-03-", "date:2021-03-0", "date:>=202", "date:2020..20", "date:yes", "date:7", "date:last",
        "added:mon", "is:read,unr", "saved:mi", 'saved:"two',
    ],
)  # fmt: skip
def test_an_incomplete_value_is_no_mistake_until_enter(typed: str):
    assert so_far(f"tram {typed}", understand, SAVED) in ("tram", f"tram {typed}")
    with pytest.raises(QueryError):
        understand(finished(f"tram {typed}", understand)) if typed != "date:2020..20" else understand(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "date:2021-13", "date:2021-13-", "is:nothing", "words:x", "nofield:x", "tram)", "tag: city", "limit:x",
        "date:2021-13..20", "saved:nowhere", "sort:colour", "tram date:2021-13 OR", "--x",
    ],
)  # fmt: skip
def test_a_mistake_is_reported_while_typing(typed: str):
    try:
        understand(typed)
    except QueryError:
        for reading in (lambda: so_far(typed, understand, SAVED), lambda: finished(typed, understand)):
            with pytest.raises(QueryError):
                reading()


@pytest.mark.parametrize(
    "query", ["tram", "tram ", "tag:city", '"two words"', "(a OR b) -c", "sort:-date", ""]
)
def test_a_complete_query_stays_unchanged(query: str):
    assert finished(query, understand) == query


WHOLE = st.lists(
    st.sampled_from(
        ['"two words"', "tram", "(a OR b)", "-(c d)", "tag:city,sport", "date:2020-09..2021-10", "is:unread",
         "sort:-date,title", "saved:mine", "words:>=100", 'source:"The Times"', '"a b"~5', "#eu", "has:note",
         'date:"last week"', "-tag:none", "limit:20", "a OR b"]
    ),
    max_size=4,
).map(" ".join)  # fmt: skip


@given(WHOLE)
def test_no_prefix_of_a_valid_query_is_a_mistake(query: str):
    for end in range(len(query) + 1):
        understand(so_far(query[:end], understand, SAVED))


@given(st.text(alphabet='ab :"()-#~*.,<>=or12\\dategis', max_size=30))
def test_any_text_is_a_query_or_a_mistake(text: str):
    for reading in (lambda: so_far(text, understand, SAVED), lambda: finished(text, understand)):
        with suppress(QueryError):
            understand(reading())
