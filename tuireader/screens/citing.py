"""Copying words with their citation."""

from __future__ import annotations

import os
import shutil
from functools import partial

from library import Article
from library.citing import CitationFormat, cite
from tuireader.clipboard import clipboard_command, fill_clipboard
from tuireader.commands import Context
from tuireader.screens.base import ReaderPanes
from tuireader.screens.messages import CitationChosen, CopyDone

FORMS = {
    CitationFormat.PLAIN: "Plain text",
    CitationFormat.MARKDOWN: "Markdown",
    CitationFormat.BIBTEX: "BibTeX",
    CitationFormat.APA: "APA",
}


class Citing(ReaderPanes):
    """The commands that cite what is in front of the person."""

    citation: CitationFormat | None = None
    """How citations are written; None until it has been chosen."""

    def do_copy_citation(self, count: int | None) -> None:
        self._cite_front(choose=False)

    def do_choose_citation(self, count: int | None) -> None:
        self._cite_front(choose=True)

    def _cite_front(self, *, choose: bool) -> None:
        article = self.desk.article_in_front()
        if article is not None:
            words = self._words_in_front() if self.pane is Context.PAGE else ""
            self.page.stop_choosing()
            self.copy_citation(article, words, choose=choose)

    def _words_in_front(self) -> str:
        """The words that are selected on the page, else those of the note, highlight or bookmark in front."""
        page, chosen = self.page.page, self.page.selected_range()
        if page is None:
            return ""
        if chosen:
            return page.document.text[slice(*chosen)]
        front = self.page.in_front(page.annotations)
        return front.quote.exact if front and front.quote else ""

    def copy_citation(self, article: Article, words: str, *, choose: bool) -> None:
        if self.citation is not None and not choose:
            self._copy(article, words, self.citation)
            return
        from tuireader.dialogs.choice import ChoiceScreen

        forms = list(FORMS)
        menu = ChoiceScreen(
            "How is it to be cited?",
            tuple(FORMS.values()),
            forms.index(self.citation) if self.citation else 0,
        )
        self.app.push_screen(menu, partial(self._form_chosen, article, words))

    def _form_chosen(self, article: Article, words: str, chosen: int | None) -> None:
        if chosen is None:
            return
        self.citation = list(FORMS)[chosen]
        self.post_message(CitationChosen(self.citation))
        self._copy(article, words, self.citation)

    def _copy(self, article: Article, words: str, form: CitationFormat) -> None:
        what = "the quote with its citation" if words else "the citation"
        text = cite(article, form, words)
        self.app.copy_to_clipboard(text)

        def copy() -> None:
            command = clipboard_command(os.environ, shutil.which)
            copied = command is not None and fill_clipboard(text, command)
            self.post_message(CopyDone(f"{what} ({FORMS[form]})", by_system=copied))

        self.jobs.in_thread(copy, "clipboard", exclusive=False)

    def on_copy_done(self, message: CopyDone) -> None:
        """A terminal does not say whether it took a text; a program does."""
        if message.by_system:
            self.say(f"Copied {message.what}.")
        else:
            self.say(f"Sent to the terminal's clipboard: {message.what}.")
