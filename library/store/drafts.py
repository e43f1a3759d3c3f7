"""Drafts: what is being typed into a note, one small file each, so that nothing is lost."""

from __future__ import annotations

import contextlib
from pathlib import Path

from library.errors import LibraryAway, StoreUnwritable
from library.store.atomic import make_folder, write_atomically
from library.store.names import CATALOG_NAME


class Drafts:
    """The folder ``drafts/`` of a library. A key is the id of an article or of an annotation."""

    def __init__(self, library: Path) -> None:
        self._catalogue = library / CATALOG_NAME
        self._folder = library / "drafts"

    def keep(self, key: str, text: str) -> None:
        """Put ``text`` on the disk as the draft of ``key``; an empty text removes it.

        Raises StoreUnwritable, also where the library's disk was taken away: what is then written in its
        place would be hidden when it comes back.
        """
        if not self._catalogue.exists():
            raise LibraryAway(self._folder, f"there is no {CATALOG_NAME} beside it")
        try:
            if text:
                make_folder(self._folder)
                write_atomically(self._path(key), text.encode("utf-8", "replace"))
            else:
                self._path(key).unlink(missing_ok=True)
        except OSError as error:
            raise StoreUnwritable(self._folder, error.strerror or str(error)) from error

    def get(self, key: str) -> str:
        """The draft of ``key``, or an empty text."""
        with contextlib.suppress(OSError):
            return self._path(key).read_text("utf-8", errors="replace")
        return ""

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.md"
