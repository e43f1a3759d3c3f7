"""The status bar: the keys of the current pane, and the reading progress."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.widget import Widget

from library.text.amounts import counted
from library.text.document import Document
from library.text.text_facts import count_words
from library.text.units import Span
from tuireader.commands import Command, Context
from tuireader.presentation import time_left
from tuireader.reader.front import InView
from tuireader.reader.keys import NextKey
from tuireader.reader.panes import Panes
from tuireader.widgets.article_view.view import ArticleView
from tuireader.widgets.key_footer import KeyFooter


class StatusBar:
    """The keys and the reading progress in the footer of the main screen."""

    def __init__(
        self,
        footer: KeyFooter,
        screen: Widget,
        page: ArticleView,
        panes: Panes,
        in_view: InView,
        next_key: NextKey,
        commands: Callable[[], Sequence[Command]],
    ) -> None:
        self.footer = footer
        self._screen = screen
        self._page = page
        self._panes = panes
        self._in_view = in_view
        self._next_key = next_key
        self._commands = commands
        self._counted: tuple[Document, Span, int] | None = None
        self.matches: Callable[[], str] = str
        """Function that returns the number of matches in the article and the current one, in words."""
        panes.changed.subscribe(lambda _: self.show_status())
        next_key.changed.subscribe(lambda _: self.show())

    def show(self) -> None:
        """Update keys and status."""
        self.show_keys()
        self.show_status()

    def show_keys(self) -> None:
        """Show the active keys; there are none while the next key is captured."""
        if self._screen.is_mounted:
            self.footer.show_commands(() if self._next_key.is_wanted else self._commands())

    def show_typed(self, typed: str) -> None:
        """Show the keys typed so far of an incomplete command."""
        if typed:
            self.footer.status = typed
        else:
            self.show_status()

    def show_status(self) -> None:
        """Show the reading progress and the matches of the article, if it is visible."""
        if not self._screen.is_mounted:
            return
        hidden = self._screen.has_class("-narrow") and self._panes.current is not Context.PAGE
        visible = self._in_view.shown_id is not None and not hidden and self._page.container_size.height > 0
        if self._next_key.is_wanted:
            self.footer.status = self._next_key.prompt
        else:
            self.footer.status = (self._chosen_words() or self._share()) if visible else ""

    def _share(self) -> str:
        page, share = self._page.page, self._page.share
        left = time_left(page.article, share) if page else ""
        has_text = page is not None and bool(page.document.text.strip())
        parts = (self.matches(), f"{share * 100:.0f} %", left) if has_text else (self.matches(),)
        return " · ".join(part for part in parts if part)

    def _chosen_words(self) -> str:
        """Return the number of words selected by keyboard; empty without a keyboard selection."""
        choice, page = self._page.selection.choice, self._page.page
        if choice is None or page is None:
            return ""
        if not choice.extending:
            return "moving"
        return counted(self._count(page.document, choice.span), "word")

    def _count(self, document: Document, span: Span) -> int:
        """Return the number of words in ``span``, cached because it may be a whole long text."""
        before = self._counted
        if before is None or before[0] is not document or before[1] != span:
            self._counted = before = (document, span, count_words(document.text[slice(*span)]))
        return before[2]
