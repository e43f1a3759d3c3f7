"""The command registry: every command of the reader, declared once.

Key bindings, footer, palette, help screen and ``docs/keys.md`` are made from ``COMMANDS``. Keys are
written as they are typed: ``"j"``, ``"?"``, ``"ctrl+d"``, ``"pagedown"``; the keys of a sequence are
separated by a space: ``"g g"``, ``"] u"``.
"""

from __future__ import annotations

from tuireader.commands.declared import COMMANDS
from tuireader.commands.declaring import CONTEXTS_APART, TYPING, Command, Context, Group
from tuireader.commands.key_map import KeyMap, problems, shown_key

__all__ = [
    "COMMANDS",
    "CONTEXTS_APART",
    "DEFAULT_KEYS",
    "OVER_THE_PANES",
    "TYPING",
    "Command",
    "Context",
    "Group",
    "KeyMap",
    "find",
    "footer_for",
    "for_context",
    "problems",
    "reachable_in",
    "shown_key",
]

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


DEFAULT_KEYS = KeyMap(COMMANDS)
"""The commands with their keys as they are declared."""

find = DEFAULT_KEYS.find
for_context = DEFAULT_KEYS.for_context
reachable_in = DEFAULT_KEYS.reachable_in
footer_for = DEFAULT_KEYS.footer_for
