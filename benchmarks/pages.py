"""Display of an article: our article view and Textual's Markdown widget, with the same text."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from textual.app import App, ComposeResult
from textual.widgets import Markdown

from benchmarks.waiting import workers_done
from library import Article
from library.text.markdown import parse_document
from tuireader.colours import DARK
from tuireader.themes import register_themes
from tuireader.widgets.article_view.page import Page
from tuireader.widgets.article_view.view import ArticleView

WORDS = ("harbour", "strike", "council", "vote", "tram", "oil", "market", "city", "storm", "river")
LENGTH = 190_000
SIZE = (120, 40)


def long_article(length: int = LENGTH) -> str:
    """Generate Markdown of about ``length`` characters: paragraphs of eighty words with emphasis and a link.

    A heading, a list and a quote follow every tenth paragraph.
    """
    choose = random.Random(1).choice
    parts: list[str] = []
    size = 0
    while size < length:
        if len(parts) % 13 == 10:
            part = f"## {choose(WORDS)} and {choose(WORDS)}"
        elif len(parts) % 13 == 11:
            part = "\n".join(f"- {choose(WORDS)} {choose(WORDS)}" for _ in range(5))
        else:
            words = " ".join(choose(WORDS) for _ in range(80))
            quote = "> " if len(parts) % 13 == 12 else ""
            part = f"{quote}{words}, *{choose(WORDS)}* and [{choose(WORDS)}](https://example.org/{size})."
        parts.append(part)
        size += len(part) + 2
    return "\n\n".join(parts)


class _PageApp(App[None]):
    def __init__(self) -> None:
        super().__init__()
        register_themes(self)
        self.theme = DARK

    def compose(self) -> ComposeResult:
        yield ArticleView()

    async def complete(self, markdown: str) -> None:
        """Parse and show all of ``markdown``."""
        document = await asyncio.to_thread(parse_document, markdown)
        article = Article(id="a", title="A long article", added=datetime(2026, 11, 22, tzinfo=UTC))
        self.query_one(ArticleView).show(Page(article=article, document=document))


class MarkdownApp(App[None]):
    """An app with Textual's widget alone."""

    def compose(self) -> ComposeResult:
        yield Markdown()

    async def open(self, markdown: str) -> None:
        """Show ``markdown``."""
        await self.query_one(Markdown).update(markdown)


async def _first_frame(app: App[None], open_text: Callable[[str], Awaitable[None]], markdown: str) -> float:
    start = time.perf_counter()
    async with app.run_test(size=SIZE) as pilot:
        await open_text(markdown)
        await workers_done(app)
        await pilot.pause()
        return time.perf_counter() - start


def first_frames() -> tuple[float, float]:
    """Return the seconds for our pane and for Textual's widget to lay out and draw the whole same article."""
    markdown = long_article()

    def ours() -> float:
        app = _PageApp()
        return asyncio.run(_first_frame(app, app.complete, markdown))

    peer = MarkdownApp()
    return min(ours() for _ in range(2)), asyncio.run(_first_frame(peer, peer.open, markdown))
