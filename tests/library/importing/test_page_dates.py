"""The date of a page is the date of its article, or none."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from library.importing.fields.dates import in_gregorian, jalali_day
from library.importing.formats.html import parse_page
from library.importing.formats.html.dates import read_date
from library.models import ParsedArticle

REPORTED = Path(__file__).parent / "reported" / "dates"
TODAY = date(2026, 11, 22)
DAY = date(2024, 3, 4)
TEXT = (
    "<p>The crane drivers of the western basin laid down their work on Monday morning, and by noon eleven ships "
    "lay idle in the roads while the port authority looked for a way out of the quarrel.</p><p>A spokeswoman for "
    "the union said that nobody would return before the new roster had been withdrawn, and that the drivers had "
    "been patient for longer than anyone could have asked of them.</p>"
)


def page(
    head: str = "", before: str = "", after: str = "", lang: str = "en", headline: str = "<h1>Cranes</h1>"
) -> ParsedArticle:
    body = f"<article>{headline}{before}{TEXT}{after}</article>"
    markup = (
        f"<!doctype html><html lang={lang}><head><title>Cranes</title>{head}</head><body>{body}</body></html>"
    )
    return parse_page(markup.encode(), name="page.html", today=TODAY)


def day_of(article: ParsedArticle) -> date | None:
    found = article.published
    return found.date() if isinstance(found, datetime) else found


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("body_date_first", None), ("comment_date", None), ("fa_jalali", DAY), ("js_future", None),
        ("old", date(1963, 11, 22)), ("th_buddhist", DAY), ("time_only", DAY), ("tw_minguo", DAY), ("updated_only", DAY),
        ("url_only", DAY),
    ],
)  # fmt: skip
def test_reported_pages(name: str, day: date | None) -> None:
    article = parse_page((REPORTED / f"{name}.html").read_bytes(), name=name, today=TODAY)
    assert day_of(article) == day
    assert article.updated == (date(2024, 3, 9) if name == "updated_only" else None)


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("1709510400", DAY), ("1709510400000", DAY), ("1709510400.5", DAY), ("2024-03", date(2024, 3, 1)),
        ("2024-3", date(2024, 3, 1)), ("1963-11-22", date(1963, 11, 22)), ("1848-02-21T00:00:00Z", date(1848, 2, 21)),
        ("Mon, 04 Mar 2024 10:00:00 GMT", DAY), ("4 March 2024", DAY), ("20240304", DAY),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "head",
    [
        "<meta property='article:published_time' content='{0}'>",
        "<meta name=date content='{0}'>",
        '<script type=\'application/ld+json\'>{{"@type":"Article","datePublished":"{0}"}}</script>',
        "<meta name=dc.date.issued content='{0}'>",
    ],
)
def test_stated_dates_in_machine_formats(stated: str, day: date, head: str) -> None:
    article = page(head.format(stated))
    assert (day_of(article), article.date_guessed) == (day, False)


def test_seconds_since_1970_as_a_json_number() -> None:
    stated = '<script type="application/ld+json">{"@type":"Article","datePublished":1709510400}</script>'
    assert page(stated).published == datetime(2024, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["12", "2024", "99999999", "99999999999999999", "2024-13", "1200-01-01", "3024-01-01", ""]
)
def test_numbers_that_are_not_a_date(text: str) -> None:
    assert read_date(text, TODAY) is None


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "<p>4 March 2024</p>"),
        ("en", "<p class=byline>By Jane Roe | 4 March 2024 | 5 min read</p>"),
        ("en", "<div class=meta><span>Jane Roe</span> · <span>March 4, 2024</span></div>"),
        ("en", "<p>By Jane Roe, <time datetime='2024-03-04'>Monday</time></p>"),
        ("en", "<time datetime='2024-03-04T10:00:00Z'>3 hours ago</time>"),
        ("en", "<div><span itemprop=datePublished content='2024-03-04'>last week</span></div>"),
        ("en", "<p>A standfirst that is longer than the lines of a head are, as many of them are in papers.</p>"
               "<p>4 March 2024</p>"),
        ("de", "<span class=date>Veröffentlicht am 4. März 2024</span>"),
        ("th", "<p>4 มีนาคม 2567</p>"),
        ("th", "<p>4 มี.ค. 2567</p>"),
        ("zh-TW", "<p>民國113年3月4日</p>"),
        ("zh-TW", "<p>113年3月4日</p>"),
        ("zh-TW", "<p>113/03/04</p>"),
        ("ja", "<p>令和6年3月4日</p>"),
        ("fa", "<p>۱۴ اسفند ۱۴۰۲</p>"),
        ("fa", "<p>۱۴۰۲/۱۲/۱۴</p>"),
        ("ja", "<p>2024年3月4日</p>"),
    ],
)  # fmt: skip
def test_a_date_beside_the_headline(lang: str, line: str) -> None:
    article = page(before=line, lang=lang)
    assert (day_of(article), article.date_guessed) == (DAY, True)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "<p>In a letter of 1 January 1999 the port had promised the contrary to everybody.</p>",
        "<p>The strike followed that of <time datetime='2023-03-01'>1 March 2023</time>, she said.</p>",
        "<section id=comments><time datetime='2025-05-05'>5 May 2025</time><p>Nice.</p></section>",
        "<ol class=comment-list><li><span class=date>5 May 2025</span> Nice.</ol>",
        "<div class=related><a href=/x>Ships wait</a> <time datetime='2025-05-05'>5 May 2025</time></div>",
        "<aside><time datetime='2025-05-05'>5 May 2025</time></aside>",
        "<footer>© 2019 Harbour Post. 5 May 2019</footer>",
        "<p>© 5 May 2019 Harbour Post</p>",
        "<script>var posted = '2025-01-31';</script>",
        "<!-- published 2025-01-31 -->",
    ],
)
def test_other_dates_on_the_page_are_not_the_article_date(elsewhere: str) -> None:
    assert page(after=elsewhere).published is None
    assert (
        page(
            before=elsewhere if elsewhere.startswith(("<script", "<!--", "<aside", "<footer")) else ""
        ).published
        is None
    )


def test_the_address_is_the_last_fallback_for_the_date() -> None:
    article = page("<link rel=canonical href='https://post.example/2024/03/04/cranes'>")
    assert (article.published, article.date_guessed) == (DAY, True)


@pytest.mark.parametrize(
    ("day", "gregorian"),
    [
        ((1402, 12, 14), DAY), ((1403, 1, 1), date(2024, 3, 20)), ((1404, 1, 1), date(2025, 3, 21)),
        ((1399, 12, 30), date(2021, 3, 20)), ((1400, 1, 1), date(2021, 3, 21)), ((1357, 11, 22), date(1979, 2, 11)),
        ((1401, 12, 30), None), ((1402, 13, 1), None), ((1402, 7, 31), None), ((1200, 1, 1), None),
    ],
)  # fmt: skip
def test_days_of_the_solar_hijri_calendar(day: tuple[int, int, int], gregorian: date | None) -> None:
    assert jalali_day(*day) == gregorian


def test_numbers_in_other_languages_are_unchanged() -> None:
    for text in ("113/03/04", "1402/12/14", "4 March 2024"):
        assert in_gregorian(text, "en") == text
