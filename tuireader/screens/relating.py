"""What belongs to the article in front: below the page, in a list of its own, and as a timeline."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.timer import Timer

from library import Article, LibraryError
from tuireader.relatives import Relative, Relatives, Row, reason_in_words, timeline_rows
from tuireader.screens.jumping import Jumping
from tuireader.screens.messages import RelativesFound

if TYPE_CHECKING:
    from tuireader.screens.relatives import Chosen, Side

RELATIVES_PAUSE = 0.3
"""Seconds that an article stands on the page before what belongs to it is looked for."""

LISTED = 20
"""So many related articles are listed."""


class Relating(Jumping):
    """The commands and handlers of stories and related articles."""

    _relatives = Relatives("")
    _relatives_timer: Timer | None = None

    def look_for_relatives(self, article_id: str) -> None:
        """Find what belongs to an article, in a worker, once it has stood on the page for a moment."""
        if self._relatives_timer is not None:
            self._relatives_timer.stop()
        if self._relatives.article_id != article_id:
            self._relatives_timer = self.set_timer(RELATIVES_PAUSE, partial(self._find_relatives, article_id))

    def _find_relatives(self, article_id: str) -> None:
        def find() -> None:
            self.post_message(RelativesFound(self._relatives_of(article_id)))

        if self.shown_id == article_id:
            self.jobs.in_thread(find, "relatives")

    def _relatives_of(self, article_id: str) -> Relatives:
        """What belongs to an article. Reads its text and asks the index of words."""
        try:
            others = [key for key in self.library.stories.of(article_id).ids if key != article_id]
            found = self.library.stories.related(article_id, LISTED)
        except LibraryError:  # it is no longer there
            return Relatives(article_id)
        reasons = dict.fromkeys(others, "") | {one.id: reason_in_words(one) for one in found}
        relatives = {
            key: Relative(article, why)
            for key, why in reasons.items()
            if (article := self.desk.find_article(key))
        }
        story = tuple(relatives.pop(key) for key in others if key in relatives)
        return Relatives(article_id, story, tuple(relatives.values()))

    @on(RelativesFound)
    def _show_relatives(self, message: RelativesFound) -> None:
        if message.relatives.article_id == self.shown_id:
            self._relatives = message.relatives
            if message.relatives.rows():
                self.refresh_page()

    def below_page(self, article: Article) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What stands below the page of an article: what belongs to it, as far as that has been found."""
        known = self._relatives
        return known.below(self.library.calendar.today()) if known.article_id == article.id else ()

    # The list of them, and the timeline

    def do_go_related(self, count: int | None) -> None:
        from tuireader.screens.relatives import Side

        self._open_relatives(Side.RELATED)

    def do_go_timeline(self, count: int | None) -> None:
        from tuireader.screens.relatives import Side

        self._open_relatives(Side.TIMELINE)

    def _open_relatives(self, side: Side) -> None:
        from tuireader.screens.relatives import RelativesScreen, Side

        article = self.desk.article_in_front()
        if article is None:
            return

        def read(wanted: Side) -> tuple[Row, ...]:
            if wanted is Side.TIMELINE:
                return self._timeline(article.id)
            return self._relatives_of(article.id).rows()

        screen = RelativesScreen(article.title, article.id, side, read, self.library.calendar.today())
        self.app.push_screen(screen, self._relative_chosen)

    def _timeline(self, article_id: str) -> tuple[Row, ...]:
        try:
            moments = self.library.stories.timeline(article_id)
        except LibraryError:
            return ()
        return timeline_rows(
            [(one, article) for one in moments if (article := self.desk.find_article(one.id))]
        )

    def _relative_chosen(self, chosen: Chosen | None) -> None:
        if chosen is None:
            return
        self.record_jump()
        if not self.articles.go_to(chosen.article_id):
            self.set_query("", keep=chosen.article_id)
        self.open_article(chosen.article_id, at=chosen.at)
