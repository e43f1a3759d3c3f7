"""The key map as a person reads it."""

from __future__ import annotations

from collections.abc import Iterable

from tuireader.commands.declaring import Command, Context, Group

_SHOWN_KEYS = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "shift+Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
}


def shown_key(key: str) -> str:
    """``key`` as a person reads it: ``"g g"`` → ``gg``, ``"down"`` → ``↓``."""
    return "".join(_SHOWN_KEYS.get(stroke, stroke) for stroke in key.split())


def markdown_table(commands: Iterable[Command]) -> str:
    """The key map as Markdown: a heading and a table a group."""
    chosen = tuple(commands)
    parts = [_group_table(group, [c for c in chosen if c.group is group]) for group in Group]
    return "\n".join(part for part in parts if part)


def _group_table(group: Group, commands: list[Command]) -> str:
    if not commands:
        return ""
    rows = [f"| {_keys_cell(c)} | {c.title} | {c.help} | {_where(c)} | `{c.id}` |" for c in commands]
    head = ["| keys | command | what it does | where | id |", "|---|---|---|---|---|"]
    return "\n".join([f"## {group}", "", *head, *rows, ""])


def _keys_cell(command: Command) -> str:
    # A bar would end the cell of a Markdown table, even inside a code span.
    return " ".join(f"`{shown_key(key)}`".replace("|", "\\|") for key in command.keys) or "palette"


def _where(command: Command) -> str:
    return "everywhere" if Context.APP in command.contexts else ", ".join(command.contexts)
