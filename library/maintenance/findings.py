"""The findings of the doctor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """The kinds of findings."""

    CATALOGUE_DAMAGED = "catalogue-damaged"
    CATALOGUE_MISSING = "catalogue-missing"
    FORMAT_TOO_NEW = "format-too-new"
    ARTICLE_UNREADABLE = "article-unreadable"
    ARTICLE_MISSING = "article-missing"
    FOLDER_MISSING = "folder-missing"
    TEXT_MISSING = "text-missing"
    TEXT_DAMAGED = "text-damaged"
    TEXT_CHANGED = "text-changed"
    TEXT_OF_ANOTHER = "text-of-another"
    REVISION_MISSING = "revision-missing"
    IMAGE_MISSING = "image-missing"
    IMAGE_DAMAGED = "image-damaged"
    ANNOTATION_UNREADABLE = "annotation-unreadable"
    ANNOTATION_LOST = "annotation-lost"
    ANNOTATION_ASTRAY = "annotation-astray"
    SEARCH_UNREADABLE = "search-unreadable"
    TAG_UNREADABLE = "tag-unreadable"
    RULE_UNREADABLE = "rule-unreadable"
    FEED_UNREADABLE = "feed-unreadable"
    MARK_UNREADABLE = "mark-unreadable"
    INDEX_DAMAGED = "index-damaged"
    HISTORY_INCONSISTENT = "history-inconsistent"
    DRAFT_UNREADABLE = "draft-unreadable"
    NOT_DELETED = "not-deleted"
    UNUSED_TEXT = "unused-text"
    UNUSED_IMAGE = "unused-image"
    STRAY_FILE = "stray-file"
    LONELY_DRAFT = "lonely-draft"
    TEMPORARY_FILE = "temporary-file"
    TORN_RECORD = "torn-record"
    CONFLICT_COPY = "conflict-copy"
    CONFLICT_TEXT = "conflict-text"
    SPENT_COPY = "spent-copy"
    UNREADABLE_COPY = "unreadable-copy"


HARMLESS = frozenset(
    {
        Code.UNUSED_TEXT,
        Code.UNUSED_IMAGE,
        Code.STRAY_FILE,
        Code.LONELY_DRAFT,
        Code.TEMPORARY_FILE,
        Code.TORN_RECORD,
        Code.SPENT_COPY,
        Code.UNREADABLE_COPY,
    }
)
"""Findings that do not mean that something is wrong with the library."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding of the doctor.

    ``ids`` are the articles, annotations or changes concerned; ``path`` is the file, relative to the library.
    ``repairable`` is True if ``repair`` can fix it without losing anything.
    """

    code: Code
    sentence: str
    repairable: bool = False
    ids: tuple[str, ...] = ()
    path: str = ""

    @property
    def harmless(self) -> bool:
        """True if the library is in order despite the finding."""
        return self.code in HARMLESS
