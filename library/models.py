"""The values that the library returns: frozen, typed, independent of the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any

Published = date | datetime | None
"""Publication time: a day, a moment with its time zone, or None if unknown."""


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
    """A reading position in an article.

    ``offset`` is in characters of the article's plain text, ``share`` runs from 0.0 to 1.0.
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
class ArticleFields:
    """The fields of an article that its source states.

    ``extra`` holds the fields of the source's front matter that this program does not know: strings, lists
    and mappings of strings, as JSON can hold them.
    """

    title: str
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
    origin: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def stated(self, **others: Any) -> dict[str, Any]:
        """Return these fields alone, by name, with ``others`` instead of some of them."""
        return {one.name: getattr(self, one.name) for one in fields(ArticleFields)} | others


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(ArticleFields):
    """The catalogue record of an article. Its text is a separate file: see ``Articles.body``.

    ``noticed`` holds the doubts that the import recorded (see ``library.search.doubts``).
    """

    id: str
    added: datetime
    words: int = 0
    reading_minutes: int = 1
    text: str = ""
    text_sha256: str = ""
    state: State = State()
    revisions: tuple[Revision, ...] = ()
    noticed: tuple[str, ...] = ()


HIGHLIGHT_COLOURS = ("yellow", "green", "blue", "red", "purple")
"""Colours of highlights; the first is the default."""


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
    ``rivals`` are the scores of the most similar other places in its text, in characters that agree,
    highest first; None if they were not recorded. They are ignored when quotes are compared.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int = 0
    end: int = 0
    rivals: tuple[int, ...] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an article, with their offset in its plain text."""

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

    ``caption_block`` is the block of the body that holds its caption; unused once the picture is stored.
    """

    image: Image
    source: bytes | str
    caption_block: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryRecord:
    """Data that an exported article had in its library, beyond the fields of the article.

    ``id`` is empty if it is unknown. The annotations and jump marks are on this article, whatever their
    own ``article`` says.
    """

    id: str = ""
    added: datetime | None = None
    state: State = State()
    annotations: tuple[Annotation, ...] = ()
    marks: tuple[PlaceMark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedArticle(ArticleFields):
    """An article as an importer read it, before it has an id.

    ``body`` is Markdown without the headline, the byline and the date line. ``joined`` is the number of
    paragraphs that a page break had split and that were joined again. ``found`` are pictures that the library
    can store; a picture belongs to the one of ``images`` with the same address.
    ``warning`` is a sentence if much of the visible text of the source may be missing.
    """

    body: str
    found: tuple[FoundPicture, ...] = ()
    joined: int = 0
    warning: str = ""
    record: LibraryRecord | None = None


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

    A source is skipped if it came with its folder and is no article: a picture, a table, a hidden file.
    ``warning`` is a sentence if the article was imported but much of its page was left out.
    """

    source: str
    status: ImportStatus
    id: str = ""
    title: str = ""
    error: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """Import progress: ``articles`` read, in ``files`` files of ``total``, 0 while they are being found."""

    articles: int
    files: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A query with a ``name``, as written. ``saved`` is when it was last changed."""

    id: str
    name: str
    query: str
    saved: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """The ids that a search found, in order. ``unsearched`` is the number of texts not indexed yet."""

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

    ``help`` is a sentence, or empty. ``count`` is the number of results of the rest of the query that it
    would keep, None if they are not counted.
    """

    text: str
    start: int
    end: int
    help: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One evaluated term of a query: ``by`` names the method, ``left`` counts the remaining articles."""

    term: str
    by: str
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The execution of a query over ``asked`` articles, in ``steps``. ``str`` gives a readable form.

    ``query`` is its canonical form. ``unindexed`` is the number of articles whose current text is not in the
    full-text index.
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

An exception from it stops the change, and nothing is changed; it raises ``ChangeStopped`` if the user
cancels. It is not called while the change is being written, after all documents are done.
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
        """The id of the article to read."""
        return self.ids[0]

    @property
    def others(self) -> tuple[str, ...]:
        """The ids of the other articles."""
        return self.ids[1:]


@dataclass(frozen=True, slots=True)
class RelatedArticle:
    """A related article, and the reasons: shared rare ``words`` (folded) and ``tags``."""

    id: str
    words: tuple[str, ...]
    tags: tuple[str, ...]
    closeness: float
    """Share of the article's distinctive words and tags that the related one has, from 0.0 to 1.0."""


@dataclass(frozen=True, slots=True)
class StoryMoment:
    """An article on the timeline of a story: its day (None: unknown) and the user's ``annotations``.

    ``same`` is true if it belongs to the story itself, false if it is about a similar matter.
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
