"""The command ``completion``: prints the completions of a shell."""

from __future__ import annotations

from argparse import Namespace
from importlib.resources import files
from pathlib import Path

from tuireader.cli.grammar import Commands

SHELLS = {"bash": "tuireader", "zsh": "_tuireader", "fish": "tuireader.fish"}
"""Each shell, and the name of its completions in ``tuireader/shell``."""


def declare(commands: Commands) -> None:
    """Declare the command and its arguments."""
    command = commands.add(
        "completion",
        print_completion,
        "print the completions of a shell",
        examples=(
            "bash > ~/.local/share/bash-completion/completions/tuireader",
            "zsh > ~/.zfunc/_tuireader    (with fpath+=~/.zfunc before compinit)",
            "fish > ~/.config/fish/completions/tuireader.fish",
        ),
        on_folder=True,
        needs_library=False,
    )
    command.add_argument("shell", choices=tuple(SHELLS), metavar="SHELL", help=", ".join(SHELLS))


def print_completion(folder: Path, options: Namespace) -> int:
    """Print the completions of a shell, which were made from the parser."""
    from tuireader.cli.output import print_text

    text = files("tuireader").joinpath("shell", options.shell, SHELLS[options.shell]).read_text("utf-8")
    print_text(text, None)
    return 0
