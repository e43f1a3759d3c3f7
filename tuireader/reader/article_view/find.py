"""Finds words in the article: those of the list's query, or those typed after ``/``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from textual.dom import DOMNode

from library.search.word_patterns import word_patterns
from library.text.amounts import counted
from library.text.document import Document
from library.text.find_words import FoldedText, Place, typed_pattern
from tuireader.commands import Context
from tuireader.commands.binding import Bound, back, once, times
from tuireader.desk import Desk
from tuireader.reader.article_list.listing import Listing
from tuireader.reader.article_view.jumps import Jumps
from tuireader.reader.front import InView
from tuireader.reader.panes import Panes
from tuireader.reader.status_bar import StatusBar
from tuireader.widgets.article_list.view import ArticleList
from tuireader.widgets.article_view.page import Mark, Page
from tuireader.widgets.article_view.view import ArticleView
from tuireader.widgets.find_line import FindLine


def _marks_of(matches: Iterable[Place]) -> tuple[Mark, ...]:
    return tuple(Mark(start, end, "match") for start, end in matches)


class FindInArticle:
    """The search for words in the article that is shown, and the steps through its matches."""

    def __init__(
        self,
        desk: Desk,
        screen: DOMNode,
        page: ArticleView,
        find_line: FindLine,
        articles: ArticleList,
        panes: Panes,
        in_view: InView,
        jumps: Jumps,
        listing: Listing,
        status: StatusBar,
    ) -> None:
        self._desk = desk
        self._screen = screen
        self._page = page
        self._find_line = find_line
        self._articles = articles
        self._panes = panes
        self._in_view = in_view
        self._jumps = jumps
        self._listing = listing
        self._status = status
        self._listed_words: tuple[re.Pattern[str], ...] = ()
        """Words of the list's query that were marked last."""
        listing.shown.subscribe(lambda _: self._mark_words_of_list())
        status.matches = lambda: "" if find_line.is_open else self.match_count
        self._typed = self._answered = ""
        self._matches: tuple[Mark, ...] = ()
        self._match: int | None = None
        """Index of the current match, the last one that was visited."""
        self._folded: tuple[Document, FoldedText] | None = None
        self._before_find: tuple[int, str] | None = None
        """Reading position and words to restore if typing is cancelled; None if nothing is being typed."""

    def commands(self) -> Iterable[Bound]:
        yield once("find", self.find)
        yield once("finish-find", self.finish)
        yield once("dismiss-find", self.cancel)
        yield times("next-match", self._step_match)
        yield back("previous-match", self._step_match)
        yield once("next-found", lambda: self._step_match(1))
        yield once("previous-found", lambda: self._step_match(-1))

    # Search words

    def matches_in(self, document: Document) -> tuple[Mark, ...]:
        """Return the matches of the search words in ``document``. Takes some time for a long text."""
        patterns = self._patterns()
        if not patterns:
            return ()
        if self._folded is None or self._folded[0] is not document:
            self._folded = document, FoldedText(document.text)
        return _marks_of(self._folded[1].places(patterns))

    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        if self._typed.strip():
            pattern = typed_pattern(self._typed)
            return (pattern,) if pattern else ()
        return word_patterns(self._listing.state.listed)

    def take_matches(self, page: Page, *, renewed: bool) -> Page:
        """Step through the marks of ``page`` from now on; if ``renewed``, keep the current match.

        Return the page with its current match marked.
        """
        current = self._matches[self._match] if renewed and self._match is not None else None
        self._matches = page.marks
        self._match = page.marks.index(current) if current in page.marks else None
        return replace(page, marks=self._marks())

    def _marks(self) -> tuple[Mark, ...]:
        """Return the matches, with a style of its own for the current one."""
        at = self._match
        if at is None:
            return self._matches
        current = replace(self._matches[at], name="current-match")
        return (*self._matches[:at], current, *self._matches[at + 1 :])

    def forget(self) -> None:
        """Drop the typed words and the matches, because another article is shown."""
        self._desk.jobs.drop("find")
        self._typed, self._before_find = "", None
        self._matches, self._match = (), None
        self._find_line.close()
        self._screen.remove_class("-found")

    def _mark_words_of_list(self) -> None:
        """Mark the words of the list's query in the article, if they have changed."""
        words = word_patterns(self._listing.state.listed)
        if words != self._listed_words:
            self._listed_words = words
            if not self._typed.strip():
                self._seek()

    # Search line

    def find(self) -> None:
        if self._page.page is None:
            return
        self._jumps.record()
        self._before_find = self._page.reading_offset, self._typed
        self._panes.show(Context.PAGE)
        self._find_line.open()

    def typed(self, message: FindLine.Edited) -> None:
        """Find the words that were typed in the line."""
        if self._before_find is not None:
            self._typed = message.words
            self._seek()

    def _seek(self) -> None:
        """Find the words in a worker."""
        page, typed = self._page.page, self._typed
        if page is None:
            return

        def show(matches: tuple[Mark, ...]) -> None:
            if typed == self._typed:
                self._show_matches(typed, matches)

        self._desk.jobs.load("find", lambda: self.matches_in(page.document), show)

    def _show_matches(self, words: str, matches: tuple[Mark, ...]) -> None:
        self._matches, self._match, self._answered = matches, None, words
        begin = self._before_find[0] if self._before_find else self._page.reading_offset
        if self._matches and self._typed.strip():
            following = (index for index, match in enumerate(self._matches) if match.start >= begin)
            self._match = next(following, 0)
        self._mark_matches()
        if self._match is None and self._before_find is not None:
            self._back_to_before()
        self._say_none()

    def _say_none(self) -> None:
        """Report that there are no matches, once that is known and typing has ended."""
        words = self._typed.strip()
        if words and words == self._answered.strip() and not self._matches and not self._find_line.is_open:
            self._desk.say(f"No matches for “{words}” in this article.")

    def _mark_matches(self) -> None:
        """Draw the marks, bring the current match into view, and show its number."""
        page = self._page.page
        if page is None:
            return
        self._page.update(replace(page, marks=self._marks()))
        if self._match is not None:
            match = self._matches[self._match]
            self._page.bring_into_view(match.start, match.end)
        self._find_line.show_count(self.match_count or ("not found" if self._typed.strip() else ""))
        self._show_match()

    @property
    def match_count(self) -> str:
        """Number of the current match and of all matches, "3 of 17"; empty if there are none."""
        total = len(self._matches)
        if self._match is not None:
            return f"{self._match + 1:,} of {total:,}"
        return f"{counted(total, 'match', 'matches')}" if total else ""

    def finish(self) -> None:
        self._finish_line()
        self._say_none()

    def cancel(self) -> None:
        if self._before_find is not None:
            self._typed = self._before_find[1]
            self._back_to_before()
        self._finish_line()
        self._seek_quietly()

    def _finish_line(self) -> None:
        self.leave_line()
        self._panes.focus(Context.PAGE)

    def leave_line(self) -> None:
        """End typing and keep the matches."""
        if self._before_find is not None:
            self._before_find = None
            self._find_line.close()
            self._show_match()

    def _show_match(self) -> None:
        """Show the number of the current match in the status bar, which zen shows for this purpose."""
        self._screen.set_class(self._match is not None and not self._find_line.is_open, "-found")
        self._status.show_status()

    def _back_to_before(self) -> None:
        assert self._before_find is not None
        offset = self._before_find[0]
        self._page.go_to(offset) if offset else self._page.moves.home()

    def _seek_quietly(self) -> None:
        """Mark the current search words again, without a current match."""
        page = self._page.page
        if page is not None:
            self._matches, self._match = (), None
            self._mark_matches()
            self._in_view.refresh()

    def end(self) -> bool:
        """End the search for typed words. Return False if there were none."""
        if not self._typed.strip():
            return False
        self._typed = ""
        self._seek_quietly()
        return True

    # Stepping

    def _step_match(self, step: int) -> None:
        if self._panes.current is Context.LIST:
            self._step_row(step)
            return
        total = len(self._matches)
        if not total:
            looking = self._typed.strip() or self._patterns()
            self._desk.say(
                "No matches in this article." if looking else "No search words; / finds in the article."
            )
            return
        if not self._find_line.is_open:
            self._jumps.record()
        wanted = self._step_from(step)
        if not 0 <= wanted < total:
            end = "beginning" if step > 0 else "end"  # the message covers the number in the status bar
            self._desk.say(f"{wanted % total + 1} of {total} · continued from the {end}")
        self._match = wanted % total
        self._mark_matches()

    def _step_row(self, step: int) -> None:
        """Go to another article in the results of the list's query."""
        if not self._listing.query_text.strip():
            self._desk.say("No search: / filters the list.")
        elif step > 0:
            self._articles.moves.down(step)
        else:
            self._articles.moves.up(-step)

    def _step_from(self, step: int) -> int:
        """Return the index ``step`` matches from the current one if it is visible, else from the top."""
        if self._match is not None and self._page.lines.shows(self._matches[self._match].start):
            return self._match + step
        top = self._page.reading_offset
        before = sum(match.start < top for match in self._matches)
        return before + step - 1 if step > 0 else before + step
