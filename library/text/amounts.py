"""Amounts in words: ``1 article``, ``2 articles``."""

from __future__ import annotations


def counted(count: int, noun: str, plural: str = "") -> str:
    """Format an amount: ``1 article``, ``1,200 articles``. ``plural`` is an irregular plural of the noun."""
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"
