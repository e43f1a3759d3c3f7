"""The rows of a folded list: every article has one, or is hidden by exactly one."""

from __future__ import annotations

from growth import growth
from hypothesis import given
from hypothesis import strategies as st

from library import Story
from tuireader.widgets.article_list.folding import Folding


def made(count: int, sizes: list[int]) -> tuple[tuple[str, ...], list[Story]]:
    """Return ``count`` articles, the first of which are stories of these sizes."""
    found = tuple(f"a{number}" for number in range(count))
    stories, start = [], 0
    for size in sizes:
        if start + size <= count:
            stories.append(Story(found[start : start + size][::-1]))
        start += size
    return found, stories


@given(st.integers(0, 12), st.lists(st.integers(2, 4), max_size=4), st.sets(st.integers(0, 12)))
def test_every_article_has_a_row_or_is_hidden_by_one(count: int, sizes: list[int], opened: set[int]):
    found, stories = made(count, sizes)
    folding = Folding.of(found, stories, frozenset(f"a{number}" for number in opened))
    shown = [key for row in folding.rows for key in (row, *folding.hidden(row))]
    assert sorted(shown) == sorted(found)
    assert all(folding.hides(key) is (key not in folding.rows) for key in found)
    everything = folding
    for story in stories:
        everything = everything.with_story(story.others[0], opened=True)
    assert sorted(everything.rows) == sorted(found)


def test_a_story_is_at_the_position_of_its_first_article_and_opens_below_it():
    folding = Folding.of(("a", "b", "c", "d"), [Story(("c", "a"))], frozenset())
    assert folding.rows == ("b", "c", "d")
    opened = folding.with_story("a", opened=True)
    assert opened.rows == ("b", "c", "a", "d")
    assert opened.with_story("a", opened=False) == folding
    assert folding.with_story("b", opened=True) is folding


def test_the_work_of_folding_grows_with_the_number_of_articles():
    def fold(given: tuple[tuple[str, ...], list[Story]]) -> Folding:
        return Folding.of(*given, frozenset())

    assert len(fold(made(100_000, [2] * 10_000)).rows) == 90_000
    assert growth(fold, lambda size: made(size, [2] * (size // 10)), 100_000) < 32
