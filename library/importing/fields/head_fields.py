"""Turns front-matter fields into article fields. Unknown fields are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

from library.importing.fields.byline import parse_byline
from library.importing.fields.dates import DAYS_AHEAD, DateHints, read_date_line
from library.importing.fields.field_names import Meaning, normal_name
from library.importing.fields.front_matter import UNREAD, Field, FrontMatter
from library.models import Image, Published
from library.text.article_addresses import canonical_address, host_of
from library.text.cleaning import (
    AUTHOR_LIMIT,
    TAG_LIMIT,
    TITLE_LIMIT,
    clean_address,
    clean_line,
    clean_text,
    is_openable,
)

EXTRA_LIMIT = 100_000
"""Maximum number of characters of unknown fields kept with an article."""

_NO_TAG = frozenset({"", "null", "~"})
_NOTHING = _NO_TAG | {"none", "n/a", "undefined"}
_NESTED = frozenset({"taxonomies", "taxonomy", "params", "extra", "meta", "metadata", "article", "post"})
"""Mappings whose members count as fields if no other field has their meaning."""

_OWN = frozenset({"id", "added", "origin", "dateguessed", "annotations"})
_OWN_ID = re.compile("[a-z2-7]{16}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_WIKILINK = re.compile(
    r"!?\[\[(?:[^\[\]|]*/)?(?P<name>[^\[\]|/#]*)(?:#[^\[\]|]*)?(?:\|(?P<alias>[^\[\]]*))?\]\]"
)
_LINK = re.compile(r"\[(?P<text>[^\[\]]+)\]\((?P<address>[^()\s]*)\)")
_MAIL = re.compile(r"\s*<[^<>\s]+@[^<>\s]+>|\s*\([^()\s]+@[^()\s]+\)|^mailto:")
_ADDRESS_IN = re.compile(r"https?://[^\s<>\"'\[\]()]+", re.IGNORECASE)
_HASHTAGS = re.compile(r"(?:#[^\s#,;]+[\s,;]*)+")
_COMMENT = re.compile(r"\s+#(?:\s.*|$)")
_TAG_MARKS = re.compile(r"[,;，、；\n]")
_NAMES = (
    "name",
    "title",
    "rendered",
    "displayname",
    "fullname",
    "label",
    "value",
    "term",
    "text",
    "url",
    "slug",
)
_PICTURE_TEXTS = ("caption", "credit", "alt")
_EPOCH = re.compile(r"(?P<seconds>\d{9,10})(?:\d{3})?(?:\.\d+)?")
_DAY_RUN = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)")
_MONTH_ONLY = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})|(?P<second>\d{1,2})[/.](?P<after>\d{4})")
_NAMED_MONTH = re.compile(r"[^\W\d]{3,}\.?\s+\d{4}|\d{4}\s+[^\W\d]{3,}\.?")
_ZONE_APART = re.compile(r"(?<=\d)\s+(?=(?:[+-]\d\d:?\d\d|Z)$)")
_SCRIPT_DATE = re.compile(
    r"(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2}) (\d\d?),? (\d{4}),? (\d\d:\d\d:\d\d) (?:GMT|UTC)([+-]\d{4})?.*"
)


class HeadFields:
    """The fields of one text. Each method uses up the fields it reads; ``extra`` returns the unused ones."""

    def __init__(self, found: FrontMatter | None = None) -> None:
        fields = found.fields if found else ()
        self._unread = found.unread if found else ()
        self._top = {one.name: one for one in fields}
        self._by_name: dict[str, Field] = {}
        for one in fields:
            if _says_anything(one.value) or re.match(r"#\S", one.written):
                self._by_name[normal_name(one.name)] = one
        self._nested = frozenset(self._lift_nested(fields))
        self._taken: set[str] = set()
        self._own = _is_own(self._by_name)

    def _lift_nested(self, fields: Iterable[Field]) -> Iterator[str]:
        """Add the members of mappings such as ``params``; yield the names that were added."""
        outer = {name for meaning in Meaning for name in meaning.names if name in self._by_name}
        held = {meaning for meaning in Meaning if outer.intersection(meaning.names)}
        for one in fields:
            if normal_name(one.name) in _NESTED and isinstance(one.value, Mapping):
                for key, value in one.value.items():
                    name = normal_name(str(key))
                    lacking = any(name in meaning.names for meaning in Meaning if meaning not in held)
                    if lacking and _says_anything(value):
                        self._by_name[name] = Field(str(key), value)
                        yield name

    def title(self) -> str:
        """Return the headline as written, even if YAML reads it as a list, a comment or an alias."""
        for one in self._of(Meaning.TITLE):
            text = clean_line(unescape(_unquoted(one.written) or _words(one.value)), TITLE_LIMIT)
            if text:
                self._take(one)
                return _without_links(text)
        return ""

    def authors(self) -> tuple[str, ...]:
        """Return the authors; a string with several persons is split."""
        for one in self._of(Meaning.AUTHORS):
            names = [name for value in _flat(one.value) for name in _people(value)]
            if names:
                self._take(one)
                return tuple(dict.fromkeys(names))
        return ()

    def tags(self) -> tuple[str, ...]:
        """Return the tags of all tag fields, in their order, without duplicates."""
        names: list[str] = []
        for one in self._of(Meaning.TAGS):
            if one.written.startswith("#"):
                names += _COMMENT.sub("", f" {one.written}").split("#")
            elif isinstance(one.value, Mapping) and not _words(one.value):
                names += one.value
            elif isinstance(one.value, str):
                names += _split_tags(one.value)
            else:
                names += (_tag(value) for value in _flat(one.value))
            self._take(one)
        tags = [clean_line(_without_links(unescape(name)), TAG_LIMIT).lstrip("# ") for name in names]
        tags = [tag for tag in tags if tag.casefold() not in _NO_TAG]
        unique = {tag.casefold(): tag for tag in reversed(tags)}
        return tuple(unique[key] for key in dict.fromkeys(map(str.casefold, tags)))

    def line(self, meaning: Meaning, limit: int) -> str:
        """Return the first text in a field with this ``meaning``."""
        for one in self._of(meaning):
            text = clean_line(_without_links(unescape(_words(_first(one)))), limit)
            if text:
                self._take(one)
                return text
        return ""

    def language(self) -> str:
        """Return the language as ISO 639-1."""
        for one in self._of(Meaning.LANGUAGE):
            code = _words(_first(one)).strip()
            if _LANGUAGE.fullmatch(code):
                self._take(one)
                return code[:2].lower()
        return ""

    def address(self) -> str:
        """Return the web address of the article; paths inside a site do not count."""
        for one in (*self._of(Meaning.ADDRESS), *self._of(Meaning.SOURCE)):
            for value in _flat(one.value):
                found = _ADDRESS_IN.search(
                    _COMMENT.sub("", _words(value, names=("url", "href", "link", "name")))
                )
                address = canonical_address(_spaced_address(one.value) or (found.group() if found else ""))
                if address.startswith(("http:", "https:")) and is_openable(address):
                    self._take(one)
                    return address
        return ""

    def source(self, url: str) -> str:
        """Return the name of the site if a field has it, otherwise the host of ``url``."""
        for one in self._of(Meaning.SOURCE):
            text = clean_line(
                _without_links(unescape(_unquoted(one.written) or _words(_first(one)))), AUTHOR_LIMIT
            )
            if text and not _ADDRESS_IN.search(text):
                self._take(one)
                return text
        return host_of(url)

    def published(self, hints: DateHints) -> tuple[Published, bool]:
        """Return the publication date, and whether it was guessed."""
        for one in self._of(Meaning.PUBLISHED):
            day, guessed = _dated(one, hints)
            if day is not None:
                self._take(one)
                said = self._by_name.get("dateguessed")
                return day, guessed or (said is not None and said.value == "true")
        return None, False

    def created(self, hints: DateHints) -> Published:
        """Return the creation date of the file, as a guess at the publication date."""
        return self._moment(Meaning.CREATED, hints)

    def updated(self, hints: DateHints) -> Published:
        """Return the date of the last change."""
        return self._moment(Meaning.UPDATED, hints)

    def _moment(self, meaning: Meaning, hints: DateHints) -> Published:
        for one in self._of(meaning):
            day, _ = _dated(one, hints)
            if day is not None:
                self._take(one)
                return day
        return None

    def images(self) -> tuple[Image, ...]:
        """Return the pictures that the fields name."""
        for one in self._of(Meaning.IMAGES):
            images = tuple(image for value in _flat(one.value) if (image := _image(value)) is not None)
            if images:
                self._take(one)
                return images
        return ()

    def annotations(self) -> bool:
        """Return True if this program exported the text with annotations below it."""
        count = self._by_name.get("annotations")
        return count is not None and str(count.value).isdigit()

    def extra(self) -> dict[str, Any]:
        """Return the unused fields, under their names as written."""
        kept: dict[str, Any] = {}
        if self._own:
            exported = self._by_name.get("extra")
            kept |= exported.value if exported and isinstance(exported.value, Mapping) else {}
        for one in self._top.values():
            name = normal_name(one.name)
            own = self._own and name in (*_OWN, "extra")
            if name not in self._taken and not own and _says_anything(value := self._left_of(one)):
                kept[one.name] = value
        if self._unread:
            kept[UNREAD] = list(self._unread)
        return _limited(kept)

    def _left_of(self, one: Field) -> Any:
        """Return the value of a field without its used members."""
        if isinstance(one.value, list) and one.written.startswith("[["):
            return one.written
        if normal_name(one.name) in _NESTED and isinstance(one.value, Mapping):
            taken = self._nested & self._taken
            return {key: value for key, value in one.value.items() if normal_name(str(key)) not in taken}
        return one.value

    def _of(self, meaning: Meaning) -> Iterator[Field]:
        for name in meaning.names:
            if name in self._by_name:
                yield self._by_name[name]

    def _take(self, one: Field) -> None:
        self._taken.add(normal_name(one.name))


def _is_own(fields: Mapping[str, Field]) -> bool:
    """Return True if this program wrote the fields: an id of its own and the import time are among them."""
    key = fields.get("id")
    return key is not None and "added" in fields and _OWN_ID.fullmatch(str(key.value)) is not None


def _says_anything(value: Any) -> bool:
    return value.strip() not in ("", "null", "~") if isinstance(value, str) else bool(value)


def _unquoted(written: str) -> str:
    """Remove the quotation marks around all of ``written``; inner ones may be unescaped."""
    mark, inner = written[:1], written[1:-1]
    if mark not in ("'", '"') or len(written) < 2 or not written.endswith(mark):
        return written
    first = re.search(re.escape(mark), inner)
    closes = first is not None and re.match(
        r"\S" + mark + r"(?:[\s,.;:!?]|$)", inner[max(0, first.start() - 1) :]
    )
    return written if closes else inner


def _flat(value: Any) -> Iterator[Any]:
    """Yield ``value``, or the members of nested lists, because YAML reads ``[[Mira Tolle]]`` as one."""
    if isinstance(value, list):
        for inner in value:
            yield from _flat(inner)
    else:
        yield value


def _first(one: Field) -> Any:
    return next(_flat(one.value), "")


def _tag(value: Any) -> str:
    """Return a tag: a string, a name in a mapping, or ``topic: port``, which YAML reads as a mapping."""
    if not isinstance(value, Mapping) or _words(value):
        return _words(value)
    key, inner = next(iter(value.items()))
    return f"{key}: {inner}" if len(value) == 1 and isinstance(inner, str) and not inner.isdigit() else ""


def _words(value: Any, *, names: Sequence[str] = _NAMES) -> str:
    """Return the words of a field: a string, or the ``name`` (or ``title``) of a nested value."""
    if isinstance(value, Mapping):
        members = {normal_name(str(key)): inner for key, inner in value.items()}
        parts = [
            str(members[key]) for key in ("given", "family", "firstname", "lastname") if members.get(key)
        ]
        said = (members[name] for name in names if isinstance(members.get(name), str) and members[name])
        return next(said, " ".join(parts))
    return value if isinstance(value, str) else ""


def _without_links(text: str) -> str:
    """Replace wikilinks and Markdown links in ``text`` with their words."""
    text = _WIKILINK.sub(lambda link: (link["alias"] or link["name"]).strip(), text)
    return _LINK.sub(lambda link: link["text"], text) if "](" in text else text


def _people(value: Any) -> Iterator[str]:
    """Yield the persons that a string or a mapping names."""
    text = _words(value)
    if isinstance(value, Mapping) and not text:
        yield from (name for inner in value.values() for name in _people(inner))
        return
    links = _WIKILINK.findall(text) if _WIKILINK.search(text) else []
    if len(links) > 1 and not re.search(
        r"\w", re.sub(r"\b(?:and|und|et|y|e|og|och)\b", "", _WIKILINK.sub("", text))
    ):
        yield from filter(None, (clean_line(alias or name, AUTHOR_LIMIT) for name, alias in links))
        return
    for line in _MAIL.sub("", _without_links(unescape(text))).split("\n"):
        name = re.sub(r"\s*[|•·]\s*", ", ", clean_line(line, AUTHOR_LIMIT).removeprefix("By ").strip(" ,;|"))
        if name.casefold() in _NOTHING:
            continue
        byline = parse_byline(f"By: {name}")
        several = byline is not None and len(byline.authors) > 1
        yield from byline.authors if several and byline is not None else (name,)


def _split_tags(text: str) -> list[str]:
    """Split a string of tags at commas, colons or ``#``, or at the ends of wikilinks."""
    text = text.strip()
    if text.startswith("[") and text.endswith("]") and "]]" not in text:
        text = text[1:-1].replace('"', "").replace("'", "")
    if _HASHTAGS.fullmatch(text):
        return re.split(r"[\s,;#]+", text)
    if len(links := _WIKILINK.findall(text)) > 1:
        return [alias or name for name, alias in links]
    if re.fullmatch(r":(?:[^\s:]+:)+", text):
        return text.split(":")
    return _TAG_MARKS.split(text)


def _spaced_address(value: Any) -> str:
    """Return ``value`` if it is an address with unescaped spaces; otherwise empty."""
    text = value.strip() if isinstance(value, str) else ""
    spaced = re.fullmatch(r"https?://[^\s<>\"'\[\]()]+(?: [^\s<>\"'\[\]()#]+)+", text)
    return text if spaced and not _ADDRESS_IN.search(text, 8) else ""


def _image(value: Any) -> Image | None:
    """Read one picture: an address or a path, or a mapping with caption, credit and alt."""
    said = value if isinstance(value, Mapping) else {"url": value}
    texts = {key: clean_line(unescape(_words(said.get(key, ""))), TITLE_LIMIT * 2) for key in _PICTURE_TEXTS}
    named = (_words(said.get(key, "")) for key in ("url", "src", "path", "image", "href"))
    url = next((clean_address(_without_links(path)) for path in named if re.search(r"[./]|\[\[", path)), "")
    return Image(url=url, **texts) if url or any(texts.values()) else None


# Dates


def _dated(one: Field, hints: DateHints) -> tuple[Published, bool]:
    for value in _flat(one.value):
        text = _words(value, names=("date", "datetime", "published", "value", "iso", "start", "name"))
        text = clean_line(_COMMENT.sub("", _without_links(text)), AUTHOR_LIMIT).strip("<>\"' ")
        for reading in (_epoch, _run_together, _line, _part_of_day):
            day, guessed = reading(text, hints)
            if day is not None:
                return day, guessed
    return None, False


def _epoch(text: str, hints: DateHints) -> tuple[Published, bool]:
    """Read seconds, or milliseconds, since 1970."""
    match = _EPOCH.fullmatch(text)
    if match is None:
        return None, False
    moment = datetime.fromtimestamp(int(match["seconds"]), UTC)
    return (moment, False) if moment.date() <= hints.today + timedelta(days=DAYS_AHEAD) else (None, False)


def _run_together(text: str, hints: DateHints) -> tuple[Published, bool]:
    """Read a day such as ``20240304``."""
    match = _DAY_RUN.match(text) if re.fullmatch(r"\d{8}(?:[T ]?\d{4,6}Z?)?", text) else None
    return _line("-".join(match.group("year", "month", "day")), hints) if match else (None, False)


def _line(text: str, hints: DateHints) -> tuple[Published, bool]:
    script = _SCRIPT_DATE.fullmatch(text)
    plain = script.expand(r"\2 \1 \3 \4 \5") if script else _ZONE_APART.sub("", text)
    for form in (plain, _only_day(text)):
        line = read_date_line(form, hints) if form else None
        if line is not None:
            return line.published, line.guessed
    return None, False


def _only_day(text: str) -> str:
    """Return the ISO day at the start of a text that continues in another form."""
    match = re.match(r"\d{4}-\d\d?-\d\d?(?=[T\s])", text)
    return match.group() if match else ""


def _part_of_day(text: str, hints: DateHints) -> tuple[Published, bool]:
    """Read a month or a year as its first day, as a guess."""
    month = _MONTH_ONLY.fullmatch(text)
    if month is not None:
        year, number = month["year"] or month["after"], month["month"] or month["second"]
        return _line(f"{year}-{int(number):02d}-01", hints)[0], True
    if _NAMED_MONTH.fullmatch(text):
        return _line(f"1 {text}", hints)[0], True
    year_alone = re.fullmatch(r"(?:19|20)\d\d", text)
    return (_line(f"{text}-01-01", hints)[0], True) if year_alone else (None, False)


# Limits


def _limited(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Clean ``kept``, and drop the fields beyond ``EXTRA_LIMIT``."""
    room = EXTRA_LIMIT
    limited: dict[str, Any] = {}
    for key, value in kept.items():
        room -= _size(value) + len(key)
        if room < 0:
            break
        limited[clean_line(key, TAG_LIMIT)] = _cleaned(value)
    return limited


def _size(value: Any) -> int:
    """Return the number of characters in ``value``; counting stops beyond the limit."""
    size, waiting = 0, [value]
    while waiting and size <= EXTRA_LIMIT:
        one = waiting.pop()
        if isinstance(one, Mapping):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one
        size += len(one) + 1 if isinstance(one, str) else 1
    return size


def _cleaned(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {clean_line(str(key), TAG_LIMIT): _cleaned(inner) for key, inner in value.items()}
    return [_cleaned(inner) for inner in value] if isinstance(value, list) else clean_text(str(value)).strip()
