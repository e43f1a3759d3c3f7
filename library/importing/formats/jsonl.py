"""Imports this program's own exports: JSON lines, and Markdown files with annotations.

Each line of JSON is an article with its own format version, so files can be joined, split and filtered. The
files come from outside, so every value is checked and cleaned.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from library.errors import ImportFailed
from library.importing.registry import Fit, Found, Reader
from library.importing.source import LINE_LIMIT, Source
from library.models import (
    HIGHLIGHT_COLOURS,
    Annotation,
    AnnotationKind,
    Image,
    LibraryRecord,
    ParsedArticle,
    PlaceMark,
    Position,
    Published,
    Quote,
    State,
)
from library.store.texts import ANNOTATION_HEAD, ANNOTATIONS, EXPORT_FORMAT, EXPORT_MARK, front_matter_of
from library.text.cleaning import AUTHOR_LIMIT, TAG_LIMIT, TITLE_LIMIT, clean_address, clean_line, clean_text
from library.text.tag_names import clean_tags

_MARKED = re.compile(rb'\s*\{[^\n]*"%s"\s*:\s*\d' % EXPORT_MARK.encode())
_EARLIER = frozenset({"id", "title", "body", "annotations", "position", "bookmarked", "added"})
"""Fields of early exports, which have no version."""

_ESCAPED = re.compile(r"\\+<!-- (?:annotations|tuireader: .*) -->$")
_ARTICLE_ID = re.compile(r"[a-z2-7]{16}")
_MARK_LETTER = re.compile(r"[a-z]")
_ANNOTATION_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def is_own_export(start: bytes) -> bool:
    """Return True if ``start``, the first line of a file or more, begins an export of this program."""
    start = start.removeprefix(b"\xef\xbb\xbf")
    if _MARKED.match(start):
        return True
    try:
        record = json.loads(start.lstrip().partition(b"\n")[0])
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and (record.keys() >= _EARLIER or EXPORT_MARK in record)


def read_lines(lines: Iterable[bytes], name: str) -> Iterator[tuple[str, ParsedArticle | ImportFailed]]:
    """Yield the place of each JSON line, and its article or the reason why it has none."""
    for number, line in enumerate(lines, start=1):
        if line.strip(b" \t\r\n\xef\xbb\xbf"):
            place = f"{name}:{number}"
            try:
                yield place, _article(_record(line, place), place)
            except ImportFailed as failure:
                yield place, failure


def _record(line: bytes, place: str) -> Mapping[str, Any]:
    if len(line) > LINE_LIMIT:
        raise ImportFailed(place, "is longer than 64 MB, too large for an article.")
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise ImportFailed(place, "is not a complete line of an export; the file may be truncated.") from None
    if not isinstance(record, dict):
        raise ImportFailed(place, "is not an article of an export.")
    found = record.get(EXPORT_MARK, EXPORT_FORMAT)
    if type(found) is not int or found > EXPORT_FORMAT:
        raise ImportFailed(
            place,
            f"has the export format {found!r}, and this program knows {EXPORT_FORMAT}. Update tuireader.",
        )
    return record


def _article(record: Mapping[str, Any], place: str) -> ParsedArticle:
    body, title = record.get("body"), _line(record, "title", TITLE_LIMIT)
    if not isinstance(body, str):
        raise ImportFailed(place, f"has no text{f' of “{title}”' if title else ''}.")
    body = clean_text(body)
    if not any(character.isalnum() for character in body + title):
        raise ImportFailed(place, "holds no words.")
    extra = record.get("extra")
    return ParsedArticle(
        title=title or "Untitled",
        body=body,
        authors=_lines(record, "authors", AUTHOR_LIMIT),
        agency=_line(record, "agency", AUTHOR_LIMIT),
        source=_line(record, "source", AUTHOR_LIMIT),
        url=clean_address(_text(record, "url")),
        published=_day_or_moment(record.get("published")),
        date_guessed=record.get("date_guessed") is True,
        updated=_day_or_moment(record.get("updated")),
        language=_line(record, "language", TAG_LIMIT),
        tags=_lines(record, "tags", TAG_LIMIT),
        summary=_line(record, "summary", TITLE_LIMIT * 4),
        images=tuple(_image(one) for one in _members(record, "images")),
        extra=_cleaned(extra) if isinstance(extra, dict) else {},
        origin=_line(record, "origin", TITLE_LIMIT * 4),
        record=LibraryRecord(
            id=_id(record, _ARTICLE_ID),
            added=_moment(record.get("added")),
            state=_state(record),
            annotations=annotations_from(_members(record, "annotations")),
            marks=tuple(_marks(_members(record, "marks"))),
        ),
    )


def markdown_record(text: str) -> LibraryRecord | None:
    """Return the library's data on the article in a Markdown file of this program; None for other files.

    ``text`` is the whole file.
    """
    fields = front_matter_of(text)
    added = fields.get("added")
    added = added.isoformat() if isinstance(added, datetime) else added
    key, moment = _id(fields, _ARTICLE_ID), _moment(added)
    if not key or moment is None:
        return None
    _, found, noted = f"\n{text}\n".rpartition(f"\n{ANNOTATIONS}\n")
    if not found or not isinstance(fields.get("annotations"), int):
        noted = ""
    return LibraryRecord(id=key, added=moment, annotations=annotations_from(_noted(noted)))


def _noted(section: str) -> Iterator[Mapping[str, Any]]:
    """Yield the annotations below a text: the fields in each comment, and the words below it as the body."""
    heads = list(ANNOTATION_HEAD.finditer(section))
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        try:
            fields = json.loads(head[1])
        except (ValueError, RecursionError):
            continue
        if isinstance(fields, dict):
            end = following.start() if following is not None else len(section)
            quoted = isinstance(fields.get("quote"), dict)
            yield {**fields, "body": _words_below(section[head.end() : end], quoted=quoted)}


def _words_below(part: str, *, quoted: bool) -> str:
    """Return the words of a note, without the heading and the quoted words above them."""
    lines = part.strip("\n").split("\n")
    if lines and lines[0].startswith("### "):
        lines = lines[1:]
    while lines and not lines[0].strip():
        lines = lines[1:]
    while quoted and lines and lines[0].startswith(">"):
        lines = lines[1:]
    shown = (line[1:] if _ESCAPED.match(line) else line for line in lines)
    return "\n".join(shown).strip("\n")


def annotations_from(records: Iterable[Mapping[str, Any]]) -> tuple[Annotation, ...]:
    """Return the annotations that can be read. Invalid fields are dropped, but the words are kept."""
    found = (_annotation(record) for record in records)
    return tuple(one for one in found if one is not None)


def _annotation(record: Mapping[str, Any]) -> Annotation | None:
    quote, body = _quote(record.get("quote")), clean_text(_text(record, "body"))
    try:
        kind = AnnotationKind(_text(record, "kind"))
    except ValueError:
        kind = AnnotationKind.NOTE if body.strip() or quote is None else AnnotationKind.HIGHLIGHT
    if quote is None and (kind is not AnnotationKind.NOTE or not body.strip()):
        if not body.strip():
            return None
        kind = AnnotationKind.NOTE
    created = _moment(record.get("created"))
    updated = _moment(record.get("updated")) or created
    colour = _text(record, "colour")
    beginning = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    return Annotation(
        id=_id(record, _ANNOTATION_ID),
        article="",
        kind=kind,
        quote=quote,
        body=body,
        colour=colour if colour in HIGHLIGHT_COLOURS else "",
        tags=clean_tags(_lines(record, "tags", TAG_LIMIT)),
        created=created or updated or beginning,
        updated=updated or beginning,
        orphan=record.get("orphan") is True and quote is not None,
    )


def _marks(records: Iterable[Mapping[str, Any]]) -> Iterator[PlaceMark]:
    """Yield the jump marks that have a letter and a quote."""
    for record in records:
        letter, quote = _text(record, "letter"), _quote(record.get("quote"))
        if _MARK_LETTER.fullmatch(letter) and quote is not None:
            digest = clean_line(_text(record, "text_sha256"), TAG_LIMIT)
            yield PlaceMark(letter=letter, article="", quote=quote, text_sha256=digest)


def _quote(found: Any) -> Quote | None:
    if not isinstance(found, dict) or not _text(found, "exact").strip():
        return None
    start, end, said = found.get("start"), found.get("end"), _text(found, "exact")
    exact = clean_text(said)
    start = start if type(start) is int and start >= 0 else 0
    end = end if type(end) is int and end > start else start + len(said)
    prefix, suffix = clean_text(_text(found, "prefix")), clean_text(_text(found, "suffix"))
    return Quote(exact=exact, prefix=prefix, suffix=suffix, start=start, end=end)


def _state(record: Mapping[str, Any]) -> State:
    """Return the state. Earlier exports have marks without a time; these get the time of ``added``."""
    found = record.get("state")
    times = found if isinstance(found, dict) else {}
    added = _moment(record.get("added"))
    marks = {
        mark: _moment(times.get(mark)) or (added if record.get(mark) is True else None)
        for mark in ("read", "bookmarked", "trashed")
    }
    position = record.get("position")
    position = position if isinstance(position, dict) else {}
    offset, share = position.get("offset"), position.get("share")
    return State(
        **marks,
        opened=_moment(times.get("opened")),
        position=Position(
            offset if type(offset) is int and 0 <= offset < 2**53 else 0,
            float(share) if isinstance(share, int | float) and 0 <= share <= 1 else 0.0,
        ),
    )


def _image(found: Mapping[str, Any]) -> Image:
    texts = {name: _line(found, name, TITLE_LIMIT * 2) for name in ("caption", "credit", "alt")}
    return Image(path=_text(found, "path"), url=clean_address(_text(found, "url")), **texts)


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""


def _line(record: Mapping[str, Any], name: str, limit: int) -> str:
    return clean_line(_text(record, name), limit)


def _lines(record: Mapping[str, Any], name: str, limit: int) -> tuple[str, ...]:
    found = record.get(name)
    members = found if isinstance(found, list) else []
    cleaned = (clean_line(one, limit) for one in members if isinstance(one, str))
    return tuple(dict.fromkeys(one for one in cleaned if one))


def _members(record: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    found = record.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _id(record: Mapping[str, Any], form: re.Pattern[str]) -> str:
    found = _text(record, "id")
    return found if form.fullmatch(found) else ""


def _day_or_moment(found: Any) -> Published:
    try:
        return date.fromisoformat(found) if len(found) == 10 else datetime.fromisoformat(found)
    except (TypeError, ValueError):
        return None


def _moment(found: Any) -> datetime | None:
    moment = _day_or_moment(found)
    return moment if isinstance(moment, datetime) and moment.tzinfo is not None else None


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {clean_line(str(key), TITLE_LIMIT): _cleaned(inner) for key, inner in value.items()}
    return [_cleaned(inner) for inner in value] if isinstance(value, list) else value


def _sniff(source: Source, today: date) -> Fit:
    return Fit.SURE if is_own_export(source.first_line) else Fit.NO


def _parse(source: Source, today: date) -> Iterator[Found]:
    return read_lines(source.lines(), source.name)


READER = Reader(_sniff, _parse, is_binary=True, has_many=True)
