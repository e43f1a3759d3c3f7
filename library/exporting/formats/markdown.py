"""Exports an article as a Markdown file: front matter, text, then annotations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from library.exporting.citations import escape_markdown
from library.exporting.records import annotation_record, cleaned, json_line
from library.exporting.registry import WholeArticle, Writer
from library.models import Annotation, Article
from library.store.texts import ANNOTATIONS, EXPORT_MARK, FENCE, front_matter, text_path
from library.text.cleaning import BODY_LINE_LIMIT, TAG_LIMIT, clean_line, clean_text

_HEADING = "## Notes and highlights"
_OWN_LINE = re.compile(r"\\*<!-- (?:annotations|tuireader: .*) -->$")
"""A line of a note that looks like a marker of the export; it is escaped with a backslash."""


def file_name(whole: WholeArticle, suffix: str = "") -> str:
    """Return the name of the article's file, such as ``2021-03-04-harbour-strike-3f9c2a.md``."""
    return PurePosixPath(text_path(whole.article, suffix)).name


def markdown_file(whole: WholeArticle) -> str:
    """Return the whole file. Importing it restores the text and the annotations.

    Pictures are named by their address alone, because their files stay in the library.
    """
    import yaml

    fields = front_matter(whole.article)
    extra = fields.pop("extra", {})
    fields["images"] = [_without_path(image) for image in fields.get("images", ())]
    fields["annotations"] = len(whole.annotations)
    kept = {name: _cleaned(value) for name, value in fields.items() if value}
    head = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=100)
    head += _unknown_fields(extra, taken=set(fields))
    text = f"{FENCE}{head}{FENCE}\n{clean_text(whole.body or '').rstrip()}\n"
    if not whole.annotations:
        return text
    noted = [_annotation(whole.article, one) for one in sorted(whole.annotations, key=_place)]
    return "\n".join((text, f"{ANNOTATIONS}\n", f"{_HEADING}\n", *noted))


def _unknown_fields(extra: Mapping[str, Any], taken: set[str]) -> str:
    """Return the fields that this program does not know, as written: ``5`` and ``No`` without quotes.

    Fields with names that this program uses itself (``taken``) go below ``extra``.
    """
    import yaml

    class AsWritten(yaml.SafeDumper):
        """A dumper without numbers, dates and booleans, so that strings like them need no quotes."""

    AsWritten.yaml_implicit_resolvers = {}

    cleaned = {clean_line(key, TAG_LIMIT): _cleaned_text(value) for key, value in extra.items()}
    fields = {key: value for key, value in cleaned.items() if key not in taken}
    if len(fields) < len(cleaned):
        fields["extra"] = {key: value for key, value in cleaned.items() if key in taken}
    if not fields:
        return ""
    return yaml.dump(fields, Dumper=AsWritten, allow_unicode=True, sort_keys=False, width=100)


def _cleaned_text(value: Any) -> Any:
    """Clean the strings in ``value``, which is JSON; keep their line breaks."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, Mapping):
        return {clean_line(str(key), TAG_LIMIT): _cleaned_text(inner) for key, inner in value.items()}
    return [_cleaned_text(inner) for inner in value] if isinstance(value, list | tuple) else value


def _without_path(image: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in image.items() if name != "path"}


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean_line(value, BODY_LINE_LIMIT)
    if isinstance(value, dict):
        return {key: _cleaned(inner) for key, inner in value.items()}
    return [_cleaned(inner) for inner in value if inner] if isinstance(value, list) else value


def _place(annotation: Annotation) -> int:
    """Return the offset of the annotation; one on the whole article comes first."""
    return annotation.quote.start if annotation.quote else -1


def _machine_head(article: Article, annotation: Annotation) -> str:
    """Return a comment with the data that the visible text lacks, for a later import."""
    left_out = ("article", "title", "body")
    fields = annotation_record(article, annotation)
    kept = {
        name: value for name, value in fields.items() if name not in left_out and value not in (None, [], "")
    }
    said = json_line(cleaned(kept)).replace(">", r"\u003e")
    return f"<!-- {EXPORT_MARK}: {said} -->"


def _annotation(article: Article, annotation: Annotation) -> str:
    """Return the heading of an annotation, the quoted words, and the note."""
    about = [
        f"{annotation.kind.capitalize()}{f' ({annotation.colour})' if annotation.colour else ''}",
        annotation.created.date().isoformat(),
        *(f"#{tag}" for tag in annotation.tags),
        *(("orphaned: the passage is no longer in the text",) if annotation.orphan else ()),
    ]
    parts = [f"{_machine_head(article, annotation)}\n### {clean_line(' · '.join(about), BODY_LINE_LIMIT)}"]
    if annotation.quote:
        lines = clean_text(annotation.quote.exact).split("\n")
        parts.append("\n".join(f"> {escape_markdown(line.strip())}".rstrip() for line in lines))
    if annotation.body.strip():
        lines = clean_text(annotation.body).strip("\n").split("\n")
        parts.append("\n".join(f"\\{line}" if _OWN_LINE.match(line) else line for line in lines))
    return "\n\n".join(parts) + "\n"


WRITER = Writer(markdown_file, file_name)
