"""Small pictures for tests, made without any library."""

from __future__ import annotations

import struct
import zlib


def png(width: int = 240, height: int = 120, colour: tuple[int, int, int] = (200, 40, 40)) -> bytes:
    """A PNG file of one colour."""
    rows = (b"\0" + bytes(colour) * width) * height
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            _chunk(b"IDAT", zlib.compress(rows)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def jpeg_head(width: int, height: int) -> bytes:
    """The beginning of a JPEG file, with a comment before its frame."""
    frame = struct.pack(">HBHHB", 17, 8, height, width, 3) + bytes(9)
    return b"\xff\xd8\xff\xe0\x00\x04ab" + b"\xff\xfe\x00\x05abc" + b"\xff\xff\xff\xc2" + frame
