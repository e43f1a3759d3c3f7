"""Commands with a damaged full-text index: they work, and report nothing."""

from __future__ import annotations

import random

import pytest
from commandline import CommandLine

from library import Library
from library.search.fulltext.sqlite import FILE_NAME

COMMANDS = (
    ["list", "week"],
    ["list", "--json", "text:harbour"],
    ["show", "strike", "--json"],
    ["related", "strike"],
    ["notes", "week"],
    ["tags", "week"],
    ["dates", "week"],
    ["stats"],
    ["note", "title:strike", "Once more."],
    ["bookmark", "week"],
    ["tag", "week", "seen"],
    ["trash", "title:regatta"],
    ["undo"],
    ["doctor", "--repair"],
    ["list", "week"],
)


@pytest.mark.parametrize(
    "seed", [*range(3), *(pytest.param(n, marks=pytest.mark.slow) for n in range(3, 100))]
)
def test_no_command_fails(tuireader: CommandLine, seed: int) -> None:
    with Library.open(tuireader.folder) as library:
        for _ in library.search.index_texts():
            pass
    expected = tuireader("list", "week").out
    path, chance = tuireader.folder / FILE_NAME, random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 10, 200))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    if seed % 4 == 0:
        data = data[: chance.randrange(len(data))]
    path.write_bytes(data)
    for arguments in COMMANDS:
        ended = tuireader(*arguments, status=None)
        assert ended.status == 0, (arguments, ended.err)
        assert "Unexpected error" not in ended.err and "Traceback" not in ended.err
    path.write_bytes(b"\xa5" * len(data))
    assert set(expected.split()) - set(tuireader("list", "week").out.split()) <= {"●"}
