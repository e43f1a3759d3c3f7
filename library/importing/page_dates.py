"""When the article on a page appeared, and when it was last changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from library.importing.dates import DateHints, read_date_line
from library.importing.structured_data import PageData, texts
from library.models import Published

_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?\s*(Z|[+-]\d\d(?::?\d\d)?)?$", re.IGNORECASE
)
_PUBLISHED_METAS = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "article.published",
    "publish-date",
    "pubdate",
    "publishdate",
    "cxenseparse:recs:publishtime",
)
_UPDATED_METAS = ("article:modified_time", "og:updated_time", "datemodified", "last-modified")


def read_published(page: PageData, url: str, today: date) -> tuple[Published, bool]:
    """When the article appeared, and whether htmldate had to guess it from the page's text or its address."""
    stated = _first_date(page, "datePublished", _PUBLISHED_METAS, today)
    if stated is not None:
        return stated, False
    guessed = _guessed_date(page.tree, url, today)
    return guessed, guessed is not None


def _first_date(page: PageData, key: str, metas: Iterable[str], today: date) -> Published:
    values = texts(page.article.get(key))
    for name in metas:
        values += page.metas.get(name, [])
    dates = (read_date(value, today) or _written_date(value, today) for value in values)
    return next((found for found in dates if found is not None), None)


def read_date(text: str, today: date) -> Published:
    """The date in ``text`` (ISO 8601, as machines write it), with its time where it has a zone; else None.

    Days before 1980 or more than two days after ``today`` are taken for mistakes.
    """
    text = text.strip()
    try:
        found: date | datetime | None
        if (moment := _MOMENT.match(text)) is not None:
            found = _moment(moment)
        else:
            found = date.fromisoformat(text[:10])
    except ValueError:
        return None
    day = found.date() if isinstance(found, datetime) else found
    return found if date(1980, 1, 1) <= day <= today + timedelta(days=2) else None


def _written_date(text: str, today: date) -> Published:
    """The date in ``text`` as people write it; None where day and month could be exchanged."""
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


def _guessed_date(tree: Any, url: str, today: date) -> date | None:
    from htmldate import find_date

    latest = (today + timedelta(days=2)).isoformat()
    found = find_date(tree, original_date=True, url=url or None, min_date="1980-01-01", max_date=latest)
    return date.fromisoformat(found) if found else None


def read_updated(page: PageData, published: Published, today: date) -> Published:
    """When the article was last changed after it had appeared; None where it was not, or that is not said."""
    updated = _first_date(page, "dateModified", _UPDATED_METAS, today)
    return updated if _is_later(updated, published) else None


def _is_later(updated: Published, published: Published) -> bool:
    if updated is None or published is None:
        return updated is not None
    if isinstance(updated, datetime) and isinstance(published, datetime):
        return updated > published
    return updated.isoformat()[:10] > published.isoformat()[:10]
