"""Stories: which articles tell the same, and are shown under one line."""

from library.stories.folding import folded
from library.stories.known import KnownStories, Told

__all__ = ["KnownStories", "Told", "folded"]
