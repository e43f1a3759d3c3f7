"""Stories: which articles tell the same, and are shown under one line."""

from library.stories.groups import KnownStories, Told, folded

__all__ = ["KnownStories", "Told", "folded"]
