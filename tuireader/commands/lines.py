"""Commands while text is being typed."""

from __future__ import annotations

from functools import partial

from tuireader.commands.declaring import Command, Context, Group, command

_type = partial(command, group=Group.TYPING, palette=False)

LINES: tuple[Command, ...] = (
    _type("finish-note", "escape, ctrl+s", "Done", "Save the note and close the editor.",
          contexts=(Context.NOTE_EDITOR,), label="done"),
    _type("continue-outside", "ctrl+e", "Open in your editor", "Continue the note in $VISUAL or $EDITOR.",
          contexts=(Context.NOTE_EDITOR,), label="your editor"),
    _type("finish-filter", "enter", "Done", "Apply the filter and go to the list.",
          contexts=(Context.FILTER_LINE,), label="done"),
    _type("complete-filter", "tab", "Complete", "Insert the suggestion; again: the next one.",
          contexts=(Context.FILTER_LINE,), label="complete"),
    _type("previous-offer", "up", "Previous query", "Show the previous query; in the suggestions, move up.",
          contexts=(Context.FILTER_LINE,), label="history"),
    _type("next-offer", "down", "Suggestions",
          "Move down in the suggestions; in the search history, to the next query.",
          contexts=(Context.FILTER_LINE,)),
    _type("dismiss-filter", "escape", "Cancel", "Restore the previous filter.",
          contexts=(Context.FILTER_LINE,), label="cancel"),
    _type("finish-sidebar-line", "enter", "List", "List the articles of the entry under the cursor.",
          contexts=(Context.SIDEBAR_LINE,), label="list"),
    _type("next-found-entry", "down", "Next entry", "Go to the next entry found.",
          contexts=(Context.SIDEBAR_LINE,), label="next"),
    _type("previous-found-entry", "up", "Previous entry", "Go to the previous entry found.",
          contexts=(Context.SIDEBAR_LINE,)),
    _type("dismiss-sidebar-line", "escape", "Cancel", "Show the whole sidebar.",
          contexts=(Context.SIDEBAR_LINE,), label="cancel"),
    _type("finish-find", "enter", "Done", "Keep the matches marked; n and N step through them.",
          contexts=(Context.FIND_LINE,), label="done"),
    _type("dismiss-find", "escape", "Cancel", "Return to where you were.",
          contexts=(Context.FIND_LINE,), label="cancel"),
    _type("next-found", "down", "Next match", "Go to the next match while typing.",
          contexts=(Context.FIND_LINE,), label="next"),
    _type("previous-found", "up", "Previous match", "Go to the previous match while typing.",
          contexts=(Context.FIND_LINE,)),
    _type("finish-tags", "enter", "Done", "Add or remove the tags.",
          contexts=(Context.TAG_PROMPT,), label="done"),
    _type("complete-tag", "tab", "Complete", "Insert the suggested tag.",
          contexts=(Context.TAG_PROMPT,), label="complete"),
    _type("next-suggestion", "down", "Next suggestion", "Go to the next suggested tag.",
          contexts=(Context.TAG_PROMPT,)),
    _type("previous-suggestion", "up", "Previous suggestion", "Go to the previous suggested tag.",
          contexts=(Context.TAG_PROMPT,)),
    _type("dismiss-tags", "escape", "Cancel", "Leave the tags unchanged.",
          contexts=(Context.TAG_PROMPT,), label="cancel"),
)  # fmt: skip
