"""Binds commands to the methods that carry them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from tuireader.commands.declaring import Command


@dataclass(frozen=True, slots=True)
class Argument:
    """What a command does with an argument from the command line.

    Attributes:
        take: Carries out the command with an argument.
        offers: Returns completions of an argument, each with an explanation. It runs in a thread.
    """

    take: Callable[[str], object]
    offers: Callable[[str], Iterable[tuple[str, str]]] = lambda typed: ()


@dataclass(frozen=True, slots=True)
class Bound:
    """A command of the registry, by id, and the function that carries it out.

    ``run`` takes the typed count, or None. ``argument`` is for a command that takes one.
    """

    command: str
    run: Callable[[int | None], object]
    argument: Argument | None = None


def once(command: str, run: Callable[[], object], argument: Argument | None = None) -> Bound:
    """Bind a command that takes no count."""
    return Bound(command, lambda count: run(), argument)


def times(command: str, run: Callable[[int], object]) -> Bound:
    """Bind a command that takes a count, 1 by default."""
    return Bound(command, lambda count: run(count or 1))


def back(command: str, run: Callable[[int], object]) -> Bound:
    """Bind a command that takes the count as a negative number, -1 by default."""
    return Bound(command, lambda count: run(-(count or 1)))


class Subject(Protocol):
    """An object with commands."""

    def commands(self) -> Iterable[Bound]:
        """Return the commands that it carries out."""


class CommandTable:
    """The bound commands of one screen."""

    def __init__(self) -> None:
        self._bound: dict[str, Bound] = {}

    def add(self, *subjects: Subject) -> None:
        """Add the commands of ``subjects``.

        Raises:
            ValueError: A command is already bound.
        """
        for subject in subjects:
            for bound in subject.commands():
                if bound.command in self._bound:
                    raise ValueError(f"The command {bound.command} is bound twice.")
                self._bound[bound.command] = bound

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the bound commands."""
        return frozenset(self._bound)

    def argument_of(self, command: Command) -> Argument | None:
        """Return what ``command`` does with an argument; None if it takes none, or is not bound."""
        bound = self._bound.get(command.id)
        return bound.argument if bound is not None else None

    def run(self, command: Command, count: int | None = None) -> bool:
        """Carry out ``command``. Return False if it is not bound."""
        bound = self._bound.get(command.id)
        if bound is not None:
            bound.run(count)
        return bound is not None
