"""Folding of text in any script, so that searches ignore case and accents."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Combining classes that belong to the letter itself (nukta, kana voicing, virama) are kept.
_KEPT_CLASSES = frozenset((0, 7, 8, 9))
_FIRST_MARK = "\u0300"

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Characters of scripts without spaces between words, and of Hangul, whose words take endings."""

_INDIC = "\u0900-\u0963\u0966-\u0df3"
"""Characters of Indic scripts. Their vowel signs are marks in Unicode but belong to words."""

_SOUTHEAST = (
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
    "\u102b-\u103e\u1056-\u1059\u105e-\u1060\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d"
    "\u17b4-\u17d3\u17dd"
)
"""Vowel signs and tones of Thai, Lao, Burmese and Khmer, which are marks in Unicode, too."""

LETTER = f"(?:[^\\W_]|[{_INDIC}{_SOUTHEAST}])"
"""Pattern for one character of a word: a letter, a digit or a vowel sign."""

SPACED = f"(?:[^\\W_{UNSPACED}]|[{_INDIC}])"
"""Pattern for one character of a word in a script with spaces between words, or of a number."""

TATWEEL = "\u0640"
"""Stroke that lengthens an Arabic word; it is not a letter."""

_BASE_LETTERS = {
    "a": "ⱥ",
    "ae": "æ",
    "b": "ƀɓ",
    "c": "ȼƈ",
    "d": "đðɗɖ",
    "e": "ɇ",
    "g": "ǥɠ",
    "h": "ħ",
    "i": "ıɨ",
    "j": "ɉ",
    "k": "ƙꝁ",
    "l": "łƚ",
    "n": "ŋɲƞ",
    "o": "øɵ",
    "oe": "œ",
    "p": "ᵽƥ",
    "q": "ʠ",
    "r": "ɍ",
    "s": "ȿ",
    "t": "ŧƭⱦʈ",
    "th": "þ",
    "u": "ʉ",
    "w": "ⱳ",
    "y": "ɏƴ",
    "z": "ƶɀ",
    "\u0627": "\u0671",  # alef
    "\u0647": "\u06c1\u06d5\u06be",  # heh
    "\u06a9": "\u0643\u06aa",  # kaf: Arabic, swash → Persian
    "\u06cc": "\u064a\u0649\u06d2",  # yeh: Arabic, alef maksura, barree → Persian
    "": TATWEEL,
}
"""Folded form → letters with strokes, hooks or ligatures that Unicode does not decompose."""

_SPELLED = {letter: base for base, letters in _BASE_LETTERS.items() for letter in letters}
_SPELLED |= {chr(zero + digit): str(digit) for zero in (0x0660, 0x06F0) for digit in range(10)}


@cache
def unspaced_character() -> re.Pattern[str]:
    """Return the pattern for one character of ``UNSPACED``.

    A pattern with so many characters takes a few milliseconds to compile, so it is compiled at first use.
    """
    return re.compile(f"[{UNSPACED}]")


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents, strokes and ligatures. The length may change.

    ``ß`` becomes ``ss``, ``ł`` ``l``, ``æ`` ``ae``. Arabic letters become the Persian ones that look alike,
    and digits of both scripts become ASCII digits.
    """
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text.casefold()).casefold()
    for char in set(folded):  # a text has few different characters
        if char in _SPELLED:
            folded = folded.replace(char, _SPELLED[char])
        elif char >= _FIRST_MARK and unicodedata.combining(char) not in _KEPT_CLASSES:
            folded = folded.replace(char, "")
    return unicodedata.normalize("NFC", folded)


def is_unspaced(text: str) -> bool:
    """Return True if ``text`` has a character of a script without spaces between words."""
    return unspaced_character().search(text) is not None


def fold_letters(text: str) -> str:
    """Return only the letters and digits of ``text``, in lower case, to compare what two texts say."""
    return "".join(filter(str.isalnum, text)).casefold()
