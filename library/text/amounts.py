"""Formats amounts as words: ``1 article``, ``2 articles``."""

from __future__ import annotations


def counted(count: int, noun: str, plural: str = "") -> str:
    """``1 article``, ``3 articles``, ``1,200 articles``; ``plural`` where it is not the noun with an s."""
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"
