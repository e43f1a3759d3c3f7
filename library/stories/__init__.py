"""Stories: groups of near-duplicate articles, shown in one row."""

from library.stories.groups import KnownStories, StoryGroups, folded

__all__ = ["KnownStories", "StoryGroups", "folded"]
