"""The main screen: places, list and page, the filter line above and the keys below."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from textual import events, on
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Size

from library import Library, LibraryError, QueryError
from tuireader.arrangement import Arrangement
from tuireader.commands import CONTEXTS_APART, Command, Context, reachable_in
from tuireader.filter_bar.completion import QueryCompletion
from tuireader.keys import KeySequences, stroke
from tuireader.preferences import Preferences
from tuireader.query_history import QueryHistory
from tuireader.screens.annotating import Annotating
from tuireader.screens.citing import Citing
from tuireader.screens.comparing import Comparing
from tuireader.screens.dating import Dating
from tuireader.screens.exporting import EXPORT_FOLDER, Exporting
from tuireader.screens.indexing import Indexing
from tuireader.screens.leafing import Leafing
from tuireader.screens.linking import Linking
from tuireader.screens.messages import QueryKept, Rested
from tuireader.screens.noting import Noting
from tuireader.screens.picturing import Picturing
from tuireader.screens.relating import Relating
from tuireader.screens.saving import Saving
from tuireader.screens.tagging import Tagging
from tuireader.session import Session
from tuireader.views import footer_in
from tuireader.widgets.key_footer import KeyFooter
from tuireader.widgets.timeline_line import TimelineLine
from tuireader.writer import Writer

IDLE_SECONDS = 20.0
"""How long no key is pressed before the library is tended: folded and backed up, if that is due."""

FOLLOW_SECONDS = 1.0
"""How often the reader looks for what other programs wrote."""


class ReaderScreen(
    Annotating,
    Indexing,
    Saving,
    Tagging,
    Noting,
    Citing,
    Exporting,
    Linking,
    Relating,
    Comparing,
    Picturing,
    Dating,
    Leafing,
):
    """Three panes over one library. Keys become commands here; ``do_…`` carries each one out."""

    AUTO_FOCUS = "ArticleList"

    def __init__(
        self,
        app: App[Any],
        library: Library,
        writer: Writer,
        *,
        preferences: Preferences,
        session: Session | None = None,
        shown: tuple[str, ...] = (),
    ) -> None:
        super().__init__(app, library, writer)
        self._left = session or Session()
        self._shown = shown
        self.completion = QueryCompletion(
            library,
            self.jobs,
            self.filter_line,
            QueryHistory(preferences.queries),
            keep_history=lambda queries: self.post_message(QueryKept(queries)),
            finish=self.finish_filter,
        )
        self.commands.add(self.completion)
        self._measure = preferences.measure
        self.pictures_wanted = preferences.pictures
        self.justified = preferences.justified
        self.hyphenated = preferences.hyphenated
        self.citation = preferences.citation
        self.export_folder = preferences.export_folder or EXPORT_FOLDER
        self.folds = preferences.folds
        self._told_unsaved = False
        self._keys = {context: KeySequences(reachable_in(context)) for context in Context}

    def compose(self) -> ComposeResult:
        yield self.filter_line
        yield TimelineLine(id="timeline")
        with Horizontal(id="panes"):
            yield self.sidebar
            yield self.articles
            with Vertical(id="page-column"):
                yield self.page
                yield self.editor
        yield self.tag_prompt
        yield self.find_line
        yield self.footer

    def on_mount(self) -> None:
        self.page.measure = self._measure
        self.page.read_picture = self.library.articles.picture
        self._show_pane()
        if self._shown and not (self._left.query or self._left.opened):
            self.articles.set_ids(self._shown)
        self._resume(self._left)
        self.refresh_places()
        self.index_texts_soon()
        self.set_interval(FOLLOW_SECONDS, lambda: self.changes.start(self.follow_other_programs(), "follow"))
        self._idle = self.set_interval(IDLE_SECONDS, lambda: self.changes.start(self._tend(), "tend"))
        self.tell_notices()
        if not self.library.writable:
            self.say(
                f"{self.library.path} cannot be written. You can read; nothing that you change will be kept.",
                "warning",
            )

    # Where it was left

    def _resume(self, left: Session) -> None:
        """List and read what was listed and read when the library was left."""
        self.arrangement = Arrangement.named(left.order)
        if left.sections is not None:
            self.places.opened = frozenset(left.sections)
        self.reopened_id = left.opened or None
        try:
            self.library.search.parse(left.query)
        except QueryError:  # a saved search may have gone
            self.set_query("")
        else:
            self.set_query(left.query, keep=left.row or None)

    @property
    def session(self) -> Session:
        """Where the reader is, to be there again at the next start."""
        if self.is_listing_first:
            return self._left
        reading = self.pane is Context.PAGE and self.opened_id is not None
        return Session(
            query=self.query_before_typing,
            order=self.arrangement.name,
            row=self.articles.cursor_id or "",
            opened=(self.opened_id or "") if reading else "",
            sections=tuple(sorted(self.places.opened)),
        )

    # Panes

    def watch_pane(self) -> None:
        self._show_pane()
        if self.is_mounted:
            self.show_share()

    def _show_pane(self) -> None:
        """Show the pane that others hide, in one frame.

        For a class of a widget its styles are made anew, for one of the screen those of all, which takes
        longer than drawing a page does: none is set where nothing depends on it.
        """
        narrow, wide = self.has_class("-narrow"), self.has_class("-wide")
        in_page, in_places = narrow and self.pane is Context.PAGE, self.pane is Context.PLACES
        classes = (
            (self, "-pane-places", in_places and not wide),
            (self.query_one("#page-column"), "-front", in_page),
            (self.articles, "-behind", in_page),
            (self.query_one(TimelineLine), "-behind", in_page),
        )
        for widget, name, wanted in classes:
            if widget.has_class(name) is not wanted:
                self.hold_once()
                widget.set_class(wanted, name)
        if narrow and not self.page.region:
            self.page.expect(self._page_alone())
        self.show_keys()

    def _page_alone(self) -> Size:
        """The size of the page where it hides the list and the timeline above that."""
        panes, timeline = self.query_one("#panes").size, self.query_one(TimelineLine).region
        return Size(self.size.width, panes.height + timeline.height)

    def on_resize(self) -> None:
        self.call_next(self._show_pane)  # when the screen has the classes of its new size

    @on(events.DescendantFocus)
    def _focus_moved(self, event: events.DescendantFocus) -> None:
        panes: dict[object, Context] = {
            self.places: Context.PLACES,
            self.articles: Context.LIST,
            self.page: Context.PAGE,
        }
        if panes.get(event.widget) is not self.pane:  # else it was given by a key, and others came after it
            self.drop_key_taker()
        if event.widget in panes:
            self._leave_typing()
            self.pane = panes[event.widget]
            if self.pane is Context.PAGE and self.shown_id is not None and self.opened_id is None:
                self.open_article(self.shown_id)
        for keys in self._keys.values():
            keys.reset()
        self.show_keys()

    def _leave_typing(self) -> None:
        """A pane was clicked while something was being typed: a note is kept, the rest is given up."""
        self.leave_filter()
        self.sidebar.close()
        self.leave_find_line()
        self.editor.finish()
        self.tag_question.cancel()

    @property
    def context(self) -> Context:
        """Whose keys hold now."""
        if self.editor.is_open:
            return Context.NOTE_EDITOR
        if self.tag_prompt.is_open:
            return Context.TAG_PROMPT
        if self.find_line.is_open:
            return Context.FIND_LINE
        if self.filter_line.editing:
            return Context.FILTER_LINE
        if self.sidebar.typing:
            return Context.SIDEBAR_LINE
        choosing = self.pane is Context.PAGE and self.page.choice is not None
        return Context.CHOOSING if choosing else self.pane

    @property
    def typing(self) -> bool:
        return self.context in CONTEXTS_APART

    def show_keys(self) -> None:
        if self.is_mounted:  # none of them holds while the next key is for something else
            self.footer.show_commands(
                ()
                if self.key_taker
                else footer_in(self.query_before_typing, self.context, is_empty=not self.articles.ids)
            )

    # Keys and commands

    async def _tend(self) -> None:
        """Do what is due for the library's files, away from the screen and from the writer."""
        try:
            await asyncio.to_thread(self.library.maintenance.run_due)
        except LibraryError as error:
            self.say(str(error), "error")
        self.post_message(Rested())

    def on_key(self, event: events.Key) -> None:
        self._idle.reset()
        self.put_off_counting()
        if self.key_taker is not None:
            event.stop()
            event.prevent_default()
            self.key_taker.take(stroke(event.key, event.character))
            return
        typed = self.feed(self._keys[self.context], event)
        if typed is not None:
            self._show_typed(typed)

    def _show_typed(self, typed: str) -> None:
        if typed:
            self.footer.status = typed
        else:
            self.show_share()

    @on(KeyFooter.Invoked)
    def _footer_clicked(self, message: KeyFooter.Invoked) -> None:
        self.invoke(message.command)

    def invoke(self, command: Command, count: int | None = None) -> None:
        """Carry out a command of the registry."""
        if not self.commands.run(command, count):
            self.handler(command)(count)

    def handler(self, command: Command) -> Callable[[int | None], None]:
        """The method that carries ``command`` out."""
        method: Callable[[int | None], None] = getattr(self, f"do_{command.id.replace('-', '_')}")
        return method

    # The program

    def do_help(self, count: int | None) -> None:
        from tuireader.screens.help import HelpScreen

        self.app.push_screen(HelpScreen())

    def do_quit(self, count: int | None) -> None:
        self.changes.start(self._quit(), "quit")

    async def _quit(self) -> None:
        """Leave when everything is on the disk."""
        saved = await self.save_notes()
        if not saved and not self._told_unsaved:
            self._told_unsaved = True
            self.say("A note is not on the disk. Q once more leaves without it.", "error")
            return
        await self.jobs.finished("changes")
        await self._keep_last_place()
        self.app.exit(0)

    async def end(self) -> None:
        """Keep all that is not on the disk, without a question: the program has to end."""
        self.changes.writer.give_up()
        await self.keep_drafts()
        await self._keep_last_place()

    async def _keep_last_place(self) -> None:
        place = self.place_to_keep()
        if place is not None and self.library.writable:
            await self.changes.make(self.library.articles.save_position, *place)
