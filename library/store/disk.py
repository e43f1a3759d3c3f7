"""All system calls of the store in one place, so that tests can record each one and make it fail."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from library.errors import LibraryLocked

_CHUNK = 1 << 22
_TRIES = 3
_NO_LOCKS = (errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS)


class Disk:
    """Access to the file system. All methods except ``identity`` raise OSError."""

    patience = 5.0
    """Seconds to wait for a lock: longer than any change takes, and acceptable for a person."""

    def open(self, path: Path, flags: int) -> int:
        """Open ``path`` with access for this user only; child processes do not inherit the descriptor."""
        return os.open(path, flags | os.O_CLOEXEC, 0o600)

    def close(self, descriptor: int) -> None:
        os.close(descriptor)

    def write(self, descriptor: int, data: bytes) -> int:
        """Write some of ``data`` at the descriptor's position; return the number of bytes written."""
        return os.write(descriptor, data)

    def seek(self, descriptor: int, offset: int) -> None:
        os.lseek(descriptor, offset, os.SEEK_SET)

    def sync(self, descriptor: int) -> None:
        """Make the written data durable, with the metadata needed to read it: see fdatasync(2)."""
        os.fdatasync(descriptor) if hasattr(os, "fdatasync") else os.fsync(descriptor)

    def truncate(self, descriptor: int, length: int) -> None:
        os.ftruncate(descriptor, length)

    def read(self, descriptor: int, offset: int, length: int = sys.maxsize) -> bytes:
        """Read at most ``length`` bytes from ``offset``."""
        parts = []
        while length and (part := os.pread(descriptor, min(_CHUNK, length), offset)):
            parts.append(part)
            offset += len(part)
            length -= len(part)
        return b"".join(parts)

    def size(self, descriptor: int) -> int:
        return os.fstat(descriptor).st_size

    def identity(self, path: Path) -> tuple[int, int] | None:
        """Return the device and inode of the file at ``path``; None if it cannot be examined."""
        try:
            status = path.stat()
        except OSError:
            return None
        return (status.st_dev, status.st_ino)

    def replace(self, source: Path, target: Path) -> None:
        """Rename ``source`` to ``target``, replacing an existing file."""
        source.replace(target)

    def link(self, source: Path, target: Path) -> None:
        """Give the file ``source`` a second name."""
        os.link(source, target)

    def unlink(self, path: Path) -> None:
        path.unlink(missing_ok=True)

    def make_folder(self, path: Path) -> None:
        """Create a folder with access for this user only."""
        path.mkdir(mode=0o700, exist_ok=True)

    def sync_folder(self, path: Path) -> None:
        """Make the names in the folder durable. Needed after a create or rename: see fsync(2)."""
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    @contextmanager
    def locked(self, path: Path) -> Iterator[bool]:
        """Hold the advisory lock on the file ``path``, which is never renamed: see flock(2).

        Yield False if the file system has no locks (some network shares). Raises LibraryLocked if another
        program holds the lock for all of ``patience``.
        """
        end = time.monotonic() + self.patience
        for tries_left in reversed(range(_TRIES)):
            descriptor = self.open(path, os.O_RDWR | os.O_CREAT)
            try:
                held, status = self._lock(path, descriptor, end), os.fstat(descriptor)
                if not tries_left or self.identity(path) == (status.st_dev, status.st_ino):
                    yield held
                    return
            finally:  # another identity: a restore has replaced the library, so lock the new file
                os.close(descriptor)

    def _lock(self, path: Path, descriptor: int, end: float) -> bool:
        try:
            self.lock(descriptor)
        except BlockingIOError:
            if not _locked_in_turn(descriptor, end - time.monotonic()):
                raise LibraryLocked(path, self.patience) from None
        except OSError as error:
            if error.errno in _NO_LOCKS:
                return False
            raise
        return True

    def lock(self, descriptor: int) -> None:
        """Lock an open file. Raises BlockingIOError if another program holds the lock."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _locked_in_turn(descriptor: int, seconds: float) -> bool:
    """Wait up to ``seconds`` for the lock on an open file; return True if it was acquired.

    The system serves waiting programs in order. Polling would not: the same program could be too late each
    time. A blocking call cannot be cancelled, so another thread makes it, and releases the lock if it comes
    after the timeout. Raises OSError.
    """
    lock, done, given_up = threading.Lock(), threading.Event(), False
    twin = os.dup(descriptor)  # shares the open file, so ``descriptor`` holds the lock too
    failed: list[OSError] = []

    def wait() -> None:
        try:
            fcntl.flock(twin, fcntl.LOCK_EX)
        except OSError as error:
            failed.append(error)
        with lock:
            if given_up:
                fcntl.flock(twin, fcntl.LOCK_UN)
            done.set()
        os.close(twin)

    threading.Thread(target=wait, daemon=True, name="waiting for the library's lock").start()
    done.wait(max(0.0, seconds))
    with lock:
        given_up = not done.is_set()
    if failed:
        raise failed[0]
    return not given_up


class DiskMissing(FileNotFoundError):
    """A broken link to a folder, for example because its disk is not connected."""


def broken_link(path: Path) -> str:
    """Describe the first broken link among ``path`` and its parents; empty if there is none."""
    for folder in (path, *path.parents):
        if folder.is_symlink() and not folder.exists():
            return f"{folder} leads to {folder.readlink()}, which is not there"
    return ""


def make_folders(disk: Disk, folder: Path) -> None:
    """Create ``folder`` and its missing parents, and make their names durable.

    Raises OSError; DiskMissing if one of them is a broken link.
    """
    missing = []
    while not folder.exists():
        if folder.is_symlink():
            raise DiskMissing(errno.ENOENT, broken_link(folder), str(folder))
        missing.append(folder)
        folder = folder.parent
    for new in reversed(missing):
        disk.make_folder(new)
        disk.sync_folder(new.parent)


def write_all(disk: Disk, descriptor: int, data: bytes) -> None:
    """Write all of ``data``."""
    view = memoryview(data)
    while view:
        view = view[disk.write(descriptor, bytes(view[:_CHUNK])) :]


def write_new(disk: Disk, path: Path, chunks: Iterable[bytes]) -> None:
    """Write ``chunks`` to a new file and make it durable; its name in the folder is not durable yet."""
    disk.unlink(path)
    descriptor = disk.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        for chunk in chunks:
            write_all(disk, descriptor, chunk)
        disk.sync(descriptor)
    finally:
        disk.close(descriptor)


def replace_file(disk: Disk, path: Path, chunks: Iterable[bytes], *, keep: Path | None = None) -> None:
    """Replace ``path`` by ``chunks``: temporary file, fsync, rename, fsync of the folder.

    ``keep`` becomes a second name of the previous file. After an error ``path`` is either the complete
    previous file or the complete new one, and the temporary file is removed.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with removed_after_error(disk, temporary):
        write_new(disk, temporary, chunks)
        put_in_place(disk, temporary, path, keep=keep)


@contextmanager
def removed_after_error(disk: Disk, path: Path) -> Iterator[None]:
    """Remove the file at ``path`` if the block raises an error."""
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            disk.unlink(path)
        raise


def free_name(path: Path) -> Path:
    """Return ``path`` with the first number that makes its name unused."""
    count = 1
    while (free := path.with_name(f"{path.name}-{count}")).exists():
        count += 1
    return free


def put_in_place(disk: Disk, source: Path, path: Path, *, keep: Path | None = None) -> None:
    """Rename the durable file ``source`` to ``path``, durably; ``keep`` as in ``replace_file``."""
    if keep is not None and path.exists():
        second = keep.with_name(f".{keep.name}.{os.getpid()}.tmp")
        disk.unlink(second)
        try:
            disk.link(path, second)
        except OSError:  # a file system without links
            write_new(disk, second, [path.read_bytes()])
        disk.replace(second, keep)
    disk.replace(source, path)
    disk.sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable. Raises OSError."""
    Disk().sync_folder(folder)


def make_folder(folder: Path) -> None:
    """Create ``folder`` and its missing parents, and make their names durable. Raises OSError."""
    make_folders(Disk(), folder)


def write_atomically(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data``, as ``replace_file`` does. Raises OSError."""
    replace_file(Disk(), path, [data])


@contextmanager
def new_file(path: Path) -> Iterator[Callable[[bytes], None]]:
    """Write a file that appears at ``path``, complete and durable, when the block ends without an error.

    An existing file is never replaced. Raises OSError; FileExistsError if ``path`` exists.
    """
    disk = Disk()
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    disk.unlink(temporary)
    with removed_after_error(disk, temporary):
        descriptor = disk.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        try:
            yield partial(write_all, disk, descriptor)
            disk.sync(descriptor)
        finally:
            disk.close(descriptor)
        _name(disk, temporary, path)
    disk.unlink(temporary)
    disk.sync_folder(path.parent)


def _name(disk: Disk, source: Path, path: Path) -> None:
    """Give ``source`` the name ``path``. Raises FileExistsError if that name is taken."""
    try:
        disk.link(source, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        disk.replace(source, path)
