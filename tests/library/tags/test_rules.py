"""Tag rules: what comes in and matches a query gets tags."""

from __future__ import annotations

import pytest
from fakes import markdown

from library import AmbiguousId, Library, LibraryError, QueryError, RuleNotFound


def add(library: Library, body: str, title: str = "A Title", **fields: str) -> str:
    data = markdown(title, body, **{"url": "https://example.org/one", **fields})
    return library.importing.add_bytes("one.md", data).id


def test_imported_articles_get_the_tags_of_every_matching_rule(library: Library):
    library.tag_rules.add("ferry title:harbour", ["sea", "#boats"])
    library.tag_rules.add("tag:later", ["sooner"])
    key = add(library, "The ferry sails.", "Harbour News", tags="[later]")
    other = add(library, "The tram goes.", url="https://example.org/two")
    assert library.articles.get(key).tags == ("later", "sea", "boats", "sooner")
    assert library.articles.get(other).tags == ()


def test_rules_and_the_import_are_one_change(library: Library):
    library.tag_rules.add("ferry", ["sea"])
    key = add(library, "The ferry sails.")
    assert library.undo().ids == (key,)
    assert library.search.ids() == []
    library.redo()
    assert library.articles.get(key).tags == ("sea",)


def test_imported_folders_are_tagged_like_single_articles(library: Library, tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.md").write_bytes(markdown(f"Ferry {number}", f"Words {number}."))
    library.tag_rules.add("ferry -title:1", ["sea"])
    list(library.add(tmp_path))
    assert library.tags.counts()[0].count == 2


def test_a_removed_tag_stays_removed_when_the_article_is_imported_again(library: Library):
    library.tag_rules.add("ferry", ["sea"])
    key = add(library, "The ferry sails.")
    library.tags.remove([key], ["sea"])
    add(library, "The ferry sails again.")
    assert library.articles.get(key).tags == ()


def test_an_article_whose_new_text_matches_is_tagged(library: Library):
    library.tag_rules.add("ferry", ["sea"])
    key = add(library, "Nothing sails.")
    note = library.note(key, "Ask.")
    add(library, "The ferry sails.")
    assert library.articles.get(key).tags == ("sea",)
    assert library.annotations.of(key) == [note]


def test_a_dry_run_tags_nothing(library: Library):
    library.tag_rules.add("ferry", ["sea"])
    library.importing.add_bytes("one.md", markdown("Ferry", "It sails."), dry_run=True)
    assert library.tags.counts() == []


def test_a_preview_lists_matching_articles_without_the_tag(seeded: Library):
    found = seeded.tag_rules.preview("tag:harbour", ["labour"])
    assert [article.title for article in found] == ["Storm over the Sound"]
    assert seeded.articles.get(found[0].id).tags == ("Harbour",)
    assert seeded.tag_rules.all() == []


def test_rules_are_listed_and_removed_with_undo(library: Library):
    first = library.tag_rules.add(" ferry ", ["sea"])
    second = library.tag_rules.add("tram", ["city"])
    assert library.tag_rules.all() == [first, second]
    assert first.query == "ferry"
    with pytest.raises(AmbiguousId, match="2 rules"):
        library.tag_rules.remove("note")
    with pytest.raises(RuleNotFound, match="rules list"):
        library.tag_rules.remove("x")
    assert library.tag_rules.remove(first.id) == first
    library.undo()
    assert library.tag_rules.all() == [first, second]


def test_a_rule_without_effect_is_rejected(library: Library):
    with pytest.raises(LibraryError, match="at least one tag"):
        library.tag_rules.add("ferry", [" "])
    with pytest.raises(QueryError, match="each article by itself"):
        library.tag_rules.add("ferry limit:3", ["sea"])
    with pytest.raises(QueryError):
        library.tag_rules.add("nofield:x", ["sea"])
    assert library.tag_rules.all() == []


def test_a_rule_that_became_invalid_is_reported_and_the_import_continues(library: Library):
    library.tag_rules.add("ferry", ["sea"])
    table = library.workspace.database.catalog_table("rules")
    table.put({"old": {"query": "gone:x", "tags": ["x"], "created": "2026-01-01T00:00:00+00:00"}})
    assert [bool(rule.error) for rule in library.tag_rules.all()] == [True, False]
    key = add(library, "The ferry sails.")
    assert library.articles.get(key).tags == ("sea",)


def test_queries_of_rules_and_saved_searches_follow_a_tag_that_is_renamed(seeded: Library):
    seeded.tag_rules.add('a -( #harbour OR tag:"World/*",none ) "tag:harbour"', ["sea"])
    seeded.searches.save("old", "tag:labour sort:title")
    seeded.searches.save("else", "tag:craft")
    ids = seeded.search.ids("tag:world/*")
    change = seeded.tags.merge(["world", "harbour", "labour"], "the rest")
    assert (change.rules, change.searches) == (1, 1)
    assert seeded.tag_rules.all()[0].query == 'a -( #"the rest" OR tag:"the rest/*",none ) "tag:harbour"'
    assert seeded.searches.get("old").query == 'tag:"the rest" sort:title'
    assert seeded.searches.get("else").query == "tag:craft"
    assert set(ids) <= set(seeded.search.ids('tag:"the rest/*"'))
    seeded.undo()
    assert seeded.searches.get("old").query == "tag:labour sort:title"


def test_the_query_for_untagged_articles_does_not_use_a_tag_named_none(library: Library):
    add(library, "Words.", tags="[None]")
    library.searches.save("bare", 'tag:none OR tag:"none"')
    library.tags.rename("none", "some")
    assert library.searches.get("bare").query == "tag:none OR tag:some"


def test_rules_damaged_by_another_program_stop_no_import_and_can_be_removed(library: Library):
    library.tags.recolour("sea", "red")
    library.workspace.database.catalog_table("rules").put(
        {"old": {"query": 3}, "none": {"tags": "x", "query": ""}}
    )
    library.workspace.database.catalog_table("tags").put({"x": {"tag": None}, "y": {}})
    library.tag_rules.add("ferry", ["sea"])
    key = add(library, "The ferry sails.")
    assert library.articles.get(key).tags == ("sea",)
    assert library.tags.colours() == {"sea": "red"}
    assert library.tags.rename("sea", "ocean").rules == 1
    library.tags.suggest(key)
    assert "damaged" in library.tag_rules.remove("old").error


def test_rules_follow_a_renamed_tag_and_are_removed_with_a_deleted_one(library: Library):
    library.tag_rules.add("ferry", ["sea"])
    library.tag_rules.add("tram", ["sea", "city"])
    assert library.tags.rename("sea", "ocean").rules == 2
    assert [rule.tags for rule in library.tag_rules.all()] == [("ocean",), ("ocean", "city")]
    assert library.tags.delete("ocean").rules == 2
    assert [rule.tags for rule in library.tag_rules.all()] == [("city",)]
    library.undo()
    assert [rule.tags for rule in library.tag_rules.all()] == [("ocean",), ("ocean", "city")]
