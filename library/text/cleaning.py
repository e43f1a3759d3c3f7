"""Cleaning of text from outside, to make it safe to store and to show in a terminal.

Every string from a file, a page or a feed passes through one of the ``clean_*`` functions when it is
imported, and again before it is shown. They are idempotent, and fast for text that is already clean.

The choice of characters follows ECMA-48 (control functions), UTR #36 and UTS #55 (bidirectional controls)
and the HTML standard (U+0080 to U+009F are read as characters of Windows-1252).
"""

from __future__ import annotations

import re
from unicodedata import category, is_normalized, normalize
from urllib.parse import SplitResult, parse_qsl, urlsplit

TITLE_LIMIT = 500
AUTHOR_LIMIT = 200
TAG_LIMIT = 60
ADDRESS_LIMIT = 2048
BODY_LINE_LIMIT = 20_000
MARKS_PER_BASE = 8
MARKS_IN_ORDER = 16
"""Maximum number of combining marks examined on one base character."""
EMOJI_SEQUENCE_LIMIT = 10
OPENABLE_LIMIT = 8192

_PLAIN = re.compile(r"[^\t\n -~]")
"""Any character but printable ASCII, tab and newline. Text without one needs no cleaning of characters."""

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")

# A string sequence never extends beyond its line. If it has no end, only its introducer is removed.
# U+0098, U+009E, U+009F and U+009C are also letters of Windows-1252, so only C0 controls end the first three.
_SEQUENCES = re.compile(
    r"""
    (?:\x1b\[ | \x9b(?=[0-?])) [0-?]* [ -/]* [@-~]
    | (?:\x1b[\]P_^X] | [\x9d\x90]) [^\n\x07\x1b\x9c]{0,4096} (?:\x07|\x1b\\|\x9c)
    | [\x9f\x9e\x98] [^\n\x07\x1b]{0,4096} (?:\x07|\x1b\\)
    | \x1b [\]P_^X\[]
    | \x1b [ -/]* [0-~]
    """,
    re.VERBOSE,
)
_DELETED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ufff9-\ufffb\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff"
    "\u200b\u2060\ufeff\u180e\u00ad\u034f\u115f\u1160\u3164\uffa0\u2061-\u2064]"
)
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_ASTRAL_DELETED = re.compile(
    "[\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_DIRECTION_MARKS = re.compile("[\u200e\u200f\u061c]")
_JOINERS = re.compile("[\u200c\u200d]")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_MARK_RUNS = re.compile(r"[^\w\s\x00-\x7f]{9,}")
_HEAPS = re.compile(r"[^\w\s\x00-\x7f]{17,}")
"""Runs that may have too many marks to sort quickly; the time grows with the square of their number."""

_BLANK_RUNS = re.compile(r"\n(?:[ \t]*\n){3,}")
_NOT_IN_HOST = re.compile(r"[\s<>\"'`{}|^\\%@]")


def _windows_1252() -> dict[int, str]:
    """Map C1 controls of Unicode to the characters of Windows-1252; five codes have none."""
    table = {}
    for code in range(0x80, 0xA0):
        character = bytes([code]).decode("cp1252", "ignore")
        if character and code != 0x85:
            table[code] = character
    return table


_C1 = _windows_1252()


def _without_controls(text: str) -> str:
    """Remove control sequences and invisible characters from ``text``; ``\\n`` becomes the only line end."""
    if not _PLAIN.search(text):
        return text
    text = _LINE_ENDS.sub("\n", text)
    if _ASTRAL.search(text):
        text = _ASTRAL_DELETED.sub("", text)
    if _DELETED.search(text):
        before = ""
        while before != text:  # removing a sequence may create another one
            before, text = text, _SEQUENCES.sub("", text)
        text = _DELETED.sub("", text.translate(_C1))
    return _SURROGATES.sub("\ufffd", text)


def _cut_marks(match: re.Match[str], most: int = MARKS_PER_BASE) -> str:
    """Limit a run of marks and symbols to ``most`` marks on a base, and emoji sequences to 10 characters."""
    kept: list[str] = []
    marks = length = 0
    for character in match.group():
        if category(character)[0] in "MC":
            marks += 1
            joins_too_many = character == "\u200d" and length >= EMOJI_SEQUENCE_LIMIT - 1
            if marks > most or joins_too_many:
                continue
        else:
            length = length if kept and kept[-1] == "\u200d" else 0
            marks = 0
        length += 1
        kept.append(character)
    return "".join(kept)


def _composed(text: str) -> str:
    """Return ``text`` in normal form C, with a limited number of combining marks on each character."""
    if text.isascii():
        return text
    text = _HEAPS.sub(lambda heap: _cut_marks(heap, MARKS_IN_ORDER), text)
    if not is_normalized("NFC", text):
        text = normalize("NFC", text)
    return _MARK_RUNS.sub(_cut_marks, text)


def _without_stray_marks(text: str) -> str:
    """Remove direction marks from lines without right-to-left script, where they have no use."""
    if not _DIRECTION_MARKS.search(text):
        return text
    lines = text.split("\n")
    return "\n".join(
        line if _RIGHT_TO_LEFT.search(line) else _DIRECTION_MARKS.sub("", line) for line in lines
    )


def _broken_lines(text: str) -> str:
    """Break lines longer than 20,000 characters, at a space if possible."""
    if len(text) <= BODY_LINE_LIMIT:
        return text
    lines: list[str] = []
    for line in text.split("\n"):
        rest = line
        while len(rest) > BODY_LINE_LIMIT:
            space = rest.rfind(" ", 1, BODY_LINE_LIMIT)
            end = space if space > 0 else BODY_LINE_LIMIT
            lines.append(rest[:end])
            rest = rest[end + 1 :] if space > 0 else rest[end:]
        lines.append(rest)
    return "\n".join(lines)


def clean_text(text: str) -> str:
    """Clean text of several lines, such as a body: safe, in normal form C, at most two blank lines in a row.

    U+200C and U+200D are kept (Persian, Indic scripts, emoji), and direction marks in right-to-left lines.
    """
    text = _without_stray_marks(_without_controls(text))
    return _BLANK_RUNS.sub("\n\n\n", _broken_lines(_composed(text)))


def clean_line(text: str, limit: int) -> str:
    """Clean one line (title, author, tag) and limit it to ``limit`` characters; a shortened line ends in …"""
    text = _DIRECTION_MARKS.sub("", _without_controls(text))
    text = " ".join(_composed(text).split())
    if len(text) <= limit:
        return text
    return text[: limit - 1].rstrip(" \u200c\u200d") + "…"


def clean_address(text: str) -> str:
    """Clean a web address: no white space; empty if it is longer than 2,048 characters.

    A longer address is not shortened, because it would lead to another page.
    """
    text = _JOINERS.sub("", _DIRECTION_MARKS.sub("", _without_controls(text.strip())))
    text = text.replace("\n", "").replace("\t", "").strip()
    text = "%20".join(_composed(text).split())
    return text if len(text) <= ADDRESS_LIMIT else ""


def is_openable(address: str) -> bool:
    """Return True if ``address`` may be opened in a browser or mail program after the user has seen it.

    Allowed are http and https with a host and without a user name, and plain mailto addresses.
    """
    if not address or len(address) > OPENABLE_LIMIT or address.startswith("-") or address != address.strip():
        return False
    plain = address.isascii() and address.isprintable()
    if not plain and any(category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for character in address):
        return False
    try:
        parts = urlsplit(address)
        return _is_mail(parts) if parts.scheme == "mailto" else _is_web(parts)
    except ValueError:  # an invalid port or IPv6 host
        return False


def _is_web(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    named = bool(host) and not host.startswith("-") and not _NOT_IN_HOST.search(parts.netloc)
    return parts.scheme in {"http", "https"} and named and parts.port != 0


def _is_mail(parts: SplitResult) -> bool:
    """Return True for one address without fields such as ``attach``, which makes programs read a file."""
    fields = {key.lower() for key, _ in parse_qsl(parts.query, keep_blank_values=True)}
    named = re.fullmatch(r"[^-@\s][^@\s]*@[^-@\s][^@\s]*", parts.path) is not None
    return named and not parts.netloc and fields <= {"subject", "body", "cc"}
