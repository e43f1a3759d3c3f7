"""Imports MIME messages: emails (``.eml``) and web archives (MHTML)."""

from __future__ import annotations

import base64
import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from html import escape
from pathlib import PurePath

from library.errors import ImportFailed
from library.importing.decoding import decode
from library.importing.fields.dates import DAYS_AHEAD, DateHints, read_date_line
from library.importing.formats.dump import title_from_name
from library.importing.formats.html import parse_page
from library.importing.formats.plain import parse_plain
from library.importing.html_words import plain_words
from library.importing.refused import refuse_bytes, refuse_text
from library.importing.registry import Fit, Reader, single
from library.importing.source import Source
from library.models import FoundPicture, ParsedArticle, Published
from library.text.article_addresses import canonical_address, host_of
from library.text.cleaning import AUTHOR_LIMIT, TITLE_LIMIT, clean_line, is_openable
from library.text.text_facts import count_words

MOST_WORDS = 0.8
"""Minimum share of an email's words that its HTML must keep to be preferred; the rest is small print."""

PICTURES_LIMIT = 5_000_000
"""Maximum bytes of pictures imported from a web archive."""

Decode = Callable[[bytes, str], str]
"""A function that decodes bytes in an unknown encoding; it also takes the name of their file."""


def parse_mail(data: bytes, *, name: str, today: date, decode: Decode) -> ParsedArticle:
    """Return the page in a web archive, or the email. Raises ``ImportFailed`` if it has no text to read."""
    try:
        reader = _Reader(BytesParser().parsebytes(message_bytes(data)), name, today, decode)
        return reader.page() if reader.is_archive() else reader.letter()
    except RecursionError:
        raise ImportFailed(name, "its parts are nested too deep to be read.") from None


@dataclass(frozen=True, slots=True)
class _Reader:
    message: Message
    name: str
    today: date
    decode: Decode

    def is_archive(self) -> bool:
        """Return True if the message is a saved page, not an email."""
        if self.message.get("Snapshot-Content-Location") or self.message.get("X-MAF"):
            return True
        if re.match(r"\W*saved by\b", self._header("From"), re.IGNORECASE):
            return True
        located = any(part.get("Content-Location") for part in self._parts("text/html"))
        return located and not self.message.get("To") and not self.message.get("Received")

    # Web archives

    def page(self) -> ParsedArticle:
        """Return the page of a web archive: its first HTML part that is an article."""
        failure = ImportFailed(
            self.name, "the web archive contains no page. Save the page again in the browser."
        )
        for part in self._pages():
            address = self._address(part)
            text = self._with_pictures(self._text(part))
            origin = f"<!-- saved from url=({len(address):04d}){address} -->\n" if address else ""
            try:
                article = parse_page(f"{origin}{text}".encode("utf-8-sig"), name=self.name, today=self.today)
            except ImportFailed as error:
                failure = error
                continue
            subject = clean_line(self._header("Subject"), TITLE_LIMIT)
            saved = self._moment()
            return replace(
                article,
                title=subject or article.title
                if article.title == PurePath(self.name).stem
                else article.title,
                extra={"saved": saved.isoformat()} if saved else {},
                found=self._with_lead(article),
            )
        raise failure

    def _pages(self) -> list[Message]:
        """Return the HTML parts, starting with the one that the message names as its root."""
        parts = list(self._parts("text/html", "application/xhtml+xml"))
        start = self.message.get_param("start") or ""
        place = (self.message.get("Snapshot-Content-Location") or "").strip()
        return sorted(
            parts,
            key=lambda part: (
                not (start and part.get("Content-ID", "").strip() == start),
                not (place and part.get("Content-Location", "").strip() == place),
            ),
        )

    def _address(self, part: Message) -> str:
        places = (self.message.get("Snapshot-Content-Location"), part.get("Content-Location"),
                  self.message.get("Content-Location"))  # fmt: skip
        for place in places:
            address = re.sub(r"\s+", "", str(place or "")).strip("<>")
            if (
                address.lower().startswith(("http:", "https:"))
                and "--" not in address
                and is_openable(address)
            ):
                return address
        return ""

    def _with_pictures(self, text: str) -> str:
        """Return ``text`` with the pictures of the archive embedded as ``data:`` addresses."""
        room = PICTURES_LIMIT
        for place, picture in self._pictures().items():
            quoted = f'src="{escape(place, quote=False)}"'
            if quoted in text and len(picture) * 2 <= room:
                packed = base64.b64encode(picture).decode("ascii")
                text = text.replace(quoted, f'src="data:image/*;base64,{packed}"', 1)
                room -= len(packed)
        return text

    def _with_lead(self, article: ParsedArticle) -> tuple[FoundPicture, ...]:
        """Return the pictures of the article, starting with the lead picture if the archive has it."""
        pictures = self._pictures()
        leads = [
            FoundPicture(image=one, source=pictures[one.url]) for one in article.images if one.url in pictures
        ]
        held = {lead.source for lead in leads}
        return (*leads, *(one for one in article.found if one.source not in held))

    def _pictures(self) -> dict[str, bytes]:
        """Return the pictures of the archive by the addresses that the page may use for them."""
        pictures: dict[str, bytes] = {}
        for part in self.message.walk():
            if part.get_content_maintype() != "image" or part.get_content_subtype().startswith("svg"):
                continue
            data = _payload(part)
            if part.get("Content-Location"):
                pictures[part["Content-Location"].strip()] = data
            if part.get("Content-ID"):
                pictures[f"cid:{part['Content-ID'].strip().strip('<>')}"] = data
        return pictures

    # Emails

    def letter(self) -> ParsedArticle:
        """Return the email as an article, from its plain text or its HTML, whichever says more."""
        article = self._body()
        named = self._header("From") or self._header("Sender")
        sender, address = parseaddr(named) if "@" in named else (named, "")
        author = clean_line(sender.strip(" \"'") or address, AUTHOR_LIMIT)
        url = self._original()
        published = self._sent()
        attached = [found for part in self.message.walk() if (found := _attachment(part))]
        return replace(
            article,
            title=clean_line(self._header("Subject"), TITLE_LIMIT)
            or article.title
            or title_from_name(self.name),
            authors=(author,) if author else article.authors,
            url=url,
            source=host_of(url) or clean_line(address.rpartition("@")[2].lower(), AUTHOR_LIMIT),
            published=published or article.published,
            date_guessed=False if published else article.date_guessed,
            extra={"attachments": [clean_line(one, TITLE_LIMIT) for one in attached]} if attached else {},
        )

    def _body(self) -> ParsedArticle:
        plain, pages = self._joined("text/plain"), self._joined("text/html")
        if not any(map(str.isalnum, plain)) and not any(map(str.isalnum, plain_words(pages))):
            raise ImportFailed(self.name, "is an email without readable text; it may be encrypted.")
        written = self._from_plain(plain) if any(map(str.isalnum, plain)) else None
        if not any(map(str.isalnum, plain_words(pages))):
            return written or self._from_plain(plain_words(pages))
        try:
            shown = parse_page(pages.encode("utf-8-sig"), name=self.name, today=self.today)
        except ImportFailed:
            return written or self._from_plain(plain_words(pages))
        words = plain_words(pages)
        other = written or self._from_plain(words)
        return shown if count_words(shown.body) >= MOST_WORDS * count_words(other.body) else other

    def _from_plain(self, text: str) -> ParsedArticle:
        article = parse_plain(f"Letter\n\n{text}", today=self.today, name=self.name)
        return replace(article, title="" if article.title == "Letter" else article.title)

    def _joined(self, form: str) -> str:
        """Return the texts of all parts of the type ``form`` that are not attachments."""
        return "\n\n".join(self._text(part) for part in self._parts(form) if not _attachment(part))

    def _original(self) -> str:
        """Return the address of the email on the web if its headers name one, or an empty string."""
        for name in ("Archived-At", "X-Original-URL", "Content-Location", "Content-Base"):
            address = canonical_address(self._header(name).strip("<> "))
            if address.startswith(("http:", "https:")) and is_openable(address):
                return address
        return ""

    # Parts and headers

    def _parts(self, *forms: str) -> Iterator[Message]:
        for part in self.message.walk():
            if part.get_content_type() in forms and not part.is_multipart():
                yield part

    def _text(self, part: Message) -> str:
        data = _payload(part)
        for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            if data.startswith(mark):
                return self.decode(data, self.name)
        try:
            charset = codecs.lookup(str(part.get_param("charset") or "")).name
            if charset not in ("ascii", "iso8859-1"):
                return data.decode(charset)
            return data.decode("ascii" if charset == "ascii" else "cp1252")
        except (LookupError, ValueError):
            return self.decode(data, self.name) if data.strip() else ""

    def _header(self, name: str) -> str:
        """Return a header as text; bytes outside ASCII are decoded as well, although they are not allowed."""
        found = ""
        try:
            for value, charset in decode_header(self.message.get(name) or ""):
                found += value if isinstance(value, str) else self._decoded(value, charset)
        except (ValueError, LookupError):
            found = str(self.message.get(name))
        return " ".join(found.split())

    def _decoded(self, value: bytes, charset: str | None) -> str:
        try:
            return value.decode(charset if charset and charset != "unknown-8bit" else "utf-8")
        except (LookupError, UnicodeDecodeError):
            return value.decode("cp1252", "replace")

    def _sent(self) -> Published:
        """Return the date of sending, which may be in words; None if it is unknown or in the future."""
        moment = self._moment()
        if moment is not None:
            return moment if moment.date() <= self.today + timedelta(days=DAYS_AHEAD) else None
        line = read_date_line(self._header("Date"), DateHints(today=self.today))
        return line.published if line is not None else None

    def _moment(self) -> datetime | None:
        try:
            moment = parsedate_to_datetime(self._header("Date"))
        except (ValueError, TypeError):
            return None
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _attachment(part: Message) -> str:
    """Return the name of an attachment, or an empty string if the part is not one."""
    name = part.get_filename()
    inline = part.get_content_disposition() != "attachment" and part.get_content_maintype() == "text"
    return str(name) if name and not inline and part.get_content_maintype() != "multipart" else ""


MAIL_LIMIT = 64 * 1024 * 1024
"""Maximum size of a message in bytes; a web archive contains its pictures, encoded as text."""


def _sniff(source: Source, today: date) -> Fit:
    return Fit.SURE if is_mail(source.data[:HEADERS_READ]) else Fit.NO


def _parse(source: Source, today: date) -> ParsedArticle:
    data, name = source.data, source.name
    refuse_bytes(data, name)
    if len(data) > MAIL_LIMIT:
        size = len(data) / 1024 / 1024
        reason = f"is larger than 64 MB ({size:.0f} MB); save its text, or the page without pictures."
        raise ImportFailed(name, reason)
    if data.startswith(b"From ") and b"\nFrom " in data:
        refuse_text(data.decode("latin-1"), name)
    return parse_mail(data, name=name, today=today, decode=decode)


READER = Reader(_sniff, single(_parse), is_binary=True)


HEADERS_READ = 64 * 1024
"""Number of bytes in which headers are searched."""

BROKEN_LINES = 3
"""Maximum number of invalid header lines, if the other lines identify the file."""

_HEADER = re.compile(rb"[!-9;-~]{1,76}:(?:[ \t]|\r?$|[^\s:])", re.MULTILINE)
_LENGTH = re.compile(rb"\s*(\d{1,12})[ \t]*\r?\n(?=[A-Za-z])")
"""First line of an Apple Mail file: the length of the email in bytes. Apple's own data follows the email."""

_ENVELOPE = re.compile(rb"\s*(?:From [^\r\n]*\r?\n)?")
_TRANSPORT = frozenset(
    {"mime-version", "received", "message-id", "return-path", "delivered-to", "dkim-signature", "x-mailer"}
)


def message_bytes(data: bytes) -> bytes:
    """Return ``data`` as a MIME message with repaired headers, without what mail programs write before it.

    Some programs wrap a long header without the space that must begin a continuation line.
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
    """Return True if ``data`` begins with the headers of an email or a web archive."""
    names, broken = _header_names(data)
    sender = "from" in names or "sender" in names
    typed = "content-type" in names and ("mime-version" in names or "content-transfer-encoding" in names)
    if typed or broken:
        return typed and broken <= BROKEN_LINES
    described = sender and bool(names & {"subject", "date", "to"})
    return (described and bool(names & _TRANSPORT)) or (sender and {"date", "subject"} <= names)


def _header_names(data: bytes) -> tuple[set[str], int]:
    """Return the names of the headers before the first blank line, and the number of invalid lines."""
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
