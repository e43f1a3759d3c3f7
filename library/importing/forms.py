"""Decides by its content what form a source has, decodes it, and has it read."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from datetime import date

from library.errors import ImportFailed
from library.importing.code_pages import guess_code_page, mended_utf_8, seven_bit_page
from library.importing.envelopes import HEADERS_READ, is_mail
from library.importing.formats.dump import looks_like_dump, parse_dump
from library.importing.formats.markdown import has_front_matter, parse_markdown
from library.importing.formats.plain import parse_plain
from library.importing.inline_pictures import take_inline_pictures
from library.importing.letters import repair_letters
from library.importing.refused_forms import refuse_bytes, refuse_page, refuse_text
from library.models import ParsedArticle

HTML_LIMIT = 8 * 1024 * 1024
TEXT_LIMIT = 16 * 1024 * 1024
MAIL_LIMIT = 64 * 1024 * 1024
"""A web archive has its pictures in it, packed as text."""

SNIFFED = 4096

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html|head|body|article|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAGS = re.compile(
    r"</?(?:p|div|span|h[1-6]|section|main|header|ul|li|a|br|img|table)\b[^<>]*>", re.IGNORECASE
)
_MARKDOWN = (
    re.compile(r"(?m)^#{1,6} \S"),
    re.compile(r"(?m)^\S.*\n(?:=+|-{3,})\s*$"),
    re.compile(r"(?<!\\)(\*\*|__)(?=\S)[^\n]+?(?<=\S)\1"),
    re.compile(r"!?\[[^\[\]\n]+\]\([^)\s]+(?: \"[^\"\n]*\")?\)"),
    re.compile(r"(?m)^> \S"),
    re.compile(r"(?m)^(?:[-*+]|\d{1,3}\.) \S.*\n(?:\s*\n)?(?:[-*+]|\d{1,3}\.) \S"),
    re.compile(r"(?m)^(?:```|~~~)"),
)


def decode(data: bytes, name: str) -> str:
    """``data`` as text: byte order mark, UTF-8, UTF-16 without a mark, charset_normalizer, Windows-1252.

    Raises ``ImportFailed`` where it is no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data, encoding, name)
    try:
        text = data.decode(seven_bit_page(data) or "utf-8")
    except UnicodeDecodeError:
        mended = None if b"\0" in data else mended_utf_8(data)
        return mended or _decoded(data, _utf_16(data) or _charset(data), name)
    if "\0" in text:
        return _decoded(data, _utf_16(data), name)
    return text


def _decoded(data: bytes, encoding: str, name: str) -> str:
    """Raises ``ImportFailed`` where ``encoding`` is none, does not fit, or leaves NUL characters."""
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
    """UTF-16 without its mark, where nearly every other byte is NUL, as in Western text."""
    sample = data[:SNIFFED]
    half = len(sample) // 2
    if half < 2:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.4 and odd < half * 0.05 else ""


def _charset(data: bytes) -> str:
    """The declared encoding of a web page, else the one that charset_normalizer judges likeliest."""
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


def is_html(text: str) -> bool:
    """Whether ``text`` is a web page or a piece of one."""
    start = text[:SNIFFED]
    if _HTML.match(start):
        return True
    return start.lstrip().startswith("<") and len(_HTML_TAGS.findall(start)) >= 3


def _is_markdown(text: str) -> bool:
    return any(pattern.search(text[: 16 * SNIFFED]) for pattern in _MARKDOWN)


def _refuse(data: bytes, name: str) -> None:
    """Raises ``ImportFailed`` for what is empty or larger than any article."""
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise ImportFailed(name, "is empty.")
    if len(data) > TEXT_LIMIT:
        size = len(data) / 1024 / 1024
        raise ImportFailed(name, f"is larger than 16 MB ({size:.0f} MB); split it into its articles first.")


def parse(data: bytes, *, name: str, today: date) -> ParsedArticle:
    """The article in ``data``, whose form is decided by its content; ``name`` is only the last witness.

    Raises ``ImportFailed`` where there is no article in it: empty, no text, undecodable, too large.
    """
    refuse_bytes(data, name)
    if is_mail(data[:HEADERS_READ]):
        return _with_words(_parse_mail(data, name, today), name)
    _refuse(data, name)
    text = decode(data, name)
    if is_html(text):
        refuse_page(text, name)
        if len(data) > HTML_LIMIT:
            size = len(data) / 1024 / 1024
            raise ImportFailed(name, f"is a web page larger than 8 MB ({size:.0f} MB); save its text alone.")
        from library.importing.formats.html import parse_page

        article = parse_page(data, name=name, today=today)
    else:
        text, found = take_inline_pictures(text)
        article = replace(_parse_text(text, name, today), found=found)
    return _with_words(article, name)


def _with_words(article: ParsedArticle, name: str) -> ParsedArticle:
    if not any(character.isalnum() for character in article.body + article.title):
        raise ImportFailed(name, "holds no words.")
    return article


def _parse_mail(data: bytes, name: str, today: date) -> ParsedArticle:
    if len(data) > MAIL_LIMIT:
        size = len(data) / 1024 / 1024
        raise ImportFailed(
            name, f"is larger than 64 MB ({size:.0f} MB); save its text, or the page without pictures."
        )
    if data.startswith(b"From ") and b"\nFrom " in data:
        refuse_text(data.decode("latin-1"), name)
    from library.importing.formats.mail import parse_mail

    return parse_mail(data, name=name, today=today, decode=decode)


def _parse_text(text: str, name: str, today: date) -> ParsedArticle:
    if not any(character.isalnum() for character in text):
        raise ImportFailed(name, "holds no words.")
    text = repair_letters(text)
    if has_front_matter(text):
        return parse_markdown(text, today=today, name=name)
    refuse_text(text, name)
    if looks_like_dump(text, today):
        return parse_dump(text, today=today, name=name)
    marked = _is_markdown(text) and not name.lower().endswith((".txt", ".text"))
    return (parse_markdown if marked else parse_plain)(text, today=today, name=name)
