"""``bookmark``, ``read``, ``trash``, ``tag``, ``undo``, ``redo``: by ids, prefixes of ids and queries."""

from __future__ import annotations

import io
import signal
import sys

import pytest
from commandline import CommandLine
from test_command_articles import ARTICLE_FIELDS, HARBOUR, REGATTA, TRAM, UNDATED, has_exactly

from library import Library
from library.store import history
from tuireader.jobs import progress

MARKS = {"bookmark": "is:bookmarked", "read": "is:read", "trash": "is:trashed"}


@pytest.mark.parametrize(("command", "query"), MARKS.items())
def test_a_mark_is_set_and_removed(tuireader: CommandLine, command: str, query: str) -> None:
    article = tuireader.id_of("harbour strike")

    changed = tuireader(command, article[:8], "--json").record
    assert has_exactly(changed, ARTICLE_FIELDS)
    assert changed["id"] == article
    assert tuireader.titles(query) == [HARBOUR]

    assert tuireader(command, article, "--undo", "--json").record["id"] == article
    assert tuireader.titles(query) == []


@pytest.mark.parametrize(("command", "query"), MARKS.items())
def test_a_query_marks_all_that_it_finds_and_says_how_many(
    tuireader: CommandLine, command: str, query: str
) -> None:
    assert "2 articles" in tuireader(command, "date:2021").out
    assert tuireader.titles(query) == [HARBOUR, TRAM]

    assert "2 articles" in tuireader(command, "--undo", "date:2021").out
    assert tuireader.titles(query) == []


@pytest.mark.parametrize("command", MARKS)
def test_what_is_marked_already_is_not_counted(tuireader: CommandLine, command: str) -> None:
    article = tuireader.id_of("harbour strike")
    tuireader(command, article)
    before = tuireader.contents()

    assert tuireader(command, article, "--json").records == []
    assert "0 articles" in tuireader(command, article).out
    assert tuireader.contents() == before


def test_the_records_show_the_new_state(tuireader: CommandLine) -> None:
    article = tuireader.id_of("harbour strike")

    assert tuireader("bookmark", article, "--json").record["bookmarked"] is True
    assert tuireader("read", article, "--json").record["read"] is True
    assert tuireader("tag", article, "later", "--json").record["tags"] == ["harbour", "labour", "later"]


def test_several_ids_are_marked_together(tuireader: CommandLine) -> None:
    ids = [tuireader.id_of(title) for title in ("tram line", "regatta")]

    assert {record["id"] for record in tuireader("bookmark", *ids, "--json").records} == set(ids)


def test_an_unknown_id_is_named_and_the_rest_is_done(tuireader: CommandLine) -> None:
    article = tuireader.id_of("harbour strike")

    ended = tuireader("bookmark", "zzzzzzzz", article, "--json", status=1)

    assert ended.record["id"] == article
    assert "zzzzzzzz" in ended.err


def test_a_word_that_is_no_id_is_a_query(tuireader: CommandLine) -> None:
    tuireader("bookmark", "regatta")
    tuireader("bookmark", "another", "week")

    assert tuireader.titles("is:bookmarked") == [HARBOUR, REGATTA]


def one_with_id(tuireader: CommandLine, article_id: str, title: str, text: str) -> None:
    """Put an article into the catalogue under a given id."""
    with Library.open(tuireader.folder) as library:
        table = library.workspace.database.catalog_table("articles")
        document = dict(next(iter(table.documents().values())))
        table.put({article_id: {**document, "title": title, "text": "", "text_sha256": text, "tags": []}})


def test_a_short_word_that_begins_an_id_is_a_query_where_it_finds_something(tuireader: CommandLine) -> None:
    one_with_id(tuireader, "tram777777777777", "Of Other Things", "")

    ended = tuireader("trash", "tram", "--json")
    assert [record["title"] for record in ended.records] == [TRAM]
    assert "“tram” was taken as a query" in ended.err
    assert tuireader("trash", "--undo", "tram", "--json").record["title"] == TRAM


def test_a_short_word_without_matches_is_taken_as_an_id_with_a_message(tuireader: CommandLine) -> None:
    one_with_id(tuireader, "xyz7777777777777", "Of Other Things", "")

    ended = tuireader("trash", "xyz", "--json")
    assert ended.record["title"] == "Of Other Things"
    assert "“xyz” was taken as the beginning of an id" in ended.err


def test_six_characters_of_an_id_are_an_id_even_if_they_match_words(tuireader: CommandLine) -> None:
    one_with_id(tuireader, "harbour777777777", "Of Other Things", "")

    ended = tuireader("trash", "harbou", "--json")
    assert ended.record["title"] == "Of Other Things"
    assert ended.err == ""
    tuireader("trash", "harbou", "--undo")
    assert tuireader("trash", "harbour", "--json").record["title"] == "Of Other Things"


def test_a_word_that_begins_several_ids_is_ambiguous_until_it_is_quoted(tuireader: CommandLine) -> None:
    one_with_id(tuireader, "tramaaaaaaaaaaaa", "First", "")
    one_with_id(tuireader, "trambbbbbbbbbbbb", "Second", "")

    ended = tuireader("trash", "tram", status=1)
    assert "begins the ids of 2 articles" in ended.err
    assert "quote them: '\"tram\"'" in ended.err
    assert tuireader("trash", '"tram"', "--json").record["title"] == TRAM
    assert tuireader("show", "trama", "--json").record["title"] == "First"


def test_a_query_that_begins_with_a_minus_comes_after_two(tuireader: CommandLine) -> None:
    tuireader("bookmark", "--", "-date:2021")
    tuireader("read", "--json", "date:2021", "--", "-tag:harbour")

    assert tuireader.titles("is:bookmarked") == [REGATTA, UNDATED]
    assert tuireader.titles("is:read") == [TRAM]


@pytest.mark.parametrize("command", MARKS)
@pytest.mark.parametrize("nothing", [[], [""], ["  "], ["", ""]], ids=["none", "empty", "blank", "two"])
def test_no_article_named_is_wrong_usage_and_never_means_all(
    tuireader: CommandLine, command: str, nothing: list[str]
) -> None:
    before = tuireader.contents()

    assert tuireader(command, *nothing, status=2).err
    assert tuireader.contents() == before


def test_trashed_articles_are_found_only_in_the_trash(tuireader: CommandLine) -> None:
    tuireader("trash", "tag:sport")

    assert REGATTA not in tuireader.titles()
    assert tuireader.titles("is:trashed") == [REGATTA]
    assert tuireader("show", "is:trashed", "--json").record["title"] == REGATTA


def test_restoring_searches_only_the_trash_whatever_the_query(tuireader: CommandLine) -> None:
    tuireader("trash", "tag:sport")
    tuireader("trash", "tag:city")

    assert (
        tuireader("trash", "--undo", "tag:sport OR tag:harbour limit:1", "--json").record["title"] == REGATTA
    )
    assert "1 article moved out" in tuireader("trash", "--undo", "tag:sport OR tag:city").out
    assert tuireader.titles("is:trashed") == []


def test_tags_are_added_and_removed_by_id_and_by_query(tuireader: CommandLine) -> None:
    assert "2 articles tagged march, to read" in tuireader("tag", "date:2021", "march", "to read").out
    assert tuireader.titles('tag:march tag:"to read"') == [HARBOUR, TRAM]

    tuireader("tag", tuireader.id_of("tram line"), "--remove", "march")
    assert tuireader.titles("tag:march") == [HARBOUR]
    assert tuireader.titles('tag:"to read"') == [HARBOUR, TRAM]


def test_tag_without_a_name_is_wrong_usage(tuireader: CommandLine) -> None:
    assert "NAME" in tuireader("tag", "date:2021", status=2).err


def test_undo_reverts_the_last_change_and_redo_makes_it_again(tuireader: CommandLine) -> None:
    article = tuireader.id_of("harbour strike")
    tuireader("bookmark", "date:2021")
    tuireader("tag", article, "later")

    undone = tuireader("undo", "--json").record
    assert has_exactly(undone, {"change": str, "ids": list})
    assert undone["ids"] == [article]
    assert tuireader.titles("tag:later") == []
    assert tuireader.titles("is:bookmarked") == [HARBOUR, TRAM]

    tuireader("undo")
    assert tuireader.titles("is:bookmarked") == []

    assert len(tuireader("redo", "--json").record["ids"]) == 2
    assert tuireader.titles("is:bookmarked") == [HARBOUR, TRAM]
    assert "tag later" in tuireader("redo").out
    assert tuireader.titles("tag:later") == [HARBOUR]


def test_undo_restores_notes_and_articles_in_the_trash(tuireader: CommandLine) -> None:
    article = tuireader.id_of("harbour strike")
    tuireader("note", article, "Mine.")
    tuireader("trash", article)

    tuireader("undo")
    assert HARBOUR in tuireader.titles()
    tuireader("undo")
    assert tuireader("notes", "--json").records == []
    tuireader("redo")
    assert tuireader("notes", "--json").record["body"] == "Mine."


@pytest.mark.parametrize("command", ["undo", "redo"])
def test_when_nothing_can_be_undone_a_sentence_says_so(fresh: CommandLine, command: str) -> None:
    with Library.open(fresh.folder) as library:
        library.importing.add_starter_articles()
    ended = fresh(command, "--json", status=1)

    assert ended.out == ""
    assert "nothing to" in ended.err


def test_a_tag_of_only_punctuation_is_wrong_usage(tuireader: CommandLine) -> None:
    key = tuireader("list", "--json").records[0]["id"]

    ended = tuireader("tag", key, ",", status=2)

    assert "is not a tag" in ended.err


class InterruptingTerminal(io.StringIO):
    """A terminal as standard error, on which Ctrl+C is pressed at the first progress report."""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if " of " in text:
            signal.raise_signal(signal.SIGINT)
        return super().write(text)


@pytest.mark.parametrize(
    "command",
    [
        ["bookmark", "date:2020..2021"],
        ["read", "date:2020..2021"],
        ["trash", "date:2020..2021"],
        ["tag", "date:2020..2021", "new"],
        ["tags", "rename", "city", "town"],
        ["undo"],
    ],
    ids=" ".join,
)
def test_ctrl_c_stops_a_change_and_leaves_nothing_of_it(
    tuireader: CommandLine, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "BATCH", 1)
    monkeypatch.setattr(progress, "MOMENT", 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets jobs in the background ignore it
    before = tuireader.contents()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", InterruptingTerminal())
        tuireader(*command, status=130)
        assert sys.stderr.getvalue().endswith("\r\x1b[KStopped: nothing was changed.\n")
    assert tuireader.contents() == before
    assert tuireader(*command).out
    assert tuireader.contents() != before
