"""An offline library of articles: kept in TinyDB and Markdown files, found, marked and annotated.

    from library import Library

    with Library.open("articles") as library:
        for outcome in library.add("dumps/", tags=["harbour"]):
            print(outcome.status, outcome.title)
        for article in library.select("tag:harbour date:2021-03"):
            library.note(article.id, "Compare with the operator's figures.", quote="another week")

Values are frozen and typed (``library.models``); errors form one tree (``library.errors``).
"""

from library.core import Library
from library.errors import (
    AmbiguousId,
    AnnotationNotFound,
    ArticleNotFound,
    CatalogDamaged,
    CatalogTooLarge,
    DamagedUnwritable,
    FormatTooNew,
    ImportFailed,
    LibraryAway,
    LibraryError,
    LibraryLocked,
    MarkNotFound,
    NothingToUndo,
    QueryError,
    QuoteNotFound,
    RevisionNotFound,
    StoreError,
    StoreUnwritable,
)
from library.models import (
    Annotation,
    AnnotationKind,
    Article,
    Change,
    DayCount,
    Found,
    Image,
    ImportOutcome,
    ImportStatus,
    IndexProgress,
    Passage,
    PlaceMark,
    Position,
    Quote,
    RelatedArticle,
    Revision,
    Snippet,
    State,
    Statistics,
    Story,
    StoryMoment,
    TagCount,
)

__all__ = [
    "AmbiguousId",
    "Annotation",
    "AnnotationKind",
    "AnnotationNotFound",
    "Article",
    "ArticleNotFound",
    "CatalogDamaged",
    "CatalogTooLarge",
    "Change",
    "DamagedUnwritable",
    "DayCount",
    "FormatTooNew",
    "Found",
    "Image",
    "ImportFailed",
    "ImportOutcome",
    "ImportStatus",
    "IndexProgress",
    "Library",
    "LibraryAway",
    "LibraryError",
    "LibraryLocked",
    "MarkNotFound",
    "NothingToUndo",
    "Passage",
    "PlaceMark",
    "Position",
    "QueryError",
    "Quote",
    "QuoteNotFound",
    "RelatedArticle",
    "Revision",
    "RevisionNotFound",
    "Snippet",
    "State",
    "Statistics",
    "StoreError",
    "StoreUnwritable",
    "Story",
    "StoryMoment",
    "TagCount",
]
