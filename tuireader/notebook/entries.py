"""The entries of each section of the notebook, and their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby

from library import Annotation, AnnotationKind, Library
from library.query.tree import And, Is
from library.text.case_folding import fold
from tuireader.presentation import long_date

UNTAGGED = "Untagged"


class Section(StrEnum):
    """The sections of the notebook, with their titles."""

    ALL = "Notebook"
    BOOKMARKS = "Bookmarks"
    ON_THIS_DAY = "On this day"
    REVIEW = "Review"


class Order(StrEnum):
    """The orders of a section, with their labels."""

    NEWEST = "newest first"
    ARTICLE = "by article"
    TAG = "by tag"
    DAY = "by day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An annotation, or (None) the bookmark of a whole article; ``made`` is its time of creation."""

    article_id: str
    made: datetime
    annotation: Annotation | None = None

    @property
    def key(self) -> str:
        """A key that identifies the entry."""
        return self.annotation.id if self.annotation else self.article_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The heading of a group of entries: ``text``, or the headline of their article."""

    text: str = ""
    article_id: str = ""


Row = Entry | Heading


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The state of the notebook: enough to restore it."""

    section: Section = Section.ALL
    query: str = ""
    order: Order = Order.NEWEST
    cursor: str | None = None
    """The key of the entry under the cursor."""


def entries_of(library: Library, view: View) -> list[Entry]:
    """Return the entries of the section of ``view`` that match its query, newest first. Raises QueryError."""
    match view.section:
        case Section.ALL:
            return _entries(library.annotations.select(view.query))
        case Section.ON_THIS_DAY:
            return _entries(library.annotations.on_this_day(view.query))
        case Section.REVIEW:
            return _entries(library.annotations.for_review(view.query))
        case Section.BOOKMARKS:
            return _bookmarks(library, view.query)


def _entries(annotations: Iterable[Annotation]) -> list[Entry]:
    return [Entry(article_id=one.article, made=one.created, annotation=one) for one in annotations]


def _bookmarks(library: Library, text: str) -> list[Entry]:
    query = library.search.parse(text)
    passages = [one for one in library.annotations.select(query) if one.kind is AnnotationKind.BOOKMARK]
    bookmarked = replace(query, node=And((query.node, Is("bookmarked"))))
    articles = [
        Entry(article_id=article.id, made=article.state.bookmarked)
        for article in library.select(bookmarked)
        if article.state.bookmarked is not None
    ]
    return _newest_first([*_entries(passages), *articles])


def _newest_first(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.made, reverse=True)


def arranged(entries: Sequence[Entry], order: Order, day_of: Callable[[datetime], date]) -> tuple[Row, ...]:
    """Arrange ``entries`` in ``order``, with headings if it has groups.

    Articles come in the order of their first entries, the entries of an article in the order of its text.
    """
    match order:
        case Order.NEWEST:
            return tuple(entries)
        case Order.ARTICLE:
            return tuple(_by_article(entries))
        case Order.TAG:
            return tuple(_by_tag(entries))
        case Order.DAY:
            return tuple(_by_day(entries, day_of))


def _by_article(entries: Iterable[Entry]) -> Iterator[Row]:
    articles: dict[str, list[Entry]] = {}
    for entry in entries:
        articles.setdefault(entry.article_id, []).append(entry)
    for article_id, group in articles.items():
        yield Heading(article_id=article_id)
        yield from sorted(group, key=_place)


def _place(entry: Entry) -> tuple[int, datetime]:
    quote = entry.annotation.quote if entry.annotation else None
    return (quote.start if quote else -1, entry.made)


def _by_tag(entries: Iterable[Entry]) -> Iterator[Row]:
    """Yield each entry below each of its tags; entries without tags come last."""
    names: dict[str, str] = {}
    tagged: dict[str, list[Entry]] = {}
    for entry in entries:
        for tag in (entry.annotation.tags if entry.annotation else ()) or ("",):
            names.setdefault(fold(tag), tag)
            tagged.setdefault(fold(tag), []).append(entry)
    for folded in sorted(tagged, key=lambda name: (not name, name)):
        yield Heading(text=f"#{names[folded]}" if folded else UNTAGGED)
        yield from tagged[folded]


def _by_day(entries: Iterable[Entry], day_of: Callable[[datetime], date]) -> Iterator[Row]:
    for day, group in groupby(_newest_first(entries), lambda entry: day_of(entry.made)):
        yield Heading(text=long_date(day))
        yield from group
