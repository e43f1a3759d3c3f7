"""Opens the views over the panes: notebook, calendar, tags, help."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from tuireader.calendar.state import Look
from tuireader.citations import Citations
from tuireader.commands import COMMANDS, Command, Context
from tuireader.commands.binding import Argument, Bound, CommandTable, once
from tuireader.desk import Desk
from tuireader.events import Remembered
from tuireader.filter_bar.history import QueryHistory
from tuireader.notebook.entries import Entry, Section, View
from tuireader.notes.keeper import NoteKeeper
from tuireader.presentation import day_of
from tuireader.reader.article_list.listing import Listing
from tuireader.reader.front import InView
from tuireader.reader.opener import ArticleOpener
from tuireader.reader.own_keys import OwnKeys
from tuireader.reader.panes import Panes
from tuireader.screens.command_screen import CommandScreen
from tuireader.widgets.article_list.view import ArticleList
from tuireader.widgets.article_view.view import ArticleView

if TYPE_CHECKING:
    from tuireader.calendar.screen import CalendarResult, CalendarScreen
    from tuireader.command_line.meaning import Call
    from tuireader.notebook.screen import NotebookResult, NotebookScreen
    from tuireader.screens.view_screen import CarryOut, Left
    from tuireader.tags.screen import TagsScreen


class HelpView:
    """The help, which shows all keys, and changes them."""

    def __init__(self, desk: Desk, own_keys: OwnKeys) -> None:
        self._desk = desk
        self._own_keys = own_keys

    def commands(self) -> Iterable[Bound]:
        yield once("help", self.open)

    def open(self) -> None:
        """Open the help, with the keys of the pane in front first."""
        from tuireader.help.screen import HelpScreen

        screen = self._desk.app.screen
        context = screen.context if isinstance(screen, CommandScreen) else Context.APP
        self._desk.app.push_screen(HelpScreen(context, self._own_keys.change))


class CommandLineView:
    """The command line over the screen in front. What is typed is carried out there, or in the reader."""

    def __init__(self, desk: Desk, commands: CommandTable, history: QueryHistory) -> None:
        self._desk = desk
        self._commands = commands
        self._history = history

    def commands(self) -> Iterable[Bound]:
        yield once("command-line", self.open)

    def open(self, typed: str = "") -> None:
        """Open the command line with the text ``typed``."""
        from tuireader.command_line.meaning import Meaning
        from tuireader.command_line.screen import CommandLineScreen

        screen = self._desk.app.screen
        if not isinstance(screen, CommandScreen):
            return
        bound = screen.commands.ids | self._commands.ids
        meaning = Meaning(
            (one for one in screen.key_map.commands if one.id in bound), screen.context, COMMANDS
        )
        line = CommandLineScreen(meaning, partial(self._completed, screen), self._history, typed)
        self._desk.app.push_screen(line, partial(self._carry_out, screen))

    def _completed(
        self, screen: CommandScreen[Any], command: Command, typed: str
    ) -> Iterable[tuple[str, str]]:
        argument = self._argument(screen, command)
        return argument.offers(typed) if argument else ()

    def _argument(self, screen: CommandScreen[Any], command: Command) -> Argument | None:
        table = screen.commands if command.id in screen.commands.ids else self._commands
        return table.argument_of(command)

    def _carry_out(self, screen: CommandScreen[Any], call: Call | None) -> None:
        argument = self._argument(screen, call.command) if call and call.argument else None
        if call is None:
            return
        self._desk.app.post_message(Remembered(lines=self._history.queries))
        if argument is None:
            screen.invoke(call.command, call.count)
            return
        if call.command.id not in screen.commands.ids:
            screen.leave()
        argument.take(call.argument)


class CalendarView:
    """The calendar. The dates that are chosen there become a term of the query."""

    def __init__(
        self, desk: Desk, listing: Listing, panes: Panes, opener: ArticleOpener, carry_out: CarryOut
    ) -> None:
        self._desk = desk
        self._listing = listing
        self._panes = panes
        self._opener = opener
        self._carry_out = carry_out
        self._screen: CalendarScreen | None = None
        self._look: Look | None = None

    def commands(self) -> Iterable[Bound]:
        yield once("go-calendar", self.open_at_front)
        yield once("choose-dates", self.open_at_front)

    def open_at_front(self) -> None:
        """Open the calendar at the day of the article in front."""
        article = self._desk.article_in_front()
        self.open(day_of(article.published) if article else None)

    def open(self, day: date | None) -> None:
        """Open the calendar with the cursor on ``day``, or for None on the last day with articles."""
        from tuireader.calendar.screen import CalendarScreen

        if self._screen is None:
            library = self._desk.library
            before = self._look or Look(
                cursor=library.calendar.today(), first_weekday=library.calendar.first_weekday
            )
            look = replace(before, cursor=day or library.calendar.today())
            self._screen = CalendarScreen(
                self._desk, self._carry_out, self._listing.query_text, look, placed=day is not None
            )
            self._desk.app.push_screen(self._screen, self._left)

    def _left(self, left: Left[CalendarResult] | None) -> None:
        self._screen = None
        if left is None:
            return
        self._look, query, article_id = left.result.look, left.result.query, left.result.then_open
        if query is not None and article_id is not None:
            self._opener.open_in(query, article_id)
        elif query is not None:
            self._listing.set_query(query)
            self._panes.focus(Context.LIST)
        if left.command is not None:
            self._carry_out(left.command, left.count)


class TagsView:
    """The tags view. The tags that are marked there become the query."""

    def __init__(self, desk: Desk, listing: Listing, panes: Panes, carry_out: CarryOut) -> None:
        self._desk = desk
        self._listing = listing
        self._panes = panes
        self._carry_out = carry_out
        self._screen: TagsScreen | None = None

    def commands(self) -> Iterable[Bound]:
        yield once("go-tags", self.open)

    def open(self) -> None:
        """Open the tags view."""
        from tuireader.tags.screen import TagsScreen

        if self._screen is None:
            self._screen = TagsScreen(self._desk, self._carry_out, self._listing.query_text)
            self._desk.app.push_screen(self._screen, self._left)

    def _left(self, left: Left[str | None] | None) -> None:
        self._screen = None
        if left is not None and left.result is not None:
            self._listing.set_query(left.result)
            self._panes.focus(Context.LIST)
        elif left is not None and left.command is not None:
            self._carry_out(left.command, left.count)


class SettingsView:
    """The settings view."""

    def __init__(self, desk: Desk, carry_out: CarryOut) -> None:
        self._desk = desk
        self._carry_out = carry_out
        self._is_open = False

    def commands(self) -> Iterable[Bound]:
        yield once("settings", self.open)

    def open(self) -> None:
        """Open the settings view."""
        from tuireader.settings_view.screen import SettingsScreen

        if not self._is_open:
            self._is_open = True
            self._desk.app.push_screen(SettingsScreen(self._desk, self._carry_out), self._left)

    def _left(self, left: Left[None] | None) -> None:
        self._is_open = False
        if left is not None and left.command is not None:
            self._carry_out(left.command, left.count)


@dataclass(frozen=True, slots=True)
class _Way:
    """The way back to the notebook: its state, the article opened there, and the list before that."""

    view: View
    article_id: str
    query: str
    cursor_id: str | None


class NotebookView:
    """The notebook. Going back from an article that was opened in it leads to it."""

    def __init__(
        self,
        desk: Desk,
        articles: ArticleList,
        in_view: InView,
        listing: Listing,
        panes: Panes,
        opener: ArticleOpener,
        notes: NoteKeeper,
        citations: Citations,
        history: QueryHistory,
        carry_out: CarryOut,
    ) -> None:
        self._desk = desk
        self._articles = articles
        self._in_view = in_view
        self._listing = listing
        self._panes = panes
        self._opener = opener
        self._notes = notes
        self._citations = citations
        self._history = history
        self._carry_out = carry_out
        self._screen: NotebookScreen | None = None
        self._view = View()
        self._way: _Way | None = None
        panes.changed.subscribe(self._pane_changed)

    def commands(self) -> Iterable[Bound]:
        yield once("go-notes", lambda: self._open_section(Section.ALL))
        yield once("go-bookmarks", lambda: self._open_section(Section.BOOKMARKS))

    def _open_section(self, section: Section) -> None:
        self._open(View(section=section, order=self._view.order))

    def _open(self, view: View) -> None:
        from tuireader.notebook.screen import NotebookScreen

        if self._screen is None:
            self._screen = NotebookScreen(
                self._desk, self._carry_out, self._notes, self._citations, self._history, view
            )
            self._desk.app.push_screen(self._screen, self._left)

    def _left(self, left: Left[NotebookResult] | None) -> None:
        self._screen = None
        if left is None:
            return
        self._view = left.result.view
        if left.result.entry is not None:
            self._open_entry(left.result.entry, left.result.view)
        elif left.command is not None:
            self._carry_out(left.command, left.count)

    def _open_entry(self, entry: Entry, view: View) -> None:
        """Open the article at the passage of ``entry``."""
        article = self._desk.find_article(entry.article_id)
        if article is None:
            self._desk.say("This article is no longer in the library.", "warning")
            return
        self._way = _Way(view, article.id, self._listing.query_text, self._articles.cursor_id)
        annotation = entry.annotation
        if annotation is not None and annotation.orphan:
            self._desk.say("Orphaned: its passage is no longer in the text. It is shown below the text.")
        quote = annotation.quote if annotation is not None and not annotation.orphan else None
        self._opener.open(article.id, at=quote.start if quote else None, trashed=bool(article.state.trashed))

    def _pane_changed(self, pane: Context) -> None:
        if pane is not Context.PAGE:
            self._way = None

    def go_back(self) -> bool:
        """Go back to the notebook from an article that was opened there. Return False if none was."""
        way = self._way
        here = self._panes.current is Context.PAGE and not self._panes.is_zen
        if way is None or not here or self._in_view.opened_id != way.article_id:
            return False
        self._panes.focus(Context.LIST)
        if self._listing.query_text != way.query:
            self._listing.set_query(way.query, keep=way.cursor_id)
        self._open(way.view)
        return True


class RevisionCommands:
    """The command that shows the previous texts of the article in front."""

    def __init__(self, desk: Desk, page: ArticleView) -> None:
        self._desk = desk
        self._page = page

    def commands(self) -> Iterable[Bound]:
        yield once("show-changes", self.show)

    def show(self) -> None:
        """Compare the texts of the article."""
        page = self._page.page
        if page is None or not page.article.revisions:
            self._desk.say("No revisions: this article was never imported with a different text.")
            return
        from tuireader.revisions.screen import RevisionsScreen

        self._desk.app.push_screen(RevisionsScreen(self._desk.library, page, self._page.measure))
