"""The tags view: all tags in families under the current filter, to mark, list and change."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from tuireader.commands import Context
from tuireader.desk import Desk
from tuireader.screens.view_screen import CarryOut, RowCommands, ViewScreen
from tuireader.tags.changes import TagChanges
from tuireader.tags.content import TagContent
from tuireader.tags.detail import TagDetail
from tuireader.tags.head_line import HeadLine
from tuireader.tags.marks import TagMarks
from tuireader.tags.prompt import TagPrompt
from tuireader.tags.question import TagQuestion
from tuireader.tags.tag_list import TagList
from tuireader.undo import UndoCommands
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
