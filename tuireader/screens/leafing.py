"""To the notebook and back: it opens over the panes, and a passage that was opened in it leads back to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuireader.commands import Context
from tuireader.notebook import Entry, Section, View
from tuireader.screens.moving import Moving
from tuireader.views import TRASHED
from tuireader.widgets.note_editor import NoteEditor

if TYPE_CHECKING:
    from tuireader.screens.notebook import NotebookScreen
    from tuireader.screens.notebook_base import Departure


@dataclass(frozen=True, slots=True)
class _Way:
    """The way back to the notebook: what was looked at, the article opened there, the list before it."""

    view: View
    article_id: str
    query: str
    cursor_id: str | None


class Leafing(Moving):
    """The commands that lead to the notebook."""

    _notebook: NotebookScreen | None = None
    _view = View()
    _way: _Way | None = None

    def do_go_notes(self, count: int | None) -> None:
        self._open_notebook(View(section=Section.ALL, order=self._view.order))

    def do_go_bookmarks(self, count: int | None) -> None:
        self._open_notebook(View(section=Section.BOOKMARKS, order=self._view.order))

    def _open_notebook(self, view: View) -> None:
        from tuireader.screens.notebook import NotebookScreen

        if self._notebook is None:
            self._notebook = NotebookScreen(self, view)
            self.app.push_screen(self._notebook, self._notebook_left)

    def _notebook_left(self, departure: Departure | None) -> None:
        self._notebook = None
        if departure is None:
            return
        self._view = departure.view
        if departure.entry is not None:
            self._open_entry(departure.entry, departure.view)
            return
        if departure.command is not None:
            self.invoke(departure.command, departure.count)

    def _open_entry(self, entry: Entry, view: View) -> None:
        """Open the article at the passage; a list that does not have it becomes one that does."""
        article = self.desk.find_article(entry.article_id)
        if article is None:
            self.say("This article is no longer in the library.", "warning")
            return
        self._way = _Way(view, article.id, self.query_text, self.articles.cursor_id)
        if not self.articles.go_to(article.id):
            self.set_query(TRASHED if article.state.trashed else "", keep=article.id)
        annotation = entry.annotation
        if annotation is not None and annotation.orphan:
            self.say("Its words are no longer in the article; it stands below the text.")
        placed = annotation is not None and annotation.quote is not None and not annotation.orphan
        self.open_article(
            article.id, at=annotation.quote.start if placed and annotation and annotation.quote else None
        )

    def focus_pane(self, pane: Context) -> None:
        if pane is not Context.PAGE:
            self._way = None
        super().focus_pane(pane)

    def do_back(self, count: int | None) -> None:
        """One step back; out of an article that was opened from the notebook, to the notebook."""
        way = self._way
        here = self.pane is Context.PAGE and not self.has_class("-zen")
        if way is None or not here or self.opened_id != way.article_id:
            super().do_back(count)
            return
        self.focus_pane(Context.LIST)
        if self.query_text != way.query:
            self.set_query(way.query, keep=way.cursor_id)
        self._open_notebook(way.view)

    def open_editors(self) -> list[NoteEditor]:
        notebook = self._notebook.editor if self._notebook is not None else None
        return [*super().open_editors(), *([notebook] if notebook is not None and notebook.is_open else [])]
