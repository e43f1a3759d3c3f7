"""Line breaking and hyphenation: text as lines of a given number of terminal cells.

Lines break at spaces, after hyphens and slashes within words, and between ideographs if the rules for line
starts and ends (kinsoku, JIS X 4051) allow it. A word that is wider than the line is broken between grapheme
clusters (UAX #29), which are never split. Lines are made one at a time, so the first lines of a text of any
length are available immediately. Words are hyphenated with patterns from pyphen for Liang's algorithm.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from library.text.cells import Measure, graphemes, is_simple


class LineRange(NamedTuple):
    """The characters of a line: ``start`` to ``end`` (exclusive), in code points of the text."""

    start: int
    end: int
    hyphen: bool = False
    """True if a hyphen is added at the end; it has no character in the text."""


Hyphenate = Callable[[int, int], Sequence[int]]
"""Returns the ascending offsets where the word with this start and end in the text may be hyphenated."""

HYPHEN = "-"

LADDER_LIMIT = 2
"""Maximum number of consecutive lines that end in a hyphen."""

_LONGEST_WORD = 60
"""Maximum length of a word that is hyphenated; no dictionary has longer ones."""

_DIVISIBLE = re.compile(r"[^\w\s]*(?:[^\W\d_]{1,2}['’])?([^\W\d_]{5,})[^\w\s]*")
"""A word of letters with signs around it, but no address, number or compound with hyphens."""

_SPACES = " \\t\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u205f\\u3000"
_SPACE_OR_WORD = re.compile(f"([{_SPACES}]+)|[^{_SPACES}]+")
_INNER_BREAK = re.compile(r"(?<=\w[-‐/—])(?=[^\W\d_])")
_INNER_BREAK_SIGNS = re.compile("[-‐/—]")


@cache
def _unspaced() -> re.Pattern[str]:
    """Match a character of a script without spaces between words, or an emoji. A line may break there."""
    return re.compile(
        "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3001-\u30ff\u3105-\u9fff\ua000-\ua4cf\uf900-\ufaff"
        "\ufe30-\ufe4f\uff01-\uff9f\U0001f000-\U0001faff\U00020000-\U0003ffff]"
    )


_NOT_AT_START = frozenset(
    "、。，．：；！？）］｝〉》」』】〕〗〙〛〜～・·ーｰ々〻ゝゞヽヾぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ"
    "ｧｨｩｪｫｯｬｭｮ｡｣､…‥’”»%％°,.:;!?)]}"
)
_NOT_AT_END = frozenset("（［｛〈《「『【〔〖〘〚｢‘“«([{$£¥￥＄")


def break_lines(
    text: str, start: int, end: int, width: int, measure: Measure, hyphenate: Hyphenate | None = None
) -> Iterator[LineRange]:
    """Yield the lines of ``text`` from ``start`` to ``end``, of at most ``width`` (at least 1) cells.

    ``\\n`` always breaks. White space at a break belongs to no line. A line is too wide only if a single
    character is wider than ``width``; the caller must replace it. Words are hyphenated only with
    ``hyphenate``; the hyphen counts in the width.
    """
    width = max(1, width)
    while True:
        line_end = text.find("\n", start, end)
        stop = end if line_end < 0 else line_end
        if is_simple(text, start, stop):
            yield from _break_simple(text, start, stop, width, hyphenate)
        else:
            yield from _break_any(text, start, stop, width, measure, hyphenate)
        if line_end < 0:
            return
        start = line_end + 1


def break_hard(
    text: str, start: int, end: int, width: int, measure: Measure, indent: int = 0
) -> Iterator[LineRange]:
    """Yield the lines of code, broken only where a line is full.

    The rest of a broken line has ``indent`` cells less.
    """
    width = max(1, width)
    while True:
        line_end = text.find("\n", start, end)
        stop = end if line_end < 0 else line_end
        if stop > start:
            yield from _cut(text, start, stop, width, measure, indent)
        else:
            yield LineRange(start, start)
        if line_end < 0:
            return
        start = line_end + 1


def _break_simple(
    text: str, start: int, end: int, width: int, hyphenate: Hyphenate | None
) -> Iterator[LineRange]:
    """Yield the lines of a text in which each character is one cell wide."""
    while end > start and text[end - 1] == " ":
        end -= 1
    while start < end and text[start] == " ":
        start += 1
    ladder, first = 0, start
    while end - start > width:
        limit = start + width
        space = text.rfind(" ", start, limit + 1)
        cut = max(space, _inner_break(text, max(space, start) + 1, limit), start)
        point = -1
        if hyphenate and ladder < LADDER_LIMIT:
            point = _divided(text, cut, end, limit - len(HYPHEN), first, hyphenate)
        ladder = ladder + 1 if point >= 0 else 0
        if point >= 0:
            yield LineRange(start, point, True)
            start = point
            continue
        if cut == start:
            cut = limit
        stop = cut
        while text[stop - 1] == " ":
            stop -= 1
        yield LineRange(start, stop)
        start = cut
        while text[start] == " ":
            start += 1
    yield LineRange(start, end)


def _divided(text: str, start: int, end: int, limit: int, first: int, hyphenate: Hyphenate) -> int:
    """Return the last offset up to ``limit`` where the word after ``start`` may be hyphenated, or -1.

    The text begins at ``first``.
    """
    while start < end and text[start] == " ":
        start += 1
    if not _begins_word(text, start, first):
        return -1
    word_end = text.find(" ", start, min(end, start + _LONGEST_WORD))
    word_end = end if word_end < 0 else word_end
    if word_end - start > _LONGEST_WORD or start >= limit:
        return -1
    word = _DIVISIBLE.fullmatch(text, start, word_end)
    points = hyphenate(*word.span(1)) if word else ()
    return max(takewhile(lambda point: point <= limit, points), default=-1)


def _inner_break(text: str, start: int, end: int) -> int:
    """Return the last offset from ``start`` to ``end`` where a line may end within a word, or -1."""
    if not _INNER_BREAK_SIGNS.search(text, start - 1, end):
        return -1
    cut = -1
    for match in _INNER_BREAK.finditer(text, start, end + 1):
        cut = match.start()
    return cut


def _break_any(
    text: str, start: int, end: int, width: int, measure: Measure, hyphenate: Hyphenate | None
) -> Iterator[LineRange]:
    line_start = line_end = start
    used = ladder = 0
    for unit_start, unit_end, space, size in _units(text, start, end, measure):
        if used and used + space + size <= width:
            used += space + size
            line_end = unit_end
            continue
        if hyphenate and ladder < LADDER_LIMIT and _begins_word(text, unit_start, start):
            room = width - (used + space if used else 0) - len(HYPHEN)
            point = _divided_unit(text, unit_start, unit_end, room, measure, hyphenate)
            if point > unit_start and (used or size > width):
                yield LineRange(line_start if used else unit_start, point, True)
                ladder += 1
                unit_start, used = point, 0
                size = measure(text[unit_start:unit_end])
        if used:
            yield LineRange(line_start, line_end)
            ladder = 0
        line_start, line_end, used = unit_start, unit_end, size
        if size > width:
            *full, (line_start, line_end, _) = _cut(text, unit_start, unit_end, width, measure)
            yield from full
            used = max(1, measure(text[line_start:line_end]))
    yield LineRange(line_start, line_end if used else line_start)


def _begins_word(text: str, start: int, first: int) -> bool:
    """Return True if a word begins at ``start``, in a text that begins at ``first``."""
    return start == first or text[start - 1].isspace()


def _divided_unit(text: str, start: int, end: int, room: int, measure: Measure, hyphenate: Hyphenate) -> int:
    """Return the last hyphenation point of a word with at most ``room`` cells before it, or -1."""
    word = _DIVISIBLE.fullmatch(text, start, end) if room > 1 and end - start <= _LONGEST_WORD else None
    points = hyphenate(*word.span(1)) if word else ()
    return max(takewhile(lambda point: measure(text[start:point]) <= room, points), default=-1)


def _units(text: str, start: int, end: int, measure: Measure) -> Iterator[tuple[int, int, int, int]]:
    """Yield unbreakable units: start, end, width of the space before, own width (at least 1)."""
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
    """Yield the parts of ``word`` between which a line may end."""
    if not word.isascii() and _unspaced().search(word):
        yield from _unspaced_parts(word, measure)
    elif _INNER_BREAK_SIGNS.search(word):
        yield from _INNER_BREAK.split(word)
    else:
        yield word


def _unspaced_parts(word: str, measure: Measure) -> Iterator[str]:
    """Yield single ideographs and whole words between them; signs stay with the part they belong to."""
    part = ""
    before_breaks = True
    for cluster in graphemes(word):
        breaks = _unspaced().match(cluster) is not None
        joins = cluster[0] in _NOT_AT_START or (part and part[-1] in _NOT_AT_END)
        if part and not joins and (breaks or before_breaks):
            yield part
            part = ""
        part += cluster
        before_breaks = breaks or (before_breaks and cluster[0] in _NOT_AT_START)
    yield part


def _cut(
    text: str, start: int, end: int, width: int, measure: Measure, indent: int = 0
) -> Iterator[LineRange]:
    """Yield full lines, cut between grapheme clusters; all but the first are ``indent`` cells shorter."""
    if is_simple(text, start, end):
        first = min(start + width, end)
        yield LineRange(start, first)
        for at in range(first, end, width - indent):
            yield LineRange(at, min(at + width - indent, end))
        return
    position = line_start = start
    used = 0
    for cluster in graphemes(text[start:end]):
        size = measure(cluster)
        if position > line_start and used + size > width:
            yield LineRange(line_start, position)
            line_start, used = position, 0
            width, indent = width - indent, 0
        used += size
        position += len(cluster)
    yield LineRange(line_start, position)


Hyphenator = Callable[[str], Sequence[int]]
"""Returns the numbers of letters after which a word may be hyphenated, in ascending order."""

SHORTEST_BEGINNING = 2
SHORTEST_END = 3

_NAMES = {"no": "nb"}
"""Language code → name of its patterns, if that differs."""


@cache
def hyphenator(language: str) -> Hyphenator | None:
    """Return the hyphenator for ``language``, such as "en" or "de-AT"; None if there are no patterns.

    The patterns of a language are read from the disk at its first use, which can take half a second.
    """
    import pyphen

    name = pyphen.language_fallback(_NAMES.get(language, language)) if language else None
    if name is None:
        return None
    patterns = pyphen.Pyphen(lang=name, left=SHORTEST_BEGINNING, right=SHORTEST_END)

    def points(word: str) -> list[int]:
        # Skip points where hyphenation would change letters ("Schiffahrt", "asszonnyal").
        return [int(point) for point in patterns.positions(word) if getattr(point, "data", None) is None]

    return points
