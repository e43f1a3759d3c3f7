"""Reads the settings file: the values that hold, and what is wrong in it, each thing with its line.

The section ``[keys]`` holds a preset and the keys of single commands.

What is wrong costs nothing but itself: the rest holds, and the default takes its place. A file that is not
TOML, or of another version, holds nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from tuireader.colours import Colours
from tuireader.settings.declared import SECTIONS, SETTINGS, Setting, Settings, in_words
from tuireader.settings.document import (
    Document,
    Problem,
    Table,
    did_you_mean,
    read_document,
    shown_name,
    shown_value,
)
from tuireader.settings.own_themes import load_themes, themes_folder

_LINES = """\
# Keys that another program has (default, vim, emacs or newsboat).
#preset = "default"

# Keys of a command, by its id; tuireader keys prints all ids. A list gives it several keys, the
# keys of a sequence stand one after the other, and "nop" takes its keys away. A key that is given
# here is taken from the command that has it otherwise. For example:
#bookmark = ["b", "ctrl+b"]
#go-calendar = "gc"
#redraw = "nop"

# Letters of another keyboard, a semicolon, and the Latin letters at their places. Known are
# Russian, Ukrainian, Greek, Hebrew, Arabic, and all where the terminal reports places (kitty).
#langmap = "љњертз;qwerty"
"""


class KeysSection:
    """The section of keys. Its names are the ids of commands."""

    name = "keys"
    help = "Keys."

    def lines(self) -> Iterable[str]:
        return _LINES.splitlines()

    def problems(self, table: Table) -> Iterable[Problem]:
        if not table.values:
            return ()
        from tuireader.commands import COMMANDS
        from tuireader.commands.remapping import letters_of, remap

        found = (*remap(COMMANDS, table.values)[1], *letters_of(table.values)[1])
        return [table.problem(one.what, one.name, remedy=one.remedy) for one in found]


VERSION = 1
"""The version of the file's form."""


class OwnSection(Protocol):
    """A section that holds no settings, such as one of keys. It knows itself what may be in it.

    Attributes:
        name: Its name in the file.
        help: A sentence on what it is for.
    """

    name: str
    help: str

    def lines(self) -> Iterable[str]:
        """Return the lines of the file as it is first written, below the name of the section."""

    def problems(self, table: Table) -> Iterable[Problem]:
        """Find what is wrong in the section; ``table.problem`` makes a problem at the line of a key."""


OWN_SECTIONS: tuple[OwnSection, ...] = (KeysSection(),)
"""The sections beside those of settings, in the order of the file. An entry is all that one needs."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the file says.

    Attributes:
        settings: The values that hold.
        tables: Those of ``OWN_SECTIONS`` in which something is set, by name.
        themes: The themes of the user's own, by name.
        problems: What is wrong in the file, from its beginning to its end, and then in those of themes.
        is_understood: Whether the file as a whole could be read; if not it must not be written.
    """

    settings: Settings = field(default_factory=Settings)
    tables: Mapping[str, Table] = field(default_factory=dict)
    themes: Mapping[str, Colours] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    is_understood: bool = True


def load_configuration(path: Path | None) -> Configuration:
    """Read the file at ``path``, and the themes beside it; where there is no file the defaults hold."""
    if path is None:
        return Configuration()
    themes, problems = load_themes(themes_folder(path))
    found = configuration_of(read_document(path), themes)
    return replace(found, themes=themes, problems=(*found.problems, *problems))


def load_settings(path: Path | None) -> Settings:
    """Return the settings in ``path``; the default of each that is missing or not understood."""
    return load_configuration(path).settings


def configuration_of(document: Document, themes: Collection[str] = ()) -> Configuration:
    """Return what ``document`` says; ``themes`` are those of the user's own."""
    wrong = document.problem or _other_version(document)
    if wrong is not None:
        return Configuration(problems=(wrong,), is_understood=False)
    values, problems = dict[str, Any](), list[Problem]()
    for setting in SETTINGS:
        table = document.table(setting.section.name)
        if setting.name in table.values:
            try:
                values[setting.name] = setting.check(table.values[setting.name], themes)
            except (ValueError, TypeError):
                problems.append(_bad_value(setting, table, themes))
    tables = {section.name: document.table(section.name) for section in OWN_SECTIONS}
    problems += _unknown(document)
    for section in OWN_SECTIONS:
        problems += section.problems(tables[section.name])
    tables = {name: table for name, table in tables.items() if table.values}
    problems.sort(key=lambda one: one.line or 0)
    return Configuration(Settings(**values), tables, problems=tuple(problems))


def _other_version(document: Document) -> Problem | None:
    version = document.values.get("version", VERSION)
    if type(version) is int and version == VERSION:
        return None
    whose = "a newer tuireader" if isinstance(version, int) and version > VERSION else "another program"
    return document.problem_at(
        f"The file is of version {shown_value(version)}, of {whose}; this one reads version {VERSION}.",
        "version",
        remedy="The defaults hold, and the file stays as it is.",
    )


def _bad_value(setting: Setting, table: Table, themes: Collection[str]) -> Problem:
    value = table.values[setting.name]
    takes = f"It takes {setting.values_in_file}; until then it is {in_words(setting.default) or 'empty'}."
    if isinstance(value, str):
        takes = f"{did_you_mean(value, setting.choices(themes))} {takes}".lstrip()
    return table.problem(f"{setting.name} cannot be {shown_value(value)}.", setting.name, remedy=takes)


def _unknown(document: Document) -> Iterator[Problem]:
    """Find sections and keys that do not exist."""
    sections = [*(section.name for section in SECTIONS), *(section.name for section in OWN_SECTIONS)]
    homes = {setting.name: setting.section.name for setting in SETTINGS}
    for name, value in document.values.items():
        what = remedy = ""
        if name in sections:
            if not isinstance(value, dict):
                what, remedy = f"“{name}” is a section.", f"Write it as [{name}]."
        elif isinstance(value, dict):
            what = f"There is no section [{shown_name(name)}]."
            remedy = did_you_mean(name, sections) or f"The sections are: {', '.join(sections)}."
        elif name != "version":
            what, remedy = _no_setting(name, homes, "above the sections")
        if what:
            yield document.problem_at(what, name, remedy=remedy)
    for section in SECTIONS:
        table = document.table(section.name)
        for name in table.values:
            if homes.get(name) != section.name:
                what, remedy = _no_setting(name, homes, f"in [{section.name}]")
                yield table.problem(what, name, remedy=remedy)


def _no_setting(name: str, homes: Mapping[str, str], where: str) -> tuple[str, str]:
    if name in homes:
        return f"“{name}” is not a setting {where}.", f"Move it to [{homes[name]}]."
    remedy = did_you_mean(name, homes) or "To see the settings: tuireader config"
    return f"There is no setting “{shown_name(name)}” {where}.", remedy
