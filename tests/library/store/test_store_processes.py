"""Programs that are killed, programs that write at once, and disks that are full or read-only."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from library.errors import StoreUnwritable
from library.store.storage import CatalogStorage

HERE = Path(__file__).parent
ROUNDS = int(os.environ.get("KILL_ROUNDS", "300"))
RACES = int(os.environ.get("RACES", "100"))
SEEDS = int(os.environ.get("FAULT_SEEDS", "3"))
CHANGES = int(os.environ.get("WRITER_CHANGES", "200"))


def fast_and_slow(fast: int, slow: int) -> pytest.MarkDecorator:
    """Parametrise the number of repetitions: ``fast`` in every run, ``slow`` in the long one."""
    return pytest.mark.parametrize("times", [fast, pytest.param(slow, marks=pytest.mark.slow)])


WRITE = """
import hashlib, json, sys, time
from pathlib import Path
from library.store.storage import CatalogStorage
folder, who, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
storage = CatalogStorage(folder)
for number in range(count):
    storage.change("articles", {f"{who}{number}": {"n": number}, "shared": {"who": who, "n": number}})
    if number % 40 == 7:
        storage.fold()
end = time.monotonic() + 60
while len(storage.table("articles")) < 2 * count + 1 and time.monotonic() < end:
    storage.refresh()
    time.sleep(0.005)
storage.refresh()
print(json.dumps({"number": storage.changes, "tables": storage.read()}, default=dict, sort_keys=True))
"""


def program(*arguments: object, under: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[2])}
    command = [*under, sys.executable, *map(str, arguments)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


def killing(what: str, folder: Path, rounds: int) -> tuple[int, int]:
    child = program(HERE / "killing.py", what, folder, rounds, 1)
    out, errors = child.communicate(timeout=None)
    assert child.returncode == 0, errors
    first, second = map(int, out.split())
    return first, second


@fast_and_slow(40, ROUNDS)
def test_what_was_acknowledged_survives_kill_9(tmp_path: Path, times: int):
    rounds, acknowledged = killing("moments", tmp_path / "library", times)
    print(f"{rounds} kills, {acknowledged} acknowledged changes, none lost")
    assert rounds == times and acknowledged > times // 10, "some have to be written before the kill"


def test_a_program_killed_before_any_call_of_a_fold_loses_nothing(tmp_path: Path):
    calls, kills = killing("calls", tmp_path / "library", 0)
    assert kills == calls - 1 >= 20


@fast_and_slow(15, RACES)
def test_two_programs_that_create_a_library_at_once_create_the_same(tmp_path: Path, times: int):
    rounds, changes = killing("race", tmp_path / "library", times)
    assert changes == 4 * rounds == 4 * times


def test_two_programs_that_write_at_once_lose_nothing_and_end_with_the_same(tmp_path: Path):
    folder = tmp_path / "library"
    children = [program("-c", WRITE, folder, who, CHANGES) for who in "ab"]
    answers = [child.communicate(timeout=None) for child in children]
    assert [child.returncode for child in children] == [0, 0], answers
    assert answers[0][0] == answers[1][0]
    found = json.loads(answers[0][0])
    assert found["tables"]["articles"].keys() == {"shared"} | {
        f"{who}{number}" for who in "ab" for number in range(CHANGES)
    }
    assert found["number"] == 2 * CHANGES
    with closing(CatalogStorage(folder)) as storage:
        assert storage.damage is None and not storage.notices
        assert storage.read() == found["tables"]


FAULTS = {
    "sync": ("posix/io/sync/fsync", "posix/io/sync/fdatasync"),
    "write": ("posix/io/rw/write",),
}
NUMBERS = {"sync": 5, "write": 28}

WRITE_UNDER_FAULTS = """
import os, random, sys
from pathlib import Path
from library.errors import StoreUnwritable
from library.store.storage import CatalogStorage
folder, chance = Path(sys.argv[1]), random.Random(int(sys.argv[2]))
storage, acknowledged, refused = CatalogStorage(folder), [], 0
for number in range(300):
    try:
        storage.change("articles", {str(number): {"n": number}, "last": {"n": number}})
        acknowledged.append(number)
        if chance.random() < 0.1:
            storage.fold()
    except StoreUnwritable:
        refused += 1
answer = (" ".join(map(str, acknowledged)) + f"\\n{refused}\\n").encode()
while answer:
    try:
        answer = answer[os.write(1, answer):]
    except OSError:
        pass
os._exit(0)
"""


@pytest.mark.parametrize("what", FAULTS)
@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, SEEDS))]
)
def test_calls_that_the_system_lets_fail_at_random_lose_nothing(tmp_path: Path, what: str, seed: int):
    if shutil.which("fiu-run") is None:
        pytest.skip("fiu-run, which lets calls of the system fail, is not installed (Debian: fiu-utils)")
    folder = tmp_path / "library"
    with closing(CatalogStorage(folder)) as storage:
        storage.change("articles", {"first": {}})
    points = [
        f"-c enable_random name={name},probability=0.1,failinfo={NUMBERS[what]}" for name in FAULTS[what]
    ]
    under = ("fiu-run", "-x", *points)
    child = program("-c", WRITE_UNDER_FAULTS, folder, seed, under=under)
    out, errors = child.communicate(timeout=300)
    assert child.returncode == 0, errors
    acknowledged, refused = out.splitlines()
    assert int(refused) >= 5, "no call failed"
    with closing(CatalogStorage(folder)) as storage:
        assert storage.damage is None
        assert {"first", "last", *acknowledged.split()} <= storage.table("articles").keys()


# Real disks


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A separate disk of 128 KiB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def test_a_disk_that_is_full_keeps_what_was_acknowledged_and_goes_on_when_there_is_room(small_disk: Path):
    folder, ballast = small_disk / "library", small_disk / "ballast"
    ballast.write_bytes(bytes(48 << 10))
    acknowledged = {}
    with closing(CatalogStorage(folder)) as storage:
        with pytest.raises(StoreUnwritable, match="No space left"):
            for number in range(1000):
                storage.change("articles", {str(number): {"text": "x" * 500}})
                acknowledged[str(number)] = {"text": "x" * 500}
        assert storage.table("articles") == acknowledged
        for _ in range(3):
            with pytest.raises(StoreUnwritable, match="No space left"):
                storage.change("articles", {"refused": {"text": "x" * 5000}})
        with pytest.raises(StoreUnwritable, match="No space left"):
            storage.fold()
        with closing(CatalogStorage(folder)) as other:
            assert other.damage is None
            assert other.table("articles") == acknowledged
        ballast.unlink()  # frees space for a record, but not for a copy of the library
        for key in list(acknowledged)[10:]:
            storage.change("articles", {key: None})
            del acknowledged[key]
    with closing(CatalogStorage(folder)) as storage:
        assert storage.table("articles") == acknowledged


def test_a_read_only_disk_can_be_read_and_not_written(small_disk: Path):
    folder = small_disk / "library"
    with closing(CatalogStorage(folder)) as storage:
        storage.change("articles", {"a": {"n": 1}})
    with (folder / "catalog.journal").open("ab") as file:
        file.write(b"torn")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with closing(CatalogStorage(folder)) as storage:
        assert storage.damage is None and storage.notices == ()
        with pytest.raises(StoreUnwritable, match="Read-only file system"):
            storage.change("articles", {"a": {"n": 2}})
        assert storage.table("articles") == {"a": {"n": 1}}
        subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
        storage.change("articles", {"a": {"n": 3}})
    with closing(CatalogStorage(folder)) as storage:
        assert storage.table("articles") == {"a": {"n": 3}}


LIMITED = """
import resource, signal, sys
from pathlib import Path
from library.errors import StoreUnwritable
from library.store.storage import CatalogStorage
storage = CatalogStorage(Path(sys.argv[1]))
storage.change("articles", {"a": {"n": 1}})
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, resource.RLIM_INFINITY))
try:
    storage.change("articles", {"b": {"text": "x" * 6000}})
except StoreUnwritable as error:
    print(error)
storage.change("articles", {"c": {"n": 3}})
"""


def test_a_write_that_the_system_cuts_short_is_refused_and_the_next_one_works(tmp_path: Path):
    child = program("-c", LIMITED, tmp_path / "library")
    out, errors = child.communicate(timeout=300)
    assert "File too large" in out, errors
    with closing(CatalogStorage(tmp_path / "library")) as storage:
        assert storage.read() == {"articles": {"a": {"n": 1}, "c": {"n": 3}}}
        assert storage.notices == ()
