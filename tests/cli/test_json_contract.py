"""The fields of every command's JSON records: a contract, so none may be removed."""

from __future__ import annotations

from pathlib import Path

import pytest
from commandline import CommandLine

LIST = [
    *("id", "title", "authors", "agency", "source", "url", "published", "date_guessed", "added"),
    *("language", "tags", "words", "read", "bookmarked", "notes", "summary", "snippet"),
]
SHOW = [*LIST, "body", "images", "annotations", "position", "origin"]
NOTES = [
    *("id", "article", "title", "kind", "quote", "body"),
    *("colour", "tags", "created", "updated", "orphan"),
]
ADD = ["source", "status", "id", "title", "error"]

COMMANDS: dict[str, list[str]] = {
    "list": LIST,
    "list dock": LIST,
    "list has:note": LIST,
    "show ID": SHOW,
    "bookmark ID": LIST,
    "bookmark tag:labour": LIST,
    "read ID": LIST,
    "trash ID": LIST,
    "tag ID new": LIST,
    "note ID text": NOTES,
    "note ID text --quote Dock": NOTES,
    "highlight ID --quote Dock": NOTES,
    "bookmark ID --quote Dock": NOTES,
    "notes": NOTES,
    "notes tag:labour": NOTES,
    "tags": ["tag", "count"],
    "dates": ["day", "count"],
    "stats": ["articles", "unread", "bookmarked", "trashed", "annotations", "tags"],
    "searches": ["name", "query"],
    "rules": ["id", "query", "tags"],
    "undo": ["change", "ids"],
    "redo": ["change", "ids"],
    "doctor": ["code", "sentence", "path"],
}


@pytest.fixture
def key(tuireader: CommandLine) -> str:
    """The id of an article for which every command prints a record."""
    found: str = tuireader("list", "--json", "tag:labour").record["id"]
    for command in (
        ["note", found, "first"],
        ["searches", "save", "mine", "tag:labour"],
        ["rules", "add", "tag:labour", "--tag", "work"],
        ["tag", found, "a"],
        ["undo"],
    ):
        assert tuireader(*command).status == 0
    return found


@pytest.mark.parametrize("command", COMMANDS)
def test_every_record_has_the_fields_of_its_command(tuireader: CommandLine, key: str, command: str) -> None:
    if command == "undo":
        tuireader("tag", key, "b")
    if command == "doctor":
        (tuireader.folder / "texts" / "stray.md").write_text("no text of ours", "utf-8")
    records = tuireader(*(key if word == "ID" else word for word in command.split()), "--json").records
    assert records
    for record in records:
        assert [name for name in COMMANDS[command] if name not in record] == []


def test_each_outcome_of_add_has_its_fields(tuireader: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "new.md").write_text("# New\n\nSome words.\n", "utf-8")
    (tmp_path / "none.pdf").write_bytes(b"%PDF-1.7")
    for options in ([], ["--dry-run"]):
        files = [str(tmp_path / name) for name in ("new.md", "none.pdf")]
        records = tuireader("add", *options, "--json", *files, status=1).records
        assert [list(record)[: len(ADD)] for record in records] == [ADD, ADD]
        assert records[1]["status"] == "failed" and records[1]["error"]


def test_show_says_where_an_article_came_from(tuireader: CommandLine, tmp_path: Path) -> None:
    source = tmp_path / "new.md"
    source.write_text("# New\n\nSome words.\n", "utf-8")
    added = tuireader("add", "--json", str(source)).record["id"]
    assert tuireader("show", "--json", added).record["origin"] == str(source)
