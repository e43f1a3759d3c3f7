"""The rows of related articles: near-duplicates, similar articles, and both by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from library import Annotation, Article, RelatedArticle, StoryMoment
from tuireader.presentation import MONTHS, date_in_words
from tuireader.rows import ends_right_to_left, one_line

REASONS = 6
"""Maximum number of shared words shown."""

BELOW = 5
"""Number of related articles shown below the article."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a group of rows."""

    text: str


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article, and the reason why it is listed; empty if a heading says it."""

    article: Article
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NoteRow:
    """An annotation on the article above it."""

    article: Article
    annotation: Annotation


Row = Heading | ArticleRow | NoteRow


@dataclass(frozen=True, slots=True)
class Related:
    """The related articles of the article ``article_id``."""

    article_id: str
    story: tuple[ArticleRow, ...] = ()
    related: tuple[ArticleRow, ...] = ()

    def rows(self) -> tuple[Row, ...]:
        """Return all rows under headings."""
        rows = list[Row]()
        for title, articles in (("Same story", self.story), ("Related", self.related)):
            if articles:
                rows += [Heading(title), *articles]
        return tuple(rows)

    def below(self, today: date) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the rows shown below the article: headings, each with its lines."""
        parts = (("Same story · ga", self.story), ("Related · ga", self.related[:BELOW]))
        return tuple(
            (title, tuple(in_a_line(one.article, today) for one in articles))
            for title, articles in parts
            if articles
        )


def in_a_line(article: Article, today: date) -> str:
    """Return headline, source and day of an article on one line; right-to-left parts come last."""
    parts = (article.title, article.source or article.agency, date_in_words(article.published, today))
    lines = [line for part in parts if (line := one_line(part))]
    return "\xa0· ".join(sorted(lines, key=ends_right_to_left))


def reason_in_words(related: RelatedArticle) -> str:
    """Return the reasons why an article is related, in words."""
    tags = (f"#{tag}" for tag in related.tags)
    return one_line(" ".join((*related.words[:REASONS], *tags)))


def timeline_rows(moments: Sequence[tuple[StoryMoment, Article]]) -> tuple[Row, ...]:
    """Return articles under their months, oldest first, each with its annotations."""
    return tuple(_timeline_rows(moments))


def _timeline_rows(moments: Iterable[tuple[StoryMoment, Article]]) -> Iterator[Row]:
    for month, together in groupby(moments, key=lambda one: _month(one[0].day)):
        yield Heading(month)
        for moment, article in together:
            yield ArticleRow(article, "same story" if moment.same else "")
            yield from (NoteRow(article, annotation) for annotation in moment.annotations)


def _month(day: date | None) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}" if day else "Undated"
