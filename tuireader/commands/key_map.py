"""The commands with the keys that they have now; how keys are shown; the mistakes in a table of keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from tuireader.commands.declaring import CONTEXTS_APART, Command, Context

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
    """Format ``key`` for display: ``"g g"`` → ``gg``, ``"down"`` → ``↓``."""
    return "".join(_SHOWN_KEYS.get(stroke, stroke) for stroke in key.split())


_WAY_OUT = "escape"
_AT_HOME = (Context.APP, Context.LIST)
"""Contexts that are not left by the way out."""


class KeyMap:
    """The commands of the registry, which the user may have given other keys.

    Attributes:
        commands: All commands, in the order of the help.
        letters: Letters of other keyboards → the Latin letters at their places, beside those known anyway.
        is_explained: True once the reader has said what to do about a key without a meaning.
    """

    def __init__(self, commands: Iterable[Command]) -> None:
        self.use(commands)
        self.is_explained = False

    def use(self, commands: Iterable[Command], letters: Mapping[str, str] | None = None) -> None:
        """Let other keys hold from now on."""
        self.commands: Sequence[Command] = tuple(commands)
        self.letters: Mapping[str, str] = letters or {}
        self._by_id = {command.id: command for command in self.commands}

    def find(self, command_id: str) -> Command:
        """Return the command ``command_id``. Raises KeyError if there is none."""
        return self._by_id[command_id]

    def key(self, command_id: str) -> str:
        """Return the first key of a command as it is shown; without one, its line of the command line."""
        keys = self.find(command_id).keys
        return shown_key(keys[0]) if keys else f":{command_id}"

    def named_in(self, words: str) -> str:
        """Return ``words`` with the keys of the commands whose ids stand in braces."""
        return re.sub(r"\{([a-z-]+)\}", lambda found: self.key(found[1]), words)

    def for_context(self, context: Context | str) -> tuple[Command, ...]:
        """Return the commands declared for ``context`` itself; ``reachable_in`` adds those of the app."""
        return tuple(command for command in self.commands if context in command.contexts)

    def reachable_in(self, context: Context | str) -> tuple[Command, ...]:
        """Return the commands available in ``context``: its own, then those of the app.

        The commands of the app are not available while text is typed, words are selected or a dialog is open.
        """
        own = self.for_context(context)
        if context == Context.APP or context in CONTEXTS_APART:
            return own
        return own + self.for_context(Context.APP)

    def footer_for(self, context: Context | str) -> tuple[Command, ...]:
        """Return the commands of the footer while ``context`` has the focus: the way out, then its own."""
        shown = [command for command in self.reachable_in(context) if command.footer and command.keys]
        ways_out = [command for command in shown if _WAY_OUT in command.keys and context not in _AT_HOME]
        return (*ways_out, *(command for command in shown if _WAY_OUT not in command.keys))


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
