"""Moving: inside a pane, between panes, and back."""

from __future__ import annotations

from tuireader.commands import Context
from tuireader.screens.base import ReaderPanes
from tuireader.screens.messages import MeasureChosen

ROW_ACTIONS = {
    "move-down": "cursor_down",
    "move-up": "cursor_up",
    "half-page-down": "half_page_down",
    "half-page-up": "half_page_up",
    "page-down": "page_down",
    "page-up": "page_up",
}
_PAGE_ACTIONS = {**ROW_ACTIONS, "move-down": "line_down", "move-up": "line_up"}
_ORDER = (Context.PLACES, Context.LIST, Context.PAGE)


class Moving(ReaderPanes):
    """The commands that move the cursor, the page and the focus."""

    def move(self, command_id: str, count: int | None) -> None:
        """Carry out one of the movements that every pane has."""
        if self.pane is Context.PAGE:
            getattr(self.page, f"action_{_PAGE_ACTIONS[command_id]}")(count or 1)
        else:
            rows = self.articles if self.pane is Context.LIST else self.places
            getattr(rows, f"action_{ROW_ACTIONS[command_id]}")(count or 1)

    def do_move_down(self, count: int | None) -> None:
        self.move("move-down", count)

    def do_move_up(self, count: int | None) -> None:
        self.move("move-up", count)

    def do_half_page_down(self, count: int | None) -> None:
        self.move("half-page-down", count)

    def do_half_page_up(self, count: int | None) -> None:
        self.move("half-page-up", count)

    def do_page_down(self, count: int | None) -> None:
        self.move("page-down", count)

    def do_page_up(self, count: int | None) -> None:
        self.move("page-up", count)

    def do_read_on(self, count: int | None) -> None:
        self.move("page-down", count)

    def do_next_unread(self, count: int | None) -> None:
        self.articles.action_next_unread(count or 1)

    def do_previous_unread(self, count: int | None) -> None:
        self.articles.action_previous_unread(count or 1)

    def do_next_bookmarked(self, count: int | None) -> None:
        self._to_bookmarked(1, count or 1)

    def do_previous_bookmarked(self, count: int | None) -> None:
        self._to_bookmarked(-1, count or 1)

    def _to_bookmarked(self, step: int, count: int) -> None:
        row = self.articles.find_row(self.library.articles.is_bookmarked, step=step, count=count)
        if row is not None:
            self.articles.move_to(row)

    def do_next_paragraph(self, count: int | None) -> None:
        self.page.action_next_paragraph(count or 1)

    def do_previous_paragraph(self, count: int | None) -> None:
        self.page.action_previous_paragraph(count or 1)

    def do_next_heading(self, count: int | None) -> None:
        self.page.action_next_heading(count or 1)

    def do_previous_heading(self, count: int | None) -> None:
        self.page.action_previous_heading(count or 1)

    def do_wider(self, count: int | None) -> None:
        self.page.action_wider()
        self.post_message(MeasureChosen(self.page.measure))

    def do_narrower(self, count: int | None) -> None:
        self.page.action_narrower()
        self.post_message(MeasureChosen(self.page.measure))

    # The list and the places

    def do_select(self, count: int | None) -> None:
        self.articles.action_select(count or 1)

    def do_select_range(self, count: int | None) -> None:
        self.articles.action_select_range()
        if self.articles.in_range:
            self.say("Move: what you pass is selected. V ends the range, Esc selects nothing.")

    def do_select_all(self, count: int | None) -> None:
        self.articles.action_select_all()

    def do_pick_place(self, count: int | None) -> None:
        self.places.action_pick()

    def do_open_place(self, count: int | None) -> None:
        self.places.action_open()

    def do_close_place(self, count: int | None) -> None:
        self.places.action_close()

    def do_toggle_place(self, count: int | None) -> None:
        self.places.action_toggle_place()

    def do_next_sidebar_section(self, count: int | None) -> None:
        self.places.action_next_section(count or 1)

    def do_previous_sidebar_section(self, count: int | None) -> None:
        self.places.action_previous_section(count or 1)

    def do_find_place(self, count: int | None) -> None:
        self.sidebar.find()

    def do_finish_places(self, count: int | None) -> None:
        self.focus_pane(Context.PLACES)
        self.sidebar.pick()

    def do_dismiss_places(self, count: int | None) -> None:
        self.focus_pane(Context.PLACES)
        self.sidebar.close()

    def do_next_found_place(self, count: int | None) -> None:
        self.places.action_cursor_down(count or 1)

    def do_previous_found_place(self, count: int | None) -> None:
        self.places.action_cursor_up(count or 1)

    # Between panes

    def do_next_pane(self, count: int | None) -> None:
        self._step_pane(1)

    def do_previous_pane(self, count: int | None) -> None:
        self._step_pane(-1)

    def _step_pane(self, step: int) -> None:
        self.focus_pane(_ORDER[(_ORDER.index(self.pane) + step) % len(_ORDER)])

    def do_see_right(self, count: int | None) -> None:
        self.page.see_aside(count or 1)

    def do_pane_out(self, count: int | None) -> None:
        if self.page.see_aside(-(count or 1)):
            return
        self.focus_pane(_ORDER[max(0, _ORDER.index(self.pane) - 1)])

    def do_pane_in(self, count: int | None) -> None:
        self.focus_pane(_ORDER[min(len(_ORDER) - 1, _ORDER.index(self.pane) + 1)])

    def do_zen(self, count: int | None) -> None:
        self.toggle_class("-zen")
        if self.has_class("-zen"):
            self.focus_pane(Context.PAGE)

    def do_back(self, count: int | None) -> None:
        """One step back: out of the find, zen, the page, the places, the selection, the filter."""
        if self.pane is Context.PAGE and self.end_find():
            return
        if self.has_class("-zen"):
            self.remove_class("-zen")
        elif self.pane is not Context.LIST:
            self.focus_pane(Context.LIST)
        elif self.articles.selected:
            self.articles.clear_selection()
        elif self.query_text:
            self.set_query("")
        else:
            self.say("Q quits.")
