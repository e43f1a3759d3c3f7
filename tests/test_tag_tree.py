"""The rows of the tags view, and the query of marked tags."""

from __future__ import annotations

import pytest

from library import TagFamily, UnusedTag
from tuireader.tags.tree import TagHeading, TagMark, TagOrder, TagRow, family_keys, query_for, tag_rows


def family(tag: str, count: int, *members: TagFamily, colour: str = "") -> TagFamily:
    return TagFamily(
        tag=tag, name=tag.rpartition("/")[2], own=count, count=count, colour=colour, members=members
    )


TREE = (
    family("World", 5, family("World/Asia", 3, family("World/Asia/South", 1)), family("World/Ähre", 2)),
    family("art", 4),
)


def names(rows) -> list[str]:
    return [row.words if isinstance(row, TagHeading) else f"{'  ' * row.depth}{row.name}" for row in rows]


def test_what_is_closed_hides_what_is_below_it():
    assert names(tag_rows(TREE, (), frozenset(), TagOrder.MOST_USED)) == ["World", "art"]
    opened = frozenset(family_keys(TREE))
    assert opened == {"world", "world/asia"}
    assert names(tag_rows(TREE, (), opened, TagOrder.MOST_USED)) == [
        "World",
        "  Asia",
        "    South",
        "  Ähre",
        "art",
    ]


def test_tags_are_ordered_by_use_or_by_name_without_regard_to_case_and_accents():
    rows = tag_rows(TREE, (), frozenset({"world"}), TagOrder.BY_NAME)
    assert names(rows) == ["art", "World", "  Ähre", "  Asia"]


def test_unused_tags_are_under_their_own_heading():
    rows = tag_rows(TREE, [UnusedTag(tag="someday", colour="red")], frozenset(), TagOrder.MOST_USED)
    assert names(rows) == ["World", "art", "", "Unused", "someday"]
    assert names(tag_rows((), [UnusedTag(tag="x")], frozenset(), TagOrder.MOST_USED)) == ["Unused", "x"]


def test_a_family_is_meant_with_all_below_it_and_a_tag_by_itself():
    rows = tag_rows(TREE, (), frozenset(), TagOrder.MOST_USED)
    assert [row.term for row in rows if isinstance(row, TagRow)] == ["World/*", "art"]


@pytest.mark.parametrize(
    ("filter_", "query"),
    [
        ("", 'tag:a/* tag:c,"d e" -tag:b'),
        ("is:unread", 'is:unread tag:a/* tag:c,"d e" -tag:b'),
        ("tag:a/* -tag:b", 'tag:a/* -tag:b tag:c,"d e"'),
        ("x OR y", '(x OR y) tag:a/* tag:c,"d e" -tag:b'),
    ],
)
def test_marked_tags_narrow_the_filter(filter_: str, query: str):
    marks = {"a/*": TagMark.EVERY, "b": TagMark.NONE, "c": TagMark.SOME, "d e": TagMark.SOME}
    assert query_for(marks, filter_) == query
