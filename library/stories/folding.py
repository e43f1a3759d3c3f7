"""The articles of a list that are told together, each story with the one to be read first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from library.models import Story


def folded(ids: Sequence[str], numbers: Mapping[str, int], words: Callable[[str], int]) -> list[Story]:
    """The stories of which at least two articles are among ``ids``, in the order of the list.

    The first of a story is the longest, for the others are as a rule cut from it; of equals the one that
    comes first. Marks do not count: a list must not change places while it is read.
    """
    told: dict[int, list[str]] = {}
    for key in [key for key in ids if key in numbers]:
        told.setdefault(numbers[key], []).append(key)
    return [_story(keys, words) for keys in told.values() if len(keys) > 1]


def _story(keys: Sequence[str], words: Callable[[str], int]) -> Story:
    first = max(keys, key=words)
    return Story((first, *(key for key in keys if key != first)))
