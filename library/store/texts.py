"""The article files under ``texts/``: one Markdown file with YAML front matter for each article."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from library.errors import LibraryAway, StoreUnwritable
from library.models import Article
from library.store.disk import DiskMissing, make_folder, write_atomically
from library.store.documents import article_fields
from library.store.paths import article_file, readable_file

FENCE = "---\n"
ANNOTATIONS = "<!-- annotations -->"
"""The line before the annotations in an exported file, whose front matter has their number."""

ANNOTATION_HEAD = re.compile(r"^<!-- tuireader: (\{.*\}) -->$", re.MULTILINE)
"""The line before each annotation: its other properties as JSON, which Markdown does not show."""

EXPORT_MARK, EXPORT_FORMAT = "tuireader", 1
"""The field that identifies a line of exported JSON, and its value, the version."""

_SLUG_BYTES = 80
_ID_SHOWN = 6
_LATIN_ACCENT = re.compile("([A-Za-z])[\u0300-\u036f]+")


def slug(title: str) -> str:
    """Turn ``title`` into a part of a file name: lower-case letters and digits of any script, and ``-``."""
    plain = _LATIN_ACCENT.sub(r"\1", unicodedata.normalize("NFKD", title))
    words = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", plain).casefold()).strip("-")
    cut = words.encode("utf-8")[:_SLUG_BYTES].decode("utf-8", "ignore")
    return cut.strip("-") or "untitled"


def text_path(article: Article, suffix: str = "") -> str:
    """Return the path of an article's file relative to the library, such as ``texts/2021/03/….md``."""
    name = f"{slug(article.title)}-{article.id[:_ID_SHOWN]}{suffix}.md"
    if article.published is None:
        return f"texts/undated/{name}"
    day: date = article.published
    return f"texts/{day.year:04d}/{day.month:02d}/{day.year:04d}-{day.month:02d}-{day.day:02d}-{name}"


def front_matter(article: Article) -> dict[str, Any]:
    """Return the front matter of the article, without empty fields."""
    fields: dict[str, Any] = {
        "id": article.id,
        **article_fields(article),
        "images": [{key: value for key, value in asdict(image).items() if value} for image in article.images],
        "origin": article.origin,
        "extra": dict(article.extra),
    }
    return {key: value for key, value in fields.items() if value}


def write_text(library: Path, article: Article, body: str) -> None:
    """Write the article's file, ``article.text`` below ``library``. Raises StoreUnwritable."""
    import yaml

    head = yaml.safe_dump(front_matter(article), allow_unicode=True, sort_keys=False, width=100)
    path = article_file(library, article.text)
    if path is None:
        raise StoreUnwritable(library / article.text, "no article may name this file")
    try:
        make_folder(path.parent)
        write_atomically(path, f"{FENCE}{head}{FENCE}\n{body.rstrip()}\n".encode())
    except DiskMissing as error:
        raise LibraryAway(path, str(error.strerror)) from error
    except OSError as error:
        raise StoreUnwritable(path, error.strerror or str(error)) from error


def read_text(library: Path, text: str) -> str:
    """Read the Markdown body of the article file ``text``, a path relative to ``library``. Raises OSError."""
    return body_of(read_content(library, text))


def read_content(library: Path, text: str) -> str:
    """Read the article file ``text`` with its front matter. Raises OSError."""
    return readable_file(library, text).read_text("utf-8", errors="replace")


def body_of(content: str) -> str:
    """Return the Markdown body in the ``content`` of an article file."""
    end = _end_of_head(content)
    return content if end < 0 else content[end + 1 + len(FENCE) :].strip("\n")


def front_matter_of(content: str) -> dict[str, Any]:
    """Parse the front matter in the ``content`` of an article file; empty if it is unreadable."""
    import yaml

    end = _end_of_head(content)
    if end < 0:
        return {}
    try:
        fields = yaml.load(content[len(FENCE) : end + 1], getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: a day such as 2020-02-31
        return {}
    return fields if isinstance(fields, dict) else {}


def _end_of_head(content: str) -> int:
    """Return the offset of the line break before the second fence; -1 without front matter."""
    return content.find(f"\n{FENCE}", len(FENCE) - 1) if content.startswith(FENCE) else -1
