"""Repairs text that another program garbled: UTF-8 read as Windows-1252, and printers' ligatures."""

from __future__ import annotations

import re

_MOJIBAKE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122\ufffd]"
    "|[\u0420\u0421][\u0400-\u040f\u0450-\u0457\u00a0-\u00bb\u2018-\u201e]"
)
"""Two characters that are rarely adjacent, except where UTF-8 was decoded as another encoding."""

_LIGATURES = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
    }
)
_LOST_QUOTE = "\u00e2\u20ac\ufffd"
"""A closing quotation mark whose last byte is undefined in Windows-1252."""


def repair_letters(text: str) -> str:
    """Replace ligatures with their letters, and repair mojibake.

    Only lines that look like mojibake are decoded again.
    """
    text = text.translate(_LIGATURES)
    if _MOJIBAKE.search(text) is None:
        return text
    import ftfy

    lines = text.replace(_LOST_QUOTE, "\u00e2\u20ac\u009d").split("\n")
    return "\n".join(ftfy.fix_encoding(line) if _MOJIBAKE.search(line) else line for line in lines)
