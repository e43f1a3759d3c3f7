"""The next key in place of a command: the letter of a jump mark, the hint of a link."""

from __future__ import annotations

from collections.abc import Callable

from tuireader.events import Signal


class NextKey:
    """Gives the next keys to whoever asked for them, until ``drop``."""

    def __init__(self) -> None:
        self.prompt = ""
        """What the key is for; empty where keys are those of the commands."""
        self.changed: Signal[None] = Signal()
        self._take: Callable[[str], None] | None = None

    @property
    def is_wanted(self) -> bool:
        """Whether the next key is for something else than a command."""
        return self._take is not None

    def take(self, prompt: str, take: Callable[[str], None]) -> None:
        """Give the next keys to ``take``; ``prompt`` says what they are for."""
        self.prompt, self._take = f"{prompt} · Esc cancels", take
        self.changed.publish(None)

    def give(self, key: str) -> bool:
        """Give ``key`` to whoever wants it; false where nobody does."""
        if self._take is None:
            return False
        self._take(key)
        return True

    def drop(self) -> None:
        """Keys are those of the commands again."""
        self.prompt, self._take = "", None
        self.changed.publish(None)
