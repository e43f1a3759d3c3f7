"""Backups of files with unusual times and names, and zip files that are damaged or malicious."""

from __future__ import annotations

import io
import json
import os
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import NOW

from library import Library, LibraryError
from library.maintenance.backup import restore


@pytest.fixture
def file(seeded: Library, tmp_path: Path) -> Path:
    seeded.note(seeded.search.ids("strike")[0], "Whose week?", quote="another week")
    return seeded.maintenance.back_up(tmp_path / "library.zip").file


YEARS_FROM_1970 = 31_556_952


@pytest.mark.parametrize(
    "changed",
    [-(10**11), -YEARS_FROM_1970, 0, 138 * YEARS_FROM_1970, 250 * YEARS_FROM_1970, 8 * 10**9 * 100],
)
def test_a_file_with_any_time_is_backed_up_and_restored(
    seeded: Library, tmp_path: Path, changed: int
) -> None:
    text = seeded.path / seeded.articles.get(seeded.search.ids("strike")[0]).text
    try:
        os.utime(text, (changed, changed))
    except (OSError, OverflowError):
        pytest.skip("this file system does not hold that time")
    content = text.read_bytes()
    made = seeded.maintenance.back_up(tmp_path / "library.zip")
    assert restore(made.file, tmp_path / "new", now=NOW).findings == ()
    assert (tmp_path / "new" / text.relative_to(seeded.path)).read_bytes() == content


@pytest.mark.parametrize("name", [b"caf\xe9.md", b"a\\b.md", b"a\nb.md"])
def test_a_stray_file_with_an_unusual_name_is_backed_up(seeded: Library, tmp_path: Path, name: bytes) -> None:
    (seeded.path / "texts" / os.fsdecode(name)).write_bytes(b"Left here by another program.")
    made = seeded.maintenance.back_up(tmp_path / "library.zip")
    assert restore(made.file, tmp_path / "new", now=NOW).texts == 6
    contents = [path.read_bytes() for path in (tmp_path / "new" / "texts").iterdir() if path.is_file()]
    assert b"Left here by another program." in contents


def refused_or_whole(file: Path, folder: Path) -> bool:
    """Try to restore; return True if it was refused with a message and nothing was left behind."""
    try:
        restore(file, folder, now=NOW)
    except LibraryError as error:
        assert str(file) in str(error)
        assert "othing was restored" in str(error)
        assert not folder.exists()
        assert not list(folder.parent.glob(".*.tmp"))
        return True
    return False


def test_damaged_bytes_are_reported(file: Path, tmp_path: Path) -> None:
    whole, chance = file.read_bytes(), random.Random(5)
    directory = whole.rindex(b"PK\x05\x06")
    refused = 0
    for number in range(150):
        data = bytearray(whole)
        near_the_end = number % 2
        for _ in range(chance.randint(1, 6)):
            start = directory - 600 if near_the_end else 0
            data[chance.randrange(max(0, start), len(data))] = chance.randrange(256)
        file.write_bytes(data)
        refused += refused_or_whole(file, tmp_path / f"new-{number}")
    assert refused > 40


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, zipfile.ZIP_DEFLATED])
def test_damaged_data_of_every_compression_method_is_reported(
    file: Path, tmp_path: Path, method: int
) -> None:
    members = {
        member.filename: zipfile.ZipFile(file).read(member) for member in zipfile.ZipFile(file).infolist()
    }
    chance = random.Random(method)
    for number in range(60):
        with zipfile.ZipFile(file, "w", method) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        damaged = bytearray(file.read_bytes())
        for _ in range(3):
            damaged[chance.randrange(30, len(damaged) // 2)] ^= 1 << chance.randrange(8)
        file.write_bytes(damaged)
        refused_or_whole(file, tmp_path / f"new-{number}")


def rewritten(file: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


DEEP = b"[" * 100_000


@pytest.mark.parametrize(
    "catalogue",
    [
        b"",
        b"\0" * 100,
        b"null",
        b"[]",
        DEEP,
        b'{"meta":' + DEEP,
        b'{"meta": {"library": []}}',
        b'{"meta": {"library": {"format": 2, "number": "x"}}}',
        b'{"articles": {"a": []}}',
        json.dumps({"articles": {"a": {"title": 5}}, "meta": {"library": {"format": 1}}}).encode(),
    ],
)
def test_any_invalid_catalogue_is_reported(file: Path, tmp_path: Path, catalogue: bytes) -> None:
    rewritten(file, lambda members: members.update({"catalog.json": catalogue}))
    refused_or_whole(file, tmp_path / "new")


@pytest.mark.parametrize(
    "name",
    [
        "texts/" + "a/" * 1500 + "x.md",
        "texts/" + "a" * 300 + ".md",
        "texts/" + "é" * 200 + ".md",
        "texts/a.md/b.md",
        "texts/../../outside.md",
        "/etc/outside.md",
        "texts/../catalog.journal",
        "catalog.journal",
        "search.db",
        ".hidden",
    ],
)
def test_a_member_with_an_impossible_name_is_reported(file: Path, tmp_path: Path, name: str) -> None:
    rewritten(file, lambda members: members.update({"texts/a.md": b"A.", name: b"A file."}))
    assert refused_or_whole(file, tmp_path / "new")
    assert not list(tmp_path.rglob("outside.md"))


def test_a_file_below_a_file_is_reported(file: Path, tmp_path: Path) -> None:
    rewritten(file, lambda members: members.update({"texts/a.md/b.md": b"A.", "texts/a.md": b"A."}))
    assert refused_or_whole(file, tmp_path / "new")


def test_a_link_in_a_backup_is_refused(file: Path, tmp_path: Path) -> None:
    link = zipfile.ZipInfo("texts/link.md")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert refused_or_whole(file, tmp_path / "new")


def test_a_zip_bomb_is_refused(file: Path, tmp_path: Path) -> None:
    rewritten(file, lambda members: members.update({"texts/a.md": bytes(40_000_000)}))
    assert refused_or_whole(file, tmp_path / "new")


def test_a_member_larger_than_its_stated_size_is_refused(file: Path, tmp_path: Path) -> None:
    rewritten(file, lambda members: members.update({"texts/a.md": bytes(5_000_000)}))
    data = bytearray(file.read_bytes())
    size = struct.pack("<L", 5_000_000)
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = struct.pack("<L", 100)
    file.write_bytes(data)
    assert refused_or_whole(file, tmp_path / "new")


@pytest.mark.parametrize("date", [(0, 0, 0), (2107, 15, 31), (1980, 0, 31)])
def test_an_invalid_time_is_skipped(file: Path, tmp_path: Path, date: tuple[int, int, int]) -> None:
    year, month, day = date
    data = bytearray(file.read_bytes())
    stamp = struct.pack("<H", max(0, year - 1980) << 9 | month << 5 | day)
    for mark, place in ((b"PK\x03\x04", 12), (b"PK\x01\x02", 14)):
        at = data.find(mark)
        while at >= 0:
            data[at + place : at + place + 2] = stamp
            at = data.find(mark, at + 1)
    file.write_bytes(data)
    assert not refused_or_whole(file, tmp_path / "new")


def test_restoring_from_a_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "."):
        with pytest.raises(LibraryError, match="othing was restored"):
            restore(tmp_path / name, tmp_path / "new", now=NOW)


def test_a_damaged_zip_is_not_overwritten(seeded: Library, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a", "b")
    chance = random.Random(1)
    for _ in range(60):
        data = bytearray(buffer.getvalue())
        data[chance.randrange(len(data))] = chance.randrange(256)
        (tmp_path / "theirs.zip").write_bytes(data)
        with pytest.raises(LibraryError, match="was not changed"):
            seeded.maintenance.back_up(tmp_path / "theirs.zip")
