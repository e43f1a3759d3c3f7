"""The query language: the meaning of queries, and the place and message of mistakes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from library.errors import QueryError
from library.query import parse_query
from library.query.terms import FIELDS
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
    SortKey,
    Tagged,
    Untagged,
    Words,
)

TODAY = date(2026, 11, 22)
OCTOBER = Days(Clock.PUBLISHED, date(2020, 10, 1), date(2020, 10, 31))


def node(text: str) -> Node:
    return parse_query(text, TODAY).node


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("", And(())),
        ("  \n\t ", And(())),
        ("truce", Words("truce")),
        ('"cease fire"', Words("cease fire")),
        ("karab*", Words("karab", prefix=True)),
        ('"karab*"', Words("karab*")),
        ('"cease fire"~5', Words("cease fire", near=5)),
        ('"cease fir"*~0 a~b', And((Words("cease fir", prefix=True, near=0), Words("a~b")))),
        ('-title:"cease fire"~999,"a b"', Not(Or((Words("cease fire", "title", near=999), Words("a b", "title"))))),
        ('"strike~5" url:example.org/~5', And((Words("strike~5"), Words("example.org/~5", "url")))),
        ("a b", And((Words("a"), Words("b")))),
        ('title:truce', Words("truce", "title")),
        ('TITLE:"cease fire"', Words("cease fire", "title")),
        ("author:roe,doe", Or((Words("roe", "author"), Words("doe", "author")))),
        ("note:karab*", Words("karab", "note", prefix=True)),
        ("url:https://example.org/a?b=c", Words("https://example.org/a?b=c", "url")),
        ("tag:eu", Tagged(("eu",))),
        ("#eu", Tagged(("eu",))),
        ('#"two words"', Tagged(("two words",))),
        ("tag:eu,nato", Tagged(("eu", "nato"))),
        ('tag:"a, b",c', Tagged(("a, b", "c"))),
        ("tag:world/*", Tagged(("world/*",))),
        ("tag:none", Untagged()),
        ('tag:"none"', Tagged(("none",))),
        ("tag:none,eu", Or((Untagged(), Tagged(("eu",))))),
        ("-tag:sport", Not(Tagged(("sport",)))),
        ('-"press release"', Not(Words("press release"))),
        ("-(a b)", Not(And((Words("a"), Words("b"))))),
        ("-#sport", Not(Tagged(("sport",)))),
        ("well-known", Words("well-known")),
        ("a OR b", Or((Words("a"), Words("b")))),
        ("a or b Or c", Or((Words("a"), Words("b"), Words("c")))),
        ("a b OR c", Or((And((Words("a"), Words("b"))), Words("c")))),
        ("(a OR b) -c", And((Or((Words("a"), Words("b"))), Not(Words("c"))))),
        ("(a)or(b)", Or((Words("a"), Words("b")))),
        ("((a))", Words("a")),
        ('a "or" b', And((Words("a"), Words("or"), Words("b")))),
        ('"tag:x"', Words("tag:x")),
        ("order oral", And((Words("order"), Words("oral")))),
        ("date:2020-10", OCTOBER),
        ("date:>=2020-10-01", Days(Clock.PUBLISHED, date(2020, 10, 1))),
        ('date:"last week"', Days(Clock.PUBLISHED, date(2026, 11, 9), date(2026, 11, 15))),
        ("date:today,2020-10", Or((Days(Clock.PUBLISHED, TODAY, TODAY), OCTOBER))),
        ("date:none", NoDay(Clock.PUBLISHED)),
        ("added:today", Days(Clock.ADDED, TODAY, TODAY)),
        ("noted:..2020", Days(Clock.NOTED, None, date(2020, 12, 31))),
        ("opened:none", NoDay(Clock.OPENED)),
        ("is:unread", Is("unread")),
        ("IS:Bookmarked", Is("bookmarked")),
        ("is:trashed,orphaned", Or((Is("trashed"), Is("orphaned")))),
        ("is:started", Is("started")),
        ("is:Begun,read", Or((Is("started"), Is("read")))),
        ("has:note", Has("note")),
        ("has:bookmark", Has("bookmark")),
        ("words:>1000", Amount("words", 1001, None)),
        ("words:>=1000", Amount("words", 1000, None)),
        ("words:<1000", Amount("words", None, 999)),
        ("minutes:<=5", Amount("minutes", None, 5)),
        ("minutes:5", Amount("minutes", 5, 5)),
        ("words:5..10", Amount("words", 5, 10)),
        ("words:5..", Amount("words", 5, None)),
        ("words:1,000", Amount("words", 1000, 1000)),
        ("words:>=12,000", Amount("words", 12000, None)),
        ("words:1,000..2,500", Amount("words", 1000, 2500)),
        ("long - one", And((Words("long"), Words("one")))),
        ("long — one -", And((Words("long"), Words("one")))),
        ("strike: what", And((Words("strike"), Words("what")))),
        ("12:30", Words("12:30")),
        ("a,b", Words("a,b")),
    ],
)  # fmt: skip
def test_a_query_is_parsed_to_its_tree(text: str, meaning: Node):
    assert node(text) == meaning


@pytest.mark.parametrize(
    ("text", "order", "limit", "written"),
    [
        ("truce", (SortKey("relevance"),), None, False),
        ("-truce tag:eu", (SortKey("date", True),), None, False),
        ("truce is:started", (SortKey("opened", True),), None, False),
        ("is:started sort:opened", (SortKey("opened"),), None, True),
        ("truce OR is:started", (SortKey("relevance"),), None, False),
        ("sort:date", (SortKey("date"),), None, True),
        ("sort:-words,title truce", (SortKey("words", True), SortKey("title")), None, True),
        ("limit:20", (SortKey("date", True),), 20, False),
        ("sort:-Added limit:0", (SortKey("added", True),), 0, True),
        ("(truce sort:title)", (SortKey("title"),), None, True),
    ],
)
def test_order_and_limit_of_a_query(text: str, order: tuple[SortKey, ...], limit: int | None, written: bool):
    query = parse_query(text, TODAY)
    assert (query.sort, query.limit, query.has_order) == (order, limit, written)


@pytest.mark.parametrize(
    ("text", "position", "sentence"),
    [
        ('a "b', 2, "This quotation mark is not closed."),
        ("a (b", 2, "This parenthesis is not closed."),
        ("a) b", 1, "This closing parenthesis has no matching opening one."),
        ("a ()", 2, "These parentheses are empty."),
        ("OR a", 0, "“OR” needs a term on each side. To search for the word, quote it."),
        ("a OR", 4, "“OR” needs a term on each side. To search for the word, quote it."),
        ("a --b", 3, "Use a single “-” to exclude a term."),
        ("- b", 0, "“-” must be followed directly by a term to exclude. To search for the character, quote it."),
        ("-", 0, "“-” must be followed directly by a term to exclude. To search for the character, quote it."),
        ("a #", 2, "“#” must be followed directly by a tag. To search for the character, quote it."),
        ("a tag:", 6, "“tag:” needs a value."),
        ('tag:""', 4, "The name of the tag is missing."),
        ('""', 0, "A word to search for is missing here."),
        ("title:*", 6, "A word to search for is missing here."),
        ("tga:eu", 0, "There is no field “tga:”. Did you mean “tag:”? To search for the words as text, put them in quotation marks."),
        ("is:unred", 3, "“unred” is not a value of “is:”. Did you mean “is:unread”?"),
        ("has:xyz", 4, "“xyz” is not a value of “has:”. Use one of: note, highlight, bookmark, image."),
        ("a date:2020-13", 7, "The date 2020-13 does not exist."),
        ("date:2021..2020", 5, "The range is reversed. Write the earlier day first."),
        ("words:many", 6, "“many” is not a number or a range. Write it as words:>9, words:<=5 or words:5..10."),
        ("words:10..5", 6, "The range is reversed. Write the smaller number first."),
        ("sort:titel", 5, "“titel” is not a value of “sort:”. Did you mean “sort:title”?"),
        ("limit:x", 6, "“limit:” takes one whole number, as in limit:20."),
        ("-sort:date", 0, "“sort:” and “limit:” cannot be excluded. Did you mean “sort:-date”?"),
        ('a "b c"~', 7, "“~” needs a whole number up to 999, as in \"strike harbour\"~5."),
        ('"b c"~1000', 5, "“~” needs a whole number up to 999, as in \"strike harbour\"~5."),
        ('"b c"~5*', 5, "“~” needs a whole number up to 999, as in \"strike harbour\"~5. The “*” comes before the “~”."),
        ("strike~5", 6, "“~” must directly follow a closing quotation mark, as in \"strike harbour\"~5. To search for the character, quote it."),
        ('a "strike Strike"~5', 2, "“~” needs two different words between the quotation marks."),
        ('"新闻 港口"~5', 0, "“~” counts words, but the script of “新闻” does not separate them. Search for each word separately, without “~”."),
        ('tag:"b c"~5', 9, "“~” works only in a word search, not with “tag:”."),
        ("saved:mine", 6, "There is no saved search “mine”. To save one, run “tuireader searches save NAME QUERY”."),
        ("title:(a b)", 6, "Parentheses cannot follow a field. Repeat the field in each term."),
        ("(" * 101 + "a" + ")" * 101, 100, "Parentheses are nested too deeply; the limit is 100."),
    ],
)  # fmt: skip
def test_a_mistake_is_reported_with_its_place(text: str, position: int, sentence: str):
    with pytest.raises(QueryError) as caught:
        parse_query(text, TODAY)
    assert str(caught.value) == sentence
    assert caught.value.position == position


def test_an_unknown_field_is_reported_with_the_known_ones():
    with pytest.raises(QueryError) as caught:
        parse_query("xyzzy:example", TODAY)
    assert all(name in str(caught.value) for name in FIELDS)
    assert "quotation marks" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("tags:eu", "tag:"), ("lang:en", "language:en"), ("site:example.org", "source:example.org"),
        ('by:"jane roe"', 'author:"jane roe"'), ("before:2020", "date:<2020"), ("since:2020-10", "date:>=2020-10"),
        ("is:starred", "is:bookmarked"), ("is:unraed", "is:unread"), ("is:note", "has:note"), ("has:tag", "-tag:none"),
        ("has:picture", "has:image"), ("sort:newest", "sort:-date"), ("sort:-dates", "sort:-date"), ("sort:titel", "sort:title"),
        ("-sort:date", "sort:-date"), ("words:1k", "words:1000"), ("words:>2k", "words:>2000"), ("minutes:5min", "minutes:5"),
        ("words:100-200", "words:100..200"), ("!tag:eu", "-tag:eu"), ("+title:eu", "title:eu"),
        ("date:2020/10/22", "date:2020-10-22"), ("date:2020.1", "date:2020-01"), ("date:22.10.2020", "date:2020-10-22"),
        ("date:22/10/2020", "date:2020-10-22"), ("date:10/22/2020", "date:2020-10-22"), ("date:10-2020", "date:2020-10"),
        ("date:october", "date:2026-10"), ("date:december", "date:2025-12"), ("date:oct-2020", "date:2020-10"),
        ('date:"5 May 2019"', "date:2019-05-05"), ("date:last week", 'date:"last week"'), ("date:lastmonth", 'date:"last month"'),
        ("date:7", "date:7d"), ("date:7days", "date:7d"), ('date:"last 2 weeks"', "date:2w"), ("date:tody", "date:today"),
        ("date:2020-10...2020-11", "date:2020-10..2020-11"), ("date:2020-2021", "date:2020..2021"), ("saved:mien", "mine"),
    ],
)  # fmt: skip
def test_a_mistake_comes_with_a_suggestion(text: str, meant: str):
    with pytest.raises(QueryError) as caught:
        parse_query(text, TODAY, {"mine": "a"})
    assert f"Did you mean “{meant}”?" in str(caught.value)
    if meant[-1] != ":":
        parse_query(meant, TODAY)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a AND b", "Leave it out"), ("a && b", "Leave it out"), ("NOT a", "“-” directly before it"), ("a || b", "“OR” between"),
        ("tag: eu", "directly after the colon: tag:eu."), ("http://a.org/b", 'url:"http://a.org/b"'),
        ("words:>1,000,5", "without commas"), ("date:Oct 2020", "date:2020-10”"), ("noted:22 Oct 2020 x", "noted:2020-10-22”"), ("date:October 22, 2020", "date:2020-10-22”"), ("tag:wor*", "tag:world/*"), ("date:3/4/2020", "Write it as 2020-10-22"),
        ('tag:"a"*', "“*” works only in a word search"), ("#,", "“tag:” needs a value"),
    ],
)  # fmt: skip
def test_syntax_of_other_programs_is_answered_with_a_suggestion(text: str, said: str):
    with pytest.raises(QueryError) as caught:
        parse_query(text, TODAY)
    assert said in str(caught.value)


def test_quoted_syntax_of_other_programs_is_words():
    assert node('"AND" "||" "!tag:eu"') == And((Words("AND"), Words("||"), Words("!tag:eu")))
    assert node("and not And") == And((Words("and"), Words("not"), Words("And")))


def test_the_caret_is_under_the_mistake():
    with pytest.raises(QueryError) as caught:
        parse_query("harbour tga:eu", TODAY)
    query, caret, _ = caught.value.with_caret().split("\n")
    assert query[caret.index("^") :] == "tga:eu"


def test_the_caret_is_in_place_after_wide_characters():
    with pytest.raises(QueryError) as caught:
        parse_query("港口 e\u0301 tga:eu", TODAY)
    assert caught.value.position == 6
    assert caught.value.with_caret().split("\n")[1].index("^") == 7


pieces = st.sampled_from(
    ["tag:", "#", "-", "(", ")", '"', "OR", " ", "date:", "..", ">=", "words:", "sort:", "limit:", "is:", "saved:",
     ",", "*", "~", "none", "2020-10", "7d", "trashed", "ab", "ł", "中", "\u2009", "\0", "9" * 12]
)  # fmt: skip


@settings(max_examples=200)
@given(st.text(max_size=40) | st.lists(pieces, max_size=14).map("".join))
@example("-(" * 150)
@example("(" * 5000)
@example("-" * 5000)
@example("a OR " * 2000)
@example("a " * 20_000)
def test_any_text_is_a_query_or_a_query_error(text: str):
    try:
        query = parse_query(text, TODAY)
    except QueryError as error:
        assert 0 <= error.position <= len(text)
        assert error.query == text
        assert str(error).endswith((".", "?"))
        assert error.with_caret().count("\n") == 2
    else:
        assert isinstance(query, Query)


@given(st.lists(st.sampled_from(["a", "title:b", "#c", "-d", "(e OR f)", "date:2020"]), max_size=6))
def test_white_space_between_terms_does_not_matter(terms: list[str]):
    assert node(" ".join(terms)) == node("\n" + " \t ".join(terms) + "  ")
