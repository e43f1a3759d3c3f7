"""Finds the files to import: the named file, or the files in a folder."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from library.errors import FormRefused, ImportFailed
from library.importing.word_sets import word_set

_NO_ARTICLES = {
    "is a picture": word_set(
        ".png .jpg .jpeg .jpe .jfif .gif .webp .avif .svg .ico .bmp .tif .tiff .heic .psd .ai"
    ),
    "is an audio or video file": word_set(
        ".mp3 .mp4 .m4a .m4v .ogg .oga .ogv .wav .webm .mov .avi .mkv .flac .aac .opus .wma .wmv"
    ),
    "belongs to a web page or a program": word_set("""
        .css .js .mjs .map .woff .woff2 .ttf .otf .eot .exe .dll .so .dylib .o .a .pyc .class .jar .py .pyi
        .sh .ts .tsx .jsx .scss .less .wasm .c .h .cpp .java .rs .go .rb .php
        """),
    "is an archive, which is not unpacked": word_set(
        ".zip .gz .tgz .bz2 .xz .zst .7z .rar .tar .iso .dmg .wacz .warc"
    ),
    "is a PDF, which cannot be imported yet": word_set(".pdf"),
    "is a book, which cannot be imported yet": word_set(".epub .mobi .azw .azw3 .djvu .fb2"),
    "is an office document, which cannot be imported yet": word_set(
        ".doc .docx .xls .xlsx .ppt .pptx .odt .ods .odp .rtf .pages .numbers .key .msg"
    ),
    "is a program's file": word_set(
        ".db .sqlite .sqlite3 .lock .journal .bin .download .part .crdownload .tmp .bak .swp"
    ),
}
"""Suffixes of files that are skipped in a folder. A file that is named directly is always tried."""

_PAGE_FILES = ("_files", "_file", "-filer", ".files", "_archivos", "_fichiers", "-dateien", "_bestanden")
"""Suffixes that browsers add to a page's name for the folder of its pictures and scripts."""

_ADDRESS = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]+):/+\S|www\.[^\s/]+\.[^\s/]+", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_NOT_FETCHED = "addresses cannot be fetched yet. Save the page in a browser, and add the file."


def find_sources(source: str | Path) -> Iterator[Path | ImportFailed]:
    """Yield the files of ``source``, sorted; a missing or unreadable one as an ``ImportFailed`` value.

    Skipped entries of a folder (hidden files, pictures, links that form a cycle) are ``FormRefused`` values
    with the reason.
    """
    path = _path_of(str(source))
    if isinstance(path, ImportFailed):
        yield path
        return
    try:
        if path.is_dir():
            yield from _in_folder(path, (_identity(path),))
        elif path.exists():
            yield _readable(path)
        else:
            yield ImportFailed(str(source), _missing(str(source)))
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        yield ImportFailed(str(source), _reason(error))


def problem_of(source: str | Path) -> str:
    """Return why ``source`` cannot be imported: missing, unreadable, a web address; empty if it can."""
    path = _path_of(str(source))
    if isinstance(path, ImportFailed):
        return str(path)
    if path.is_dir():
        return ""
    found = next(find_sources(source))
    return str(found) if isinstance(found, ImportFailed) else ""


def is_folder(source: str | Path) -> bool:
    """Return True if ``source`` is a folder."""
    path = _path_of(str(source))
    return isinstance(path, Path) and path.is_dir()


def _path_of(source: str) -> Path | ImportFailed:
    """Return the path of ``source``; an ``ImportFailed`` value if it is a web address."""
    match = _ADDRESS.match(source)
    scheme = (match["scheme"] or "http").lower() if match else ""
    if scheme == "file":
        return Path(unquote(urlsplit(source).path))
    if match is None or (not match["scheme"] and Path(source).exists()):
        return Path(source).expanduser()
    return ImportFailed(source, f"is a web address, and {_NOT_FETCHED}")


def _missing(source: str) -> str:
    hint = f" If it is an address: {_NOT_FETCHED}" if _HOST.fullmatch(source) else ""
    return f"there is no such file or folder.{hint}"


def _reason(error: OSError | ValueError) -> str:
    said = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return f"cannot be read: {said.lower()}."


def _readable(path: Path) -> Path | ImportFailed:
    return path if os.access(path, os.R_OK) else ImportFailed(str(path), "cannot be read: permission denied.")


def _identity(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino


def _in_folder(folder: Path, above: tuple[tuple[int, int], ...]) -> Iterator[Path | ImportFailed]:
    """Yield the files below ``folder``; ``above`` identifies its parents, to detect cycles."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield ImportFailed(str(folder), _reason(error))
        return
    for entry in entries:
        try:
            yield from _entry(entry, above)
        except OSError as error:
            yield ImportFailed(str(entry), _reason(error))


def _entry(entry: Path, above: tuple[tuple[int, int], ...]) -> Iterator[Path | ImportFailed]:
    if reason := _skip_reason(entry, above):
        yield FormRefused(str(entry), reason)
    elif entry.is_dir():
        yield from _in_folder(entry, (*above, _identity(entry)))
    elif entry.is_symlink() and not entry.exists():
        yield ImportFailed(str(entry), "is a link to a file that is not there.")
    elif entry.is_file():
        yield _readable(entry)
    else:
        yield FormRefused(str(entry), f"is {kind_of_file(entry.stat().st_mode)}, not a file.")


def _skip_reason(entry: Path, above: tuple[tuple[int, int], ...]) -> str:
    """Return the reason why a folder's ``entry`` is skipped; empty if it is not."""
    if entry.name.startswith("."):
        return "is hidden. Name it itself to import it."
    if entry.is_dir():
        if _identity(entry) in above:
            return "is a link to a folder that holds it."
        return "holds the pictures and scripts of the page beside it." if belongs_to_page(entry) else ""
    return why_no_article(entry.name)


def why_no_article(name: str) -> str:
    """Return the reason why a folder's file with this name is skipped; empty if it is not."""
    suffix = Path(name).suffix.lower()
    what = next((what for what, suffixes in _NO_ARTICLES.items() if suffix in suffixes), "")
    return f"{what} ({suffix})." if what else ""


def kind_of_file(mode: int) -> str:
    """Name the kind of a special file (neither a regular file nor a folder) by its ``st_mode``."""
    if stat.S_ISFIFO(mode):
        return "a pipe"
    return "a socket" if stat.S_ISSOCK(mode) else "a device"


def belongs_to_page(folder: Path) -> bool:
    """Return True if a browser created ``folder`` for the pictures and scripts of a page next to it."""
    for ending in _PAGE_FILES:
        if folder.name.endswith(ending):
            stem = folder.name.removesuffix(ending)
            return any(
                folder.with_name(stem + suffix).exists() for suffix in (".html", ".htm", ".xhtml", ".mht")
            )
    return False
