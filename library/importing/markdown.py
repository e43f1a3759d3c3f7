"""Reads Markdown, with or without YAML front matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from html import unescape
from typing import Any

from library.importing.addresses import canonical_address, host_of
from library.importing.agencies import agency_named
from library.importing.blocks import split_blocks
from library.importing.byline import parse_byline
from library.importing.dates import DateHints, date_in_name, read_date_line
from library.importing.dump import shorten, summarize, title_from_name
from library.importing.escapes import plain_text
from library.importing.heads import take_original_url
from library.models import Image, ParsedArticle, Published
from library.store.texts import ANNOTATIONS
from library.text.cleaning import (
    AUTHOR_LIMIT,
    TAG_LIMIT,
    TITLE_LIMIT,
    clean_address,
    clean_line,
    clean_text,
    is_openable,
)
from library.text.language import guess_language

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?P<yaml>.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_TITLE = re.compile(r"#\s+(?P<title>\S.*?)\s*#*")
_UNDERLINED = re.compile(r"(?P<title>[^\n]+)\n=+\s*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_HEAD_BLOCKS = 4

_TITLES = ("title", "headline")
_PUBLISHED = ("date", "published", "created", "pubdate", "publish_date", "published_at", "datepublished")
_UPDATED = ("updated", "lastmod", "modified", "last_modified", "updated_at", "datemodified")
_AUTHORS = ("authors", "author", "byline", "creator")
_TAGS = ("tags", "topics", "categories", "keywords", "category", "tag")
_SUMMARIES = ("summary", "description", "excerpt", "deck", "abstract")
_ADDRESSES = ("url", "source_url", "canonical", "canonical_url", "link", "original_url", "permalink")
_SOURCES = ("source", "site", "publisher", "site_name", "sitename")
_LANGUAGES = ("language", "lang", "locale")
_IMAGES = ("images", "image", "cover", "featured_image", "hero_image")


def has_front_matter(text: str) -> bool:
    """Whether ``text`` opens with a block between ``---`` lines that holds a ``key:``."""
    match = _FRONT_MATTER.match(text)
    return match is not None and re.search(r"(?m)^[\w-]+:(?:\s|$)", match["yaml"]) is not None


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The fields, with keys in lower case, and the text after them; broken YAML gives none and all."""
    match = _FRONT_MATTER.match(text) if has_front_matter(text) else None
    if match is None:
        return {}, text
    import yaml

    try:
        fields = yaml.load(match["yaml"], Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: a day such as 2020-02-31
        return {}, text
    if not isinstance(fields, Mapping):
        return {}, text
    return {str(key).strip().lower(): value for key, value in fields.items()}, text[match.end() :]


def _without_annotations(fields: Mapping[str, Any], text: str) -> str:
    """``text`` without the annotations that a file exported by this program has below it."""
    if not isinstance(fields.get("annotations"), int):
        return text
    before, found, _ = f"\n{text}\n".rpartition(f"\n{ANNOTATIONS}\n")
    return before if found else text


def _values(fields: Mapping[str, Any], keys: Iterable[str]) -> list[Any]:
    """The values of the first of ``keys`` that says anything, as a list."""
    for key in keys:
        value = fields.get(key)
        found = value if isinstance(value, list) else [value]
        found = [one for one in found if one not in (None, "", {}, [])]
        if found:
            return found
    return []


def _words(value: Any) -> str:
    """What a field says in words: a text, a number, or the ``name`` (or ``title``) of a nested value."""
    if isinstance(value, Mapping):
        return next(
            (str(value[key]) for key in ("name", "title", "display_name", "url") if value.get(key)), ""
        )
    return "" if isinstance(value, list | set) else str(value)


def _line(fields: Mapping[str, Any], keys: Iterable[str], limit: int) -> str:
    values = _values(fields, keys)
    return clean_line(unescape(_words(values[0])), limit) if values else ""


def _dated(fields: Mapping[str, Any], keys: Iterable[str], hints: DateHints) -> tuple[Published, bool]:
    """A date of the front matter, and whether its order of day and month was guessed."""
    for value in _values(fields, keys):
        if isinstance(value, datetime):
            return (value if value.tzinfo is not None else value.date()), False
        if isinstance(value, date):
            return value, False
        line = read_date_line(clean_line(str(value), AUTHOR_LIMIT), hints)
        if line is not None:
            return line.published, line.guessed
    return None, False


def _authors(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """The authors; one text that names several persons is split."""
    names: list[str] = []
    for value in _values(fields, _AUTHORS):
        name = clean_line(unescape(_words(value)), AUTHOR_LIMIT)
        byline = parse_byline(name if name.lower().startswith("by ") else f"By: {name}") if name else None
        names += (
            byline.authors if byline is not None and len(byline.authors) > 1 else [name.removeprefix("By ")]
        )
    return tuple(dict.fromkeys(name for name in names if name))


def _tags(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """The tags of all the fields that hold some, in their order, each once; one text is split at commas."""
    names: list[str] = []
    for key in _TAGS:
        values = _values(fields, (key,))
        if len(values) == 1 and isinstance(values[0], str) and not isinstance(fields[key], list):
            values = re.split(r"[,;，、]", values[0])
        names += [clean_line(unescape(_words(value)), TAG_LIMIT).removeprefix("#") for value in values]
    unique = {name.casefold(): name for name in reversed(names) if name}
    return tuple(unique[key] for key in dict.fromkeys(name.casefold() for name in names if name))


def _address(fields: Mapping[str, Any]) -> str:
    """The address that the article came from; paths inside a site are none."""
    for key in (*_ADDRESSES, *_SOURCES):
        for value in _values(fields, (key,)):
            address = canonical_address(_words(value))
            if address.startswith(("http:", "https:")) and is_openable(address):
                return address
    return ""


def _source(fields: Mapping[str, Any], url: str) -> str:
    """The name of the site, where the front matter says one, else the address's host."""
    named = _line(fields, _SOURCES, AUTHOR_LIMIT)
    return host_of(url) if not named or "://" in named else named


def _images(fields: Mapping[str, Any]) -> tuple[Image, ...]:
    return tuple(image for value in _values(fields, _IMAGES) if (image := _image(value)) is not None)


def _image(value: Any) -> Image | None:
    """One picture: an address or a path, or a nested value with caption, credit and alt."""
    said = value if isinstance(value, Mapping) else {"url": value}
    url = next(
        (clean_address(str(said[key])) for key in ("url", "src", "path", "image") if said.get(key)), ""
    )
    texts = {key: _line(said, (key,), TITLE_LIMIT * 2) for key in ("caption", "credit", "alt")}
    return Image(url=url, **texts) if url or any(texts.values()) else None


def _heading(block: str) -> str:
    """The plain text of a block that is a first-level heading, else empty."""
    match = _TITLE.fullmatch(block.strip()) or _UNDERLINED.fullmatch(block)
    return clean_line(plain_text(match["title"]), TITLE_LIMIT) if match else ""


def _take_title(title: str, blocks: list[str]) -> tuple[str, list[str]]:
    """The title, and the blocks without the heading that repeats it (or is it)."""
    for index, block in enumerate(blocks[:_HEAD_BLOCKS]):
        heading = _heading(block)
        if heading and (not title or heading.casefold() == title.casefold()):
            return title or heading, blocks[:index] + blocks[index + 1 :]
    return title, blocks


def parse_markdown(text: str, *, today: date, name: str = "") -> ParsedArticle:
    """The article that ``text`` holds; what its front matter says comes before what the text says.

    Broken front matter loses nothing: the text is then kept whole.
    """
    fields, rest = _front_matter(text.lstrip("\ufeff").replace("\r\n", "\n"))
    blocks, tail_url = take_original_url(split_blocks(_without_annotations(fields, clean_text(rest))))
    title, blocks = _take_title(_line(fields, _TITLES, TITLE_LIMIT), blocks)
    url = _address(fields) or tail_url
    language = _line(fields, _LANGUAGES, TAG_LIMIT)
    language = language[:2].lower() if _LANGUAGE.fullmatch(language) else guess_language("\n".join(blocks))
    hints = DateHints(today=today, language=language, host=host_of(url), address_day=date_in_name(url, today))
    published, guessed = _dated(fields, _PUBLISHED, hints)
    day = None if published else hints.address_day or date_in_name(name, today)
    authors = _authors(fields)
    summary = shorten(_line(fields, _SUMMARIES, TITLE_LIMIT * 4))
    return ParsedArticle(
        title=title or title_from_name(name),
        body="\n\n".join(blocks),
        authors=authors,
        agency=_line(fields, ("agency",), AUTHOR_LIMIT) or next(filter(None, map(agency_named, authors)), ""),
        source=_source(fields, url),
        url=url,
        published=published or day,
        date_guessed=guessed or day is not None,
        updated=_dated(fields, _UPDATED, hints)[0],
        language=language,
        tags=_tags(fields),
        summary=summary or summarize(blocks),
        images=_images(fields),
    )
