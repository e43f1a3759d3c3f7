"""The library in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path
from stat import S_ISREG

from library.marking import day_of
from library.models import Article, Statistics
from library.text.folding import fold


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
        tags=len({fold(tag) for article in articles for tag in article.tags}),
        words=sum(article.words for article in articles),
        bytes=sum(_size(file) for pattern in ("catalog.*", "texts/**/*") for file in folder.glob(pattern)),
        first=min(days, default=None),
        last=max(days, default=None),
        languages=tuple(languages.most_common()),
    )


def _size(path: Path) -> int:
    """The bytes of a file; 0 of anything else, and of a file that was taken away meanwhile."""
    try:
        status = path.lstat()
    except OSError:
        return 0
    return status.st_size if S_ISREG(status.st_mode) else 0
