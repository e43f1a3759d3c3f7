"""The command registry: every command of the reader, declared once.

Key bindings, footer, palette, help screen and ``docs/keys.md`` are made from ``COMMANDS``. Keys are
written as they are typed: ``"j"``, ``"?"``, ``"ctrl+d"``, ``"pagedown"``; the keys of a sequence are
separated by a space: ``"g g"``, ``"] u"``.
"""

from __future__ import annotations

from tuireader.commands.annotating import ANNOTATING
from tuireader.commands.answers import ANSWERS
from tuireader.commands.articles import ARTICLES
from tuireader.commands.calendar import CALENDAR
from tuireader.commands.declaring import CONTEXTS_APART, Command, Context, Group
from tuireader.commands.finding import FINDING
from tuireader.commands.lines import LINES
from tuireader.commands.moving import MOVING
from tuireader.commands.notebook import NOTEBOOK
from tuireader.commands.panes import PANES
from tuireader.commands.problems import problems
from tuireader.commands.program import PROGRAM
from tuireader.commands.reading import READING
from tuireader.commands.settings import SETTINGS
from tuireader.commands.shown_keys import shown_key
from tuireader.commands.tags import TAGS

__all__ = [
    "COMMANDS",
    "CONTEXTS_APART",
    "OVER_THE_PANES",
    "Command",
    "Context",
    "Group",
    "find",
    "footer_for",
    "for_context",
    "problems",
    "reachable_in",
    "shown_key",
]

COMMANDS: tuple[Command, ...] = (
    *MOVING,
    *PANES,
    *FINDING,
    *NOTEBOOK,
    *CALENDAR,
    *TAGS,
    *SETTINGS,
    *ARTICLES,
    *READING,
    *ANNOTATING,
    *PROGRAM,
    *LINES,
    *ANSWERS,
)
"""Every command, in the order of the help screen."""

OVER_THE_PANES = frozenset(
    {
        Context.DIALOGS,
        Context.LINK,
        Context.REVISIONS,
        Context.NOTEBOOK,
        Context.CALENDAR,
        Context.TAGS,
        Context.SETTINGS,
    }
)
"""Contexts whose commands are carried out by a screen in front of the panes."""


def find(command_id: str) -> Command:
    """Return the command ``command_id``. Raises KeyError if there is none."""
    for command in COMMANDS:
        if command.id == command_id:
            return command
    raise KeyError(command_id)


def for_context(context: Context | str) -> tuple[Command, ...]:
    """Return the commands declared for ``context`` itself; ``reachable_in`` adds those of the app."""
    return tuple(command for command in COMMANDS if context in command.contexts)


def reachable_in(context: Context | str) -> tuple[Command, ...]:
    """Return the commands available in ``context``: its own, then those of the app.

    The commands of the app are not available while text is typed, words are selected or a dialog is open.
    """
    own = for_context(context)
    if context == Context.APP or context in CONTEXTS_APART:
        return own
    return own + for_context(Context.APP)


def footer_for(context: Context | str) -> tuple[Command, ...]:
    """Return the commands of the footer while ``context`` has the focus, those of the context first."""
    return tuple(command for command in reachable_in(context) if command.footer)
