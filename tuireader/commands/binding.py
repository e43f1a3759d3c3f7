"""Binds commands to the methods that carry them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from tuireader.commands.declaring import Command


@dataclass(frozen=True, slots=True)
class Bound:
    """A command of the registry, by id, and the function that carries it out.

    ``run`` takes the typed count, or None.
    """

    command: str
    run: Callable[[int | None], object]


def once(command: str, run: Callable[[], object]) -> Bound:
    """Bind a command that takes no count."""
    return Bound(command, lambda count: run())


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

    def run(self, command: Command, count: int | None = None) -> bool:
        """Carry out ``command``. Return False if it is not bound."""
        bound = self._bound.get(command.id)
        if bound is not None:
            bound.run(count)
        return bound is not None
