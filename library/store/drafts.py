"""Drafts: what is being typed into a note, one small file each, so that nothing is lost."""

from __future__ import annotations

import contextlib
import json
import re
from pathlib import Path

from library.errors import LibraryAway, StoreUnwritable
from library.models import Passage
from library.store.atomic import make_folder, write_atomically
from library.store.names import CATALOG_NAME

_PASSAGE = re.compile(r"<!-- tuireader: (\{.*\}) -->\n")
"""The first line of a draft of a note on a passage: an HTML comment, which Markdown does not show."""


class Drafts:
    """The folder ``drafts/`` of a library. A key is the id of an article or of an annotation."""

    def __init__(self, library: Path) -> None:
        self._catalogue = library / CATALOG_NAME
        self._folder = library / "drafts"

    def keep(self, key: str, text: str, passage: Passage | None = None) -> None:
        """Put ``text`` on the disk as the draft of ``key``, on ``passage``; an empty text removes it.

        Raises StoreUnwritable, also where the library's disk was taken away: what is then written in its
        place would be hidden when it comes back.
        """
        if not self._catalogue.exists():
            raise LibraryAway(self._folder, f"there is no {CATALOG_NAME} beside it")
        try:
            if text:
                make_folder(self._folder)
                head = _head(passage) if passage else ""
                write_atomically(self._path(key), (head + text).encode("utf-8", "replace"))
            else:
                self._path(key).unlink(missing_ok=True)
        except OSError as error:
            raise StoreUnwritable(self._folder, error.strerror or str(error)) from error

    def get(self, key: str) -> str:
        """The draft of ``key``, or an empty text."""
        return self._read(key)[0]

    def passage(self, key: str) -> Passage | None:
        """What the draft of ``key`` is a note on; None for the whole article."""
        return self._read(key)[1]

    def _read(self, key: str) -> tuple[str, Passage | None]:
        try:
            text = self._path(key).read_text("utf-8", errors="replace")
        except OSError:
            return "", None
        head = _PASSAGE.match(text)
        with contextlib.suppress(ValueError, KeyError, TypeError):
            if head is not None:
                fields = json.loads(head[1])
                return text[head.end() :], Passage(str(fields["words"]), int(fields["start"]))
        return text, None

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.md"


def _head(passage: Passage) -> str:
    fields = {"start": passage.start, "words": passage.words}
    return f"<!-- tuireader: {json.dumps(fields, ensure_ascii=False)} -->\n"
