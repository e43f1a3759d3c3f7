"""The schema of each table, which validates documents when they are read.

In the result, each field of the wrong type is replaced by its default and reported as a ``Problem``. The
document on the disk is not changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime
from typing import Annotated, Any, Literal

import msgspec
import orjson

DAMAGED = "damaged"
"""Name of the field that keeps the values of damaged fields, as JSON, when their document is changed."""

_BEGINNING = "1970-01-01T00:00:00+00:00"
"""Replacement for an unknown time."""

_LARGEST = 2**53
_surrogates = re.compile("[\ud800-\udfff]")
_expected = re.compile(r"Expected `([^`]+)`, got `([^`]+)`")

Amount = Annotated[int, msgspec.Meta(ge=0, le=_LARGEST)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


@dataclass(frozen=True, slots=True)
class Problem:
    """A field of a document that cannot be used. ``field`` is empty if it is the whole document."""

    table: str
    id: str
    field: str
    what: str

    def __str__(self) -> str:
        place = f"“{self.field}” " if self.field else ""
        return f"{place}{self.what}"


class _Struct(msgspec.Struct, kw_only=True):
    """A document, or a part of one."""


class PositionDocument(_Struct):
    offset: Amount = 0
    share: Share = 0.0


class StateDocument(_Struct):
    read: str | None = None
    bookmarked: str | None = None
    trashed: str | None = None
    opened: str | None = None
    position: PositionDocument = msgspec.field(default_factory=PositionDocument)


class ImageDocument(_Struct):
    path: str = ""
    url: str = ""
    caption: str = ""
    credit: str = ""
    alt: str = ""


class RevisionDocument(_Struct):
    text: str
    text_sha256: str
    replaced: str


class ArticleDocument(_Struct):
    title: str
    added: str
    authors: list[str] = []
    agency: str = ""
    source: str = ""
    url: str = ""
    published: str | None = None
    date_guessed: bool = False
    updated: str | None = None
    language: str = ""
    tags: list[str] = []
    summary: str = ""
    words: Amount = 0
    reading_minutes: Amount = 1
    images: list[ImageDocument] = []
    text: str = ""
    text_sha256: str = ""
    state: StateDocument = msgspec.field(default_factory=StateDocument)
    revisions: list[RevisionDocument] = []
    origin: str = ""
    noticed: list[str] = []
    extra: dict[str, Any] = {}


class QuoteDocument(_Struct):
    exact: str
    prefix: str = ""
    suffix: str = ""
    start: Amount = 0
    end: Amount = 0
    rivals: list[Amount] | None = None


class AnnotationDocument(_Struct):
    article: str
    kind: Literal["note", "highlight", "bookmark"]
    created: str
    updated: str
    quote: QuoteDocument | None
    body: str
    text_sha256: str = ""
    colour: str = ""
    tags: list[str] = []
    orphan: bool = False


class SearchDocument(_Struct):
    name: str
    query: str
    saved: str


class TagDocument(_Struct):
    tag: str
    colour: str
    became: str | None


class RuleDocument(_Struct):
    query: str
    tags: list[str]
    created: str


class ChangeDocument(_Struct):
    table: Literal["articles", "annotations", "feeds", "searches", "tags", "rules"]
    id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class EntryDocument(_Struct):
    title: str
    at: str
    undone: bool
    changes: list[ChangeDocument]


class PlaceDocument(_Struct):
    article: str
    quote: QuoteDocument
    text_sha256: str


_DAYS: dict[type, tuple[str, ...]] = {ArticleDocument: ("published", "updated"), EntryDocument: ("at",)}
"""Fields that hold a day or a time."""

_TIMES: dict[type, tuple[str, ...]] = {
    ArticleDocument: ("added",),
    StateDocument: ("read", "bookmarked", "trashed", "opened"),
    RevisionDocument: ("replaced",),
    AnnotationDocument: ("created", "updated"),
    SearchDocument: ("saved",),
    RuleDocument: ("created",),
}
"""Fields that hold a time."""

_WITHOUT_DEFAULT: dict[str, Any] = {
    "title": "Untitled",
    "added": _BEGINNING,
    "created": _BEGINNING,
    "updated": _BEGINNING,
    "saved": _BEGINNING,
    "at": _BEGINNING,
    "kind": "note",
    "article": "",
    "name": "",
    "query": "",
    "tag": "",
    "colour": "",
    "body": "",
    "tags": [],
    "undone": False,
    "changes": [],
}
"""Replacements for required fields, which have no default of their own."""


def is_day(value: str | None) -> bool:
    """Return True if ``value`` is None, or a day or time as it is stored."""
    if value is None:
        return True
    try:
        day = date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    except ValueError:
        return False
    return 1 < day.year < MAXYEAR  # conversion to another time zone may change the year


def is_moment(value: str | None) -> bool:
    """Return True if ``value`` is None, or a time with time zone as it is stored."""
    if value is None:
        return True
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return False
    return moment.tzinfo is not None and 1 < moment.year < MAXYEAR


class Schema:
    """The schema of one table, which reads and validates its documents.

    Args:
        table: The name of the table.
        shape: The struct that a document must match; None allows any mapping.
        sound: An additional check of a document that matches ``shape``.
        repair: Makes the fields of a document consistent after some of them were replaced.
    """

    def __init__(
        self,
        table: str,
        shape: type[msgspec.Struct] | None,
        sound: Callable[[Any], bool] = lambda _: True,
        repair: Callable[[dict[str, Any], set[str]], None] = lambda *_: None,
    ) -> None:
        self.table = table
        self.shape = shape
        self._sound = sound
        self._repair = repair

    def read(self, key: str, data: bytes) -> tuple[dict[str, Any], tuple[Problem, ...]]:
        """Decode the document ``key`` from ``data``; return it in usable form, and its problems."""
        try:
            document = orjson.loads(data)
            if self.shape is None:
                if isinstance(document, dict):
                    return document, ()
            elif self._sound(msgspec.convert(document, self.shape)) and DAMAGED not in document:
                return document, ()
        except (msgspec.ValidationError, ValueError, RecursionError):
            pass
        return self._usable(key, data)

    def _usable(self, key: str, data: bytes) -> tuple[dict[str, Any], tuple[Problem, ...]]:
        value, problems = self._decoded(key, data)
        if not isinstance(value, dict):
            what = f"is {_named(value)}, not a group of fields"
            problems.append(Problem(self.table, key, "", what))
            value = {}
        kept = value.get(DAMAGED)
        if kept is not None and self.shape is not None:
            names = ", ".join(map(str, kept)) if isinstance(kept, dict) else "fields"
            problems.append(Problem(self.table, key, DAMAGED, f"keeps what was in {names or 'fields'}"))
        if self.shape is not None:
            whole = any(not problem.field for problem in problems)
            value = self._fitting(key, value, self.shape, "", [] if whole else problems)
            found = {problem.field.partition(".")[0].partition("[")[0] for problem in problems}
            fields = dict(value)
            self._repair(value, found)
            if not problems and value != fields:
                problems.append(Problem(self.table, key, "", "has fields that do not fit each other"))
            self._check_whole(key, value, problems)
        return value, tuple(problems)

    def _check_whole(self, key: str, value: dict[str, Any], problems: list[Problem]) -> None:
        assert self.shape is not None
        if not problems and not self._sound(msgspec.convert(value, self.shape)):
            problems.append(Problem(self.table, key, "", "has fields that do not fit each other"))

    def _decoded(self, key: str, data: bytes) -> tuple[Any, list[Problem]]:
        """Decode ``data`` as JSON; return the value, and the problems with its characters and numbers."""
        try:
            return orjson.loads(data), []
        except ValueError:
            pass
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            return None, [Problem(self.table, key, "", "is no JSON")]
        problems = list[Problem]()
        if not isinstance(value, dict):
            return _plain(value), problems
        usable: dict[str, Any] = {}
        for name, one in value.items():
            plain = _plain(one)
            if repr(plain) != repr(one):
                problems.append(
                    Problem(self.table, key, _plain(name), "has characters or numbers that JSON cannot hold")
                )
            usable[_plain(name)] = plain
        return usable, problems

    def _fitting(
        self,
        key: str,
        value: Mapping[str, Any],
        shape: type[msgspec.Struct],
        path: str,
        problems: list[Problem],
    ) -> dict[str, Any]:
        """Return ``value`` with a usable value in each field of ``shape``; other fields stay unchanged."""
        fitting = dict(value)
        for field in msgspec.structs.fields(shape):
            name, place = field.name, f"{path}{field.name}"
            if name not in value:
                if field.required:
                    problems.append(Problem(self.table, key, place, "is missing"))
                    fitting[name] = _WITHOUT_DEFAULT.get(name)
                continue
            found = list(self._problems(key, value[name], field.type, place))
            if not found and not _time_fits(shape, name, value[name]):
                found = [Problem(self.table, key, place, "is not a time that can be read")]
            if not found:
                continue
            problems += found
            fitting[name] = self._replaced(key, value[name], field)
        return fitting

    def _problems(self, key: str, value: Any, type_: Any, place: str) -> Iterator[Problem]:
        part = _part(type_)
        if part is not None and isinstance(value, dict):
            within = list[Problem]()
            self._fitting(key, value, part, f"{place}.", within)
            yield from within
            return
        members = _members(type_)
        if members is not None and isinstance(value, list):
            for number, member in enumerate(value):
                yield from self._problems(key, member, members, f"{place}[{number}]")
            return
        try:
            msgspec.convert(value, type_)
        except (msgspec.ValidationError, RecursionError) as error:
            yield Problem(self.table, key, place, _problem(str(error), value))

    def _replaced(self, key: str, value: Any, field: Any) -> Any:
        """Return the replacement for the ``value`` of a field: its valid parts, otherwise its default."""
        part, members = _part(field.type), _members(field.type)
        if part is not None and isinstance(value, dict):
            fitting = self._fitting(key, value, part, "", [])
            if _fits(fitting, field.type):
                return fitting
        if members is not None and isinstance(value, list):
            return list(self._sound_members(key, value, members))
        return _default(field)

    def _sound_members(self, key: str, value: list[Any], members: Any) -> Iterator[Any]:
        part = _part(members)
        for member in value:
            if not list(self._problems(key, member, members, "")):
                yield member
            elif part is not None and isinstance(member, dict):
                within = list[Problem]()
                fitting = self._fitting(key, member, part, "", within)
                required = {one.name for one in msgspec.structs.fields(part) if one.required}
                if required.isdisjoint(problem.field for problem in within) and _fits(fitting, members):
                    yield fitting


def _default(field: Any) -> Any:
    """Return the value of a ``field`` without a usable value."""
    if field.default_factory is not msgspec.NODEFAULT:
        return msgspec.to_builtins(field.default_factory())
    return _WITHOUT_DEFAULT.get(field.name) if field.default is msgspec.NODEFAULT else field.default


def _part(type_: Any) -> type[msgspec.Struct] | None:
    """Return the struct in ``type_``, which is a struct or its union with None; None for other types."""
    candidates = (type_, *getattr(type_, "__args__", ())) if _members(type_) is None else ()
    return next(
        (one for one in candidates if isinstance(one, type) and issubclass(one, msgspec.Struct)), None
    )


def _members(type_: Any) -> Any:
    """Return the member type if ``type_`` is a list or its union with None; None for other types."""
    for one in (type_, *getattr(type_, "__args__", ())):
        if getattr(one, "__origin__", None) is list:
            return one.__args__[0]
    return None


def _fits(value: Any, type_: Any) -> bool:
    try:
        msgspec.convert(value, type_)
    except (msgspec.ValidationError, RecursionError):
        return False
    return True


def _time_fits(shape: type, name: str, value: Any) -> bool:
    if name in _DAYS.get(shape, ()):
        return is_day(value)
    return name not in _TIMES.get(shape, ()) or is_moment(value)


_NAMES = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "nothing",
    "array": "a list",
    "object": "a group of fields",
}


def _problem(error: str, value: Any) -> str:
    """Describe the problem with ``value`` from the message of msgspec, without quoting the value."""
    found = _expected.match(error)
    if found is None:
        return "has a value that it cannot have"
    expected = " or ".join(_NAMES.get(one.strip(), one.strip()) for one in found[1].split("|"))
    got = _NAMES.get(found[2], found[2])
    return f"is {got}, not {expected}" if got != expected else "has a value that it cannot have"


def _named(value: Any) -> str:
    names = {type(None): "null", bool: "bool", int: "int", float: "float", str: "str", list: "array"}
    return _NAMES[names.get(type(value), "object")]


def _plain(value: Any) -> Any:
    """Return ``value`` with lone surrogates replaced, and NaN and infinities changed to None."""
    if isinstance(value, str):
        return _surrogates.sub("\ufffd", value)
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None  # not for NaN either
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {_plain(name): _plain(one) for name, one in value.items()}
    return value


def _is_article(article: ArticleDocument) -> bool:
    """Return True if all times of ``article`` can be read. Each takes a third of a microsecond to check."""
    state = article.state
    return (
        (article.published is None or is_day(article.published))
        and is_moment(article.added)
        and (state.read is None or is_moment(state.read))
        and (state.opened is None or is_moment(state.opened))
        and (state.bookmarked is None or is_moment(state.bookmarked))
        and (state.trashed is None or is_moment(state.trashed))
        and (article.updated is None or is_day(article.updated))
        and (not article.revisions or all(is_moment(one.replaced) for one in article.revisions))
    )


def _is_annotation(annotation: AnnotationDocument) -> bool:
    on_words = annotation.kind == "note" or annotation.quote is not None
    return on_words and is_moment(annotation.created) and is_moment(annotation.updated)


def _repair_annotation(document: dict[str, Any], found: set[str]) -> None:
    """Turn a highlight without a quote into a note, and replace one damaged time by the other."""
    if document.get("quote") is None:
        document["kind"] = "note"
    for one, other in (("created", "updated"), ("updated", "created")):
        if one in found and other not in found:
            document[one] = document[other]


def _is_rule(rule: RuleDocument) -> bool:
    return bool(rule.tags) and is_moment(rule.created)


def _repair_rule(document: dict[str, Any], found: set[str]) -> None:
    """Empty a rule with a damaged query or tags, so that it has no effect."""
    if found & {"query", "tags", ""}:
        document["query"], document["tags"] = "", []


SCHEMAS: dict[str, Schema] = {
    schema.table: schema
    for schema in (
        Schema("articles", ArticleDocument, _is_article),
        Schema("annotations", AnnotationDocument, _is_annotation, _repair_annotation),
        Schema("searches", SearchDocument, lambda search: is_moment(search.saved)),
        Schema("tags", TagDocument),
        Schema("rules", RuleDocument, _is_rule, _repair_rule),
        Schema("history", EntryDocument, lambda entry: is_day(entry.at)),
        Schema("feeds", None),
        Schema("meta", None),
    )
}
"""Table → its schema."""


def defaults_of(table: str) -> dict[str, Any]:
    """Return the replacements for all fields of a document of ``table``."""
    shape = SCHEMAS[table].shape
    return {} if shape is None else {one.name: _default(one) for one in msgspec.structs.fields(shape)}


def is_place(value: Any) -> bool:
    """Return True if ``value`` is a valid jump mark: an article and a quote in it."""
    return _fits(value, PlaceDocument)


def kept_json(value: Any) -> str:
    """Encode the value of a damaged field as ASCII JSON, which loses nothing."""
    return json.dumps(value)


def raw_document(data: bytes) -> Any:
    """Decode ``data`` as any JSON value; return the text itself if it is not JSON."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return data.decode("utf-8", "replace")
