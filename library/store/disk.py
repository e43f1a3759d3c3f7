"""Every system call of the store, in one place, so that tests can watch each one and make it fail."""

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
    """The operating system's files. All methods but ``identity`` raise OSError."""

    patience = 5.0
    """Seconds that a lock is waited for: longer than any change holds it, and than a person waits gladly."""

    def open(self, path: Path, flags: int) -> int:
        """A descriptor of ``path``, for this user alone, that children do not inherit."""
        return os.open(path, flags | os.O_CLOEXEC, 0o600)

    def close(self, descriptor: int) -> None:
        os.close(descriptor)

    def write(self, descriptor: int, data: bytes) -> int:
        """Write some of ``data`` at the descriptor's place; how many bytes."""
        return os.write(descriptor, data)

    def seek(self, descriptor: int, offset: int) -> None:
        os.lseek(descriptor, offset, os.SEEK_SET)

    def sync(self, descriptor: int) -> None:
        """Make what was written durable, with what is needed to read it back: see fdatasync(2)."""
        os.fdatasync(descriptor) if hasattr(os, "fdatasync") else os.fsync(descriptor)

    def truncate(self, descriptor: int, length: int) -> None:
        os.ftruncate(descriptor, length)

    def read(self, descriptor: int, offset: int, length: int = sys.maxsize) -> bytes:
        """At most ``length`` bytes from ``offset`` on."""
        parts = []
        while length and (part := os.pread(descriptor, min(_CHUNK, length), offset)):
            parts.append(part)
            offset += len(part)
            length -= len(part)
        return b"".join(parts)

    def size(self, descriptor: int) -> int:
        return os.fstat(descriptor).st_size

    def identity(self, path: Path) -> tuple[int, int] | None:
        """What tells the file at ``path`` from any other that takes its name; None if none can be seen."""
        try:
            status = path.stat()
        except OSError:
            return None
        return (status.st_dev, status.st_ino)

    def replace(self, source: Path, target: Path) -> None:
        """Give ``source`` the name ``target``, whatever had it before."""
        source.replace(target)

    def link(self, source: Path, target: Path) -> None:
        """Give the file ``source`` a second name."""
        os.link(source, target)

    def unlink(self, path: Path) -> None:
        path.unlink(missing_ok=True)

    def make_folder(self, path: Path) -> None:
        """A folder for this user alone."""
        path.mkdir(mode=0o700, exist_ok=True)

    def sync_folder(self, path: Path) -> None:
        """Make the names in ``path`` durable. Needed after a create or rename: see fsync(2)."""
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    @contextmanager
    def locked(self, path: Path) -> Iterator[bool]:
        """Hold the advisory lock on the file ``path``, which is never renamed: see flock(2).

        False where the file system has no locks (some network shares). Raises LibraryLocked where another
        program holds it for all of ``patience``.
        """
        end = time.monotonic() + self.patience
        for tries_left in reversed(range(_TRIES)):
            descriptor = self.open(path, os.O_RDWR | os.O_CREAT)
            try:
                held, status = self._lock(path, descriptor, end), os.fstat(descriptor)
                if not tries_left or self.identity(path) == (status.st_dev, status.st_ino):
                    yield held
                    return
            finally:  # else a restored library took the place of the one that was locked
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
        """Take the lock on an open file. Raises BlockingIOError where another program has it."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _locked_in_turn(descriptor: int, seconds: float) -> bool:
    """Wait for the lock on an open file, at most so long, in the queue of those who wait; whether it is ours.

    The system serves that queue in its order, which asking again and again would not: of many programs the
    same one may come too late each time. A blocking call cannot be given up, so another thread
    makes it; where the lock comes too late that thread lets go of it. Raises OSError.
    """
    lock, done, given_up = threading.Lock(), threading.Event(), False
    twin = os.dup(descriptor)  # of the same open file, so that the lock is ours, too
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
    """A folder is a link that leads to what is not there, as when its disk is not connected."""


def broken_link(path: Path) -> str:
    """Which folder on the way to ``path`` is a link to what is not there, in words; empty if none is."""
    for folder in (path, *path.parents):
        if folder.is_symlink() and not folder.exists():
            return f"{folder} leads to {folder.readlink()}, which is not there"
    return ""


def make_folders(disk: Disk, folder: Path) -> None:
    """Create ``folder`` and what is missing above it, and make their names durable.

    Raises OSError; DiskMissing where one of them is a link that leads nowhere.
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
    """Write the whole of ``data``."""
    view = memoryview(data)
    while view:
        view = view[disk.write(descriptor, bytes(view[:_CHUNK])) :]


def write_new(disk: Disk, path: Path, chunks: Iterable[bytes]) -> None:
    """Make ``path`` a durable file of ``chunks``; its name in the folder is not durable yet."""
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

    ``keep`` becomes a second name of the previous file. After an error ``path`` is the previous file or
    the new one, whole, and the temporary file is gone.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with removed_after_error(disk, temporary):
        write_new(disk, temporary, chunks)
        put_in_place(disk, temporary, path, keep=keep)


@contextmanager
def removed_after_error(disk: Disk, path: Path) -> Iterator[None]:
    """Leave no ``path`` behind where what is inside fails."""
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            disk.unlink(path)
        raise


def free_name(path: Path) -> Path:
    """``path`` with the first number that no file has yet."""
    count = 1
    while (free := path.with_name(f"{path.name}-{count}")).exists():
        count += 1
    return free


def put_in_place(disk: Disk, source: Path, path: Path, *, keep: Path | None = None) -> None:
    """Give the durable file ``source`` the name ``path``, durably; ``keep`` as in ``replace_file``."""
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
    """Create ``folder`` and what is missing above it, and make their names durable. Raises OSError."""
    make_folders(Disk(), folder)


def write_atomically(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data``, as ``replace_file`` does. Raises OSError."""
    replace_file(Disk(), path, [data])


@contextmanager
def new_file(path: Path) -> Iterator[Callable[[bytes], None]]:
    """Write a file that gets the name ``path`` once the block has ended well, durable and whole.

    Nothing is ever replaced. Raises OSError; FileExistsError where something has that name.
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
    """Give ``source`` the name ``path``, also. Raises FileExistsError where it is taken."""
    try:
        disk.link(source, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        disk.replace(source, path)
