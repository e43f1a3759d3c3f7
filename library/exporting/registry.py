"""The registry of export formats.

A new format is a module in ``library/exporting/formats`` with a ``WRITER``, and its entry in ``FORMATS``:
command line, help and errors read it from there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from library.errors import UnknownFormat
from library.exporting.values import WholeArticle

Stream = Callable[[str], object]
"""Takes the text of an export piece by piece, as ``sys.stdout.write`` does."""


@dataclass(frozen=True, slots=True)
class Writer:
    """How a format writes articles.

    Attributes:
        encode: One article as text.
        file_name: The name of an article's file, with what is put before its extension where that name is
            taken; None for a format that has all articles in one file.
        head: What one file begins with.
        tail: What one file ends with.
        in_ascii: Writes text without other characters than ASCII; None if the format has no way.
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
        name: What ``--format`` takes; also the name of its module.
        title: What people call it.
        help: What it makes.
        in_one_file: Whether all articles go into one file, or to standard output; otherwise each gets a file
            of its own in a folder.
    """

    name: str
    title: str
    help: str
    in_one_file: bool

    def writer(self) -> Writer:
        """The writer of the format, loaded on first use."""
        writer = import_module(f"library.exporting.formats.{self.name}").WRITER
        assert isinstance(writer, Writer)
        return writer


FORMATS = (
    ExportFormat("markdown", "Markdown", "one file an article, in a folder", in_one_file=False),
    ExportFormat("jsonl", "JSON lines", "one file, one line an article", in_one_file=True),
)


def export_format(name: str) -> ExportFormat:
    """The format with this name. Raises UnknownFormat."""
    found = next((one for one in FORMATS if one.name == name), None)
    if found is None:
        raise UnknownFormat(str(name), tuple(one.name for one in FORMATS))
    return found
