"""Tags as a tree under a query, out of use, and going together; tags as text of a query."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from fakes import markdown
from hypothesis import given
from hypothesis import strategies as st

from library import Library, TagFamily
from library.query.formatting import tag_term, tags_query


def tree(families: Iterable[TagFamily], depth: int = 0) -> list[str]:
    lines = []
    for family in families:
        lines += [
            f"{'  ' * depth}{family.name} {family.count} {family.own}",
            *tree(family.members, depth + 1),
        ]
    return lines


def tagged(library: Library, *groups: str) -> None:
    for number, tags in enumerate(groups):
        library.importing.add_bytes(
            f"{number}.md", markdown(f"Number {number}", f"Words {number}.", tags=f"[{tags}]")
        )


def test_an_article_counts_once_in_each_family_of_its_tags(library: Library):
    tagged(library, "world/europe/north, world/europe, World/Asia", "world", "WORLD/europe", "city")
    assert tree(library.tags.families()) == [
        "world 3 1",
        "  europe 2 2",
        "    north 1 1",
        "  Asia 1 1",
        "city 1 1",
    ]


def test_the_tree_counts_what_the_query_finds(seeded: Library):
    assert tree(seeded.tags.families("date:2021-03-03")) == ["city 1 1", "world 1 1"]
    assert tree(seeded.tags.families("nothing")) == []


def test_the_counts_of_the_tree_are_those_of_queries_for_its_tags(seeded: Library):
    seeded.note(seeded.search.ids("strike")[0], "#world/asia #thought #LABOUR")

    def check(family: TagFamily) -> None:
        assert family.count == len(seeded.search.ids(tag_term(family.tag, family=True)))
        assert family.own == len(seeded.search.ids(tag_term(family.tag)))
        for member in family.members:
            check(member)

    families = seeded.tags.families()
    assert "thought" in {family.tag for family in families}
    for family in families:
        check(family)


def test_a_tag_has_its_colour_in_the_tree(seeded: Library):
    seeded.tags.recolour("world/europe", "blue")
    world = next(family for family in seeded.tags.families() if family.tag == "world")
    assert (world.colour, world.members[0].colour) == ("", "blue")


def test_unused_tags_have_only_a_colour_or_trashed_articles(seeded: Library):
    assert seeded.tags.unused() == []
    seeded.tags.recolour("someday", "red")
    seeded.articles.trash(seeded.search.ids("Pottery"))
    found = [(tag.tag, tag.colour, tag.trashed) for tag in seeded.tags.unused()]
    assert found == [("craft", "", 1), ("someday", "red", 0)]


def test_a_deleted_tag_is_not_listed_as_unused(seeded: Library):
    seeded.tags.delete("craft")
    assert seeded.tags.unused() == []


def test_related_tags_occur_together_more_often_than_by_chance(library: Library):
    tagged(library, *["sea, ship, all"] * 5, *["sea, fish, all"] * 2, *["city, all"] * 9, "ship, city, all")
    found = library.tags.related("SEA")
    assert [tag.tag for tag in found] == ["ship", "fish"]
    assert found[0].together == 5
    assert found[0].lift == pytest.approx((5 / 7) / (6 / 17))
    assert library.tags.related("nothing") == []


def test_for_related_tags_trashed_articles_do_not_count_and_notes_do(library: Library):
    tagged(library, *["sea, ship"] * 3, *["city"] * 3)
    library.articles.trash(library.search.ids("tag:sea limit:2"))
    assert library.tags.related("sea") == []
    for key in library.search.ids("tag:city limit:2"):
        library.note(key, "#tram")
    assert [(tag.tag, tag.together, tag.lift) for tag in library.tags.related("tram")] == [("city", 2, 4 / 3)]


def test_a_family_is_not_related_to_itself(library: Library):
    tagged(library, *["world/europe, world/asia, trade"] * 3, "x")
    assert [tag.tag for tag in library.tags.related("world")] == ["trade"]
    assert [tag.tag for tag in library.tags.related("world/asia")] == ["trade", "world/europe"]


def test_chosen_tags_become_a_query_with_and_or_not(seeded: Library):
    query = tags_query(["world/*"], ["energy", "city"], ["cold war", "none"])
    assert query == 'tag:world/* tag:energy,city -tag:"cold war" -tag:"none"'
    assert len(seeded.search.ids(query)) == 2
    assert tags_query() == ""


@given(st.lists(st.text('abc d()#-:"*/,ä雨', min_size=1, max_size=6), min_size=1, max_size=3))
def test_any_tag_survives_the_query_language(names: list[str]):
    from datetime import date

    from library.query import parse_query
    from library.query.tree import Tagged, conjuncts
    from library.text.tag_names import clean_tags

    tags = clean_tags(names)
    parsed = parse_query(tags_query(some=tags), date(2026, 1, 1))
    assert [node.names for node in conjuncts(parsed.node) if isinstance(node, Tagged)] == (
        [tags] if tags else []
    )
