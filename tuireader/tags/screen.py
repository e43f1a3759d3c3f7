"""The tags view: all tags in their families under the current filter, to be marked, listed and changed."""

from __future__ import annotations

from collections.abc import Callable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from tuireader.commands import Command, Context, footer_for, reachable_in
from tuireader.desk import Desk
from tuireader.keys import KeySequences
from tuireader.tags.changes import TagChanges
from tuireader.tags.prompt import TagPrompt
from tuireader.tags.tag_list import TagList
from tuireader.tags.tree import TagMark, TagOrder, query_for
from tuireader.widgets.detail_pane import DetailPane
from tuireader.widgets.head_line import HeadLine
from tuireader.widgets.key_footer import KeyFooter


class TagsScreen(TagChanges):
    """Tags of what the reader lists. Commands that it does not have are the reader's, once it is left."""

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

    def __init__(self, desk: Desk, carry_out: Callable[[Command, int | None], None], query: str) -> None:
        super().__init__(desk, carry_out, query)
        self._keys = {context: KeySequences(reachable_in(context)) for context in Context}

    def compose(self) -> ComposeResult:
        yield HeadLine()
        with Horizontal(id="tags-panes"):
            yield TagList(id="tags")
            yield DetailPane(id="tag-detail")
        yield Static(id="tags-related", markup=False)
        yield self.tag_prompt
        yield KeyFooter(id="footer")

    def on_mount(self) -> None:
        self.show_head()
        self.refresh_tags()
        self._show_keys()

    @on(TagPrompt.Answered)
    def _tags_answered(self, message: TagPrompt.Answered) -> None:
        self.tag_question.answered(message)

    # Marks

    def do_mark_every(self, count: int | None) -> None:
        self._mark(TagMark.EVERY)

    def do_mark_some(self, count: int | None) -> None:
        self._mark(TagMark.SOME)

    def do_mark_none(self, count: int | None) -> None:
        self._mark(TagMark.NONE)

    def _mark(self, mark: TagMark) -> None:
        """Give the tag under the cursor a mark, or take it away; the cursor goes on."""
        row = self.rows.tag_row
        if row is None:
            return
        if self.marks.get(row.term) is mark:
            del self.marks[row.term]
        else:
            self.marks[row.term] = mark
        self.rows.set_marks(self.marks)
        self.rows.action_cursor_down()
        self.show_head()

    def do_list_tagged(self, count: int | None) -> None:
        row = self.rows.tag_row
        marks = self.marks or ({row.term: TagMark.EVERY} if row is not None else {})
        if marks:
            self.leave(query=query_for(marks, self.filter_query))

    @on(TagList.Opened)
    def _opened_by_mouse(self) -> None:
        self.do_list_tagged(None)

    # Families and order

    def do_open_family(self, count: int | None) -> None:
        row = self.rows.tag_row
        if row is None or row.opened is None:
            return
        if row.opened:
            self.rows.action_cursor_down()
        else:
            self.opened = (self.opened or frozenset()) | {row.key}
            self.show_rows()

    def do_close_family(self, count: int | None) -> None:
        row = self.rows.tag_row
        if row is None:
            return
        if row.opened:
            self.opened = (self.opened or frozenset()) - {row.key}
            self.show_rows()
        elif row.depth:
            self.rows.go_to(row.key.rpartition("/")[0])

    def do_sort(self, count: int | None) -> None:
        orders = list(TagOrder)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self.show_rows()
        self.show_head()

    # Keys and commands

    @property
    def context(self) -> Context:
        """Whose keys hold now."""
        return Context.TAG_PROMPT if self.tag_prompt.is_open else Context.TAGS

    def _show_keys(self) -> None:
        if self.is_mounted:
            self.footer.show_commands(footer_for(self.context))

    @on(events.DescendantFocus)
    def _focus_moved(self, event: events.DescendantFocus) -> None:
        if event.widget is self.rows and self.tag_prompt.is_open:
            self.tag_prompt.dismiss()
        for keys in self._keys.values():
            keys.reset()
        self._show_keys()

    @property
    def sequences(self) -> KeySequences:
        return self._keys[self.context]

    @property
    def moved(self) -> TagList:
        return self.rows

    def do_go_tags(self, count: int | None) -> None:
        """Nothing: this is where they are."""

    def do_back(self, count: int | None) -> None:
        """Give the marks up; without any, go back to the list."""
        if self.marks:
            self.marks.clear()
            self.rows.set_marks(self.marks)
            self.show_head()
        else:
            self.leave()
