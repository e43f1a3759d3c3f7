"""Stories: which articles tell the same, and are shown under one line."""

from library.stories.groups import KnownStories, StoryGroups, folded

__all__ = ["KnownStories", "StoryGroups", "folded"]
