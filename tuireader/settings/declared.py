"""The settings of the reader. Each is declared once: its section, name, default, values and help.

The file, its checks, ``tuireader config``, the settings view and docs/settings.md read the declarations. A
new setting is a field of ``Settings``, and its use.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from library.exporting.citations import CitationFormat
from tuireader.colours import AUTO, DARK, LIGHT, theme_names

_SWITCH = {"on": True, "yes": True, "true": True, "off": False, "no": False, "false": False}
NONE = "none"
"""The word for no choice, which TOML has no value for."""
NARROWEST, WIDEST = 40, 120
"""The columns of text that can be set."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the file; ``help`` says what its settings are about."""

    name: str
    help: str


LOOK = Section("look", "The look.")
READING = Section("reading", "The article.")
LIST = Section("list", "The article list.")
EXPORT = Section("export", "Citations and exports.")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of values.

    Attributes:
        values: The values, in words, as they are typed.
        check: Returns the value that one of the file means. Raises ValueError.
        read: Returns the value of the file that a typed word means. May raise ValueError.
        choices: The values, if there are few.
        in_file: The values as they are written in the file, if that is different.
        takes_own_themes: Whether the themes of the user's own are values as well.
    """

    values: str
    check: Callable[[Any], Any]
    read: Callable[[str], Any] = str
    choices: Callable[[], tuple[str, ...]] = tuple
    in_file: str = ""
    takes_own_themes: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """A declared setting."""

    section: Section
    name: str
    default: Any
    kind: Kind
    help: str

    @property
    def values_in_file(self) -> str:
        """The values as they are written in the file, in words."""
        return self.kind.in_file or self.kind.values

    def choices(self, own_themes: Collection[str] = ()) -> tuple[str, ...]:
        """Return the values, if there are few."""
        choices = self.kind.choices()
        return (*choices, *own_themes) if self.kind.takes_own_themes else choices

    def check(self, value: Any, own_themes: Collection[str] = ()) -> Any:
        """Return the value that one of the file means. Raises ValueError."""
        if self.kind.takes_own_themes and isinstance(value, str) and value in own_themes:
            return value
        return self.kind.check(value)

    def value_of(self, word: str, own_themes: Collection[str] = ()) -> Any:
        """Return the value that a typed ``word`` means. Raises ValueError."""
        return self.check(self.kind.read(word), own_themes)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value


def _switch(value: Any) -> bool:
    if isinstance(value, str):
        value = _SWITCH.get(value.casefold())
    if not isinstance(value, bool):
        raise ValueError
    return value


def _whole_number(least: int, most: int) -> Kind:
    def check(value: Any) -> int:
        if type(value) is not int or not least <= value <= most:
            raise ValueError
        return value

    return Kind(f"a whole number from {least} to {most}", check, int)


def _one_of(choices: type[StrEnum]) -> Kind:
    """Return the kind of one of ``choices``, or none of them."""

    def check(value: Any) -> StrEnum | None:
        return None if value in (None, NONE) else choices(value)

    names = (*choices, NONE)
    return Kind(f"one of: {', '.join(names)}", check, choices=lambda: names)


def _theme(what: str, *others: str) -> Kind:
    """Return the kind of the name of a theme, or one of ``others``."""

    def names() -> tuple[str, ...]:
        return (*others, *theme_names())

    def check(value: Any) -> str:
        if value not in names():
            raise ValueError
        return str(value)

    return Kind(what, check, choices=names, takes_own_themes=True)


_TEXT = Kind("text", _text)
_THEME = _theme("the name of a theme")
_THEME_OR_AUTO = _theme("auto or the name of a theme", AUTO)
_CITATION = _one_of(CitationFormat)
_ON_OFF = Kind("on or off", _switch, choices=lambda: ("on", "off"), in_file="true or false")


def _setting(section: Section, default: Any, kind: Kind, help_: str) -> Any:
    return field(default=default, metadata={"section": section, "kind": kind, "help": help_})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings and their values."""

    theme: str = _setting(LOOK, DARK, _THEME_OR_AUTO, "Colours; auto follows the terminal.")
    dark_theme: str = _setting(LOOK, DARK, _THEME, "With auto, theme for a dark terminal.")
    light_theme: str = _setting(LOOK, LIGHT, _THEME, "With auto, theme for a light terminal.")
    measure: int = _setting(READING, 72, _whole_number(NARROWEST, WIDEST), "Text width in columns.")
    justified: bool = _setting(READING, False, _ON_OFF, "Justify the text.")
    hyphenated: bool = _setting(READING, False, _ON_OFF, "Hyphenate words at line ends.")
    pictures: bool = _setting(READING, True, _ON_OFF, "Show pictures, if the terminal can.")
    folds: bool = _setting(LIST, True, _ON_OFF, "Show near-duplicates as one row of the list.")
    citation: CitationFormat | None = _setting(  # noqa: RUF009
        EXPORT, None, _CITATION, "Citation style; with none, Y asks."
    )
    export_folder: str = _setting(EXPORT, "", _TEXT, "Folder suggested for exports.")

    def theme_on(self, *, dark: bool) -> str:
        """Return the theme for a terminal that is ``dark`` or light."""
        if self.theme != AUTO:
            return self.theme
        return self.dark_theme if dark else self.light_theme


SETTINGS = tuple(
    Setting(one.metadata["section"], one.name, one.default, one.metadata["kind"], one.metadata["help"])
    for one in fields(Settings)
)
SECTIONS = tuple(dict.fromkeys(setting.section for setting in SETTINGS))
"""The sections, in the order of the file."""


def in_words(value: Any) -> str:
    """Return a value as it is typed."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return NONE if value is None else str(value)
