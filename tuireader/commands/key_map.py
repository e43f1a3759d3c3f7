"""The commands with the keys that they have now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tuireader.commands.declaring import CONTEXTS_APART, Command, Context
from tuireader.commands.shown_keys import shown_key

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
