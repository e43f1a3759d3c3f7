"""The reader as users see it: a program in a terminal, with its screen, keys and files."""

from __future__ import annotations

import ctypes
import os
import re
import subprocess
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest
from corpora import CORPORA
from desk import Desk
from hostile import VECTORS, controls, corpus_vectors, marker, write_library
from terminal import Terminal, wait_until

CTRL_S, ESC, ENTER = "\x13", "\x1b", "\r"
FIRST, FIRST_TEXT = "Welcome to Your Library", "Good morning."
EDITOR_OPEN = "Note on “"
PAGE_KEYS = "Space read on"
NOTEBOOK = "On this day"
HELP_OPEN = "type to search"


def open_first(terminal: Terminal) -> None:
    """Wait for the list and its first article beside it, and go into that article."""
    terminal.wait_for(lambda text: FIRST in text and FIRST_TEXT in text)
    terminal.send(ENTER)
    terminal.wait_for(PAGE_KEYS)


def begin_note(terminal: Terminal, words: str) -> None:
    """Open the note editor and type ``words``."""
    terminal.send("a")
    terminal.wait_for(EDITOR_OPEN)
    terminal.send(words)
    terminal.wait_for(words)


def leave(terminal: Terminal) -> None:
    """Quit, and check that the program succeeds."""
    terminal.send("Q")
    assert terminal.ended() == 0, terminal.text()


@pytest.mark.parametrize("done", [CTRL_S, pytest.param(ESC, marks=pytest.mark.slow)], ids=["ctrl+s", "Esc"])
def test_changes_in_the_reader_are_seen_by_the_command_line(desk: Desk, done: str) -> None:
    reader = desk.open_reader()
    open_first(reader)
    reader.send("b")
    reader.wait_for("★")
    begin_note(reader, "Compare with the operator’s own figures.")
    reader.send(done)
    reader.wait_until_gone(EDITOR_OPEN)
    reader.wait_for("✎1")
    leave(reader)

    (listed,) = desk.run("list", "is:bookmarked")
    (shown,) = desk.run("show", listed["id"])
    (note,) = desk.run("notes")
    assert (shown["title"], shown["bookmarked"], shown["read"], shown["notes"]) == (FIRST, True, True, 1)
    assert shown["annotations"] == [note]
    assert (note["article"], note["body"]) == (shown["id"], "Compare with the operator’s own figures.")
    assert texts_in(desk.library / "drafts") == []


@pytest.mark.slow
def test_the_notebook_leads_to_the_passage_and_back(desk: Desk) -> None:
    desk.add_starter_articles()
    (welcome,) = desk.run("list", f'title:"{FIRST}"')
    (marked,) = desk.run("highlight", welcome["id"], "--quote", FIRST_TEXT)
    reader = desk.open_reader()
    reader.wait_for(FIRST_TEXT)
    reader.send("gn")
    reader.wait_for("1 entry")
    reader.send(ENTER)
    reader.wait_for(PAGE_KEYS)
    reader.send(ESC)
    reader.wait_for("1 entry")
    reader.send("e")
    reader.wait_for(f"On “{FIRST}”")
    reader.send("Read it twice. #again" + CTRL_S)
    reader.wait_for("#again")
    leave(reader)

    (kept,) = desk.run("notes", "tag:again")
    assert (kept["id"], kept["kind"]) == (marked["id"], "highlight")
    assert kept["body"] == "Read it twice. #again"


@pytest.mark.parametrize(
    ("key", "seen"),
    [
        pytest.param("e", f"On “{FIRST}”", marks=pytest.mark.slow),
        pytest.param("/", "Enter done", marks=pytest.mark.slow),
        ("?", HELP_OPEN),
    ],
)
def test_esc_and_the_next_key_are_two_keys_even_if_they_arrive_together(
    desk: Desk, key: str, seen: str
) -> None:
    desk.add_starter_articles()
    (welcome,) = desk.run("list", f'title:"{FIRST}"')
    desk.run("highlight", welcome["id"], "--quote", FIRST_TEXT)
    reader = desk.open_reader()
    reader.wait_for(FIRST_TEXT)
    reader.send("gn")
    reader.wait_for("1 entry")
    reader.send(ENTER)
    reader.wait_until_gone("1 entry")
    reader.wait_for(PAGE_KEYS)
    reader.send(ESC + key)
    reader.wait_for(lambda text: seen in text and NOTEBOOK in text)


def test_leaving_at_once_after_a_note_keeps_the_note(desk: Desk) -> None:
    reader = desk.open_reader()
    open_first(reader)
    begin_note(reader, "Kept.")
    reader.send(CTRL_S + "Q")

    assert reader.ended() == 0
    assert [note["body"] for note in desk.run("notes")] == ["Kept."]


@pytest.mark.slow
def test_keys_typed_ahead_of_the_screen_go_where_they_were_meant(desk: Desk) -> None:
    reader = desk.open_reader()
    reader.wait_for(lambda text: FIRST in text and FIRST_TEXT in text)
    reader.send(ENTER + "a" + "xxx" + CTRL_S)
    reader.wait_for("✎1")
    leave(reader)

    assert [note["body"] for note in desk.run("notes")] == ["xxx"]
    assert desk.run("list", "is:trashed") == []


def test_a_note_that_was_being_typed_when_the_program_was_killed_is_there_again(desk: Desk) -> None:
    reader = desk.open_reader()
    open_first(reader)
    begin_note(reader, "Half a thought, and")
    drafts = desk.library / "drafts"
    wait_until(lambda: any("Half a thought, and" in text for text in texts_in(drafts)), "a draft on the disk")
    reader.kill()

    again = desk.open_reader()
    open_first(again)
    again.send("a")
    again.wait_for("Half a thought, and")
    again.send(" the rest.")
    again.wait_for("Half a thought, and the rest.")
    again.send(CTRL_S)
    again.wait_for("✎1")
    leave(again)
    assert [note["body"] for note in desk.run("notes")] == ["Half a thought, and the rest."]


@pytest.mark.slow
def test_a_draft_is_kept_while_typing_continues(desk: Desk) -> None:
    reader = desk.open_reader()
    open_first(reader)
    begin_note(reader, "W")
    drafts, typed = desk.library / "drafts", 0
    for character in "riting without any pause. " * 12:
        reader.send(character)
        typed += 1
        time.sleep(0.05)  # a fast typist: the pauses between the keys, not a wait for anything
        if any(len(text) > 20 for text in texts_in(drafts)):
            break
    assert any(texts_in(drafts)), f"nothing on the disk after {typed} keys"


def texts_in(folder: Path) -> list[str]:
    """Return the texts of the files in ``folder``; none if it does not exist."""
    return [path.read_text("utf-8") for path in folder.glob("*.md")]


# Hostile text


def tour(reader: Terminal, articles: int) -> None:
    """Show every article on the page, and one in the editor, the prompts and the messages."""
    reader.wait_for(marker(0))
    reader.send(ENTER)
    reader.wait_for(PAGE_KEYS)
    for number in range(1, articles):
        reader.send("J")
        reader.wait_for(marker(number))
    reader.send("t")
    reader.wait_for("Tag 1 article")
    reader.send(ESC)
    reader.wait_until_gone("Tag 1 article")
    reader.send("a")
    reader.wait_for(EDITOR_OPEN)
    reader.send(CTRL_S)
    reader.wait_until_gone(EDITOR_OPEN)
    reader.send("x")
    reader.wait_for("Moved to the trash")
    reader.send("u")
    reader.wait_for("Undone")
    leave(reader)


@pytest.mark.slow
def test_no_outside_text_controls_the_terminal(desk: Desk, tmp_path: Path) -> None:
    articles = 24
    vectors = VECTORS + corpus_vectors(CORPORA, 12)
    write_library(desk.library, articles, ())
    for key in desk.run("list"):
        (desk.library / "drafts").mkdir(exist_ok=True)
        (desk.library / "drafts" / f"{key['id']}.md").write_text("draft", "utf-8")
    harmless = desk.open_reader(150, 40)
    tour(harmless, articles)

    desk.environment["TUIREADER_LIBRARY"] = str(tmp_path / "hostile")
    write_library(tmp_path / "hostile", articles, vectors)
    reader = desk.open_reader(150, 40)
    tour(reader, articles)

    assert controls(reader.output) - controls(harmless.output) == set()
    stream = reader.output.decode("utf-8")
    commanding = [
        vector for vector in vectors if len(vector) > 4 and re.search("[\x1b\x80-\x9f\u202e]", vector)
    ]
    assert len(commanding) > 10
    assert [vector for vector in commanding if vector in stream] == []


def test_a_message_with_an_outside_address_does_not_control_the_terminal(desk: Desk) -> None:
    write_library(desk.library, 1, ("a\x1b]0;PWNED\x1b\\z\x9b31m\u202etxt",))
    reader = desk.open_reader()
    reader.wait_for(marker(0))
    before = controls(reader.output)
    reader.send("o")
    reader.wait_for("Not opened")
    reader.send("Q")
    assert reader.ended() == 0

    assert {kind for kind in controls(reader.output) - before if not kind.startswith("\x1b[?")} <= {"\x1b[<u"}


def test_words_that_look_like_markup_are_shown_as_they_are(desk: Desk) -> None:
    write_library(desk.library, 3, ("a [/] b", "[@click=app.quit]x[/]", "[link=http://x"))
    reader = desk.open_reader(150, 40)

    reader.wait_for(lambda text: "a [/] b" in text and "[@click=app.quit]x[/]" in text)
    leave(reader)


# Sizes


def test_a_small_terminal_is_enough_to_read(desk: Desk) -> None:
    reader = desk.open_reader(40, 10)
    reader.wait_for("Welcome")
    reader.send(ENTER)
    reader.wait_for("Good morning.")
    reader.send("b" + "q")
    reader.wait_for("★")
    leave(reader)

    assert [record["title"] for record in desk.run("list", "is:bookmarked")] == [FIRST]


@pytest.mark.slow
def test_changes_of_size_while_it_draws_do_not_end_the_program(desk: Desk) -> None:
    reader = desk.open_reader()
    reader.wait_for(FIRST)
    sizes = cycle([(40, 10), (1, 1), (200, 60), (3, 2), (90, 24), (140, 5), (2, 40), (80, 24)])
    for keys, (columns, rows) in zip(
        [*"jjj", ENTER, "J", " ", "gt", "gl", "b"] * 4 + ["?"], sizes, strict=False
    ):
        reader.send(keys)
        reader.resize(columns, rows)
        time.sleep(0.03)  # some of the drawing happens before the next size, some after it
    reader.resize(100, 30)
    reader.wait_for(HELP_OPEN)
    reader.send(ESC)
    reader.wait_until_gone(HELP_OPEN)
    leave(reader)


@pytest.mark.slow
def test_the_key_that_closes_the_help_may_be_pressed_twice(desk: Desk) -> None:
    reader = desk.open_reader()
    reader.wait_for(FIRST)
    reader.send("?")
    reader.wait_for(HELP_OPEN)
    reader.send(ESC + ESC)
    reader.wait_until_gone(HELP_OPEN)
    leave(reader)


# Other programs, and a folder that cannot be written


def test_an_article_that_another_program_adds_appears_in_the_open_reader(desk: Desk, tmp_path: Path) -> None:
    write_library(desk.library, 3, ())
    reader = desk.open_reader()
    reader.wait_for("3 articles")
    (tmp_path / "new.md").write_text(
        "# Late Ferry Reaches the Bay\n\n1 January 2022\n\nIt came in at dawn.\n"
    )

    (added,) = desk.run("add", tmp_path / "new.md")

    assert added["status"] == "added"
    reader.wait_for("Late Ferry Reaches the Bay")
    reader.wait_for("4 articles")
    leave(reader)


def test_a_library_that_cannot_be_written_is_read_and_each_refusal_is_a_sentence(desk: Desk) -> None:
    become = ordinary_person()
    write_library(desk.library, 3, ())
    change_permissions(desk.library, 0o555, 0o444)
    try:
        reader = desk.open_reader(before=become)
        reader.wait_for("is read-only")
        reader.wait_for(marker(0))
        reader.send("j")
        reader.wait_for(marker(1))
        reader.send(ENTER)
        reader.wait_for(PAGE_KEYS)
        reader.send("b")
        reader.wait_for("Nothing was changed")
        assert "★" not in reader.text()
        leave(reader)
    finally:
        change_permissions(desk.library, 0o755, 0o644)
    assert desk.run("list", "is:bookmarked") == []


def change_permissions(folder: Path, folders: int, files: int) -> None:
    """Give ``folder`` and what is below it the permissions ``folders`` or ``files``."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(folders if path.is_dir() else files)


def ordinary_person() -> Callable[[], None]:
    """Make permissions apply to a program before it starts, even if it is root.

    Skip the test if that is not possible. 24 is PR_CAPBSET_DROP of prctl(2), 1 is CAP_DAC_OVERRIDE of
    capabilities(7).
    """
    if os.geteuid() != 0:
        return lambda: None
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is None:
        pytest.skip("root cannot be made an ordinary person on this system")

    def drop() -> None:
        if prctl(24, 1, 0, 0, 0) != 0:
            os._exit(77)

    if subprocess.run(["true"], preexec_fn=drop, check=False).returncode == 77:
        pytest.skip("root cannot be made an ordinary person on this system")
    return drop


def test_a_terminal_without_colours_and_without_unicode_gets_neither(desk: Desk) -> None:
    desk.environment |= {"NO_COLOR": "1", "LC_ALL": "C"}
    reader = desk.open_reader()
    open_first(reader)
    reader.send("b")
    reader.wait_for(
        lambda text: re.search(r"^[|>]\. Welcome to Your Library .* B", text, re.MULTILINE) is not None
    )
    assert reader.text().isascii()
    colours = rb"\x1b\[(?:[0-9]+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9]+)*m"
    assert not re.search(colours, bytes(reader.output))
    leave(reader)


def test_the_first_start_of_all_welcomes_and_offers_what_is_in_the_downloads(desk: Desk):
    desk.state_file.unlink()
    downloads = desk.library.parent / "Downloads"
    downloads.mkdir()
    (downloads / "story.html").write_text("<h1>Story</h1><p>Words of the story.</p>", "utf-8")
    reader = desk.open_reader(columns=80, rows=24)
    reader.wait_for("Where things are")
    reader.send(ENTER + ENTER)
    reader.wait_for("~/Downloads")
    reader.send(" " + ENTER)
    reader.wait_for("1 added")
