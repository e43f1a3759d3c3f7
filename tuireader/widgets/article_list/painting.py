"""Draws the article list: article rows, and the text of an empty list."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len

from library.models import Article
from library.query.formatting import field_term, tag_term
from tuireader.rows import Line, Role, RowState, article_row, missing_row, notice_lines, one_line, with_hits
from tuireader.widgets.article_list.folding import Folding

_BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Notice:
    """The text of an empty list: the situation and the possible actions."""

    title: str
    hints: tuple[str, ...] = ()

    def lines(self, width: int, height: int) -> list[list[tuple[str, str]]]:
        """Return the centred lines of the notice: texts, each with the name of its style."""
        return notice_lines((self.title, *self.hints), width, height)


class RowPainter:
    """The contents of the rows.

    Args:
        lookup: Returns the article of an id, or None if it no longer exists.
        is_unread: Returns True if an article is unread.
        note_count: Returns the number of notes on an article.
        today: Returns the current day.
        changed: Called when all rows must be redrawn.
    """

    def __init__(
        self,
        lookup: Callable[[str], Article | None],
        is_unread: Callable[[str], bool],
        note_count: Callable[[str], int],
        today: Callable[[], date],
        changed: Callable[[], object],
    ) -> None:
        self._lookup = lookup
        self._note_count = note_count
        self._today = today
        self._changed = changed
        self._tag_colours: Mapping[str, str] = {}
        self._notice = Notice("")
        self.is_unread = is_unread
        self.hits: tuple[re.Pattern[str], ...] = ()
        """Patterns of the hits in headlines; set before other articles are listed."""

    @property
    def notice(self) -> Notice:
        """The text shown if there are no articles."""
        return self._notice

    @notice.setter
    def notice(self, notice: Notice) -> None:
        if notice != self._notice:
            self._notice = notice
            self._changed()

    @property
    def tag_colours(self) -> Mapping[str, str]:
        """The colours of tags, by folded tag (see ``fold_tag``)."""
        return self._tag_colours

    @tag_colours.setter
    def tag_colours(self, colours: Mapping[str, str]) -> None:
        if colours != self._tag_colours:
            self._tag_colours = colours
            self._changed()

    def lines(
        self, article_id: str, folding: Folding, selected: frozenset[str], bar: str, width: int
    ) -> tuple[Line, ...]:
        """Return the lines of one article, each of which starts with ``bar``."""
        state = self._state(article_id, folding, selected, bar)
        article = self._lookup(article_id)
        if article is None:
            return missing_row(state, width)
        return tuple(with_hits(line, self.hits) for line in article_row(article, state, width, self._today()))

    def term_at(self, article_id: str, folding: Folding, width: int, line: int, cell: int) -> str:
        """Return the query term for the tag or source at a ``cell`` of an article's ``line``, or ""."""
        article, lines = self._lookup(article_id), self.lines(article_id, folding, frozenset(), " ", width)
        return term_at(article, lines[line], cell) if article is not None and line < len(lines) else ""

    def _state(self, article_id: str, folding: Folding, selected: frozenset[str], bar: str) -> RowState:
        story, hidden = folding.stories.get(article_id), folding.hidden(article_id)
        return RowState(
            notes=self._note_count(article_id),
            selected=not selected.isdisjoint((article_id, *hidden)),
            bar=bar,
            others=len(story.others) if story else 0,
            opened=folding.is_open(article_id),
            below=folding.first(article_id) != article_id,
            unread_hidden=any(map(self.is_unread, hidden)),
            tag_colours=self._tag_colours,
        )


def term_at(article: Article, line: Line, cell: int) -> str:
    """Return the query term for the tag or source at a ``cell`` of a row of ``article``, or ""."""
    for text, role in line:
        if 0 <= cell < cell_len(text):
            return _term_of(article, text.strip().removesuffix("…"), role) if text[:1] != " " else ""
        cell -= cell_len(text)
    return ""


def _term_of(article: Article, words: str, role: Role) -> str:
    if role.startswith(Role.TAG):
        tag = next((tag for tag in article.tags if f"#{one_line(tag)}".startswith(words)), "")
        return tag_term(tag) if tag else ""
    is_source = role is Role.META and words and one_line(article.source).startswith(words)
    return field_term("source", article.source) if is_source else ""
