"""Jumps: the places that were left, jump marks, and the headings of the article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from library import LibraryError, MarkNotFound, PlaceMark
from tuireader.commands.binding import Bound, once, times
from tuireader.desk import Desk
from tuireader.dialogs.contents import ContentsScreen
from tuireader.presentation import shown_line
from tuireader.reader.front import InView
from tuireader.reader.keys import NextKey
from tuireader.widgets.article_view.view import ArticleView

MOST = 100
"""Places that are kept; the oldest go first."""


@dataclass(frozen=True, slots=True)
class JumpPlace:
    """The character ``offset`` of an article's text; 0 is its headline."""

    article: str
    offset: int


class JumpList:
    """Places in the order in which they were left. Going back keeps where one was."""

    def __init__(self) -> None:
        self._places: list[JumpPlace] = []
        self._at = 0  # the length of the list: at none of its places

    def leave(self, place: JumpPlace) -> None:
        """A jump leads away from ``place``; what one had gone back from is given up."""
        del self._places[self._at :]
        if self._places[-1:] != [place]:
            self._places.append(place)
        del self._places[:-MOST]
        self._at = len(self._places)

    def back(self, present: JumpPlace | None) -> JumpPlace | None:
        """The place before; None where there is none. ``present`` is what ``forward`` comes back to."""
        at = self._at
        if at == len(self._places) and self._places[-1:] == [present]:
            at -= 1
        if at <= 0:
            return None
        self._keep(at, present)
        self._at = at - 1
        return self._places[self._at]

    def forward(self, present: JumpPlace | None) -> JumpPlace | None:
        """The place that was gone back from; None where there is none."""
        if self._at + 1 >= len(self._places):
            return None
        self._keep(self._at, present)
        self._at += 1
        return self._places[self._at]

    def _keep(self, at: int, present: JumpPlace | None) -> None:
        if present is not None:
            self._places[at : at + 1] = [present]


class Jumps:
    """Records the places in the article that is being read."""

    def __init__(self, page: ArticleView, in_view: InView) -> None:
        self.places = JumpList()
        self._page = page
        self._in_view = in_view
        self._is_paused = False

    def record(self) -> None:
        """Keep the present place, to come back to it."""
        place = self.present()
        if place is not None and not self._is_paused:
            self.places.leave(place)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Record nothing meanwhile."""
        self._is_paused = True
        try:
            yield
        finally:
            self._is_paused = False

    def present(self) -> JumpPlace | None:
        """The place in the article that is being read; None while none is, or it is not shown yet."""
        page, shown = self._page.page, self._in_view.shown_id
        if page is None or self._in_view.opened_id != shown or page.article.id != shown:
            return None
        return JumpPlace(page.article.id, self._page.reading_offset)


_WORDS = 40
"""Characters of a marked passage that are shown."""


class JumpCommands:
    """Jumps to a place, and back."""

    def __init__(
        self,
        desk: Desk,
        page: ArticleView,
        jumps: Jumps,
        next_key: NextKey,
        open_at: Callable[[str, int], None],
    ) -> None:
        self._desk = desk
        self._page = page
        self._jumps = jumps
        self._next_key = next_key
        self._open_at = open_at

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
            self._open_at(place.article, place.offset)

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
            self._open_at(mark.article, mark.quote.start)
            return
        article = self._desk.find_article(mark.article)
        self._open_at(mark.article, article.state.position.offset if article else 0)
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
