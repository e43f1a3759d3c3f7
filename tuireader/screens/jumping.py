"""Jumps: back to where one was, to marks, and to the headings of the article."""

from __future__ import annotations

from typing import Any

from textual.app import App

from library import Library, LibraryError, MarkNotFound, PlaceMark
from tuireader.commands import Context
from tuireader.dialogs.contents import ContentsScreen
from tuireader.jumps import JumpList, JumpPlace
from tuireader.presentation import shown_line
from tuireader.screens.reading import Reading
from tuireader.views import TRASHED
from tuireader.writer import Writer

_WORDS = 40
"""Characters of a marked passage that are told."""


class Jumping(Reading):
    """The commands that jump to a place, and back."""

    def __init__(self, app: App[Any], library: Library, writer: Writer) -> None:
        super().__init__(app, library, writer)
        self._jumps = JumpList()
        self._returning = False

    # The jump list

    def record_jump(self) -> None:
        place = self._present_place()
        if place is not None and not self._returning:
            self._jumps.leave(place)

    def _present_place(self) -> JumpPlace | None:
        """The place in the article that is being read; None while none is, or it is not on the page yet."""
        page = self.page.page
        if page is None or self.opened_id != self.shown_id or page.article.id != self.shown_id:
            return None
        return JumpPlace(page.article.id, self.page.reading_offset)

    def do_jump_back(self, count: int | None) -> None:
        self._return(count or 1, back=True)

    def do_jump_forward(self, count: int | None) -> None:
        self._return(count or 1, back=False)

    def _return(self, count: int, *, back: bool) -> None:
        place: JumpPlace | None = None
        for _ in range(count):
            present = place or self._present_place()
            found = self._jumps.back(present) if back else self._jumps.forward(present)
            if found is None:
                break
            place = found
        if place is None:
            self.say("This is the first of the places." if back else "This is the last of the places.")
            return
        self._returning = True
        try:
            self.open_at(place.article, place.offset)
        finally:
            self._returning = False

    def open_at(self, article_id: str, offset: int) -> None:
        """Read an article with the words at ``offset`` on top, whether the list has it or not."""
        article, page = self.desk.find_article(article_id), self.page.page
        if article is None:
            self.say("The article of that place is no longer in the library.")
            return
        here = page is not None and article_id == self.shown_id == page.article.id
        if not self.articles.go_to(article_id):
            self.set_query(TRASHED if article.state.trashed else "", keep=article_id)
        self.open_article(article_id, at=None if here else offset)
        if here:
            self.go_to_place(offset)

    # Marks

    def do_set_mark(self, count: int | None) -> None:
        place = self._present_place()
        if place is not None:
            self.take_keys("mark as a … z", lambda key: self._set_mark(key, place))

    def _set_mark(self, letter: str, place: JumpPlace) -> None:
        self.drop_key_taker()
        if letter != "escape":
            self.changes.start(self._mark_set(letter, place))

    async def _mark_set(self, letter: str, place: JumpPlace) -> None:
        mark = await self.changes.make(self.library.jump_marks.set, letter, place.article, place.offset)
        if mark is not None:
            self.say(f"Mark {letter} is on “{_beginning(mark)}” · '{letter} comes back to it")

    def do_go_to_mark(self, count: int | None) -> None:
        marks = self.library.jump_marks.all()
        if not marks:
            self.say("There is no mark; m and a letter set one while you read.")
            return
        self.take_keys(f"go to mark {' '.join(marks)}", self._go_to_mark)

    def _go_to_mark(self, letter: str) -> None:
        self.drop_key_taker()
        if letter != "escape":
            self.changes.start(self._marked_place(letter))

    async def _marked_place(self, letter: str) -> None:
        try:
            mark = await self.changes.writer(self.library.jump_marks.get, letter)
        except MarkNotFound as error:
            self.say(f"{error} m{letter} sets it while you read.")
            return
        except LibraryError as error:
            self.say(str(error), "warning")
            return
        self.record_jump()
        if not mark.lost:
            self.open_at(mark.article, mark.quote.start)
            return
        article = self.desk.find_article(mark.article)
        self.open_at(mark.article, article.state.position.offset if article else 0)
        self.say(f"The words of mark {letter} are no longer in the text: “{_beginning(mark)}”", "warning")

    # Ends and headings

    def do_move_first(self, count: int | None) -> None:
        if self.pane is Context.PAGE:
            self.record_jump()
            self.page.action_home()
        else:
            (self.articles if self.pane is Context.LIST else self.places).action_first(count or 1)

    def do_move_last(self, count: int | None) -> None:
        if self.pane is Context.PAGE:
            self.record_jump()
            self.page.action_end()
        else:
            (self.articles if self.pane is Context.LIST else self.places).action_last(count)

    def do_contents(self, count: int | None) -> None:
        page = self.page.page
        headings = page.document.headings() if page else ()
        filled = [heading for heading in headings if heading.end > heading.start]
        if page is None or not filled:
            self.say("This article has no headings.")
            return

        def chosen(offset: int | None) -> None:
            if offset is not None:
                self.record_jump()
                self.page.go_to(offset)

        self.app.push_screen(ContentsScreen(page.document, filled, self.page.reading_offset), chosen)


def _beginning(mark: PlaceMark) -> str:
    words = shown_line(mark.quote.exact)
    return words if len(words) <= _WORDS else f"{words[:_WORDS].rsplit(' ', 1)[0]} …"
