"""Copies citations to the clipboard, with or without a quote."""

from __future__ import annotations

import os
import shutil
from functools import partial

from library import Article
from library.exporting.citations import CitationFormat, cite
from tuireader.desk import Desk
from tuireader.terminal.clipboard import clipboard_command, fill_clipboard

FORMS = {
    CitationFormat.PLAIN: "Plain text",
    CitationFormat.MARKDOWN: "Markdown",
    CitationFormat.BIBTEX: "BibTeX",
    CitationFormat.APA: "APA",
}


class Citations:
    """Copies citations in the style that the user chose."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def form(self) -> CitationFormat | None:
        """The citation style; None until the user chooses one."""
        return self._desk.settings.now.citation

    def copy(self, article: Article, words: str, *, choose: bool) -> None:
        """Copy ``words`` of ``article`` with their citation.

        Ask for the style if none is set or ``choose`` is true.
        """
        if self.form is not None and not choose:
            self._copy(article, words, self.form)
            return
        from tuireader.dialogs.choice import ChoiceScreen

        forms = list(FORMS)
        menu = ChoiceScreen(
            "Citation style",
            tuple(FORMS.values()),
            forms.index(self.form) if self.form else 0,
        )
        self._desk.app.push_screen(menu, partial(self._form_chosen, article, words))

    def _form_chosen(self, article: Article, words: str, chosen: int | None) -> None:
        if chosen is None:
            return
        form = list(FORMS)[chosen]
        self._desk.settings.choose(citation=form)
        self._copy(article, words, form)

    def _copy(self, article: Article, words: str, form: CitationFormat) -> None:
        what = "the quote with its citation" if words else "the citation"
        text = cite(article, form, words)
        self._desk.app.copy_to_clipboard(text)

        def copy() -> bool:
            command = clipboard_command(os.environ, shutil.which)
            return command is not None and fill_clipboard(text, command)

        # A terminal does not report whether it accepted a text; a program does.
        self._desk.jobs.load("clipboard", copy, partial(self._copied, f"{what} ({FORMS[form]})"))

    def _copied(self, what: str, by_system: bool) -> None:
        self._desk.say(f"Copied {what}." if by_system else f"Sent to the terminal’s clipboard: {what}.")
