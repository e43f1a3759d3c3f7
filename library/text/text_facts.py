"""Facts about an article's text: plain text, words, reading time and digest."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import TypedDict

from library.text.case_folding import SPACED, UNSPACED, unspaced_character
from library.text.cleaning import clean_text
from library.text.markdown import parse_document

_run = f"{SPACED}+"


@cache
def _word() -> re.Pattern[str]:
    return re.compile(f"[{UNSPACED}]|{_run}(?:['’\\-]{_run})*")


class TextFacts(TypedDict):
    """Facts of a text that are stored with its article, under the names of the fields of ``Article``."""

    words: int
    reading_minutes: int
    text_sha256: str


def text_facts(plain: str) -> TextFacts:
    """Return the facts of an article's plain text."""
    return {
        "words": count_words(plain),
        "reading_minutes": reading_minutes(plain),
        "text_sha256": text_digest(plain),
    }


def plain_text(body: str) -> str:
    """Return the plain text of an article's Markdown, to which its notes are anchored."""
    return parse_document(clean_text(body)).text


def text_digest(plain: str) -> str:
    """Return the SHA-256 of an article's plain text, in hexadecimal."""
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()


def count_words(text: str) -> int:
    """Count the words; in scripts without spaces each character counts as one."""
    return sum(1 for _ in _word().finditer(text))


def reading_minutes(text: str) -> int:
    """Return the reading time of ``text`` in whole minutes, at least 1.

    It assumes 238 words a minute, for silent reading of English non-fiction (Brysbaert 2019, doi
    10.1016/j.jml.2019.104047), and 260 characters a minute in scripts without spaces.
    """
    unspaced = sum(1 for _ in unspaced_character().finditer(text))
    words = count_words(text) - unspaced
    return max(1, round(words / 238 + unspaced / 260))
