"""The list of articles: a window of ids, of which only the visible ones are ever looked up and drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len
from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from library.models import Article
from tuireader.rows import (
    Line,
    Role,
    RowState,
    article_row,
    clipped,
    missing_row,
    row_height,
    with_hits,
    wrapped,
)
from tuireader.widgets.article_list.folded_rows import FoldedRows
from tuireader.widgets.article_view.marks import tag_colours_for


@dataclass(frozen=True, slots=True)
class Notice:
    """What an empty list says: what is the case, and what can be done."""

    title: str
    hints: tuple[str, ...] = ()


class ArticleList(FoldedRows):
    """Articles under a cursor that stays on its article whatever else changes.

    ``lookup`` gives the article of an id, or None where there is none any more; ``is_unread`` and
    ``note_count`` tell of it what is wanted of many at once; ``today`` the reader's day.
    """

    COMPONENT_CLASSES = {f"article-list--{role}" for role in Role} | {
        "article-list--bar-blurred",
        "article-list--cursor",
        "article-list--cursor-blurred",
        "article-list--notice",
    }

    DEFAULT_CSS = (
        """
    ArticleList {
        background: $background;
        & .article-list--bar { color: $accent; }
        & .article-list--bar-blurred { color: $text-muted; }
        & .article-list--mark { color: $accent; }
        & .article-list--headline { text-style: bold; }
        & .article-list--hit { color: $accent; text-style: bold underline; }
        & .article-list--meta { color: $text-muted; }
        & .article-list--cursor { background: $panel; }
        & .article-list--cursor-blurred { background: $surface; }
        & .article-list--notice { text-style: bold; }
    """
        + tag_colours_for("article-list")
        + "}"
    )

    class Highlighted(Message):
        """The cursor has come to another article; None: the list is empty."""

        def __init__(self, article_list: ArticleList, article_id: str | None) -> None:
            super().__init__()
            self.article_list = article_list
            self.article_id = article_id

        @property
        def control(self) -> ArticleList:
            """The list."""
            return self.article_list

        def can_replace(self, message: Message) -> bool:
            """Of a burst only the last one counts."""
            return isinstance(message, ArticleList.Highlighted)

    class Opened(Message):
        """An article was opened with Enter or the mouse."""

        def __init__(self, article_list: ArticleList, article_id: str) -> None:
            super().__init__()
            self.article_list = article_list
            self.article_id = article_id

        @property
        def control(self) -> ArticleList:
            """The list."""
            return self.article_list

    class SelectionChanged(Message):
        """Other articles are selected now."""

        def __init__(self, article_list: ArticleList, selected: frozenset[str]) -> None:
            super().__init__()
            self.article_list = article_list
            self.selected = selected

        @property
        def control(self) -> ArticleList:
            """The list."""
            return self.article_list

    def __init__(
        self,
        *,
        lookup: Callable[[str], Article | None],
        is_unread: Callable[[str], bool],
        note_count: Callable[[str], int],
        today: Callable[[], date],
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._lookup = lookup
        self._is_unread = is_unread
        self._note_count = note_count
        self._today = today
        self._selected: frozenset[str] = frozenset()
        self._range_from: str | None = None
        self._selected_before: frozenset[str] = frozenset()
        self._announced: str | None = None
        self._notice = Notice("")
        self.hits: tuple[re.Pattern[str], ...] = ()
        """What is marked in headlines; set before ``set_ids``."""
        self._tag_colours: Mapping[str, str] = {}

    # What is shown

    @property
    def selected(self) -> frozenset[str]:
        """The selected articles, all of them in the window, also those without a row of their own."""
        return self._selected

    def selected_in_words(self) -> str:
        """How many articles are selected, and how many of those have no row of their own; empty for none."""
        hidden = sum(map(self._folding.hides, self._selected & self._folding.firsts.keys()))
        words = f"{len(self._selected):,} selected" if self._selected else ""
        return f"{words}, {hidden:,} folded" if hidden else words

    @property
    def notice(self) -> Notice:
        """What is said where there are no articles."""
        return self._notice

    @notice.setter
    def notice(self, notice: Notice) -> None:
        self._notice = notice
        if not self.ids:
            self.redraw()

    @property
    def tag_colours(self) -> Mapping[str, str]:
        """The colours of tags, by tag as ``fold_tag`` folds it."""
        return self._tag_colours

    @tag_colours.setter
    def tag_colours(self, colours: Mapping[str, str]) -> None:
        if colours != self._tag_colours:
            self._tag_colours = colours
            self.redraw()

    def window_changed(self) -> None:
        """What is no longer shown is not selected either."""
        if self._selected:
            self._selected_before &= frozenset(self._folding.found)
            self._select(self._selected & frozenset(self._folding.found))

    # Movement and selection

    def _has_unread(self, row: str) -> bool:
        """Whether an article that the row stands for was not read."""
        return any(map(self._is_unread, (row, *self._folding.hidden(row))))

    def _move_to_match(self, row: int | None) -> None:
        if row is not None:
            self.move_to(row)

    def action_next_unread(self, count: int = 1) -> None:
        """Move to the next unread article."""
        self._move_to_match(self.find_row(self._has_unread, step=1, count=count))

    def action_previous_unread(self, count: int = 1) -> None:
        """Move to the unread article before."""
        self._move_to_match(self.find_row(self._has_unread, step=-1, count=count))

    def action_select(self, count: int = 1) -> None:
        """Select the articles from the cursor on, or take them out; the cursor goes on behind them.

        What a row hides goes with it.
        """
        first = self.cursor_row
        chosen = self._standing_for(self._ids[first : first + count])
        if chosen:
            adding = self._ids[first] not in self._selected
            self._select(self._selected | chosen if adding else self._selected - chosen)
            self.move_to(first + count)

    def action_select_range(self) -> None:
        """Select from the cursor on, wherever it goes, until this is asked for again."""
        self._range_from = None if self._range_from is not None else self.cursor_id
        self._selected_before = self._selected
        self._extend_range()

    @property
    def in_range(self) -> bool:
        """Whether the cursor selects what it passes over."""
        return self._range_from is not None

    def _extend_range(self) -> None:
        if self._range_from is not None and self._range_from in self._ids:
            first, last = sorted((self._ids.index(self._range_from), self.cursor_row))
            self._select(self._selected_before | self._standing_for(self._ids[first : last + 1]))

    def _standing_for(self, rows: Sequence[str]) -> frozenset[str]:
        """The articles of some rows, with those that they hide."""
        return frozenset(key for row in rows for key in (row, *self._folding.hidden(row)))

    def action_select_all(self) -> None:
        """Select every article of the window, hidden ones too; none where all were selected."""
        everything = frozenset(self._folding.found)
        self._select(frozenset() if self._selected == everything else everything)

    def clear_selection(self) -> None:
        """Select nothing."""
        self._range_from = None
        self._select(frozenset())

    def _select(self, selected: frozenset[str]) -> None:
        if selected != self._selected:
            self._selected = selected
            self.redraw()
            if self.is_running:
                self.post_message(self.SelectionChanged(self, selected))

    # What the base asks for

    @property
    def row_height(self) -> int:
        """One line an article in a wide list, two in a narrow one."""
        return row_height(self.row_width)

    def cursor_moved(self) -> None:
        """Say so; a range goes on to it."""
        self._extend_range()
        self._announce()

    def open_row(self, row: int) -> None:
        """Ask for the article to be opened."""
        self.post_message(self.Opened(self, self._ids[row]))

    def on_mount(self) -> None:
        """Say where the cursor is, if articles were given before."""
        self._announce()

    def _announce(self) -> None:
        if self.is_running and self.cursor_id != self._announced:
            self._announced = self.cursor_id
            self.post_message(self.Highlighted(self, self.cursor_id))

    def draw_row(self, row: int, width: int) -> tuple[Strip, ...]:
        """The lines of one article."""
        article_id = self._ids[row]
        at_cursor = row == self.cursor_row
        state = self._row_state(article_id, at_cursor)
        article = self._lookup(article_id)
        lines = (
            missing_row(state, width)
            if article is None
            else tuple(
                with_hits(line, self.hits) for line in article_row(article, state, width, self._today())
            )
        )
        ground = self._cursor_ground() if at_cursor else None
        return tuple(self._line_strip(line, ground) for line in lines)

    def _row_state(self, article_id: str, at_cursor: bool) -> RowState:
        folding = self._folding
        story, hidden = folding.stories.get(article_id), folding.hidden(article_id)
        return RowState(
            notes=self._note_count(article_id),
            selected=not self._selected.isdisjoint((article_id, *hidden)),
            bar=("▌" if self.has_focus else "▏") if at_cursor else " ",
            others=len(story.others) if story else 0,
            opened=folding.is_open(article_id),
            below=folding.first(article_id) != article_id,
            unread_hidden=any(map(self._is_unread, hidden)),
            tag_colours=self._tag_colours,
        )

    def _cursor_ground(self) -> Style:
        name = "article-list--cursor" if self.has_focus else "article-list--cursor-blurred"
        return self.get_component_rich_style(name)

    def _line_strip(self, line: Line, ground: Style | None) -> Strip:
        bar = "bar" if self.has_focus else "bar-blurred"
        names = (bar if piece.role is Role.BAR else piece.role for piece in line)
        return self.strip(
            ((piece.text, f"article-list--{name}") for piece, name in zip(line, names, strict=True)),
            ground=ground,
        )

    def draw_empty(self, width: int, height: int) -> tuple[Strip, ...]:
        """The notice, in the middle."""
        room = max(width - 4, 1)
        lines = [(text, "article-list--notice") for text in wrapped(self._notice.title, room)]
        lines.append(("", "article-list--blank"))
        for hint in self._notice.hints:
            lines.extend((text, "article-list--meta") for text in wrapped(hint, room))
        above = max((height - len(lines)) * 2 // 5, 0)
        lines = [("", "article-list--blank")] * above + lines
        return tuple(self._centred(text, name, width) for text, name in lines)

    def _centred(self, text: str, name: str, width: int) -> Strip:
        left = max((width - cell_len(text)) // 2, 0)
        blank = "article-list--blank"
        return self.strip(clipped([(" " * left, blank), (text, name)], width, blank))
