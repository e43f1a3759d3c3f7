"""Query words as regular expressions over folded text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import pairwise

from library.query.tree import Query, Words
from library.search.fulltext.tokens import split_tokens
from library.text.case_folding import LETTER, SPACED, fold, is_unspaced

_BETWEEN = f"(?:(?!{LETTER})[\\s\\S])"


def word_pattern(words: Words) -> re.Pattern[str]:
    """Return a pattern that finds ``words`` in folded text: whole words, or any position in unspaced scripts.

    A word also ends before a letter of an unspaced script, as NATO does in “NATO首脳”.
    """
    folded = fold(words.text)
    parts = re.findall(f"{LETTER}+", folded)
    if not parts:
        return re.compile(re.escape(folded.strip()))
    body = re.escape(parts[0])
    for before, after in pairwise(parts):
        apart = "*" if is_unspaced(before[-1]) or is_unspaced(after[0]) else "+"
        body += f"{_BETWEEN}{apart}{re.escape(after)}"
    begins = "" if is_unspaced(parts[0][0]) else f"(?<!{SPACED})"
    ends = "" if words.prefix or is_unspaced(parts[-1][-1]) else f"(?!{SPACED})"
    return re.compile(f"{begins}{body}{ends}")


def word_test(words: Words) -> Callable[[str], bool]:
    """Return a function that tells if folded text contains ``words``, in a row or near each other."""
    searches = [word_pattern(one).search for one in words.singly()]
    near = words.near
    if near is None:
        return lambda folded: searches[0](folded) is not None

    def stand_near(folded: str) -> bool:
        return all(search(folded) for search in searches) and _are_near(split_tokens(folded), words, near)

    return stand_near


def _are_near(tokens: Iterable[str], words: Words, near: int) -> bool:
    """Return True if some run of ``tokens`` has all ``words`` and at most ``near`` other tokens."""
    wanted = words.singly()
    latest: dict[Words, int] = {}
    for place, token in enumerate(tokens):
        for one in wanted:
            if token == one.text or (one.prefix and token.startswith(one.text)):
                latest[one] = place
                if len(latest) == len(wanted) and place - min(latest.values()) < len(wanted) + near:
                    return True
    return False


def word_patterns(query: Query) -> tuple[re.Pattern[str], ...]:
    """Return the patterns that find the words of ``query`` in an article's folded text."""
    return tuple(word_pattern(words) for words in query.words() if words.field != "title")


def headline_patterns(query: Query) -> tuple[re.Pattern[str], ...]:
    """Return the patterns that find the words of ``query`` in a folded headline."""
    return tuple(word_pattern(words) for words in query.words() if words.field != "text")
