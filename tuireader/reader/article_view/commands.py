"""Commands of the article view: moving, column width, typesetting, selecting words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from library.text.layout import Setting
from library.text.layout.line_breaking import hyphenator
from tuireader.commands.binding import Bound, back, once, times
from tuireader.desk import Desk
from tuireader.reader.front import InView
from tuireader.widgets.article_view.view import ArticleView


class PageCommands:
    """The commands that move in the article and change the width of its column."""

    def __init__(self, desk: Desk, page: ArticleView) -> None:
        self._desk = desk
        self._page = page
        desk.settings.changed.subscribe(self._settings_changed)

    def commands(self) -> Iterable[Bound]:
        page = self._page
        yield times("next-paragraph", page.moves.next_paragraph)
        yield times("previous-paragraph", page.moves.previous_paragraph)
        yield times("next-heading", page.moves.next_heading)
        yield times("previous-heading", page.moves.previous_heading)
        yield once("wider", lambda: self._set_width(page.widen))
        yield once("narrower", lambda: self._set_width(page.narrow))

    def _set_width(self, change: Callable[[], None]) -> None:
        change()
        self._desk.settings.choose(measure=self._page.measure)

    def _settings_changed(self, names: frozenset[str]) -> None:
        if "measure" in names:
            self._page.measure = self._desk.settings.now.measure


class ChoosingCommands:
    """The commands that select words by keyboard."""

    def __init__(self, desk: Desk, page: ArticleView) -> None:
        self._desk = desk
        self._page = page

    def commands(self) -> Iterable[Bound]:
        page = self._page
        yield once("choose-words", self.start)
        yield times("choose-next-word", page.selection.by_words)
        yield back("choose-previous-word", page.selection.by_words)
        yield times("choose-next-sentence", page.selection.by_sentences)
        yield back("choose-previous-sentence", page.selection.by_sentences)
        yield times("choose-next-paragraph", page.selection.by_paragraphs)
        yield back("choose-previous-paragraph", page.selection.by_paragraphs)
        yield times("choose-line-down", page.selection.by_lines)
        yield back("choose-line-up", page.selection.by_lines)
        yield once("choose-other-end", page.selection.swap_ends)
        yield once("choose-from-here", page.selection.from_here)
        yield once("leave-choosing", page.selection.stop)

    def start(self) -> None:
        """Start selecting words."""
        if not self._page.selection.start():
            self._desk.say("No text to select.")


class Typesetting:
    """The user's choices for the typesetting of articles."""

    def __init__(self, desk: Desk, in_view: InView) -> None:
        self._settings = desk.settings
        self._in_view = in_view
        desk.settings.changed.subscribe(self._settings_changed)

    def commands(self) -> Iterable[Bound]:
        yield once("justify", self.justify)
        yield once("hyphenate", self.hyphenate)

    def of(self, language: str) -> Setting:
        """Return the typesetting of an article in ``language``."""
        chosen = self._settings.now
        return Setting(
            justified=chosen.justified,
            hyphenator=hyphenator(language) if chosen.hyphenated else None,
            wide_tables=True,
        )

    def justify(self) -> None:
        """Switch justification on or off."""
        self._settings.choose(justified=not self._settings.now.justified)

    def hyphenate(self) -> None:
        """Switch hyphenation on or off."""
        self._settings.choose(hyphenated=not self._settings.now.hyphenated)

    def _settings_changed(self, names: frozenset[str]) -> None:
        if names & {"justified", "hyphenated"}:
            self._in_view.refresh()
