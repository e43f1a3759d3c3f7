"""The messages that parts of the reader send to the app."""

from __future__ import annotations

from typing import Any

from textual.message import Message


class SettingsChosen(Message):
    """The user changed settings. ``values`` are saved by name."""

    def __init__(self, **values: Any) -> None:
        super().__init__()
        self.values = values


class Rested(Message):
    """No key has been pressed for a while."""


class SidebarCounted(Message):
    """The sidebar has been counted."""
