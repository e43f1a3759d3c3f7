"""Commands that hold while text is typed."""

from __future__ import annotations

from functools import partial

from tuireader.commands.declaring import Command, Context, Group, command

_type = partial(command, group=Group.TYPING, palette=False)

LINES: tuple[Command, ...] = (
    _type("finish-note", "ctrl+s, escape", "Done", "Keep the note and close the editor.",
          contexts=(Context.NOTE_EDITOR,), label="done"),
    _type("continue-outside", "ctrl+e", "In your editor", "Continue the note in $VISUAL or $EDITOR.",
          contexts=(Context.NOTE_EDITOR,), label="your editor"),
    _type("finish-filter", "enter", "Done", "Keep the filter and go to the list.",
          contexts=(Context.FILTER_LINE,), label="done"),
    _type("complete-filter", "tab", "Complete", "Take what is offered; again: what else can stand here.",
          contexts=(Context.FILTER_LINE,), label="complete"),
    _type("previous-offer", "up", "The query before", "A query of before; among what is offered, up.",
          contexts=(Context.FILTER_LINE,), label="previous"),
    _type("next-offer", "down", "What is offered", "Into what is offered; from an earlier query on.",
          contexts=(Context.FILTER_LINE,)),
    _type("dismiss-filter", "escape", "Cancel", "Back to the filter that was there before.",
          contexts=(Context.FILTER_LINE,), label="cancel"),
    _type("finish-sidebar-line", "enter", "Pick", "List what belongs to the entry under the cursor.",
          contexts=(Context.SIDEBAR_LINE,), label="list"),
    _type("next-found-entry", "down", "Next entry", "To the next entry that is found.",
          contexts=(Context.SIDEBAR_LINE,), label="next"),
    _type("previous-found-entry", "up", "Previous entry", "To the entry before.",
          contexts=(Context.SIDEBAR_LINE,)),
    _type("dismiss-sidebar-line", "escape", "Cancel", "Show the whole sidebar again.",
          contexts=(Context.SIDEBAR_LINE,), label="cancel"),
    _type("finish-find", "enter", "Done", "Keep the words marked; n and N step through them.",
          contexts=(Context.FIND_LINE,), label="done"),
    _type("dismiss-find", "escape", "Cancel", "Back to the place where you were.",
          contexts=(Context.FIND_LINE,), label="cancel"),
    _type("next-found", "down", "Next match", "To the next match while typing.",
          contexts=(Context.FIND_LINE,), label="next"),
    _type("previous-found", "up", "Previous match", "To the match before while typing.",
          contexts=(Context.FIND_LINE,)),
    _type("finish-tags", "enter", "Done", "Set the tags, or take them away.",
          contexts=(Context.TAG_PROMPT,), label="done"),
    _type("complete-tag", "tab", "Complete", "Take the tag that is offered.",
          contexts=(Context.TAG_PROMPT,), label="complete"),
    _type("next-suggestion", "down", "Next suggestion", "To the next of the tags that are offered.",
          contexts=(Context.TAG_PROMPT,)),
    _type("previous-suggestion", "up", "Suggestion before", "To the one before.",
          contexts=(Context.TAG_PROMPT,)),
    _type("dismiss-tags", "escape", "Cancel", "Leave the tags as they are.",
          contexts=(Context.TAG_PROMPT,), label="cancel"),
)  # fmt: skip
