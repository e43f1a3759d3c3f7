"""The library in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path

from library.marking import day_of
from library.models import Article, Statistics


def statistics(
    articles: Sequence[Article], trashed: int, annotations: int, folder: Path, timezone: tzinfo | None
) -> Statistics:
    """Count ``articles`` (those not in the trash) and measure the files below ``folder``."""
    days = [day for article in articles if (day := day_of(article.published, timezone)) is not None]
    languages = Counter(article.language for article in articles if article.language)
    return Statistics(
        articles=len(articles),
        unread=sum(article.state.read is None for article in articles),
        bookmarked=sum(article.state.bookmarked is not None for article in articles),
        trashed=trashed,
        annotations=annotations,
        tags=len({tag for article in articles for tag in article.tags}),
        words=sum(article.words for article in articles),
        bytes=sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
        first=min(days, default=None),
        last=max(days, default=None),
        languages=tuple(languages.most_common()),
    )
