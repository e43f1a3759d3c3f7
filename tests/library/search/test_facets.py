"""What an overview counts: each number is that of the list once the entry is picked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from library import Library, QueryError
from library.query.editing import units_of, with_term
from library.query.formatting import quoted
from library.search.facets import VIEWS, saved_term

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ARTICLES = (
    ("Strike at the harbour", "2021-03-04", "harbour, work", "Herald", ("Jane Roe",), "Ships wait."),
    (
        "Strike ends",
        "2021-03-19",
        "harbour, work/pay",
        "Daily Herald",
        ("Jane Roe Smith", "Jane Roe"),
        "Over.",
    ),
    ("Otters return", "2026-11-21", "nature", "The Tide", ("Li Wei",), "Otters swim."),
    ("港湾のニュース", "2026-11-20", "harbour", "港湾新聞", ("山田太郎",), "Strike."),
    ("Soup", "", "", "example.org", (), "Warm."),
    ("Old strike", "2001-01-01", "work", "Herald", ("Ann O'Neil",), "Long ago."),
)
QUERIES = [
    "", "strike", "tag:harbour", "tag:harbour strike", "is:unread", "is:bookmarked tag:work", "date:2021",
    "source:Herald", 'author:"Jane Roe" strike', "strike OR otters", "(strike OR otters) -tag:nature",
    "-tag:harbour", "is:trashed", "saved:mine", "saved:mine is:unread", "has:note", "limit:1", "tag:none",
    "strike limit:1 sort:title", "nowhere", "tag:work/*", "is:trashed tag:work", "date:none", "tag:idea",
]  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder: Path = tmp_path_factory.mktemp("facets")
    with Library.open(folder, clock=lambda: NOW, timezone=UTC) as library:
        for number, (title, day, tags, source, authors, body) in enumerate(ARTICLES):
            names = ", ".join(f'"{name}"' for name in authors)
            head = f"title: {title}\nauthors: [{names}]\ndate: {day}\ntags: [{tags}]\nsource: {source}\n"
            head += f"url: https://example.org/{number}\n"
            outcome = library.importing.add_bytes("a.md", f"---\n{head}---\n{body}\n".encode())
            assert outcome.status == "added"
        ids = {article.title: article.id for article in library.select()}
        library.bookmark([ids["Strike ends"]])
        library.articles.mark_read([ids["Otters return"]])
        library.articles.trash([ids["Old strike"]])
        library.note(ids["Otters return"], "Look at #harbour again, an #idea.")
        library.searches.save("mine", "strike")
        library.searches.save("two words", "tag:nature")
        for _ in library.search.index_texts():
            pass
        yield library


@pytest.mark.parametrize("query", QUERIES)
def test_each_count_equals_the_list_after_the_entry_is_chosen(library, query: str):
    facets = library.search.facets(query)

    def found(term: str) -> int:
        return len(library.search.ids(query if term in units_of(query) else with_term(query, term)))

    assert facets.all == 5
    assert {name: found(term) for name, term in VIEWS.items()} == facets.views
    assert {tag: found(f"tag:{quoted(tag, 'tag')}") for tag in facets.tags} == facets.tags
    assert {tag: found(f"tag:{tag}/*") for tag in facets.families} == facets.families
    assert {name: found(f"source:{quoted(name, 'source')}") for name in facets.sources} == facets.sources
    assert {name: found(f"author:{quoted(name, 'author')}") for name in facets.authors} == facets.authors
    assert {day: found(f"date:{day or 'none'}") for day in facets.days} == facets.days
    unread = {}
    for name in facets.searches:
        term = saved_term(name)
        picked = query if term in units_of(query) else with_term(query, term)
        unread[name] = len(library.search.ids(f"{picked} is:unread"))
    assert unread == facets.searches


def test_values_without_matches_are_counted_as_zero(library):
    facets = library.search.facets("otters")
    assert facets.sources == {"Herald": 0, "Daily Herald": 0, "The Tide": 1, "港湾新聞": 0, "example.org": 0}
    assert facets.tags["work"] == 0
    assert facets.tags["harbour"] == 1, "the note on it says so"
    assert 0 in facets.days.values()


def test_a_name_is_also_counted_inside_a_longer_one(library):
    sources = library.search.facets().sources
    assert (sources["Herald"], sources["Daily Herald"], sources["港湾新聞"]) == (2, 1, 1)
    assert library.search.facets().authors["Jane Roe"] == 2


def test_authors_are_left_out_unless_requested(library):
    assert library.search.facets(authors=False).authors == {}
    assert library.search.facets("strike").authors


def test_an_invalid_query_is_an_error(library):
    with pytest.raises(QueryError):
        library.search.facets("date:2021-13")


def test_counts_follow_a_change(tmp_path):
    with Library.open(tmp_path, clock=lambda: NOW, timezone=UTC) as library:
        library.importing.add_bytes("a.md", b"---\ntitle: One\ntags: [a]\nsource: S\n---\nText.\n")
        assert library.search.facets().tags == {"a": 1}
        library.tag(library.search.ids(), ["b"])
        library.bookmark(library.search.ids())
        assert library.search.facets().tags == {"a": 1, "b": 1}
        assert library.search.facets().views["bookmarked"] == 1
