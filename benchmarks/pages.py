"""An article on the page: our reading pane and Textual's Markdown widget, with the same text."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from textual.app import App, ComposeResult
from textual.widget import Widget
from textual.widgets import Markdown

from library import Article
from library.text.markdown import parse_beginning, parse_document
from tuireader.colours import DARK
from tuireader.themes import register_themes
from tuireader.widgets.article_view import ArticleView
from tuireader.widgets.page import Page

WORDS = ("harbour", "strike", "council", "vote", "tram", "oil", "market", "city", "storm", "river")
LENGTH = 190_000
SHORT, LONG = 50_000, 1_000_000
SIZE = (120, 40)
LINES = 200
"""How many lines are scrolled, one after the other."""


def long_article(length: int = LENGTH) -> str:
    """Markdown of about ``length`` characters: paragraphs of eighty words, each with emphasis and a link.

    After every tenth stand a heading, a list and a quote.
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

    @property
    def view(self) -> ArticleView:
        return self.query_one(ArticleView)

    async def open(self, markdown: str) -> None:
        """Parse and show ``markdown`` as the reader does, a long one from its beginning on."""
        beginning = await asyncio.to_thread(parse_beginning, markdown)
        self._show(beginning or await asyncio.to_thread(parse_document, markdown), beginning is None)

    async def complete(self, markdown: str) -> None:
        """Show all of it."""
        self._show(await asyncio.to_thread(parse_document, markdown), True)

    def _show(self, document: object, complete: bool) -> None:
        article = Article(id="a", title="A long article", added=datetime(2026, 11, 22, tzinfo=UTC))
        self.view.show(Page(article=article, document=document, complete=complete))  # type: ignore[arg-type]


class _MarkdownApp(App[None]):
    def compose(self) -> ComposeResult:
        yield Markdown()

    async def open(self, markdown: str) -> None:
        await self.query_one(Markdown).update(markdown)


async def _drawn(widget: Widget) -> None:
    """Wait until ``widget`` has been drawn."""
    drawn = asyncio.Event()
    widget.call_after_refresh(drawn.set)
    await drawn.wait()


async def _opening(app: App[None], open_text: Callable[[str], Awaitable[None]], markdown: str) -> float:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        start = time.perf_counter()
        await open_text(markdown)
        await _drawn(app.screen)
        return time.perf_counter() - start


def _openings(markdown: str) -> tuple[float, float]:
    def ours() -> float:
        app = _PageApp()
        return asyncio.run(_opening(app, app.open, markdown))

    peer = _MarkdownApp()
    return min(ours() for _ in range(3)), asyncio.run(_opening(peer, peer.open, markdown))


def short_openings() -> tuple[float, float]:
    """Seconds from the Markdown of a 50 kB article to its first frame."""
    return _openings(long_article(SHORT))


def long_openings() -> tuple[float, float]:
    """Seconds from the Markdown of a 1 MB article to its first frame."""
    return _openings(long_article(LONG))


async def _first_frame(app: App[None], open_text: Callable[[str], Awaitable[None]], markdown: str) -> float:
    start = time.perf_counter()
    async with app.run_test(size=SIZE) as pilot:
        await open_text(markdown)
        await app.workers.wait_for_complete()
        await pilot.pause()
        return time.perf_counter() - start


def first_frames() -> tuple[float, float]:
    """Seconds until our pane and Textual's widget have laid out and drawn the whole of the same article."""
    markdown = long_article()

    def ours() -> float:
        app = _PageApp()
        return asyncio.run(_first_frame(app, app.complete, markdown))

    peer = _MarkdownApp()
    return min(ours() for _ in range(2)), asyncio.run(_first_frame(peer, peer.open, markdown))


async def _scrolling(
    app: App[None], open_text: Callable[[str], Awaitable[None]], scrolled: Callable[[], Widget]
) -> float:
    async with app.run_test(size=SIZE) as pilot:
        await open_text(long_article())
        await app.workers.wait_for_complete()
        await pilot.pause()
        widget = scrolled()
        start = time.process_time()
        for line in range(1, LINES + 1):
            widget.scroll_to(y=line, animate=False, force=True)
            await _drawn(widget)
        return (time.process_time() - start) / LINES


def scrolled_lines() -> tuple[float, float]:
    """Seconds of processor time that scrolling by a line costs, drawing included."""
    ours, peer = _PageApp(), _MarkdownApp()
    return (
        asyncio.run(_scrolling(ours, ours.complete, lambda: ours.view)),
        asyncio.run(_scrolling(peer, peer.open, lambda: peer.screen)),
    )
