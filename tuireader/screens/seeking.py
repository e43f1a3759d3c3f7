"""Words in the article: those of the list's query are marked, others are typed after ``/``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from textual import on
from textual.app import App

from library import Library
from library.search import word_patterns
from library.text.counting import counted
from library.text.document import Document
from library.text.finding import FoldedText, Place, typed_pattern
from tuireader.commands import Context
from tuireader.screens.base import ReaderPanes
from tuireader.screens.messages import Found, MatchesFound
from tuireader.widgets.find_line import FindLine
from tuireader.widgets.page import Mark, Page
from tuireader.writer import Writer


def _marks_of(matches: Iterable[Place]) -> tuple[Mark, ...]:
    return tuple(Mark(start, end, "match") for start, end in matches)


class Seeking(ReaderPanes):
    """The handlers of finding words in the article on the page."""

    def __init__(self, app: App[Any], library: Library, writer: Writer) -> None:
        super().__init__(app, library, writer)
        self._sought = self._answered = ""
        self._matches: tuple[Mark, ...] = ()
        self._match: int | None = None
        """The index of the match that was gone to last."""
        self._folded: tuple[Document, FoldedText] | None = None
        self._before_find: tuple[int, str] | None = None
        """The place and the words to come back to while others are being typed."""
        self._listed_words: tuple[re.Pattern[str], ...] = ()
        """The words of the list's query that were marked last."""

    # What is looked for

    def matches_in(self, document: Document) -> tuple[Mark, ...]:
        """The words that are looked for, where they stand; takes some time in a long text."""
        patterns = self._patterns()
        if not patterns:
            return ()
        if self._folded is None or self._folded[0] is not document:
            self._folded = document, FoldedText(document.text)
        return _marks_of(self._folded[1].places(patterns))

    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        if self._sought.strip():
            pattern = typed_pattern(self._sought)
            return (pattern,) if pattern else ()
        return word_patterns(self.listed)

    def take_matches(self, page: Page, *, renewed: bool) -> Page:
        """The marks of ``page`` are those to step through; the same one stays the current."""
        current = self._matches[self._match] if renewed and self._match is not None else None
        self._matches = page.marks
        self._match = page.marks.index(current) if current in page.marks else None
        return replace(page, marks=self._marks())

    def _marks(self) -> tuple[Mark, ...]:
        """The matches, with the current one set apart."""
        at = self._match
        if at is None:
            return self._matches
        current = replace(self._matches[at], name="current-match")
        return (*self._matches[:at], current, *self._matches[at + 1 :])

    def forget_find(self) -> None:
        """Another article comes: what was typed was for this one."""
        self._sought, self._before_find = "", None
        self._matches, self._match = (), None
        self.find_line.close()
        self.remove_class("-found")

    @on(Found)
    def _mark_words_of_list(self, message: Found) -> None:
        """Another query is listed; the article on the page may be the same, with other words to mark."""
        words = word_patterns(message.query)
        if message.text == self.query_text and words != self._listed_words:
            self._listed_words = words
            if not self._sought.strip():
                self.call_next(self._seek)  # when the list has taken the query over

    # The line

    def do_find(self, count: int | None) -> None:
        if self.page.page is None:
            return
        self.record_jump()
        self._before_find = self.page.reading_offset, self._sought
        self.pane = Context.PAGE
        self.find_line.open()

    @on(FindLine.Edited)
    def _words_typed(self, message: FindLine.Edited) -> None:
        if self._before_find is not None:
            self._sought = message.words
            self._seek()

    def _seek(self) -> None:
        """Find the words in a worker."""
        page, sought = self.page.page, self._sought
        if page is None:
            return

        def seek() -> None:
            matches = self.matches_in(page.document)
            self.post_message(MatchesFound(page.article.id, sought, matches))

        self.jobs.in_thread(seek, "find")

    @on(MatchesFound)
    def _show_matches(self, message: MatchesFound) -> None:
        page = self.page.page
        if page is None or page.article.id != message.article_id or message.words != self._sought:
            return
        self._matches, self._match, self._answered = message.matches, None, message.words
        begin = self._before_find[0] if self._before_find else self.page.reading_offset
        if self._matches and self._sought.strip():
            following = (index for index, place in enumerate(self._matches) if place.start >= begin)
            self._match = next(following, 0)
        self._mark_matches()
        if self._match is None and self._before_find is not None:
            self._back_to_before()
        self._tell_none()

    def _tell_none(self) -> None:
        """Say that the words are nowhere, once that is known and nothing more is being typed."""
        words = self._sought.strip()
        if words and words == self._answered.strip() and not self._matches and not self.find_line.is_open:
            self.say(f"“{words}” is not in this article.")

    def _mark_matches(self) -> None:
        """Draw the marks, bring the current match into view, and tell which it is."""
        page = self.page.page
        if page is None:
            return
        self.page.update(replace(page, marks=self._marks()))
        if self._match is not None:
            match = self._matches[self._match]
            self.page.bring(match.start, match.end)
        self.find_line.show_count(self.match_count or ("not found" if self._sought.strip() else ""))
        self._tell_match()

    @property
    def match_count(self) -> str:
        """How many matches there are, and which is the current one: "3 of 17"; empty where none are."""
        total = len(self._matches)
        if self._match is not None:
            return f"{self._match + 1:,} of {total:,}"
        return f"{counted(total, 'match', 'matches')}" if total else ""

    def do_finish_find(self, count: int | None) -> None:
        self._leave_line()
        self._tell_none()

    def do_dismiss_find(self, count: int | None) -> None:
        if self._before_find is not None:
            self._sought = self._before_find[1]
            self._back_to_before()
        self._leave_line()
        self._seek_quietly()

    def _leave_line(self) -> None:
        self.leave_find_line()
        self.focus_pane(Context.PAGE)

    def leave_find_line(self) -> None:
        """Words are no longer being typed; what was found stays."""
        if self._before_find is not None:
            self._before_find = None
            self.find_line.close()
            self._tell_match()

    def _tell_match(self) -> None:
        """Tell which match is the current one: in the line at the bottom, which zen shows for that."""
        self.set_class(self._match is not None and not self.find_line.is_open, "-found")
        self.show_share()

    def _back_to_before(self) -> None:
        assert self._before_find is not None
        self.go_to_place(self._before_find[0])

    def _seek_quietly(self) -> None:
        """Mark what is looked for again, without a current match."""
        page = self.page.page
        if page is not None:
            self._matches, self._match = (), None
            self._mark_matches()
            self.refresh_page()

    def end_find(self) -> bool:
        """Give up the words that were typed; false where there were none."""
        if not self._sought.strip():
            return False
        self._sought = ""
        self._seek_quietly()
        return True

    # Stepping

    def do_next_match(self, count: int | None) -> None:
        self._step_match(count or 1)

    def do_previous_match(self, count: int | None) -> None:
        self._step_match(-(count or 1))

    def do_next_found(self, count: int | None) -> None:
        self._step_match(1)

    def do_previous_found(self, count: int | None) -> None:
        self._step_match(-1)

    def _step_match(self, step: int) -> None:
        if self.pane is Context.LIST:
            self._step_row(step)
            return
        total = len(self._matches)
        if not total:
            looking = self._sought.strip() or self._patterns()
            self.say(
                "Nothing that is looked for is in this article."
                if looking
                else "Nothing is being looked for; / finds words."
            )
            return
        if not self.find_line.is_open:
            self.record_jump()
        wanted = self._step_from(step)
        if not 0 <= wanted < total:
            self.say("Once more from the beginning." if step > 0 else "Once more from the end.")
        self._match = wanted % total
        self._mark_matches()

    def _step_row(self, step: int) -> None:
        """Go to another article that the query of the list finds."""
        if not self.query_text.strip():
            self.say("No search: / filters the list.")
        elif step > 0:
            self.articles.action_cursor_down(step)
        else:
            self.articles.action_cursor_up(-step)

    def _step_from(self, step: int) -> int:
        """The index ``step`` matches on from the current one, or from the top of the screen."""
        if self._match is not None and self.page.is_in_view(self._matches[self._match].start):
            return self._match + step
        top = self.page.reading_offset
        before = sum(place.start < top for place in self._matches)
        return before + step - 1 if step > 0 else before + step
