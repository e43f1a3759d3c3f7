"""Recognises files that hold no single article, and tells the user what they are and what to do.

Tables, bookmarks, mailboxes, subtitles and the like have no importer; read as text, each would become one
article of data. The file name never decides against the content.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Sequence
from pathlib import PurePath

from library.errors import FormRefused, ImportFailed
from library.importing.word_sets import word_set

_SAMPLE = 16 * 1024
_PAGE_FIRST = "save the article's page, or its text, and add that"
_ONLY_TEXT = "Only text and web pages can be imported."
_TEXT_NAMES = (".md", ".markdown", ".txt", ".text", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".eml")
_EXPORTS = "exports of other programs cannot be imported yet"

_BINARY = (
    (b"%PDF", "a PDF", "Save its text, or the page it came from, first."),
    (b"\x89PNG", "a picture", ""),
    (b"\xff\xd8\xff", "a picture", ""),
    (b"GIF8", "a picture", ""),
    (b"II*\0", "a picture", ""),
    (b"MM\0*", "a picture", ""),
    (b"\0\0\1\0", "a picture", ""),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"BZh", "a bzip2 archive", "Unpack it first."),
    (b"\xfd7zXZ", "an xz archive", "Unpack it first."),
    (b"7z\xbc\xaf", "a 7z archive", "Unpack it first."),
    (b"Rar!", "a rar archive", "Unpack it first."),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "Unpack it first."),
    (b"{\\rtf", "a rich-text document", "Save it as text or as a web page first."),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Office document or Outlook letter",
        "Save it as text or as a web page first.",
    ),
    (b"bplist00", "a property list or a Safari web archive", "Save the page as HTML (“Page Source”) first."),
    (b"SQLite format 3", "a database", ""),
    (b"WARC/", "a web archive (WARC)", "Save single pages of it."),
    (b"filedesc://", "a web archive (ARC)", "Save single pages of it."),
    (b"%!PS", "a PostScript document", "Save its text first."),
    (b"AT&TFORM", "a DjVu document", "Save its text first."),
    (b"ID3", "an audio file", ""),
    (b"OggS", "an audio or video file", ""),
    (b"fLaC", "an audio file", ""),
    (b"RIFF", "an image, audio or video file", ""),
    (b"\x1aE\xdf\xa3", "a video", ""),
    (b"\x7fELF", "a program", ""),
    (b"\xca\xfe\xba\xbe", "a program", ""),
    (b"\0asm", "a program", ""),
    (b"wOFF", "a font", ""),
    (b"wOF2", "a font", ""),
    (b"OTTO\0", "a font", ""),
    (b"\0\1\0\0\0", "a font", ""),
)
_OF_ZIP = {
    ".epub": "a book (EPUB)",
    ".docx": "a Word document",
    ".xlsx": "a table (Excel)",
    ".pptx": "slides (PowerPoint)",
    ".odt": "an OpenDocument text",
    ".ods": "an OpenDocument table",
    ".odp": "OpenDocument slides",
    ".wacz": "a web archive (WACZ)",
    ".pages": "a Pages document",
    ".jar": "a program",
    ".apk": "a program",
}

_XML = re.compile(
    r"\s*<(?:\?xml\b|!doctype\s+(?!html)|rss\b|feed\b|opml\b|rdf:rdf\b|plist\b|svg\b|urlset\b)", re.IGNORECASE
)
_XML_KINDS = (
    (re.compile(r"<opml\b", re.IGNORECASE), "a list of subscriptions (OPML)"),
    (re.compile(r"<(?:rss|feed|rdf:rdf|channel)\b", re.IGNORECASE), "a feed"),
    (re.compile(r"<plist\b", re.IGNORECASE), "a property list"),
    (re.compile(r"<svg\b", re.IGNORECASE), "a picture (SVG)"),
)
_BOOKMARKS = re.compile(
    r"\s*(?><!--.*?-->\s*)*+<!doctype\s+netscape-bookmark-file", re.IGNORECASE | re.DOTALL
)
_DATED_LINK = re.compile(r"<a\b[^>]{0,4000}?\b(?:add_date|time_added|last_visit)\s*=", re.IGNORECASE)
_ANY_LINK = re.compile(r"<a\b[^>]{0,4000}?\bhref\s*=", re.IGNORECASE)
_LINK_LIST = re.compile(r"<h1>\s*bookmarks\s*</h1>\s*<dl>", re.IGNORECASE)
_EXPORT_TITLE = re.compile(r"<title>\s*(?:pocket export|instapaper: export)\s*</title>", re.IGNORECASE)
_COLUMNS = word_set("""
    title url link href address time_added tags tag status folder selection timestamp excerpt note notes
    author authors publisher highlight created date saved id cover favorite highlights source text
    """)
_JSON_LINE = re.compile(r"\s*[\[{].*[\]}],?\s*")
_JSON_HEAD = re.compile(r"\s*\[?\s*\{\s*\"[^\"\n]{1,100}\"\s*:")
_ASSIGNED = re.compile(r"\s*(?:(?:var|let|const)\s+)?[\w.$]+\s*=\s*[\[{]\s*[\[{\"\n]")
_ADDRESS = re.compile(r"https?://\S+(?:\s+\|.*|\t.*|\s\".*\")?|<https?://\S+>", re.IGNORECASE)
_MAILBOX = re.compile(r"(?m)^From \S.*\d{4}(?: [+-]\d{4})?$\n(?=[A-Za-z][\w-]*:)")

_STARTS = tuple(
    (re.compile(pattern), what, remedy)
    for pattern, what, remedy in (
        (r"WEBVTT(?:\s|$)", "subtitles", "Extract its text first."),
        (
            r"(?:\d+\s*\n)?\d{1,2}:\d\d:\d\d[,.]\d{1,3}\s*(?:-->|,)\s*\d",
            "subtitles",
            "Extract its text first.",
        ),
        (r"\{\d+\}\{\d+\}", "subtitles", "Extract its text first."),
        (r"\[Script Info\]", "subtitles", "Extract its text first."),
        (r"(?:\[[a-z]+:[^\]\n]*\]\s*)*\[\d{1,3}:\d\d[.:]\d\d\]", "song lyrics with times", ""),
        (
            r"\[InternetShortcut(?:\]|\.)",
            "a shortcut to an address",
            "Addresses cannot be fetched yet: " + _PAGE_FIRST + ".",
        ),
        (r"\[Desktop Entry\]", "a shortcut", "Addresses cannot be fetched yet: " + _PAGE_FIRST + "."),
        (r"BEGIN:VCALENDAR", "a calendar", ""),
        (r"BEGIN:VCARD", "a list of contacts", ""),
        (r"(?:\d+\.\s*\n)?TY  ?- [A-Z]{2,}", "a list of references (RIS)", f"Such {_EXPORTS}."),
        (r"%0 [A-Z][\w ]+\n%\S ", "a list of references (EndNote)", f"Such {_EXPORTS}."),
        (r"(?:PMID- \d|OWN - \w)", "a list of references (MEDLINE)", f"Such {_EXPORTS}."),
        (
            r"(?:%[^\n]*\n\s*)*@[A-Za-z]+\s*\{\s*[^\s,{}]*\s*,\s",
            "a list of references (BibTeX)",
            f"Such {_EXPORTS}.",
        ),
        (
            r"#\+(?i:title|date|author|filetags|options|startup|property|language|email)\b:?",
            "a text in Org's markup",
            "Export it as Markdown or HTML first.",
        ),
        (r"\\documentclass\b|\\begin\{document\}", "a text in LaTeX", "Save it as Markdown or HTML first."),
        (r"#EXTM3U|#EXTINF", "a playlist", ""),
        (r"d\d+:announce", "a torrent", ""),
        (r"-----BEGIN [A-Z0-9 ]+-----", "a key, a certificate or an encrypted text", ""),
        (r"diff --git |--- a/|Index: \S+\n=+", "a list of changes to a program", ""),
        (r"#!\s*/", "a program", ""),
        (r"<\?php\b", "a program", ""),
        (r"--[^\n]*\n(?:--[^\n]*\n)*\s*return\s*\{", "data of a program", f"Such {_EXPORTS}."),
        (r"return\s*\{\s*\n", "data of a program", f"Such {_EXPORTS}."),
        (r"@startuml\b", "a diagram", ""),
        (r"LOCK TABLES|CREATE TABLE|INSERT INTO|-- MySQL dump", "a database", ""),
    )
)
_SUFFIXES = {
    ".csv": "a table (CSV)",
    ".tsv": "a table",
    ".json": "JSON",
    ".jsonl": "JSON lines",
    ".ndjson": "JSON lines",
    ".srt": "subtitles",
    ".vtt": "subtitles",
    ".ass": "subtitles",
    ".ssa": "subtitles",
    ".sub": "subtitles",
    ".url": "a shortcut to an address",
    ".webloc": "a shortcut to an address",
    ".desktop": "a shortcut",
    ".mbox": "a mailbox",
    ".bib": "a list of references (BibTeX)",
    ".ris": "a list of references (RIS)",
    ".enw": "a list of references (EndNote)",
    ".nbib": "a list of references (MEDLINE)",
    ".opml": "a list of subscriptions",
    ".ics": "a calendar",
    ".vcf": "a list of contacts",
    ".sql": "a database",
    ".ini": "a program's settings",
    ".toml": "a program's settings",
    ".yaml": "data for a program (YAML)",
    ".yml": "data for a program (YAML)",
    ".tex": "a text in LaTeX",
    ".canvas": "a canvas",
    ".lua": "data of a program",
}
"""Kinds of files by suffix, used if the content does not say otherwise."""


def refuse_bytes(data: bytes, name: str) -> None:
    """Raise ``FormRefused`` for pictures, archives, office documents and other files that are not text.

    A file whose name has a text suffix is damaged or misnamed, and raises ``ImportFailed`` instead.
    """
    said = _form_of_bytes(data, PurePath(name).suffix.lower())
    if said:
        named_text = name.lower().endswith(_TEXT_NAMES)
        raise (ImportFailed if named_text else FormRefused)(name, said)


def _form_of_bytes(data: bytes, suffix: str) -> str:
    """Return a sentence with the format of ``data`` and a remedy; empty if it may be text."""
    kind = next(((what, remedy) for start, what, remedy in _BINARY if data.startswith(start)), None)
    if kind is not None:
        return f"is {kind[0]}, not text. {kind[1] or _ONLY_TEXT}"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        what = _OF_ZIP.get(suffix, "a zip archive or an office document")
        return f"is {what}, not text. Unpack it, or save it as a web page or as text first."
    if data.startswith(b"BM") and data[15:18] == b"\0\0\0":  # the size of the header, below 256
        return f"is a picture, not text. {_ONLY_TEXT}"
    if data[4:8] == b"ftyp":
        return f"is an image, audio or video file, not text. {_ONLY_TEXT}"
    if data[257:262] == b"ustar":
        return "is a tar archive, not text. Unpack it first."
    if data[60:68] == b"BOOKMOBI":
        return "is a book (Mobipocket or Kindle), not text. Save it as a web page or as text first."
    return f"is a program, not text. {_ONLY_TEXT}" if data[:2] == b"MZ" and b"\0" in data[:64] else ""


def refuse_page(text: str, name: str) -> None:
    """Raise ``FormRefused`` for web pages that are lists of bookmarks."""
    start = text[:_SAMPLE]
    dated, links = len(_DATED_LINK.findall(start)), len(_ANY_LINK.findall(start))
    listed = _BOOKMARKS.match(start) or _LINK_LIST.search(start) or _EXPORT_TITLE.search(start)
    if listed or (dated and dated * 2 > links):
        raise FormRefused(
            name,
            "is a list of bookmarks, not an article, and such lists cannot be imported yet. "
            f"Open what you want to keep: {_PAGE_FIRST}.",
        )


def refuse_text(text: str, name: str) -> None:
    """Raise ``FormRefused`` for text that is made for programs, or that is a list of items."""
    start = text[:_SAMPLE].lstrip("\ufeff \t\r\n")
    if _XML.match(start):
        kinds = (what for pattern, what in _XML_KINDS if pattern.search(start))
        what = next(kinds, "an XML file, data for a program")
        raise FormRefused(name, f"is {what}, not an article; {_PAGE_FIRST}.")
    for recognise in _RECOGNISED:
        sentence = recognise(start, text)
        if sentence:
            raise FormRefused(name, sentence)
    _refuse_by_name(start, name)


def _json(start: str, text: str) -> str:
    """Recognise JSON (even with an error), JSON lines, and JSON that a script assigns to a name."""
    said = f"is JSON, data for a program, not an article; {_PAGE_FIRST}."
    if _JSON_HEAD.match(start) or _ASSIGNED.match(start):
        return said
    if not start.startswith(("{", "[")):
        return ""
    first = start.partition("\n")[0]
    for piece in (text, first) if _JSON_LINE.fullmatch(first) else (text,):
        try:
            found = json.loads(piece)
        except (ValueError, RecursionError):
            continue
        return (
            said if isinstance(found, dict | list) and (piece is text or re.search(r"\n[\[{]", start)) else ""
        )
    return ""


def _by_start(start: str, text: str) -> str:
    for pattern, what, remedy in _STARTS:
        if pattern.match(start):
            return f"is {what}, not an article. {remedy or _ONLY_TEXT}"
    return ""


def _mailbox(start: str, text: str) -> str:
    if not start.startswith("From ") or len(_MAILBOX.findall(text)) < 2:
        return ""
    return "is a mailbox with several emails, not an article. Save each email as an .eml file."


def _table(start: str, text: str) -> str:
    """Recognise a table by rows of equal shape, or by column names that reading services export."""
    lines = [line for line in start.split("\n")[:50] if line.strip()]
    for mark in ",;\t":
        cells = (
            [cell.strip().strip('"').casefold().replace(" ", "_") for cell in lines[0].split(mark)]
            if lines
            else []
        )
        named = sum(cell in _COLUMNS for cell in cells)
        if (
            len(cells) >= 2
            and named >= 2
            and named * 2 >= len(cells)
            and not any(len(cell) > 40 for cell in cells)
        ):
            return _TABLE_SAID
    return _TABLE_SAID if _is_regular(lines) else ""


_TABLE_SAID = f"is a table (CSV), not an article, and {_EXPORTS}. Open what you want to keep: {_PAGE_FIRST}."


def _is_regular(lines: Sequence[str]) -> bool:
    """Return True if all rows have as many cells as the first and a column is all numbers or addresses."""
    for mark in (",", ";", "\t"):
        try:
            rows = list(csv.reader(lines[:-1] if len(lines) == 50 else lines, delimiter=mark))
        except csv.Error:
            continue
        if len(rows) < 3 or len(rows[0]) < 3 or any(len(row) != len(rows[0]) for row in rows):
            continue
        columns = list(zip(*rows[1:], strict=True))
        if any(
            all(re.fullmatch(r"\s*(?:-?[\d.,:/-]+|https?://\S+)\s*", cell) for cell in column)
            for column in columns
        ):
            return True
    return False


def _addresses(start: str, text: str) -> str:
    lines = [line.strip(" -*•\t") for line in start.split("\n") if line.strip()]
    lines = lines[:-1] if len(text) > len(start) else lines
    if not lines or sum(bool(_ADDRESS.fullmatch(line)) for line in lines) < max(1, len(lines) * 0.9):
        return ""
    what = "a list of addresses" if len(lines) > 1 else "an address"
    return f"is {what}, not an article, and addresses cannot be fetched yet; {_PAGE_FIRST}."


def _clippings(start: str, text: str) -> str:
    """Recognise the file in which a Kindle keeps highlights of many books."""
    marks = len(re.findall(r"(?m)^==========\s*$", start))
    if not marks or not re.search(r"\n- [^\n]*\|[^\n]*\n", start):
        return ""
    return f"is a Kindle's file of highlights, not an article, and {_EXPORTS}."


_RECOGNISED: tuple[Callable[[str, str], str], ...] = (
    _json,
    _by_start,
    _mailbox,
    _clippings,
    _addresses,
    _table,
)


def _refuse_by_name(start: str, name: str) -> None:
    """Raise ``FormRefused`` if the suffix names an unsupported format and the content fits it."""
    suffix = PurePath(name).suffix.lower()
    if suffix in (".adoc", ".asciidoc", ".asc") and re.match(r"=+ \S|:[\w-]+:|\[\w+", start):
        raise FormRefused(name, "is a text in AsciiDoc's markup. Export it as HTML first.")
    if suffix == ".org" and re.search(r"(?m)^(?:\*+ \S|#\+\w+|:[A-Z]+:)", start):
        raise FormRefused(name, "is a text in Org's markup. Export it as Markdown or HTML first.")
    what = _SUFFIXES.get(suffix)
    if what is not None and not start.startswith("---"):
        raise FormRefused(name, f"is {what}, not an article; {_PAGE_FIRST}.")
