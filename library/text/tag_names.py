"""Rules for tag names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from library.arguments import each_text
from library.text.case_folding import fold
from library.text.cleaning import TAG_LIMIT, clean_line

_NO_TAG = re.compile('[,"]')


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Remove control characters, commas, quotation marks and repeated tags; keep the order."""
    cleaned = (clean_line(_NO_TAG.sub(" ", tag), TAG_LIMIT).strip("#/ ") for tag in each_text(tags, "tags"))
    return distinct_tags(tag for tag in cleaned if tag)


def distinct_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the tags in order, with only the first of those that the query language treats as equal."""
    first: dict[str, str] = {}
    for tag in tags:
        first.setdefault(fold(tag), tag)
    return tuple(first.values())
