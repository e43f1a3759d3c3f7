from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.importing.formats.markdown import parse_markdown
from library.models import Image

TODAY = date(2026, 11, 22)
FULL = """\
---
title: 'Harbour&rsquo;s Strike'
date: 2021-03-04 10:00:00 -0400
lastmod: 2021-03-05
author: Jane Roe and John Doe
tags: [harbour, Labour]
topics:
  - labour
  - ports
description: What the dockers want.
canonical_url: https://www.example.org/strike?utm_medium=x
publisher: The Example
lang: en-GB
agency: AFP
image:
  url: quay.jpg
  caption: An empty quay
unknown: {a: [1, 2]}
---

# Harbour’s Strike

The *text*.
"""


def parse(text, name=""):
    return parse_markdown(text, today=TODAY, name=name)


def test_front_matter_gives_the_fields_of_the_article():
    article = parse(FULL)
    assert article.title == "Harbour’s Strike"
    assert article.published == datetime(2021, 3, 4, 14, tzinfo=UTC)
    assert article.published.utcoffset() == timedelta(hours=-4)
    assert article.updated == date(2021, 3, 5)
    assert article.authors == ("Jane Roe", "John Doe")
    assert article.tags == ("harbour", "Labour", "ports")
    assert article.summary == "What the dockers want."
    assert (article.url, article.source) == ("https://www.example.org/strike", "The Example")
    assert (article.language, article.agency) == ("en", "AFP")
    assert article.images == (Image(url="quay.jpg", caption="An empty quay"),)
    assert article.body == "The *text*."


@pytest.mark.parametrize(
    "broken",
    ["---\ntitle: 'unfinished\ntags: [a\n---\n\n# Heading\n\nText.\n", "---\ntitle: @x\n---\n\n# Heading\n\nText.\n",
     "---\ndate: 2020-02-31\n---\n\n# Heading\n\nText.\n"],
)  # fmt: skip
def test_broken_front_matter_loses_no_text(broken):
    article = parse(broken)
    value = broken.split("\n")[1].partition(": ")[2]
    assert "Text." in article.body and "---" not in article.body
    assert value in (article.title, article.extra.get("date"))
    assert "Heading" in f"{article.title} {article.body}"


def test_a_time_without_a_zone_is_a_day():
    assert parse("---\ntitle: T\ndate: 2021-03-04 10:00:00\n---\nText").published == date(2021, 3, 4)


def test_a_date_in_words_is_read():
    assert parse("---\ntitle: T\ndate: 4 March 2021\n---\nText").published == date(2021, 3, 4)


def test_without_front_matter_the_first_heading_is_the_title():
    article = parse("Title\n=====\n\nText.\n", name="2021-03-04-x.md")
    assert (article.title, article.body) == ("Title", "Text.")
    assert (article.published, article.date_guessed) == (date(2021, 3, 4), True)
    assert parse("Some **text**.", name="my_note.md").title == "my note"


def test_a_heading_that_differs_from_the_title_is_kept():
    assert parse("---\ntitle: One\n---\n\n# Two\n\nText.").body == "# Two\n\nText."


def test_markup_and_code_of_the_body_are_unchanged():
    body = "- a\n- b\n\n```\n# code\n\n\n&amp; code\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> quote"
    assert parse(f"---\ntitle: T\n---\n\n{body}\n").body == body


def test_paths_inside_a_site_are_not_addresses():
    assert parse("---\ntitle: T\nurl: /2021/03/04/x\n---\nText").url == ""


@given(st.text(alphabet="ab:[]{}'\"-&*!|>%@`#, \n\t01", max_size=120))
def test_no_front_matter_makes_the_reader_fail(text):
    parse(f"---\ntitle: x\n{text}\n---\nText")
