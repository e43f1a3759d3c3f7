"""Backs up a whole library to a zip file, and restores it."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
import time
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from library.errors import CatalogDamaged, LibraryError, StoreUnwritable
from library.maintenance.doctor import examine
from library.maintenance.findings import Code, Finding
from library.maintenance.inspection import tables_at_one_change
from library.maintenance.restoring import finish_restore, staging
from library.store.article_files import files_of
from library.store.database import CatalogDatabase
from library.store.disk import Disk, make_folders, removed_after_error, replace_file, sync_folder
from library.store.layout import CATALOG_NAME, FORMAT
from library.store.paths import DEPTH, OWN_FOLDERS, files_below, on_disk
from library.store.schema import SCHEMAS
from library.store.snapshot import Snapshot, decode_snapshot, encode_snapshot
from library.store.tables import Documents
from library.store.validation import CheckedDocuments, DamagedDocuments
from library.text.cleaning import TITLE_LIMIT, clean_line

MEMBERS = 200_000
"""Maximum number of files in a backup."""

_PIECE = 1 << 20

RATIO = 100
"""Maximum ratio of a backup's unpacked size to the size of the file."""

_EARLIEST, _LATEST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)
"""The first and the last time that a zip file can represent."""

_BAD_NAMES = (errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ)
"""System errors for a file in a backup whose name is impossible, or is taken by a folder."""
_FATAL = (Code.CATALOGUE_DAMAGED, Code.CATALOGUE_MISSING, Code.FORMAT_TOO_NEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMade:
    """A written backup: its file, its contents, and its size in bytes."""

    file: Path
    articles: int
    annotations: int
    files: int
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A restored library: its number of texts, the previous library's path, and the findings."""

    texts: int
    previous: Path | None
    findings: tuple[Finding, ...]


def back_up(database: CatalogDatabase, folder: Path, file: Path) -> BackupMade:
    """Write the library in ``folder`` to the zip ``file``: the catalogue at one change, and all its files.

    The library may be in use. Only a previous backup is overwritten, after the new one is complete. Raises
    LibraryError, StoreUnwritable.
    """
    if database.damage is not None:
        raise LibraryError(f"{database.damage} Repair it first: tuireader doctor --repair")
    _check_target(file)
    there = frozenset(_files(folder))
    snapshot = tables_at_one_change(database)
    needed = frozenset[str]().union(*map(files_of, _articles(snapshot).values()))
    names = [name for name in _files(folder) if name in there or name in needed]  # no later files
    temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        with removed_after_error(Disk(), temporary):
            count = _write_zip(temporary, folder, names, encode_snapshot(snapshot), zipfile.ZIP_DEFLATED)
            if _is_dense(temporary):  # ``restore`` would refuse it as a zip bomb
                count = _write_zip(temporary, folder, names, encode_snapshot(snapshot), zipfile.ZIP_STORED)
            temporary.replace(file)
            sync_folder(file.parent)
        size = file.stat().st_size
    except OSError as error:
        raise StoreUnwritable(file, error.strerror or str(error)) from error
    articles, annotations = (len(snapshot.tables.get(name, ())) for name in ("articles", "annotations"))
    return BackupMade(file=file, articles=articles, annotations=annotations, files=count, bytes=size)


def _check_target(file: Path) -> None:
    if file.is_dir():
        raise LibraryError(f"{file} is a folder. Name a file in it, such as {file / 'library.zip'}.")
    if not file.exists():
        return
    if file.is_file():
        with contextlib.suppress(Exception), zipfile.ZipFile(file) as archive:
            if CATALOG_NAME in archive.namelist():
                return
    raise LibraryError(
        f"{file} exists and is not a backup of a library; it was not changed. Name another file."
    )


def _is_dense(file: Path) -> bool:
    """Return True if the zip would unpack to more than RATIO times its size."""
    with zipfile.ZipFile(file) as archive:
        return sum(member.file_size for member in archive.infolist()) > RATIO * file.stat().st_size


def _articles(snapshot: Snapshot) -> Mapping[str, Mapping[str, Any]]:
    documents = snapshot.tables.get("articles", Documents())
    return CheckedDocuments(documents, SCHEMAS["articles"], DamagedDocuments())


def _files(folder: Path) -> Iterator[str]:
    return (name for top in OWN_FOLDERS for name in files_below(folder, top))


def _write_zip(
    path: Path, folder: Path, names: Iterable[str], catalogue: Iterator[bytes], method: int
) -> int:
    """Write the zip and make it durable; return the number of files in it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            member = _member(CATALOG_NAME, time.time(), method)
            with archive.open(member, "w", force_zip64=True) as target:
                for chunk in catalogue:
                    target.write(chunk)
            for name in names:
                source = on_disk(folder, name)
                try:
                    data, changed = source.read_bytes(), source.stat().st_mtime
                except FileNotFoundError:  # deleted in the meantime
                    continue
                except OSError as error:
                    reason = f"{source} cannot be read ({error.strerror or error}). No backup was made."
                    raise LibraryError(reason) from error
                archive.writestr(_member(_name_in_zip(name, archive), changed, method), data)
            count = len(archive.namelist())
        if count > MEMBERS:
            raise LibraryError(f"A backup holds {MEMBERS:,} files at most, and this library has {count:,}.")
        file.flush()
        os.fsync(file.fileno())
    return count


def _name_in_zip(name: str, archive: zipfile.ZipFile) -> str:
    """Return ``name``, or a similar one if another program's file name is not UTF-8 or has a backslash."""
    plain = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace").replace("\\", "%")
    while plain != name and plain in archive.NameToInfo:
        plain += "~"
    return plain


def _member(name: str, changed: float, method: int) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _moment_in_zip(changed))
    member.compress_type, member.external_attr = method, 0o600 << 16
    return member


def _moment_in_zip(changed: float) -> tuple[int, int, int, int, int, int]:
    """Convert a file's time to the nearest that a zip can represent, from 1980 to 2107."""
    try:
        year, month, day, hour, minute, second = time.localtime(changed)[:6]
    except (OverflowError, ValueError, OSError):  # beyond what the system's calendar holds
        return _LATEST if changed > 0 else _EARLIEST
    return min(_LATEST, max(_EARLIEST, (year, month, day, hour, minute, min(second, 59))))


def restore(file: Path, folder: Path, *, now: datetime, force: bool = False) -> Restored:
    """Restore the library in the backup ``file`` to ``folder``.

    An existing library is replaced only with ``force``, and is then moved to ``FOLDER.before-restore-N``. It
    is not touched before the new one is complete on the disk and its catalogue has been read. A program that
    has the library open continues with the new one, which starts another line of history.
    Raises LibraryError, StoreUnwritable.
    """
    folder = folder.resolve()
    if not force and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise LibraryError(
            f"There is already a library in {folder}. With --force it is moved aside and replaced."
        )
    finish_restore(folder)
    try:
        make_folders(Disk(), folder.parent)
        with staging(folder) as new:
            texts = _unpack(file, new.path)
            findings = _examined(file, new.path, now)
            if any(finding.code in _FATAL for finding in findings):
                raise LibraryError(
                    f"{file} is not a complete backup: {findings[0].sentence} Nothing was restored."
                )
            new.set_whole()
            previous = new.put_in_place(folder)
    except OSError as error:
        if isinstance(error, LibraryError):
            raise
        raise StoreUnwritable(folder, error.strerror or str(error)) from error
    return Restored(texts=texts, previous=previous, findings=findings)


def _examined(file: Path, folder: Path, now: datetime) -> tuple[Finding, ...]:
    """Return the doctor's findings about the unpacked library, whose catalogue may contain anything."""
    try:
        _begin_line(folder / CATALOG_NAME)
        return examine(folder, now=now)
    except (LibraryError, OSError, MemoryError):
        raise
    except Exception as error:
        raise _incomplete(file, f"its catalogue cannot be read: {_reason(error)}") from error


def _incomplete(file: Path, reason: str) -> LibraryError:
    return LibraryError(f"{file} is not a complete backup ({reason}). Nothing was restored.")


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__


def _unpack(file: Path, folder: Path) -> int:
    """Unpack the backup durably; return the number of texts in it. Raises LibraryError, OSError."""
    with _opened(file) as archive:
        members = _checked_members(file, archive)
        for member in members:
            _unpack_member(file, archive, member, folder)
    for made in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        sync_folder(made)
    return sum(member.filename.startswith("texts/") for member in members)


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    """Open the zip ``file``. Raises LibraryError if it does not exist or is not a zip."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):  # opening a pipe would wait
            raise LibraryError(f"{file} is not a file. Nothing was restored.")
        opened = file.open("rb")
    except FileNotFoundError as error:
        raise LibraryError(f"{file} does not exist. Nothing was restored.") from error
    except OSError as error:
        raise LibraryError(
            f"{file} cannot be read ({error.strerror or error}). Nothing was restored."
        ) from error
    with opened:
        with _damage_reported(file):
            archive = zipfile.ZipFile(opened)
        with archive:
            yield archive


@contextlib.contextmanager
def _damage_reported(file: Path) -> Iterator[None]:
    """Convert every error from reading a damaged zip to a LibraryError: there are a dozen types."""
    try:
        yield
    except LibraryError:
        raise
    except Exception as error:  # also a MemoryError: a few wrong bytes can request any amount
        raise _incomplete(file, _reason(error)) from error


def _unpack_member(file: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> None:
    """Unpack one file. Raises LibraryError for errors in the backup, OSError for errors of the disk."""
    disk, left = Disk(), member.file_size
    try:
        path = on_disk(folder, member.filename)
        make_folders(disk, path.parent)
        descriptor = disk.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno not in _BAD_NAMES:
            raise
        raise _incomplete(file, f"{member.filename!r}: {_reason(error)}") from error
    with os.fdopen(descriptor, "wb") as target:
        with _damage_reported(file):
            source = archive.open(member)
        with source:
            while True:
                with _damage_reported(file):
                    data = source.read(_PIECE)
                if not data:
                    break
                left -= len(data)
                target.write(data)
        target.flush()
        os.fsync(target.fileno())
    if left:
        raise _incomplete(file, f"{member.filename!r} has the wrong length")
    with contextlib.suppress(OverflowError, ValueError, OSError):  # an invalid time
        changed = time.mktime((*member.date_time, 0, 0, -1))
        os.utime(path, (changed, changed))


def _checked_members(file: Path, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the files to unpack. Raises LibraryError if one does not belong in a backup."""
    with _damage_reported(file):
        return _members(file, archive)


def _members(file: Path, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    members = [member for member in archive.infolist() if not member.is_dir()]
    names = [member.filename for member in members]
    wrong = next((member.filename for member in members if not _belongs(member)), None)
    reason = ""
    if CATALOG_NAME not in names:
        reason = "it has no catalogue"
    elif len(members) > MEMBERS:
        reason = f"it has more than {MEMBERS:,} files"
    elif wrong is not None:
        reason = f"it has a file that does not belong to a library, {clean_line(wrong, TITLE_LIMIT)!r}"
    elif len(frozenset(names)) < len(names):
        reason = "it has two files with the same name"
    elif _is_dense(file):
        reason = f"it would unpack to more than {RATIO} times its size"
    if reason:
        raise LibraryError(f"{file} is not a backup of a library: {reason}. Nothing was restored.")
    return members


def _belongs(member: zipfile.ZipInfo) -> bool:
    name, parts = member.filename, PurePosixPath(member.filename).parts
    kind = stat.S_IFMT(member.external_attr >> 16)
    plain = kind in (0, stat.S_IFREG) and not member.flag_bits & 0x1
    inside = name == "/".join(parts) and not frozenset(parts) & {"..", ".", "/"}
    known = name == CATALOG_NAME or (1 < len(parts) <= DEPTH and parts[0] in OWN_FOLDERS)
    return (
        plain and inside and known and "\\" not in member.orig_filename and "\0" not in member.orig_filename
    )


def _begin_line(catalogue: Path) -> None:
    """Start a new line of history in the restored catalogue."""
    with contextlib.suppress(CatalogDamaged):  # the doctor reports it
        snapshot = decode_snapshot(catalogue, catalogue.read_bytes())
        if snapshot.format == FORMAT:
            fresh = Snapshot(snapshot.tables, snapshot.number, secrets.token_hex(8))
            replace_file(Disk(), catalogue, encode_snapshot(fresh))
