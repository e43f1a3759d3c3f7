"""Choosing words of the article by keys."""

from __future__ import annotations

from collections.abc import Iterable

from tuireader.commands.binding import Bound, back, once, times
from tuireader.desk import Desk
from tuireader.widgets.article_view.view import ArticleView


class ChoosingCommands:
    """Moves the ends of what is chosen."""

    def __init__(self, desk: Desk, page: ArticleView) -> None:
        self._desk = desk
        self._page = page

    def commands(self) -> Iterable[Bound]:
        page = self._page
        yield once("choose-words", self.start)
        yield times("choose-next-word", page.choose_words)
        yield back("choose-previous-word", page.choose_words)
        yield times("choose-next-sentence", page.choose_sentences)
        yield back("choose-previous-sentence", page.choose_sentences)
        yield times("choose-next-paragraph", page.choose_paragraphs)
        yield back("choose-previous-paragraph", page.choose_paragraphs)
        yield times("choose-line-down", page.choose_lines)
        yield back("choose-line-up", page.choose_lines)
        yield once("choose-other-end", page.choose_other_end)
        yield once("choose-from-here", page.choose_from_here)
        yield once("leave-choosing", page.stop_choosing)

    def start(self) -> None:
        """Begin to choose words."""
        if not self._page.start_choosing():
            self._desk.say("No text to select.")
