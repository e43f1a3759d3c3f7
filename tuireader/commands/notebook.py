"""Commands of the notebook."""

from __future__ import annotations

from functools import partial

from tuireader.commands.declaring import Command, Context, Group, command

_NOTEBOOK = (Context.NOTEBOOK,)

_entry = partial(command, group=Group.NOTEBOOK, contexts=_NOTEBOOK, palette=False)

NOTEBOOK: tuple[Command, ...] = (
    _entry("open-entry", "enter", "Open at the passage", "Open the article at the passage.",
           label="open"),
    _entry("edit-entry", "e", "Edit", "Edit the note, or write one on the highlight.", label="edit"),
    _entry("delete-entry", "D", "Delete", "Delete the note, highlight or bookmark.", label="delete"),
    _entry("next-section", "l, right", "Next section",
           "Go to the next section: bookmarks, on this day, review.",
           label="section"),
    _entry("previous-section", "h, left", "Previous section", "Go to the previous section."),
    _entry("view-orphaned", "O", "Orphans",
           "Show only annotations whose passage is no longer in the text; again: all."),
)  # fmt: skip
