from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from library.importing.formats.plain import parse_plain

TODAY = date(2026, 11, 22)
WRAPPED = """\
Harbour Strike Enters Third Week

By Jane Roe, AFP
4 March 2021

Dock workers in the northern port voted on Thursday to
stay out for another week, the union said, after talks
with the operator broke off without a date for the next
round of talks.

Nobody was seen at the gates. "We shall wait for as long
as it takes," said one of them, who asked for his name
not to be printed.

Original url: https://news.example.org/strike
"""


def parse(text, name=""):
    return parse_plain(text, today=TODAY, name=name)


def shown(markdown):
    """Return the visible text of ``markdown``."""
    words = []
    for token in MarkdownIt().parse(markdown):
        if token.type == "inline":
            words += ["\n" if "break" in child.type else child.content for child in token.children or []]
            words.append("\n")
    return "".join(words)


def test_headline_byline_date_and_address_are_read_and_lines_unwrapped():
    article = parse(WRAPPED)
    assert article.title == "Harbour Strike Enters Third Week"
    assert (article.authors, article.agency, article.published) == (("Jane Roe",), "AFP", date(2021, 3, 4))
    assert article.url == "https://news.example.org/strike"
    first, second = article.body.split("\n\n")
    assert first.endswith("without a date for the next round of talks.") and "\n" not in first
    assert second.startswith("Nobody was seen")


def test_a_headline_directly_above_byline_and_date_is_recognised():
    body = "\n\nThe port stayed shut on Thursday, and nobody could say for how long it would.\n\nNobody came."
    for head in ("Harbour Strike\nBy Jane Roe\n4 March 2021", "Harbour\nStrike\nBy Jane Roe\n\n4 March 2021"):
        article = parse(head + body)
        assert (article.title, article.authors) == ("Harbour Strike", ("Jane Roe",))
        assert article.published == date(2021, 3, 4)
        assert article.body == body.strip()


def test_short_lines_such_as_verse_are_not_joined():
    article = parse("A Poem\n\nRoses are red,\nViolets are blue.\n")
    assert shown(article.body).strip() == "Roses are red,\nViolets are blue."


def test_the_items_of_a_list_in_wrapped_text_are_not_joined():
    text = WRAPPED.replace(
        "Nobody", "- the first demand of the workers in the northern port\n- the second\n\nNobody"
    )
    assert "northern port\\\n\\- the second" in parse(text).body


def test_a_long_first_paragraph_is_text_and_the_title_comes_from_the_file():
    article = parse("word " * 100, name="long_story.txt")
    assert article.title == "long story"
    assert article.body.startswith("word word")


@pytest.mark.parametrize(
    "line",
    ["* star", "1. one", "# hash", "> greater", "<b>bold</b>", "[a](http://x.example)", "snake_case_word", "a*b*c",
     "`code`", "&amp; &copy;", "- dash", "back\\slash", "~~gone~~", "| a | b |", "=====", "![i](x.png)", "__init__"],
)  # fmt: skip
def test_text_that_looks_like_markup_is_shown_as_written(line):
    assert shown(parse(f"Title\n\nFirst.\n\n{line}\n").body) == f"First.\n{line}\n"


@settings(max_examples=80, deadline=None)
@given(
    st.text(alphabet="ab *_`[]()<>#&;\\!~|1.)+-=:", min_size=1, max_size=40).filter(
        lambda text: any(map(str.isalnum, text))
    )
)
def test_any_line_is_shown_as_written(line):
    text = " ".join(line.split())
    assert " ".join(shown(parse(f"Title\n\nIt began so.\n\nx {text}\n").body).split()).endswith(f"x {text}")
