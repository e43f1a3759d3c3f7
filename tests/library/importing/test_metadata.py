"""The metadata of an article on its page."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from lxml import html as lxml_html

from library.importing.formats.html.dates import read_date
from library.importing.formats.html.metadata import PageMetadata, read_metadata, split_names

TODAY = date(2026, 11, 22)


def metadata(
    head: str = "", body: str = "<p>Words.</p>", *, root: str = "<html lang='en-GB'>"
) -> PageMetadata:
    page = f"<!doctype html>{root}<head>{head}</head><body>{body}</body></html>"
    return read_metadata(lxml_html.document_fromstring(page), page, today=TODAY)


def json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


ARTICLE = json_ld("""{"@context": "https://schema.org", "@graph": [
  {"@type": "WebSite", "name": "The Harbour Post"},
  {"@type": "Person", "@id": "#roe", "name": "Jane Roe"},
  {"@type": "NewsArticle", "headline": "Strike Enters Third Week &amp; Stalls",
   "datePublished": "2021-03-04T06:30:00+01:00", "dateModified": "2021-03-04T09:00:00+01:00",
   "author": [{"@id": "#roe"}, {"@type": "Organization", "name": "The Harbour Post"}],
   "keywords": ["harbour", "strikes, unions", "Harbour"], "description": "Talks <b>broke off</b>.",
   "image": {"@type": "ImageObject", "url": "https://img.example.org/quay.jpg", "caption": "The quay", "creditText": "AFP"},
   "mainEntityOfPage": "https://www.news.example.org/strike?utm_source=feed"}]}""")


def test_json_ld_gives_all_fields() -> None:
    found = metadata(ARTICLE)
    assert found.title == "Strike Enters Third Week & Stalls"
    assert found.authors == ("Jane Roe",)
    assert found.published == datetime(2021, 3, 4, 6, 30, tzinfo=timezone(timedelta(hours=1)))
    assert found.updated == datetime(2021, 3, 4, 9, 0, tzinfo=timezone(timedelta(hours=1)))
    assert not found.date_guessed
    assert found.tags == ("harbour", "strikes", "unions")
    assert found.url == "https://www.news.example.org/strike"
    assert found.source == "news.example.org"
    assert found.language == "en"
    assert found.summary == "Talks broke off."
    assert found.image is not None
    assert (found.image.url, found.image.caption, found.image.credit, found.image.path) == (
        "https://img.example.org/quay.jpg",
        "The quay",
        "AFP",
        "",
    )


@pytest.mark.parametrize(
    "broken",
    [
        '<!-- {"@type": "Article", "headline": "Tides"} -->',
        '//<![CDATA[\n{"@type": "Article", "headline": "Tides"}\n//]]>',
        '{"@type": "Article", "headline": "Tides",}',
        '{"@type": "Article", /* the title */ "headline": "Tides"};',
        '{"@type": "Article", "headline": "Ti\tdes"}'.replace("\t", ""),
        '{"@type": "Article", "description": "two\nlines", "headline": "Tides"}',
        '{"@type": "WebPage"} {"@type": ["Thing", "BlogPosting"], "headline": "Tides"}',
        "{&quot;@type&quot;: &quot;Article&quot;, &quot;headline&quot;: &quot;Tides&quot;}",
    ],
)
def test_json_ld_is_read_tolerantly(broken: str) -> None:
    assert metadata(json_ld(broken)).title == "Tides"


@pytest.mark.parametrize(
    "hopeless", ["{", "[" * 50_000, '{"@type": 3, "author": {"name": {"name": null}}}', "null", ""]
)
def test_invalid_json_ld_is_skipped(hopeless: str) -> None:
    assert metadata(json_ld(hopeless) + "<title>Tides</title>").title == "Tides"


def test_the_most_complete_article_object_is_used() -> None:
    teaser = '{"@type": "NewsArticle", "headline": "Another story"}'
    main = '{"@type": "NewsArticle", "headline": "This story", "datePublished": "2021-03-04", "author": "Jane Roe"}'
    assert metadata(json_ld(f"[{teaser}, {main}]")).title == "This story"


def test_heading_on_the_page_wins_if_it_is_the_stated_title() -> None:
    found = metadata("<title>Tides Rise | Coast | The Post</title>", "<h1>The Post</h1><h1>Tides Rise</h1>")
    assert found.title == "Tides Rise"


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Tides Rise | The Post", "Tides Rise"),
        ("Tides Rise - The Post - 4.3.2021", "Tides Rise"),
        ("Tides Rise – post.example.org", "Tides Rise"),
        ("潮が満ちる：The Post", "潮が満ちる"),
        ("Rise - and fall", "Rise - and fall"),
        ("Tides: what we know", "Tides: what we know"),
    ],
)
def test_site_and_date_are_removed_from_the_title(stated: str, title: str) -> None:
    head = '<meta property="og:site_name" content="The Post"><meta property="og:type" content="article">'
    head += f'<link rel="canonical" href="https://post.example.org/tides"><title>{stated}</title>'
    assert metadata(head).title == title


@pytest.mark.parametrize(
    "title", ["a [/] b", "[@click=app.quit]x[/]", "Use <details> and <b>", "**Not** _bold_"]
)
def test_title_that_looks_like_markup_stays_text(title: str) -> None:
    escaped = title.replace("<", "&lt;")
    assert metadata(f"<title>{escaped}</title>").title == title
    assert metadata(f'<meta property="og:title" content="{escaped}">').title == title
    assert metadata(body=f"<h1>{escaped}</h1>").title == title


def test_hidden_characters_are_removed_from_every_field() -> None:
    dirty = "Ti\u202edes\u200b\u2066"
    head = f'<title>{dirty}</title><meta name="author" content="{dirty}"><meta name="keywords" content="{dirty}">'
    head += f'<meta name="description" content="{dirty}">' + json_ld(
        '{"@type": "Article", "headline": "x\\u001b[31m\\u009b"}'
    )
    found = metadata(head)
    for text in (found.title, *found.authors, *found.tags, found.summary):
        assert not set(text) & set("\u202e\u200b\u2066\x1b\x9b")
    assert found.tags == ("Tides",)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Jane Roe", ["Jane Roe"]),
        ("Jane Roe and John Doe", ["Jane Roe", "John Doe"]),
        ("Jane Roe, John Doe und Ann Poe", ["Jane Roe", "John Doe", "Ann Poe"]),
        ("Kari Nordmann og Ola Nordmann", ["Kari Nordmann", "Ola Nordmann"]),
        ("Le Monde et AFP", ["Le Monde et AFP"]),
        ("Roe, Jane", ["Roe, Jane"]),
        ("Smith and Sons", ["Smith and Sons"]),
        ("Srf hosb", ["Srf hosb"]),
        ("Jane Roe jane@example.org", ["Jane Roe"]),
        ("https://example.org/jane", []),
        ("105092", []),
    ],
)
def test_names_are_split_only_if_each_part_is_a_name(text: str, names: list[str]) -> None:
    assert split_names(text) == names


def test_agency_is_its_own_field() -> None:
    both = metadata('<meta name="author" content="Jane Roe"><meta name="author" content="AFP">')
    assert (both.authors, both.agency) == (("Jane Roe",), "AFP")
    alone = metadata('<meta name="author" content="Reuters">')
    assert (alone.authors, alone.agency) == (("Reuters",), "Reuters")


def test_byline_on_the_page_is_better_than_an_organisation() -> None:
    head = json_ld(
        '{"@type": "Article", "headline": "x", "author": {"@type": "Organization", "name": "The Post"}}'
    )
    assert metadata(head, '<span class="article__author">Von Jane Roe, Kiel</span>').authors == ("Jane Roe",)
    assert metadata(head, '<span class="article__author">Our authors</span>').authors == ("The Post",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-03-04", date(2021, 3, 4)),
        ("2021-03-04T05:06:07", date(2021, 3, 4)),
        ("2021-03-04T05:06:07Z", datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("2021-03-04 05:06:07.1234567 +0000", datetime(2021, 3, 4, 5, 6, 7, 123456, tzinfo=UTC)),
        ("2021-03-04T05:06-05", datetime(2021, 3, 4, 5, 6, tzinfo=timezone(timedelta(hours=-5)))),
        ("2021-13-04", None),
        ("1970-01-01T00:00:00Z", None),
        ("2027-03-04", None),
        ("soon", None),
    ],
)
def test_machine_readable_dates(text: str, expected: date | None) -> None:
    assert read_date(text, TODAY) == expected


def test_date_in_words_in_a_meta_element() -> None:
    found = metadata('<meta name="pubdate" content="4 March 2021">')
    assert (found.published, found.date_guessed) == (date(2021, 3, 4), False)


def test_date_that_is_only_in_the_text_is_marked_as_guessed() -> None:
    found = metadata(body="<div class='date'>Published on 4 March 2021</div><p>Words.</p>")
    assert (found.published, found.date_guessed) == (date(2021, 3, 4), True)


def test_page_without_a_date_has_none() -> None:
    found = metadata(body="<p>Words without any day.</p>")
    assert (found.published, found.date_guessed, found.updated) == (None, False, None)


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="https://a.example/x#top">', "https://a.example/x"),
        (
            '<link rel="canonical" href="https://a.example/"><meta property="og:url" content="https://a.example/x">',
            "https://a.example/x",
        ),
        ('<link rel="canonical" href="javascript:alert(1)">', ""),
        ('<link rel="canonical" href="/x">', ""),
        ("<!-- saved from url=(0019)https://a.example/x -->", "https://a.example/x"),
        (
            "<!-- Page saved with SingleFile \n url: https://a.example/x \n saved date: Thu -->",
            "https://a.example/x",
        ),
        (
            '<!-- saved from url=(0019)https://a.example/y --><link rel="canonical" href="/x">',
            "https://a.example/x",
        ),
    ],
)
def test_address_of_the_article(head: str, url: str) -> None:
    assert metadata(head).url == url


def test_source_is_the_site_name_if_there_is_no_address() -> None:
    assert metadata('<meta property="og:site_name" content="The Post">').source == "The Post"


def test_picture_takes_caption_and_description_from_its_figure() -> None:
    head = '<meta property="og:image" content="https://img.example/quay-1.jpg?w=1200">'
    body = '<figure><img src="/small/quay-1.jpg?w=200" alt="Cranes"><figcaption>The quay at dawn</figcaption></figure>'
    picture = metadata(head, body).image
    assert picture is not None
    assert (picture.alt, picture.caption) == ("Cranes", "The quay at dawn")


def test_picture_without_a_web_address_is_not_used() -> None:
    assert metadata('<meta property="og:image" content="data:image/png;base64,xx">').image is None


@pytest.mark.parametrize(
    ("root", "language"), [("<html lang='de-CH'>", "de"), ("<html lang='iw'>", "he"), ("<html>", "")]
)
def test_language_of_the_page(root: str, language: str) -> None:
    assert metadata(root=root).language == language
