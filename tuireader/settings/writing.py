"""Writes the settings file: with every setting commented out at first, later one value at a time.

Comments, order and everything else in the file stay as they are.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from library.errors import LibraryError
from library.store.disk import write_atomically
from tuireader.settings.declared import NONE, SECTIONS, SETTINGS, Setting
from tuireader.settings.document import Document, read_document
from tuireader.settings.reading import OWN_SECTIONS, VERSION, configuration_of
from tuireader.settings.toml_lines import lines_of
from tuireader.state import STATE_FILE, load_state, save_state

FILE_BEFORE = "settings.json"
"""What the file was in earlier versions, in the folder for state."""

HEAD = f"""\
# Settings of tuireader. Each is here with its default, commented out: remove the # before a
# name and change the value. An open reader follows at once. To check: tuireader config check

version = {VERSION}"""


class SettingsNotSaved(LibraryError):
    """The settings file is not understood, or cannot be written."""


def written(values: Mapping[str, Any]) -> str:
    """Return the file as it is first written: every setting commented out but for those in ``values``."""
    return "\n".join((HEAD, *_lines(values)))


def _lines(values: Mapping[str, Any]) -> Iterator[str]:
    for section in SECTIONS:
        yield f"\n\n# {section.help}\n[{section.name}]"
        for setting in (one for one in SETTINGS if one.section is section):
            yield f"\n{_help_line(setting)}"
            is_set = setting.name in values
            yield f"{'' if is_set else '#'}{_assigned(setting, values.get(setting.name, setting.default))}"
    for own in OWN_SECTIONS:
        yield f"\n\n# {own.help}\n[{own.name}]\n"
        yield from own.lines()
    yield ""


def _help_line(setting: Setting) -> str:
    values = setting.values_in_file
    return f"# {setting.help[:-1]}{'' if values == 'text' else f' ({values})'}."


def _assigned(setting: Setting, value: Any) -> str:
    return f"{setting.name} = {_toml(value)}"


def _stored(value: Any) -> bool | int | str:
    """Return a value as the file holds it."""
    return value if isinstance(value, bool | int) else NONE if value is None else str(value)


def _toml(value: Any) -> str:
    """Return a value as TOML writes it, which for text is like JSON but for one character."""
    return json.dumps(_stored(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def begin_file(path: Path, state: Path) -> None:
    """Write the file if it does not exist; where that is not possible the defaults hold.

    What earlier versions kept in the folder ``state`` as JSON is taken over once, and that file is removed.
    """
    if os.path.lexists(path):
        return
    before = state / FILE_BEFORE
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, written(_values_before(before)))
        if before.exists():
            if not (state / STATE_FILE).exists():
                save_state(state / STATE_FILE, load_state(before))
            before.unlink()


def _values_before(path: Path) -> dict[str, Any]:
    """Return the values in the JSON file of earlier versions that are understood, and not the defaults."""
    try:
        stored = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    values = dict[str, Any]()
    for setting in SETTINGS:
        with contextlib.suppress(KeyError, ValueError, TypeError):
            value = setting.kind.check(stored[setting.name])
            if value != setting.default:
                values[setting.name] = value
    return values


def change_settings(
    path: Path, values: Mapping[str, Any], keys: Mapping[str, str | list[str]] | None = None
) -> None:
    """Give settings other values, and commands other keys, in the file at ``path``.

    The file is written first if it does not exist.

    Raises:
        SettingsNotSaved: The file is not understood, or cannot be written.
    """
    try:
        with _alone_in(path.resolve().parent):
            document = read_document(path)
            configuration = configuration_of(document)
            if not configuration.is_understood:
                raise SettingsNotSaved(f"Not saved. {configuration.problems[0]}")
            _write(path, _with_keys(changed(document, values), keys or {}))
    except OSError as error:
        raise SettingsNotSaved(f"Not saved. {path} cannot be written: {error.strerror or error}.") from error


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Keep other programs from changing settings meanwhile, where there are locks. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def changed(document: Document, values: Mapping[str, Any]) -> str:
    """Return the text of the file with other values of the settings named in ``values``."""
    import tomlkit

    text = document.text if document.text.strip() else written({})
    for setting in (one for one in SETTINGS if one.name in values):
        text = _with_place_for(setting, text)
        parsed = tomlkit.parse(text)
        table: Any = parsed[setting.section.name]
        table[setting.name] = _stored(values[setting.name])
        text = tomlkit.dumps(parsed)
    return text


def _with_keys(text: str, keys: Mapping[str, str | list[str]]) -> str:
    """Return the text of the file with other keys of the commands named in ``keys``."""
    if not keys:
        return text
    import tomlkit

    parsed = tomlkit.parse(text)
    if "keys" not in parsed:
        parsed["keys"] = tomlkit.table()
    table: Any = parsed["keys"]
    for command, own in keys.items():
        table[command] = own
    return tomlkit.dumps(parsed)


def _with_place_for(setting: Setting, text: str) -> str:
    """Return ``text`` with the setting in it: where it is commented out, else below its section's name."""
    section, name = setting.section.name, setting.name
    known, lines = lines_of(text), text.split("\n")
    if (section, name) in known:
        return text
    end = "\r" if lines[0].endswith("\r") else ""
    new = _assigned(setting, setting.default) + end
    explained = [_help_line(setting) + end, new]
    header = known.get((section,))
    if header is None:
        lines = lines if lines[-1] else lines[:-1]
        lines += [end, f"# {setting.section.help}{end}", f"[{section}]{end}", *explained, ""]
    elif lines[header - 1].lstrip().startswith("["):  # else a dotted key or an inline table takes it as it is
        below = range(header, len(lines))
        after = next((number for number in below if lines[number].lstrip().startswith("[")), len(lines))
        place = (number for number in range(header, after) if re.match(rf"#\s*{name}\s*=", lines[number]))
        if (number := next(place, None)) is not None:
            lines[number] = new
        else:
            lines[header:header] = explained if header < len(lines) else [*explained, ""]
    return "\n".join(lines)


def _write(path: Path, text: str) -> None:
    """Write the file, whose rights it keeps; a link to it, as among dotfiles, stays one. Raises OSError."""
    target = path.resolve()
    mode = target.stat().st_mode & 0o777 if target.exists() else None
    if mode is not None and not os.access(target, os.W_OK):
        raise PermissionError(None, "it is read-only")
    write_atomically(target, text.encode("utf-8"))
    if mode is not None:
        target.chmod(mode)
