"""The reader survives any keys, clicks and resizes, and ends cleanly."""

from __future__ import annotations

import webbrowser
from datetime import UTC, datetime
from random import Random

import pytest
from textual.keys import _character_to_key

from library.maintenance.doctor import examine
from tuireader.commands import COMMANDS

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LEFT_OUT = {"Q", "ctrl+q", "ctrl+e", "ctrl+z"}
"""Keys that end the reader, or hand the terminal to another program."""
COMMAND_KEYS = sorted({key for command in COMMANDS for key in command.keys} - LEFT_OUT)
TYPED = [
    *'tag:c"(*-~é漢🐙',
    "enter",
    "escape",
    "tab",
    "up",
    "down",
    "left",
    "right",
    "backspace",
    "home",
    "end",
]
SIZES = [(80, 24), (60, 20), (120, 40), (200, 60), (40, 10), (95, 30), (141, 45), (20, 5), (4, 4), (1, 1)]


def names(keys: str) -> list[str]:
    """Return the pilot's names for the keys of a command."""
    return [_character_to_key(key) if len(key) == 1 and not key.isalnum() else key for key in keys.split()]


async def stumble(desk, random: Random) -> None:
    """Do one random action, as a child or a cat would."""
    kind = random.random()
    columns, rows = desk.app.size
    if kind < 0.04:
        await desk.pilot.resize_terminal(*random.choice(SIZES))
    elif kind < 0.1:
        await desk.pilot.click(offset=(random.randrange(columns), random.randrange(rows)))
    elif kind < 0.7:
        await desk.pilot.press(*names(random.choice(COMMAND_KEYS)))
    else:
        await desk.pilot.press(*names(random.choice(TYPED)))


@pytest.mark.parametrize(
    ("seed", "steps"),
    [(1, 60), (2, 60), *(pytest.param(seed, 400, marks=pytest.mark.slow) for seed in range(3, 23))],
)
async def test_any_keys_leave_reader_and_library_intact(reader, folder, monkeypatch, seed, steps):
    monkeypatch.chdir(folder.parent)  # an export goes to the folder that was typed
    monkeypatch.setattr(webbrowser, "open", lambda *_, **__: True)
    monkeypatch.setattr(webbrowser, "get", lambda *_: None)
    random = Random(seed)
    async with reader(size=random.choice(SIZES)) as desk:
        for _ in range(steps):
            await stumble(desk, random)
        assert desk.app.is_running
        await desk.pilot.resize_terminal(80, 24)
        await desk.press(*["escape"] * 6)
        assert desk.text.strip()
    assert examine(folder, now=NOW) == ()
