"""The declaration of a command: its context, its section in the help, and its keys."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Context(StrEnum):
    """Where a command is active. ``APP``: everywhere except while typing, selecting words, or in a dialog."""

    APP = "app"
    LIST = "list"
    PAGE = "article"
    SIDEBAR = "sidebar"
    NOTEBOOK = "notebook"
    CALENDAR = "calendar"
    TAGS = "tags"
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
"""Where the commands of the app do not hold: text is typed, words are chosen, a screen is in front."""


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
    PROGRAM = "Program"
    TYPING = "While typing"
    REVISIONS = "Revisions"
    ANSWERING = "Dialogs"


@dataclass(frozen=True, slots=True)
class Command:
    """A command: something the user can do.

    ``id`` is what a keymap and an action name; ``title`` is in the palette and in the help,
    ``label`` (one or two words) in the footer; ``help`` is a sentence. One without ``keys`` is found in
    the palette.
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
) -> Command:
    """A command as the tables write it: keys with commas between, in the footer if it has a label."""
    return Command(
        id_,
        title,
        help_,
        tuple(key.strip() for key in keys.split(",") if key),
        contexts,
        group,
        label=label,
        footer=bool(label),
        palette=palette,
    )
