"""``list``, ``show``, ``related``: the articles found, and their output."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from types import NoneType

import pytest
from commandline import CommandLine

from library.query.dates import WEEKDAYS

TEXT_OR_NULL = (str, NoneType)
ARTICLE_FIELDS: dict[str, type | tuple[type, ...]] = {
    "id": str, "title": str, "authors": list, "agency": str, "source": str, "url": str,
    "published": TEXT_OR_NULL, "date_guessed": bool, "added": str, "language": str, "tags": list,
    "words": int, "read": bool, "bookmarked": bool, "notes": int, "summary": str,
    "snippet": str,
}  # fmt: skip
SHOWN_FIELDS = {
    **ARTICLE_FIELDS,
    "body": str,
    "images": list,
    "annotations": list,
    "position": dict,
    "origin": str,
    "doubts": list,
    "extra": dict,
    "story": list,
}


def has_exactly(record: dict[str, object], fields: dict[str, type | tuple[type, ...]]) -> bool:
    """Check that ``record`` has these fields, in this order, of these types."""
    assert list(record) == list(fields)
    assert [name for name in fields if not isinstance(record[name], fields[name])] == []
    return True


HARBOUR, TRAM = "Harbour Strike Enters Third Week", "City Council Votes on Tram Line"
REGATTA, UNDATED = "The Regatta Nobody Saw", "A Page Without a Day"


# list


def test_list_shows_all_newest_first_and_the_undated_last(tuireader: CommandLine) -> None:
    assert tuireader.titles() == [HARBOUR, TRAM, REGATTA, UNDATED]


def test_every_record_of_list_has_the_fields_of_the_contract(tuireader: CommandLine) -> None:
    records = tuireader("list", "--json").records

    assert len(records) == 4
    assert all(has_exactly(record, ARTICLE_FIELDS) for record in records)


def test_a_record_of_a_search_has_a_snippet(tuireader: CommandLine) -> None:
    record = tuireader("list", "--json", "dock").record

    assert has_exactly(record, ARTICLE_FIELDS)
    assert "Dock" in record["snippet"]


def test_a_search_shows_a_snippet_with_the_words(tuireader: CommandLine) -> None:
    lines = tuireader("list", "dock").out.splitlines()

    assert len(lines) == 2
    assert lines[1].startswith("    ") and "Dock" in lines[1]
    assert len(tuireader("list", "tag:harbour").out.splitlines()) == 1


def test_a_record_says_what_is_known_of_the_article(tuireader: CommandLine) -> None:
    record = tuireader("list", "--json", "title:harbour").record

    assert record["authors"] == ["Jane Roe", "Li Wei"]
    assert record["source"] == "news.example.org"
    assert record["url"] == "https://news.example.org/2021/03/04/harbour-strike"
    assert record["published"] == "2021-03-04"
    assert record["date_guessed"] is False
    assert datetime.fromisoformat(record["added"]).tzinfo is not None
    assert (record["language"], record["tags"]) == ("en", ["harbour", "labour"])
    assert record["words"] > 30
    assert (record["read"], record["bookmarked"], record["notes"]) == (False, False, 0)


def test_an_undated_article_has_null_for_its_day(tuireader: CommandLine) -> None:
    assert tuireader("list", "--json", "date:none").record["published"] is None


def test_for_people_list_prints_a_line_an_article(tuireader: CommandLine) -> None:
    lines = tuireader("list").out.splitlines()

    assert len(lines) == 4
    assert "2021-03-04" in lines[0]
    assert HARBOUR in lines[0]
    assert "news.example.org" in lines[0]
    assert lines[0].split()[0] == tuireader.id_of("harbour strike")[:8]
    assert "undated" in lines[3]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (["harbour"], [HARBOUR, TRAM]),
        (["another week"], [HARBOUR]),
        (['"tram line"'], [TRAM]),
        (["tag:harbour"], [HARBOUR]),
        (["tag:world/*"], [REGATTA]),
        (["#city"], [TRAM]),
        (["date:2021-03"], [HARBOUR, TRAM]),
        (["date:..2020"], [REGATTA]),
        (["date:2021-03-03..2021-03-03"], [TRAM]),
        (["date:none"], [UNDATED]),
        (["source:city.example.org"], [TRAM]),
        (["author:lima"], [TRAM]),
        (["tag:harbour OR tag:sport"], [HARBOUR, REGATTA]),
        (["is:unread", "date:2021", "sort:title"], [TRAM, HARBOUR]),
        (["limit:1"], [HARBOUR]),
        (["-tag:harbour", "date:2021"], [TRAM]),
        (["date:2021", "-tag:harbour"], [TRAM]),
        (["nowhere"], []),
    ],
)
def test_list_takes_a_query(tuireader: CommandLine, query: list[str], found: list[str]) -> None:
    assert tuireader.titles(*query) == found


def test_a_limit_is_an_option_too(tuireader: CommandLine) -> None:
    assert len(tuireader("list", "--limit", "2", "--json").records) == 2
    assert tuireader("list", "--limit", "0", "--json").records == []
    assert len(tuireader("list", "date:2021", "--limit", "1", "tag:harbour", "--json").records) == 1


@pytest.mark.parametrize("limit", ["-1", "some"])
def test_a_limit_that_is_no_amount_is_wrong_usage(tuireader: CommandLine, limit: str) -> None:
    assert "--limit" in tuireader("list", "--limit", limit, status=2).err


def test_a_query_that_begins_with_a_minus_comes_after_two(tuireader: CommandLine) -> None:
    for arguments in (
        ["--json", "--", "-tag:harbour"],
        ["--", "-tag:harbour"],
        ["date:2021", "--json", "--", "-tag:harbour"],
    ):
        out = tuireader("list", *arguments).out
        assert TRAM in out
        assert HARBOUR not in out
    assert "Put “--” before a query" in tuireader("list", "-tag:harbour", status=2).err


@pytest.mark.parametrize("command", ["list", "tags", "dates", "notes", "bookmark", "read", "trash", "show"])
def test_a_mistake_in_a_query_is_a_sentence_with_a_caret(tuireader: CommandLine, command: str) -> None:
    before = tuireader.contents()

    ended = tuireader(command, "truce tga:x", status=2)

    query, caret, sentence = ended.err.splitlines()
    assert query == "truce tga:x"
    assert caret == "      ^"
    assert "tag:" in sentence
    assert ended.out == ""
    assert tuireader.contents() == before


def test_the_caret_is_in_the_query_of_the_joined_words(tuireader: CommandLine) -> None:
    query, caret, _ = tuireader("list", "date:2021", "is:odd", status=2).err.splitlines()

    assert query[caret.index("^") :].startswith("odd")


# show


def test_show_has_the_fields_of_the_contract(tuireader: CommandLine) -> None:
    article = tuireader.id_of("harbour strike")
    tuireader("note", article, "Mine.", "--quote", "another week")

    record = tuireader("show", article, "--json").record

    assert has_exactly(record, SHOWN_FIELDS)
    assert record["position"] == {"offset": 0, "share": 0.0}
    assert "stay out for another week" in record["body"]
    assert [note["body"] for note in record["annotations"]] == ["Mine."]
    assert record["notes"] == 1


def test_show_is_laid_out_for_a_terminal(tuireader: CommandLine) -> None:
    article = tuireader.id_of("harbour strike")
    tuireader("note", article, "A note of mine.")

    out = tuireader("show", article).out

    assert HARBOUR in out
    assert "Jane Roe" in out
    assert "#harbour" in out
    assert "A note of mine." in out
    assert max(map(len, out.splitlines())) <= 80


def test_show_prints_only_the_plain_text_or_the_markdown(fresh: CommandLine) -> None:
    fresh("add", "-", stdin=b"# A Page of Marks\n\nSome *slanted* words of the page.\n\n- one\n- two\n")
    article = fresh.id_of("page of marks")

    assert "Some slanted words" in fresh("show", article, "--plain").out
    assert "Some *slanted* words" in fresh("show", article, "--markdown").out
    fresh("show", article, "--plain", "--markdown", status=2)


def test_an_article_is_named_by_any_prefix_of_its_id(tuireader: CommandLine) -> None:
    article = tuireader.id_of("harbour strike")

    for named in (article, article[:8], article[:8].upper()):
        assert tuireader("show", named, "--json").record["id"] == article


def test_an_ambiguous_prefix_is_reported_with_the_possible_ids(fresh: CommandLine) -> None:
    # 33 ids over 32 letters: two begin with the same letter.
    for number in range(33):
        fresh("add", "-", stdin=f"A Page Numbered {number}\n\nIts text is about {number}.\n".encode())
    ids = sorted(record["id"] for record in fresh("list", "--json").records)
    alike = next(left for left, right in pairwise(ids) if left[0] == right[0])

    ended = fresh("show", alike[0], status=1)

    assert alike in ended.err
    assert f"“{alike[0]}”" in ended.err
    fresh("bookmark", alike[0], status=1)
    assert fresh.titles("is:bookmarked") == []


def test_an_id_of_no_article_is_an_error_that_names_it(tuireader: CommandLine) -> None:
    ended = tuireader("show", "zzzzzzzz", "--json", status=1)

    assert "“zzzzzzzz”" in ended.err
    assert ended.out == ""


def test_show_takes_a_query_that_finds_one_article(tuireader: CommandLine) -> None:
    assert tuireader("show", "tag:sport", "--json").record["title"] == REGATTA
    assert "finds 2 articles" in tuireader("show", "date:2021", status=1).err


def test_a_removed_text_file_is_reported_and_the_rest_is_shown(tuireader: CommandLine) -> None:
    for path in (tuireader.folder / "texts").rglob("*tram*.md"):
        path.unlink()
    article = tuireader.id_of("tram line")

    record = tuireader("show", article, "--json").record
    assert (record["title"], record["body"]) == (TRAM, None)
    assert "cannot be read" in tuireader("show", article, status=1).err


# list --explain


def test_a_query_is_explained(tuireader: CommandLine) -> None:
    lines = tuireader("list", "--explain", "tag:harbour", "date:2021").out.splitlines()
    assert lines[0] == "4 articles not in the trash"
    assert [line.split()[0] for line in lines[1:3]] == ["date:2021", "tag:harbour"]
    assert lines[3] == "1 found, in the order sort:-date"

    record = tuireader("list", "--explain", "--json", "tag:harbour").record
    assert (record["query"], record["asked"], record["found"]) == ("tag:harbour", 4, 1)
    assert record["steps"] == [{"term": "tag:harbour", "by": "sets of tags", "left": 1}]


# the first day of weeks


def test_weeks_begin_with_the_day_of_the_environment(
    tuireader: CommandLine, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = date.today() - timedelta(days=3)
    (sources / "new.md").write_text(f"---\ntitle: New\ndate: {day}\n---\n\nWords of that day.\n", "utf-8")
    tuireader("add", sources / "new.md")
    for first, found in ((day, ["New"]), (day + timedelta(days=1), [])):
        monkeypatch.setenv("TUIREADER_WEEK", WEEKDAYS[first.weekday()].title())
        assert tuireader.titles('date:"this week"') == found
    monkeypatch.setenv("TUIREADER_WEEK", "someday")
    assert "such as sunday" in tuireader("list", status=1).err


# stories


def words(seed: int) -> str:
    return " ".join(f"{seed}w{number}" for number in range(120))


def test_show_names_the_other_articles_of_the_story(tuireader: CommandLine, tmp_path: Path) -> None:
    for name, share in (("whole", 1.0), ("short", 0.6)):
        text = words(1)[: int(len(words(1)) * share)]
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: Told {name}\n---\n\n{text}\n", "utf-8")
    added = tuireader("add", tmp_path / "whole.md", tmp_path / "short.md", "--json").records
    whole, short = (record["id"] for record in added)
    assert tuireader("show", short, "--json").record["story"] == [whole, short]
    assert f"also: {whole[:8]}  Told whole" in tuireader("show", short).out.splitlines()
    assert tuireader("show", "harbour strike", "--json").record["story"] == []
    assert "also:" not in tuireader("show", "harbour strike").out


def test_related_lists_articles_and_what_they_share(tuireader: CommandLine, tmp_path: Path) -> None:
    for number in (1, 2):
        text = f"Brandvold of Northmole spoke. {'The quay lay still. ' * number}"
        (tmp_path / f"{number}.md").write_text(
            f"---\ntitle: Part {number}\ntags: [quay]\n---\n\n{text}\n", "utf-8"
        )
    added = tuireader("add", tmp_path / "1.md", tmp_path / "2.md", "--json").records
    one, other = (record["id"] for record in added)
    (found,) = tuireader("related", one, "--json").records
    assert list(found) == [*ARTICLE_FIELDS, "closeness", "shared_words", "shared_tags"]
    assert found["id"] == other
    assert {"brandvold", "northmole"} <= set(found["shared_words"])
    assert found["shared_tags"] == ["quay"]
    assert "northmole" in tuireader("related", one).out
    assert tuireader("related", "harbour strike", "--json").records == []
    assert "takes one" in tuireader("related", "nothing like it", status=1).err
