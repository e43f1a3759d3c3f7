"""Writes the manual page and the shell completions from the parser: ``python -m docs.shell_files``."""

from __future__ import annotations

import os
from argparse import SUPPRESS, ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tuireader import __version__
from tuireader.cli.completion import SHELLS
from tuireader.cli.program import EXAMPLES, documented_parser

FOLDER = Path(__file__).resolve().parents[1] / "tuireader" / "shell"
MANUAL = "man/tuireader.1"
_FILE_ARGUMENTS = {"sources", "file", "output"}
_FOLDER_ARGUMENTS = {"library"}


def shell_files() -> dict[str, str]:
    """Return the text of each file, by its path in ``tuireader/shell``."""
    completions = {f"{shell}/{name}": completion(shell) for shell, name in SHELLS.items()}
    return {MANUAL: manual_page(), **completions}


def completion(shell: str) -> str:
    """Return the completions of a shell."""
    import shtab

    parser = documented_parser()
    for action in _actions(parser):
        if action.dest in _FILE_ARGUMENTS:
            action.complete = shtab.FILE
        elif action.dest in _FOLDER_ARGUMENTS:
            action.complete = shtab.DIRECTORY
        elif isinstance(action.choices, dict):
            for command in action.choices.values():
                _hide_words_beside_actions(command)
    return f"{shtab.complete(parser, shell).rstrip()}\n"


def _hide_words_beside_actions(command: ArgumentParser) -> None:
    """Hide the query of a command that has actions too: shtab's zsh would complete nothing there."""
    if any(isinstance(action.choices, dict) for action in command._actions):
        for action in command._actions:
            if not action.option_strings and not action.choices:
                action.help = SUPPRESS


def _actions(parser: Any) -> Iterator[Any]:
    """Yield all arguments of a parser and of the parsers below it."""
    for action in parser._actions:
        yield action
        if isinstance(action.choices, dict):
            for below in action.choices.values():
                yield from _actions(below)


def manual_page() -> str:
    """Return the manual page, in section 1."""
    from argparse_manpage.manpage import Manpage

    about = {
        "date": "2026",
        "description": "a terminal news reader with an offline library",
        "project_name": "tuireader",
        "version": __version__,
        "manual_title": "User commands",
        "url": "https://github.com/tuireader/tuireader",
    }
    page = Manpage(documented_parser(), _data=about, format="single-commands-section")
    page.add_section("description", "=", "Without a command, the reader opens.\n")
    lines = [f".TP\n\\fB{_roff(example)}\\fR\n{_roff(does)}" for example, does in EXAMPLES]
    page.add_section("examples", "=", "\n".join(lines))
    page.add_section("environment", "=", _ENVIRONMENT)
    page.add_section("exit status", "=", _EXIT_STATUS)
    return str(page)


def _roff(text: str) -> str:
    return text.replace("\\", "\\e").replace("-", "\\-")


_ENVIRONMENT = """.TP
TUIREADER_LIBRARY
folder of the library
.TP
TUIREADER_WEEK
first day of the week, such as sunday
.TP
NO_COLOR
print no colours
.TP
VISUAL, EDITOR
editor for notes"""
_EXIT_STATUS = """.TP
0
done
.TP
1
something failed; each failure is named
.TP
2
wrong usage, or an invalid query"""


def main() -> None:
    """Write all files, the same at every width of the terminal."""
    os.environ["COLUMNS"] = "80"
    for name, text in shell_files().items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
