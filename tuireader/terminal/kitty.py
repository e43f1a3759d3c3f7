"""Pictures in Kitty's graphics protocol, with Unicode placeholders.

A picture is sent once, with a number. It is drawn as text: a placeholder in each cell, with the number as
its colour and two combining marks for the row and column of the picture.
https://sw.kovidgoyal.net/kitty/graphics-protocol/#unicode-placeholders
"""

from __future__ import annotations

from base64 import standard_b64encode

PLACEHOLDER = "\U0010eeee"

_MARKS = """
0305 030D 030E 0310 0312 033D-033F 0346 034A-034C 0350-0352 0357 035B 0363-036F 0483-0487 0592-0595 0597-0599
059C-05A1 05A8 05A9 05AB 05AC 05AF 05C4 0610-0617 0657-065B 065D 065E 06D6-06DC 06DF-06E2 06E4 06E7 06E8 06EB
06EC 0730 0732 0733 0735 0736 073A 073D 073F-0741 0743 0745 0747 0749 074A 07EB-07F1 07F3 0816-0819 081B-0823
0825-0827 0829-082D 0951 0953 0954 0F82 0F83 0F86 0F87 135D-135F 17DD 193A 1A17 1A75-1A7C 1B6B 1B6D-1B73
1CD0-1CD2 1CDA 1CDB 1CE0 1DC0 1DC1 1DC3-1DC9 1DCB 1DCC 1DD1-1DE6 1DFE 20D0 20D1 20D4-20D7 20DB 20DC 20E1 20E7
20E9 20F0 2CEF-2CF1 2DE0-2DFF A66F A67C A67D A6F0 A6F1 A8E0-A8F1 AAB0 AAB2 AAB3 AAB7 AAB8 AABE AABF AAC1
FE20-FE26 10A0F 10A38 1D185-1D189 1D1AA-1D1AD 1D242-1D244
"""
"""The marks of the protocol's rowcolumn-diacritics.txt, for the numbers from 0."""

_CHUNK = 4096
"""Maximum number of characters in one chunk."""

Colour = tuple[int, int, int]


def _characters(spans: str) -> str:
    ends = (span.partition("-") for span in spans.split())
    return "".join(
        chr(code) for first, _, last in ends for code in range(int(first, 16), int(last or first, 16) + 1)
    )


MARKS = _characters(_MARKS)


def has_marks_for(columns: int, rows: int) -> bool:
    """Return True if a picture of this size in cells can be drawn."""
    return max(columns, rows) <= len(MARKS)


def placeholders(row: int, columns: int) -> str:
    """Return the cells of a row of a picture ``columns`` wide, to be written in its colour."""
    return "".join(PLACEHOLDER + MARKS[row] + MARKS[column] for column in range(columns))


def colour_of(number: int) -> Colour:
    """Return the colour that names the picture ``number``, 1 to 0xFFFFFF."""
    return number >> 16, number >> 8 & 0xFF, number & 0xFF


def sending(number: int, png: bytes, columns: int, rows: int) -> str:
    """Return the sequences that send a PNG file as picture ``number``, with its size in cells.

    They ask the terminal not to reply, because a reply would be taken for keys.
    """
    data = standard_b64encode(png).decode("ascii")
    chunks = [data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK)]
    written = []
    for place, chunk in enumerate(chunks):
        first = f"a=T,U=1,f=100,i={number},c={columns},r={rows}," if place == 0 else ""
        written.append(f"\x1b_G{first}q=2,m={int(place < len(chunks) - 1)};{chunk}\x1b\\")
    return "".join(written)


def deletion(number: int) -> str:
    """Return the sequence that deletes the picture ``number`` from the terminal."""
    return f"\x1b_Ga=d,d=I,i={number},q=2\x1b\\"
