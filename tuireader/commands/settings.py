"""Commands of the settings view."""

from __future__ import annotations

from functools import partial

from tuireader.commands.declaring import Command, Context, Group, command

_setting = partial(command, group=Group.SETTINGS, contexts=(Context.SETTINGS,), palette=False)

SETTINGS: tuple[Command, ...] = (
    _setting("change-setting", "enter, space", "Change",
             "Switch the setting on or off, choose its value, or type it.", label="change"),
    _setting("reset-setting", "d", "Default", "Give the setting its default.", label="default"),
    _setting("edit-settings-file", "e", "Open the file", "Open the settings file in $VISUAL or $EDITOR.",
             label="open the file"),
)  # fmt: skip
