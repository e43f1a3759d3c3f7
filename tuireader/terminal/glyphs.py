"""ASCII replacements for the reader's glyphs, for terminals and fonts that lack them.

The rest of the interface writes Unicode; only this module replaces it. Every line goes through ``in_ascii``
on its way to the terminal, and keeps its width in cells.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from library.text.cells import Measure, cells, graphemes

VARIABLE = "TUIREADER_ASCII"
"""Environment variable: ``1`` for ASCII, ``0`` for Unicode; if unset, it depends on the terminal."""

_PLAIN_TERMINALS = ("linux", "dumb")

# Unread, read, bookmark, note, selected; the cursor and marks beside text; signs for cut, linked or open.
_GLYPHS = {
    "●": "*", "○": ".", "◉": "@", "★": "B", "✎": "n", "✓": "x", "◆": "#", "▣": "#", "•": "*",
    "▌": ">", "▏": "|", "▎": "|", "▍": "|", "▐": "|", "▕": "|", "▶": ">", "▸": ">", "◂": "<", "▾": "v",
    "±": "+", "¶": "|",
    "▲": "^", "▼": "v", "‹": "<", "›": ">", "«": "<", "»": ">", "↳": "\\", "…": "~", "·": "-",
    "↑": "^", "↓": "v", "←": "<", "→": ">", "⚑": "!", "✗": "x", "✔": "x", "☰": "=", "↩": "<", "⋮": ":",
    "“": '"', "”": '"', "„": '"', "‟": '"', "‘": "'", "’": "'", "‚": ",", "′": "'", "″": '"',
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "×": "x", "÷": "/", "\xa0": " ", "°": "o",
    "ß": "s", "æ": "a", "Æ": "A", "œ": "o", "Œ": "O", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d",
    "Đ": "D", "ð": "d", "þ": "p", "ı": "i", "€": "E", "£": "L", "©": "c", "®": "r", "™": "t", "§": "S",
    "█": "#", "▀": "#", "▔": " ", **dict(zip("▁▂▃▄▅▆▇", ".:-=+*%", strict=True)),
    "∙": ".", "░": ":", "▒": "=", "▓": "%",
}  # fmt: skip

_UNKNOWN = "?"

_WORD = re.compile(r"[^\W\d_]")
_LETTERS_OF_OURS = re.compile("[★✎✓✗✔]")
_AS_TEXT = "\ufe0e"
"""A variation selector of width 0. A sign before it belongs to a text from outside."""
_SIGNS_OF_A_TEXT = re.compile(f"[★✎✓✗✔]{_AS_TEXT}")
_SAME_TWICE = re.compile(r"([★✎✓✗✔])\1+")

_MEANING = frozenset("●○★✎✓◆▣▌▏▎▍▐▕▶▸◂▾±¶⚑✗✔☰")
"""Our marks that say something about an article. In a text from outside, they have no meaning."""


def wants_ascii(environment: Mapping[str, str], encoding: str) -> bool:
    """Return True if a terminal with this environment and locale ``encoding`` needs ASCII."""
    chosen = environment.get(VARIABLE, "").strip()
    if chosen:
        return chosen != "0"
    unicode_locale = encoding.lower().replace("-", "").replace("_", "") == "utf8"
    return not unicode_locale or environment.get("TERM", "") in _PLAIN_TERMINALS


def in_ascii(text: str, measure: Measure = cells) -> str:
    """Convert ``text`` to ASCII of the same width: letters lose accents, unknown characters become ?."""
    return (
        text
        if text.isascii()
        else "".join(_cluster_in_ascii(cluster, measure) for cluster in graphemes(text))
    )


def drawn_in_ascii(text: str, measure: Measure = cells) -> str:
    """Convert a drawn piece of a line to ASCII.

    Our own marks appear singly in pieces without words. In other pieces they belong to a text from outside,
    and become question marks rather than letters.
    """
    if text.isascii():
        return text
    text = _SIGNS_OF_A_TEXT.sub(_UNKNOWN, text)
    signs = _LETTERS_OF_OURS if _WORD.search(text) else _SAME_TWICE
    return in_ascii(signs.sub(lambda found: _UNKNOWN * len(found[0]), text), measure)


def signs_as_text(text: str) -> str:
    """Mark the signs of a ``text`` from outside, so that they are not taken for our marks if drawn alone."""
    if text.isascii() or _WORD.search(text):
        return text
    return _LETTERS_OF_OURS.sub(lambda found: found[0] + _AS_TEXT, text)


def text_in_ascii(text: str) -> str:
    """Convert a text from outside to ASCII, without producing any of our own marks."""
    if text.isascii():
        return text
    return "".join(
        _UNKNOWN if cluster[0] in _MEANING else _cluster_in_ascii(cluster, cells)
        for cluster in graphemes(text)
    )


def _cluster_in_ascii(cluster: str, measure: Measure) -> str:
    if cluster.isascii():
        return cluster
    width = measure(cluster)
    plain = _GLYPHS.get(cluster[0]) or _frame(cluster[0])
    if not plain:
        decomposed = unicodedata.normalize("NFKD", cluster)
        plain = "".join(letter for letter in decomposed if letter.isascii() and letter.isprintable())
    return (plain or _UNKNOWN * width)[:width].ljust(width)


def _frame(character: str) -> str:
    """Return the ASCII form of a character of the block Box Drawing; empty for other characters."""
    if not "\u2500" <= character <= "\u257f":
        return ""
    name = unicodedata.name(character)
    if "HORIZONTAL" in name and "VERTICAL" not in name and "DIAGONAL" not in name and " AND " not in name:
        return "-"
    return "|" if "VERTICAL" in name and " AND " not in name else "+"
