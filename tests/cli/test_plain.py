"""``--plain``: the reader by lines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from commandline import CommandLine, Ended

HARBOUR = "Harbour Strike Enters Third Week"


@pytest.fixture
def plain(tuireader: CommandLine):
    """Run the plain reader with typed lines."""

    def run(*lines: str) -> Ended:
        return tuireader("--plain", stdin="".join(f"{one}\n" for one in lines).encode())

    return run


def test_the_list_is_numbered_and_says_what_the_marks_say(plain, tuireader: CommandLine) -> None:
    tuireader("bookmark", "title:harbour")
    out = plain("q").out
    assert "4 articles. 1 to 4:\n" in out
    assert f"1. {HARBOUR}, news.example.org, 2021-03-04, unread, bookmarked\n" in out
    assert out.endswith("Everything is saved.\n")


def test_nothing_is_drawn(plain) -> None:
    out = plain("1", "i", "?", "q", "/tag:harbour", "q").out
    assert re.findall("[\u2500-\u259f\x1b\x08\r]", out) == []
    assert [text for text in out.splitlines() if "  " in text] == []


def test_a_number_opens_an_article_and_an_empty_line_reads_on(fresh: CommandLine, tmp_path: Path) -> None:
    paragraphs = [f"Paragraph {number}. " + "Word " * 100 for number in range(1, 9)]
    (tmp_path / "long.md").write_text("# Long\n\n## First part\n\n" + "\n\n".join(paragraphs))
    fresh("add", tmp_path / "long.md")
    key = fresh("list", "--json", "title:long").record["id"]
    out = fresh("--plain", stdin=b"/title:long\n1\n\n").out
    first, _, second = out.partition("Page 1 of ")
    assert "Heading: First part\n" in first
    assert "Paragraph 1." in first and "Paragraph 8." not in first
    assert "Paragraph 8." not in second and "Page 2 of " in second
    out = fresh("--plain", stdin=b"/title:long\n1\n\n\n\n\np\n").out
    assert "Paragraph 8." in out and "End of the article." in out
    assert fresh("show", key, "--json").record["read"]


def test_bookmark_tag_read_and_undo(plain, tuireader: CommandLine) -> None:
    out = plain("1", "b", "t port docks", "r", "q", "q").out
    assert "Bookmarked." in out and "Unread." in out
    record = tuireader("list", "--json", "title:harbour").record
    assert (record["bookmarked"], record["read"]) == (True, False)
    assert {"port", "docks"} <= set(record["tags"])
    assert "Undone: " in plain("u", "Q").out
    assert tuireader.titles("is:read", "title:harbour") == [HARBOUR]


def test_a_note_is_written_on_words(plain, tuireader: CommandLine) -> None:
    plain("1", "a By whom?", "the union said", "a", "On all of it.", "", "q", "q")
    notes = {one["body"]: one["quote"] for one in tuireader("notes", "--json").records}
    assert notes["By whom?"]["exact"] == "the union said"
    assert notes["On all of it."] is None


def test_a_note_is_not_lost_where_its_words_are_not_in_the_article(plain, tuireader: CommandLine) -> None:
    ended = plain("1", "a By whom?", "no such words", "another week", "q", "q")
    assert "no such words" in ended.err
    (note,) = tuireader("notes", "--json").records
    assert (note["body"], note["quote"]["exact"]) == ("By whom?", "another week")


def test_a_query_lists_what_matches(plain) -> None:
    out = plain("/tag:city", "/nowhere", "/", "q").out
    assert "1 article for tag:city. 1 to 1:\n1. City Council" in out
    assert "No matches for nowhere." in out
    assert out.count("4 articles. 1 to 4:") == 2


def test_the_trash_takes_the_article_from_the_list(plain, tuireader: CommandLine) -> None:
    assert "3 articles. 1 to 3:" in plain("1", "x", "q").out
    assert tuireader.titles("is:trashed") == [HARBOUR]


@pytest.mark.parametrize(
    ("typed", "said"),
    [("zz", "There is no command “zz”."), ("99", "The list has no number 99."), ("0", "no number 0"),
     ("b", "Open an article first"), ("p", "Beginning of the list."), ("n", "End of the list."),
     ("²", "There is no command")],
)  # fmt: skip
def test_a_mistake_is_answered_with_a_sentence(plain, typed: str, said: str) -> None:
    assert said in plain(typed, "q").out


def test_a_mistake_in_a_query_is_shown_with_its_place(plain) -> None:
    ended = plain("/tag:(", "q")
    assert "^" in ended.err
    assert ended.out.endswith("Everything is saved.\n")


def test_keys_of_ones_own_hold_and_are_named(plain, tuireader: CommandLine) -> None:
    file = Path(tuireader("config", "path").out.strip())
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("[keys]\nundo = 'U'\ntrash = 'dd'\nbookmark = 'ctrl+b'\nadd-tag = 'n'\n")
    out = plain("?", "1", "dd", "U", "q").out
    assert "Moved to the trash. Type U to undo." in out
    assert "\nb: Add or remove a bookmark." in out and "\nt: Add tags" in out and "\nn: Next page" in out
    assert tuireader.titles("is:trashed") == []


def test_the_end_of_the_input_ends(plain) -> None:
    assert plain().status == 0


def test_the_help_has_every_command(plain) -> None:
    out = plain("?", "q").out
    assert all(f"\n{key}: " in out for key in "nplbrtaxiu?qQ")
