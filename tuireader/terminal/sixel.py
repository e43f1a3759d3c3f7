"""Encodes pictures as Sixel: bands six pixels high, one colour after the other.

The format is that of DEC's VT330/VT340 Programmer Reference Manual, volume 2, chapter 14. Each row of cells
is a separate picture, so that it can be drawn without the others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

COLOURS = 64
"""Number of colours of a row of cells: more faithful than 256 for the whole picture, and shorter."""

_BAND = 6
_NOTHING = 63
"""The character for six unchanged pixels. The bits of the drawn pixels are added to its code."""
_REPEATED = re.compile(r"(.)\1{3,}")


def sixel_rows(image: Image, height: int) -> tuple[str, ...]:
    """Encode ``image`` in rows of ``height`` pixels, each as the sequence that draws it at the cursor.

    In the last row, the screen below the picture stays unchanged.
    """
    return tuple(
        _row(image.crop((0, top, image.width, min(top + height, image.height))))
        for top in range(0, image.height, height)
    )


def _row(image: Image) -> str:
    drawn = image.quantize(COLOURS)
    pixels, palette, width = drawn.tobytes(), drawn.getpalette() or [], drawn.width
    lines = [pixels[start : start + width] for start in range(0, len(pixels), width)]
    colours = "".join(f"#{one};2;{_shares(palette[one * 3 : one * 3 + 3])}" for one in sorted(set(pixels)))
    bands = "-".join(_band(lines[top : top + _BAND]) for top in range(0, len(lines), _BAND))
    return f'\x1bP0;1q"1;1;{width};{len(lines)}{colours}{bands}\x1b\\'


def _shares(colour: list[int]) -> str:
    """Return red, green and blue in percent."""
    return ";".join(str(round(value * 100 / 255)) for value in colour)


def _band(lines: list[bytes]) -> str:
    return "$".join(f"#{one}{_in_colour(lines, one)}" for one in sorted(set().union(*lines)))


def _in_colour(lines: list[bytes], colour: int) -> str:
    """Encode the pixels of ``lines`` in ``colour``; the first line is the lowest bit of each character."""
    width = len(lines[0])
    only = bytes(one == colour for one in range(256))
    bits = int.from_bytes(bytes([_NOTHING]) * width)
    for place, line in enumerate(lines):
        if colour in line:
            bits += int.from_bytes(line.translate(only)) << place
    drawn = bits.to_bytes(width).decode("ascii").rstrip(chr(_NOTHING))
    return _REPEATED.sub(lambda run: f"!{len(run[0])}{run[1]}", drawn)
