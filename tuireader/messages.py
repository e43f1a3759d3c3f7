"""The messages that parts of the reader send to the app."""

from __future__ import annotations

from typing import Any

from textual.message import Message


class Remembered(Message):
    """The reader is to remember something. ``values`` are fields of ``State``."""

    def __init__(self, **values: Any) -> None:
        super().__init__()
        self.values = values


class Rested(Message):
    """A pause in which no key has been pressed for a while."""


class SidebarCounted(Message):
    """The end of counting the sidebar's entries."""
