"""The articles of a list that are told together, each story with the one to be read first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from library.models import Story


def folded(ids: Sequence[str], numbers: Mapping[str, int], stories: Mapping[int, Story]) -> list[Story]:
    """The stories of which at least two articles are among ``ids``, in the order of the list.

    ``numbers`` are those of the articles' stories; a story has the articles that are in the list only.
    """
    told = [key for key in ids if key in numbers]
    counts = Counter([numbers[key] for key in told])
    listed: set[str] = set()
    result = []
    for number, count in counts.items():
        if count < 2:
            continue
        story = stories[number]
        if count < len(story.ids):
            listed = listed or set(told)
            story = Story(tuple([key for key in story.ids if key in listed]))
        result.append(story)
    return result
