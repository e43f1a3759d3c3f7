"""Checks which files of a library its documents may name, and finds them on the disk.

An article's document names its files by paths such as ``texts/2021/03/….md``. A document may come from
anywhere, so reading, writing, deleting, examining, backing up and exporting all ask ``article_file`` first.
The folders may be links, to a larger disk for example; a file may not be a link that leads out of them.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG

ARTICLE_FOLDERS = ("texts", "originals", "images")
"""The folders of the library whose files an article may name."""

DRAFTS = "drafts"

DEPTH = 50
"""How many folders in each other are gone into: no library has more than four."""

OWN_FOLDERS = (*ARTICLE_FOLDERS, DRAFTS)
"""The folders whose files belong to articles and notes: what is backed up and may be deleted."""


def article_file(folder: Path, relative: str) -> Path | None:
    """The file of the library in ``folder`` that an article calls ``relative``; None if it may not."""
    return own_file(folder, relative, ARTICLE_FOLDERS)


def own_file(folder: Path, relative: object, tops: tuple[str, ...] = OWN_FOLDERS) -> Path | None:
    """The file ``relative`` below one of the folders ``tops`` of the library; None if it is elsewhere."""
    parts = relative.split("/") if isinstance(relative, str) else []
    if len(parts) < 2 or parts[0] not in tops or not all(map(_is_plain, parts)):
        return None
    try:
        path = on_disk(folder, "/".join(parts))
    except UnicodeEncodeError:  # half of a surrogate pair, which is no name of a file
        return None
    return path if _stays(folder, path, parts[0]) else None


def _is_plain(part: str) -> bool:
    return bool(part) and not part.startswith(".") and "\0" not in part


def _stays(folder: Path, path: Path, top: str) -> bool:
    """Whether the file is no link, or one that leads to another file of the library."""
    try:
        if not path.is_symlink():
            return True
        target = path.resolve()
        return target.is_relative_to((folder / top).resolve()) and target != path.parent.resolve()
    except (OSError, RuntimeError):  # RuntimeError: links in a circle
        return False


def on_disk(folder: Path, relative: str) -> Path:
    """The path of ``relative``, which is trusted: names are UTF-8 on the disk in every locale.

    Raises UnicodeEncodeError.
    """
    return folder / os.fsdecode(relative.encode("utf-8", "surrogateescape"))


def relative_name(folder: Path, path: Path) -> str:
    """The name of ``path`` in the library in ``folder``, in any locale."""
    return os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "surrogateescape")


def readable_file(folder: Path, relative: str) -> Path:
    """The regular file that an article calls ``relative``. Raises OSError."""
    path = article_file(folder, relative)
    if path is None:
        raise PermissionError(errno.EPERM, "no article may name this file", str(relative))
    if not S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "it is no file", str(path))
    return path


def files_below(folder: Path, top: str) -> Iterator[str]:
    """The files below the folder ``top`` of the library, in order, as they are called in the library.

    Folders that are links are gone into. Left out are hidden files, and links that lead elsewhere.
    """
    yield from _files(folder, folder / top, top, frozenset())


def _files(folder: Path, inside: Path, name: str, above: frozenset[tuple[int, int]]) -> Iterator[str]:
    """``above`` identifies the folders on the way, to know a link to one of them."""
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
