"""The reader with a full-text index damaged before it opens or while it is open."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from library.maintenance.doctor import examine
from library.maintenance.findings import Code
from library.search.fulltext.sqlite import FILE_NAME
from tuireader.reader import background


@pytest.fixture
def indexed(folder: Path, library_at, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(background, "INDEXING_PAUSE", 0.001)
    with library_at(folder) as library:
        for _ in library.search.index_texts():
            pass
    return folder


def damage(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(1 + 40 * (seed % 3)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data if seed % 4 else data[: len(data) // 2])


@pytest.mark.parametrize("seed", range(3))
async def test_a_damaged_index_at_the_start_stops_nothing(reader, indexed: Path, seed: int):
    damage(indexed / FILE_NAME, seed)
    async with reader() as desk:
        await desk.filter("tram")
        await desk.press("j", "enter", "h")
        await desk.filter("")
        await desk.press("b", "j", "J", "K")
    assert desk.app.failure is None


async def test_an_index_damaged_meanwhile_is_rebuilt_and_everything_is_found(reader, indexed: Path, clock):
    async with reader() as desk:
        await desk.filter("tram")
        before = desk.titles
        path = indexed / FILE_NAME
        for suffix in ("-wal", "-shm"):
            (indexed / f"{FILE_NAME}{suffix}").unlink(missing_ok=True)
        (indexed / "garbage").write_bytes(b"\xa5" * path.stat().st_size)
        (indexed / "garbage").replace(path)
        await desk.filter("canal")
        assert desk.titles == ["Otters return to the canal"]
        await desk.filter("tram")
        assert desk.titles == before
        await desk.until(lambda: path.exists() and path.read_bytes()[:6] == b"SQLite")
        await desk.until(lambda: not desk.screen.count.unsearched)
        await desk.filter("canal")
        assert desk.titles == ["Otters return to the canal"]
    assert Code.INDEX_DAMAGED not in {finding.code for finding in examine(indexed, now=clock())}
