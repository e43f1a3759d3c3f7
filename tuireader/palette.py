"""The command palette, filled from the registry."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from tuireader.commands import Command, shown_key
from tuireader.keys import key_map_of
from tuireader.screens.command_screen import CommandScreen


class CommandProvider(Provider):
    """The provider of all commands of the registry that are meant for the palette."""

    async def discover(self) -> Hits:
        """Yield all commands, for an empty search."""
        for command in self._commands():
            yield DiscoveryHit(self._title(command), self._runner(command), help=command.help)

    async def search(self, query: str) -> Hits:
        """Yield the commands whose title or help matches ``query``."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = max(matcher.match(command.title), 0.5 * matcher.match(command.help))
            if score > 0:
                yield Hit(score, self._title(command), self._runner(command), help=command.help)

    def _commands(self) -> Iterator[Command]:
        if isinstance(self.screen, CommandScreen):
            yield from (command for command in key_map_of(self.app).commands if command.palette)

    def _title(self, command: Command) -> str:
        return f"{command.title}  ({shown_key(command.keys[0])})" if command.keys else command.title

    def _runner(self, command: Command) -> partial[None]:
        assert isinstance(self.screen, CommandScreen)
        return partial(self.screen.invoke, command)
