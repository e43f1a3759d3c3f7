"""The section ``[keys]`` of the settings file: a preset, and the keys of single commands."""

from __future__ import annotations

from collections.abc import Iterable

from tuireader.settings.document import Problem, Table

_LINES = """\
# Keys that another program has (default, vim, emacs or newsboat).
#preset = "default"

# Keys of a command, by its id; tuireader keys prints all ids. A list gives it several keys, the
# keys of a sequence stand one after the other, and "nop" takes its keys away. A key that is given
# here is taken from the command that has it otherwise. For example:
#bookmark = ["b", "ctrl+b"]
#go-calendar = "gc"
#redraw = "nop"

# Letters of another keyboard, a semicolon, and the Latin letters at their places. Known are
# Russian, Ukrainian, Greek, Hebrew, Arabic, and all where the terminal reports places (kitty).
#langmap = "љњертз;qwerty"
"""


class KeysSection:
    """The section of keys. Its names are the ids of commands."""

    name = "keys"
    help = "Keys."

    def lines(self) -> Iterable[str]:
        return _LINES.splitlines()

    def problems(self, table: Table) -> Iterable[Problem]:
        if not table.values:
            return ()
        from tuireader.commands import COMMANDS
        from tuireader.commands.remapping import letters_of, remap

        found = (*remap(COMMANDS, table.values)[1], *letters_of(table.values)[1])
        return [table.problem(one.what, one.name, remedy=one.remedy) for one in found]
