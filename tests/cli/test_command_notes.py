"""``note``, ``highlight``, ``notes``: the sources of their text, and the passages that they are on."""

from __future__ import annotations

import json
import re
import shlex
import stat
import sys
from pathlib import Path
from types import NoneType

import pytest
from commandline import HARBOUR, CommandLine, run_program
from test_command_articles import has_exactly

from library.models import HIGHLIGHT_COLOURS

ANNOTATION_FIELDS: dict[str, type | tuple[type, ...]] = {
    "id": str, "article": str, "title": str, "kind": str, "quote": (dict, NoneType), "body": str,
    "colour": str, "tags": list, "created": str, "updated": str, "orphan": bool,
}  # fmt: skip
QUOTE_FIELDS: dict[str, type | tuple[type, ...]] = {
    "exact": str, "prefix": str, "suffix": str, "start": int, "end": int,
}  # fmt: skip


@pytest.fixture
def article(tuireader: CommandLine) -> str:
    """The id of the article on the strike."""
    return tuireader.id_of("harbour strike")


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which temporary files are made."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """Set the user's editor to a program of Python statements, in which ``path`` is the file to edit."""

    def make(statements: str) -> str:
        script = tmp_path / "an editor.py"
        script.write_text(f"import pathlib, sys\npath = pathlib.Path(sys.argv[-1])\n{statements}\n")
        command = shlex.join([sys.executable, str(script), "--wait"])
        monkeypatch.setenv("EDITOR", command)
        return command

    return make


# The text


def test_a_note_has_the_fields_of_the_contract(tuireader: CommandLine, article: str) -> None:
    record = tuireader("note", article, "Mine.", "--quote", "Dock workers", "--json").record

    assert has_exactly(record, ANNOTATION_FIELDS)
    assert has_exactly(record["quote"], QUOTE_FIELDS)
    assert (record["article"], record["kind"], record["body"]) == (article, "note", "Mine.")
    assert record["title"] == "Harbour Strike Enters Third Week"
    assert record["orphan"] is False
    assert tuireader("notes", "--json").record == record


def test_a_note_on_the_whole_article_has_no_quote(tuireader: CommandLine, article: str) -> None:
    assert tuireader("note", article, "Mine.", "--json").record["quote"] is None


def test_a_note_may_follow_the_quote_it_is_on(tuireader: CommandLine, article: str) -> None:
    record = tuireader("note", article, "--quote", "another week", "After the option.", "--json").record

    assert record["body"] == "After the option."
    tuireader("note", article, "--quote", "another week", "Two", "texts", status=2)


def test_a_note_is_read_from_standard_input(tuireader: CommandLine, article: str) -> None:
    text = "Première ligne\n\n- **deux**\n"

    assert (
        tuireader("note", article, "-", "--json", stdin=text.encode()).record["body"].strip() == text.strip()
    )


def test_a_note_may_begin_with_a_minus(tuireader: CommandLine, article: str) -> None:
    assert tuireader("note", article, "--json", "--", "-5 degrees").record["body"] == "-5 degrees"


@pytest.mark.parametrize("arguments", [["-"], [""], ["  \n"]], ids=["input", "empty", "blank"])
def test_an_empty_note_is_not_added(tuireader: CommandLine, article: str, arguments: list[str]) -> None:
    assert "empty" in tuireader("note", article, *arguments, status=1).err
    assert tuireader("notes", "--json").records == []


def test_a_closed_standard_input_is_an_empty_note(tuireader: CommandLine, article: str) -> None:
    assert "empty" in tuireader("note", article, "-", status=1, stdin=None).err


def test_the_words_of_a_note_never_reach_the_terminal_as_controls(
    tuireader: CommandLine, article: str
) -> None:
    tuireader("note", article, "a\x1b]0;title\x07b\x9b31m \u202etxt")

    for command in (["notes"], ["notes", "--json"], ["show", article], ["show", article, "--json"]):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", tuireader(*command).out)


# The editor


def test_the_editor_writes_the_note(tuireader: CommandLine, article: str, editor, drafts: Path) -> None:
    editor("assert sys.argv[1] == '--wait'\npath.write_text('Written there; not `run` $(by) a shell.')")

    record = tuireader("note", article, "--quote", "Dock workers", "--json").record

    assert record["body"] == "Written there; not `run` $(by) a shell."
    assert list(drafts.iterdir()) == []


def test_the_editor_gets_a_private_empty_markdown_file(
    tuireader: CommandLine, article: str, editor, tmp_path: Path
) -> None:
    editor(
        "assert path.suffix == '.md' and path.read_text() == ''\n"
        "path.write_text(oct(path.stat().st_mode & 0o777))"
    )

    assert tuireader("note", article, "--json").record["body"] == oct(stat.S_IRUSR | stat.S_IWUSR)


def test_visual_comes_before_editor(
    tuireader: CommandLine, article: str, editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", editor("path.write_text('From VISUAL.')"))
    monkeypatch.setenv("EDITOR", "false")

    assert tuireader("note", article, "--json").record["body"] == "From VISUAL."


def test_what_the_editor_prints_is_not_among_the_records(
    tuireader: CommandLine, article: str, editor
) -> None:
    editor("print('drawn by the editor', flush=True)\npath.write_text('Mine.')")

    ended = run_program(["--library", str(tuireader.folder), "note", article, "--json"])

    assert json.loads(ended.stdout)["body"] == "Mine."
    assert b"drawn by the editor" in ended.stderr


def test_an_editor_that_writes_nothing_adds_nothing(
    tuireader: CommandLine, article: str, monkeypatch: pytest.MonkeyPatch, drafts: Path
) -> None:
    monkeypatch.setenv("EDITOR", "true")

    assert "empty" in tuireader("note", article, status=1).err
    assert tuireader("notes", "--json").records == []
    assert list(drafts.iterdir()) == []


@pytest.mark.parametrize("command", ["false", "no-such-editor-anywhere", "'unclosed", " "])
def test_an_editor_that_fails_is_named(
    tuireader: CommandLine, article: str, monkeypatch: pytest.MonkeyPatch, drafts: Path, command: str
) -> None:
    monkeypatch.setenv("EDITOR", command)

    assert f"“{command}”" in tuireader("note", article, status=1).err
    assert tuireader("notes", "--json").records == []
    assert list(drafts.iterdir()) == []


def test_without_an_editor_the_remedy_is_shown(tuireader: CommandLine, article: str) -> None:
    assert "EDITOR" in tuireader("note", article, status=1).err


def test_what_was_written_before_the_editor_failed_is_kept(
    tuireader: CommandLine, article: str, editor, drafts: Path
) -> None:
    editor("path.write_text('Long thoughts.')\nsys.exit(3)")

    ended = tuireader("note", article, status=1)

    (kept,) = drafts.rglob("*.md")
    assert str(kept) in ended.err
    assert kept.read_text() == "Long thoughts."
    assert tuireader("notes", "--json").records == []


def test_what_was_written_is_kept_where_its_quote_is_not_in_the_article(
    tuireader: CommandLine, article: str, editor, drafts: Path
) -> None:
    editor("path.write_text('Long thoughts.')")

    ended = tuireader("note", article, "--quote", "words of another article", status=1)

    (kept,) = drafts.rglob("*.md")
    assert str(kept) in ended.err
    assert kept.read_text() == "Long thoughts."


def test_what_came_in_by_standard_input_is_kept_where_it_cannot_be_a_note(
    tuireader: CommandLine, article: str, drafts: Path
) -> None:
    ended = tuireader("note", article, "-", "--quote", "not there", status=1, stdin=b"Long thoughts.")

    (kept,) = drafts.rglob("*.md")
    assert str(kept) in ended.err
    assert kept.read_text() == "Long thoughts."


def test_an_editor_that_removes_the_file_is_reported(tuireader: CommandLine, article: str, editor) -> None:
    editor("path.unlink()")

    assert "cannot be read" in tuireader("note", article, status=1).err


def test_bytes_from_the_editor_that_are_not_text_stop_nothing(
    tuireader: CommandLine, article: str, editor
) -> None:
    editor(r"path.write_bytes(b'caf\xe9 \x1b[31m ok')")

    assert tuireader("note", article, "--json").record["body"] == "caf\ufffd  ok"


# The passage


@pytest.mark.parametrize(
    "words",
    [
        "“We won’t move,” said one of them. The operator asked for another week",
        '"We won\'t move," said one of them. The operator asked for another week',
        "The operator\nasked   for another\tweek",
    ],
    ids=["curly", "straight", "white space"],
)
def test_a_quote_is_found_across_line_breaks_and_kinds_of_quotation_marks(
    tuireader: CommandLine, article: str, words: str
) -> None:
    quote = tuireader("highlight", article, "--quote", words, "--json").record["quote"]
    text = tuireader("show", article, "--plain").out

    assert text[quote["start"] : quote["end"]] == quote["exact"]
    assert " ".join(quote["exact"].split()).endswith("asked for another week")
    assert text[: quote["start"]].endswith(quote["prefix"])
    assert text[quote["end"] :].startswith(quote["suffix"])


def test_the_occurrence_chooses_among_equal_words(tuireader: CommandLine, article: str) -> None:
    text = tuireader("show", article, "--plain").out
    places = [match.start() for match in re.finditer("another week", text)]
    assert len(places) == HARBOUR.count("another week") == 3

    starts = [
        tuireader(
            command, article, *words, "--quote", "another week", "--occurrence", str(number), "--json"
        ).record["quote"]["start"]
        for number, (command, *words) in enumerate(
            [("note", "Mine."), ("highlight",), ("note", "Mine.")], start=1
        )
    ]

    assert starts == places


@pytest.mark.parametrize(("occurrence", "status"), [("4", 1), ("0", 2), ("-1", 2), ("first", 2)])
def test_an_occurrence_that_is_not_there_adds_nothing(
    tuireader: CommandLine, article: str, occurrence: str, status: int
) -> None:
    before = tuireader.contents()

    arguments = ["--quote", "another week", "--occurrence", occurrence]
    assert occurrence in tuireader("highlight", article, *arguments, status=status).err
    assert tuireader.contents() == before


def test_words_that_are_not_in_the_article_add_nothing(tuireader: CommandLine, article: str) -> None:
    before = tuireader.contents()

    assert "“no such words”" in tuireader("note", article, "Mine.", "--quote", "no such words", status=1).err
    assert tuireader.contents() == before


@pytest.mark.parametrize("colour", HIGHLIGHT_COLOURS)
def test_a_highlight_has_a_colour(tuireader: CommandLine, article: str, colour: str) -> None:
    arguments = ["--quote", "Dock workers", "--colour", colour, "--json"]
    record = tuireader("highlight", article, *arguments).record

    assert has_exactly(record, ANNOTATION_FIELDS)
    assert (record["kind"], record["colour"], record["body"]) == ("highlight", colour, "")
    assert record["quote"]["exact"] == "Dock workers"


def test_a_highlight_is_yellow_by_default_and_never_of_an_unknown_colour(
    tuireader: CommandLine, article: str
) -> None:
    assert tuireader("highlight", article, "--quote", "Dock", "--json").record["colour"] == "yellow"
    assert "mauve" in tuireader("highlight", article, "--quote", "Dock", "--colour", "mauve", status=2).err


def test_a_highlight_without_words_is_wrong_usage(tuireader: CommandLine, article: str) -> None:
    assert "--quote" in tuireader("highlight", article, status=2).err


# notes


def test_notes_are_listed_newest_first_and_by_query(tuireader: CommandLine, article: str) -> None:
    tuireader("note", article, "The first.")
    tuireader("highlight", article, "--quote", "Dock workers")
    tuireader("note", "tag:city", "On the tram.")

    records = tuireader("notes", "--json").records
    assert all(has_exactly(record, ANNOTATION_FIELDS) for record in records)
    assert [record["body"] for record in records] == ["On the tram.", "", "The first."]
    assert tuireader("notes", "--json", "tag:city").record["body"] == "On the tram."
    assert len(tuireader("notes", "--json", "--", "-tag:city").records) == 2
    assert tuireader("notes", "--json", "date:2019").records == []


def test_for_people_a_note_is_printed_with_its_article_and_quote(
    tuireader: CommandLine, article: str
) -> None:
    tuireader("note", article, "Mine.", "--quote", "Dock workers")

    out = tuireader("notes").out
    assert "Harbour Strike Enters Third Week" in out
    assert "“Dock workers”" in out
    assert "Mine." in out


def test_a_note_whose_words_left_the_text_is_marked_as_an_orphan(
    tuireader: CommandLine, article: str, sources: Path
) -> None:
    tuireader("note", article, "Mine.", "--quote", "crane drivers vote")
    tuireader("note", article, "Stays.", "--quote", "Dock workers voted")
    newer = HARBOUR.replace("In another week the crane drivers vote as well.", "Nobody votes.")
    (sources / "harbour.md").write_text("\n" + newer.lstrip(), "utf-8")

    assert tuireader("add", sources / "harbour.md", "--json").record["status"] == "updated"

    orphans = {record["body"]: record["orphan"] for record in tuireader("notes", "--json").records}
    assert orphans == {"Mine.": True, "Stays.": False}
    assert tuireader("notes", "is:orphaned", "--json").records
    assert "no longer in the text" in tuireader("notes").out


# annotation, passage bookmarks, revisions, citations


@pytest.fixture
def updated(tuireader: CommandLine, article: str, tmp_path: Path) -> str:
    """The same article, imported again with a changed text."""
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
    assert "nothing was changed" in tuireader("annotation", key, " ", status=1).err
    assert tuireader("notes", "--json").record["body"] == "Other."


def test_an_annotation_is_removed_and_restored(tuireader: CommandLine, article: str) -> None:
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
    assert "no bookmark" in tuireader("bookmark", article, "--quote", "another week", "--undo", status=1).err
    tuireader("bookmark", article, article, "--quote", "another week", status=2)
    assert (
        "occurs only 3 times"
        in tuireader("bookmark", article, "--quote", "another week", "--occurrence", "4", status=1).err
    )


def test_a_revision_is_shown(tuireader: CommandLine, updated: str) -> None:
    assert "the crane drivers" in tuireader("show", updated, "--plain").out
    assert "one of them" in tuireader("show", updated, "--plain", "--revision", "1").out
    assert "one of them" in tuireader("show", updated, "--markdown", "--revision", "-1").out
    assert "1 revision" in tuireader("show", updated).out
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
    """A highlight made today is neither of an earlier year nor old; the query is still parsed."""
    tuireader("highlight", article, "--quote", "Dock workers")
    assert tuireader("notes", "--on-this-day", "--json").records == []
    assert tuireader("notes", "--review", "has:highlight", "--json").records == []
    assert "no field" in tuireader("notes", "--review", "nay:x", status=2).err
    tuireader("notes", "--review", "--on-this-day", status=2)
