"""While a query is typed its last word may go on."""

from __future__ import annotations

import pytest

from library.query import open_ended


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("", ""),
        ("tra", "tra*"),
        ("city tra", "city tra*"),
        ("title:tra", "title:tra*"),
        ("-tra", "-tra*"),
        ("(a OR tra", "(a OR tra*"),
        ("tra ", "tra "),
        ("tra*", "tra*"),
        ('"tra', '"tra'),
        ('"tra"', '"tra"'),
        ('"city tra"~', '"city tra"~'),
        ('"city tra"~5', '"city tra"~5'),
        ('title:"city tra"*~5', 'title:"city tra"*~5'),
        ('"city tra"~5 har', '"city tra"~5 har*'),
        ("tag:tra", "tag:tra"),
        ("date:2020", "date:2020"),
        ("title:", "title:"),
        ("city OR", "city OR"),
        ("tra.", "tra."),
        ("t", ""),
        ("city t", "city "),
        ("city -t", "city "),
        ("title:t", ""),
        ("港", "港*"),
        ("7", "7*"),
    ],
)
def test_the_last_word_is_a_prefix(typed: str, searched: str):
    assert open_ended(typed) == searched
