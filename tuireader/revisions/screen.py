"""The former texts of an article: what has changed since, word by word, or a former text by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from rich.cells import cell_len
from textual import events, getters, on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from library import Library, LibraryError
from library.text.counting import counted
from tuireader.commands import Command, Context, footer_for, reachable_in
from tuireader.jobs import Jobs
from tuireader.keys import Invoked, KeySequences, stroke
from tuireader.presentation import long_date, shown
from tuireader.revisions.changed_text import ChangedText, changed_text
from tuireader.widgets.article_view.page import Page
from tuireader.widgets.article_view.view import ArticleView
from tuireader.widgets.key_footer import KeyFooter


@dataclass
class TextsRead(Message):
    """The former text ``number`` has been compared with the present one, or cannot be."""

    number: int
    changed: ChangedText | None
    former: Page | None
    error: str = ""


class RevisionsScreen(ModalScreen[None]):
    """Compares the former texts of the article on ``page`` with the present one, the latest first."""

    DEFAULT_CSS = """
    RevisionsScreen {
        background: $background;
        & #revision-line { height: auto; padding: 0 1; color: $text-muted; background: $panel; }
        &.-tall #revision-line { margin-bottom: 1; }
        & ArticleView { height: 1fr; }
    }
    """

    _view = getters.query_one(ArticleView)
    _line = getters.query_one("#revision-line", Static)
    _footer = getters.query_one(KeyFooter)

    def __init__(self, library: Library, page: Page, measure: int) -> None:
        super().__init__()
        self.jobs = Jobs(self)
        self._library = library
        self._page = replace(page, annotations=(), marks=(), complete=True)
        self._count = len(page.article.revisions)
        self._number = self._count
        self._measure = measure
        self._texts: TextsRead | None = None
        self._is_whole = False
        self._told = ""
        self._keys = KeySequences(reachable_in(Context.REVISIONS))

    def compose(self) -> ComposeResult:
        yield Static(id="revision-line", markup=False)
        yield ArticleView()
        yield KeyFooter()

    def on_mount(self) -> None:
        self._view.measure = self._measure
        others = ("former-text", "later-text") if self._count == 1 else ()
        self._footer.show_commands([one for one in footer_for(Context.REVISIONS) if one.id not in others])
        self._compare()

    def _compare(self) -> None:
        """Compare the texts in a worker; long ones take a while."""
        self._tell("comparing …")
        number, page, library = self._number, self._page, self._library

        def compare() -> None:
            try:
                difference = library.articles.difference(page.article.id, number)
                changed = changed_text(difference, page.document)
                former = replace(page, document=library.articles.document(page.article.id, revision=number))
            except LibraryError as error:
                self.post_message(TextsRead(number, None, None, str(error)))
            else:
                self.post_message(TextsRead(number, changed, former))

        self.jobs.in_thread(compare, "compare")

    @on(TextsRead)
    def _show_texts(self, message: TextsRead) -> None:
        if message.number == self._number:
            self._texts = message
            self._show()

    def _show(self) -> None:
        texts = self._texts
        if texts is None:
            return
        if texts.changed is None or texts.former is None:
            self._view.clear()
            self._tell(texts.error)
            return
        if self._is_whole:
            self._view.show(texts.former)
            self._tell("as it was")
            return
        changed = texts.changed
        self._view.show(replace(self._page, document=changed.document, marks=changed.marks))
        amount = len(changed.changes)
        self._tell(f"{counted(amount, 'change')} since" if amount else "no word changed")

    def _tell(self, what: str) -> None:
        revision = self._page.article.revisions[self._count - self._number]
        which = f"Former text {self._number} of {self._count}" if self._count > 1 else "Former text"
        replaced = f"replaced on {long_date(revision.replaced)}"
        self._told = what
        line = f"{which} · {replaced} · {what}"
        if cell_len(line) > self.size.width - 2:
            line = f"{which} · {replaced}\n{what}"
        self._line.update(Content(shown(line)))

    def on_resize(self) -> None:
        self._tell(self._told)

    # Keys

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        result = self._keys.feed(stroke(event.key, event.character))
        if isinstance(result, Invoked) and self.is_current:
            self._invoke(result.command, result.count or 1)

    @on(KeyFooter.Invoked)
    def _footer_clicked(self, message: KeyFooter.Invoked) -> None:
        self._invoke(message.command, 1)

    def _invoke(self, command: Command, count: int) -> None:
        view = self._view
        actions: dict[str, Callable[[int], Any]] = {
            "move-down": view.action_line_down,
            "move-up": view.action_line_up,
            "half-page-down": view.action_half_page_down,
            "half-page-up": view.action_half_page_up,
            "page-down": view.action_page_down,
            "page-up": view.action_page_up,
            "move-first": lambda _: view.action_home(),
            "move-last": lambda _: view.action_end(),
            "read-on": view.action_page_down,
            "next-change": lambda count: self._step_change(count),
            "previous-change": lambda count: self._step_change(-count),
            "former-text": lambda count: self._step_text(-count),
            "later-text": lambda count: self._step_text(count),
            "whole-text": lambda _: self._toggle_whole(),
            "leave-revisions": lambda _: self.dismiss(None),
        }
        actions[command.id](count)

    def _step_change(self, count: int) -> None:
        if self._texts and self._texts.changed and not self._is_whole:
            view = self._view
            view.step(self._texts.changed.changes, count)

    def _step_text(self, step: int) -> None:
        number = min(max(1, self._number + step), self._count)
        if number == self._number:
            self.notify("This is the first text." if step < 0 else "What came after it is the present text.")
            return
        self._number, self._texts = number, None
        self._compare()

    def _toggle_whole(self) -> None:
        self._is_whole = not self._is_whole
        self._show()
