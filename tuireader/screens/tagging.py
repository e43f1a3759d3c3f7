"""Tags of articles: the way to the tags view and back, and suggestions while tags are typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.worker import get_current_worker

from library import LibraryError, TagSuggestion
from tuireader.commands import Context
from tuireader.screens.marking import Marking

if TYPE_CHECKING:
    from tuireader.screens.tags import TagsScreen
    from tuireader.screens.tags_base import TagsLeft


@dataclass
class TagsSuggested(Message):
    """What the article ``article_id`` may be tagged with."""

    article_id: str
    suggestions: tuple[TagSuggestion, ...]


class Tagging(Marking):
    """The commands on tags. Suggestions are only shown: nothing is set that was not taken."""

    _tags: TagsScreen | None = None
    """The tags view, while it is open."""

    def do_go_tags(self, count: int | None) -> None:
        from tuireader.screens.tags import TagsScreen

        if self._tags is None:
            self._tags = TagsScreen(self)
            self.app.push_screen(self._tags, self._tags_left)

    def _tags_left(self, left: TagsLeft | None) -> None:
        self._tags = None
        if left is not None and left.query is not None:
            self.set_query(left.query)
            self.focus_pane(Context.LIST)
            return
        if left is not None and left.command is not None:
            self.invoke(left.command, left.count)

    def do_add_tag(self, count: int | None) -> None:
        super().do_add_tag(count)
        if self.tag_prompt.is_open and len(self._tagged_ids) == 1:
            self._suggest(self._tagged_ids[0])

    def _suggest(self, article_id: str) -> None:
        def suggest() -> None:
            try:
                suggestions = tuple(self.library.tags.suggest(article_id))
            except LibraryError:  # a text that cannot be read suggests nothing
                return
            if not get_current_worker().is_cancelled:
                self.post_message(TagsSuggested(article_id, suggestions))

        self.jobs.in_thread(suggest, "suggestions")

    @on(TagsSuggested)
    def _show_suggestions(self, message: TagsSuggested) -> None:
        if self.tag_prompt.is_open and self._tagged_ids == (message.article_id,):
            self.tag_prompt.suggest(message.suggestions)
