"""Writes docs/keys.md from the command registry.

python -m docs.keys
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from pathlib import Path

from tuireader.commands import COMMANDS, Command, Context, Group, shown_key

PAGE = Path(__file__).parent / "keys.md"
WIDTH = 100
HEAD = """# Keys

This page is written by `make docs` from the command registry, `tuireader/commands/`. The bottom
line, the help screen (`?`), the command line (`:`) and the command palette (`ctrl+p`) come from the
same place.

A movement takes a count before it: `5j`. After the first key of a sequence, such as `g` or `]`, a
panel lists the keys that can follow. Arrow keys, `Enter`, `Esc` and `Tab` are enough to reach
everything. In brackets: where the key works.

`:` opens the command line. It takes every command by its name, with `Tab` to complete it, and the
number of a row. Words that other programs use, such as `:q`, work as well.

## Keys of your own

Keys are changed in the section `[keys]` of the [settings file](settings.md), by the id of the
command. In the reader, `gk` asks for a command and its new key, and `Enter` in the help (`?`) for
the new key of the command found there.
`tuireader keys` prints all ids with the keys as they are now; the help and the bottom line
show them as well. An open reader follows at once.

```toml
[keys]
preset = "vim"                 # or default, emacs, newsboat
bookmark = ["m", "ctrl+b"]     # several keys
set-mark = "M"
go-calendar = "gc"             # a sequence; also "g c"
redraw = "nop"                 # no key
```

On Russian, Ukrainian, Greek, Hebrew and Arabic keyboards, commands are at the places of the Latin
letters: `о` is `j`. In terminals that report where a key is (kitty, Ghostty, foot, WezTerm), this
holds for every keyboard. For others, `langmap` names the letters:

```toml
[keys]
langmap = "љњертз;qwerty"
```

A key that you give to a command is taken from the one that has it otherwise. Keys that terminals
do not send, keys with two meanings and unknown ids are named with their line. Every pane, line and
dialog keeps a key to leave it, and `ctrl+q` always leaves the reader.
"""


def page() -> str:
    """The whole page."""
    return HEAD + "".join(_section(group, [c for c in COMMANDS if c.group is group]) for group in Group)


def entries(commands: Iterable[Command]) -> list[str]:
    """A list entry for each command: its keys, its title, what it does, where it works."""
    return [_entry(command) for command in commands]


def _section(group: Group, commands: list[Command]) -> str:
    return "\n".join(["", f"## {group}", "", *entries(commands), ""]) if commands else ""


def _entry(command: Command) -> str:
    keys = " ".join(f"`{shown_key(key)}`" for key in command.keys) or "`ctrl+p`"
    where = "everywhere" if Context.APP in command.contexts else ", ".join(command.contexts)
    line = f" On the command line: `:{command.id} {command.argument}`." if command.argument else ""
    text = f"{keys} **{command.title}.** {command.help}{line} ({where})"
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent="- ",
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
