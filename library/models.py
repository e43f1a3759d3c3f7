"""The values that the library returns: frozen, typed, independent of the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

Published = date | datetime | None
"""When an article appeared: a day, a moment with its time zone, or unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of an article. ``path`` is relative to the library; empty if the picture is not stored."""

    path: str = ""
    url: str = ""
    caption: str = ""
    credit: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    """How far an article has been read.

    ``offset`` counts characters of the article's plain text, ``share`` runs from 0.0 to 1.0.
    """

    offset: int = 0
    share: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The read state of an article. Each mark is the time it was set, or None."""

    read: datetime | None = None
    bookmarked: datetime | None = None
    trashed: datetime | None = None
    opened: datetime | None = None
    position: Position = Position()


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """An earlier text of an article, kept when a newer one was imported."""

    text: str
    text_sha256: str
    replaced: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The catalogue record of an article. Its text is a separate file: see ``Library.body``.

    ``extra`` holds what the source's front matter says under names that this program does not know: texts,
    lists and mappings of texts, as JSON can hold them.
    """

    id: str
    title: str
    authors: tuple[str, ...] = ()
    agency: str = ""
    source: str = ""
    url: str = ""
    published: Published = None
    date_guessed: bool = False
    updated: Published = None
    added: datetime
    language: str = ""
    tags: tuple[str, ...] = ()
    summary: str = ""
    words: int = 0
    reading_minutes: int = 1
    images: tuple[Image, ...] = ()
    text: str = ""
    text_sha256: str = ""
    state: State = State()
    revisions: tuple[Revision, ...] = ()
    origin: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)


HIGHLIGHT_COLOURS = ("yellow", "green", "blue", "red", "purple")
"""The colours of highlights; the first is the usual one."""


class AnnotationKind(StrEnum):
    """The kinds of annotations."""

    NOTE = "note"
    HIGHLIGHT = "highlight"
    BOOKMARK = "bookmark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The passage that an annotation is attached to.

    The fields are those of the selectors TextQuoteSelector and TextPositionSelector of the W3C
    Web Annotation Data Model; ``start`` and ``end`` count characters of the plain text.
    ``rivals`` says how like it the other places of its text were that are most like it, in characters
    that agree, most first; None if that was not recorded. Two quotes are the same without it.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int = 0
    end: int = 0
    rivals: tuple[int, ...] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an article, and their offset in its plain text."""

    words: str
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A note, highlight or passage bookmark; ``quote`` is None if it is about the whole article.

    ``orphan`` is true if the quoted words are no longer in the article's text.
    """

    id: str
    article: str
    kind: AnnotationKind
    quote: Quote | None = None
    text_sha256: str = ""
    body: str = ""
    colour: str = ""
    tags: tuple[str, ...] = ()
    created: datetime
    updated: datetime
    orphan: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMark:
    """A jump mark: a ``letter`` for the position where the quoted words begin.

    ``lost`` is true if these words are no longer in the article's text.
    """

    letter: str
    article: str
    quote: Quote
    text_sha256: str = ""
    lost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPicture:
    """A picture that came with a source: its bytes, or its path relative to the source.

    ``caption_block`` is the block of the body that is its caption; it is not needed once the picture is kept.
    """

    image: Image
    source: bytes | str
    caption_block: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryRecord:
    """What a library knew of an exported article beyond its own fields.

    ``id`` is empty if that is not known. The annotations and jump marks are on this article whatever
    they say.
    """

    id: str = ""
    added: datetime | None = None
    state: State = State()
    annotations: tuple[Annotation, ...] = ()
    marks: tuple[PlaceMark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedArticle:
    """An article as an importer read it, before it has an id.

    ``body`` is Markdown without the headline, the byline and the date line. ``joined`` counts the
    paragraphs that were put together again where a page break had cut them. ``found`` are pictures that the
    library can keep; the one with the address of one of ``images`` is that image's. ``extra`` is that of an
    article. ``warning`` is a sentence where much of what the source shows may be missing.
    """

    title: str
    body: str
    authors: tuple[str, ...] = ()
    agency: str = ""
    source: str = ""
    url: str = ""
    published: Published = None
    date_guessed: bool = False
    updated: Published = None
    language: str = ""
    tags: tuple[str, ...] = ()
    summary: str = ""
    images: tuple[Image, ...] = ()
    found: tuple[FoundPicture, ...] = ()
    origin: str = ""
    joined: int = 0
    warning: str = ""
    record: LibraryRecord | None = None
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)


class ImportStatus(StrEnum):
    """The outcome of importing one source."""

    ADDED = "added"
    UPDATED = "updated"
    DUPLICATE = "duplicate"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOutcome:
    """The outcome for one source of ``Library.add``. ``error`` says why it failed or was skipped.

    Skipped is what came with its folder and holds no article: a picture, a table, a hidden file.
    ``warning`` is a sentence where the article came in, but much of its page was left out: look at it.
    """

    source: str
    status: ImportStatus
    id: str = ""
    title: str = ""
    error: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A query with a ``name``, as written. ``saved`` is when it was last changed."""

    id: str
    name: str
    query: str
    saved: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """The ids that a search found, in order. ``unsearched`` texts are not in the index yet."""

    ids: tuple[str, ...]
    unsearched: int = 0


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a text. ``spans`` are the start and end offsets of the hits."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """A completion of a query: ``text`` replaces the characters from ``start`` to ``end``.

    ``help`` is a sentence, or empty. ``count`` is how many articles of what the rest of the query finds it
    would leave, None if that is not counted.
    """

    text: str
    start: int
    end: int
    help: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One term of a query, ``by`` what it was evaluated, and how many articles were ``left``."""

    term: str
    by: str
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a query over ``asked`` articles was run, in ``steps``. ``str`` gives a readable form.

    ``query`` is its canonical form. ``unindexed`` articles are not in the index of words as they are now.
    """

    query: str
    asked: int
    with_trash: bool
    steps: tuple[PlanStep, ...]
    order: str
    limit: int | None
    found: int
    unindexed: int = 0

    def __str__(self) -> str:
        width = max((len(step.term) for step in self.steps), default=0)
        means = max((len(step.by) for step in self.steps), default=0)
        trash = "with those in the trash" if self.with_trash else "not in the trash"
        lines = [f"{self.asked:,} articles {trash}"]
        lines += [f"  {step.term:<{width}}  {step.by:<{means}}  {step.left:>9,} left" for step in self.steps]
        if self.unindexed:
            lines.append(f"  of {self.unindexed:,} articles not in the index the texts are read")
        limit = "" if self.limit is None else f", {self.limit:,} at most"
        return "\n".join([*lines, f"{self.found:,} found, in the order {self.order}{limit}"])


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """Indexing progress: ``done`` of ``total`` texts."""

    done: int
    total: int


Progress = Callable[[int, int], None]
"""Called with the number of documents done and the total.

What it raises ends the change, and nothing of it is there: ``ChangeStopped`` where the person wants no more
of it. Once all documents are done the change is being written, and it is not asked any more.
"""


@dataclass(frozen=True, slots=True)
class TagCount:
    """The number of articles with ``tag``."""

    tag: str
    count: int


@dataclass(frozen=True, slots=True)
class SourceCount:
    """The number of articles from ``source``."""

    source: str
    articles: int


@dataclass(frozen=True, slots=True)
class DayCount:
    """The number of articles published on ``day`` (None: unknown), in the reader's time zone."""

    day: date | None
    count: int


@dataclass(frozen=True, slots=True)
class Story:
    """A group of near-duplicates. The first of ``ids`` is the one to read."""

    ids: tuple[str, ...]

    @property
    def first(self) -> str:
        """The article that stands for the others."""
        return self.ids[0]

    @property
    def others(self) -> tuple[str, ...]:
        """The other articles of the story."""
        return self.ids[1:]


@dataclass(frozen=True, slots=True)
class RelatedArticle:
    """A related article, and the reasons: shared rare ``words`` (folded) and ``tags``."""

    id: str
    words: tuple[str, ...]
    tags: tuple[str, ...]
    closeness: float
    """How much of what is particular to the one article the other has, from 0.0 to 1.0."""


@dataclass(frozen=True, slots=True)
class StoryMoment:
    """An article on the timeline of a story: its day (None: not known) and the user's ``annotations``.

    ``same`` is true if it is of the story itself, false if it is of a similar matter.
    """

    day: date | None
    id: str
    same: bool
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A change that was undone or redone: its name and the ids it affected."""

    title: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Library statistics. ``bytes`` is the size of the catalogue and the texts on the disk."""

    articles: int = 0
    unread: int = 0
    bookmarked: int = 0
    trashed: int = 0
    annotations: int = 0
    tags: int = 0
    words: int = 0
    bytes: int = 0
    first: date | None = None
    last: date | None = None
    languages: tuple[tuple[str, int], ...] = field(default=())
