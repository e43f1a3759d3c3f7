"""Checks that the paths in documents stay inside the library, and finds the files on the disk.

An article's document names its files by paths such as ``texts/2021/03/….md``. A document may come from
anywhere, so reading, writing, deleting, examining, backing up and exporting call ``article_file`` first.
The folders may be links, for example to a larger disk; a file must not be a link to a file outside them.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG

ARTICLE_FOLDERS = ("texts", "originals", "images")
"""The library's folders with files that an article may name."""

DRAFTS = "drafts"

DEPTH = 50
"""Maximum depth of folders that are searched; no library has more than four levels."""

OWN_FOLDERS = (*ARTICLE_FOLDERS, DRAFTS)
"""The folders with files of articles and notes, which are backed up and may be deleted."""


def article_file(folder: Path, relative: str) -> Path | None:
    """Return the library file that an article names ``relative``; None if the path is not allowed."""
    return own_file(folder, relative, ARTICLE_FOLDERS)


def own_file(folder: Path, relative: object, tops: tuple[str, ...] = OWN_FOLDERS) -> Path | None:
    """Return the file ``relative`` if it is inside one of the library's folders ``tops``; otherwise None."""
    parts = relative.split("/") if isinstance(relative, str) else []
    if len(parts) < 2 or parts[0] not in tops or not all(map(_is_plain, parts)):
        return None
    try:
        path = on_disk(folder, "/".join(parts))
    except UnicodeEncodeError:  # a lone surrogate, which no file name contains
        return None
    return path if _stays(folder, path, parts[0]) else None


def _is_plain(part: str) -> bool:
    return bool(part) and not part.startswith(".") and "\0" not in part


def _stays(folder: Path, path: Path, top: str) -> bool:
    """Return True if the file is not a link, or is a link to a file inside the same top folder."""
    try:
        if not path.is_symlink():
            return True
        target = path.resolve()
        return target.is_relative_to((folder / top).resolve()) and target != path.parent.resolve()
    except (OSError, RuntimeError):  # RuntimeError: links in a circle
        return False


def on_disk(folder: Path, relative: str) -> Path:
    """Return the path of ``relative``, which is not checked. Names on the disk are UTF-8 in every locale.

    Raises UnicodeEncodeError.
    """
    return folder / os.fsdecode(relative.encode("utf-8", "surrogateescape"))


def relative_name(folder: Path, path: Path) -> str:
    """Return ``path`` relative to the library in ``folder``, decoded as UTF-8 in every locale."""
    return os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "surrogateescape")


def readable_file(folder: Path, relative: str) -> Path:
    """Return the regular file that an article names ``relative``. Raises OSError."""
    path = article_file(folder, relative)
    if path is None:
        raise PermissionError(errno.EPERM, "no article may name this file", str(relative))
    if not S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "it is no file", str(path))
    return path


def files_below(folder: Path, top: str) -> Iterator[str]:
    """Yield the files below the library's folder ``top``, sorted, as paths relative to the library.

    Links to folders are followed. Hidden files and folders, and links to files outside, are left out.
    """
    yield from _files(folder, folder / top, top, frozenset())


def _files(folder: Path, inside: Path, name: str, above: frozenset[tuple[int, int]]) -> Iterator[str]:
    """Yield files recursively. ``above`` identifies the parent folders, so that link loops are detected."""
    try:
        status = inside.stat()
        with os.scandir(inside) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError:
        return
    identity = (status.st_dev, status.st_ino)
    if identity in above or len(above) > DEPTH:
        return
    for entry in entries:
        called = f"{name}/{os.fsencode(entry.name).decode('utf-8', 'surrogateescape')}"
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _files(folder, inside / entry.name, called, above | {identity})
        elif entry.is_file() and (not entry.is_symlink() or own_file(folder, called) is not None):
            yield called
