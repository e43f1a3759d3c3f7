"""The views: what they are called, and what each says when it holds nothing."""

from __future__ import annotations

from dataclasses import dataclass

from library.query.editing import units_of


@dataclass(frozen=True, slots=True)
class View:
    """A list with a name of its own: ``term`` is its query, ``empty`` and ``hint`` what an empty one says."""

    name: str
    term: str
    empty: str
    hint: str = "1 lists all articles"


VIEWS = (
    View("Trash", "is:trashed", "The trash is empty."),
    View("Unread", "is:unread", "Nothing is unread."),
    View("Continue reading", "is:begun", "No article is half read."),
    View("Bookmarks", "is:bookmarked", "There are no bookmarks.", "b bookmarks an article"),
    View("Noted", "has:note", "There are no notes.", "a writes a note on an article"),
)


def view_of(query: str) -> View | None:
    """The view that ``query`` lists as a whole; None where it is no view, or filters one."""
    units = [unit.casefold() for unit in units_of(query)]
    return next((view for view in VIEWS if units == [view.term]), None)
