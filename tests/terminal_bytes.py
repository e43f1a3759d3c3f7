"""Random byte strings of the kind that terminals, slow lines and line noise send."""

from __future__ import annotations

from random import Random

REPORTED = (
    b"\xe9",
    b"\xff\xfe",
    b"\xe2\x82",
    b"\x9b",
    b"\x1b[M \xd0\xff",
    b"\x1b[M#\x80\x21",
    b"\x1b[27;1:1u",
    b"\x1b[27;1:3u",
    b"\x1b[1097:1065:111;5u",
    b"\x1b[99999999u",
    b"\x1b[97;1;55296u",
    b"\x1b[97;1;1114112:97u",
    b"\x1b[97;99999999999u",
    b"\x1b[;;;u",
    b"\x1b[48;99999;99999;1;1t",
    b"\x1b[48;24;80;0;0t",
    b"\x1b[48;0;0;0;0t",
    b"\x1b[<0;99999999999999999999;1M",
    b"\x1b[<64;-1;-5M",
    b"\x1b[?2048;2$y",
    b"\x1b[?2026;1$y",
    b"\x1b[?62;22;52c",
    b"\x1b[>0;276;0c",
    b"\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
    b"\x1bP>|foot(1.16)\x1b\\",
    b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b[9999;9999R",
    b"\x1b[1;1R",
    b"\x1b[I\x1b[O",
)
"""Byte strings that have crashed this reader or others."""

_PIECES = (
    *(bytes([byte]) for byte in range(256) if byte not in (0x11, 0x1A)),
    *REPORTED,
    b"\x1b[",
    b"\x1b[<",
    b"\x1bO",
    b"\x1bP",
    b"\x1b]",
    b"\x1b\\",
    b"\x1b[200~",
    b"\x1b[201~",
    b"\x1b[M",
    *[bytes([byte]) for byte in b";:0123456789?<>mMtRuyc~$ABH"] * 3,
    "щé漢🐙\u202e\u0301".encode(),
)


def random_bytes(random: Random, longest: int = 12) -> bytes:
    """Return a byte string that is sometimes almost a sequence, without Ctrl+Q and Ctrl+Z."""
    return b"".join(random.choices(_PIECES, k=random.randint(1, longest)))
