"""The first frame of a long article: our reading pane and Textual's Markdown widget."""

from __future__ import annotations

import asyncio
import random
import time
from datetime import UTC, datetime

from textual.app import App, ComposeResult
from textual.widgets import Markdown

from library import Article
from library.text.markdown import parse_document
from tuireader.colours import DARK
from tuireader.themes import register_themes
from tuireader.widgets.article_view import ArticleView
from tuireader.widgets.page import Page

WORDS = ("harbour", "strike", "council", "vote", "tram", "oil", "market", "city", "storm", "river")
LENGTH = 190_000


def long_article() -> str:
    """Markdown of about 190 kB: paragraphs of eighty words with a heading after every tenth."""
    choose = random.Random(1).choice
    parts: list[str] = []
    while sum(map(len, parts)) < LENGTH:
        if len(parts) % 11 == 10:
            parts.append(f"## {choose(WORDS)} and {choose(WORDS)}")
        else:
            parts.append(" ".join(choose(WORDS) for _ in range(80)))
    return "\n\n".join(parts)


class _PageApp(App[None]):
    def __init__(self, markdown: str) -> None:
        super().__init__()
        register_themes(self)
        self.theme = DARK
        self._markdown = markdown

    def compose(self) -> ComposeResult:
        yield ArticleView()

    def on_mount(self) -> None:
        article = Article(id="a", title="A long article", added=datetime(2026, 11, 22, tzinfo=UTC))
        self.query_one(ArticleView).show(Page(article=article, document=parse_document(self._markdown)))


class _MarkdownApp(App[None]):
    def __init__(self, markdown: str) -> None:
        super().__init__()
        self._markdown = markdown

    def compose(self) -> ComposeResult:
        yield Markdown(self._markdown)


async def _first_frame(app: App[None]) -> float:
    start = time.perf_counter()
    async with app.run_test(size=(120, 40)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        return time.perf_counter() - start


def first_frames() -> tuple[float, float]:
    """Seconds until our pane and Textual's widget have drawn the whole of the same article."""
    markdown = long_article()
    ours = min(asyncio.run(_first_frame(_PageApp(markdown))) for _ in range(2))
    return ours, asyncio.run(_first_frame(_MarkdownApp(markdown)))
