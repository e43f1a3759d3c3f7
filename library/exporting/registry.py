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
