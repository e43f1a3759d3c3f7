"""An offline library of articles: stored in TinyDB and Markdown, searched, marked and annotated.

    from library import Library

    with Library.open("articles") as library:
        for outcome in library.add("dumps/", tags=["harbour"]):
            print(outcome.status, outcome.title)
        for article in library.select("tag:harbour date:2021-03"):
            library.note(article.id, "Compare with the operator's figures.", quote="another week")

Values are frozen and typed (``library.models``); errors form one tree (``library.errors``).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from library.errors import (
        AmbiguousId,
        AnnotationNotFound,
        ArticleNotFound,
        CatalogDamaged,
        CatalogTooLarge,
        ChangeStopped,
        DamagedUnwritable,
        ExportRefused,
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
        RuleNotFound,
        SearchInUse,
        SearchNameTaken,
        SearchNotFound,
        SearchStopped,
        StoreError,
        StoreUnwritable,
        TagNotFound,
        UnknownFormat,
    )
    from library.exporting.registry import ExportOutcome, ExportStatus
    from library.library import Library
    from library.models import (
        Annotation,
        AnnotationKind,
        Article,
        Change,
        Completion,
        DayCount,
        Found,
        Image,
        ImportOutcome,
        ImportProgress,
        ImportStatus,
        IndexProgress,
        Passage,
        PlaceMark,
        Plan,
        PlanStep,
        Position,
        Progress,
        Quote,
        RelatedArticle,
        Revision,
        SavedSearch,
        Snippet,
        SourceCount,
        State,
        Statistics,
        Story,
        StoryMoment,
        TagCount,
    )
    from library.tags.values import RelatedTag, TagChange, TagFamily, TagRule, TagSuggestion, UnusedTag

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
    "ChangeStopped",
    "Completion",
    "DamagedUnwritable",
    "DayCount",
    "ExportOutcome",
    "ExportRefused",
    "ExportStatus",
    "FormatTooNew",
    "Found",
    "Image",
    "ImportFailed",
    "ImportOutcome",
    "ImportProgress",
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
    "Plan",
    "PlanStep",
    "Position",
    "Progress",
    "QueryError",
    "Quote",
    "QuoteNotFound",
    "RelatedArticle",
    "RelatedTag",
    "Revision",
    "RevisionNotFound",
    "RuleNotFound",
    "SavedSearch",
    "SearchInUse",
    "SearchNameTaken",
    "SearchNotFound",
    "SearchStopped",
    "Snippet",
    "SourceCount",
    "State",
    "Statistics",
    "StoreError",
    "StoreUnwritable",
    "Story",
    "StoryMoment",
    "TagChange",
    "TagCount",
    "TagFamily",
    "TagNotFound",
    "TagRule",
    "TagSuggestion",
    "UnknownFormat",
    "UnusedTag",
]

_HOMES = ("errors", "models", "tags.values", "exporting.registry", "library")
"""The modules that the names above are in, those that are loaded sooner first."""

if not TYPE_CHECKING:  # which would take any name for a good one

    def __getattr__(name: str) -> Any:
        """Load a name at its first use: the reader's first list needs few modules, and is shown sooner."""
        if name in __all__:
            for home in _HOMES:
                module = import_module(f"library.{home}")
                if hasattr(module, name):
                    return globals().setdefault(name, getattr(module, name))
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
