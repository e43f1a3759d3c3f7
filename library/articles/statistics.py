"""Library statistics."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from stat import S_ISREG

from library.models import Statistics
from library.search.facts import ArticleIndex, fold_tag
from library.store.paths import files_below, on_disk


def statistics(index: ArticleIndex, annotations: int, folder: Path) -> Statistics:
    """Count the articles that are not in the trash, and measure the files of the library in ``folder``."""
    facts = [index.facts[key] for key in index.kept]
    days = [one.rank.day for one in facts if one.rank.day]
    languages = Counter(one.language for one in facts if one.language)
    return Statistics(
        articles=len(facts),
        unread=sum(not one.read for one in facts),
        bookmarked=sum(one.bookmarked for one in facts),
        trashed=len(index.order) - len(facts),
        annotations=annotations,
        tags=len({fold_tag(tag) for tag in {tag for one in facts for tag in one.tags}}),
        words=sum(one.words for one in facts),
        bytes=sum(map(_size, _files(folder))),
        first=date.fromordinal(min(days)) if days else None,
        last=date.fromordinal(max(days)) if days else None,
        languages=tuple(languages.most_common()),
    )


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files of the catalogue and the texts."""
    yield from folder.glob("catalog.*")
    yield from (on_disk(folder, name) for name in files_below(folder, "texts"))


def _size(path: Path) -> int:
    """Return the size of a file in bytes; 0 if it is not a regular file or was removed meanwhile."""
    try:
        status = os.lstat(path)
    except OSError:
        return 0
    return status.st_size if S_ISREG(status.st_mode) else 0
