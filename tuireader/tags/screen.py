"""The tags view: all tags in families under the current filter, to mark, list and change."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from library import RelatedTag
from library.text.amounts import counted
from tuireader.commands import Context
from tuireader.delay import Delay
from tuireader.desk import Desk
from tuireader.jobs.jobs import Jobs
from tuireader.presentation import shown_line
from tuireader.screens.view_screen import CarryOut, RowCommands, ViewScreen
from tuireader.tags.changes import TagChanges
from tuireader.tags.content import TagContent
from tuireader.tags.head_line import HeadLine
from tuireader.tags.marks import TagMarks
from tuireader.tags.prompt import TagPrompt, TagQuestion
from tuireader.tags.tag_list import TagList
from tuireader.tags.tree import TagRow
from tuireader.undo import UndoCommands
from tuireader.widgets.article_view.marks import HIGHLIGHT_GLYPHS
from tuireader.widgets.detail_pane import DetailPane


class TagsScreen(ViewScreen[str | None]):
    """The tags of the listed articles. The result is the query to list, or None for the previous one."""

    AUTO_FOCUS = "TagList"

    DEFAULT_CSS = """
    TagsScreen {
        background: $background;
        & #tags-panes { height: 1fr; }
        & TagList { width: 1fr; }
        & DetailPane { display: none; }
        & #tags-related {
            height: 1; padding: 0 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis;
        }
        &.-medium DetailPane { display: block; width: 1fr; border-left: solid $border-blurred; }
        &.-medium #tags-related { display: none; }
        &.-wide DetailPane { display: block; width: 2fr; border-left: solid $border-blurred; }
        &.-wide #tags-related { display: none; }
        &.-tall #tags-panes { padding-top: 1; }
    }
    """

    def __init__(self, desk: Desk, carry_out: CarryOut, query: str) -> None:
        super().__init__(
            desk,
            carry_out,
            Context.TAGS,
            result=lambda: None,
            typing={Context.TAG_PROMPT: lambda: self.tag_prompt.is_open},
        )
        self.head = HeadLine()
        self.rows = TagList(id="tags")
        self.detail_pane = DetailPane(id="tag-detail")
        self.related_line = Static(id="tags-related", markup=False)
        self.tag_prompt = TagPrompt(id="tag-prompt")
        self.tag_question = TagQuestion(self.tag_prompt, desk.changes, lambda: self.set_focus(self.rows))
        self.marks = TagMarks(desk, self.jobs, self.head, self.rows, query, self.leave_with)
        self.content = TagContent(desk, self.jobs, self.head, self.rows, self.marks, query, self.wait_for)
        self.detail = TagDetail(desk, self.jobs, self.rows, self.detail_pane, self.related_line)
        self.commands.add(
            RowCommands(self.rows.moves),
            self.tag_question,
            self.marks,
            self.content,
            TagChanges(desk, self.rows, self.tag_question, self.content, self.marks),
            UndoCommands(desk),
        )

    def compose(self) -> ComposeResult:
        yield self.head
        with Horizontal(id="tags-panes"):
            yield self.rows
            yield self.detail_pane
        yield self.related_line
        yield self.tag_prompt
        yield self.footer

    def on_mount(self) -> None:
        self.desk.events.library_changed.subscribe(self.content.library_changed)
        self.content.show_head()
        self.content.refresh()

    def on_unmount(self) -> None:
        self.desk.events.library_changed.unsubscribe(self.content.library_changed)

    def show_change(self, words: str) -> None:
        self.head.changing = f"{words} · Esc stops" if words else ""

    # Messages of the widgets

    @on(TagList.Highlighted)
    def _cursor_moved(self, message: TagList.Highlighted) -> None:
        self.detail.show(message.row)

    @on(TagList.Opened)
    def _tag_opened(self) -> None:
        self.marks.list_tagged()

    @on(TagPrompt.Answered)
    def _tags_answered(self, message: TagPrompt.Answered) -> None:
        self.tag_question.answered(message)

    @on(events.DescendantFocus)
    def _leave_typing(self, event: events.DescendantFocus) -> None:
        if event.widget is self.rows:
            self.tag_question.cancel()


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
