"""Opens the user's editor on a private file, with an argument list, never through a shell."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from library import LibraryError
from library.text.cleaning import clean_text


def named_editor(environment: Mapping[str, str]) -> str:
    """Return the command of the user's editor; empty if none is set."""
    return environment.get("VISUAL") or environment.get("EDITOR") or ""


@contextmanager
def edited(text: str = "", *, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Open ``text`` in $VISUAL or $EDITOR, and yield what was written.

    The file is removed if the block succeeds. Raises LibraryError if no editor is set, if it fails, or if
    the block raises one; any text written is then kept, and the message names its file.
    """
    environment = os.environ if environment is None else environment
    command = named_editor(environment)
    if not command:
        raise LibraryError("No editor is named in VISUAL or EDITOR. Give the text itself, or - to read it.")
    path = _private_file(text)
    try:
        _edit(command, path)
        written = path.read_text("utf-8", errors="replace")
    except OSError as error:
        raise LibraryError(f"What the editor “{command}” wrote cannot be read: {error}.") from error
    with given(written, path) as cleaned:
        yield cleaned


@contextmanager
def given(text: str, path: Path | None = None) -> Iterator[str]:
    """Yield ``text``, cleaned. A LibraryError of the block names a file with it: ``path`` or a new one.

    If the block succeeds, or if the text is blank, ``path`` is removed.
    """
    try:
        yield clean_text(text)
    except LibraryError as error:
        if text.strip():
            raise LibraryError(f"{error} Your text is kept in {path or _private_file(text)}.") from error
        _remove(path)
        raise
    _remove(path)


def _private_file(text: str) -> Path:
    """Create a file that only the user can read, in a folder of its own, where editors may add files."""
    path = Path(tempfile.mkdtemp(prefix="tuireader-")) / "note.md"
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
        file.write(text)
    return path


def _remove(path: Path | None) -> None:
    """Remove the file and its folder, with backups and undo files of the editor."""
    if path is not None:
        shutil.rmtree(path.parent, ignore_errors=True)


def run_editor(command: str, path: Path) -> str:
    """Let the user edit the file at ``path``. It draws on standard error if standard output is no terminal.

    Returns:
        Why that failed, in a sentence; empty if it did not.
    """
    try:
        output = None if sys.stdout is not None and sys.stdout.isatty() else 2
        status = subprocess.run([*shlex.split(command), str(path)], check=False, stdout=output).returncode
    except (OSError, ValueError) as error:
        return f"The editor “{command}” could not be run: {error}."
    return f"The editor “{command}” failed ({status})." if status else ""


def _edit(command: str, path: Path) -> None:
    """Let the user edit a private file. Raises LibraryError, which names the file if anything was written."""
    before = path.read_bytes()
    reason = run_editor(command, path)
    if reason and path.exists() and path.read_bytes() != before:
        raise LibraryError(f"{reason} Your text is kept in {path}.")
    if reason:
        _remove(path)
        raise LibraryError(f"{reason} Nothing was written.")
