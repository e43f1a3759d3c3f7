"""Letters of keyboards that are not Latin, and the Latin letters at their places."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`\\", 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?~|'
"""The keys of a US keyboard, without and with Shift, row by row. A layout has a space for no letter."""

_LAYOUTS = (
    ("йцукенгшщзхъфывапролджэячсмитьбю ё ", "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ Ё "),  # Russian
    ("           ї і        є           ґ", "           Ї І        Є           Ґ"),  # Ukrainian
    (" ςερτυθιοπ  ασδφγηξκλ  ζχψωβνμ     ", "  ΕΡΤΥΘΙΟΠ  ΑΣΔΦΓΗΞΚΛ  ΖΧΨΩΒΝΜ     "),  # Greek
    ("  קראטוןםפ  שדגכעיחלךף זסבהנמצתץ   ", " " * len(_LATIN[0])),  # Hebrew
    ("ضصثقفغعهخحجدشسيبلاتنمكطئءؤر ىةوزظذ ", "                                ؟  "),  # Arabic
)


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for layout in _LAYOUTS:
        for letters, latin in zip(layout, _LATIN, strict=True):
            table |= {one: at for one, at in zip(letters, latin, strict=True) if one != " "}
    return table


_TABLE = _table()
_SHIFTED = dict(zip(*_LATIN, strict=True))


def latin_key(character: str, place: str = "", letters: Mapping[str, str] | None = None) -> str:
    """Return the Latin letter at the place of a key; empty for a Latin key, or if the place is unknown.

    Args:
        character: The character that the key types.
        place: The key at its place on a US keyboard, if the terminal reports it.
        letters: Letters → Latin letters, as set by the user.
    """
    if len(character) != 1 or character.isascii():
        return ""
    if letters and character in letters:
        return letters[character]
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    if len(place) == 1 and place in _LATIN[0] + "0123456789":
        return _SHIFTED.get(place, place) if character.isupper() else place
    return _TABLE.get(character, "")
