"""Prepares pictures for terminals that draw pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from tuireader.terminal.graphics import Graphics, Way
from tuireader.terminal.kitty import has_marks_for, sending
from tuireader.terminal.pictures import Slot, halved, image_of, pixels_of
from tuireader.terminal.sixel import sixel_rows


@dataclass(frozen=True, slots=True)
class Fine:
    """A picture in pixels: the number of one sent by Kitty's protocol, or the Sixel sequences of its rows."""

    number: int = 0
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ready:
    """A decoded picture: its pixels for half blocks and, if the terminal supports it, the fine one.

    ``sent`` must be written before ``fine`` is drawn. If ``more`` is true, ``fine`` follows later.
    """

    pixels: bytes
    fine: Fine | None = None
    sent: str = ""
    more: bool = False


def made_ready(data: bytes, slot: Slot, graphics: Graphics, number: int) -> Iterator[Ready]:
    """Decode the picture ``data`` for ``slot``, with ``number`` as its name. Raises PictureDamaged."""
    if graphics.way is Way.SIXEL:
        image = image_of(data, slot, graphics.cell)
        pixels = halved(image, slot)
        yield Ready(pixels, more=True)  # encoding Sixel takes ten times as long
        yield Ready(pixels, Fine(rows=sixel_rows(image, graphics.cell[1])))
    elif graphics.way is Way.PLACEHOLDERS and has_marks_for(slot.columns, slot.rows):
        image = image_of(data, slot, graphics.cell, enlarged=False)
        png = BytesIO()
        image.save(png, "PNG", compress_level=1)
        sent = sending(number, png.getvalue(), slot.columns, slot.rows)
        yield Ready(halved(image, slot), Fine(number), sent)
    else:
        yield Ready(pixels_of(data, slot))
