"""Decides which pane's keys are active, and captures single keys such as the letter of a mark."""

from __future__ import annotations

from collections.abc import Callable

from tuireader.commands import CONTEXTS_APART, Context
from tuireader.events import Signal
from tuireader.filter_bar.line import FilterLine
from tuireader.reader.panes import Panes
from tuireader.reader.sidebar.sidebar import Sidebar
from tuireader.tags.prompt import TagPrompt
from tuireader.widgets.article_view.view import ArticleView
from tuireader.widgets.find_line import FindLine
from tuireader.widgets.note_editor import NoteEditor


class KeyContext:
    """Looks at what is open on the main screen."""

    def __init__(
        self,
        panes: Panes,
        page: ArticleView,
        editor: NoteEditor,
        tag_prompt: TagPrompt,
        find_line: FindLine,
        filter_line: FilterLine,
        sidebar: Sidebar,
    ) -> None:
        self._panes = panes
        self._page = page
        self._editor = editor
        self._tag_prompt = tag_prompt
        self._find_line = find_line
        self._filter_line = filter_line
        self._sidebar = sidebar

    def current(self) -> Context:
        """The context whose keys are active."""
        if self._editor.is_open:
            return Context.NOTE_EDITOR
        if self._tag_prompt.is_open:
            return Context.TAG_PROMPT
        if self._find_line.is_open:
            return Context.FIND_LINE
        if self._filter_line.editing:
            return Context.FILTER_LINE
        if self._sidebar.typing:
            return Context.SIDEBAR_LINE
        choosing = self._panes.current is Context.PAGE and self._page.selection.choice is not None
        return Context.CHOOSING if choosing else self._panes.current

    @property
    def is_typing(self) -> bool:
        """Whether keys are those of a line, an editor or a choice, not of the panes."""
        return self.current() in CONTEXTS_APART


class NextKey:
    """Gives the next keys to whoever asked for them, until ``drop``."""

    def __init__(self) -> None:
        self.prompt = ""
        """What the key is for; empty if keys are those of the commands."""
        self.changed: Signal[None] = Signal()
        self._take: Callable[[str], None] | None = None

    @property
    def is_wanted(self) -> bool:
        """Whether the next key is for something else than a command."""
        return self._take is not None

    def take(self, prompt: str, take: Callable[[str], None]) -> None:
        """Give the next keys to ``take``; ``prompt`` says what they are for."""
        self.prompt, self._take = f"{prompt} · Esc cancels", take
        self.changed.publish(None)

    def give(self, key: str) -> bool:
        """Give ``key`` to whoever wants it; false if nobody does."""
        if self._take is None:
            return False
        self._take(key)
        return True

    def drop(self) -> None:
        """Keys are those of the commands again."""
        self.prompt, self._take = "", None
        self.changed.publish(None)
