"""Saved searches: kept under a name, used inside queries and inside each other, renamed, removed, undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import BERLIN, FakeClock

from library import Library, LibraryError, QueryError, SearchInUse, SearchNameTaken, SearchNotFound


def names(library: Library) -> list[str]:
    return [search.name for search in library.searches()]


def titles(library: Library, query: str) -> list[str]:
    return [article.title.split()[0] for article in library.select(query)]


def test_a_saved_search_is_there_after_the_library_was_opened_again(seeded: Library, clock: FakeClock):
    saved = seeded.save_search("Port", "tag:harbour sort:title")
    seeded.save_search("an older one", "date:2020")
    seeded.close()
    with Library.open(seeded.path, clock=clock, timezone=BERLIN) as again:
        assert names(again) == ["an older one", "Port"]
        assert again.search("Port") == saved
        assert (saved.name, saved.query) == ("Port", "tag:harbour sort:title")


def test_names_are_the_same_whatever_their_case_and_accents(seeded: Library):
    first = seeded.save_search("Café", "oil")
    second = seeded.save_search("CAFE", "storm")
    assert second.id == first.id
    assert [(one.name, one.query) for one in seeded.searches()] == [("CAFE", "storm")]
    assert seeded.search("café").query == "storm"


def test_a_saved_search_stands_for_its_terms(seeded: Library):
    seeded.save_search("port", "tag:harbour OR oil")
    assert titles(seeded, "saved:port") == ["Storm", "Oil", "Harbour"]
    assert titles(seeded, "SAVED:Port strike") == ["Harbour"]
    assert titles(seeded, "-saved:port") == ["Совет", "Pottery"]
    assert titles(seeded, "saved:port,port tag:energy") == ["Oil"]
    assert titles(seeded, "pottery OR saved:port limit:2") == ["Storm", "Oil"]


def test_alone_it_has_its_order_and_amount_and_beside_other_terms_not(seeded: Library):
    seeded.save_search("first two", "sort:title limit:2")
    assert titles(seeded, 'saved:"first two"') == ["Harbour", "Oil"]
    assert titles(seeded, 'saved:"first two" limit:1') == ["Harbour"]
    assert titles(seeded, 'saved:"first two" sort:-title') == ["Совет", "Storm"]
    assert titles(seeded, 'saved:"first two" limit:3 -xyz') == ["Storm", "Oil", "Harbour"]


def test_saved_searches_can_use_each_other_but_not_themselves(seeded: Library):
    seeded.save_search("a", "tag:harbour")
    seeded.save_search("b", "saved:a strike")
    seeded.save_search("c", "saved:b OR oil")
    assert titles(seeded, "saved:c") == ["Oil", "Harbour"]
    with pytest.raises(QueryError, match="“a” uses itself: A → C → b → a"):
        seeded.save_search("A", "harbour saved:C")
    with pytest.raises(QueryError, match="uses itself: a → a") as caught:
        seeded.save_search("a", "harbour saved:a")
    assert caught.value.position == 14
    assert seeded.search("a").query == "tag:harbour"


def test_a_change_of_one_shows_in_those_that_use_it(seeded: Library):
    seeded.save_search("a", "tag:harbour")
    seeded.save_search("b", "saved:a")
    seeded.save_search("a", "tag:craft")
    assert titles(seeded, "saved:b") == ["Pottery"]


def test_what_is_used_is_not_removed_and_it_is_said_by_what(seeded: Library):
    seeded.save_search("a", "oil")
    seeded.save_search("b", "storm -saved:A")
    seeded.save_search("c", '(saved:"a" OR tag:x)')
    with pytest.raises(SearchInUse, match="“b”, “c”"):
        seeded.remove_search("a")
    seeded.remove_search("b")
    seeded.remove_search("c")
    assert seeded.remove_search("A").query == "oil"
    assert names(seeded) == []


def test_a_tag_rule_uses_a_saved_search_as_others_do(seeded: Library):
    seeded.save_search("port", "tag:harbour")
    rule = seeded.add_rule("saved:Port -oil", ["sea"])
    with pytest.raises(SearchInUse, match="the rule for sea"):
        seeded.remove_search("port")
    seeded.rename_search("port", "the port")
    assert [one.query for one in seeded.rules()] == ['saved:"the port" -oil']
    seeded.undo()
    assert [one.query for one in seeded.rules()] == ["saved:Port -oil"]
    seeded.remove_rule(rule.id)
    assert seeded.remove_search("port").name == "port"


def test_a_new_name_is_written_into_those_that_use_it(seeded: Library):
    seeded.save_search("port", "tag:harbour")
    seeded.save_search("busy", 'storm OR (saved:PORT,"port" -oil) saved:port')
    renamed = seeded.rename_search("PORT", "the port, old")
    assert renamed.query == "tag:harbour"
    assert seeded.search("busy").query == (
        'storm OR (saved:"the port, old","the port, old" -oil) saved:"the port, old"'
    )
    assert titles(seeded, "saved:busy") == ["Storm", "Harbour"]
    seeded.undo()
    assert names(seeded) == ["busy", "port"]
    assert titles(seeded, "saved:busy") == ["Storm", "Harbour"]


def test_a_name_can_be_written_anew_but_not_taken_from_another(seeded: Library):
    seeded.save_search("one", "oil")
    seeded.save_search("two", "storm")
    assert seeded.rename_search("one", "ONE").name == "ONE"
    with pytest.raises(SearchNameTaken):
        seeded.rename_search("one", "Two")
    with pytest.raises(SearchNotFound):
        seeded.rename_search("three", "four")


def test_saving_and_removing_are_undone_and_done_again(seeded: Library):
    seeded.save_search("port", "tag:harbour")
    seeded.save_search("port", "storm")
    assert seeded.undo().title == "save the search “port”"
    assert seeded.search("port").query == "tag:harbour"
    seeded.remove_search("port")
    seeded.undo()
    assert seeded.search("port").query == "tag:harbour"
    seeded.redo()
    with pytest.raises(SearchNotFound):
        seeded.search("port")


def test_saving_the_same_again_is_no_change(seeded: Library):
    first = seeded.save_search("port", "tag:harbour")
    seeded.read(seeded.ids("oil"))
    assert seeded.save_search("port", "tag:harbour") == first
    assert seeded.undo().title == "mark as read"


@pytest.mark.parametrize("name", ["", "  ", 'a "b"', "x" * 61, "\x1b\x07"])
def test_what_can_be_no_name_is_refused(seeded: Library, name: str):
    with pytest.raises(LibraryError, match="cannot be the name of a search"):
        seeded.save_search(name, "oil")


@pytest.mark.parametrize("query", ["tag:", "saved:nobody", "(", ""])
def test_what_is_no_query_is_not_saved(seeded: Library, query: str):
    with pytest.raises(LibraryError):
        seeded.save_search("port", query)
    assert names(seeded) == []


def test_a_search_that_uses_many_others_is_refused_before_it_takes_long(seeded: Library):
    seeded.save_search("s0", "oil")
    for number in range(1, 7):
        seeded.save_search(f"s{number}", f"saved:s{number - 1} OR saved:s{number - 1}")
    with pytest.raises(QueryError, match="More than 200 saved searches"):
        seeded.save_search("s7", "saved:s6 saved:s6")


def test_a_long_chain_of_searches_is_refused(seeded: Library):
    seeded.save_search("s0", "oil")
    with pytest.raises(QueryError, match="too deep"):
        for number in range(1, 40):
            seeded.save_search(f"s{number}", f"saved:s{number - 1}")
    assert len(names(seeded)) > 15
    assert titles(seeded, f"saved:{names(seeded)[-1]}") == ["Oil"]


def test_one_that_another_program_has_spoilt_is_told_by_its_name(seeded: Library, tmp_path: Path):
    seeded.save_search("a", "oil")
    seeded.save_search("b", "saved:a")
    table = seeded._database.catalog_table("searches")
    table.put({seeded.search("a").id: {"name": "a", "query": "tag:", "saved": "2026-11-22T09:00:00+00:00"}})
    with pytest.raises(QueryError, match="saved search “b” cannot be understood: The saved search “a”"):
        seeded.ids("x saved:b")


def test_articles_not_read_are_counted(seeded: Library):
    seeded.read(seeded.ids("oil"))
    assert seeded.unread_count(seeded.ids("oil OR storm")) == 1
    assert seeded.unread_count(["nobody"]) == 0
