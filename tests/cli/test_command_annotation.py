"""``annotation``, passage bookmarks, former texts and citations on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from commandline import HARBOUR, CommandLine
from test_command_find import has_exactly
from test_command_note import ANNOTATION_FIELDS


@pytest.fixture
def article(tuireader: CommandLine) -> str:
    """The id of the article on the strike."""
    return tuireader.id_of("harbour strike")


@pytest.fixture
def updated(tuireader: CommandLine, article: str, tmp_path: Path) -> str:
    """The same article, after it was imported again with other words."""
    (tmp_path / "again.md").write_text(HARBOUR.replace("one of them", "the crane drivers"), "utf-8")
    assert tuireader("add", tmp_path / "again.md", "--json").record["status"] == "updated"
    return article


def test_an_annotation_is_shown_and_changed_in_every_way(tuireader: CommandLine, article: str) -> None:
    note = tuireader("note", article, "Mine. #idea", "--quote", "another week", "--json").record
    short = note["id"][:8]
    assert tuireader("annotation", short, "--json").record == note

    arguments = ["--quote", "another week", "--occurrence", "3", "--tag", "a", "--untag", "idea", "Other. #b"]
    changed = tuireader("annotation", short, *arguments, "--json").record

    assert has_exactly(changed, ANNOTATION_FIELDS)
    assert (changed["body"], changed["tags"]) == ("Other. #b", ["a", "b"])
    assert changed["quote"]["start"] > note["quote"]["start"]
    assert tuireader.titles("tag:b") == ["Harbour Strike Enters Third Week"]


def test_a_text_comes_from_standard_input_and_is_never_emptied(tuireader: CommandLine, article: str) -> None:
    key = tuireader("note", article, "Mine.", "--json").record["id"]
    assert tuireader("annotation", key, "-", "--json", stdin=b"Other.").record["body"] == "Other."
    assert "left as it is" in tuireader("annotation", key, " ", status=1).err
    assert tuireader("notes", "--json").record["body"] == "Other."


def test_an_annotation_is_removed_and_brought_back(tuireader: CommandLine, article: str) -> None:
    note = tuireader("note", article, "Mine.", "--json").record
    assert tuireader("annotation", note["id"], "--remove", "--tag", "x", status=2).out == ""
    assert tuireader("annotation", note["id"], "--remove", "--json").record == note
    assert tuireader("notes", "--json").records == []
    assert "nothing" not in tuireader("undo").out
    assert tuireader("notes", "--json").record == note


def test_a_highlight_gets_another_colour(tuireader: CommandLine, article: str) -> None:
    key = tuireader("highlight", article, "--quote", "Dock workers", "--json").record["id"]
    assert tuireader("annotation", key, "--colour", "purple", "--json").record["colour"] == "purple"
    tuireader("annotation", key, "--colour", "mauve", status=2)


def test_an_annotation_that_is_not_there_is_named(tuireader: CommandLine) -> None:
    assert "zzz" in tuireader("annotation", "zzz", status=1).err


def test_words_are_bookmarked(tuireader: CommandLine, article: str) -> None:
    bookmark = tuireader("bookmark", article, "--quote", "another week", "--occurrence", "2", "--json").record
    assert has_exactly(bookmark, ANNOTATION_FIELDS)
    assert (bookmark["kind"], bookmark["quote"]["exact"]) == ("bookmark", "another week")
    assert tuireader.titles("is:bookmarked") == []
    taken = tuireader("bookmark", article, "--quote", "another week", "--occurrence", "2", "--undo", "--json")
    assert taken.record == bookmark
    assert tuireader("notes", "--json").records == []
    assert "No bookmark" in tuireader("bookmark", article, "--quote", "another week", "--undo", status=1).err
    tuireader("bookmark", article, article, "--quote", "another week", status=2)
    assert (
        "stands only 3 times"
        in tuireader("bookmark", article, "--quote", "another week", "--occurrence", "4", status=1).err
    )


def test_a_former_text_is_shown(tuireader: CommandLine, updated: str) -> None:
    assert "the crane drivers" in tuireader("show", updated, "--plain").out
    assert "one of them" in tuireader("show", updated, "--plain", "--revision", "1").out
    assert "one of them" in tuireader("show", updated, "--markdown", "--revision", "-1").out
    assert "1 former text" in tuireader("show", updated).out
    record = tuireader("show", updated, "--revision", "1", "--json").record
    assert list(record) == ["id", "title", "revision", "revisions", "replaced", "body"]
    ended = tuireader("show", updated, "--revision", "2", status=1)
    assert (ended.out, "number 1" in ended.err) == ("", True)


def test_what_changed_is_shown_word_by_word(tuireader: CommandLine, updated: str) -> None:
    shown = tuireader("show", updated, "--diff").out
    assert "said [-one of them-]{+the crane drivers+}." in shown
    assert "Dock workers" not in shown
    assert shown.count("…\n") == 2
    record = tuireader("show", updated, "--diff", "--revision", "1", "--json").record
    assert (record["revision"], record["revisions"]) == (1, 1)
    assert [run["text"] for run in record["paragraphs"][1] if run["kind"] == "added"] == ["the crane drivers"]
    assert "never imported" in tuireader("show", tuireader.id_of("tram line"), "--diff", status=1).err


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("plain", "Jane Roe and Li Wei, “Harbour"),
        ("markdown", "[Harbour Strike Enters Third Week](https://"),
        ("bibtex", "@misc{roe2021"),
        ("apa", "Roe, J., & Wei, L. (2021, March 4)."),
    ],
)
def test_articles_and_notes_are_cited(tuireader: CommandLine, article: str, form: str, words: str) -> None:
    assert words in tuireader("show", article, "--cite", form).out
    assert words in tuireader("show", article, "--cite", form, "--json").record["citation"]
    tuireader("note", article, "Mine.", "--quote", "another week")
    assert words in tuireader("notes", "--cite", form).out
    record = tuireader("notes", "--cite", form, "--json").record
    assert "another week" in record["citation"] and record["body"] == "Mine."
    assert has_exactly(record, {**ANNOTATION_FIELDS, "citation": str})


def test_a_citation_has_one_of_four_forms(tuireader: CommandLine, article: str) -> None:
    tuireader("show", article, "--cite", "mla", status=2)
    tuireader("show", article, "--cite", "apa", "--plain", status=2)


def test_old_annotations_are_shown_again(tuireader: CommandLine, article: str) -> None:
    """What was made today is neither of a former year nor old; the query is understood all the same."""
    tuireader("highlight", article, "--quote", "Dock workers")
    assert tuireader("notes", "--on-this-day", "--json").records == []
    assert tuireader("notes", "--handful", "has:highlight", "--json").records == []
    assert "no field" in tuireader("notes", "--handful", "nay:x", status=2).err
    tuireader("notes", "--handful", "--on-this-day", status=2)
