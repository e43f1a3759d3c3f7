from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from library.importing.formats.dump import parse_dump
from library.models import Image

TODAY = date(2026, 11, 22)
DUMP = """\
# Harbour Strike Enters **Third** Week &amp; No Talks

By [Jane Roe for AFP](#)

4 March 2021

An empty quay on Thursday.

**AP / John Doe**

Dock workers in the northern port voted on Thursday to stay out for another week, after talks with

2

the operator broke off without a date for the next round.

## **What the union wants**

A file\\_name, a dot\\. and a dash \\- are plain; 2 \\* 3 &amp; more.

\\# no heading

1\\. no list

**It was a bold sentence.**

Original url

<https://www.News.example.org/2021/03/04/harbour-strike?utm_source=x&page=2#top>

3
"""


def parse(text, name=""):
    return parse_dump(text, today=TODAY, name=name)


def test_all_fields_of_a_dump_are_read():
    article = parse(DUMP)
    assert article.title == "Harbour Strike Enters Third Week & No Talks"
    assert (article.authors, article.agency) == (("Jane Roe",), "AFP")
    assert (article.published, article.date_guessed) == (date(2021, 3, 4), False)
    assert article.images == (Image(caption="An empty quay on Thursday.", credit="AP / John Doe"),)
    assert article.url == "https://www.news.example.org/2021/03/04/harbour-strike?page=2"
    assert article.source == "news.example.org"
    assert article.language == "en"
    assert article.joined == 1
    assert article.summary.startswith("Dock workers")
    assert article.body == (
        "Dock workers in the northern port voted on Thursday to stay out for another week, after talks with "
        "the operator broke off without a date for the next round.\n\n"
        "## What the union wants\n\n"
        "A file_name, a dot. and a dash - are plain; 2 * 3 & more.\n\n"
        "\\# no heading\n\n1\\. no list\n\n**It was a bold sentence.**"
    )


@pytest.mark.parametrize(
    "closing",
    [
        "Original url\n\n<https://a.example/x>",
        "Original url\n<https://a.example/x>",
        "[Original url](<https://a.example/x>)",
        "[Original URL](https://a.example/x)",
        "Original url: https://a.example/x",
        "**Original url**: <https://a.example/x>",
        "original url\n\nhttps://a.example/x\n\n7\n\n\n",
        "ORIGINAL URL\n\n\f\n\n[https://a.example/x](https://a.example/x)\n\nPage 9 of 9",
    ],
)
def test_the_closing_address_is_found_in_all_its_forms(closing):
    article = parse(f"# T\n\nBy [Jane Roe](#)\n\n4 March 2021\n\nOne sentence.\n\n{closing}\n")
    assert article.url == "https://a.example/x"
    assert article.body == "One sentence."


def test_without_a_date_line_the_date_is_guessed_from_the_address_or_the_file_name():
    article = parse("# T\n\nText.\n\nOriginal url: https://a.example/2024/11/22/x")
    assert (article.published, article.date_guessed) == (date(2024, 11, 22), True)
    article = parse("# T\n\nText.", name="paper_2024_11_21.md")
    assert (article.published, article.date_guessed) == (date(2024, 11, 21), True)
    article = parse("# T\n\nText.")
    assert (article.published, article.date_guessed) == (None, False)


def test_byline_and_date_on_one_line_are_both_read():
    article = parse("# T\n\nBy Jane Roe | 4 March 2021\n\nText.")
    assert (article.authors, article.published, article.body) == (("Jane Roe",), date(2021, 3, 4), "Text.")


def test_head_lines_without_blank_lines_between_them_are_read():
    article = parse("# T\nBy [Jane Roe](#)\n4 March 2021\n\nText.")
    assert (article.title, article.authors, article.published, article.body) == (
        "T", ("Jane Roe",), date(2021, 3, 4), "Text.",
    )  # fmt: skip


def test_a_date_further_down_is_text():
    body = "\n\n".join(["A paragraph."] * 9 + ["4 March 2021"])
    assert parse(f"# T\n\n{body}").published is None


def test_a_form_feed_is_a_page_break():
    article = parse(
        "# T\n\nThe workers voted on Thursday to stay out for one more long\fWeek, the union said."
    )
    assert article.body == "The workers voted on Thursday to stay out for one more long Week, the union said."


def test_entities_are_decoded_once_and_never_become_markup():
    article = parse(
        "# A &lt;b&gt; title\n\nIt said &lt;b&gt; and &amp;lt; and &#27;[31m and \\&amp; and `&amp;`."
    )
    assert article.title == "A <b> title"
    assert article.body == "It said \\<b> and \\&lt; and [31m and \\&amp; and `&amp;`."


def test_the_name_of_the_file_is_the_title_of_a_dump_without_one():
    assert parse("By [Jane Roe](#)\n\nText.", name="folder/harbour_strike.md").title == "harbour strike"


@settings(max_examples=60, deadline=None)
@example("\fA")
@example("\f1")
@given(st.text(alphabet="ab AB.,-#*_\\[]()<>&;:/\n\f1", max_size=200))
def test_no_text_makes_the_reader_fail(text):
    article = parse(text)
    assert "\f" not in article.body
    assert "\x1b" not in article.body
