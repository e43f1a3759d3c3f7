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
    """Everything exported of an article. ``body`` is Markdown, or None if it cannot be read.

    ``story`` has the ids of all articles that tell the same; empty if it is alone.
    ``marks`` are the jump marks in it.
    """

    article: Article
    body: str | None
    annotations: tuple[Annotation, ...] = ()
    story: tuple[str, ...] = ()
    marks: tuple[PlaceMark, ...] = ()
