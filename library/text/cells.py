"""Breaking text into lines of so many terminal cells.

Lines break at spaces, after hyphens and slashes within words, and between ideographs as far as the rules
for line starts and ends (kinsoku, JIS X 4051) allow it; a word that is wider than the line is broken
between grapheme clusters (UAX #29), which are never split.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Measure = Callable[[str], int]
"""The number of terminal cells that a text takes."""

Range = tuple[int, int]
"""The start and the end (exclusive) of a part of a text, in code points."""

REPLACEMENT = "…"
"""Stands for a character that is wider than the whole line."""

_NOT_SIMPLE = re.compile(
    "[^ -~\\xa0-\\xac\\xae-\\u02ff\\u0370-\\u0377\\u037a-\\u037f\\u0384-\\u038a\\u038e-\\u03a1\\u03a3-\\u0482"
    "\\u048a-\\u052f\\u2010-\\u2027\\u2030-\\u205e\\u2070\\u2071\\u2074-\\u208e\\u20a0-\\u20bf]"
)
"""What is not one cell wide, or not a grapheme cluster by itself: Latin, Greek and Cyrillic letters are."""

_SPACES = " \\t\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u205f\\u3000"
_SPACE_OR_WORD = re.compile(f"([{_SPACES}]+)|[^{_SPACES}]+")
_INNER_BREAK = re.compile(r"(?<=\w[-‐/—])(?=[^\W\d_])")
_INNER_BREAK_SIGNS = re.compile("[-‐/—]")

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3001-\u30ff\u3105-\u9fff\ua000-\ua4cf\uf900-\ufaff"
    "\ufe30-\ufe4f\uff01-\uff9f\U0001f000-\U0001faff\U00020000-\U0003ffff]"
)
"""Scripts that do not separate words by spaces, and emoji: a line may break between any two."""

_NOT_AT_START = frozenset(
    "、。，．：；！？）］｝〉》」』】〕〗〙〛〜～・·ーｰ々〻ゝゞヽヾぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ"
    "ｧｨｩｪｫｯｬｭｮ｡｣､…‥’”»%％°,.:;!?)]}"
)
_NOT_AT_END = frozenset("（［｛〈《「『【〔〖〘〚｢‘“«([{$£¥￥＄")


def cells(text: str) -> int:
    """The cells that ``text`` takes by the tables of wcwidth; control characters take none."""
    if text.isascii() and text.isprintable():
        return len(text)
    from wcwidth import wcswidth, wcwidth

    width = wcswidth(text)
    return width if width >= 0 else sum(max(0, wcwidth(character)) for character in text)


def graphemes(text: str) -> Iterator[str]:
    """The grapheme clusters of ``text``."""
    if not _NOT_SIMPLE.search(text):
        return iter(text)
    from wcwidth import iter_graphemes

    return iter_graphemes(text)


def is_simple(text: str, start: int, end: int) -> bool:
    """Whether each character of the part is one cell wide and a grapheme cluster."""
    return not _NOT_SIMPLE.search(text, start, end)


def break_lines(text: str, start: int, end: int, width: int, measure: Measure) -> list[Range]:
    """The lines of ``text`` from ``start`` to ``end``, none wider than ``width`` (at least 1) cells.

    ``\\n`` always breaks. The white space at a break belongs to no line. Only a character wider than
    ``width`` gives a line that is too wide: it stands there alone, for the caller to replace.
    """
    width = max(1, width)
    lines: list[Range] = []
    while True:
        line_end = text.find("\n", start, end)
        stop = end if line_end < 0 else line_end
        if is_simple(text, start, stop):
            lines += _break_simple(text, start, stop, width)
        else:
            lines += _break_any(text, start, stop, width, measure)
        if line_end < 0:
            return lines
        start = line_end + 1


def break_hard(text: str, start: int, end: int, width: int, measure: Measure) -> list[Range]:
    """The lines of code: as they are, broken only where the line is full."""
    width = max(1, width)
    lines: list[Range] = []
    while True:
        line_end = text.find("\n", start, end)
        stop = end if line_end < 0 else line_end
        lines += _cut(text, start, stop, width, measure) if stop > start else [(start, start)]
        if line_end < 0:
            return lines
        start = line_end + 1


def _break_simple(text: str, start: int, end: int, width: int) -> list[Range]:
    """Lines of text in which each character is one cell."""
    while end > start and text[end - 1] == " ":
        end -= 1
    while start < end and text[start] == " ":
        start += 1
    lines: list[Range] = []
    while end - start > width:
        limit = start + width
        space = text.rfind(" ", start, limit + 1)
        cut = max(space, _inner_break(text, max(space, start) + 1, limit), start)
        if cut == start:
            cut = limit
        stop = cut
        while text[stop - 1] == " ":
            stop -= 1
        lines.append((start, stop))
        start = cut
        while text[start] == " ":
            start += 1
    lines.append((start, end))
    return lines


def _inner_break(text: str, start: int, end: int) -> int:
    """The last place within a word where a line may end, from ``start`` to ``end``; else -1."""
    if not _INNER_BREAK_SIGNS.search(text, start - 1, end):
        return -1
    cut = -1
    for match in _INNER_BREAK.finditer(text, start, end + 1):
        cut = match.start()
    return cut


def _break_any(text: str, start: int, end: int, width: int, measure: Measure) -> list[Range]:
    lines: list[Range] = []
    line_start = line_end = start
    used = 0
    for unit_start, unit_end, space, size in _units(text, start, end, measure):
        if used and used + space + size <= width:
            used += space + size
            line_end = unit_end
            continue
        if used:
            lines.append((line_start, line_end))
        line_start, line_end, used = unit_start, unit_end, size
        if size > width:
            *full, (line_start, line_end) = _cut(text, unit_start, unit_end, width, measure)
            lines += full
            used = max(1, measure(text[line_start:line_end]))
    if used or not lines:
        lines.append((line_start, line_end if used else line_start))
    return lines


def _units(text: str, start: int, end: int, measure: Measure) -> Iterator[tuple[int, int, int, int]]:
    """What no line may break in: start, end, the cells of the space before it, its own cells (at least 1)."""
    space = 0
    known: dict[str, int] = {}
    for match in _SPACE_OR_WORD.finditer(text, start, end):
        word = match.group()
        if match.group(1):
            space = measure(word)
            continue
        position = match.start()
        for part in _parts(word, measure):
            size = known.get(part)
            if size is None:
                size = known[part] = max(1, measure(part))
            yield position, position + len(part), space, size
            position += len(part)
            space = 0


def _parts(word: str, measure: Measure) -> Iterator[str]:
    """``word`` cut at each place where a line may end within it."""
    if _UNSPACED.search(word):
        yield from _unspaced_parts(word, measure)
    elif _INNER_BREAK_SIGNS.search(word):
        yield from _INNER_BREAK.split(word)
    else:
        yield word


def _unspaced_parts(word: str, measure: Measure) -> Iterator[str]:
    """Ideographs by themselves, words of letters in between whole; signs stay with what they belong to."""
    part = ""
    before_breaks = True
    for cluster in graphemes(word):
        breaks = _UNSPACED.match(cluster) is not None
        joins = cluster[0] in _NOT_AT_START or (part and part[-1] in _NOT_AT_END)
        if part and not joins and (breaks or before_breaks):
            yield part
            part = ""
        part += cluster
        before_breaks = breaks or (before_breaks and cluster[0] in _NOT_AT_START)
    yield part


def _cut(text: str, start: int, end: int, width: int, measure: Measure) -> list[Range]:
    """Lines as full as can be, cut between grapheme clusters."""
    if is_simple(text, start, end):
        return [(at, min(at + width, end)) for at in range(start, end, width)]
    lines: list[Range] = []
    position = line_start = start
    used = 0
    for cluster in graphemes(text[start:end]):
        size = measure(cluster)
        if position > line_start and used + size > width:
            lines.append((line_start, position))
            line_start, used = position, 0
        used += size
        position += len(cluster)
    lines.append((line_start, position))
    return lines
