"""Copies to the system clipboard, because not every terminal supports OSC 52."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

SECONDS = 2.0
"""Seconds that a program may take to accept a text."""


class _Tool(NamedTuple):
    """A program that takes a text on standard input; it works if the variable ``needs`` is set."""

    command: tuple[str, ...]
    needs: str = ""


_TOOLS = (
    _Tool(("wl-copy",), "WAYLAND_DISPLAY"),
    _Tool(("xclip", "-selection", "clipboard"), "DISPLAY"),
    _Tool(("xsel", "--clipboard", "--input"), "DISPLAY"),
    _Tool(("pbcopy",)),
)


def clipboard_command(
    environ: Mapping[str, str], which: Callable[[str], str | None]
) -> tuple[str, ...] | None:
    """Return the program, with its arguments, that fills the system clipboard; None if there is none.

    ``which`` finds a program, as ``shutil.which`` does.
    """
    for tool in _TOOLS:
        path = which(tool.command[0]) if not tool.needs or environ.get(tool.needs) else None
        if path:
            return (path, *tool.command[1:])
    return None


def fill_clipboard(text: str, command: Sequence[str], *, seconds: float = SECONDS) -> bool:
    """Pass ``text`` to ``command``, which may keep running to serve it. Return True if it succeeded."""
    try:
        done = subprocess.run(
            command,
            input=text.encode("utf-8", errors="replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            start_new_session=True,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
