"""Time to the first frame of the article list, with many rows and with few."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, date, datetime

from textual.app import App, ComposeResult

from library import Article
from tuireader.colours import DARK
from tuireader.themes import register_themes
from tuireader.widgets.article_list.view import ArticleList

RUNS = 3


class _ListApp(App[None]):
    def __init__(self, count: int) -> None:
        super().__init__()
        register_themes(self)
        self.theme = DARK
        self._ids = tuple(f"{number:016}" for number in range(count))

    def compose(self) -> ComposeResult:
        yield ArticleList(
            lookup=_article,
            note_count=lambda _: 0,
            today=lambda: date(2026, 11, 22),
            is_unread=lambda _: True,
        )

    def on_mount(self) -> None:
        self.query_one(ArticleList).set_ids(self._ids)


def _article(article_id: str) -> Article:
    return Article(
        id=article_id,
        title=f"Headline number {article_id} of a long list",
        source="news.example.org",
        published=date(2026, 11, 1),
        added=datetime(2026, 11, 1, tzinfo=UTC),
        tags=("harbour", "city"),
    )


async def _first_frame(count: int) -> float:
    app = _ListApp(count)
    start = time.perf_counter()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        return time.perf_counter() - start


def first_frames() -> tuple[float, float]:
    """Return the seconds to the first frame with 100,000 rows and with 100, each the best of a few runs."""
    pairs = [(asyncio.run(_first_frame(100_000)), asyncio.run(_first_frame(100))) for _ in range(RUNS)]
    return min(many for many, _ in pairs), min(few for _, few in pairs)
