"""``searches``: saved searches with their counts."""

from __future__ import annotations

from commandline import CommandLine

from library import Library


def test_a_query_is_saved_listed_renamed_and_removed(tuireader: CommandLine) -> None:
    assert tuireader("searches").out == ""
    saved = tuireader("searches", "save", "--json", "docks", "harbour", "sort:title").record
    assert saved == {"name": "docks", "query": "harbour sort:title", "articles": 2, "unread": 2}

    tuireader("read", "tag:city")
    assert tuireader("searches", "list", "--json").record == {**saved, "unread": 1}
    assert tuireader("searches", "--json").record == tuireader("searches", "--json", "list").record

    assert "Renamed: port" in tuireader("searches", "rename", "DOCKS", "port").out
    assert tuireader.titles("saved:port", "-tag:city") == ["Harbour Strike Enters Third Week"]
    assert tuireader("searches", "remove", "port", "--json").record == {
        "name": "port",
        "query": "harbour sort:title",
    }
    tuireader("undo")
    assert len(tuireader("searches", "list").out.splitlines()) == 1


def test_a_query_that_begins_with_a_sign_comes_after_two(tuireader: CommandLine) -> None:
    record = tuireader("searches", "save", "rest", "--json", "--", "-tag:city").record
    assert (record["query"], record["articles"]) == ("-tag:city", 3)


def test_what_cannot_be_saved_is_reported_in_a_sentence(tuireader: CommandLine) -> None:
    assert "Did you mean “tag:”?" in tuireader("searches", "save", "x", "tga:eu", status=2).err
    assert "empty" in tuireader("searches", "save", "x", status=1).err
    assert "no saved search “x”" in tuireader("searches", "remove", "x", status=1).err
    tuireader("searches", "save", "a", "tag:city")
    tuireader("searches", "save", "b", "saved:a")
    assert "“b”" in tuireader("searches", "remove", "a", status=1).err
    assert "uses itself: a → b → a" in tuireader("searches", "save", "a", "saved:b", status=2).err


def test_an_invalid_search_is_named_and_the_others_are_listed(
    tuireader: CommandLine,
) -> None:
    tuireader("searches", "save", "a", "tag:city")
    tuireader("searches", "save", "b", "tag:city")
    tuireader("searches", "save", "c", "saved:b")
    with Library.open(tuireader.folder) as library:
        table = library.workspace.database.catalog_table("searches")
        table.drop([library.searches.get("b").id])
    ended = tuireader("searches", "--json", status=1)
    assert [record["articles"] for record in ended.records] == [1, None]
    assert "“c” cannot be understood: There is no saved search “b”" in ended.err
