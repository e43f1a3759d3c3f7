"""The main screen: sidebar, article list, article view, filter bar and status bar."""

from __future__ import annotations

import asyncio
from typing import Any

from textual import events, on
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Size

from library import Library, LibraryError, QueryError
from tuireader.calendar.timeline import TimelineLine
from tuireader.citations import Citations
from tuireader.commands import Command, Context
from tuireader.desk import Desk, find_article
from tuireader.events import Events, Rested, TermPicked
from tuireader.export.commands import ExportCommands
from tuireader.filter_bar.history import QueryHistory
from tuireader.filter_bar.line import FilterLine
from tuireader.filter_bar.session import FilterSession
from tuireader.importing.commands import ImportCommands
from tuireader.jobs.changes import Changes, messages_of
from tuireader.jobs.writer import Writer
from tuireader.keys import latin_of, sequences_of, stroke
from tuireader.notes.editing import NoteEditing
from tuireader.notes.keeper import NoteKeeper
from tuireader.paths import usual_folders
from tuireader.reader.annotations import AnnotationCommands, CitationCommands, NoteCommands
from tuireader.reader.article_list.count import CountLine
from tuireader.reader.article_list.listing import ListFilter, Listing
from tuireader.reader.article_list.order import ListOrder, QueryState
from tuireader.reader.article_view.commands import ChoosingCommands, PageCommands, Typesetting
from tuireader.reader.article_view.find import FindInArticle
from tuireader.reader.article_view.jumps import JumpCommands, Jumps
from tuireader.reader.article_view.loading import PageLoader, PositionKeeper
from tuireader.reader.article_view.pictures import PagePictures
from tuireader.reader.article_view.related import RelatedArticles, RelatedCommands
from tuireader.reader.background import OtherPrograms, TextIndexing
from tuireader.reader.first_steps import FirstSteps, HintLine
from tuireader.reader.front import InView, ReaderFront
from tuireader.reader.keys import KeyContext, NextKey
from tuireader.reader.leaving import Leaving
from tuireader.reader.links import LinkCommands
from tuireader.reader.marks import MarkCommands
from tuireader.reader.moving import ListCommands, MoveCommands, SidebarCommands
from tuireader.reader.opener import ArticleOpener
from tuireader.reader.own_keys import OwnKeys
from tuireader.reader.panes import Panes
from tuireader.reader.saved_searches import SavedSearchCommands
from tuireader.reader.sidebar.counts import SidebarCounts
from tuireader.reader.sidebar.sidebar import Sidebar
from tuireader.reader.sidebar.tree import SidebarTree
from tuireader.reader.status_bar import StatusBar
from tuireader.reader.trash import TrashCommands
from tuireader.reader.views import (
    CalendarView,
    CommandLineView,
    HelpView,
    NotebookView,
    RevisionCommands,
    SettingsView,
    TagsView,
)
from tuireader.screens.command_screen import CommandScreen
from tuireader.settings.chosen import ChosenSettings
from tuireader.state import Session
from tuireader.tags.commands import TagCommands
from tuireader.tags.prompt import TagPrompt, TagQuestion
from tuireader.terminal.frames import HeldFrames
from tuireader.undo import UndoCommands
from tuireader.views import footer_in
from tuireader.widgets.article_list.view import ArticleList
from tuireader.widgets.article_view.view import ArticleView
from tuireader.widgets.find_line import FindLine
from tuireader.widgets.key_footer import KeyFooter
from tuireader.widgets.note_editor import NoteEditor

IDLE_SECONDS = 20.0
"""Seconds without a key press until the library is maintained: journal folding and backup, if due."""

FOLLOW_SECONDS = 1.0
"""Seconds between two checks for changes by other programs."""


class ReaderScreen(CommandScreen[None]):
    """The main screen with three panes: their layout, the focus, and the dispatch of keys to commands.

    The objects that the constructor builds do the work in the panes. Each binds the commands that it runs.
    The handlers here pass the messages of widgets to these objects.
    """

    AUTO_FOCUS = "ArticleList"

    def __init__(
        self,
        app: App[Any],
        library: Library,
        writer: Writer,
        *,
        settings: ChosenSettings,
        queries: tuple[str, ...] = (),
        lines: tuple[str, ...] = (),
        session: Session | None = None,
        shown: tuple[str, ...] = (),
        welcomes: bool = False,
        sidebar: str = "",
    ) -> None:
        say = messages_of(app)
        super().__init__(Changes(writer, app, say))
        self._left = session or Session()
        self._shown = shown
        self._welcomes = welcomes
        self.history = QueryHistory(queries)
        self._lines = QueryHistory(lines)
        self._keys = sequences_of(self.key_map)
        self._build_widgets(library)
        self.panes = Panes(
            self,
            {Context.SIDEBAR: self.sidebar.entries, Context.LIST: self.articles, Context.PAGE: self.page},
            sidebar,
        )
        self.set_class(self.panes.has_sidebar_beside, "-beside")
        self.in_view = InView()
        front = ReaderFront(self.panes, self.articles, self.page, self.in_view)
        self.desk = Desk(library, app, self.jobs, self.changes, front, say, Events(), settings)
        self._build_panes()
        self._build_subjects()
        self.panes.changed.subscribe(lambda _: self._show_pane())
        self.panes.changed.subscribe(lambda _: self._show_article_in_front())
        self.loader.shown.subscribe(lambda _: self._show_article_in_front())

    def _build_widgets(self, library: Library) -> None:
        self.filter_line = FilterLine()
        self.timeline = TimelineLine(id="timeline")
        self.sidebar = Sidebar(id="sidebar")
        self.articles = ArticleList(
            lookup=lambda key: find_article(library, key),
            is_unread=library.articles.is_unread,
            note_count=library.annotations.note_count,
            today=library.calendar.today,
            id="list",
        )
        self.page = ArticleView(id="page")
        self.page.pictures.read = library.articles.picture
        self.editor = NoteEditor(id="note-editor")
        self.tag_prompt = TagPrompt(id="tag-prompt")
        self.find_line = FindLine(id="find-line")
        self.hint_line = HintLine(markup=False)
        self.footer = KeyFooter(id="footer")

    def _build_panes(self) -> None:
        """Build the objects that decide which articles are listed and which one is shown."""
        desk, page, panes, in_view = self.desk, self.page, self.panes, self.in_view
        self.next_key = NextKey()
        self.keys = KeyContext(
            panes, page, self.editor, self.tag_prompt, self.find_line, self.filter_line, self.sidebar
        )
        self.status = StatusBar(self.footer, self, page, panes, in_view, self.next_key, self._footer)
        query = QueryState()
        self.count = CountLine(self, self.filter_line, self.articles, query, self._can_stop_change)
        self.listing = Listing(
            desk,
            self.articles,
            self.filter_line,
            query,
            self.count,
            panes,
            wait_for=self.wait_for,
        )
        self.filtering = FilterSession(
            desk,
            desk.jobs,
            self.filter_line,
            ListFilter(desk, self.articles, self.listing, self.count, panes),
            self.history,
            prepare=panes.leave_zen,
        )
        self.counts = SidebarCounts(desk, self.sidebar.entries, self.articles, self.listing, panes)
        self.frames = HeldFrames(self, page)
        self.jumps = Jumps(page, in_view)
        self.position = PositionKeeper(desk, in_view)
        self.find = FindInArticle(
            desk,
            self,
            page,
            self.find_line,
            self.articles,
            panes,
            in_view,
            self.jumps,
            self.listing,
            self.status,
        )
        self.pictures = PagePictures(desk, page, in_view)
        related = RelatedArticles(desk, in_view)
        self.typesetting = Typesetting(desk, in_view)
        self.loader = PageLoader(
            desk,
            self.articles,
            page,
            panes,
            in_view,
            self.frames,
            self.jumps,
            self.position,
            self.find,
            self.pictures,
            related,
            self.typesetting,
            self.status,
            self.wait_for,
        )
        self._opener = opener = ArticleOpener(desk, self.articles, page, in_view, self.listing, self.loader)
        self.commands.add(
            panes,
            self.listing,
            self.filtering,
            self.find,
            self.pictures,
            self.typesetting,
            self.loader,
            ListCommands(desk, self.articles),
            PageCommands(desk, page),
            SidebarCommands(panes, self.sidebar),
            RelatedCommands(desk, related, self.jumps, lambda key, at: opener.open(key, at=at)),
            JumpCommands(desk, page, self.jumps, self.next_key, opener.open_at),
        )
        self._build_views(opener)

    def _build_views(self, opener: ArticleOpener) -> None:
        """Build the objects that open the views over the panes and return from them."""
        desk, page, panes, listing = self.desk, self.page, self.panes, self.listing
        self.notes = NoteKeeper(desk)
        citations = Citations(desk)
        notebook = NotebookView(
            desk,
            self.articles,
            self.in_view,
            listing,
            panes,
            opener,
            self.notes,
            citations,
            self.history,
            self.invoke,
        )
        self.calendar = CalendarView(desk, listing, panes, opener, self.invoke)
        command_line = CommandLineView(desk, self.commands, self._lines)
        own_keys = OwnKeys(desk, self.key_map, command_line.open)
        self.commands.add(
            notebook,
            self.calendar,
            TagsView(desk, listing, panes, self.invoke),
            HelpView(desk, own_keys),
            command_line,
            own_keys,
            SettingsView(desk, self.invoke),
            CitationCommands(desk, panes, page, citations),
            MoveCommands(
                desk,
                panes,
                self.articles,
                self.sidebar.entries,
                page,
                self.jumps,
                self.find,
                listing,
                notebook,
            ),
        )

    def _build_subjects(self) -> None:
        """Build the objects whose commands act on articles."""
        desk, page, panes, in_view = self.desk, self.page, self.panes, self.in_view
        self.editing = NoteEditing(self.editor, self.notes.keep_draft, self.changes, desk.say, desk.app)
        self.note_commands = NoteCommands(desk, panes, page, self.editor, self.notes, self.loader)
        self.tag_question = TagQuestion(self.tag_prompt, self.changes, lambda: panes.focus(panes.current))
        self.links = LinkCommands(desk, page, self.next_key, self.jumps)
        self.annotations = AnnotationCommands(desk, page, in_view)
        self.indexing = TextIndexing(desk, self.listing, self.count)
        self.others = OtherPrograms(desk, self.indexing)
        self.importing = ImportCommands(desk, self._opener.open, self.indexing.start_soon)
        self.first_steps = FirstSteps(desk, self.hint_line, self.key_map, usual_folders, self.importing.start)
        self.leaving = Leaving(desk, self.notes, self.position)
        self.commands.add(
            self.editing,
            self.note_commands,
            self.tag_question,
            self.links,
            self.annotations,
            self.leaving,
            UndoCommands(desk),
            TagCommands(desk, self.tag_question),
            MarkCommands(desk, panes, page, self.annotations.bookmark_passage),
            TrashCommands(desk, self.articles, self.listing),
            ChoosingCommands(desk, page),
            RevisionCommands(desk, page),
            SavedSearchCommands(desk, panes, self.sidebar.entries, self.counts, self.listing),
            ExportCommands(desk),
            self.importing,
            self.first_steps,
        )
        self.next_key.changed.subscribe(lambda _: self.key_panel.expect(self.next_key.hints))
        self.listing.spread_counted.subscribe(self.timeline.show)
        self.listing.shown.subscribe(lambda _: self.status.show_keys())
        self.listing.shown.subscribe(lambda _: self._reopen())

    def compose(self) -> ComposeResult:
        yield self.filter_line
        yield self.timeline
        with Horizontal(id="panes"):
            yield self.sidebar
            yield self.articles
            with Vertical(id="page-column"):
                yield self.page
                yield self.editor
        yield self.tag_prompt
        yield self.find_line
        yield self.hint_line
        yield self.footer

    def on_mount(self) -> None:
        self.page.measure = self.desk.settings.now.measure
        self._show_pane()
        if self._shown and not (self._left.query or self._left.opened):
            self.articles.set_ids(self._shown)
        self._resume(self._left)
        self.indexing.start_soon()
        self.set_interval(FOLLOW_SECONDS, self.others.look)
        self._idle = self.set_interval(IDLE_SECONDS, lambda: self.changes.start(self._maintain, "tend"))
        self.others.show_notices()
        if self._welcomes:
            self.first_steps.begin()
        library = self.desk.library
        if not library.writable:
            self.desk.say(
                f"{library.path} is read-only. You can read, but changes will not be saved.",
                "warning",
            )

    async def _maintain(self) -> None:
        """Run the maintenance of the library's files that is due, outside the event loop and the writer."""
        try:
            await asyncio.to_thread(self.desk.library.maintenance.run_due)
        except LibraryError as error:
            self.desk.say(str(error), "error")
        self.post_message(Rested())

    # Session

    def _resume(self, left: Session) -> None:
        """Restore the list and the article of the session ``left``."""
        self.listing.order = ListOrder.named(left.order)
        if left.sections is not None:
            entries = self.sidebar.entries
            entries.set_rows(entries.rows.with_opened(left.sections))
        self._reopened_id = left.opened or None
        try:
            self.desk.library.search.parse(left.query)
        except QueryError:  # a saved search may have been removed
            self.listing.set_query("")
        else:
            self.listing.set_query(left.query, keep=left.row or None)

    def _reopen(self) -> None:
        """Open the article of the session once the list is shown."""
        article_id, self._reopened_id = self._reopened_id, None
        if self.desk.find_article(article_id) is not None and article_id:
            self.loader.open(article_id)

    @property
    def session(self) -> Session:
        """The current session, to be restored at the next start."""
        if self.listing.is_first:
            return self._left
        opened = self.in_view.opened_id if self.panes.current is Context.PAGE else None
        return Session(
            query=self.listing.query_before_typing,
            order=self.listing.order.name,
            row=self.articles.cursor_id or "",
            opened=opened or "",
            sections=tuple(sorted(self.sidebar.entries.rows.opened)),
        )

    # Layout and focus

    def _show_pane(self) -> None:
        """Show the current pane if others hide it, in one frame.

        A changed class on a widget rebuilds its styles; a changed class on the screen rebuilds all styles,
        which takes longer than drawing a page. Therefore a class is set only if something depends on it.
        """
        if not self.is_mounted:
            return
        pane = self.panes.current
        narrow, beside = self.has_class("-narrow"), self.panes.has_sidebar_beside
        in_page, in_sidebar = narrow and pane is Context.PAGE, pane is Context.SIDEBAR
        classes = (
            (self, "-beside", beside),
            (self, "-pane-sidebar", in_sidebar and not beside),
            (self.query_one("#page-column"), "-front", in_page),
            (self.articles, "-behind", in_page),
            (self.timeline, "-behind", in_page),
        )
        for widget, name, wanted in classes:
            if widget.has_class(name) is not wanted:
                self.frames.hold_once()
                widget.set_class(wanted, name)
        if narrow and not self.page.region:
            self.page.expect(self._page_alone())
        self.status.show_keys()

    def _show_article_in_front(self) -> None:
        """Show headline and source of the article in the first line, if its pane is the current one."""
        page = self.page.page if self.panes.current is Context.PAGE else None
        if not self.is_mounted:
            return
        article = page.article if page else None
        self.filter_line.show_article(article.title if article else "", article.source if article else "")

    def _page_alone(self) -> Size:
        """Return the size of the article view when it hides the list and the timeline above it."""
        panes = self.query_one("#panes").size
        return Size(self.size.width, panes.height + self.timeline.region.height)

    def on_resize(self) -> None:
        self.call_next(self._show_pane)  # after the screen has the classes for its new size

    @on(events.DescendantFocus)
    def _focus_moved(self, event: events.DescendantFocus) -> None:
        pane = next((key for key, widget in self.panes.widgets.items() if widget is event.widget), None)
        if pane is not self.panes.current:  # otherwise a key moved the focus, and more keys may have followed
            self.next_key.drop()
        if pane is not None:
            self._leave_typing()
            self.panes.show(pane)
            shown = self.in_view.shown_id
            if pane is Context.PAGE and shown is not None and self.in_view.opened_id is None:
                self.loader.open(shown)
        for keys in self._keys.values():
            keys.reset()
        self.key_panel.close()
        self.status.show_keys()

    def _leave_typing(self) -> None:
        """Save a note that is being typed and cancel other typing, because a pane was clicked."""
        self.filtering.leave()
        self.sidebar.close()
        self.find.leave_line()
        self.editor.finish()
        self.tag_question.cancel()

    # Keys and commands

    @property
    def context(self) -> Context:
        """The context whose keys are active."""
        return self.keys.current()

    def _footer(self) -> tuple[Command, ...]:
        """Return the commands that the footer shows now."""
        query, is_empty = self.listing.query_before_typing, not self.articles.ids
        return footer_in(query, self.context, self.key_map, is_empty=is_empty)

    def keys_changed(self) -> None:
        self._keys = sequences_of(self.key_map)
        self.status.show_keys()

    def on_key(self, event: events.Key) -> None:
        self._idle.reset()
        self.first_steps.end()
        self.counts.put_off()
        if self.next_key.is_wanted:
            event.stop()
            event.prevent_default()
            self.next_key.give(latin_of(event, self.key_map) or stroke(event.key, event.character))
            return
        typed = self.feed(self._keys[self.context], event)
        if typed is not None:
            self.status.show_typed(typed)

    def on_paste(self, event: events.Paste) -> None:
        """Offer to import a path that is pasted or dropped while nothing is being typed."""
        if not self.keys.is_typing and self.importing.pasted(event.text):
            event.stop()

    @on(KeyFooter.Invoked)
    def _footer_clicked(self, message: KeyFooter.Invoked) -> None:
        self.invoke(message.command)

    def invoke(self, command: Command, count: int | None = None) -> None:
        self.commands.run(command, count)

    def action_copy_text(self) -> None:
        """Copy the words that are selected with the keyboard or the mouse."""
        page, choice = self.page.page, self.page.selection.choice
        if page is None or choice is None:
            super().action_copy_text()
            return
        self.desk.app.copy_to_clipboard(page.document.text[slice(*choice.span)])
        self.desk.say("Sent to the terminal’s clipboard.")

    def show_change(self, words: str) -> None:
        self.count.show_change(words)

    def _can_stop_change(self) -> bool:
        """Return True if Esc would stop the running change."""
        return self.changes.writer.can_stop and not self.keys.is_typing

    # Messages of the widgets

    @on(ArticleList.Highlighted)
    def _cursor_moved(self, message: ArticleList.Highlighted) -> None:
        self.loader.follow_cursor(message)

    @on(ArticleList.Opened)
    def _article_opened(self, message: ArticleList.Opened) -> None:
        self.loader.open(message.article_id)

    @on(ArticleList.SelectionChanged)
    def _selection_changed(self) -> None:
        self.count.show()

    @on(ArticleView.Moved)
    def _page_moved(self, message: ArticleView.Moved) -> None:
        self.status.show_status()
        self.position.moved(message)

    @on(ArticleView.LinkClicked)
    def _link_clicked(self, message: ArticleView.LinkClicked) -> None:
        self.links.clicked(message)

    @on(ArticleView.PictureFailed)
    def _picture_failed(self, message: ArticleView.PictureFailed) -> None:
        self.pictures.failed(message)

    @on(ArticleView.ChoiceMoved)
    def _choice_moved(self) -> None:
        self.status.show()

    @on(FilterLine.Started)
    def _filter_entered(self) -> None:
        self.filtering.entered()

    @on(FilterLine.Edited)
    def _query_typed(self, message: FilterLine.Edited) -> None:
        self.filtering.edited(message)

    @on(FindLine.Edited)
    def _words_typed(self, message: FindLine.Edited) -> None:
        self.find.typed(message)

    @on(TermPicked)
    def _term_picked(self, message: TermPicked) -> None:
        self.counts.picked(message)

    @on(SidebarTree.Wanted)
    def _count_wanted(self) -> None:
        self.counts.count()

    @on(TimelineLine.Picked)
    def _bar_picked(self, message: TimelineLine.Picked) -> None:
        self.calendar.open(message.day)

    @on(NoteEditor.Typed)
    def _note_typed(self, message: NoteEditor.Typed) -> None:
        self.editing.typed(message)

    @on(NoteEditor.Finished)
    def _note_finished(self, message: NoteEditor.Finished) -> None:
        self.note_commands.finished(message)

    @on(TagPrompt.Answered)
    def _tags_answered(self, message: TagPrompt.Answered) -> None:
        self.tag_question.answered(message)
