"""Detects whether the background of the terminal is dark or light, at the start and when it changes.

The terminal is asked for its background (OSC 11), and told to report changes (mode 2031). DA1 is sent last,
because every terminal answers it: without a reply before it, there will be none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from textual.message import Message

from tuireader.colours import is_dark

QUERY = "\x1b]11;?\x1b\\\x1b[c"
FOLLOW, FOLLOW_NO_MORE = "\x1b[?2031h", "\x1b[?2031l"

_SHARE = "([0-9a-fA-F]{1,4})"
_COLOUR = re.compile(rf"\x1b\]11;rgba?:{_SHARE}/{_SHARE}/{_SHARE}(?:/[0-9a-fA-F]{{1,4}})?(?:\x07|\x1b\\)")
_REPORT = re.compile(r"\x1b\[\?997;([12])n")


@dataclass
class GroundKnown(Message):
    """The terminal has reported its background; ``dark`` is None if it does not tell."""

    dark: bool | None


def dark_of(replies: str) -> bool | None:
    """Return True if the ``replies`` to ``QUERY`` name a dark background, None if they name none."""
    colours = _COLOUR.findall(replies)
    if not colours:
        return None
    shares = (int(share, 16) * 255 // (16 ** len(share) - 1) for share in colours[-1])
    return is_dark(f"#{''.join(f'{share:02x}' for share in shares)}")


def reported(sequence: str) -> bool | None:
    """Return True if ``sequence`` reports a change to dark, False to light, None if it is no such report."""
    report = _REPORT.fullmatch(sequence)
    return None if report is None else report[1] == "1"


def usually_dark(environment: Mapping[str, str]) -> bool:
    """Return True unless COLORFGBG, which some terminals set, names a light background."""
    return environment.get("COLORFGBG", "").rpartition(";")[2] not in {"7", *map(str, range(9, 16))}
