"""``trash --empty``: it asks first, and reports what is deleted."""

from __future__ import annotations

import io
import sys

import pytest
from commandline import CommandLine

from tuireader.cli import trash as trash_command


@pytest.fixture
def trash(tuireader: CommandLine) -> CommandLine:
    """A library with two of its four articles in the trash."""
    tuireader("trash", "tag:sport OR tag:city")
    return tuireader


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trash_command, "_asked_on_terminal", lambda: True)


def test_without_a_terminal_the_trash_is_emptied_only_by_yes(trash: CommandLine):
    assert "--yes" in trash("trash", "--empty", status=2).err
    assert len(trash.titles("is:trashed")) == 2
    assert trash("trash", "--empty", "--yes").out == "2 articles deleted for good.\n"
    assert trash.titles("is:trashed") == []
    assert len(trash.titles()) == 2
    assert trash("trash", "--empty", "--yes").out == "The trash is empty.\n"


@pytest.mark.parametrize("answer", ["", "\n", "n\n", "yesterday\n"])
def test_on_a_terminal_anything_but_yes_is_no(trash: CommandLine, terminal: None, answer: str):
    asked = trash("trash", "--empty", stdin=answer.encode())
    assert "Delete 2 articles for good? [y/N]" in asked.err
    assert len(trash.titles("is:trashed")) == 2


def test_on_a_terminal_yes_deletes(trash: CommandLine, terminal: None):
    trash("trash", "--empty", stdin=b"y\n")
    assert trash.titles("is:trashed") == []


def test_notes_that_would_be_deleted_are_reported(trash: CommandLine, terminal: None):
    (record,) = trash("list", "is:trashed tag:sport", "--json").records
    trash("note", record["id"], "Mine.")
    assert "1 annotation on them will be deleted too." in trash("trash", "--empty", stdin=b"n\n").err


def test_a_query_or_an_id_empties_a_part_of_the_trash(trash: CommandLine):
    records = trash("trash", "--empty", "tag:sport", "--yes", "--json").records
    assert [record["title"] for record in records] == ["The Regatta Nobody Saw"]
    (left,) = trash("list", "is:trashed", "--json").records
    trash("trash", "--empty", left["id"][:8], "--yes")
    assert trash.titles("is:trashed") == []
    assert trash("trash", "--empty", "tag:sport", "--yes").out == "None of these are in the trash.\n"


def test_articles_outside_the_trash_are_reported_and_stay(trash: CommandLine):
    alive = trash.id_of("Harbour Strike")
    assert "not in the trash" in trash("trash", "--empty", alive, "--yes", status=1).err
    assert len(trash.titles()) == 2


def test_empty_and_undo_exclude_each_other(trash: CommandLine):
    trash("trash", "--empty", "--undo", "--yes", status=2)
    trash("trash", status=2)
    assert len(trash.titles("is:trashed")) == 2


def test_no_undo_restores_deleted_articles(trash: CommandLine):
    trash("trash", "--empty", "--yes")
    trash("undo")  # undo the import of the other two
    assert trash.titles() == trash.titles("is:trashed") == []
    trash("redo")
    assert len(trash.titles()) == 2


def test_a_terminal_is_standard_input_and_standard_error(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert not trash_command._asked_on_terminal()
    monkeypatch.setattr(sys, "stdin", None)
    assert not trash_command._asked_on_terminal()
