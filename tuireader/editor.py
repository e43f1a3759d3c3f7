"""Writing a text in the person's own editor: an argument list, never a shell; a private file."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from library import LibraryError
from library.text.cleaning import clean_text


def edit(text: str, *, title: str, environment: Mapping[str, str] | None = None) -> str:
    """Open ``text`` in $VISUAL or $EDITOR and return what was written.

    Raises LibraryError where no editor runs or it fails; the file is then kept and named.
    """
    environment = os.environ if environment is None else environment
    command = environment.get("VISUAL") or environment.get("EDITOR")
    if not command:
        raise LibraryError("No editor is named in VISUAL or EDITOR. Give the text itself, or - to read it.")
    descriptor, name = tempfile.mkstemp(prefix="tuireader-note-", suffix=".md")
    path = Path(name)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    try:
        status = subprocess.run([*shlex.split(command), name], check=False).returncode
        written = path.read_text("utf-8", errors="replace")
    except (OSError, ValueError) as error:
        raise LibraryError(
            f"The editor “{command}” could not be run: {error}. The text is in {path}."
        ) from error
    if status != 0:
        raise LibraryError(f"The editor “{command}” failed ({status}). The text is kept in {path}.")
    path.unlink()
    return clean_text(written)
