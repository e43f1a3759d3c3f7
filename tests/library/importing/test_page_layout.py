"""Structure that saved pages mark up in many ways: code, definitions, quotations, headings, and metadata."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from library.importing.formats.html import parse_page
from library.importing.formats.html.addresses import original_address
from library.models import ParsedArticle

REPORTED = Path(__file__).parent / "reported"
TODAY = date(2026, 11, 22)
FIRST = (
    "The crane drivers of the western basin laid down their work on Monday morning, and by noon eleven ships lay "
    "idle in the roads while the port authority looked for a way out of the quarrel that has lasted since spring."
)


def reported(name: str) -> ParsedArticle:
    return parse_page((REPORTED / name).read_bytes(), name=name, today=TODAY)


def body_of(inner: str) -> str:
    page = f"<html lang=en><head><title>Cranes</title></head><body><article><h1>Cranes</h1><p>{FIRST} 1</p>{inner}<p>{FIRST} 2</p></article></body></html>"
    blocks = parse_page(page.encode(), name="page.html", today=TODAY).body.split("\n\n")
    return "\n\n".join(blocks[1:-1])


def test_terms_and_definitions_are_distinguished() -> None:
    assert (
        "- **Roster**: The plan of the shifts.\n- **Basin**: A part of the harbour."
        in reported("page-layout/dl.html").body
    )


@pytest.mark.parametrize(
    ("markup", "markdown"),
    [
        ("<dl><dt>Why?<dd>For <a href='https://x.example/'>this</a>.</dl>", "- **Why?** For [this](https://x.example/)."),
        ("<dl><div><dt>A</dt><dd>One.</dd><dd>Two.</dd></div></dl>", "- **A**: One. Two."),
        ("<pre><span>a = 1</span>\n<span>    b = 2</span>\n</pre>", "```\na = 1\n    b = 2\n```"),
        ("<pre>a = 1<br>  b = 2</pre>", "```\na = 1\n  b = 2\n```"),
        ("<p>She said <q>we will not <q>return</q></q> and left.</p>", "She said “we will not ‘return’” and left."),
        ("<p>She said <q>„we stay“</q> and left for good.</p>", "She said „we stay“ and left for good."),
        ("<p><strong>Empty shelves</strong></p>", "## Empty shelves"),
        ("<p><b>That is no heading.</b></p>", "**That is no heading.**"),
        ("<p>We stay.</p><p>We go.</p><p>We stay.</p>", "We stay.\n\nWe go.\n\nWe stay."),
    ],
)  # fmt: skip
def test_structure_is_kept(markup: str, markdown: str) -> None:
    assert body_of(markup) == markdown


@pytest.mark.parametrize(
    ("before", "markdown"),
    [
        ("<h2 class=visually-hidden>Article content</h2>", ""),
        ("<h6 id=accessibility-article>Article</h6>", ""),
        ("<h3 class='sr-only'>Text</h3>", ""),
        ("<h6>Ankara</h6>", "Ankara\n\n"),
        ("<h2>The port authority looks for a way out of the quarrel, and the ships wait</h2>",
         "The port authority looks for a way out of the quarrel, and the ships wait\n\n"),
        ("<h2>What happened</h2>", "## What happened\n\n"),
    ],
)  # fmt: skip
def test_headings_before_the_first_paragraph(before: str, markdown: str) -> None:
    page = f"<html lang=en><head><title>Cranes</title></head><body><article><h1>Cranes</h1>{before}<p>{FIRST} 1</p><p>{FIRST} 2</p></article></body></html>"
    body = parse_page(page.encode(), name="page.html", today=TODAY).body
    assert body == f"{markdown}{FIRST} 1\n\n{FIRST} 2"


def test_a_long_paragraph_that_occurs_twice_is_kept_twice() -> None:
    oath = "<p>I swear that I will bear true allegiance to the harbour and to all its cranes, so help me God.</p>"
    assert body_of(oath * 3).count("I swear") == 3


def test_code_of_the_reported_page_has_two_lines() -> None:
    assert "```\na = 1\n    b = 2\n```" in reported("page-layout/pre_lines.html").body


def test_quotations_and_links_of_reported_pages_stay_in_their_sentences() -> None:
    assert "She said “we will not return” and left." in reported("page-layout/q_tag.html").body
    assert "— Port (@port) [March 4, 2024](https://t.example/1)" in reported("page-layout/tweet.html").body


@pytest.mark.parametrize("name", ["page-layout/noarticle_table.html", "fields-html/html-layout_table.html"])
def test_layout_tables_become_paragraphs_without_the_menu(name: str) -> None:
    body = reported(name).body
    assert "|" not in body
    assert "Archive" not in body
    assert len(body.split("\n\n")) == (3 if "noarticle" in name else 6)


def test_a_logo_is_not_a_headline() -> None:
    article = reported("page-layout/h1_logo.html")
    assert article.title == "Cranes stand still in the western basin"
    assert article.body.startswith("The crane drivers")


def test_fields_of_reported_pages() -> None:
    assert reported("fields-html/html-author_org_in_ld.html").authors == ("Jane Roe",)
    assert reported("fields-html/html-tags-unseparated.html").tags == (
        "Strikes",
        "Jane Roe",
        "Port Alder",
        "Dockers",
    )
    assert "## Empty shelves" in reported("fields-html/html-bold_subheads.html").body
    assert reported("fields-html/html-header_lead.html").body.startswith("Dockers at the northern terminal")


@pytest.mark.parametrize("name", ["archive_is", "google_amp"])
def test_a_copy_has_the_address_and_the_source_of_the_original(name: str) -> None:
    article = reported(f"small/{name}.html")
    assert (article.url, article.source) == ("https://news.example.org/2024/03/04/cranes", "news.example.org")


@pytest.mark.parametrize(
    "copy",
    [
        "https://web.archive.org/web/20240305101112/https://post.example/a?b=1",
        "https://web.archive.org/web/20240305101112id_/https://post.example/a?b=1",
        "http://web.archive.org/web/2024/https:/post.example/a?b=1",
        "https://archive.today/2024.03.05-101112/https://post.example/a?b=1",
        "https://archive.ph/20240305101112/https://post.example/a?b=1",
        "https://archive.ph/o/abcDe/https://post.example/a?b=1",
        "https://ghostarchive.org/archive/aBc12/https://post.example/a?b=1",
    ],
)
def test_addresses_of_copies_in_web_archives(copy: str) -> None:
    assert original_address(copy) == "https://post.example/a?b=1"


@pytest.mark.parametrize(
    ("copy", "original"),
    [
        ("https://www.google.co.uk/amp/s/post.example/a", "https://post.example/a"),
        ("https://www.google.com/amp/post.example/a", "http://post.example/a"),
        ("https://post-example.cdn.ampproject.org/c/s/post.example/a", "https://post.example/a"),
        ("https://post-example.cdn.ampproject.org/v/post.example/a?x=1", "http://post.example/a"),
        ("https://www.google.com/search?q=amp", "https://www.google.com/search?q=amp"),
        ("https://archive.org/details/harbour", "https://archive.org/details/harbour"),
        ("https://post.example/archive/https-explained", "https://post.example/archive/https-explained"),
    ],
)
def test_addresses_of_amp_caches_and_others(copy: str, original: str) -> None:
    assert original_address(copy) == original


def test_articles_after_a_heading_of_related_articles_are_not_text() -> None:
    other = f"<article class=post><a href='/other'>Other</a><p>{FIRST} MARKER</p></article>"
    related = f"<article class=post><h3 class=relatedpoststitle>You may like</h3>{other * 3}</article>"
    text = f"<article class=post><h1>Cranes</h1><p>{FIRST} 1</p></article>"
    page = f"<html lang=en><head><title>Cranes</title></head><body>{text}{related}</body></html>"
    article = parse_page(page.encode(), name="page.html", today=TODAY)
    assert article.body == f"{FIRST} 1"
