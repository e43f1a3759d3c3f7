"""Stored pictures: detects their format, and keeps them below ``images/``.

A file is named by its content, ``images/3f/3f9c….jpg``, so the same picture is stored once. It is stored
unchanged and never decoded here: only its first bytes are read, for format and size.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from library.errors import LibraryError, StoreUnwritable
from library.store.disk import make_folder, write_atomically
from library.store.paths import article_file, readable_file, relative_name

FOLDER = "images"

BYTES = 10 * 1024 * 1024
"""Maximum size in bytes of a stored picture."""

PIXELS = 50_000_000
"""Maximum number of pixels of a picture that is stored or shown; each takes four bytes when decoded."""

_PATH = re.compile(rf"{FOLDER}/([0-9a-f]{{2}})/(\1[0-9a-f]{{62}})\.(?:jpg|png|gif|webp)")

# The markers of a JPEG file that begin a frame, with its size: ITU-T T.81, table B.1.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})


@dataclass(frozen=True, slots=True)
class Form:
    """The format (``jpg``, ``png``, ``gif``, ``webp``) and the size in pixels of a picture."""

    kind: str
    width: int
    height: int


def picture_form(data: bytes) -> Form | None:
    """Detect format and size from the start of a picture; None if it has none of the four formats."""
    try:
        form = _form(data)
    except IndexError:
        return None
    return form if form and form.width > 0 and form.height > 0 else None


def _form(data: bytes) -> Form | None:
    if data[:8] == b"\x89PNG\r\n\x1a\n" and data[12:16] == b"IHDR" and len(data) >= 24:
        return Form("png", int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big"))
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return Form("gif", int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little"))
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    return _jpeg(data) if data[:3] == b"\xff\xd8\xff" else None


def _webp(data: bytes) -> Form | None:
    """Read a WebP header: simple lossy, simple lossless or extended, see RFC 9649."""
    kind = data[12:16]
    if kind == b"VP8X" and len(data) >= 30:
        return Form(
            "webp", int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
        )
    if kind == b"VP8L" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return Form("webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8 " and len(data) >= 30:
        width, height = (int.from_bytes(data[at : at + 2], "little") & 0x3FFF for at in (26, 28))
        return Form("webp", width, height)
    return None


def _jpeg(data: bytes) -> Form | None:
    """Walk through the segments of a JPEG file to its frame header."""
    at = 2
    while True:
        while data[at] == 0xFF and data[at + 1] == 0xFF:
            at += 1
        marker = data[at + 1]
        if data[at] != 0xFF or marker in (0xD9, 0xDA):
            return None
        if marker in _FRAMES:
            if at + 9 > len(data):
                return None
            return Form(
                "jpg",
                int.from_bytes(data[at + 7 : at + 9], "big"),
                int.from_bytes(data[at + 5 : at + 7], "big"),
            )
        at += 2 if marker in _ALONE else 2 + max(2, int.from_bytes(data[at + 2 : at + 4], "big"))


def picture_path(data: bytes, form: Form) -> str:
    """Return the path at which the picture ``data`` is stored, relative to the library."""
    digest = hashlib.sha256(data).hexdigest()
    return f"{FOLDER}/{digest[:2]}/{digest}.{form.kind}"


def keep_picture(folder: Path, data: bytes, form: Form) -> str:
    """Store the picture ``data`` in the library ``folder`` unless an intact copy exists; return its path.

    Raises StoreUnwritable.
    """
    relative = picture_path(data, form)
    path = folder / relative
    try:
        if not path.exists() or is_damaged(folder, relative):
            make_folder(path.parent)
            write_atomically(path, data)
    except OSError as error:
        raise StoreUnwritable(path, error.strerror or str(error)) from error
    return relative


def read_picture(folder: Path, relative: str) -> bytes:
    """Read the picture at ``relative`` in the library ``folder``. Raises LibraryError."""
    path = article_file(folder, relative)
    if path is None or not relative.startswith(f"{FOLDER}/"):
        raise LibraryError("it is said to lie outside of the library")
    try:
        with readable_file(folder, relative).open("rb") as file:
            data = file.read(BYTES + 1)
    except OSError as error:
        raise LibraryError(f"its file cannot be read ({error.strerror or error}): {relative}") from error
    if len(data) > BYTES:
        raise LibraryError(f"its file is larger than {BYTES >> 20} MB: {relative}")
    return data


def is_damaged(folder: Path, relative: str) -> bool:
    """Return True if the content of the file at ``relative`` does not match its name. Raises OSError."""
    named = _PATH.fullmatch(relative)
    if named is None:
        return False
    with readable_file(folder, relative).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() != named[2]


def kept_pictures(folder: Path) -> Iterator[str]:
    """Yield the pictures in the library ``folder``, used or not, as relative paths."""
    for path in sorted((folder / FOLDER).glob("??/*")):
        relative = relative_name(folder, path)
        if _PATH.fullmatch(relative) and path.is_file():
            yield relative
