"""The screen of revisions: changes word by word, or a revision alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from library import Library
from tuireader.commands import Context
from tuireader.commands.binding import Bound, CommandTable, once, times
from tuireader.jobs.changes import messages_of
from tuireader.jobs.jobs import Jobs
from tuireader.keys import Invoked, KeySequences, key_map_of, latin_of, stroke
from tuireader.presentation import shown
from tuireader.revisions.comparison import Comparison
from tuireader.widgets.article_view.page import Page
from tuireader.widgets.article_view.view import ArticleView
from tuireader.widgets.key_footer import KeyFooter
from tuireader.widgets.key_panel import KeyPanel, hints_of


class RevisionsScreen(ModalScreen[None]):
    """Compares the revisions of the article on ``page`` with the current text, beginning with the latest."""

    DEFAULT_CSS = """
    RevisionsScreen {
        background: $background;
        & #revision-line { height: auto; padding: 0 1; color: $text-muted; background: $panel; }
        &.-tall #revision-line { margin-bottom: 1; }
        & ArticleView { height: 1fr; }
    }
    """

    def __init__(self, library: Library, page: Page, measure: int) -> None:
        super().__init__()
        self.jobs = Jobs(self)
        self.line = Static(id="revision-line", markup=False)
        self.view = ArticleView()
        self.footer = KeyFooter()
        self.key_panel = KeyPanel(self)
        self._measure = measure
        self._keys = KeySequences(key_map_of(self.app).reachable_in(Context.REVISIONS))
        self.comparison = Comparison(library, self.jobs, page, self.view, messages_of(self.app))
        self.comparison.changed.subscribe(lambda _: self._show_line())
        self.commands = CommandTable()
        self.commands.add(self.comparison, _PageCommands(self.view, lambda: self.dismiss(None)))

    def compose(self) -> ComposeResult:
        yield self.line
        yield self.view
        yield self.footer

    def on_mount(self) -> None:
        self.view.measure = self._measure
        others = ("previous-revision", "next-revision") if self.comparison.count == 1 else ()
        self.footer.show_commands(
            [one for one in key_map_of(self.app).footer_for(Context.REVISIONS) if one.id not in others]
        )
        self.comparison.compare()

    def on_resize(self) -> None:
        self._show_line()

    def _show_line(self) -> None:
        title, status = self.comparison.title, self.comparison.status
        line = f"{title} · {status}"
        if cell_len(line) > self.size.width - 2:
            line = f"{title}\n{status}"
        self.line.update(Content(shown(line)))

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        result = self._keys.feed(stroke(event.key, event.character), latin_of(event, key_map_of(self.app)))
        self.key_panel.expect(hints_of(self._keys))
        if isinstance(result, Invoked) and self.is_current:
            self.commands.run(result.command, result.count)

    @on(KeyFooter.Invoked)
    def _footer_clicked(self, message: KeyFooter.Invoked) -> None:
        self.commands.run(message.command)


class _PageCommands:
    """Commands that move in the text, and leave it."""

    def __init__(self, view: ArticleView, leave: Callable[[], object]) -> None:
        self._view = view
        self._leave = leave

    def commands(self) -> Iterable[Bound]:
        view = self._view
        yield times("move-down", view.moves.line_down)
        yield times("move-up", view.moves.line_up)
        yield times("half-page-down", view.moves.half_page_down)
        yield times("half-page-up", view.moves.half_page_up)
        yield times("page-down", view.moves.page_down)
        yield times("page-up", view.moves.page_up)
        yield once("move-first", view.moves.home)
        yield once("move-last", view.moves.end)
        yield times("read-on", view.moves.page_down)
        yield once("leave-revisions", self._leave)
