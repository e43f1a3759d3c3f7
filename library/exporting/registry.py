"""The registry of export formats, and the values of an export: content of an article, and outcomes.

A new format is a module in ``library/exporting/formats`` with a ``WRITER``, and its entry in ``FORMATS``:
command line, help and errors read it from there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path

from library.errors import UnknownFormat
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


Stream = Callable[[str], object]
"""Takes the text of an export piece by piece, as ``sys.stdout.write`` does."""


@dataclass(frozen=True, slots=True)
class Writer:
    """The functions that write articles in a format.

    Attributes:
        encode: Returns one article as text.
        file_name: Returns the name of an article's file, with a suffix before its extension if the name is
            taken; None for a format that has all articles in one file.
        head: Text at the start of one file.
        tail: Text at the end of one file.
        in_ascii: Escapes all characters beyond ASCII in a text; None if the format cannot.
    """

    encode: Callable[[WholeArticle], str]
    file_name: Callable[[WholeArticle, str], str] | None = None
    head: str = ""
    tail: str = ""
    in_ascii: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """An entry of the registry.

    Attributes:
        name: The value of ``--format``; also the name of its module.
        title: The name that users see.
        help: A description of the output.
        in_one_file: True if all articles go into one file, or to standard output; otherwise each gets a file
            of its own in a folder.
    """

    name: str
    title: str
    help: str
    in_one_file: bool

    def writer(self) -> Writer:
        """Return the writer of the format, loaded on first use."""
        writer = import_module(f"library.exporting.formats.{self.name}").WRITER
        assert isinstance(writer, Writer)
        return writer


FORMATS = (
    ExportFormat("markdown", "Markdown", "one file an article, in a folder", in_one_file=False),
    ExportFormat("jsonl", "JSON lines", "one file, one line an article", in_one_file=True),
)


def export_format(name: str) -> ExportFormat:
    """Return the format with this name. Raises UnknownFormat."""
    found = next((one for one in FORMATS if one.name == name), None)
    if found is None:
        raise UnknownFormat(str(name), tuple(one.name for one in FORMATS))
    return found
