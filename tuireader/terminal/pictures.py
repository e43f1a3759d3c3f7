"""Pictures for the article view: requirements, sizes and pixels.

In half blocks a cell shows two pixels, one above the other. Pillow, the extra ``images``, is loaded at its
first use.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING

from library.store.pictures import PIXELS, picture_form

if TYPE_CHECKING:
    from PIL.Image import Image as Opened

Size = tuple[int, int]
"""Width and height in pixels."""

USUAL_CELL = (1, 2)
"""The proportions of a cell where the terminal does not tell them."""

TALLEST = 20
"""Rows that a picture takes at most, so that words are seen with it."""

_FORMATS = {"jpg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP"}
_TURNED = frozenset({5, 6, 7, 8})
"""The values of the Exif tag Orientation by which width and height change places."""
_ORIENTATION = 0x0112


class PictureDamaged(Exception):
    """A picture cannot be decoded; says why as words that follow a colon."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture kept at ``path``, ``width`` by ``height`` pixels; ``problem`` is why it is not shown.

    ``cell`` are the proportions of the cells that it is shown in.
    """

    path: str
    width: int = 0
    height: int = 0
    problem: str = ""
    cell: Size = USUAL_CELL


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of the picture ``path`` on a page: ``columns`` cells by ``rows``."""

    path: str
    columns: int
    rows: int


def why_not_shown(color_system: str | None, *, no_color: bool, in_ascii: bool) -> str:
    """A sentence about what pictures lack here; empty if they can be shown."""
    if find_spec("PIL") is None:
        return "Pictures need another package: pip install 'tuireader[images]'"
    if no_color:
        return "Pictures need colours, but NO_COLOR is set."
    if in_ascii:
        return "Pictures need block characters, but this terminal uses ASCII."
    if color_system not in ("truecolor", "256"):
        return "Pictures need 256 colours or more; if your terminal has them, set COLORTERM=truecolor."
    return ""


def look_at(path: str, data: bytes) -> Picture:
    """The picture ``data``, of which only the beginning is decoded; it may have a problem."""
    try:
        image = _opened(data)
        turned = _is_turned(image)
    except Exception as error:  # whatever a file does to the decoder, it is not shown
        return Picture(path, problem=_reason(error))
    width, height = image.size
    return Picture(path, height, width) if turned else Picture(path, width, height)


def slot_for(picture: Picture, width: int) -> Slot:
    """Where ``picture`` is in a column of ``width`` cells: in proportion, and not enlarged."""
    columns = min(width, picture.width)
    rows = _rows(picture, columns)
    if rows > TALLEST:
        wide, high = picture.cell
        columns = max(1, min(columns, TALLEST * high * picture.width // (picture.height * wide)))
        rows = TALLEST
    return Slot(picture.path, columns, rows)


def _rows(picture: Picture, columns: int) -> int:
    wide, high = picture.cell
    return max(1, round(columns * wide * picture.height / picture.width / high))


def pixels_of(data: bytes, slot: Slot) -> bytes:
    """The pixels of the picture ``data`` at the size of ``slot``: three bytes each, two rows for a row.

    Raises PictureDamaged.
    """
    return _scaled(data, lambda _: (slot.columns, slot.rows * 2)).tobytes()


def image_of(data: bytes, slot: Slot, cell: Size, *, enlarged: bool = True) -> Opened:
    """The picture ``data`` at the size of ``slot``, whose cells have ``cell`` pixels.

    Unless ``enlarged``, one that is smaller stays as it is. Raises PictureDamaged.
    """
    room = (slot.columns * cell[0], slot.rows * cell[1])
    return _scaled(data, lambda size: room if enlarged or size[0] > room[0] or size[1] > room[1] else size)


def halved(image: Opened, slot: Slot) -> bytes:
    """The pixels of ``image`` as by ``pixels_of``."""
    return image.resize((slot.columns, slot.rows * 2), reducing_gap=2).tobytes()


def _scaled(data: bytes, size_for: Callable[[Size], Size]) -> Opened:
    """The picture ``data``, held upright and without transparency, at the size for its own one."""
    from PIL import Image, ImageOps

    try:
        image = _opened(data)
        turned = _is_turned(image)
        size = size_for(image.size[::-1] if turned else image.size)
        wide, high = size[::-1] if turned else size
        image.draft("RGB", (wide * 2, high * 2))
        image = ImageOps.exif_transpose(image) if _has_exif(image) else image
        if image.has_transparency_data:  # most such pictures are drawn for white paper
            image = image.convert("RGBA").resize(size, Image.Resampling.LANCZOS, reducing_gap=2)
            paper = Image.new("RGBA", size, "white")
            return Image.alpha_composite(paper, image).convert("RGB")
        return image.convert("RGB").resize(size, Image.Resampling.LANCZOS, reducing_gap=2)
    except Exception as error:  # Pillow raises many kinds
        raise PictureDamaged(_reason(error)) from error


def _is_turned(image: Opened) -> bool:
    """Whether width and height change places."""
    return _has_exif(image) and image.getexif().get(_ORIENTATION) in _TURNED


def _has_exif(image: Opened) -> bool:
    """Whether it may be turned. A PNG file may say so at its end, and would be decoded to that."""
    return image.format in ("JPEG", "WEBP")


def _opened(data: bytes) -> Opened:
    """The picture, not decoded yet, by the decoder for what it is and no other."""
    from PIL import Image

    form = picture_form(data)
    if form is None:
        raise PictureDamaged("its format is not supported")
    if form.width * form.height > PIXELS:
        raise PictureDamaged(f"it has more than {PIXELS // 1_000_000} million pixels")
    image = Image.open(BytesIO(data), formats=(_FORMATS[form.kind],))
    if image.width * image.height > PIXELS:
        raise PictureDamaged(f"it has more than {PIXELS // 1_000_000} million pixels")
    return image


def _reason(error: Exception) -> str:
    if isinstance(error, PictureDamaged):
        return str(error)
    return f"its file is damaged ({error or type(error).__name__})"
