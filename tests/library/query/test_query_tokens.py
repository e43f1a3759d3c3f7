"""The tokens of the query language: all of a text is in them, and everyone reads the same ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.query.editing import terms_of, with_term
from library.query.tokenizer import Kind, Term, open_groups, tokens_of, units_of
from library.query.unfinished import slot_at

PIECES = ('tag:', '#', '-', ' ', '(', ')', '"', '*', '~5', ',', ' OR ', 'or', 'ab', '–', 'http://x', '港')  # fmt: skip
queries = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))


@given(queries)
def test_every_character_except_spaces_is_in_one_token(query: str):
    end, between = 0, ""
    for token in tokens_of(query):
        assert token.start >= end and token.end > token.start
        assert query[token.start : token.end] == token.text
        between += query[end : token.start]
        end = token.end
    assert not (between + query[end:]).strip()


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("harbour strike", "value value"),
        ("-tag:a,b", "- field value , value"),
        ("#economy", "# value"),
        ('title:"two words"*~5', "field value"),
        ("a OR (b or c)", "value or ( value or value )"),
        ("-(a)", "- ( value )"),
        ("Rivers – a guide", "value dash value value"),
        ("tag:", "field"),
        ('note:"open', "field value"),
        ("Accra, Ghana", "value value"),
        ("-or", "- value"),
    ],
)
def test_tokens_have_their_kinds(query: str, kinds: str):
    assert [token.kind for token in tokens_of(query)] == [Kind(kind) for kind in kinds.split(" ")]


@pytest.mark.parametrize(("query", "count"), [("(a (b", 2), ('(a "("', 1), ("a) (b", 1), ("tag:(a", 1)])
def test_open_groups_are_counted_outside_quotation_marks(query: str, count: int):
    assert open_groups(query) == count


@given(queries)
def test_completion_and_editing_see_the_terms_of_the_tokenizer(query: str):
    for unit in units_of(query):
        if isinstance(unit, Term):
            slot = slot_at(query, unit.end)
            assert slot is None or slot.term == (unit.start, unit.end)
    assert "".join(terms_of(query)).replace(" ", "") in query.replace(" ", "") or len(terms_of(query)) > 1


def test_an_or_that_touches_a_quotation_mark_keeps_its_group():
    assert with_term('"a b"OR harbour', "tag:z") == '("a b" OR harbour) tag:z'
