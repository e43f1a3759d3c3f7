"""Details of the tag under the cursor: its use, and tags that occur with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.content import Content
from textual.widgets import Static

from library import RelatedTag
from library.text.amounts import counted
from tuireader.delay import Delay
from tuireader.desk import Desk
from tuireader.jobs.jobs import Jobs
from tuireader.presentation import shown_line
from tuireader.tags.tag_list import TagList
from tuireader.tags.tree import TagRow
from tuireader.widgets.article_view.marks import HIGHLIGHT_GLYPHS
from tuireader.widgets.detail_pane import DetailPane

RELATED_PAUSE = 0.12
"""Seconds that the cursor rests on a tag before its related tags are looked up."""


class TagDetail:
    """Shows the tag under the cursor in the pane beside the rows, or in the line below them."""

    def __init__(self, desk: Desk, jobs: Jobs, rows: TagList, pane: DetailPane, line: Static) -> None:
        self._desk = desk
        self._jobs = jobs
        self._rows = rows
        self._pane = pane
        self._line = line
        self._timer: Delay | None = None

    def show(self, row: TagRow | None) -> None:
        """Show a tag at once, and its related tags after the cursor has rested on it."""
        self._line.update("")
        if row is None:
            self._pane.show(None)
            return
        self._pane.show(detail_of(row, ()))
        if self._timer is not None:
            self._timer.stop()
        if row.count is not None:
            self._timer = self._jobs.later(RELATED_PAUSE, partial(self._find_related, row))

    def _find_related(self, row: TagRow) -> None:
        find = self._desk.library.tags.related
        self._jobs.load("related", lambda: tuple(find(row.tag)), partial(self._show_related, row.key))

    def _show_related(self, key: str, related: tuple[RelatedTag, ...]) -> None:
        row = self._rows.tag_row
        if row is not None and row.key == key:
            self._pane.show(detail_of(row, related))
            self._line.update(goes_with(row, related))


def detail_of(row: TagRow, related: Sequence[RelatedTag]) -> Content:
    """Return the full name of a tag, its counts, its colour and its related tags."""
    parts = [Content.styled(f"#{shown_line(row.tag)}", "bold"), Content.styled(_use(row), "$text-muted")]
    if row.colour:
        sign = HIGHLIGHT_GLYPHS.get(row.colour, "")
        parts.append(Content.styled(f"{sign} {row.colour}", "$text-muted"))
    if related:
        goes = [Content.styled("Often used with", "$text-muted")]
        width = max(len(f"{tag.together:,}") for tag in related)
        goes += [Content(f"{tag.together:>{width},}  {shown_line(tag.tag)}") for tag in related]
        parts.append(Content("\n").join([Content(""), *goes]))
    return Content("\n").join(parts)


def _use(row: TagRow) -> str:
    if row.count is None:
        return f"Only in the trash: {counted(row.trashed, 'article')}" if row.trashed else "On no articles"
    if row.opened is None:
        return counted(row.count, "article")
    return f"{counted(row.count, 'article')}, {row.own:,} of them tagged directly"


def goes_with(row: TagRow, related: Sequence[RelatedTag]) -> str:
    """Return the related tags on one line, for screens without the detail pane."""
    if not related:
        return ""
    return f"{shown_line(row.name)} often with " + " · ".join(
        f"{shown_line(tag.tag)} {tag.together:,}" for tag in related
    )
