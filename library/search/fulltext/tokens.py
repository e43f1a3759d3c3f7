"""Tokens of the full-text index, and conversion of query words to index queries.

In scripts with spaces, a run of letters is one token, even next to letters of another script. In scripts
without spaces, each character is a token, so a word is searched as a phrase of characters. SQLite receives
the tokens separated by spaces. Its tokenizer ``ascii`` treats every non-ASCII character as a letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from library.query.tree import Words
from library.text.case_folding import LETTER, UNSPACED, fold, is_unspaced

BREAK = "\u00b7"
"""A token that no query contains. Placed between two tokens, it keeps a phrase from matching across them."""

_run = re.compile(f"{LETTER}+")
_no_letter = re.compile(f"[^\\x01-\\x7f](?<!{LETTER})")
_token = re.compile("[^\x00-/:-`{-\x7f]+")
"""A run of ASCII letters and digits, and of all characters above ASCII."""


@cache
def _script() -> re.Pattern[str]:
    return re.compile(f"[{UNSPACED}]|[^{UNSPACED}]+")


COLUMNS = ("text", "title", "notes", "quotes", "authors")
"""Columns of the index. ``text`` is first because FTS5 stores no column number for hits in the first one."""

_COLUMNS_OF = {
    "": "{title text notes quotes}",
    "title": "{title}",
    "text": "{text}",
    "note": "{notes}",
    "quote": "{quotes}",
    "author": "{authors}",
}
"""Field of a query → expression for the columns that it searches."""


@dataclass(frozen=True, slots=True)
class Match:
    """A query to the index. Unless ``exact``, it can also find articles without the words."""

    expression: str
    exact: bool


def tokens(folded: str) -> str:
    """Return the tokens of folded text, separated by spaces or other ASCII characters."""
    if folded.isascii():
        return folded.replace("\0", " ")
    if not is_unspaced(folded):
        return _no_letter.sub(" ", folded)
    pieces: list[str] = []
    after_unspaced = False
    for run in _run.findall(folded):
        parts = _script().findall(run)
        if after_unspaced and is_unspaced(parts[0]):
            pieces.append(BREAK)
        pieces.extend(parts)
        after_unspaced = is_unspaced(parts[-1])
    return " ".join(pieces)


def split_tokens(folded: str) -> list[str]:
    """Return the tokens of folded text, split as SQLite splits them."""
    return _token.findall(tokens(folded))


def joined_tokens(texts: Iterable[str]) -> str:
    """Return the tokens of several texts, separated so that no phrase matches across two of them."""
    return f" {BREAK} ".join(tokens(fold(text)) for text in texts)


def match_of(words: Words, field: str) -> Match | None:
    """Return the index query for ``words`` in ``field``; None if the index cannot answer it."""
    columns = _COLUMNS_OF.get(field)
    folded = fold(words.text)
    parts = _run.findall(folded)
    if columns is None or not parts:
        return None
    if words.near is not None:
        return Match(f"{columns} : {_near(words, words.near)}", exact=field in ("title", "text"))
    if not any(map(is_unspaced, parts)):
        return Match(f"{columns} : {_phrase(parts)}{' *' if words.prefix else ''}", exact=True)
    phrases = [_script().findall(part) for part in parts]
    goes_on = words.prefix and not is_unspaced(parts[-1][-1])
    asked = " AND ".join(map(_phrase, phrases)) + (" *" if goes_on else "")
    characters = phrases[0]
    return Match(f"{columns} : ({asked})", exact=len(phrases) == 1 and all(map(is_unspaced, characters)))


def _near(words: Words, near: int) -> str:
    """Return the expression for ``words`` near each other; in columns of several texts also across two texts.

    SQLite limits the number of tokens between the first and the last word.
    """
    each = words.singly()
    asked = " ".join(_phrase([one.text]) + " *" * one.prefix for one in each)
    return f"NEAR({asked}, {len(each) - 2 + near})"


def any_of(matches: Iterable[Match]) -> str:
    """Return the expression that finds what any of ``matches`` finds."""
    return " OR ".join(f"({match.expression})" for match in matches)


def all_of(wanted: Iterable[Match], unwanted: Iterable[Match]) -> str:
    """Return the expression that finds what each of ``wanted`` and none of ``unwanted`` finds."""
    both = " AND ".join(f"({match.expression})" for match in wanted)
    return f"({both})" + "".join(f" NOT ({match.expression})" for match in unwanted)


def _phrase(parts: list[str]) -> str:
    return f'"{" ".join(parts)}"'
