"""The commands that change the tag under the cursor of the tags view."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from library import TagChange
from library.models import HIGHLIGHT_COLOURS
from library.search.facts import fold_tag
from library.text.amounts import counted
from tuireader.commands.binding import Bound, once
from tuireader.desk import Desk
from tuireader.dialogs.choice import ChoiceScreen
from tuireader.events import Changed, What
from tuireader.presentation import shown_line
from tuireader.tags.content import TagContent
from tuireader.tags.marks import TagMarks
from tuireader.tags.prompt import TagQuestion
from tuireader.tags.tag_list import TagList
from tuireader.tags.tree import TagRow
from tuireader.widgets.article_view.marks import HIGHLIGHT_INKS


class TagChanges:
    """Commands that rename, delete and colour tags. Every change can be undone."""

    def __init__(
        self, desk: Desk, rows: TagList, question: TagQuestion, content: TagContent, marks: TagMarks
    ) -> None:
        self._desk = desk
        self._rows = rows
        self._question = question
        self._content = content
        self._marks = marks

    def commands(self) -> Iterable[Bound]:
        yield once("rename-tag", self._ask_for_name)
        yield once("delete-tag", self._start_deleting)
        yield once("recolour-tag", self._ask_for_colour)

    # Names

    def _ask_for_name(self) -> None:
        row = self._rows.tag_row
        if row is not None:
            others = [tag for tag in self._desk.library.tags.counts() if fold_tag(tag.tag) != row.key]
            label = f"Rename {shown_line(row.tag)} to:"
            self._question.ask(label, others, partial(self._rename, row), typed=row.tag, new="new name")

    async def _rename(self, row: TagRow, tags: tuple[str, ...], remove: bool) -> None:
        name = " ".join(tags)
        if name == row.tag:
            return
        rename = self._desk.library.tags.rename
        change = await self._desk.changes.many(
            "Renaming the tag:", lambda progress: rename(row.tag, name, progress=progress)
        )
        if change is not None:
            self._content.keep_open(row.key, fold_tag(name))
            became = "merged into" if change.merged else "renamed to"
            self._show_changed(f"{shown_line(row.tag)} {became} {shown_line(name)}", change, keep=name)

    def _start_deleting(self) -> None:
        row = self._rows.tag_row
        if row is not None:
            self._desk.changes.start(partial(self._delete, row))

    async def _delete(self, row: TagRow) -> None:
        delete = self._desk.library.tags.delete
        change = await self._desk.changes.many(
            "Deleting the tag:", lambda progress: delete(row.tag, progress=progress)
        )
        if change is not None:
            self._show_changed(f"{shown_line(row.tag)} deleted", change)

    def _show_changed(self, what: str, change: TagChange, *, keep: str = "") -> None:
        self._desk.say(f"{what}: {touched(change)} · {self._desk.to_undo}")
        self._marks.given.clear()
        self._publish(keep=fold_tag(keep))

    def _publish(self, *, keep: str = "") -> None:
        """Publish that tags were changed; the cursor then moves to the tag ``keep``."""
        self._content.wanted = keep
        self._desk.events.library_changed.publish(Changed(What.TAGS))

    # Colours

    def _ask_for_colour(self) -> None:
        row = self._rows.tag_row
        if row is None:
            return
        offered = ["none", *HIGHLIGHT_COLOURS]
        inks = ["", *(HIGHLIGHT_INKS[colour] for colour in HIGHLIGHT_COLOURS)]
        chosen = HIGHLIGHT_COLOURS.index(row.colour) + 1 if row.colour in HIGHLIGHT_COLOURS else 0
        self._desk.app.push_screen(
            ChoiceScreen(f"Colour of {shown_line(row.tag)}", offered, chosen, colours=inks),
            partial(self._colour_chosen, row),
        )

    def _colour_chosen(self, row: TagRow, number: int | None) -> None:
        if number is not None:
            self._desk.changes.start(partial(self._recolour, row, number))

    async def _recolour(self, row: TagRow, number: int) -> None:
        colour = ("", *HIGHLIGHT_COLOURS)[number]
        await self._desk.changes.make(self._desk.library.tags.recolour, row.tag, colour)
        self._publish()


def touched(change: TagChange) -> str:
    """Return the extent of a tag change in words."""
    parts = [counted(len(change.articles), "article")]
    parts += [counted(len(change.annotations), "note")] if change.annotations else []
    parts += [counted(change.rules, "rule")] if change.rules else []
    parts += [counted(change.searches, "search", "searches")] if change.searches else []
    return ", ".join(parts)
