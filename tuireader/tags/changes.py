"""What can be done with the tag under the cursor of the tags view."""

from __future__ import annotations

from functools import partial

from library import TagChange
from library.models import HIGHLIGHT_COLOURS
from library.search.facts import fold_tag
from library.text.counting import counted
from tuireader.dialogs.choice import ChoiceScreen
from tuireader.events import Changed, What
from tuireader.presentation import shown_line
from tuireader.tags.base import TagPanes
from tuireader.tags.tree import TagRow
from tuireader.widgets.article_view.marks import HIGHLIGHT_GLYPHS


class TagChanges(TagPanes):
    """The commands that change tags. Every change can be undone."""

    _renamed: TagRow | None = None
    _keep = ""

    # Names

    def do_rename_tag(self, count: int | None) -> None:
        row = self.rows.tag_row
        if row is not None:
            self._renamed = row
            others = [tag for tag in self.library.tags.counts() if fold_tag(tag.tag) != row.key]
            label = f"Rename {shown_line(row.tag)} to:"
            self.tag_question.ask(label, others, self._rename, typed=row.tag, new="a new name")

    async def _rename(self, tags: tuple[str, ...], remove: bool) -> None:
        row, latter = self._renamed, " ".join(tags)
        if row is None or latter == row.tag:
            return
        change = await self.changes.many(
            "Renaming the tag:", lambda progress: self.library.tags.rename(row.tag, latter, progress=progress)
        )
        if change is not None:
            self._keep_open(row.key, fold_tag(latter))
            became = "joins" if change.merged else "is now"
            self._show_changed(f"{shown_line(row.tag)} {became} {shown_line(latter)}", change, keep=latter)

    def _keep_open(self, former: str, latter: str) -> None:
        """What is open below the tag ``former`` is open below ``latter`` too; an undo finds both."""
        below = {key for key in self.opened or () if f"{key}/".startswith(f"{former}/")}
        self.opened = (self.opened or frozenset()) | {latter + key.removeprefix(former) for key in below}

    def do_delete_tag(self, count: int | None) -> None:
        row = self.rows.tag_row
        if row is not None:
            self.changes.start(partial(self._deleted, row))

    async def _deleted(self, row: TagRow) -> None:
        change = await self.changes.many(
            "Deleting the tag:", lambda progress: self.library.tags.delete(row.tag, progress=progress)
        )
        if change is not None:
            self._show_changed(f"{shown_line(row.tag)} is deleted", change)

    def _show_changed(self, what: str, change: TagChange, *, keep: str = "") -> None:
        self.say(f"{what}: {touched(change)} · u to undo")
        self.marks.clear()
        self.show_changed(keep=fold_tag(keep))

    def show_changed(self, *, keep: str = "") -> None:
        """Tell everyone that tags were changed; the cursor is to be on the tag ``keep``."""
        self._keep = keep
        self.desk.events.library_changed.publish(Changed(What.TAGS))

    def library_changed(self, changed: Changed) -> None:
        keep, self._keep = self._keep, ""
        self.refresh_tags(keep=keep)

    # Colours

    def do_recolour_tag(self, count: int | None) -> None:
        row = self.rows.tag_row
        if row is None:
            return
        offered = ["none", *(f"{colour} {HIGHLIGHT_GLYPHS[colour]}" for colour in HIGHLIGHT_COLOURS)]
        chosen = HIGHLIGHT_COLOURS.index(row.colour) + 1 if row.colour in HIGHLIGHT_COLOURS else 0
        self.app.push_screen(
            ChoiceScreen(f"The colour of {shown_line(row.tag)}", offered, chosen),
            lambda number: (
                None if number is None else self.changes.start(partial(self._recoloured, row, number))
            ),
        )

    async def _recoloured(self, row: TagRow, number: int) -> None:
        await self.changes.make(self.library.tags.recolour, row.tag, ("", *HIGHLIGHT_COLOURS)[number])
        self.show_changed()


def touched(change: TagChange) -> str:
    """How much a change of tags touched, in words."""
    parts = [counted(len(change.articles), "article")]
    parts += [counted(len(change.annotations), "note")] if change.annotations else []
    parts += [counted(change.rules, "rule")] if change.rules else []
    parts += [counted(change.searches, "search", "searches")] if change.searches else []
    return ", ".join(parts)
