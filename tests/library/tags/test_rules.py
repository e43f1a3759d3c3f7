"""Tag rules: what comes in and matches a query gets tags."""

from __future__ import annotations

import pytest
from fakes import markdown

from library import AmbiguousId, Library, LibraryError, QueryError, RuleNotFound


def add(library: Library, body: str, title: str = "A Title", **fields: str) -> str:
    data = markdown(title, body, **{"url": "https://example.org/one", **fields})
    return library.add_bytes("one.md", data).id


def test_what_comes_in_and_matches_gets_the_tags_of_every_rule(library: Library):
    library.add_rule("ferry title:harbour", ["sea", "#boats"])
    library.add_rule("tag:later", ["sooner"])
    key = add(library, "The ferry sails.", "Harbour News", tags="[later]")
    other = add(library, "The tram goes.", url="https://example.org/two")
    assert library.article(key).tags == ("later", "sea", "boats", "sooner")
    assert library.article(other).tags == ()


def test_rules_and_the_import_are_one_change(library: Library):
    library.add_rule("ferry", ["sea"])
    key = add(library, "The ferry sails.")
    assert library.undo().ids == (key,)
    assert library.ids() == []
    library.redo()
    assert library.article(key).tags == ("sea",)


def test_folders_are_tagged_as_single_articles_are(library: Library, tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.md").write_bytes(markdown(f"Ferry {number}", f"Words {number}."))
    library.add_rule("ferry -title:1", ["sea"])
    list(library.add(tmp_path))
    assert library.tags()[0].count == 2


def test_a_tag_that_was_taken_away_stays_away_when_the_article_comes_in_again(library: Library):
    library.add_rule("ferry", ["sea"])
    key = add(library, "The ferry sails.")
    library.tag([key], ["sea"], remove=True)
    add(library, "The ferry sails again.")
    assert library.article(key).tags == ()


def test_an_article_whose_new_text_matches_is_tagged(library: Library):
    library.add_rule("ferry", ["sea"])
    key = add(library, "Nothing sails.")
    note = library.note(key, "Ask.")
    add(library, "The ferry sails.")
    assert library.article(key).tags == ("sea",)
    assert library.annotations_of(key) == [note]


def test_a_dry_run_tags_nothing(library: Library):
    library.add_rule("ferry", ["sea"])
    library.add_bytes("one.md", markdown("Ferry", "It sails."), dry_run=True)
    assert library.tags() == []


def test_a_preview_shows_what_is_there_and_lacks_a_tag(seeded: Library):
    found = seeded.preview_rule("tag:harbour", ["labour"])
    assert [article.title for article in found] == ["Storm over the Sound"]
    assert seeded.article(found[0].id).tags == ("Harbour",)
    assert seeded.rules() == []


def test_rules_are_listed_and_removed_with_undo(library: Library):
    first = library.add_rule(" ferry ", ["sea"])
    second = library.add_rule("tram", ["city"])
    assert library.rules() == [first, second]
    assert first.query == "ferry"
    with pytest.raises(AmbiguousId, match="2 rules"):
        library.remove_rule("note")
    with pytest.raises(RuleNotFound, match="rules list"):
        library.remove_rule("x")
    assert library.remove_rule(first.id) == first
    library.undo()
    assert library.rules() == [first, second]


def test_a_rule_that_could_do_nothing_is_refused(library: Library):
    with pytest.raises(LibraryError, match="name one"):
        library.add_rule("ferry", [" "])
    with pytest.raises(QueryError, match="each article by itself"):
        library.add_rule("ferry limit:3", ["sea"])
    with pytest.raises(QueryError):
        library.add_rule("nofield:x", ["sea"])
    assert library.rules() == []


def test_a_rule_that_is_no_longer_understood_says_so_and_the_import_goes_on(library: Library):
    library.add_rule("ferry", ["sea"])
    table = library._database.catalog_table("rules")
    table.put({"old": {"query": "gone:x", "tags": ["x"], "created": "2026-01-01T00:00:00+00:00"}})
    assert [bool(rule.error) for rule in library.rules()] == [True, False]
    key = add(library, "The ferry sails.")
    assert library.article(key).tags == ("sea",)


def test_queries_of_rules_and_saved_searches_follow_a_tag_that_is_renamed(seeded: Library):
    seeded.add_rule('a -( #harbour OR tag:"World/*",none ) "tag:harbour"', ["sea"])
    seeded.save_search("old", "tag:labour sort:title")
    seeded.save_search("else", "tag:craft")
    ids = seeded.ids("tag:world/*")
    change = seeded.merge_tags(["world", "harbour", "labour"], "the rest")
    assert (change.rules, change.searches) == (1, 1)
    assert seeded.rules()[0].query == 'a -( #"the rest" OR tag:"the rest/*",none ) "tag:harbour"'
    assert seeded.search("old").query == 'tag:"the rest" sort:title'
    assert seeded.search("else").query == "tag:craft"
    assert set(ids) <= set(seeded.ids('tag:"the rest/*"'))
    seeded.undo()
    assert seeded.search("old").query == "tag:labour sort:title"


def test_the_query_for_what_has_no_tag_is_no_use_of_a_tag_called_none(library: Library):
    add(library, "Words.", tags="[None]")
    library.save_search("bare", 'tag:none OR tag:"none"')
    library.rename_tag("none", "some")
    assert library.search("bare").query == "tag:none OR tag:some"


def test_what_another_program_spoilt_stops_no_import_and_can_be_removed(library: Library):
    library.recolour_tag("sea", "red")
    library._database.catalog_table("rules").put({"old": {"query": 3}, "none": {"tags": "x", "query": ""}})
    library._database.catalog_table("tags").put({"x": {"tag": None}, "y": {}})
    library.add_rule("ferry", ["sea"])
    key = add(library, "The ferry sails.")
    assert library.article(key).tags == ("sea",)
    assert library.tag_colours() == {"sea": "red"}
    assert library.rename_tag("sea", "ocean").rules == 1
    library.suggest_tags(key)
    assert "damaged" in library.remove_rule("old").error


def test_rules_follow_a_tag_that_is_renamed_and_go_with_one_that_is_deleted(library: Library):
    library.add_rule("ferry", ["sea"])
    library.add_rule("tram", ["sea", "city"])
    assert library.rename_tag("sea", "ocean").rules == 2
    assert [rule.tags for rule in library.rules()] == [("ocean",), ("ocean", "city")]
    assert library.delete_tag("ocean").rules == 2
    assert [rule.tags for rule in library.rules()] == [("city",)]
    library.undo()
    assert [rule.tags for rule in library.rules()] == [("ocean",), ("ocean", "city")]
