"""Decides which pane's keys are active, and captures single keys such as the letter of a mark."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tuireader.commands import CONTEXTS_APART, Context
from tuireader.events import Signal
from tuireader.filter_bar.line import FilterLine
from tuireader.reader.panes import Panes
from tuireader.reader.sidebar.sidebar import Sidebar
from tuireader.tags.prompt import TagPrompt
from tuireader.widgets.article_view.view import ArticleView
from tuireader.widgets.find_line import FindLine
from tuireader.widgets.key_panel import NextKeyHint
from tuireader.widgets.note_editor import NoteEditor


class KeyContext:
    """The context whose keys are active, according to what is open on the main screen."""

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
        """Return the context whose keys are active."""
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
        """True if a line, an editor or a word selection receives the keys instead of the panes."""
        return self.current() in CONTEXTS_APART


class NextKey:
    """A capture of the next keys by a function, until ``drop``."""

    def __init__(self) -> None:
        self.prompt = ""
        """Text that explains the next key; empty if keys invoke commands."""
        self.hints: Sequence[NextKeyHint] = ()
        """The keys that mean something, with their effects, if they are shown in the panel."""
        self.changed: Signal[None] = Signal()
        self._take: Callable[[str], None] | None = None

    @property
    def is_wanted(self) -> bool:
        """True if the next key is captured and does not invoke a command."""
        return self._take is not None

    def take(self, prompt: str, take: Callable[[str], None], hints: Sequence[NextKeyHint] = ()) -> None:
        """Call ``take`` with the next keys; ``prompt`` explains them, and ``hints`` lists some."""
        self.prompt, self._take, self.hints = f"{prompt} · Esc cancels", take, hints
        self.changed.publish(None)

    def give(self, key: str) -> bool:
        """Pass ``key`` to the capturing function. Return False if there is none."""
        if self._take is None:
            return False
        self._take(key)
        return True

    def drop(self) -> None:
        """End the capture: keys invoke commands again."""
        self.prompt, self._take, self.hints = "", None, ()
        self.changed.publish(None)
