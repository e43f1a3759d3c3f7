"""Joins paragraphs that were split by a page break.

Some joins are certain by themselves. One of them shows that the text is broken; then weaker evidence counts
as well, but only about one page away from the other breaks.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate, pairwise

from library.importing.paragraphs.continuation import (
    HEAD_BLOCKS,
    Judge,
    Seam,
    Verdict,
    is_hyphenated,
    lines_of_verse,
)
from library.importing.paragraphs.page_marks import PAGE_BREAK, page_marks
from library.importing.word_sets import word_set

__all__ = ["PAGE_BREAK", "Joined", "count_words_of", "join_paragraphs", "join_parts"]

WITNESS_WORDS = 5
PAGE_LENGTH = 800
"""Usual minimum distance between two breaks, in characters."""

_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_COMPOUND_FIRST = word_set("""
    self well non ex anti co pre post semi multi half mid all high low long short two three four
    five six seven eight nine ten one first second third part full cross so much great old new year
    ever far vice cease inter pro neo ultra over under off on by up in out left right north south
    east west anglo euro e t x
    """)


_SUSPENDING = word_set("to and or und oder bis bzw et ou y o e og och eller en of tot a i nebo lub и или")
"""Words before which a hyphen stays, as in “golf ball- to fist-sized”."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The blocks after joining, and the number of joins."""

    blocks: list[str]
    count: int


def join_paragraphs(blocks: list[str], language: str = "", title: str = "") -> Joined:
    """Join split paragraphs in ``blocks`` of Markdown; remove page numbers and running heads.

    Headings, lists, quotes, tables, code, images and bold lines are never joined, nor are the short lines of
    verse and of lists without bullets.

    Args:
        blocks: The blocks in their order; the block ``\\f`` marks a certain page break.
        language: ISO 639-1; decides which words cannot end a paragraph.
        title: The headline, which pages may repeat at the top.
    """
    judge = Judge(blocks, language, title)
    marks = page_marks(blocks, title, lambda left, right: _is_witness(judge, blocks[left], blocks[right]))
    kept = [index for index in range(len(blocks)) if index not in marks]
    verse = lines_of_verse([blocks[index] for index in kept])
    seams = [
        Seam(
            blocks[before],
            blocks[after],
            at_mark=after - before > 1,
            at_head=place < HEAD_BLOCKS - 1,
            in_lines=place in verse and place + 1 in verse,
        )
        for place, (before, after) in enumerate(pairwise(kept))
    ]
    verdicts = [judge.verdict(seam) for seam in seams]
    places = list(accumulate(len(blocks[index]) for index in kept))
    broken = _broken(seams, verdicts, places)
    return _put_together([blocks[index] for index in kept], broken, blocks)


def _is_witness(judge: Judge, left: str, right: str) -> bool:
    """Return True if a number between two blocks splits a sentence: certainly, or a long one with no end."""
    seam = Seam(left, right)
    if judge.verdict(seam) is Verdict.CERTAIN:
        return True
    return (
        len(left.split()) > WITNESS_WORDS and judge.verdict(Seam(left, right, at_mark=True)) > Verdict.APART
    )


def _broken(seams: list[Seam], verdicts: list[Verdict], places: list[int]) -> list[bool]:
    """Decide for each seam whether it is a page break inside a paragraph."""
    certain = [verdict >= Verdict.PROBABLE for verdict in verdicts]
    breaks = [
        place for place, is_sure, seam in zip(places, certain, seams, strict=False) if is_sure or seam.at_mark
    ]
    if Verdict.CERTAIN not in verdicts:
        return certain
    return [
        is_sure
        or (
            verdict is Verdict.LIKELY
            and all(abs(place - other) >= PAGE_LENGTH for other in breaks)
            and place >= PAGE_LENGTH
        )
        for place, is_sure, verdict in zip(places, certain, verdicts, strict=False)
    ]


def count_words_of(text: str) -> Counter[str]:
    """Count the words of ``text`` in lower case, as a dictionary for hyphenated words."""
    return Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.casefold()))


def _put_together(blocks: list[str], broken: list[bool], text: list[str]) -> Joined:
    words = count_words_of(" ".join(text))
    joined = blocks[:1]
    for block, goes_on in zip(blocks[1:], broken, strict=True):
        if goes_on:
            joined[-1] = join_parts(joined[-1], block, words)
        else:
            joined.append(block)
    return Joined(joined, sum(broken))


def join_parts(left: str, right: str, words: Counter[str]) -> str:
    """Join two parts of a paragraph, and the two halves of a word that was hyphenated."""
    left = left.rstrip()
    right = right.lstrip()
    if is_hyphenated(left) and right[:1].isalpha():
        return _without_hyphen(left, right, words)
    unspaced = _UNSPACED.match(left[-1:]) or left[-1:] in "、，。」"
    return left + right if unspaced and _UNSPACED.match(right[:1]) else f"{left} {right}"


def _without_hyphen(left: str, right: str, words: Counter[str]) -> str:
    """Remove the hyphen of a divided word, unless it is a compound; the text itself is the dictionary."""
    first = re.search(r"[^\W\d_]+$", left[:-1])
    second = re.match(r"[^\W\d_]+", right)
    if first is None or second is None or right[:1].isupper():
        return left + right
    head, tail = first.group().casefold(), second.group().casefold()
    if tail in _SUSPENDING:
        return f"{left} {right}"
    whole = head + tail
    if words[f"{head}-{tail}"]:
        return left + right
    known = any(
        words[form] for form in (whole, whole.removesuffix("s"), whole + "s", whole + "n", whole + "e")
    )
    compound = (
        head in _COMPOUND_FIRST or (words[head] > 1 and len(head) > 2) or (words[tail] > 1 and len(tail) > 2)
    )
    return left + right if compound and not known else left[:-1] + right
