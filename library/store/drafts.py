"""Drafts: notes that are being written, one small file each, so that nothing is lost.

A draft belongs to one session, which is one running program: ``drafts/KEY~SESSION.md``. While the program
runs, it holds the lock on ``drafts/.SESSION.lock``, and no other program uses the draft. Drafts of ended
sessions are offered when the same note is written again.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from library.errors import LibraryAway, StoreUnwritable
from library.models import Passage
from library.store.disk import Disk, make_folder, write_atomically
from library.store.layout import CATALOG_NAME
from library.store.paths import DRAFTS

_PASSAGE = re.compile(r"<!-- tuireader: (\{.*\}) -->\n")
"""The first line of a draft for a note on a passage: an HTML comment, which Markdown does not show."""

_NAME = re.compile(r"(?P<key>[0-9a-z]+)(?:~(?P<session>[0-9a-f]+))?(?P<copy>[^~]*)\.md")
"""The name of a draft. Older programs add no session; file synchronisers add ``copy``."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A draft file and the content that was read from it."""

    path: Path
    content: str


def draft_key(name: str) -> str:
    """Return the article or annotation id in the name of a draft file; empty for another file."""
    found = _NAME.fullmatch(name)
    return found["key"] if found is not None else ""


def draft_files(library: Path, keys: Collection[str]) -> frozenset[str]:
    """Return the drafts of these articles and annotations, as paths relative to the library."""
    with contextlib.suppress(OSError):
        names = [path.name for path in (library / DRAFTS).iterdir()]
        return frozenset(f"{DRAFTS}/{name}" for name in names if draft_key(name) in keys)
    return frozenset()


class Drafts:
    """The folder ``drafts/`` of a library. A key is the id of an article or of an annotation."""

    def __init__(self, library: Path) -> None:
        self._catalogue = library / CATALOG_NAME
        self._folder = library / DRAFTS
        self._session = secrets.token_hex(4)
        self._lock = -1
        self._taken: dict[str, _Draft] = {}
        self._disk = Disk()

    def keep(self, key: str, text: str, passage: Passage | None = None) -> None:
        """Save ``text`` as this session's draft of ``key``, on ``passage``; an empty text removes it.

        This also removes the draft of an ended session that ``get`` returned, unless it has changed since.
        Raises StoreUnwritable, also if the library's disk was removed: a file written in its place would be
        hidden when the disk is back.
        """
        if not self._catalogue.exists():
            raise LibraryAway(self._folder, f"there is no {CATALOG_NAME} beside it")
        try:
            if text:
                make_folder(self._folder)
                self._begin_session()
                head = _head(passage) if passage else ""
                write_atomically(self._path(key), (head + text).encode("utf-8", "replace"))
            else:
                self._path(key).unlink(missing_ok=True)
            self._remove_taken(key)
        except OSError as error:
            raise StoreUnwritable(self._folder, error.strerror or str(error)) from error

    def _remove_taken(self, key: str) -> None:
        taken = self._taken.pop(key, None)
        if taken is not None and _content(taken.path) == taken.content:
            taken.path.unlink(missing_ok=True)

    def get(self, key: str) -> str:
        """Return this session's draft of ``key``, or the newest of an ended session, or an empty text."""
        return self._read(key)[0]

    def passage(self, key: str) -> Passage | None:
        """Return the passage that the draft of ``key`` is about; None for the whole article."""
        return self._read(key)[1]

    def _read(self, key: str) -> tuple[str, Passage | None]:
        text = _content(self._path(key))
        if text is None:
            left = max(self._left(key), key=_changed, default=None)
            text = _content(left) if left is not None else None
            if left is None or text is None:
                return "", None
            self._taken[key] = _Draft(left, text)
        head = _PASSAGE.match(text)
        with contextlib.suppress(ValueError, KeyError, TypeError):
            if head is not None:
                fields = json.loads(head[1])
                return text[head.end() :], Passage(str(fields["words"]), int(fields["start"]))
        return text, None

    def _left(self, key: str) -> Iterator[Path]:
        """Yield the drafts of ``key`` whose sessions have ended."""
        with contextlib.suppress(OSError):
            for path in self._folder.iterdir():
                found = _NAME.fullmatch(path.name)
                if found is not None and found["key"] == key and not self._is_running(found["session"] or ""):
                    yield path

    def _is_running(self, session: str) -> bool:
        """Return True if the program of another session is running."""
        if not session or session == self._session:
            return False
        path = self._lock_path(session)
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            self._disk.lock(descriptor)
            path.unlink(missing_ok=True)
        except BlockingIOError:
            return True
        except OSError:  # a file system without locks
            return False
        finally:
            os.close(descriptor)
        return False

    def _begin_session(self) -> None:
        if self._lock < 0:
            self._lock = self._disk.open(self._lock_path(self._session), os.O_RDWR | os.O_CREAT)
            with contextlib.suppress(OSError):  # without locks other programs cannot detect this session
                self._disk.lock(self._lock)

    def close(self) -> None:
        """End the session; its remaining drafts are offered to the next one."""
        if self._lock >= 0:
            with contextlib.suppress(OSError):
                self._lock_path(self._session).unlink(missing_ok=True)
            os.close(self._lock)
            self._lock = -1

    def _lock_path(self, session: str) -> Path:
        return self._folder / f".{session}.lock"

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}~{self._session}.md"


def _content(path: Path) -> str | None:
    try:
        return path.read_text("utf-8", errors="replace")
    except OSError:
        return None


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _head(passage: Passage) -> str:
    fields = {"start": passage.start, "words": passage.words}
    return f"<!-- tuireader: {json.dumps(fields, ensure_ascii=False)} -->\n"
