"""The newest articles read from the start of the catalogue are those of the open library."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fakes import BERLIN, NOW, article_document
from hypothesis import given, settings
from hypothesis import strategies as st

from library import Library
from library.search import first_page as front
from library.search.first_page import first_articles
from library.store.database import open_database

NEW_YORK = ZoneInfo("America/New_York")

ids = st.sampled_from([f"id{number}" for number in range(12)])
documents = st.builds(
    article_document,
    published=st.none()
    | st.dates(min_value=NOW.date().replace(day=1), max_value=NOW.date()).map(str)
    | st.datetimes(min_value=NOW.replace(day=1, tzinfo=None), max_value=NOW.replace(tzinfo=None)).map(
        lambda moment: f"{moment.isoformat()}+10:00"
    ),
    state=st.fixed_dictionaries({"trashed": st.none() | st.just("2026-01-03T00:00:00+00:00")}),
)
steps = st.lists(st.just("fold") | st.dictionaries(ids, st.none() | documents, max_size=4), max_size=6)


def carry_out(folder: Path, steps: list[Any]) -> None:
    database = open_database(folder)
    for step in steps:
        if step == "fold":
            database.catalog.fold()
        else:
            present = {key: document for key, document in step.items() if document is not None}
            database.catalog_table("articles").put(present)
            database.catalog_table("articles").drop(step.keys() - present.keys())
    database.close()


@settings(max_examples=25)
@given(steps, st.sampled_from([400, 1200, 1 << 19]), st.sampled_from([BERLIN, NEW_YORK]))
def test_the_first_articles_are_those_of_the_open_library(steps: list[Any], read: int, zone: Any):
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(front, "SNAPSHOT_BYTES", read)
        carry_out(Path(name), steps)
        first = [article.id for article in first_articles(Path(name), 5, zone)]
        with Library.open(name, timezone=zone) as library:
            found = library.search.ids()
            assert [article.id for article in library.select("limit:5")] == found[:5]
        assert first == found[: len(first)]
        if read > 100_000:
            assert first == found[:5] or not steps


def test_only_the_start_of_a_large_library_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(front, "SNAPSHOT_BYTES", 20_000)
    days = {
        f"id{number:04}": article_document(published=f"20{number % 90 + 10}-05-05") for number in range(900)
    }
    carry_out(tmp_path, [days, "fold", {"new": article_document(published="2099-12-31")}])
    first = [article.id for article in first_articles(tmp_path, 8, BERLIN)]
    with Library.open(tmp_path, timezone=BERLIN) as library:
        assert first == library.search.ids()[:8]
    assert first[0] == "new"


def test_a_first_article_longer_than_the_limit_gives_no_first_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(front, "SNAPSHOT_BYTES", 400)
    carry_out(tmp_path, [{"a": article_document(title="long " * 100)}, "fold"])
    assert first_articles(tmp_path, 5) == []


@pytest.mark.parametrize("damage", ["catalog.json", "catalog.journal"])
def test_damaged_files_give_no_first_page(tmp_path: Path, damage: str):
    carry_out(tmp_path, [{"a": article_document()}, "fold", {"b": article_document()}])
    assert first_articles(tmp_path, 5)
    data = (tmp_path / damage).read_bytes()
    for cut in range(len(data)):
        (tmp_path / damage).write_bytes(data[:cut] + b"\xff" + data[cut + 1 :])
        assert len(first_articles(tmp_path, 5)) <= 2


def test_a_limit_alone_finds_the_beginning_of_the_whole_list(seeded: Library):
    catalog = seeded.workspace.database
    newest = seeded.select()[0]
    seeded.articles.trash([newest.id])
    for count in range(7):
        assert seeded.select(f"limit:{count}" if count else "") == seeded.select()[: count or None]
    with catalog.transaction():
        seeded.articles.restore([newest.id])
        assert seeded.select("limit:1") == [seeded.articles.get(newest.id)]
