"""Finds when the article on a page was published and last updated.

The metadata of the page is preferred, then a date beside the headline (marked as a date, or alone), then a
day in the address. Dates in scripts, comments, copyright lines and sentences are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from library.importing.fields.dates import DateHints, date_in_name, read_date_line
from library.importing.formats.html.structured_data import PageData, element_text, texts
from library.importing.word_sets import word_set
from library.models import Published
from library.text.article_addresses import host_of

EARLIEST = date(1450, 1, 1)
"""Earliest day that a page may state; texts of any age are republished."""

_NO_DAYS = frozenset({date(1970, 1, 1), date(1969, 12, 31), date(1900, 1, 1)})
"""Days that programs write if they know no date."""

FIRST_SECOND = 10**8
"""Smallest number that is read as seconds since 1970 (March 1973); smaller ones are days or years."""

LINE_LIMIT = 160
"""Maximum length of a line in which a date is searched for, in characters."""

SENTENCE = 80
"""Maximum length of a line in the head of the article, in characters; longer ones are text."""

LINES_BEFORE = 12
"""Number of lines before the headline that belong to the head of the article."""

LINES_AFTER = 40
"""Maximum number of lines after the headline that belong to the head."""

_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?\s*(Z|[+-]\d\d(?::?\d\d)?)?$", re.IGNORECASE
)
_SECONDS = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}|\d{15,16}")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_PUBLISHED_METAS = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "article.published",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "citation_publication_date",
    "citation_date",
    "pubdate",
    "publishdate",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "date",
)
_UPDATED_METAS = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
)

_ELSEWHERE = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "nav",
        "footer",
        "aside",
        "form",
        "select",
        "svg",
        "iframe",
        "button",
    ]
)
_OTHERS = re.compile(
    r"comment|respond|replies|reply|disqus|related|sidebar|footer|copyright|recommend|teaser|promo|widget|more-news"
    r"|latest|popular|trending|archive|calendar|event|weather|navbar|newsletter|advert|similar",
    re.IGNORECASE,
)
_MARKED_PUBLISHED = re.compile(
    r"datepublished|pubdate|publish|posted|entry-date|post-?date|dt-published|date-created", re.I
)
_MARKED_UPDATED = re.compile(r"datemodified|modified|updated|dt-updated|last-?mod", re.IGNORECASE)
_MARKED_DATE = re.compile(r"date|time|publi|posted|byline|meta|created|dateline|info", re.IGNORECASE)
_PARTS = re.compile(r"\s*[|·•‧∙/–—\n]\s+|\s{3,}|\s+(?=(?:Updated|Aktualisiert|Modified|Mis à jour)\b)")
_BLOCKS = ("p", "div", "ul", "ol", "table", "section", "article", "h1", "h2", "h3", "header", "main")
_LEAVES = word_set(
    "p div span li small em i b strong address td dd dt a time h2 h3 h4 h5 h6 font center section label abbr"
)


@dataclass(frozen=True, slots=True)
class _Witness:
    """A date found on the page; the one with the smallest ``rank`` is used."""

    rank: int
    published: Published
    updated: Published = None


def read_published(page: PageData, url: str, today: date) -> tuple[Published, bool]:
    """Return the date of publication, and True if only the page's text or address states it."""
    stated = _first_date(page, "datePublished", _PUBLISHED_METAS, today)
    if stated is not None:
        return stated, False
    seen = [one for one in _witnesses(page, url, today) if one.published is not None]
    if seen:
        return min(seen, key=lambda one: one.rank).published, True
    day = date_in_name(url, today)
    return day, day is not None


def read_updated(page: PageData, published: Published, url: str, today: date) -> Published:
    """Return the date of the last change after publication, or None if no such change is stated."""
    updated = _first_date(page, "dateModified", _UPDATED_METAS, today)
    if updated is None and not page.article:
        updated = next((one.updated for one in _witnesses(page, url, today) if one.updated is not None), None)
    return updated if _is_later(updated, published) else None


def _first_date(page: PageData, key: str, metas: Iterable[str], today: date) -> Published:
    values = texts(page.article.get(key))
    if not values and isinstance(page.article.get(key), int | float):
        values = [str(page.article[key])]
    for name in metas:
        values += page.metas.get(name, [])
    dates = (read_date(value, today) or _written_date(value, today) for value in values)
    return next((found for found in dates if found is not None), None)


def read_date(text: str, today: date) -> Published:
    """Return the machine-readable date in ``text``, with its time if it has a zone, or None.

    Accepts ISO 8601, ``2024-03`` (the first day of the month), and seconds, milliseconds or microseconds
    since 1970. Days before 1450 or more than two days after ``today`` count as mistakes.
    """
    text = text.strip()
    try:
        found: date | datetime | None
        if _SECONDS.fullmatch(text) is not None:
            found = _since_1970(text)
        elif (month := _MONTH.fullmatch(text)) is not None:
            found = date(int(month[1]), int(month[2]), 1)
        elif (moment := _MOMENT.match(text)) is not None:
            found = _moment(moment)
        else:
            found = date.fromisoformat(text[:10])
    except (ValueError, OverflowError):
        return None
    day = found.date() if isinstance(found, datetime) else found
    return found if day not in _NO_DAYS and EARLIEST <= day <= today + timedelta(days=2) else None


def _since_1970(text: str) -> datetime:
    number = float(text)
    while number >= 10**11:  # milliseconds, microseconds
        number /= 1000
    if number < FIRST_SECOND:
        raise ValueError(text)
    return datetime.fromtimestamp(int(number), UTC)


def _written_date(text: str, today: date) -> Published:
    """Return the date in ``text`` as people write it, or None if day and month could be swapped."""
    line = read_date_line(text, DateHints(today=today))
    return line.published if line is not None and not line.guessed else None


def _moment(moment: re.Match[str]) -> date | datetime:
    day, clock, fraction, zone = moment.groups()
    if zone is None:
        return date.fromisoformat(day)
    zone = (
        zone.upper() if len(zone) in {1, 6} else zone + ":00" if len(zone) == 3 else f"{zone[:3]}:{zone[3:]}"
    )
    seconds = f".{(fraction or '0')[:6]:0<6}" if clock.count(":") == 2 else ""
    return datetime.fromisoformat(f"{day}T{clock}{seconds}{zone}")


# Visible dates


def _witnesses(page: PageData, url: str, today: date) -> Iterator[_Witness]:
    hints = DateHints(
        today=today, language=_language(page), host=host_of(url), address_day=date_in_name(url, today)
    )
    lines = list(_lines(page.tree))
    headline = _headline(page, lines)
    text = _begin_of_text(lines, headline)
    for index, (element, words) in enumerate(lines):
        in_head = headline - LINES_BEFORE <= index < text
        after = 0 if index > headline else 1
        found = _dated(element, words, hints, in_head)
        if found is not None:
            yield _Witness(found.rank * 2 + after, found.published, found.updated)


def _headline(page: PageData, lines: list[tuple[Any, str]]) -> int:
    """Return the index of the headline, an ``h1`` or a lower heading in the page's title, or 0."""
    title = next((element_text(one) for one in page.tree.iter("title")), "").casefold()
    for index, (element, words) in enumerate(lines):
        if element.tag == "h1" or (
            element.tag in {"h2", "h3"} and len(words) > 10 and words.casefold() in title
        ):
            return index
    return 0


def _begin_of_text(lines: list[tuple[Any, str]], headline: int) -> int:
    """Return the index at which the text begins: at consecutive long paragraphs, unlike a standfirst."""
    for index in range(headline + 1, min(len(lines), headline + LINES_AFTER)):
        run = [element.tag == "p" for element, words in lines[index : index + 3] if len(words) > SENTENCE]
        following = lines[index + 1 : index + 2]
        if len(run) == 3 or (
            len(lines[index][1]) > SENTENCE and run[:2] == [True, True] and _is_long(following)
        ):
            return index
    return min(len(lines), headline + LINES_AFTER)


def _is_long(lines: list[tuple[Any, str]]) -> bool:
    return any(len(words) > SENTENCE for _, words in lines)


def _dated(element: Any, words: str, hints: DateHints, in_head: bool) -> _Witness | None:
    """Return the date that ``element``, with the text ``words``, shows; None if there is none."""
    names = _names(element)
    machine = read_date(
        element.get("datetime") or element.get("content") or element.get("title") or "", hints.today
    )
    if _MARKED_UPDATED.search(names) and not _MARKED_PUBLISHED.search(names):
        return _Witness(9, None, machine or _line_date(words, hints)[0])
    if _MARKED_PUBLISHED.search(names):
        rank = 0 if in_head else 4
    elif in_head and element.tag == "time":
        rank = 1
    elif in_head:
        rank = 2 if _MARKED_DATE.search(names) else 3
    else:
        return None
    if machine is not None and (element.tag == "time" or rank in {0, 4}):
        return _Witness(rank, machine)
    published, updated = _line_date(words, hints)
    return _Witness(rank, published, updated) if published or updated else None


def _line_date(words: str, hints: DateHints) -> tuple[Published, Published]:
    """Return the dates in one part of a line such as “By Jane Roe | 4 March 2024 | 5 min read”."""
    if len(words) > LINE_LIMIT or not any(map(str.isdigit, words)):
        return None, None
    tried = [words, *_PARTS.split(words)]
    if words.count(",") == 1:
        tried.append(words.partition(",")[2])
    for part in tried:
        line = read_date_line(part, hints)
        if line is not None:
            return line.published, line.updated
    return None, None


def _lines(tree: Any) -> Iterator[tuple[Any, str]]:
    """Yield the elements of the page that contain only words, each with its text, in document order."""
    body = tree if tree.tag == "body" else tree.find(".//body")
    stack = [] if body is None else [body]
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str) or element.tag in _ELSEWHERE:
            continue
        if element.tag != "body" and _OTHERS.search(
            f"{element.get('class') or ''} {element.get('id') or ''}"
        ):
            continue
        if element.get("itemprop") in {"datePublished", "dateModified"} or element.tag in {"h1", "time"}:
            yield element, element_text(element)
            continue
        words = element_text(element) if element.tag in _LEAVES and not _has_blocks(element) else ""
        if words:
            yield element, words
            if len(words) > SENTENCE or _is_mention(element, words):
                continue
        stack.extend(reversed(element))


def _is_mention(element: Any, words: str) -> bool:
    """Return True if ``words`` are a sentence that mentions a day."""
    day = sum(len(element_text(one)) for one in element.iter("time"))
    return words.endswith((".", "!", "?", "。", "”", '"')) and len(words) > day + 20


def _has_blocks(element: Any) -> bool:
    return next(element.iterdescendants(*_BLOCKS), None) is not None


def _names(element: Any) -> str:
    own = (element.get(name) or "" for name in ("class", "id", "itemprop", "data-testid", "rel"))
    return " ".join([*own, "pubdate" if element.get("pubdate") is not None else ""])


def _language(page: PageData) -> str:
    return (page.tree.getroottree().getroot().get("lang") or "")[:2].lower()


def _is_later(updated: Published, published: Published) -> bool:
    if updated is None or published is None:
        return updated is not None
    if isinstance(updated, datetime) and isinstance(published, datetime):
        return updated > published
    return updated.isoformat()[:10] > published.isoformat()[:10]
