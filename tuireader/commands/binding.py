"""Binds commands to the methods that carry them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from tuireader.commands.declaring import Command


@dataclass(frozen=True, slots=True)
class Bound:
    """A command of the registry, by id, and the function that carries it out.

    ``run`` gets the count that was typed, None if none was.
    """

    command: str
    run: Callable[[int | None], object]


def once(command: str, run: Callable[[], object]) -> Bound:
    """A command that takes no count."""
    return Bound(command, lambda count: run())


def times(command: str, run: Callable[[int], object]) -> Bound:
    """A command that is repeated by its count; once without one."""
    return Bound(command, lambda count: run(count or 1))


def back(command: str, run: Callable[[int], object]) -> Bound:
    """As ``times``, in the other direction: ``run`` gets the count as a negative number."""
    return Bound(command, lambda count: run(-(count or 1)))


class Subject(Protocol):
    """Has commands."""

    def commands(self) -> Iterable[Bound]:
        """The commands that it carries out."""


class CommandTable:
    """The functions for the commands of one screen."""

    def __init__(self) -> None:
        self._bound: dict[str, Bound] = {}

    def add(self, *subjects: Subject) -> None:
        """Add the commands of ``subjects``; no two of them may have the same.

        Raises:
            ValueError: A command is there already.
        """
        for subject in subjects:
            for bound in subject.commands():
                if bound.command in self._bound:
                    raise ValueError(f"The command {bound.command} is bound twice.")
                self._bound[bound.command] = bound

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the commands that are bound."""
        return frozenset(self._bound)

    def run(self, command: Command, count: int | None = None) -> bool:
        """Carry out ``command``; false if nothing here does."""
        bound = self._bound.get(command.id)
        if bound is not None:
            bound.run(count)
        return bound is not None
