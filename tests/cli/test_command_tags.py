"""``tags`` and its changes, ``tag --suggest``, ``rules``: what scripts rely on."""

from __future__ import annotations

from pathlib import Path

import pytest
from commandline import CommandLine
from test_command_articles import HARBOUR, REGATTA, has_exactly


def test_a_tag_is_renamed_and_the_changes_are_reported(tuireader: CommandLine) -> None:
    note = tuireader("note", tuireader.id_of("harbour strike"), "#harbour again", "--json").record["id"]

    printed = tuireader("tags", "rename", "harbour", "port/north", "--json").record

    assert printed == {
        "previous": ["harbour"],
        "tag": "port/north",
        "articles": 1,
        "annotations": 1,
        "rules": 0,
        "searches": 0,
        "merged": False,
    }
    assert tuireader.titles("tag:port/*") == [HARBOUR]
    assert tuireader("annotation", note, "--json").record["tags"] == ["port/north"]
    assert "2 changed" in tuireader("undo").out
    assert tuireader.titles("tag:harbour") == [HARBOUR]


def test_a_rename_says_in_words_what_it_did(tuireader: CommandLine) -> None:
    assert tuireader("tags", "rename", "city", "town").out == "city renamed to town: 1 article changed.\n"
    assert "merged into harbour" in tuireader("tags", "rename", "town", "harbour").out


def test_tags_are_merged_and_deleted(tuireader: CommandLine) -> None:
    assert tuireader("tags", "merge", "harbour", "city", "places", "--json").record["articles"] == 2
    assert tuireader("tags", "delete", "world", "--json").record["tag"] is None
    assert tuireader.titles("tag:world/*") == []
    assert len(tuireader.titles("tag:places")) == 2
    assert "Name the tags" in tuireader("tags", "merge", "places", status=2).err


def test_a_tag_that_is_not_there_is_a_failure(tuireader: CommandLine) -> None:
    before = tuireader.contents()
    assert "There is no tag “nothing”" in tuireader("tags", "rename", "nothing", "x", status=1).err
    assert tuireader.contents() == before


def test_tags_have_colours_and_families(tuireader: CommandLine) -> None:
    tuireader("tags", "colour", "world/europe", "green")
    tree = {record["tag"]: record for record in tuireader("tags", "--tree", "--json").records}
    assert tree["world"] == {"tag": "world", "count": 1, "own": 0, "colour": None}
    assert tree["world/europe"]["colour"] == "green"
    assert "    europe  (green)" in tuireader("tags", "--tree", "tag:sport").out
    tuireader("tags", "colour", "world/europe", "none")
    assert "green" not in tuireader("tags", "--tree").out


def test_tags_out_of_use_and_related_ones_are_listed(tuireader: CommandLine) -> None:
    tuireader("tags", "colour", "someday", "red")
    tuireader("trash", "tag:sport")
    unused = {record["tag"]: record for record in tuireader("tags", "--unused", "--json").records}
    assert unused["someday"] == {"tag": "someday", "colour": "red", "trashed": 0}
    assert unused["sport"]["trashed"] == 1
    assert tuireader("tags", "--related", "harbour").out == ""


@pytest.mark.parametrize("query", [["--", "rename"], ['"rename"'], ["-tag:city", "rename"], ["text:rename"]])
def test_a_query_for_the_name_of_a_change_is_still_a_query(tuireader: CommandLine, query: list[str]) -> None:
    query = query if query[0] != "-tag:city" else ["--", *query]
    before = tuireader.contents()
    assert tuireader("tags", *query, "--json" if "--" not in query else "x").records == []
    assert tuireader.contents() == before


def test_options_may_be_between_the_two_words_of_a_command(tuireader: CommandLine) -> None:
    assert tuireader("tags", "--json", "rename", "city", "town").record["articles"] == 1


def test_tags_are_suggested_and_none_is_set(tuireader: CommandLine) -> None:
    article = tuireader.id_of("tram line")
    before = tuireader.contents()
    found = {each["tag"]: each["reason"] for each in tuireader("tag", article, "--suggest", "--json").records}
    assert found["harbour"] == "a tag of yours, in the text"
    assert "harbour" in tuireader("tag", article, "--suggest").out
    assert tuireader.contents() == before
    tuireader("tag", article, "x", "--suggest", status=2)
    assert "--suggest" in tuireader("tag", article, status=2).err


def test_a_rule_tags_new_articles(tuireader: CommandLine, tmp_path: Path) -> None:
    added = tuireader("rules", "add", "winner", "radio", "--tag", "news", "--tag", "sound").out
    assert "winner radio → news, sound" in added and "1 article in the library" in added
    assert tuireader.titles("tag:sound") == []

    (tmp_path / "more.txt").write_text("More of It\n\nThe winner spoke on the radio.\n", "utf-8")
    tuireader("add", tmp_path / "more.txt")
    assert tuireader.titles("tag:sound tag:news") == ["More of It"]

    rule = tuireader("rules", "--json").record
    assert rule["query"] == "winner radio" and rule["tags"] == ["news", "sound"]
    assert tuireader("rules", "remove", rule["id"][:6], "--json").record["id"] == rule["id"]
    assert tuireader("rules", "list").out == ""


def test_a_rule_is_previewed_over_what_is_there(tuireader: CommandLine) -> None:
    before = tuireader.contents()
    assert tuireader("rules", "preview", "fog", "--tag", "weather", "--json").record["title"] == REGATTA
    assert "1 article would be tagged weather" in tuireader("rules", "preview", "fog", "--tag", "weather").out
    assert tuireader.contents() == before


def test_a_rule_without_a_tag_or_with_a_mistake_is_refused(tuireader: CommandLine) -> None:
    assert "needs at least one tag" in tuireader("rules", "add", "fog", status=1).err
    assert "each article by itself" in tuireader("rules", "add", "fog limit:2", "--tag", "x", status=2).err


def test_tags_are_counted(tuireader: CommandLine) -> None:
    records = tuireader("tags", "--json").records

    assert all(has_exactly(record, {"tag": str, "count": int}) for record in records)
    assert {record["tag"]: record["count"] for record in records} == {
        "city": 1,
        "harbour": 1,
        "labour": 1,
        "sport": 1,
        "world/europe": 1,
    }
    assert [r["tag"] for r in tuireader("tags", "date:2021-03-04", "--json").records] == ["harbour", "labour"]
    assert "1  harbour" in tuireader("tags").out


def test_the_most_used_tag_comes_first(tuireader: CommandLine) -> None:
    tuireader("tag", "date:2021", "march")

    assert tuireader("tags", "--json").records[0] == {"tag": "march", "count": 2}
