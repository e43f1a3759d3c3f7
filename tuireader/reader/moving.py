"""Movement commands: the cursor of a list, the article, one step back."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tuireader.commands import Context
from tuireader.commands.binding import Bound, once, times
from tuireader.desk import Desk
from tuireader.reader.article_list.listing import Listing
from tuireader.reader.article_view.find import FindInArticle
from tuireader.reader.article_view.jumps import Jumps
from tuireader.reader.panes import Panes
from tuireader.reader.sidebar.sidebar import Sidebar
from tuireader.reader.sidebar.tree import SidebarTree
from tuireader.reader.views import NotebookView
from tuireader.screens.view_screen import ROW_MOVES
from tuireader.widgets.article_list.actions import ArticleListActions
from tuireader.widgets.article_list.view import ArticleList
from tuireader.widgets.article_view.view import ArticleView
from tuireader.widgets.row_list import RowList


class MoveCommands:
    """The movements in the current pane."""

    def __init__(
        self,
        desk: Desk,
        panes: Panes,
        articles: ArticleList,
        sidebar: SidebarTree,
        page: ArticleView,
        jumps: Jumps,
        find: FindInArticle,
        listing: Listing,
        notebook: NotebookView,
    ) -> None:
        self._desk = desk
        self._panes = panes
        self._articles = articles
        self._tree = sidebar
        self._page = page
        self._page_moves = {
            "move-down": page.moves.line_down,
            "move-up": page.moves.line_up,
            "half-page-down": page.moves.half_page_down,
            "half-page-up": page.moves.half_page_up,
            "page-down": page.moves.page_down,
            "page-up": page.moves.page_up,
        }
        self._jumps = jumps
        self._find = find
        self._listing = listing
        self._notebook = notebook

    def commands(self) -> Iterable[Bound]:
        for command in ROW_MOVES:
            yield times(command, lambda count, command=command: self._move(command, count))  # type: ignore[misc]
        yield times("read-on", lambda count: self._move("page-down", count))
        yield times("move-first", self._move_first)
        yield Bound("move-last", self._move_last)
        yield times("see-right", self._page.lines.shift_columns)
        yield times("pane-out", self._pane_out)
        yield once("back", self.back)

    def _rows(self) -> RowList:
        return self._articles if self._panes.current is Context.LIST else self._tree

    def _move(self, command_id: str, count: int) -> None:
        if self._panes.current is Context.PAGE:
            self._page_moves[command_id](count)
        else:
            ROW_MOVES[command_id](self._rows().moves, count)

    def _move_first(self, count: int) -> None:
        if self._panes.current is Context.PAGE:
            self._jumps.record()
            self._page.moves.home()
        else:
            self._rows().moves.first(count)

    def _move_last(self, count: int | None) -> None:
        if self._panes.current is Context.PAGE:
            self._jumps.record()
            self._page.moves.end()
        else:
            self._rows().moves.last(count)

    def _pane_out(self, count: int) -> None:
        if not self._page.lines.shift_columns(-count):
            self._panes.focus_left()

    def back(self) -> None:
        """Go one step back: end the find, zen, the article, the sidebar, the selection or the filter.

        From an article that was opened in the notebook, go back to the notebook.
        """
        if self._notebook.go_back():
            return
        if self._panes.current is Context.PAGE and self._find.end():
            return
        if self._panes.is_zen:
            self._panes.leave_zen()
        elif self._panes.current is not Context.LIST:
            self._panes.focus(Context.LIST)
        elif self._articles.selection.ids:
            self._articles.selection.clear()
        elif self._listing.query_text:
            self._listing.set_query("")
        else:
            self._desk.say(f"Press {self._desk.key('quit')} to quit.")


class ListCommands:
    """The commands that move and select in the article list, and expand and collapse stories."""

    def __init__(self, desk: Desk, articles: ArticleList) -> None:
        self._desk = desk
        self._articles = articles
        self._actions = ArticleListActions(articles)

    def commands(self) -> Iterable[Bound]:
        actions = self._actions
        yield times("next-unread", actions.next_unread)
        yield times("previous-unread", actions.previous_unread)
        yield times("next-bookmarked", lambda count: self._to_bookmarked(1, count))
        yield times("previous-bookmarked", lambda count: self._to_bookmarked(-1, count))
        yield times("select", actions.select)
        yield once("select-range", self.select_range)
        yield once("select-all", self._articles.selection.toggle_all)
        yield once("open-story", self.open_story)
        yield once("close-story", self.close_story)

    def _to_bookmarked(self, step: int, count: int) -> None:
        self._actions.next_match(self._desk.library.articles.is_bookmarked, step=step, count=count)

    def select_range(self) -> None:
        """Start a range of selected articles, or end it."""
        self._actions.select_range()
        if self._articles.selection.in_range:
            self._desk.say(
                f"Selecting as you move · {self._desk.key('select-range')} ends the range"
                f" · {self._desk.key('back')} clears the selection"
            )

    def open_story(self) -> None:
        """Show the articles of the story under the cursor."""
        if not self._actions.open_story():
            self._desk.say("No other article in the list belongs to this story.")

    def close_story(self) -> None:
        """Hide the articles of the story under the cursor."""
        if not self._actions.close_story():
            self._desk.say("No open story here.")


class SidebarCommands:
    """The commands that move in the sidebar, expand and collapse its entries, and find one."""

    def __init__(self, panes: Panes, sidebar: Sidebar) -> None:
        self._panes = panes
        self._sidebar = sidebar

    def commands(self) -> Iterable[Bound]:
        tree = self._sidebar.entries
        yield once("pick-sidebar-entry", tree.action_pick)
        yield once("open-sidebar-entry", tree.action_open)
        yield once("close-sidebar-entry", tree.action_close)
        yield once("toggle-sidebar-entry", tree.action_toggle_entry)
        yield times("next-sidebar-section", tree.step_section)
        yield times("previous-sidebar-section", lambda count: tree.step_section(-count))
        yield once("find-in-sidebar", self._sidebar.find)
        yield once("finish-sidebar-line", lambda: self._leave(self._sidebar.pick))
        yield once("dismiss-sidebar-line", lambda: self._leave(self._sidebar.close))
        yield times("next-found-entry", tree.moves.down)
        yield times("previous-found-entry", tree.moves.up)

    def _leave(self, leave: Callable[[], None]) -> None:
        self._panes.focus(Context.SIDEBAR)
        leave()
