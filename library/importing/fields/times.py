"""Finds the time of day and its zone in a date line."""

from __future__ import annotations

import re
from datetime import time, timedelta, timezone

_OFFSETS = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "MEZ": 60, "CEST": 120,
    "MESZ": 120, "EET": 120, "EEST": 180, "SAST": 120, "MSK": 180, "PKT": 300, "ICT": 420, "WIB": 420,
    "SGT": 480, "HKT": 480, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480,
    "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600, "AST": -240, "ADT": -180, "NST": -210, "NDT": -150,
    "BRT": -180, "ART": -180, "WAT": 60, "CAT": 120, "EAT": 180, "TRT": 180, "GST": 240, "NPT": 345,
    "MYT": 480, "PHT": 480, "AWST": 480, "ACST": 570, "ACDT": 630, "МСК": 180,
}  # fmt: skip
"""Minutes east of Greenwich for zone names on news sites, without IST, which has three meanings."""

_NO_OFFSET = ("ET", "CT", "MT", "PT", "IST")
_ZONE = (
    r"(?P<zone>(?:UTC|GMT)?\s?[+\u2212-]\d{1,2}(?::?\d\d)?|(?:"
    + "|".join(sorted((*_OFFSETS, *_NO_OFFSET), key=len, reverse=True))
    + r")(?![^\W\d_]))"
)
_BEFORE = r"(?:\b(?:at|um|om|a\s+las?|kl|klo|ob|ore|orë|alle|às|as|à|о|в|w|godz|saat|o)\.?\s+)?"
_TIME = re.compile(
    _BEFORE
    + r"""(?<![\d./-]) (?P<hour>[01]?\d|2[0-4])
    (?: (?::|\s?h\s?)(?P<minute>[0-5]\d)(?::[0-5]\d(?:[.,]\d+)?)?(?!\d)
      | \.(?P<dotted>[0-5]\d)(?=\s*(?:Uhr|hrs?\b|[ap]\.?m\b|\(?[A-ZА-Я]{3,4}\b))
      | (?=\s?[ap]\.?m\b) | (?=\s?Uhr\b) | (?=\s?h\b(?!\s?\d)) )
    \s* (?P<half>[ap]\.?\s?m\b\.?)? (?:\s*(?:Uhr|hrs?|hs?)\b\.?)? (?:\s*\(?"""
    + _ZONE
    + r"\)?)?",
    re.VERBOSE | re.IGNORECASE,
)
_DOTTED = re.compile(
    r"\b(?:kl|klo|ob|um|alle(?: ore)?|ore)\.?\s+(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)(?![\d.])",
    re.IGNORECASE,
)
_DOTTED_AFTER_YEAR = re.compile(
    r"(?<=\d{4})(?:\s*,|\s+(?:at|um|kl|o|v|à|alle|às)\.?)?\s+(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)(?![\d.])",
    re.IGNORECASE,
)
_EAST_ASIAN = re.compile(
    r"(?P<half>午前|午後|上午|下午|오전|오후)?\s*(?P<hour>\d{1,2})\s*(?:[時时点點시]|(?(half):|(?!)))\s*"
    r"(?P<minute>\d{1,2})\s*[分분]?(?!\d)"
)
_AFTERNOON = frozenset(("午後", "下午", "오후"))


def _offset(name: str) -> timezone | None:
    """Return the zone called ``name``; None if it is not certain."""
    name = name.strip().upper().replace("\u2212", "-")
    if name in _OFFSETS:
        return timezone(timedelta(minutes=_OFFSETS[name]))
    match = re.fullmatch(r"(?:UTC|GMT)?\s?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?", name)
    if match is None:
        return None
    minutes = int(match["hours"]) * 60 + int(match["minutes"] or 0)
    if minutes > 14 * 60:
        return None
    return timezone(timedelta(minutes=-minutes if match["sign"] == "-" else minutes))


def take_time(text: str) -> tuple[str, time | None]:
    """Remove the time of day from ``text``; return both. The time is aware if its zone is next to it."""
    match = _EAST_ASIAN.search(text) if not text.isascii() else None
    match = match or _TIME.search(text) or _DOTTED.search(text) or _DOTTED_AFTER_YEAR.search(text)
    if match is None:
        return text, None
    groups = match.groupdict()
    hour, minute = int(groups["hour"]), int(groups["minute"] or groups.get("dotted") or 0)
    half = groups.get("half") or ""
    if half and hour <= 12:
        afternoon = half in _AFTERNOON or half.lower().startswith("p")
        hour = hour % 12 + (12 if afternoon else 0)
    if hour > 23 or minute > 59:
        return text, None
    zone = _offset(groups["zone"]) if groups.get("zone") else None
    return f"{text[: match.start()]} {text[match.end() :]}", time(hour, minute, tzinfo=zone)
