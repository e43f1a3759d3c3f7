"""Themes of the user's own: one TOML file each, in the folder ``themes`` beside the settings file.

A file names colours; those that it does not name, or names wrongly, are those of the theme it is based on.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path

from library.errors import LibraryError
from library.store.disk import write_atomically
from tuireader.colours import AUTO, COLOURS, DARK, LIGHT, Colours, is_dark, theme_names
from tuireader.settings.document import (
    Document,
    Problem,
    did_you_mean,
    read_document,
    shown_name,
    shown_value,
)

BASE = "base"
"""The key of the theme that a theme is based on."""
SUFFIX = ".toml"
MOST_THEMES = 200

NAMES = {one.name: one.metadata["help"] for one in fields(Colours) if one.metadata}
"""The names of the colours, and what each is for."""

_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_FILE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_HEAD = """\
# A theme of tuireader. Each colour is here, commented out: remove the # before its name and change
# the value. An open reader follows at once. To check: tuireader config check

# The theme that the other colours are from: {bases}.
base = "{base}"
"""


class ThemeNotBegun(LibraryError):
    """A theme cannot be written under this name."""


def themes_folder(settings: Path) -> Path:
    """Return the folder of themes beside the file of the settings."""
    return settings.parent / "themes"


def theme_files(folder: Path) -> list[Path]:
    """Return the files of themes, by name; an empty list if there is no such folder."""
    with suppress(OSError):
        return sorted(path for path in folder.glob(f"*{SUFFIX}") if path.name[0] != ".")[:MOST_THEMES]
    return []


def load_themes(folder: Path) -> tuple[dict[str, Colours], list[Problem]]:
    """Return the themes in ``folder``, by name, and what is wrong in their files."""
    themes, problems = dict[str, Colours](), list[Problem]()
    for path in theme_files(folder):
        if wrong := _why_no_name(path.stem):
            problems.append(Problem(path, None, wrong, "Rename the file."))
            continue
        document = read_document(path)
        themes[path.stem], found = theme_of(document)
        problems += found
    return themes, problems


def theme_of(document: Document) -> tuple[Colours, list[Problem]]:
    """Return the colours that a file describes, and what is wrong in it."""
    if document.problem is not None:
        return COLOURS[DARK], [document.problem]
    named, problems = dict[str, str](), list[Problem]()
    for name, value in document.values.items():
        if name in NAMES and isinstance(value, str) and _COLOUR.fullmatch(value):
            named[name] = _in_full(value)
        elif problem := _problem_with(document, name, value):
            problems.append(problem)
    base = document.values.get(BASE)
    if not isinstance(base, str) or base not in COLOURS:
        base = DARK if is_dark(named.get("paper", COLOURS[DARK].paper)) else LIGHT
    colours = replace(COLOURS[base], **named)  # type: ignore[arg-type]
    problems.sort(key=lambda one: one.line or 0)
    return replace(colours, dark=is_dark(colours.paper)), problems


def _problem_with(document: Document, name: str, value: object) -> Problem | None:
    if name == BASE:
        if isinstance(value, str) and value in COLOURS:
            return None
        meant = did_you_mean(value, COLOURS) if isinstance(value, str) else ""
        remedy = f"{meant} It takes one of: {', '.join(COLOURS)}.".lstrip()
        return document.problem_at(f"{BASE} cannot be {shown_value(value)}.", name, remedy=remedy)
    if name in NAMES:
        meant = f"Did you mean “#{value}”? " if _COLOUR.fullmatch(f"#{value}") else ""
        remedy = f"{meant}It takes a colour such as “{COLOURS[DARK].accent}”."
        return document.problem_at(f"{name} cannot be {shown_value(value)}.", name, remedy=remedy)
    remedy = did_you_mean(name, (*NAMES, BASE)) or f"The colours are: {', '.join(NAMES)}."
    return document.problem_at(f"There is no colour “{shown_name(name)}”.", name, remedy=remedy)


def _in_full(value: str) -> str:
    digits = value[1:].lower()
    return f"#{digits}" if len(digits) == 6 else f"#{''.join(digit * 2 for digit in digits)}"


def _why_no_name(name: str) -> str:
    """Return why a theme cannot have this name; empty if it can."""
    if name in (AUTO, *theme_names()):
        return f"“{name}” is the name of another theme."
    if not _FILE_NAME.fullmatch(name):
        return "The name of a theme has small Latin letters, digits, - and _ only, up to 40 of them."
    return ""


def begin_theme(folder: Path, name: str, base: str) -> Path:
    """Write the file of a theme with all colours of ``base``, commented out, and return it.

    Raises:
        ThemeNotBegun: No theme can have this name, the file exists, or it cannot be written.
    """
    if wrong := _why_no_name(name):
        raise ThemeNotBegun(wrong)
    path = folder / f"{name}{SUFFIX}"
    if os.path.lexists(path):
        raise ThemeNotBegun(f"{path} exists already.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(path, "\n".join((*example(base), "")).encode())
    except OSError as error:
        raise ThemeNotBegun(f"{path} cannot be written: {error.strerror or error}.") from error
    return path


def example(base: str) -> Iterator[str]:
    """Yield the lines of a theme that is like ``base``, one of our two."""
    yield _HEAD.format(bases=" or ".join(COLOURS), base=base)
    for name, help_ in NAMES.items():
        yield f"# {help_}"
        yield f'#{name} = "{getattr(COLOURS[base], name)}"'
