"""Commands of the tags view."""

from __future__ import annotations

from functools import partial

from tuireader.commands.declaring import Command, Context, Group, command

_tag = partial(command, group=Group.TAGS, contexts=(Context.TAGS,), palette=False)

TAGS: tuple[Command, ...] = (
    _tag("list-tagged", "enter", "List", "List the articles with the marked tags, or with this one.",
         label="list"),
    _tag("mark-every", "&, space", "And", "Only articles with this tag; again: remove the mark.",
         label="and"),
    _tag("mark-some", "|", "Or", "Only articles with at least one of the tags marked “or”.", label="or"),
    _tag("mark-none", "!", "Not", "Only articles without this tag.", label="not"),
    _tag("rename-tag", "R", "Rename", "Rename the tag everywhere; the name of another tag merges the two.",
         label="rename"),
    _tag("recolour-tag", "c", "Colour", "Set or remove the colour of the tag.", label="colour"),
    _tag("delete-tag", "D", "Delete", "Delete the tag from all articles and annotations.", label="delete"),
    _tag("open-family", "l, right", "Open", "Show the tags below this one; if it is open, go to the first."),
    _tag("close-family", "h, left", "Close", "Close the family; if it is closed, go to the one above it."),
)  # fmt: skip
