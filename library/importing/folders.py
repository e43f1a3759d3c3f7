"""Finds the files that a source names: a file itself, or what a folder holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from library.errors import ImportFailed
from library.importing.wordlist import word_set

_NO_ARTICLES = word_set(
    """
    .png .jpg .jpeg .jpe .jfif .gif .webp .avif .svg .ico .bmp .tif .tiff .heic .mp3 .mp4 .m4a .m4v
    .ogg .oga .ogv .wav .webm .mov .avi .mkv .flac .css .js .mjs .map .woff .woff2 .ttf .otf .eot
    .zip .gz .tgz .bz2 .xz .zst .7z .rar .tar .exe .dll .so .dylib .o .a .pyc .class .jar .db
    .sqlite .sqlite3 .lock .journal .iso .dmg .bin .download .part .pdf .doc .docx .xls .xlsx .ppt
    .pptx .odt .ods .psd .ai .py .pyi .sh .ts .tsx .jsx .scss .less .wasm
    """
)
"""Suffixes of files that are passed over in a folder; a file that is named itself is always tried."""

_PAGE_FILES = ("_files", "_file", "-filer", ".files", "_archivos", "_fichiers", "-dateien", "_bestanden")
"""What browsers append to a page's name for the folder of its pictures and scripts."""


def find_sources(source: str | Path) -> Iterator[Path | ImportFailed]:
    """The files of ``source``, sorted; what is missing or cannot be read comes as an ``ImportFailed`` value.

    In a folder, hidden files, files that plainly are no articles and links that lead in circles are left out.
    """
    path = Path(source).expanduser()
    try:
        if path.is_dir():
            yield from _in_folder(path, (_identity(path),))
        elif path.exists():
            yield (
                path
                if os.access(path, os.R_OK)
                else ImportFailed(str(source), "cannot be read: permission denied.")
            )
        else:
            yield ImportFailed(str(source), "there is no such file or folder.")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        yield ImportFailed(str(source), _reason(error))


def _reason(error: OSError | ValueError) -> str:
    said = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return f"cannot be read: {said.lower()}."


def _identity(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino


def _in_folder(folder: Path, above: tuple[tuple[int, int], ...]) -> Iterator[Path | ImportFailed]:
    """The files below ``folder``; ``above`` identifies the folders on the way, to know circles."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield ImportFailed(str(folder), _reason(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            yield from _entry(entry, above)
        except OSError as error:
            yield ImportFailed(str(entry), _reason(error))


def _entry(entry: Path, above: tuple[tuple[int, int], ...]) -> Iterator[Path | ImportFailed]:
    if entry.is_dir():
        identity = _identity(entry)
        if identity not in above and not _belongs_to_page(entry):
            yield from _in_folder(entry, (*above, identity))
    elif entry.suffix.lower() in _NO_ARTICLES:
        return
    elif entry.is_symlink() and not entry.exists():
        yield ImportFailed(str(entry), "is a link to a file that is not there.")
    elif entry.is_file():
        yield (
            entry
            if os.access(entry, os.R_OK)
            else ImportFailed(str(entry), "cannot be read: permission denied.")
        )


def _belongs_to_page(folder: Path) -> bool:
    """Whether a browser made ``folder`` for the pictures and scripts of a page saved beside it."""
    for ending in _PAGE_FILES:
        if folder.name.endswith(ending):
            stem = folder.name.removesuffix(ending)
            return any(
                folder.with_name(stem + suffix).exists() for suffix in (".html", ".htm", ".xhtml", ".mht")
            )
    return False
