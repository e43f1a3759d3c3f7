"""Pictures for the article view: requirements, sizes and pixels.

With half blocks, a cell shows two pixels, one above the other. Pillow, from the extra ``images``, is loaded
at its first use.
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
"""The proportions of a cell if the terminal does not report them."""

TALLEST = 20
"""Maximum height of a picture in rows, so that text is visible beside it."""

_FORMATS = {"jpg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP"}
_TURNED = frozenset({5, 6, 7, 8})
"""Values of the Exif tag Orientation that swap width and height."""
_ORIENTATION = 0x0112


class PictureDamaged(Exception):
    """A picture cannot be decoded. The message is worded to follow a colon."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture stored at ``path``, ``width`` by ``height`` pixels; ``problem`` says why it is not shown.

    ``cell`` holds the proportions of the cells that it is shown in.
    """

    path: str
    width: int = 0
    height: int = 0
    problem: str = ""
    cell: Size = USUAL_CELL


@dataclass(frozen=True, slots=True)
class Slot:
    """The area of the picture ``path`` on a page: ``columns`` by ``rows`` cells."""

    path: str
    columns: int
    rows: int


def why_not_shown(color_system: str | None, *, no_color: bool, in_ascii: bool) -> str:
    """Return a sentence that says why pictures cannot be shown; empty if they can."""
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
    """Return the ``Picture`` of ``data`` with its size or problem; decode only the beginning."""
    try:
        image = _opened(data)
        turned = _is_turned(image)
    except Exception as error:  # a file may raise any error in the decoder
        return Picture(path, problem=_reason(error))
    width, height = image.size
    return Picture(path, height, width) if turned else Picture(path, width, height)


def slot_for(picture: Picture, width: int) -> Slot:
    """Return the area of ``picture`` in a column of ``width`` cells: in proportion, and not enlarged."""
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
    """Return the pixels of the picture ``data`` scaled to ``slot``: three bytes each, two rows per cell row.

    Raises PictureDamaged.
    """
    return _scaled(data, lambda _: (slot.columns, slot.rows * 2)).tobytes()


def image_of(data: bytes, slot: Slot, cell: Size, *, enlarged: bool = True) -> Opened:
    """Return the picture ``data`` scaled to ``slot``, with cells of ``cell`` pixels.

    Unless ``enlarged``, a smaller picture keeps its size. Raises PictureDamaged.
    """
    room = (slot.columns * cell[0], slot.rows * cell[1])
    return _scaled(data, lambda size: room if enlarged or size[0] > room[0] or size[1] > room[1] else size)


def halved(image: Opened, slot: Slot) -> bytes:
    """Return the pixels of ``image`` in the form of ``pixels_of``."""
    return image.resize((slot.columns, slot.rows * 2), reducing_gap=2).tobytes()


def _scaled(data: bytes, size_for: Callable[[Size], Size]) -> Opened:
    """Return the picture ``data`` upright, without transparency, and scaled to ``size_for`` its size."""
    from PIL import Image, ImageOps

    try:
        image = _opened(data)
        turned = _is_turned(image)
        size = size_for(image.size[::-1] if turned else image.size)
        wide, high = size[::-1] if turned else size
        image.draft("RGB", (wide * 2, high * 2))
        image = ImageOps.exif_transpose(image) if _has_exif(image) else image
        if image.has_transparency_data:  # most such pictures are meant for a white background
            image = image.convert("RGBA").resize(size, Image.Resampling.LANCZOS, reducing_gap=2)
            paper = Image.new("RGBA", size, "white")
            return Image.alpha_composite(paper, image).convert("RGB")
        return image.convert("RGB").resize(size, Image.Resampling.LANCZOS, reducing_gap=2)
    except Exception as error:  # Pillow raises many kinds
        raise PictureDamaged(_reason(error)) from error


def _is_turned(image: Opened) -> bool:
    """Return True if width and height are swapped."""
    return _has_exif(image) and image.getexif().get(_ORIENTATION) in _TURNED


def _has_exif(image: Opened) -> bool:
    """Return True if Exif data is read. PNG is left out: Exif at its end would need it fully decoded."""
    return image.format in ("JPEG", "WEBP")


def _opened(data: bytes) -> Opened:
    """Open the picture without decoding it, with only the decoder for its format."""
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
