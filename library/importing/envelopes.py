"""Tells by its first lines whether a file is a letter or a web archive, which are MIME messages."""

from __future__ import annotations

import codecs
import re

HEADERS_READ = 64 * 1024
"""Headers are looked for in so many bytes."""

BROKEN_LINES = 3
"""So many lines of the headers may be none, where the others say what the file is."""

_HEADER = re.compile(rb"[!-9;-~]{1,76}:(?:[ \t]|\r?$|[^\s:])", re.MULTILINE)
_LENGTH = re.compile(rb"\s*(\d{1,12})[ \t]*\r?\n(?=[A-Za-z])")
"""What Apple's program writes first: how many bytes the letter has, before what it notes itself."""

_ENVELOPE = re.compile(rb"\s*(?:From [^\r\n]*\r?\n)?")
_TRANSPORT = frozenset(
    {"mime-version", "received", "message-id", "return-path", "delivered-to", "dkim-signature", "x-mailer"}
)


def message_bytes(data: bytes) -> bytes:
    """``data`` as a MIME message, without what mail programs write before it, its headers put right.

    Some programs break a long header without the space that a further line of it begins with.
    """
    lines = _message_lines(data)
    end = next((at for at, line in enumerate(lines) if not line.strip()), len(lines))
    head = [line if at == 0 or line[:1] in b" \t" or _HEADER.match(line) else b" " + line
            for at, line in enumerate(lines[:end])]  # fmt: skip
    return b"".join(head + lines[end:])


def _message_lines(data: bytes) -> list[bytes]:
    data = data.removeprefix(codecs.BOM_UTF8)
    if (length := _LENGTH.match(data)) is not None:
        data = data[length.end() :][: int(length[1])]
    envelope = _ENVELOPE.match(data)
    return data[envelope.end() if envelope else 0 :].splitlines(keepends=True)


def is_mail(data: bytes) -> bool:
    """Whether ``data`` begins with the headers of a letter or of a web archive."""
    names, broken = _header_names(data)
    sender = "from" in names or "sender" in names
    typed = "content-type" in names and ("mime-version" in names or "content-transfer-encoding" in names)
    if typed or broken:
        return typed and broken <= BROKEN_LINES
    described = sender and bool(names & {"subject", "date", "to"})
    return (described and bool(names & _TRANSPORT)) or (sender and {"date", "subject"} <= names)


def _header_names(data: bytes) -> tuple[set[str], int]:
    """The names of the headers before the first blank line, and how many lines there are none."""
    names: set[str] = set()
    broken = 0
    for line in _message_lines(data[:HEADERS_READ]):
        if not line.strip():
            break
        if _HEADER.match(line):
            names.add(line.partition(b":")[0].decode("ascii").lower())
        elif line[:1] not in b" \t" or not names:
            broken += 1
        if broken > BROKEN_LINES:
            break
    return names, broken
