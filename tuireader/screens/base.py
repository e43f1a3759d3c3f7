"""What every part of the main screen shares: its panes, and what they ask of each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import App
from textual.reactive import reactive

from library import Annotation, Article, Library, Passage
from library.query import Query
from tuireader.arrangement import Arrangement
from tuireader.changes import Changes, messages_of
from tuireader.commands import Context
from tuireader.desk import Desk
from tuireader.events import Changed, Events, What
from tuireader.filter_bar.completion import QueryCompletion
from tuireader.notes.editing import NoteEditing
from tuireader.pictures import Picture
from tuireader.screens.command_screen import CommandScreen
from tuireader.tags.question import TagQuestion
from tuireader.undo import UndoCommands
from tuireader.widgets.article_list import ArticleList
from tuireader.widgets.article_view import ArticleView
from tuireader.widgets.filter_line import FilterLine
from tuireader.widgets.find_line import FindLine
from tuireader.widgets.key_footer import KeyFooter
from tuireader.widgets.note_editor import NoteEditor
from tuireader.widgets.sidebar import Sidebar
from tuireader.widgets.tag_prompt import TagPrompt
from tuireader.writer import Writer


@dataclass(frozen=True, slots=True)
class KeyTaker:
    """``take`` gets the keys that are pressed; ``prompt`` says what they are for."""

    prompt: str
    take: Callable[[str], None]


class ReaderPanes(CommandScreen[None]):
    """The panes and the state of the main screen."""

    completion: QueryCompletion

    pane: reactive[Context] = reactive(Context.LIST)
    """The pane that has, or last had, the focus."""

    def __init__(self, app: App[Any], library: Library, writer: Writer) -> None:
        say = messages_of(app)
        super().__init__(Changes(writer, app, say))
        self.library = library
        self.say = say
        self.desk = Desk(library, app, self.jobs, self.changes, self, say, Events())
        self.filter_line = FilterLine()
        self.sidebar = Sidebar(id="sidebar")
        self.places = self.sidebar.places
        self.articles = ArticleList(
            lookup=self.desk.find_article,
            is_unread=library.articles.is_unread,
            note_count=library.annotations.note_count,
            today=library.calendar.today,
            id="list",
        )
        self.page = ArticleView(id="page")
        self.editor = NoteEditor(id="note-editor")
        self.tag_prompt = TagPrompt(id="tag-prompt")
        self.find_line = FindLine(id="find-line")
        self.footer = KeyFooter(id="footer")
        self.editing = NoteEditing(self.editor, self.keep_draft, self.changes, say, app)
        self.tag_question = TagQuestion(self.tag_prompt, self.changes, lambda: self.focus_pane(self.pane))
        self.commands.add(self.editing, self.tag_question, UndoCommands(self.desk))
        self.desk.events.library_changed.subscribe(self._library_changed)
        self.query_text = ""
        self.listed = Query()
        """What is listed: the query as it is understood, in the order of the list."""
        self.arrangement = Arrangement()
        self.shown_id: str | None = None
        """The article on the page."""
        self.opened_id: str | None = None
        """The article that is being read; None while the page only follows the list's cursor."""
        self.key_taker: KeyTaker | None = None
        """What takes the next key in place of the commands, such as the letter of a mark."""
        self.unsearched = 0
        """So many texts the query has not looked at, because they are not indexed yet."""
        self.indexing = ""
        """How far the indexing of texts is, and how long it will take; empty where none is under way."""
        self.changing = ""
        """How far a change of many articles is; empty where none is under way that takes long."""
        self._told_notices: set[str] = set()

    def _library_changed(self, changed: Changed) -> None:
        """Show what has changed."""
        if changed.annotation is not None:
            self.page.point_at(changed.annotation)
        if changed.ids is None:
            self.articles.redraw()
        else:
            self.articles.refresh_rows(changed.ids)
        if changed.what & (What.MARKS | What.TAGS | What.ARTICLES):
            self.refresh_list(keep=changed.keep)
        if changed.what is What.SEARCHES:
            self.count_places()
        elif changed.what is not What.OPENED or self.library.searches.all():
            # Of what is counted, only a saved search may ask when an article that was read was opened.
            self.refresh_places()
        if changed.what & ~(What.OPENED | What.READ | What.SEARCHES):
            self.refresh_page()

    def count_places(self) -> None:
        """Count what the places pane shows now."""
        raise NotImplementedError

    async def keep_draft(self, key: str, text: str) -> bool:
        """Put a draft on the disk; whether it is there. That it is not is told once, not at every key."""
        raise NotImplementedError

    @on(NoteEditor.Typed)
    def _note_typed(self, message: NoteEditor.Typed) -> None:
        self.editing.typed(message)

    @on(TagPrompt.Answered)
    def _tags_answered(self, message: TagPrompt.Answered) -> None:
        self.tag_question.answered(message)

    def tell_notices(self) -> None:
        """Tell what became known of the library's files, each thing once."""
        for notice in self.library.maintenance.notices:
            if notice not in self._told_notices:
                self._told_notices.add(notice)
                self.say(notice, "warning")

    def article_ids(self) -> list[str]:
        """The articles that a command is about: the selected ones, else the one in front of the person."""
        found, selected = self.articles.folding.found, self.articles.selected
        if self.pane is Context.LIST and selected:
            if len(selected) == len(found):
                return list(found)
            return [key for key in found if key in selected]
        key = self.article_id()
        return [key] if key else []

    def article_id(self) -> str | None:
        """The article in front of the person: the one on the page that is read, else that of the cursor."""
        return self.shown_id if self.pane is Context.PAGE else self.articles.cursor_id

    def focus_pane(self, pane: Context) -> None:
        """Give the focus to a pane."""
        widget = {Context.LIST: self.articles, Context.PAGE: self.page, Context.PLACES: self.places}[pane]
        if pane is not Context.PAGE:
            self.remove_class("-zen")
        self.pane = pane
        self.set_focus(widget)  # at once, so that keys typed ahead go where they were meant

    def take_keys(self, prompt: str, take: Callable[[str], None]) -> None:
        """Give the next keys to ``take`` in place of the commands, until ``drop_key_taker``."""
        self.key_taker = KeyTaker(f"{prompt} · Esc leaves", take)
        self.show_keys()
        self.show_share()

    def drop_key_taker(self) -> None:
        """Keys are those of the commands again."""
        self.key_taker = None
        self.page.show_hints({})
        self.show_keys()
        self.show_share()

    # What the parts of the screen ask of each other

    @property
    def typing(self) -> bool:
        """Whether keys are those of a line, an editor or a choice, not of the panes."""
        raise NotImplementedError

    def refresh_list(self, *, keep: str | None = None) -> None:
        """Carry out the query again and show what it finds."""
        raise NotImplementedError

    def refresh_places(self) -> None:
        """Count again what the places pane shows."""
        raise NotImplementedError

    def refresh_page(self) -> None:
        """Show the article on the page afresh, at the same words."""
        raise NotImplementedError

    def pictures_of(self, article: Article) -> Mapping[str, Picture]:
        """The pictures of an article that are to be shown, by their path."""
        raise NotImplementedError

    def look_for_relatives(self, article_id: str) -> None:
        """Find what belongs to the article on the page, to be shown below it."""
        raise NotImplementedError

    def below_page(self, article: Article) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What stands below the page of ``article``: headings, each with its lines."""
        raise NotImplementedError

    def look_at(self, article_id: str) -> None:
        """Bring an article to the page without opening it."""
        raise NotImplementedError

    def bookmark_passage(self) -> None:
        """Set or remove a bookmark on the words in front."""
        raise NotImplementedError

    def passage(self) -> Passage | None:
        """The selected words of the page, else those of the paragraph in front; None where there are none."""
        raise NotImplementedError

    def show_keys(self) -> None:
        """Show the keys that hold now."""
        raise NotImplementedError

    def chosen_words(self) -> str:
        """How many words are being chosen; empty where none are."""
        raise NotImplementedError

    def show_share(self) -> None:
        """Tell how far the page has been read, and what is found in it."""
        raise NotImplementedError

    def record_jump(self) -> None:
        """Keep the place in the article that is being read, to come back to it."""
        raise NotImplementedError

    def end_find(self) -> bool:
        """Give up the words that were looked for in the article; false where there were none."""
        raise NotImplementedError

    def go_to_place(self, offset: int) -> None:
        """Put the words at ``offset`` on top, or for 0 the headline."""
        self.page.go_to(offset) if offset else self.page.action_home()

    def set_query(self, query: str, *, keep: str | None = None) -> None:
        """Make ``query`` the active one; the cursor of the list comes to the article ``keep``."""
        raise NotImplementedError

    def open_article(self, article_id: str, *, at: int | None = None) -> None:
        """Read an article, at the character ``at`` of its text or (None) where it was left."""
        raise NotImplementedError

    def text_to_edit(self, annotation: Annotation) -> str:
        """The text of an annotation that is going to be changed: its draft where one was kept."""
        raise NotImplementedError

    async def keep_note(self, key: str, text: str) -> None:
        """Write a note that was edited, and take its draft away."""
        raise NotImplementedError

    def open_editors(self) -> list[NoteEditor]:
        """The editors with a note in them."""
        return [self.editor] if self.editor.is_open else []

    def copy_citation(self, article: Article, words: str, *, choose: bool) -> None:
        """Copy ``words`` of ``article`` with their citation; how, is asked where ``choose`` or not known."""
        raise NotImplementedError
