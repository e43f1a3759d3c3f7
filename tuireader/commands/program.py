"""Commands of the whole program."""

from __future__ import annotations

from functools import partial

from tuireader.commands.declaring import Command, Context, Group, command

_APP = (Context.APP,)

_program = partial(command, group=Group.PROGRAM, contexts=_APP)

PROGRAM: tuple[Command, ...] = (
    _program("undo", "u", "Undo", "Take the last change back."),
    _program("redo", "ctrl+r", "Redo", "Make the change again that was taken back."),
    _program("back", "q, escape", "Back",
             "Out of the selection, the page, the filter; Esc first stops a long change.", palette=False),
    _program("palette", "ctrl+p", "Commands", "Find a command by its name.", palette=False),
    _program("redraw", "ctrl+l", "Redraw", "Draw the screen again."),
    _program("quit", "Q", "Quit", "Close the reader; everything is kept.", label="quit"),
    _program("help", "?", "Help", "All keys, searchable.", label="help"),
)  # fmt: skip
