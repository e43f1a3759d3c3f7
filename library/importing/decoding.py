"""Decodes the bytes of a source: byte order marks, declared encodings, guessed encodings."""

from __future__ import annotations

import codecs
import re

from library.errors import ImportFailed
from library.importing.code_pages import guess_code_page, repaired_utf_8, seven_bit_page

SNIFFED = 4096
"""Number of bytes examined to recognise a source."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


_PAGE_BOMS = tuple((mark, encoding) for mark, encoding in _BOMS if encoding != "utf-32")
"""The byte order marks of web pages. UTF-32 is left out because no browser reads it."""

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""",
    re.IGNORECASE,
)
_WIDER = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "shift-jis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
    "tis-620": "cp874",
}


def decode(data: bytes, name: str) -> str:
    """Decode ``data`` by its byte order mark, or as UTF-8, UTF-16, or the declared or guessed code page.

    Raises ``ImportFailed`` if it is not text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data, encoding, name)
    try:
        text = data.decode(seven_bit_page(data) or "utf-8")
    except UnicodeDecodeError:
        repaired = None if b"\0" in data else repaired_utf_8(data)
        return repaired or _decoded(data, _utf_16(data) or _charset(data), name)
    if "\0" in text:
        return _decoded(data, _utf_16(data), name)
    return text


def decode_page(data: bytes) -> str:
    """Decode a page by its byte order mark, as UTF-8, by the declared encoding, or by a guess."""
    for mark, encoding in _PAGE_BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    declared = _DECLARED.search(data[:SNIFFED])
    named = declared[1].decode("ascii").lower() if declared else ""
    for encoding in ("utf-8", _WIDER.get(named, named)):
        try:
            return data.decode(encoding) if encoding else data.decode("utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
    if named in {"utf-8", "utf8"} and data.decode("utf-8", "replace").count("\ufffd") * 200 < len(data):
        return data.decode("utf-8", "replace")  # a few invalid bytes in a page that declares UTF-8
    return data.decode(guess_code_page(data), "replace")


def _decoded(data: bytes, encoding: str, name: str) -> str:
    """Decode ``data``. Raises ``ImportFailed`` if ``encoding`` is empty, does not fit, or leaves NULs."""
    try:
        text = data.decode(encoding) if encoding else "\0"
    except UnicodeDecodeError:
        reason = (
            f"its bytes are not the {encoding.removesuffix('-sig').upper()} they should be; save it as UTF-8."
        )
        raise ImportFailed(name, reason) from None
    if "\0" in text:
        raise ImportFailed(name, "is not text (it holds NUL bytes); only text and web pages can be imported.")
    return text


def _utf_16(data: bytes) -> str:
    """Detect UTF-16 without its mark: nearly every other byte is NUL, as in Western text."""
    sample = data[:SNIFFED]
    half = len(sample) // 2
    if half < 2:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.4 and odd < half * 0.05 else ""


def _charset(data: bytes) -> str:
    """Return the declared encoding, or the guessed code page; empty if the data holds a NUL."""
    if b"\0" in data:
        return ""
    declared = re.search(rb"charset=[\"']?([A-Za-z0-9_:.-]{2,40})", data[:SNIFFED])
    if declared is not None:
        try:
            encoding = codecs.lookup(declared[1].decode("ascii")).name
            data.decode(encoding)
            return encoding
        except (LookupError, UnicodeDecodeError):
            pass
    return guess_code_page(data)
