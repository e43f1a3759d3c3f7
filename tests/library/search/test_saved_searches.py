"""Saved searches: kept under a name, used inside queries and inside each other, renamed, removed, undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import BERLIN, FakeClock

from library import Library, LibraryError, QueryError, SearchInUse, SearchNameTaken, SearchNotFound


def names(library: Library) -> list[str]:
    return [search.name for search in library.searches.all()]


def titles(library: Library, query: str) -> list[str]:
    return [article.title.split()[0] for article in library.select(query)]


def test_a_saved_search_is_kept_after_a_restart(seeded: Library, clock: FakeClock):
    saved = seeded.searches.save("Port", "tag:harbour sort:title")
    seeded.searches.save("an older one", "date:2020")
    seeded.close()
    with Library.open(seeded.path, clock=clock, timezone=BERLIN) as again:
        assert names(again) == ["an older one", "Port"]
        assert again.searches.get("Port") == saved
        assert (saved.name, saved.query) == ("Port", "tag:harbour sort:title")


def test_names_are_the_same_whatever_their_case_and_accents(seeded: Library):
    first = seeded.searches.save("Café", "oil")
    second = seeded.searches.save("CAFE", "storm")
    assert second.id == first.id
    assert [(one.name, one.query) for one in seeded.searches.all()] == [("CAFE", "storm")]
    assert seeded.searches.get("café").query == "storm"


def test_a_saved_search_stands_for_its_terms(seeded: Library):
    seeded.searches.save("port", "tag:harbour OR oil")
    assert titles(seeded, "saved:port") == ["Oil", "Storm", "Harbour"]
    assert titles(seeded, "saved:port sort:-date") == ["Storm", "Oil", "Harbour"]
    assert titles(seeded, "SAVED:Port strike") == ["Harbour"]
    assert titles(seeded, "-saved:port") == ["Совет", "Pottery"]
    assert titles(seeded, "saved:port,port tag:energy") == ["Oil"]
    assert titles(seeded, "pottery OR saved:port limit:2 sort:-date") == ["Storm", "Oil"]


def test_a_saved_search_has_its_order_and_limit_only_alone(seeded: Library):
    seeded.searches.save("first two", "sort:title limit:2")
    assert titles(seeded, 'saved:"first two"') == ["Harbour", "Oil"]
    assert titles(seeded, 'saved:"first two" limit:1') == ["Harbour"]
    assert titles(seeded, 'saved:"first two" sort:-title') == ["Совет", "Storm"]
    assert titles(seeded, 'saved:"first two" limit:3 -xyz') == ["Storm", "Oil", "Harbour"]


def test_saved_searches_can_use_each_other_but_not_themselves(seeded: Library):
    seeded.searches.save("a", "tag:harbour")
    seeded.searches.save("b", "saved:a strike")
    seeded.searches.save("c", "saved:b OR oil")
    assert titles(seeded, "saved:c") == ["Oil", "Harbour"]
    with pytest.raises(QueryError, match="“a” uses itself: A → C → b → a"):
        seeded.searches.save("A", "harbour saved:C")
    with pytest.raises(QueryError, match="uses itself: a → a") as caught:
        seeded.searches.save("a", "harbour saved:a")
    assert caught.value.position == 14
    assert seeded.searches.get("a").query == "tag:harbour"


def test_a_change_of_a_search_affects_those_that_use_it(seeded: Library):
    seeded.searches.save("a", "tag:harbour")
    seeded.searches.save("b", "saved:a")
    seeded.searches.save("a", "tag:craft")
    assert titles(seeded, "saved:b") == ["Pottery"]


def test_a_search_in_use_is_not_removed_and_its_users_are_named(seeded: Library):
    seeded.searches.save("a", "oil")
    seeded.searches.save("b", "storm -saved:A")
    seeded.searches.save("c", '(saved:"a" OR tag:x)')
    with pytest.raises(SearchInUse, match="“b”, “c”"):
        seeded.searches.remove("a")
    seeded.searches.remove("b")
    seeded.searches.remove("c")
    assert seeded.searches.remove("A").query == "oil"
    assert names(seeded) == []


def test_a_tag_rule_can_use_a_saved_search(seeded: Library):
    seeded.searches.save("port", "tag:harbour")
    rule = seeded.tag_rules.add("saved:Port -oil", ["sea"])
    with pytest.raises(SearchInUse, match="the rule for sea"):
        seeded.searches.remove("port")
    seeded.searches.rename("port", "the port")
    assert [one.query for one in seeded.tag_rules.all()] == ['saved:"the port" -oil']
    seeded.undo()
    assert [one.query for one in seeded.tag_rules.all()] == ["saved:Port -oil"]
    seeded.tag_rules.remove(rule.id)
    assert seeded.searches.remove("port").name == "port"


def test_a_renamed_search_is_renamed_where_it_is_used(seeded: Library):
    seeded.searches.save("port", "tag:harbour")
    seeded.searches.save("busy", 'storm OR (saved:PORT,"port" -oil) saved:port')
    renamed = seeded.searches.rename("PORT", "the port, old")
    assert renamed.query == "tag:harbour"
    assert seeded.searches.get("busy").query == (
        'storm OR (saved:"the port, old","the port, old" -oil) saved:"the port, old"'
    )
    assert titles(seeded, "saved:busy") == ["Storm", "Harbour"]
    seeded.undo()
    assert names(seeded) == ["busy", "port"]
    assert titles(seeded, "saved:busy") == ["Storm", "Harbour"]


def test_a_search_can_be_renamed_but_not_to_a_taken_name(seeded: Library):
    seeded.searches.save("one", "oil")
    seeded.searches.save("two", "storm")
    assert seeded.searches.rename("one", "ONE").name == "ONE"
    with pytest.raises(SearchNameTaken):
        seeded.searches.rename("one", "Two")
    with pytest.raises(SearchNotFound):
        seeded.searches.rename("three", "four")


def test_saving_and_removing_can_be_undone_and_redone(seeded: Library):
    seeded.searches.save("port", "tag:harbour")
    seeded.searches.save("port", "storm")
    assert seeded.undo().title == "save search “port”"
    assert seeded.searches.get("port").query == "tag:harbour"
    seeded.searches.remove("port")
    seeded.undo()
    assert seeded.searches.get("port").query == "tag:harbour"
    seeded.redo()
    with pytest.raises(SearchNotFound):
        seeded.searches.get("port")


def test_saving_the_same_again_is_no_change(seeded: Library):
    first = seeded.searches.save("port", "tag:harbour")
    seeded.articles.mark_read(seeded.search.ids("oil"))
    assert seeded.searches.save("port", "tag:harbour") == first
    assert seeded.undo().title == "mark as read"


@pytest.mark.parametrize("name", ["", "  ", 'a "b"', "x" * 61, "\x1b\x07"])
def test_an_invalid_name_is_rejected(seeded: Library, name: str):
    with pytest.raises(LibraryError, match="is not a valid search name"):
        seeded.searches.save(name, "oil")


@pytest.mark.parametrize("query", ["tag:", "saved:nobody", "(", ""])
def test_an_invalid_query_is_not_saved(seeded: Library, query: str):
    with pytest.raises(LibraryError):
        seeded.searches.save("port", query)
    assert names(seeded) == []


def test_a_search_that_uses_too_many_others_is_rejected_quickly(seeded: Library):
    seeded.searches.save("s0", "oil")
    for number in range(1, 7):
        seeded.searches.save(f"s{number}", f"saved:s{number - 1} OR saved:s{number - 1}")
    with pytest.raises(QueryError, match="More than 200 saved searches"):
        seeded.searches.save("s7", "saved:s6 saved:s6")


def test_a_long_chain_of_searches_is_rejected(seeded: Library):
    seeded.searches.save("s0", "oil")
    with pytest.raises(QueryError, match="too deep"):
        for number in range(1, 40):
            seeded.searches.save(f"s{number}", f"saved:s{number - 1}")
    assert len(names(seeded)) > 15
    assert titles(seeded, f"saved:{names(seeded)[-1]}") == ["Oil"]


def test_a_search_damaged_by_another_program_is_reported_by_name(seeded: Library, tmp_path: Path):
    seeded.searches.save("a", "oil")
    seeded.searches.save("b", "saved:a")
    table = seeded.workspace.database.catalog_table("searches")
    table.put(
        {seeded.searches.get("a").id: {"name": "a", "query": "tag:", "saved": "2026-11-22T09:00:00+00:00"}}
    )
    with pytest.raises(QueryError, match="saved search “b” cannot be understood: The saved search “a”"):
        seeded.search.ids("x saved:b")


def test_unread_articles_are_counted(seeded: Library):
    seeded.articles.mark_read(seeded.search.ids("oil"))
    assert seeded.articles.unread_count(seeded.search.ids("oil OR storm")) == 1
    assert seeded.articles.unread_count(["nobody"]) == 0
