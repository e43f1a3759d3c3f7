"""Commands of the notebook."""

from __future__ import annotations

from functools import partial

from tuireader.commands.declaring import Command, Context, Group, command

_NOTEBOOK = (Context.NOTEBOOK,)

_entry = partial(command, group=Group.NOTEBOOK, contexts=_NOTEBOOK, palette=False)

NOTEBOOK: tuple[Command, ...] = (
    _entry("open-entry", "enter", "Open at the passage", "Open the article where the note stands.",
           label="open"),
    _entry("edit-entry", "e", "Write on it", "Change the note, or write on a highlight.", label="write"),
    _entry("delete-entry", "d d", "Delete", "Delete the note, highlight or bookmark.", label="delete"),
    _entry("next-section", "l, right", "Next section", "Bookmarks, on this day, a daily handful.",
           label="section"),
    _entry("previous-section", "h, left", "Section before", "To the section before."),
    _entry("view-orphaned", "O", "Without a place",
           "Only those whose words are no longer in the article; again: all."),
)  # fmt: skip
