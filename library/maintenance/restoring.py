"""Replaces a library with a restored one, safely even if the program is killed.

The new library is unpacked into a hidden folder beside the old one, with the file ``.restoring``, which is
locked while the program runs. Then the two folders are exchanged in one step, and the old one is renamed.
If the system cannot exchange names, the old one is moved away first. After a killed program
``finish_restore`` completes the restore or removes the hidden folder.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from library.store.disk import Disk, sync_folder
from library.store.layout import CATALOG_NAME, LOCK_NAME

MARK = ".restoring"
_WHOLE = b"whole\n"
"""Content of the mark after all files are unpacked and durable."""

_HERE, _EXCHANGE = -100, 2
"""AT_FDCWD and RENAME_EXCHANGE: see renameat2(2)."""

_NO_EXCHANGE = (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP)


class Staging:
    """The hidden folder of a restore in progress."""

    def __init__(self, path: Path, mark: int) -> None:
        self.path = path
        self._mark = mark

    def set_whole(self) -> None:
        """Record that all files are unpacked. Raises OSError."""
        os.write(self._mark, _WHOLE)
        os.fsync(self._mark)
        sync_folder(self.path)

    def put_in_place(self, folder: Path) -> Path | None:
        """Make it the library ``folder``; return the new path of the previous library.

        Raises OSError; nothing has changed then.
        """
        previous = None
        with contextlib.ExitStack() as stack:
            if (folder / CATALOG_NAME).exists():  # so that no change is being written
                stack.enter_context(Disk().locked(folder / LOCK_NAME))
            if not folder.exists():
                self.path.rename(folder)
            elif exchange(self.path, folder):
                previous = _moved_aside(self.path, folder)
            else:
                previous = _moved_aside(folder, folder)
                try:
                    self.path.rename(folder)
                except BaseException:
                    previous.rename(folder)
                    raise
        sync_folder(folder.parent)
        (folder / MARK).unlink(missing_ok=True)
        return previous


@contextmanager
def staging(folder: Path) -> Iterator[Staging]:
    """Create a hidden folder beside ``folder``, and remove it after an error. Raises OSError."""
    path = folder.with_name(f"{_prefix(folder)}{os.getpid()}.tmp")
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(mode=0o700)
    try:
        mark = os.open(path / MARK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _is_free(mark)
            yield Staging(path, mark)
        finally:
            os.close(mark)
    except BaseException:
        if (path / MARK).exists():  # otherwise it is the previous library
            shutil.rmtree(path, ignore_errors=True)
        raise


def exchange(one: Path, other: Path) -> bool:
    """Exchange the names of two folders in one step; return False if the system cannot. Raises OSError."""
    import ctypes

    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    if renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NO_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number), str(other))


def finish_restore(folder: Path) -> tuple[str, ...]:
    """Complete or remove a killed restore into ``folder``; return sentences about what was done."""
    notices = list[str]()
    with contextlib.suppress(OSError):
        folder = folder.resolve()
        if _is_locked(folder / MARK):
            return ()
        for path in sorted(Path(entry) for entry in os.scandir(folder.parent) if _is_staging(entry, folder)):
            notices += _finished(path, folder)
        (folder / MARK).unlink(missing_ok=True)
    return tuple(notices)


def folders_before_restore(folder: Path) -> tuple[Path, ...]:
    """Return the libraries that restores moved away from ``folder``, newest first."""
    number = len(f"{folder.name}.before-restore-")
    found = folder.parent.glob(f"{_escaped(folder.name)}.before-restore-*")
    numbered = {int(path.name[number:]): path for path in found if path.name[number:].isdecimal()}
    return tuple(numbered[key] for key in sorted(numbered, reverse=True))


def _escaped(name: str) -> str:
    import glob

    return glob.escape(name)


def _prefix(folder: Path) -> str:
    return f".{folder.name}.restore-"


def _is_staging(entry: os.DirEntry[str], folder: Path) -> bool:
    return entry.name.startswith(_prefix(folder)) and entry.name.endswith(".tmp") and entry.is_dir()


def _finished(path: Path, folder: Path) -> Iterator[str]:
    mark = path / MARK
    if not mark.exists():  # the folders were exchanged: this is the previous library
        previous = _moved_aside(path, folder)
        yield f"A restore was interrupted after it was complete. The previous library is in {previous}."
    elif _is_locked(mark):
        return  # it is still running
    elif folder.exists() or mark.read_bytes() != _WHOLE:
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.rename(folder)
        sync_folder(folder.parent)
        aside = "".join(f" The previous library is in {one}." for one in folders_before_restore(folder)[:1])
        yield f"An interrupted restore was completed: the restored library is in {folder}.{aside}"


def _is_locked(mark: Path) -> bool:
    try:
        descriptor = os.open(mark, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        return not _is_free(descriptor)
    finally:
        os.close(descriptor)


def _is_free(descriptor: int) -> bool:
    """Lock an open mark until it is closed; return False if another program holds the lock."""
    try:
        Disk().lock(descriptor)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True


def _moved_aside(path: Path, folder: Path) -> Path:
    """Rename ``path`` to the first unused name ``FOLDER.before-restore-N``, and return it."""
    number = 1
    while (previous := folder.with_name(f"{folder.name}.before-restore-{number}")).exists():
        number += 1
    return path.rename(previous)
