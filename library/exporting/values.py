"""The values of an export: formats, the content of an article, and outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from library.models import Annotation, Article, PlaceMark


class ExportStatus(StrEnum):
    """The outcome of exporting an article. ``PRESENT``: a file with the same content already exists."""

    WRITTEN = "written"
    PRESENT = "present"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOutcome:
    """The outcome of exporting an article: its ``file``, or the ``error`` that prevented it."""

    id: str
    status: ExportStatus
    title: str = ""
    file: Path | None = None
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeArticle:
    """The exported content of an article. ``body`` is Markdown, or None if it cannot be read.

    ``story`` has the ids of its near-duplicates and its own; empty if it has none. ``marks`` are its jump
    marks.
    """

    article: Article
    body: str | None
    annotations: tuple[Annotation, ...] = ()
    story: tuple[str, ...] = ()
    marks: tuple[PlaceMark, ...] = ()
