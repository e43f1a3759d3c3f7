"""Marking: bookmarks, read marks, trash, tags, undo. Shown as done only when it is on the disk."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import NamedTuple

from library.text.counting import counted
from tuireader.commands import Context
from tuireader.dialogs.question import QuestionScreen
from tuireader.events import Changed, What
from tuireader.screens.base import ReaderPanes
from tuireader.under_way import UnderWay
from tuireader.views import TRASHED, is_in_trash


class Mark(NamedTuple):
    """A mark: its field of State, and words for setting it and for taking it away."""

    field: str
    doing: tuple[str, str]
    done: tuple[str, str]


_BOOKMARK = Mark(
    "bookmarked", ("Bookmarking", "Taking bookmarks away"), ("Bookmarked", "Bookmark taken away")
)
_READ = Mark("read", ("Marking as read", "Marking as unread"), ("Marked as read", "Marked as unread"))
_TRASH = Mark(
    "trashed",
    ("Moving to the trash", "Restoring"),
    ("Moved to the trash", "Restored"),
)


class Marking(ReaderPanes):
    """The commands that change what is known of articles."""

    _tagged_ids: tuple[str, ...] = ()

    def do_bookmark(self, count: int | None) -> None:
        if self.pane is Context.PAGE and self.page.selected_range():
            self.bookmark_passage()
            return
        self._toggle(_BOOKMARK)

    def do_toggle_read(self, count: int | None) -> None:
        self._toggle(_READ)

    def do_trash(self, count: int | None) -> None:
        self._toggle(_TRASH)

    def _toggle(self, mark: Mark) -> None:
        """Set ``mark`` on the target articles, or take it away where all of them have it."""
        ids = self.desk.front.article_ids()
        if ids:
            self.changes.start(self._toggled(mark, ids))

    async def _toggled(self, mark: Mark, ids: list[str]) -> None:
        def toggle(under_way: UnderWay) -> tuple[str, list[str]]:
            known = self.library.articles.known(ids)
            off = self.library.articles.all_marked(known, mark.field)
            under_way.doing = mark.doing[off]
            changed = self.library.articles.mark(known, mark.field, not off, progress=under_way)
            return mark.done[off], changed

        result = await self.changes.many(mark.doing[0], toggle)
        if result is not None:
            done, changed = result
            self._show_changed(changed, done)

    def _show_changed(self, ids: list[str], what: str) -> None:
        """Draw what changed; say it where it is more than the one row that shows it by itself."""
        if not ids:
            self.say("Nothing was changed: it is so already.")
            return
        if len(ids) != 1 or what not in ("Bookmarked", "Marked as read", "Bookmark taken away"):
            articles = "" if len(ids) == 1 else f": {counted(len(ids), 'article')}"
            self.say(f"{what}{articles} · u to undo")
        self.desk.events.library_changed.publish(Changed(What.MARKS | What.TAGS, tuple(ids)))

    # Tags

    def do_add_tag(self, count: int | None) -> None:
        self._ask_for_tags(remove=False)

    def do_remove_tag(self, count: int | None) -> None:
        self._ask_for_tags(remove=True)

    def _ask_for_tags(self, *, remove: bool) -> None:
        ids = tuple(self.desk.front.article_ids())
        if not ids:
            return
        self._tagged_ids = ids
        known = self.library.tags.counts_of(ids) if remove else self.library.tags.counts()
        if remove and not known:
            self.say("There is no tag to take away.")
            return
        what = counted(len(ids), "article")
        label = f"{'Remove tags from' if remove else 'Tag'} {what}:"
        self.tag_question.ask(label, known, self._retag, remove=remove)

    async def _retag(self, tags: tuple[str, ...], remove: bool) -> None:
        ids, names = self._tagged_ids, ", ".join(tags)
        change = self.library.tags.remove if remove else self.library.tags.add
        changed = await self.changes.many(
            "Untagging" if remove else "Tagging",
            lambda progress: change(ids, tags, progress=progress),
        )
        if changed is not None:
            self._show_changed(changed, f"{'No longer tagged' if remove else 'Tagged'} {names}")

    # Deleting for good

    def do_empty_trash(self, count: int | None) -> None:
        """Ask, then delete what is selected in the trash, or all that is listed there."""
        if not is_in_trash(self.query_text):
            self.say("X deletes for good, but only in the trash · gx goes there")
            return
        ids = self.desk.front.article_ids() if self.articles.selected else list(self.articles.folding.found)
        self.changes.start(self._asked_to_delete(ids))

    async def _asked_to_delete(self, ids: list[str]) -> None:
        trashed = frozenset(await asyncio.to_thread(self.library.search.ids, TRASHED))
        chosen = [key for key in ids if key in trashed]
        if not chosen:
            self.say("There is nothing to delete.")
            return
        question = await asyncio.to_thread(self._deleting_question, chosen)
        self.app.push_screen(QuestionScreen(question), partial(self._delete, chosen))

    def _deleting_question(self, ids: list[str]) -> str:
        what = counted(len(ids), "article")
        notes = sum(len(self.library.annotations.of(key)) for key in ids)
        whose = "Its" if len(ids) == 1 else "Their"
        lost = f"\n{whose} notes and highlights go, too: {notes:,}." if notes else ""
        return f"Delete {what} for good?{lost}"

    def _delete(self, ids: list[str], agreed: bool | None) -> None:
        if agreed:
            self.changes.start(self._deleted(ids))

    async def _deleted(self, ids: list[str]) -> None:
        deleted = await self.changes.make(self.library.maintenance.empty_trash, ids)
        if deleted is not None:
            self.say(f"Deleted for good: {counted(len(deleted), 'article')}")
        self.articles.clear_selection()
        self.desk.events.library_changed.publish(Changed())
