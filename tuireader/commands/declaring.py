"""The declaration of a command: its context, its section in the help, and its keys."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Context(StrEnum):
    """A context in which a command is active. ``APP`` is everywhere but in ``CONTEXTS_APART``."""

    APP = "app"
    LIST = "list"
    PAGE = "article"
    SIDEBAR = "sidebar"
    NOTEBOOK = "notebook"
    CALENDAR = "calendar"
    TAGS = "tags"
    SETTINGS = "settings"
    FILTER_LINE = "filter bar"
    SIDEBAR_LINE = "find in sidebar"
    FIND_LINE = "find in article"
    TAG_PROMPT = "tag prompt"
    NOTE_EDITOR = "note editor"
    CHOOSING = "selecting words"
    DIALOGS = "dialogs"
    LINK = "link dialog"
    REVISIONS = "revisions"


CONTEXTS_APART = frozenset(
    {
        Context.FILTER_LINE,
        Context.SIDEBAR_LINE,
        Context.FIND_LINE,
        Context.TAG_PROMPT,
        Context.NOTE_EDITOR,
        Context.CHOOSING,
        Context.DIALOGS,
        Context.LINK,
        Context.REVISIONS,
    }
)
"""Contexts without the commands of the app: typing, selecting words, and screens in front."""


TYPING = frozenset(
    {
        Context.FILTER_LINE,
        Context.SIDEBAR_LINE,
        Context.FIND_LINE,
        Context.TAG_PROMPT,
        Context.NOTE_EDITOR,
    }
)
"""Contexts in which letters are typed."""


class Group(StrEnum):
    """The sections of the help screen, in order."""

    MOVING = "Moving"
    PANES = "Panes and views"
    FINDING = "Finding"
    ARTICLES = "Articles"
    READING = "Reading"
    ANNOTATING = "Annotating"
    CHOOSING = "Selecting words"
    NOTEBOOK = "Notebook"
    CALENDAR = "Calendar"
    TAGS = "Tags view"
    SETTINGS = "Settings"
    PROGRAM = "Program"
    TYPING = "While typing"
    REVISIONS = "Revisions"
    ANSWERING = "Dialogs"


@dataclass(frozen=True, slots=True)
class Command:
    """A command: something the user can do.

    ``id`` identifies it in keymaps and actions; ``title`` is shown in the palette and in the help,
    ``label`` (one or two words) in the footer; ``help`` is a sentence. A command without ``keys`` is only in
    the palette. ``argument`` is the name of what may follow it on the command line, such as ``QUERY``.
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...]
    contexts: tuple[Context, ...]
    group: Group
    label: str = ""
    footer: bool = False
    palette: bool = True
    argument: str = ""


def command(
    id_: str,
    keys: str,
    title: str,
    help_: str,
    *,
    group: Group,
    contexts: tuple[Context, ...],
    label: str = "",
    palette: bool = True,
    argument: str = "",
) -> Command:
    """Build a command of the tables: ``keys`` are separated by “, ”; a label puts it in the footer."""
    return Command(
        id_,
        title,
        help_,
        tuple(key for key in keys.split(", ") if key),
        contexts,
        group,
        label=label,
        footer=bool(label),
        palette=palette,
        argument=argument,
    )
