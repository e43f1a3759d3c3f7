"""Words of a query as patterns over folded text."""

from __future__ import annotations

import re

from library.search.tree import Query, Words
from library.text.folding import LETTER, fold, is_unspaced

_BETWEEN = f"(?:(?!{LETTER})[\\s\\S])"


def word_pattern(words: Words) -> re.Pattern[str]:
    """A pattern that finds ``words`` in folded text: whole words, or any place in unspaced scripts."""
    folded = fold(words.text)
    parts = [re.escape(part) for part in re.findall(f"{LETTER}+", folded)]
    if not parts:
        return re.compile(re.escape(folded.strip()))
    if is_unspaced(folded):
        return re.compile(f"{_BETWEEN}*".join(parts))
    body = f"{_BETWEEN}+".join(parts)
    return re.compile(f"(?<!{LETTER}){body}" + ("" if words.prefix else f"(?!{LETTER})"))


def word_patterns(query: Query) -> tuple[re.Pattern[str], ...]:
    """What ``query`` looks for in a text, each to be found in folded text."""
    return tuple(word_pattern(words) for words in query.words() if words.field != "title")


def headline_patterns(query: Query) -> tuple[re.Pattern[str], ...]:
    """What ``query`` looks for in a headline, each to be found in folded text."""
    return tuple(word_pattern(words) for words in query.words() if words.field != "text")
