"""``dates``, ``sources``, ``stats``: counts under a query."""

from __future__ import annotations

from pathlib import Path

import pytest
from commandline import CommandLine
from test_command_articles import TEXT_OR_NULL, has_exactly

FIGURES = {
    "articles": int, "unread": int, "bookmarked": int, "trashed": int, "annotations": int, "tags": int,
    "words": int, "bytes": int, "first": TEXT_OR_NULL, "last": TEXT_OR_NULL, "languages": dict,
}  # fmt: skip


def test_dates_are_counted_by_day_newest_first(tuireader: CommandLine) -> None:
    assert tuireader("dates", "--json").records == [
        {"day": "2021-03-04", "count": 1},
        {"day": "2021-03-03", "count": 1},
        {"day": "2020-10-22", "count": 1},
        {"day": None, "count": 1},
    ]
    assert tuireader("dates", "--json", "tag:sport").record == {"day": "2020-10-22", "count": 1}
    assert "undated" in tuireader("dates").out


def test_annotations_are_counted_by_the_day_they_were_made(tuireader: CommandLine) -> None:
    assert tuireader("dates", "--noted").out == ""
    tuireader("note", tuireader.id_of("harbour strike"), "Mine.")

    assert tuireader("dates", "--noted", "--json").record["count"] == 1
    assert tuireader("dates", "--noted", "tag:sport", "--json").records == []
    tuireader("dates", "--noted", "--on-this-day", status=2)


def test_this_day_in_other_years_is_counted(tuireader: CommandLine) -> None:
    assert tuireader("dates", "--on-this-day", "--json").records == []


def test_stats_are_the_statistics_of_the_library(tuireader: CommandLine) -> None:
    article = tuireader.id_of("harbour strike")
    tuireader("bookmark", article)
    tuireader("note", article, "Mine.")
    tuireader("trash", "tag:sport")

    record = tuireader("stats", "--json").record

    assert has_exactly(record, FIGURES)
    assert (record["articles"], record["trashed"], record["bookmarked"], record["annotations"]) == (
        3,
        1,
        1,
        1,
    )
    assert (record["first"], record["last"]) == ("2021-03-03", "2021-03-04")
    assert record["languages"]["en"] == 3
    assert str(tuireader.folder) in tuireader("stats").out


# sources


@pytest.fixture
def with_sources(tuireader: CommandLine, tmp_path: Path) -> CommandLine:
    """Add four articles: one of the Post, three of the Herald, once in another spelling."""
    for number, source in enumerate(("Evening Herald", "evening herald", "Evening Herald", "Post")):
        (tmp_path / f"{number}.md").write_text(
            f"---\ntitle: Piece {number}\nsource: {source}\ndate: 2019-01-0{number + 1}\n---\n\nWords {number}.\n",
            "utf-8",
        )
        tuireader("add", tmp_path / f"{number}.md")
    return tuireader


def test_sources_are_counted_and_the_largest_comes_first(with_sources: CommandLine) -> None:
    records = with_sources("sources", "date:2019", "--json").records

    assert all(has_exactly(record, {"source": str, "articles": int}) for record in records)
    assert records == [{"source": "Evening Herald", "articles": 3}, {"source": "Post", "articles": 1}]
    assert with_sources("sources", "date:2019").out == "      3  Evening Herald\n      1  Post\n"


def test_sources_are_counted_under_a_query(with_sources: CommandLine) -> None:
    assert with_sources("sources", "source:post", "--json").record == {"source": "Post", "articles": 1}
    assert with_sources("sources", "tag:nowhere", "--json").records == []
    with_sources("trash", "source:post")
    assert "Post" not in with_sources("sources").out
    everything = sum(record["articles"] for record in with_sources("sources", "--json").records)
    assert everything <= len(with_sources("list", "--json").records)


def test_a_mistake_in_the_query_of_sources_is_wrong_usage(tuireader: CommandLine) -> None:
    assert "date:" in tuireader("sources", "date:someday", status=2).err
