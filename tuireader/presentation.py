"""Formats values of the library as words for the screen."""

from __future__ import annotations

from datetime import date, datetime

from library.models import Article, Published
from library.text.cleaning import clean_text
from tuireader.terminal.glyphs import signs_as_text

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WEEK = 7

LONGEST_QUOTE = 48
"""Maximum number of characters that a message quotes."""


def shown(text: str) -> str:
    """Return outside text without control characters and bidirectional overrides."""
    return clean_text(text)


def shown_line(text: str) -> str:
    """Return ``text`` as ``shown`` does, on one line."""
    return signs_as_text(" ".join(clean_text(text).split()))


def quoted(words: str) -> str:
    """Return ``words`` as messages quote them: on one line, in quotation marks, shortened if long."""
    line = shown_line(words)
    return f"“{line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1].rstrip() + '…'}”"


def day_of(published: Published) -> date | None:
    """Return the day of ``published``, in the local time zone if it is a time with a zone."""
    if isinstance(published, datetime):
        return (published.astimezone() if published.tzinfo else published).date()
    return published


def date_in_words(published: Published, today: date) -> str:
    """Return a short date: "today", "yesterday", "Tue" within a week, else "22 Oct 2020"; "" if unknown."""
    day = day_of(published)
    if day is None:
        return ""
    age = (today - day).days
    if age == 0:
        return "today"
    if age == 1:
        return "yesterday"
    if 1 < age < _WEEK:
        return WEEKDAYS[day.weekday()][:3]
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def long_date(published: Published) -> str:
    """Return the date in full, "Thursday, 4 March 2021"; "" if it is unknown."""
    day = day_of(published)
    if day is None:
        return ""
    return f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def day_and_month(moment: date, today: date | None = None) -> str:
    """Return the date of a note, "8 March", with the year unless it is the year of ``today``."""
    day = day_of(moment)
    if day is None:
        return ""
    year = "" if today and day.year == today.year else f" {day.year}"
    return f"{day.day} {MONTHS[day.month - 1]}{year}"


def byline(article: Article) -> str:
    """Return the authors and the agency, "Jane Roe, AFP"; "" if neither is known."""
    names = [shown_line(name) for name in (*article.authors, article.agency)]
    return ", ".join(dict.fromkeys(name for name in names if name))


def minutes(article: Article) -> str:
    """Return the reading time of ``article``: "3 min"."""
    return f"{article.reading_minutes} min"


def time_left(article: Article, share: float) -> str:
    """Return the time left after ``share`` of ``article`` was read: "2 min left"; "" at the end."""
    if share >= 1:
        return ""
    left = article.reading_minutes * (1 - share)
    return f"{round(left)} min left" if left >= 1 else "under 1 min left"


def dateline(article: Article) -> tuple[str, ...]:
    """Return the date in full, if it is known, the reading time, and what the import asks to check."""
    day = long_date(article.published)
    when = f"{day} (guessed)" if day and article.date_guessed else day
    check = f"check: {shown_line(', '.join(article.noticed))}" if article.noticed else ""
    return tuple(part for part in (when, minutes(article), check) if part)


def tags_in_words(article: Article) -> str:
    """Return the tags of ``article``: "#eu #ports"."""
    return " ".join(f"#{shown_line(tag)}" for tag in article.tags)
