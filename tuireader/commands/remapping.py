"""Gives commands the keys that the user has chosen for them.

What is wrong costs nothing but itself: the other keys hold. A key of the user's takes that key away from
the commands that have it by default, and no key map takes away the ways out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from tuireader.commands.declaring import CONTEXTS_APART, TYPING, Command, Context
from tuireader.commands.key_map import PORTABLE_KEY, shown_key
from tuireader.commands.presets import PRESETS

PRESET, LANGMAP = "preset", "langmap"
"""Names in the section that are no commands."""

UNBOUND = ("nop", "none", "")
"""Words for no key."""

_ALIASES: Mapping[str, str] = {
    "esc": "escape",
    "return": "enter",
    "cr": "enter",
    "spc": "space",
    "pgdn": "pagedown",
    "pgup": "pageup",
    "page_down": "pagedown",
    "page_up": "pageup",
    "backtab": "shift+tab",
    "s-tab": "shift+tab",
    "shift-tab": "shift+tab",
    "↑": "up",
    "↓": "down",
    "←": "left",
    "→": "right",
}
_SAME_AS = {"ctrl+i": "Tab", "ctrl+m": "Enter", "ctrl+j": "Enter", "ctrl+h": "Backspace", "ctrl+[": "Esc"}
_RESERVED = {
    "ctrl+q": "ctrl+q always leaves the reader",
    "ctrl+c": "ctrl+c copies what is selected",
    "ctrl+z": "ctrl+z belongs to the shell",
}
_LONGEST_SEQUENCE = 4

WAYS_OUT: Mapping[str, str] = {
    "back": "views and panes",
    "finish-note": "the note editor",
    "dismiss-filter": "the filter bar",
    "dismiss-sidebar-line": "the find in the sidebar",
    "dismiss-find": "the find in the article",
    "dismiss-tags": "the tag prompt",
    "leave-choosing": "the selection of words",
    "leave-revisions": "the revisions",
    "leave-link": "the link dialog",
    "answer-no": "a question",
}
"""Ids of the commands that always keep a key → what they leave."""


@dataclass(frozen=True, slots=True)
class KeyProblem:
    """A mistake in a key map: the ``name`` in the section, what is wrong, and what to do."""

    name: str
    what: str
    remedy: str = ""


def read_keys(value: Any) -> tuple[str, ...]:
    """Return the keys that a value of the section means. Raises ValueError with a sentence."""
    if value is False or value == []:
        return ()
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(one, str) for one in texts):
        raise ValueError("Keys are a text, or a list of texts.")
    found = [_sequence(text) for text in texts if text.strip().casefold() not in UNBOUND]
    return tuple(dict.fromkeys(found))


def _sequence(text: str) -> str:
    strokes = [stroke for word in text.split() for stroke in _strokes(word)]
    if len(strokes) > _LONGEST_SEQUENCE:
        raise ValueError(f"“{_short(text)}” is too long: a sequence has at most {_LONGEST_SEQUENCE} keys.")
    for number, stroke in enumerate(strokes):
        if stroke in _RESERVED and (stroke != "ctrl+c" or number == 0):
            raise ValueError(f"{stroke} cannot have another meaning: {_RESERVED[stroke]}.")
    if strokes and strokes[0] in "0123456789" and len(strokes) > 1:
        raise ValueError(f"“{_short(text)}” begins with a digit, which is a count.")
    return " ".join(strokes)


def _strokes(word: str) -> list[str]:
    if len(word) == 1:
        return [_ALIASES.get(word, word)]
    name = word[1:-1] if word.startswith("<") and word.endswith(">") else word
    name = re.sub(r"^(?:c|ctrl|control)[-+](.)$", r"ctrl+\1", name.casefold())
    name = _ALIASES.get(name, name)
    if name in _RESERVED or PORTABLE_KEY.fullmatch(name):
        return [name]
    if name in _SAME_AS:
        raise ValueError(f"Terminals send {name} as {_SAME_AS[name]}.")
    if re.match(r"(?:ctrl|control|alt|meta|shift|super|cmd|[acms])[-+]", name):
        raise ValueError(f"Not every terminal sends “{_short(word)}”.")
    if len(word) <= _LONGEST_SEQUENCE and word.isprintable():
        return list(word)
    raise ValueError(f"There is no key “{_short(word)}”.")


def remap(
    commands: Iterable[Command], mapping: Mapping[str, Any]
) -> tuple[tuple[Command, ...], tuple[KeyProblem, ...]]:
    """Return the commands with the keys of ``mapping``, and what is wrong in it.

    ``mapping`` holds the keys of commands by their ids, and the name of a preset under ``preset``.
    """
    problems = list[KeyProblem]()
    before = {command.id: command for command in commands}
    found = {**before, **_with_preset(before, mapping.get(PRESET, "default"), problems)}
    own = dict[str, Command]()
    for name, value in mapping.items():
        if name in (PRESET, LANGMAP):
            continue
        if name not in before:
            problems.append(KeyProblem(name, f"There is no command “{_short(name)}”.", _meant(name, before)))
            continue
        try:
            own[name] = replace(before[name], keys=read_keys(value))
        except ValueError as error:
            problems.append(KeyProblem(name, str(error)))
        else:
            own[name] = _without_letters(own[name], problems)
    _settle_own(own, problems)
    found |= own
    for command in own.values():
        _displace(command, found, own, problems)
    _keep_ways_out(found, before, mapping, problems)
    return tuple(found[name] for name in before), tuple(problems)


def letters_of(mapping: Mapping[str, Any]) -> tuple[Mapping[str, str], tuple[KeyProblem, ...]]:
    """Return the letters of ``langmap`` with the Latin letters at their places, and what is wrong in it."""
    value = mapping.get(LANGMAP, "")
    letters, found, latin = value.partition(";") if isinstance(value, str) else ("", "", "")
    if value == "":
        return {}, ()
    if not found or len(letters) != len(latin) or not latin.isascii() or any(map(str.isascii, letters)):
        remedy = 'Write letters, a semicolon and the same number of Latin letters: "йцу;qwe"'
        return {}, (KeyProblem(LANGMAP, "langmap is not understood.", remedy),)
    return dict(zip(letters, latin, strict=True)), ()


def _with_preset(
    commands: Mapping[str, Command], name: Any, problems: list[KeyProblem]
) -> dict[str, Command]:
    preset = PRESETS.get(name) if isinstance(name, str) else None
    if preset is None:
        close = get_close_matches(str(name), PRESETS, 1)
        hint = f"Did you mean “{close[0]}”? " if close else ""
        problems.append(
            KeyProblem(
                PRESET,
                f"There is no preset “{_short(str(name))}”.",
                f"{hint}There are: {', '.join(PRESETS)}.",
            )
        )
        return {}
    return {
        id_: replace(commands[id_], keys=tuple(key.strip() for key in keys.split(",")))
        for id_, keys in preset.items()
        if id_ in commands
    }


def _without_letters(command: Command, problems: list[KeyProblem]) -> Command:
    """Return ``command`` without keys that are needed for typing where it works."""
    where = next((context for context in command.contexts if context in TYPING), None)
    letters = [key for key in command.keys if len(key.split()[0]) == 1 or key.split()[0] == "space"]
    if where is None or not letters:
        return command
    problems.append(
        KeyProblem(
            command.id,
            f"“{shown_key(letters[0])}” is typed in the {where}.",
            "Take ctrl with a letter, an F key, an arrow, Tab, Enter or Esc.",
        )
    )
    return replace(command, keys=tuple(key for key in command.keys if key not in letters))


def _settle_own(own: dict[str, Command], problems: list[KeyProblem]) -> None:
    """Leave a key that the user gave to two commands to the first."""
    settled = list[Command]()
    for name, command in own.items():
        for other in settled:
            for key in _clashing(command, other):
                problems.append(
                    KeyProblem(
                        name,
                        f"“{shown_key(key)}” is taken by {other.id} above.",
                        f"Give {name} another key.",
                    )
                )
                command = replace(command, keys=tuple(one for one in command.keys if one != key))
        own[name] = command
        settled.append(command)


def _displace(
    command: Command, found: dict[str, Command], own: Mapping[str, Command], problems: list[KeyProblem]
) -> None:
    """Take the keys of ``command``, one of the user's, away from others; name those without any key left."""
    left = list[str]()
    for name, other in list(found.items()):
        taken = _clashing(other, command) if name not in own else []
        if taken:
            found[name] = other = replace(other, keys=tuple(key for key in other.keys if key not in taken))
            left += [] if other.keys else [name]
    if left:
        more = f" and {len(left) - 2} more" if len(left) > 2 else ""
        have = "have" if len(left) > 1 else "has"
        problems.append(
            KeyProblem(
                command.id,
                f"{', '.join(left[:2])}{more} {have} no key left.",
                f'Give {left[0]} another key, or write: {left[0]} = "nop"',
            )
        )


def _keep_ways_out(
    found: dict[str, Command],
    before: Mapping[str, Command],
    mapping: Mapping[str, Any],
    problems: list[KeyProblem],
) -> None:
    for name, what in WAYS_OUT.items():
        if name in found and not found[name].keys:
            kept = replace(before[name], keys=_escape_of(before[name]))
            for id_, other in list(found.items()):
                taken = _clashing(other, kept)
                found[id_] = replace(other, keys=tuple(key for key in other.keys if key not in taken))
            found[name] = kept
            keys = shown_key(kept.keys[0])
            problems.append(KeyProblem(name, f"{name} keeps {keys}, because nothing else leaves {what}."))
    if "quit" in found and not found["quit"].keys:
        name = "quit" if "quit" in mapping else next(iter(mapping), PRESET)
        problems.append(KeyProblem(name, "No key quits the reader; ctrl+q always does."))


def _escape_of(command: Command) -> tuple[str, ...]:
    return ("escape",) if "escape" in command.keys else command.keys[:1]


def _clashing(command: Command, other: Command) -> list[str]:
    """Return the keys of ``command`` that have another meaning, or begin or end one, through ``other``."""
    if command.id == other.id or not _meet(command, other):
        return []
    return [key for key in command.keys if any(_hides(key, rival) for rival in other.keys)]


def _hides(one: str, other: str) -> bool:
    return f"{one} ".startswith(f"{other} ") or f"{other} ".startswith(f"{one} ")


def _meet(one: Command, other: Command) -> bool:
    """Return True if both commands are active in one context."""
    return any(_holds(one, context) and _holds(other, context) for context in Context)


def _holds(command: Command, context: Context) -> bool:
    return context in command.contexts or (Context.APP in command.contexts and context not in CONTEXTS_APART)


def _meant(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name.replace("_", "-").casefold(), known, 1)
    return f"Did you mean “{close[0]}”?" if close else "To see the commands: tuireader keys"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
