"""Commands of the tags view."""

from __future__ import annotations

from functools import partial

from tuireader.commands.declaring import Command, Context, Group, command

_tag = partial(command, group=Group.TAGS, contexts=(Context.TAGS,), palette=False)

TAGS: tuple[Command, ...] = (
    _tag("list-tagged", "enter", "List", "List the articles with the marked tags, else with this one.",
         label="list"),
    _tag("mark-every", "+, space", "And", "Only articles with this tag; again: the mark goes.", label="and"),
    _tag("mark-some", "|", "Or", "Only articles with one of the tags marked so.", label="or"),
    _tag("mark-none", "-", "Not", "Only articles without this tag.", label="not"),
    _tag("rename-tag", "R", "Rename", "Another name, everywhere; that of another tag: both become one.",
         label="rename"),
    _tag("recolour-tag", "c", "Colour", "Give the tag a colour, or none.", label="colour"),
    _tag("delete-tag", "d d", "Delete", "Take the tag from everything that carries it.", label="delete"),
    _tag("open-family", "l, right", "Open", "Show the tags below this one; in an open one, go in."),
    _tag("close-family", "h, left", "Close", "Close the family; in a closed one, go out."),
)  # fmt: skip
