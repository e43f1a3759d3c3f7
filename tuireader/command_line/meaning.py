"""Finds the command that a typed line means. Ids and titles count, and words known from other programs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from library.text.case_folding import fold
from tuireader.commands import CONTEXTS_APART, Command, Context, shown_key

WELL_KNOWN: Mapping[str, str] = {
    **dict.fromkeys(("q", "q!", "qa", "qa!", "wq", "wqa", "x", "xa", "exit"), "quit"),
    **dict.fromkeys(("bd", "close", "clo"), "back"),
    **dict.fromkeys(("h", "man"), "help"),
    **dict.fromkeys(("grep", "search"), "filter"),
    **dict.fromkeys(("ls", "buffers", "list"), "go-list"),
    **dict.fromkeys(("rm", "del", "delete"), "trash"),
    **dict.fromkeys(("set", "config"), "settings"),
    **dict.fromkeys(("map", "nmap", "noremap", "bind", "unmap"), "change-key"),
    "marks": "go-to-mark",
    "mark": "set-mark",
    **dict.fromkeys(("e", "edit", "o", "open", "import", "r"), "add"),
    "tag": "add-tag",
    "untag": "remove-tag",
    "u": "undo",
    "red": "redo",
    "only": "zen",
    "toc": "contents",
    "links": "follow-link",
    "browse": "open-browser",
    "$": "move-last",
}
"""Words of other programs → the ids of the commands that they mean here."""

_SAVED = "Every change is saved at once; there is nothing to write."
_NO_SHELL = "The reader runs no other programs."
ANSWERS: Mapping[str, str] = {
    **dict.fromkeys(("w", "w!", "wa", "write", "update", "save"), _SAVED),
    **dict.fromkeys(("!", "sh", "shell", "term", "terminal"), _NO_SHELL),
    **dict.fromkeys(("noh", "nohlsearch"), "Esc ends the find in an article."),
}
"""Words of other programs → what to do here instead."""

_COUNTED = re.compile(r"(\d+)\s+(\S.*)")
_LARGEST_NUMBER = 9
"""Maximum number of digits of a row or count."""


class NotUnderstood(ValueError):
    """The line means no command. The text is a sentence that answers it."""


@dataclass(frozen=True, slots=True)
class Call:
    """A command to carry out, with its count or argument."""

    command: Command
    count: int | None = None
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A completion of the line.

    Attributes:
        line: The completed line.
        name: The name to show.
        help: The explanation.
        keys: The keys that do the same.
    """

    line: str
    name: str
    help: str = ""
    keys: str = ""


class Meaning:
    """The meanings of lines.

    Args:
        commands: The commands that can be carried out, those of ``context`` and others.
        context: The context in front, whose commands are offered first.
        others: All commands of the registry, for a sentence on those that work elsewhere.
        anywhere: True to include commands that work while text is typed, or in a dialog.
    """

    def __init__(
        self,
        commands: Iterable[Command],
        context: Context,
        others: Iterable[Command] = (),
        *,
        anywhere: bool = False,
    ) -> None:
        meant = [one for one in commands if anywhere or not CONTEXTS_APART.issuperset(one.contexts)]
        self._commands = sorted(meant, key=lambda one: (context not in one.contexts, not one.palette))
        self._by_id = {command.id: command for command in self._commands}
        self._elsewhere = {command.id: command for command in others if command.id not in self._by_id}

    def call(self, line: str) -> Call | None:
        """Return what ``line`` means exactly, by the id or title of a command; None if it names none.

        Raises:
            NotUnderstood: The line is a word of another program that has no counterpart.
        """
        text = line.strip()
        if counted := _COUNTED.fullmatch(text):
            call = self.call(counted[2])
            return call and Call(call.command, _number(counted[1]), call.argument)
        if text.isdecimal() and text.isascii():
            return self._named("move-first", "first-day", count=_number(text))
        word, _, argument = text.partition(" ")
        command = self.command(text) or self.command(word)
        if command is not None:
            return Call(command, argument=argument.strip() if command != self._by_title(text) else "")
        if answer := ANSWERS.get(word) or (ANSWERS["!"] if text.startswith("!") else ""):
            raise NotUnderstood(answer)
        return None

    def command(self, name: str) -> Command | None:
        """Return the command with this id, title or well-known name, or None."""
        known = WELL_KNOWN.get(name, name)
        return self._by_id.get(known) or (None if name in ANSWERS else self._by_title(name))

    def _by_title(self, name: str) -> Command | None:
        folded = fold(name)
        return next((one for one in self._commands if fold(one.title) == folded), None)

    def _named(self, *ids: str, count: int) -> Call:
        found = next((self._by_id[one] for one in ids if one in self._by_id), None)
        if found is None:
            raise NotUnderstood("There are no rows here.")
        return Call(found, count)

    def problem(self, line: str) -> str:
        """Return the answer to a ``line`` that means nothing."""
        word = line.strip().partition(" ")[0]
        if word in self._elsewhere:
            where = self._elsewhere[word].contexts[0]
            return f"“{word}” works elsewhere: {where}."
        close = get_close_matches(word, [*self._by_id, *WELL_KNOWN], 1)
        hint = f"Did you mean “{close[0]}”?" if close else "Tab completes a name; ? lists all commands."
        return f"There is no command “{word[:40]}”. {hint}"

    def offers(self, line: str) -> list[Offer]:
        """Return the commands whose name begins with ``line`` or contains its words, the best first."""
        text = line.strip()
        counted = _COUNTED.fullmatch(text)
        count, wanted = (f"{counted[1]} ", counted[2]) if counted else ("", text)
        if text.isdecimal() and text.isascii():
            return [Offer(text, text, "Go to this row")]
        return [_offer(command, count) for command in self.named_like(wanted)]

    def named_like(self, words: str) -> list[Command]:
        """Return the commands whose name begins with ``words`` or contains them, the best first."""
        wanted = words.strip()
        found = [(rank, command) for command in self._commands if (rank := _rank(command, fold(wanted)))]
        if (known := self.command(wanted)) is not None and known.id != wanted:
            found.append((0, known))
        best = sorted(found, key=lambda pair: pair[0])
        return list({command.id: command for _, command in best}.values())


def _rank(command: Command, wanted: str) -> int:
    """Return how well a command fits, 1 for best; 0 if it does not."""
    title = fold(command.title)
    if wanted in (command.id, title):
        return 1
    if command.id.startswith(wanted):
        return 2
    if title.startswith(wanted):
        return 3
    words = [*command.id.split("-"), *title.split()]
    if all(any(word.startswith(part) for word in words) for part in re.split(r"[\s-]+", wanted)):
        return 4
    return 5 if len(wanted) > 1 and (wanted in command.id or wanted in title) else 0


def _offer(command: Command, count: str) -> Offer:
    keys = " ".join(shown_key(key) for key in command.keys[:1])
    name = f"{count}{command.id}"
    shown = f"{name} {command.argument}" if command.argument else name
    return Offer(f"{name} " if command.argument else name, shown, command.title, keys)


def _number(digits: str) -> int:
    return int(digits[:_LARGEST_NUMBER])


def argument_of(line: str, meaning: Meaning) -> tuple[Command, str, str] | None:
    """Return the command whose argument is being typed, the line before the argument, and the argument."""
    head, space, argument = line.lstrip().partition(" ")
    command = meaning.command(head) if space else None
    if command is None or not command.argument:
        return None
    return command, f"{head} ", argument.lstrip()
