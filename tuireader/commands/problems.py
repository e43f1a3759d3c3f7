"""Checks a set of commands for mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from tuireader.commands.declaring import CONTEXTS_APART, Command, Context

PORTABLE_KEY = re.compile(
    r"[!-~]|f([1-9]|1[0-2])|ctrl\+[a-gj-lnopr-y]|up|down|left|right|home|end|pageup|pagedown"
    r"|enter|escape|space|tab|shift\+tab"
)


def problems(commands: Iterable[Command]) -> Iterator[str]:
    """Yield the mistakes in a set of commands, one sentence each."""
    chosen = tuple(commands)
    ids = [command.id for command in chosen]
    yield from (f"{name}: this id is declared twice" for name in sorted({i for i in ids if ids.count(i) > 1}))
    for command in chosen:
        yield from _problems_of(command)
    for context in Context:
        yield from _clashes(context, chosen)


def _problems_of(command: Command) -> Iterator[str]:
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", command.id):
        yield f"{command.id}: an id is written in kebab-case"
    if not (command.title and command.help and command.contexts):
        yield f"{command.id}: title, help and contexts must not be empty"
    if not command.keys and (command.footer or not command.palette):
        yield f"{command.id}: without keys it must be in the palette, and not in the footer"
    if command.footer and not command.label:
        yield f"{command.id}: the footer needs a label"
    for key in command.keys:
        if not key.split() or not all(PORTABLE_KEY.fullmatch(stroke) for stroke in key.split()):
            yield f"{command.id}: not every terminal sends the key “{key}”"


def _clashes(context: Context, commands: tuple[Command, ...]) -> Iterator[str]:
    """Yield the keys with two meanings in ``context``, and those that hide the beginning of a sequence."""
    apart = context in CONTEXTS_APART
    here = [c for c in commands if context in c.contexts or (Context.APP in c.contexts and not apart)]
    for one, other in combinations(here, 2):
        for key in one.keys:
            for rival in other.keys:
                if f"{key} ".startswith(f"{rival} ") or f"{rival} ".startswith(f"{key} "):
                    yield f"{context}: “{key}” of {one.id} clashes with “{rival}” of {other.id}"
