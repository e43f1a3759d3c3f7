"""Commands for the whole program."""

from __future__ import annotations

from functools import partial

from tuireader.commands.declaring import Command, Context, Group, command

_APP = (Context.APP,)

_program = partial(command, group=Group.PROGRAM, contexts=_APP)

PROGRAM: tuple[Command, ...] = (
    _program("add", "i", "Add articles",
             "Import files and folders; a path that is pasted into the list does the same.",
             argument="PATH"),
    _program("import-report", "I", "Report of the last import",
             "Show what was added, updated, skipped and failed, with the reasons."),
    _program("remove-samples", "", "Remove the sample articles", "Move the sample articles to the trash."),
    _program("welcome", "", "Welcome", "Show the three steps of the first start again."),
    _program("undo", "u", "Undo", "Undo the last change."),
    _program("redo", "ctrl+r", "Redo", "Redo the change that was undone."),
    _program("back", "escape, q", "Back",
             "Leave the selection, the article or the filter; Esc first stops a running change.",
             palette=False, label="back"),
    _program("command-line", ":", "Command line",
             "Type a command with its argument; a number goes to that row.", palette=False),
    _program("palette", "ctrl+p", "Commands", "Find a command by name.", palette=False),
    _program("settings", ",", "Settings", "Show and change the settings."),
    _program("change-key", "g k", "Change a key", "Give a command another key.", argument="COMMAND"),
    _program("redraw", "ctrl+l", "Redraw", "Redraw the screen."),
    _program("quit", "Q", "Quit", "Close the reader; everything is saved.", label="quit"),
    _program("help", "?", "Help", "Show all keys; type to search.", label="help"),
)  # fmt: skip
