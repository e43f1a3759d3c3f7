"""What a command is: where it holds, under which heading the help has it, and by which keys it is reached."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Context(StrEnum):
    """Where a command holds. ``APP`` is everywhere but while typing, choosing words or being asked."""

    APP = "app"
    LIST = "list"
    PAGE = "page"
    PLACES = "places"
    NOTEBOOK = "notebook"
    FILTER_LINE = "filter line"
    FIND_LINE = "find line"
    TAG_PROMPT = "tag prompt"
    NOTE_EDITOR = "note editor"
    CHOOSING = "choosing words"
    DIALOGS = "questions"
    LINK = "link"
    REVISIONS = "former texts"


class Group(StrEnum):
    """The headings of the help screen, in its order."""

    MOVING = "Moving"
    PANES = "Panes and places"
    FINDING = "Finding"
    ARTICLES = "Articles"
    READING = "Reading"
    ANNOTATING = "Annotating"
    CHOOSING = "Choosing words"
    NOTEBOOK = "The notebook"
    PROGRAM = "Program"
    TYPING = "While typing"
    COMPARING = "Former texts"
    ANSWERING = "Questions"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do.

    ``id`` is what a keymap and an action name; ``title`` stands in the palette and in the help,
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
