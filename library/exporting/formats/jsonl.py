"""Exports articles as JSON lines, complete enough to be imported into another library."""

from __future__ import annotations

from library.exporting.records import cleaned, exported_record, json_in_ascii, json_line
from library.exporting.registry import WholeArticle, Writer


def encode(whole: WholeArticle) -> str:
    """Return an article on one line."""
    return f"{json_line(cleaned(exported_record(whole)))}\n"


WRITER = Writer(encode, in_ascii=json_in_ascii)
