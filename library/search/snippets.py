"""Snippets: the part of a text that matches a query, with the hits marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from library.models import Snippet
from library.query.tree import Words
from library.search.word_patterns import word_pattern
from library.text.case_folding import fold

SNIPPET_LENGTH = 160
"""Maximum number of characters in a snippet, without the ellipses."""

_BEFORE = 40
"""Maximum number of characters before the hit that the snippet is built around."""

_cluster = re.compile("[\\s\\S][\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]*")

Span = tuple[int, int]


def snippet_of(texts: Iterable[str], words: Sequence[Words]) -> Snippet:
    """Return the best passage of the first text that has any of ``words``.

    If no text has any, return the beginning of the first text that is not empty.
    """
    first = ""
    for text in texts:
        text = " ".join(text.split())
        first = first or text
        hits = _hits(text, words)
        if hits:
            return _cut(text, hits)
    return _cut(first, [])


def _hits(text: str, words: Sequence[Words]) -> list[tuple[int, int, int]]:
    """Return the hits in ``text``, in order: start, end and index of the word."""
    folded, places = _folded(text)
    found = [
        (places[match.start()], places[match.end()], number)
        for number, pattern in enumerate(map(word_pattern, words))
        for match in pattern.finditer(folded)
        if match.end() > match.start()
    ]
    return sorted(found)


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """Return ``text`` folded, and for each offset in it, including the end, the offset in ``text``."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    known: dict[str, str] = {}
    pieces, places = [], []
    for match in _cluster.finditer(text):
        cluster = match[0]
        if cluster not in known:
            known[cluster] = fold(cluster)
        pieces.append(known[cluster])
        places.extend([match.start()] * len(known[cluster]))
    places.append(len(text))
    return "".join(pieces), places


def _cut(text: str, hits: Sequence[tuple[int, int, int]]) -> Snippet:
    """Return the passage of ``text`` with the most different words, cut at spaces if there are any."""
    start = max(0, _best(hits) - _BEFORE)
    if start > 0:
        space = text.find(" ", start, start + _BEFORE)
        start = start if space < 0 else space + 1
    end = min(len(text), start + SNIPPET_LENGTH)
    if end < len(text):
        space = text.rfind(" ", start + SNIPPET_LENGTH // 2, end)
        end = end if space < 0 else space
    before = "…" if start else ""
    after = "…" if end < len(text) else ""
    moved = len(before) - start
    spans = _merged((first + moved, last + moved) for first, last, _ in hits if start <= first < last <= end)
    return Snippet(before + text[start:end] + after, spans)


def _best(hits: Sequence[tuple[int, int, int]]) -> int:
    """Return the start of the first hit after which a snippet has the most different words."""
    best, most = 0, 0
    for position, (start, _, _) in enumerate(hits):
        inside = set()
        for _, last, number in hits[position:]:
            if last > start + SNIPPET_LENGTH - _BEFORE:
                break
            inside.add(number)
        if len(inside) > most or not position:
            best, most = start, len(inside)
    return best


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Merge spans that overlap. ``spans`` is sorted."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
