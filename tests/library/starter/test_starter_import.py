from datetime import UTC, datetime
from pathlib import Path

import pytest

from library import Library
from library.starter import STARTER_ARTICLES
from tests.library.starter.test_starter_content import PUBLISHED

BEHIND = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def filled(tmp_path: Path) -> Library:
    library = Library.open(tmp_path / "library", clock=lambda: BEHIND, timezone=UTC)
    library.importing.add_starter_articles()
    return library


def test_every_starter_article_has_its_own_day_at_any_time(filled: Library) -> None:
    days = sorted(str(article.published)[:10] for article in filled.select())

    assert len(days) == len(STARTER_ARTICLES) >= 16
    assert days == sorted(str(day)[:10] for day in PUBLISHED.values())


def test_starter_articles_are_added_only_once(filled: Library) -> None:
    filled.articles.trash(filled.search.ids("tag:starter"))

    assert filled.importing.add_starter_articles() == 0
    assert filled.search.ids() == []


def test_starter_articles_have_no_name_of_the_agency_among_the_authors(filled: Library) -> None:
    (strike,) = filled.select('title:"enters third week"')

    assert strike.authors == ("Jane Roe",)
    assert strike.agency == "AFP"
    assert [image.credit for image in strike.images] == ["EPA / Piet Arndal / TASS"]
    assert strike.url == "https://news.example.org/2021/03/04/harbour-strike-enters-third-week"
    assert strike.source == "news.example.org"
    assert "customers that they will not come back" in filled.articles.document(strike.id).text
