"""Deletes the articles in the trash permanently."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import partial

from library.text.amounts import counted
from tuireader.commands.binding import Bound, once
from tuireader.desk import Desk
from tuireader.events import Changed
from tuireader.reader.article_list.listing import Listing
from tuireader.views import TRASHED, is_in_trash
from tuireader.widgets.article_list.view import ArticleList


class TrashCommands:
    """The command that empties the trash."""

    def __init__(self, desk: Desk, articles: ArticleList, listing: Listing) -> None:
        self._desk = desk
        self._articles = articles
        self._listing = listing

    def commands(self) -> Iterable[Bound]:
        yield once("empty-trash", self.empty)

    def empty(self) -> None:
        """Ask, then delete the selected articles in the trash, or all that are listed there."""
        if not is_in_trash(self._listing.query_text):
            self._desk.say("X works only in the trash · gx goes there")
            return
        ids = (
            self._desk.front.article_ids()
            if self._articles.selection.ids
            else list(self._articles.folding.found)
        )
        self._desk.changes.start(partial(self._asked_to_delete, ids))

    async def _asked_to_delete(self, ids: list[str]) -> None:
        trashed = frozenset(await asyncio.to_thread(self._desk.library.search.ids, TRASHED))
        chosen = [key for key in ids if key in trashed]
        if not chosen:
            self._desk.say("Nothing to delete.")
            return
        from tuireader.dialogs.question import QuestionScreen

        question = await asyncio.to_thread(self._deleting_question, chosen)
        self._desk.app.push_screen(QuestionScreen(question), partial(self._delete, chosen))

    def _deleting_question(self, ids: list[str]) -> str:
        what = counted(len(ids), "article")
        notes = sum(len(self._desk.library.annotations.of(key)) for key in ids)
        whose = "Its" if len(ids) == 1 else "Their"
        lost = f"\n{whose} annotations are deleted as well: {notes:,}." if notes else ""
        return f"Delete {what} for good?{lost}"

    def _delete(self, ids: list[str], agreed: bool | None) -> None:
        if agreed:
            self._desk.changes.start(partial(self._deleted, ids))

    async def _deleted(self, ids: list[str]) -> None:
        deleted = await self._desk.changes.make(self._desk.library.maintenance.empty_trash, ids)
        if deleted is not None:
            self._desk.say(f"Deleted for good: {counted(len(deleted), 'article')}")
        self._articles.selection.clear()
        self._desk.events.library_changed.publish(Changed())
