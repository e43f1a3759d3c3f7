"""The index of words with changed or missing bytes: no search and no change fails, and it is rebuilt."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from library import Library
from library.maintenance.doctor import examine, repair
from library.maintenance.findings import Code
from library.search.fulltext.sqlite import FILE_NAME

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
QUERIES = (
    "another",
    "week",
    "strike",
    "tram",
    "text:ferries",
    "note:whose",
    '"another week"',
    "clay OR port*",
)


@pytest.fixture
def indexed(seeded: Library) -> Path:
    """A closed library with an index."""
    seeded.note(seeded.search.ids("strike")[0], "Whose week?", quote="another week", occurrence=1)
    seeded.importing.add_bytes(
        "again.md", b"---\ntitle: Again\n---\n\nDock workers voted on Thursday to stay out again.\n"
    )
    for _ in seeded.search.index_texts():
        pass
    seeded.indexes.full_text.close()  # so that all is in the file, and not in its log
    return seeded.path


def answers(library: Library) -> list[list[str]]:
    return [sorted(library.search.ids(query)) for query in QUERIES]


def use(folder: Path, clock: Any) -> list[list[str]]:
    """Do all that uses the index, and change what is indexed; what was found in the end."""
    with Library.open(folder, clock=clock, timezone=UTC) as library:
        answers(library)
        for key in library.search.ids()[:3]:
            library.search.at_once("week")
            library.stories.of(key)
            library.stories.related(key)
            library.stories.timeline(key)
        library.stories.among(library.search.ids())
        note = library.note(library.search.ids()[0], "Seen.")  # a changed byte inside a word hides it
        library.annotations.remove(note.id)
        library.bookmark(library.search.ids()[1:2])
    with Library.open(folder, clock=clock, timezone=UTC) as library:
        for _ in library.search.index_texts():
            pass
        return answers(library)


def flipped(path: Path, place: int, bit: int = 0x41) -> None:
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= bit
    path.write_bytes(data)


@pytest.mark.parametrize(
    "seed", [*range(4), *(pytest.param(n, marks=pytest.mark.slow) for n in range(4, 72))]
)
def test_changed_bytes_anywhere_do_not_stop_the_program(indexed: Path, clock: Any, seed: int):
    chance = random.Random(seed)
    path = indexed / FILE_NAME
    for _ in range(chance.choice((1, 1, 8, 60))):
        flipped(path, chance.randrange(path.stat().st_size), 1 << chance.randrange(8))
    use(indexed, clock)


@pytest.mark.parametrize("page", range(0, 200, 9))
def test_an_overwritten_page_is_noticed_or_rebuilt(indexed: Path, clock: Any, page: int):
    with Library.open(indexed, clock=clock, timezone=UTC) as library:
        expected = answers(library)
    path = indexed / FILE_NAME
    data = bytearray(path.read_bytes())
    size = 4096
    start = page * size % len(data)
    data[start : start + size] = bytes([0xA5]) * len(data[start : start + size])
    path.write_bytes(data)
    found = use(indexed, clock)
    if found != expected:
        repair(indexed, now=NOW)
        found = use(indexed, clock)
    assert found == expected


@pytest.mark.parametrize("part", [0.0, 0.1, 0.35, 0.5, 0.77, 0.99])
def test_a_truncated_index_does_not_stop_searches_and_all_is_found(indexed: Path, clock: Any, part: float):
    with Library.open(indexed, clock=clock, timezone=UTC) as library:
        expected = answers(library)
    path = indexed / FILE_NAME
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * part)])
    assert use(indexed, clock) == expected


@pytest.mark.parametrize("part", [None, 0.0, 0.2, 0.6, 0.97])
def test_a_truncated_or_changed_log_does_not_stop_the_program(
    indexed: Path, clock: Any, tmp_path: Path, part: float | None
):
    """It is there after a crash: here it is copied while a connection is open."""
    copy = tmp_path / "copy"
    with Library.open(indexed, clock=clock, timezone=UTC) as library:
        expected = answers(library)
        note = library.note(library.search.ids("tram")[0], "Seen.")
        library.annotations.remove(note.id)
        connection = sqlite3.connect(indexed / FILE_NAME, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("UPDATE articles SET stamp = stamp + 1")
        shutil.copytree(indexed, copy)
        connection.close()
    log = copy / f"{FILE_NAME}-wal"
    data = bytearray(log.read_bytes())
    assert data
    if part is None:
        data[len(data) // 2] ^= 0x10
    else:
        del data[int(len(data) * part) :]
    log.write_bytes(data)
    assert use(copy, clock) == expected


def directory(folder: Path) -> None:
    (folder / FILE_NAME).unlink()
    (folder / FILE_NAME).mkdir()


def sql(*statements: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        with sqlite3.connect(folder / FILE_NAME) as connection:
            for statement in statements:
                connection.execute(statement)
        connection.close()

    return damage


SPOILED = {
    "a folder": directory,
    "garbage": lambda folder: (folder / FILE_NAME).write_bytes(b"\xa5" * 9000),
    "no table of articles": sql("DROP TABLE articles"),
    "no table of words": sql("DROP TABLE words"),
    "no tables of stories": sql("DROP TABLE stories", "DROP TABLE story_edition"),
    "no fingerprints": sql("DROP TABLE fingerprints"),
    "rows that are texts": sql("UPDATE articles SET row = 'x'"),
    "rows that are nothing": sql("UPDATE articles SET row = NULL"),
    "one row of all": sql("UPDATE articles SET row = 1"),
    "negative rows": sql("UPDATE articles SET row = -row"),
    "huge rows": sql("UPDATE articles SET row = row + (1 << 60)"),
    "a huge next row": sql("UPDATE meta SET next_row = 1 << 60"),
    "a next row that is a text": sql("UPDATE meta SET next_row = 'many'"),
    "a generation that is bytes": sql("UPDATE meta SET generation = x'ff'"),
    "texts that are not UTF-8": sql("UPDATE articles SET id = CAST(x'fffe' AS TEXT) WHERE row = 1"),
    "ids that are numbers": sql("UPDATE articles SET id = row"),
    "no edition": sql("DELETE FROM meta"),
    "no edition of stories": sql("DELETE FROM story_edition"),
    "rates of nought": sql(
        "UPDATE fingerprints SET rate = 0", "INSERT INTO unsettled SELECT row FROM fingerprints"
    ),
    "fingerprints of three bytes": sql(
        "UPDATE fingerprints SET shingles = x'010203'", "INSERT INTO unsettled SELECT row FROM fingerprints"
    ),
    "stories that are texts": sql("INSERT INTO stories SELECT row, 'x' FROM articles"),
    "segments that are garbage": sql("UPDATE words_data SET block = x'a5a5a5a5a5' WHERE id > 10"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_impossible_rows_do_not_stop_the_program_and_all_is_found_again(indexed: Path, clock: Any, name: str):
    with Library.open(indexed, clock=clock, timezone=UTC) as library:
        expected = answers(library)
    SPOILED[name](indexed)
    assert use(indexed, clock) == expected
    assert [one for one in examine(indexed, now=NOW) if one.code is Code.INDEX_DAMAGED] == []


@pytest.mark.parametrize(
    "name", ["garbage", "no table of words", "segments that are garbage", "one row of all"]
)
def test_the_doctor_finds_a_damaged_index_and_rebuilds_it(indexed: Path, clock: Any, name: str):
    with Library.open(indexed, clock=clock, timezone=UTC) as library:
        expected = answers(library)
    SPOILED[name](indexed)
    (finding,) = examine(indexed, now=NOW)
    assert finding.code is Code.INDEX_DAMAGED and finding.repairable
    assert repair(indexed, now=NOW) == (finding,)
    with Library.open(indexed, clock=clock, timezone=UTC) as library:
        assert library.search.at_once("week").unsearched == 0
        assert answers(library) == expected


def test_an_intact_index_is_no_finding_and_is_left_unchanged(indexed: Path):
    before = (indexed / FILE_NAME).read_bytes()
    assert examine(indexed, now=NOW) == ()
    assert (indexed / FILE_NAME).read_bytes() == before


def test_an_article_that_cannot_be_indexed_does_not_stop_the_others(
    indexed: Path, clock: Any, monkeypatch: pytest.MonkeyPatch
):
    from library.search.fulltext.records import Records

    entry = Records.entry

    def failing(self: Records, key: str) -> Any:
        if "Oil" in self._articles.checked()[key]["title"]:
            raise RecursionError("no text can be so")
        return entry(self, key)

    monkeypatch.setattr(Records, "entry", failing)
    (indexed / FILE_NAME).unlink()
    with Library.open(indexed, clock=clock, timezone=UTC) as library:
        for _ in library.search.index_texts():
            pass
        assert not library.search.index_damaged
        assert library.search.at_once("week").unsearched == 1
