"""Jumps: back to where one was, to jump marks, and to the headings of the article."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from library import LibraryError, MarkNotFound, PlaceMark
from tuireader.commands.binding import Bound, once, times
from tuireader.desk import Desk
from tuireader.dialogs.contents import ContentsScreen
from tuireader.presentation import shown_line
from tuireader.reader.article_view.jump_list import Jumps
from tuireader.reader.article_view.jumps import JumpPlace
from tuireader.reader.next_key import NextKey
from tuireader.reader.opener import ArticleOpener
from tuireader.widgets.article_view.view import ArticleView

_WORDS = 40
"""Characters of a marked passage that are shown."""


class JumpCommands:
    """Jumps to a place, and back."""

    def __init__(
        self, desk: Desk, page: ArticleView, jumps: Jumps, next_key: NextKey, opener: ArticleOpener
    ) -> None:
        self._desk = desk
        self._page = page
        self._jumps = jumps
        self._next_key = next_key
        self._opener = opener

    def commands(self) -> Iterable[Bound]:
        yield times("jump-back", lambda count: self._return(count, back=True))
        yield times("jump-forward", lambda count: self._return(count, back=False))
        yield once("set-mark", self.set_mark)
        yield once("go-to-mark", self.go_to_mark)
        yield once("contents", self.show_contents)

    def _return(self, count: int, *, back: bool) -> None:
        place: JumpPlace | None = None
        for _ in range(count):
            present = place or self._jumps.present()
            found = self._jumps.places.back(present) if back else self._jumps.places.forward(present)
            if found is None:
                break
            place = found
        if place is None:
            self._desk.say("No earlier jump." if back else "No later jump.")
            return
        with self._jumps.paused():
            self._opener.open_at(place.article, place.offset)

    # Marks

    def set_mark(self) -> None:
        place = self._jumps.present()
        if place is not None:
            self._next_key.take("set mark a … z", lambda key: self._set_mark(key, place))

    def _set_mark(self, letter: str, place: JumpPlace) -> None:
        self._next_key.drop()
        if letter != "escape":
            self._desk.changes.start(partial(self._mark_set, letter, place))

    async def _mark_set(self, letter: str, place: JumpPlace) -> None:
        mark = await self._desk.changes.make(
            self._desk.library.jump_marks.set, letter, place.article, place.offset
        )
        if mark is not None:
            self._desk.say(f"Mark {letter} set on “{_beginning(mark)}” · '{letter} returns here")

    def go_to_mark(self) -> None:
        marks = self._desk.library.jump_marks.all()
        if not marks:
            self._desk.say("No jump marks; m and a letter set one in an article.")
            return
        self._next_key.take(f"go to mark {' '.join(marks)}", self._go_to_mark)

    def _go_to_mark(self, letter: str) -> None:
        self._next_key.drop()
        if letter != "escape":
            self._desk.changes.start(partial(self._marked_place, letter))

    async def _marked_place(self, letter: str) -> None:
        try:
            mark = await self._desk.changes.writer(self._desk.library.jump_marks.get, letter)
        except MarkNotFound as error:
            self._desk.say(f"{error} m{letter} sets it in an article.")
            return
        except LibraryError as error:
            self._desk.say(str(error), "warning")
            return
        self._jumps.record()
        if not mark.lost:
            self._opener.open_at(mark.article, mark.quote.start)
            return
        article = self._desk.find_article(mark.article)
        self._opener.open_at(mark.article, article.state.position.offset if article else 0)
        self._desk.say(
            f"The passage of mark {letter} is no longer in the text: “{_beginning(mark)}”", "warning"
        )

    def show_contents(self) -> None:
        page = self._page.page
        headings = page.document.headings() if page else ()
        filled = [heading for heading in headings if heading.end > heading.start]
        if page is None or not filled:
            self._desk.say("No headings in this article.")
            return

        def chosen(offset: int | None) -> None:
            if offset is not None:
                self._jumps.record()
                self._page.go_to(offset)

        self._desk.app.push_screen(ContentsScreen(page.document, filled, self._page.reading_offset), chosen)


def _beginning(mark: PlaceMark) -> str:
    words = shown_line(mark.quote.exact)
    return words if len(words) <= _WORDS else f"{words[:_WORDS].rsplit(' ', 1)[0]} …"
