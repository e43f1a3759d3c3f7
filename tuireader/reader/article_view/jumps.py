"""Jumps: previous positions, jump marks, and the headings of the article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from library import LibraryError, MarkNotFound, PlaceMark
from tuireader.commands.binding import Argument, Bound, once, times
from tuireader.desk import Desk
from tuireader.presentation import shown_line
from tuireader.reader.front import InView
from tuireader.reader.keys import NextKey
from tuireader.widgets.article_view.view import ArticleView
from tuireader.widgets.key_panel import NextKeyHint

MOST = 100
"""Maximum number of positions; the oldest are dropped."""


@dataclass(frozen=True, slots=True)
class JumpPosition:
    """The character ``offset`` of an article's text; 0 is its headline."""

    article: str
    offset: int


class JumpList:
    """The positions in the order in which they were left. Going back keeps the present one."""

    def __init__(self) -> None:
        self._positions: list[JumpPosition] = []
        self._at = 0  # index of the current position; the length of the list if it is none of them

    def leave(self, position: JumpPosition) -> None:
        """Record ``position`` before a jump. Positions that ``forward`` could return are dropped."""
        del self._positions[self._at :]
        if self._positions[-1:] != [position]:
            self._positions.append(position)
        del self._positions[:-MOST]
        self._at = len(self._positions)

    def back(self, present: JumpPosition | None) -> JumpPosition | None:
        """Return the previous position, or None. ``forward`` will come back to ``present``."""
        at = self._at
        if at == len(self._positions) and self._positions[-1:] == [present]:
            at -= 1
        if at <= 0:
            return None
        self._keep(at, present)
        self._at = at - 1
        return self._positions[self._at]

    def forward(self, present: JumpPosition | None) -> JumpPosition | None:
        """Return the position from which ``back`` was called, or None."""
        if self._at + 1 >= len(self._positions):
            return None
        self._keep(self._at, present)
        self._at += 1
        return self._positions[self._at]

    def _keep(self, at: int, present: JumpPosition | None) -> None:
        if present is not None:
            self._positions[at : at + 1] = [present]


class Jumps:
    """The recorded positions in the articles that are read."""

    def __init__(self, page: ArticleView, in_view: InView) -> None:
        self._list = JumpList()
        self._page = page
        self._in_view = in_view
        self._is_paused = False

    def record(self) -> None:
        """Record the present position, to come back to it."""
        position = self.present()
        if position is not None and not self._is_paused:
            self._list.leave(position)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Record nothing inside the block."""
        self._is_paused = True
        try:
            yield
        finally:
            self._is_paused = False

    def present(self) -> JumpPosition | None:
        """Return the position in the article that is being read, or None if none is shown."""
        page, shown = self._page.page, self._in_view.shown_id
        if page is None or self._in_view.opened_id != shown or page.article.id != shown:
            return None
        return JumpPosition(page.article.id, self._page.reading_offset)

    def step(self, count: int, *, back: bool) -> JumpPosition | None:
        """Go up to ``count`` positions back or forward, and return the last one; None if there is none."""
        reached: JumpPosition | None = None
        for _ in range(count):
            present = reached or self.present()
            found = self._list.back(present) if back else self._list.forward(present)
            if found is None:
                break
            reached = found
        return reached


_WORDS = 40
"""Maximum number of characters of a marked passage that are shown."""


class JumpCommands:
    """The commands that jump: back and forward, to jump marks and to headings."""

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
        yield once("set-mark", self.set_mark, Argument(self._mark_here))
        yield once(
            "go-to-mark", self.go_to_mark, Argument(self._go_to_mark, lambda _: self._marks_in_words())
        )
        yield once("contents", self.show_contents)

    def _return(self, count: int, *, back: bool) -> None:
        position = self._jumps.step(count, back=back)
        if position is None:
            self._desk.say("No earlier jump." if back else "No later jump.")
            return
        with self._jumps.paused():
            self._open_at(position.article, position.offset)

    # Marks

    def set_mark(self) -> None:
        position = self._jumps.present()
        if position is not None:
            self._next_key.take(
                "set mark a … z",
                lambda key: self._set_mark(key, position),
                _hints(self._all_marks(), "replace "),
            )

    def _mark_here(self, letter: str) -> None:
        position = self._jumps.present()
        if position is not None:
            self._set_mark(letter, position)

    def _marks_in_words(self) -> list[tuple[str, str]]:
        return [(letter, f"“{_beginning(mark)}”") for letter, mark in self._all_marks().items()]

    def _set_mark(self, letter: str, position: JumpPosition) -> None:
        self._next_key.drop()
        if letter != "escape":
            self._desk.changes.start(partial(self._mark_set, letter, position))

    async def _mark_set(self, letter: str, position: JumpPosition) -> None:
        mark = await self._desk.changes.make(
            self._desk.library.jump_marks.set, letter, position.article, position.offset
        )
        if mark is not None:
            self._desk.say(f"Mark {letter} set on “{_beginning(mark)}” · '{letter} returns here")

    def _all_marks(self) -> Mapping[str, PlaceMark]:
        return self._desk.library.jump_marks.all()

    def go_to_mark(self) -> None:
        marks = self._all_marks()
        if not marks:
            self._desk.say("No jump marks; m and a letter set one in an article.")
            return
        self._next_key.take(f"go to mark {' '.join(marks)}", self._go_to_mark, _hints(marks))

    def _go_to_mark(self, letter: str) -> None:
        self._next_key.drop()
        if letter != "escape":
            self._desk.changes.start(partial(self._open_marked, letter))

    async def _open_marked(self, letter: str) -> None:
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
        from tuireader.dialogs.contents import ContentsScreen

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


def _hints(marks: Mapping[str, PlaceMark], verb: str = "") -> list[NextKeyHint]:
    return [NextKeyHint(letter, f"{verb}“{_beginning(mark)}”") for letter, mark in marks.items()]


def _beginning(mark: PlaceMark) -> str:
    words = shown_line(mark.quote.exact)
    return words if len(words) <= _WORDS else f"{words[:_WORDS].rsplit(' ', 1)[0]} …"
