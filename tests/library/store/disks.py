"""Disks that fail, and disks that record the possible states after a power loss."""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from library.store.disk import Disk

CALLS = (
    "open",
    "write",
    "read",
    "sync",
    "truncate",
    "replace",
    "link",
    "unlink",
    "make_folder",
    "sync_folder",
)


class Stop(BaseException):
    """The program ends here, as with kill -9: nothing after this call happens."""


class CountingDisk(Disk):
    """A disk that counts its calls and passes each to ``before``, which can make it fail."""

    def __init__(self) -> None:
        self.calls = 0

    def before(self, name: str, arguments: tuple[Any, ...]) -> None:
        """Hook that runs before each call in ``CALLS``."""


def _announced(name: str) -> Callable[..., Any]:
    def call(disk: CountingDisk, *arguments: Any) -> Any:
        disk.calls += 1
        disk.before(name, arguments)
        return getattr(Disk, name)(disk, *arguments)

    return call


for _name in CALLS:
    setattr(CountingDisk, _name, _announced(_name))


class FailingDisk(CountingDisk):
    """A disk that fails at the call ``at`` (from 1), once or from then on; with ``at`` 0 never."""

    def __init__(self, at: int, failure: int | type[Stop], *, for_ever: bool = False) -> None:
        super().__init__()
        self.at, self.failure, self.for_ever = at, failure, for_ever or failure is Stop
        self.failed = False

    def before(self, name: str, arguments: tuple[Any, ...]) -> None:
        if not self.at or self.calls < self.at or (self.failed and not self.for_ever):
            return
        self.failed = True
        if isinstance(self.failure, int):
            raise OSError(self.failure, os.strerror(self.failure))
        raise self.failure

    def repair(self) -> None:
        """Let all later calls succeed."""
        self.before = lambda name, arguments: None  # type: ignore[method-assign]


class ShortDisk(FailingDisk):
    """A disk that writes only a part at the n-th write and is full at the next one."""

    def __init__(self, at: int) -> None:
        super().__init__(0, errno.ENOSPC)
        self.short_at, self.writes = at, 0

    def write(self, descriptor: int, data: bytes) -> int:
        self.writes += 1
        if self.writes == self.short_at:
            return os.write(descriptor, data[: len(data) // 2])
        if self.writes == self.short_at + 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return os.write(descriptor, data)


# States after a power loss


@dataclass
class Contents:
    """A file: its durable content, and the later writes, which are pending."""

    durable: bytes = b""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)
    """Offset and data of a write, or length and None of a truncation."""

    def with_pending(
        self, changed: Callable[[int, bytes], Iterator[tuple[int, bytes]]], cuts: bool = True
    ) -> bytes:
        """Return the content with each pending write replaced by the result of ``changed``."""
        data = bytearray(self.durable)
        for place, part in self.pending:
            if part is None:
                if cuts:
                    del data[place:]
                    data.extend(bytes(place - len(data)))
                continue
            for start, piece in changed(place, part):
                data.extend(bytes(max(0, start - len(data))))
                data[start : start + len(piece)] = piece
        return bytes(data)

    def now(self) -> bytes:
        """Return the content that a program reads."""
        return self.with_pending(lambda place, part: iter([(place, part)]))


Names = dict[Path, Contents]
_PIECE = 8


class RecordingDisk(CountingDisk):
    """A disk of real files that records which changes must survive a power loss.

    A file's bytes are durable after its ``sync``, names after the folder's ``sync_folder``; until then any
    part of them may survive. ``strict`` asserts the order of R3: no file takes a name before it is durable.
    ``stop_at`` is the call at which the program ends.
    """

    def __init__(self, folder: Path, *, strict: bool = True) -> None:
        super().__init__()
        self.strict = strict
        self.stop_at = 0
        self.after: Callable[[], None] = lambda: None
        self.folder = folder
        self.durable: Names = {
            path: Contents(path.read_bytes()) for path in folder.rglob("*") if path.is_file()
        }
        self.names: Names = dict(self.durable)
        self.pending: list[dict[Path, Contents | None]] = []
        self._open: dict[int, Contents] = {}
        self._places: dict[int, int] = {}

    def before(self, name: str, arguments: tuple[Any, ...]) -> None:
        if self.stop_at and self.calls >= self.stop_at:
            raise Stop

    def is_durable(self, path: Path) -> bool:
        """Return True if the file ``path`` survives a power loss unchanged."""
        contents = self.names[path]
        return (
            not contents.pending
            and self.durable.get(path) is contents
            and not any(path in op for op in self.pending)
        )

    def _named(self, names: dict[Path, Contents | None]) -> None:
        for path, contents in names.items():
            if contents is None:
                self.names.pop(path, None)
            else:
                self.names[path] = contents
        self.pending.append(names)
        self.after()

    def open(self, path: Path, flags: int) -> int:
        there = path.exists()
        descriptor = super().open(path, flags)
        if not there:
            self._named({path: Contents()})
        self._open[descriptor], self._places[descriptor] = self.names[path], 0
        return descriptor

    def seek(self, descriptor: int, offset: int) -> None:
        super().seek(descriptor, offset)
        self._places[descriptor] = offset

    def write(self, descriptor: int, data: bytes) -> int:
        count: int = super().write(descriptor, data)
        self._open[descriptor].pending.append((self._places[descriptor], data[:count]))
        self._places[descriptor] += count
        self.after()
        return count

    def truncate(self, descriptor: int, length: int) -> None:
        super().truncate(descriptor, length)
        self._open[descriptor].pending.append((length, None))
        self.after()

    def sync(self, descriptor: int) -> None:
        self.calls += 1
        self.before("sync", (descriptor,))
        contents = self._open[descriptor]
        contents.durable, contents.pending = contents.now(), []
        self.after()

    def replace(self, source: Path, target: Path) -> None:
        super().replace(source, target)
        contents = self.names[source]
        assert not self.strict or not contents.pending, f"{source.name} takes a name before it is durable"
        self._named({source: None, target: contents})

    def link(self, source: Path, target: Path) -> None:
        super().link(source, target)
        self._named({target: self.names[source]})

    def unlink(self, path: Path) -> None:
        there = path.exists()
        super().unlink(path)
        if there:
            self._named({path: None})

    def sync_folder(self, path: Path) -> None:
        self.calls += 1
        self.before("sync_folder", (path,))
        for names in [names for names in self.pending if any(name.parent == path for name in names)]:
            _rename(self.durable, names)
            self.pending.remove(names)
        self.after()

    # States

    def states(self, chance: random.Random, count: int) -> Iterator[dict[Path, bytes]]:
        """Yield ``count`` possible states after a power loss now: the four extremes, then random ones."""
        for number in range(count):
            names = self._some_names(chance, number)
            yield {path: self._some_content(contents, chance, number) for path, contents in names.items()}

    def _some_names(self, chance: random.Random, number: int) -> Names:
        way = (
            ("all", "none", "all", "none")[number]
            if number < 4
            else chance.choice(["all", "first", "any", "any"])
        )
        kept = len(self.pending) if way == "all" else chance.randint(0, len(self.pending))
        names = dict(self.durable)
        for index, change in enumerate(self.pending):
            if way != "none" and (chance.random() < 0.5 if way == "any" else index < kept):
                _rename(names, change)
        return names

    def _some_content(self, contents: Contents, chance: random.Random, number: int) -> bytes:
        if not contents.pending:
            return contents.durable
        way = ("all", "none", "none", "all")[number] if number < 4 else chance.choice(list(WAYS))
        return WAYS[way](contents, chance)


def _rename(names: Names, change: dict[Path, Contents | None]) -> None:
    for path, contents in change.items():
        if contents is None:
            names.pop(path, None)
        else:
            names[path] = contents


def _torn(contents: Contents, chance: random.Random) -> bytes:
    left = chance.randint(0, sum(len(part or b"") for _, part in contents.pending))

    def first(place: int, part: bytes) -> Iterator[tuple[int, bytes]]:
        nonlocal left
        kept, left = part[:left], max(0, left - len(part))
        yield place, kept

    return contents.with_pending(first, cuts=chance.random() < 0.5)


def _pieces(contents: Contents, chance: random.Random) -> bytes:
    """Return content in which some pieces are zeros, since blocks reach the disk in any order."""

    def some(place: int, part: bytes) -> Iterator[tuple[int, bytes]]:
        for start in range(0, len(part), _PIECE):
            piece = part[start : start + _PIECE]
            yield place + start, piece if chance.random() < 0.7 else bytes(len(piece))

    return contents.with_pending(some, cuts=chance.random() < 0.5)


WAYS: dict[str, Callable[[Contents, random.Random], bytes]] = {
    "all": lambda contents, chance: contents.now(),
    "none": lambda contents, chance: contents.durable,
    "torn": _torn,
    "pieces": _pieces,
    "zeros": lambda contents, chance: contents.with_pending(
        lambda place, part: iter([(place, bytes(len(part)))])
    ),
    "noise": lambda contents, chance: contents.with_pending(
        lambda place, part: iter([(place, chance.randbytes(len(part)))])
    ),
}


def write_state(folder: Path, root: Path, state: dict[Path, bytes]) -> None:
    """Write the ``state`` of ``folder`` to the folder ``root``."""
    for path in root.rglob("*"):
        if path.is_file():
            path.unlink()
    for path, data in state.items():
        target = root / path.relative_to(folder)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(data)
