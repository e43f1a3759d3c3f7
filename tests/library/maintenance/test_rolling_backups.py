"""Rolling backups of the catalogue: when one is made, and which ones are kept."""

from __future__ import annotations

import gzip
import itertools
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fakes import NOW, FakeClock
from hypothesis import given
from hypothesis import strategies as st

from library import Library, StoreUnwritable
from library.maintenance.rolling_backups import PAUSE, kept, rolling_backups

MIDDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)


def ago(**spans: float) -> datetime:
    return MIDDAY - timedelta(**spans)


def test_all_backups_of_two_days_are_kept():
    times = [ago(minutes=30 * number) for number in range(96)]
    assert kept(times, MIDDAY) == frozenset(times)


def test_then_the_newest_of_each_day_week_and_month_is_kept():
    times = [ago(hours=6 * number) for number in range(4 * 800)]
    staying = sorted(kept(times, MIDDAY), reverse=True)
    older = [time for time in staying if MIDDAY - time >= timedelta(days=2)]
    assert len(older) == 12 + 10 + 9
    days, weeks, months = older[:12], older[12:22], older[22:]
    assert [one - other for one, other in itertools.pairwise(days)][1:] == [timedelta(days=1)] * 10
    assert all(one - other == timedelta(days=7) for one, other in itertools.pairwise(weeks))
    assert len({(time.year, time.month) for time in months}) == 9


def test_a_gap_of_years_loses_nothing():
    times = [ago(days=1000 + number) for number in range(5)]
    assert kept(times, MIDDAY) == frozenset(times)


def test_days_are_in_the_time_zone_of_now():
    east = MIDDAY.astimezone(datetime.strptime("+0900", "%z").tzinfo)
    recent = {ago(days=1), ago(days=2)}
    times = [datetime(2026, 11, 10, 14, tzinfo=UTC), datetime(2026, 11, 10, 16, tzinfo=UTC)]
    assert kept([*recent, *times], MIDDAY) == {*recent, times[1]}
    assert kept([*recent, *times], east) == {*recent, *times}


@given(st.lists(st.datetimes(datetime(2015, 1, 1), datetime(2030, 1, 1)), max_size=60))
def test_thinning_again_changes_nothing_and_the_future_is_left_alone(naive: list[datetime]):
    times = frozenset(time.replace(tzinfo=UTC) for time in naive)
    staying = kept(times, MIDDAY)
    assert staying <= times
    assert kept(staying, MIDDAY) == staying
    future = frozenset(time for time in times if time > MIDDAY)
    assert future <= staying
    assert kept(times - future, MIDDAY) == staying - future


def backups(library: Library) -> list[str]:
    return sorted(path.name for _, path in rolling_backups(library.path))


def test_a_backup_is_made_every_half_hour_and_only_after_a_change(seeded: Library, clock: FakeClock):
    seeded.maintenance.run_due()
    assert len(backups(seeded)) == 1
    seeded.bookmark(seeded.search.ids("oil"))
    seeded.maintenance.run_due()
    assert len(backups(seeded)) == 1
    clock.now += PAUSE
    seeded.maintenance.run_due()
    assert len(backups(seeded)) == 2
    clock.now += PAUSE
    seeded.maintenance.run_due()
    assert len(backups(seeded)) == 2


def test_closing_backs_up_what_the_session_changed(tmp_path: Path, clock: FakeClock):
    with Library.open(tmp_path, clock=clock) as library:
        library.importing.add_bytes("a.md", b"# A\n\nWords.\n")
    (name,) = backups(library)
    tables = json.loads(gzip.decompress((tmp_path / "backups" / name).read_bytes()))
    assert [article["title"] for article in tables["articles"].values()] == ["A"]


def test_a_session_that_only_reads_makes_no_backup(seeded: Library, clock: FakeClock):
    seeded.close()
    clock.now += 2 * PAUSE
    with Library.open(seeded.path, clock=clock) as library:
        library.select()
    assert len(backups(library)) == 1


def test_old_backups_are_thinned_out_and_future_ones_stay(seeded: Library):
    folder = seeded.path / "backups"
    folder.mkdir()
    old = [f"catalog-202001{day:02}T{hour}0000Z-1.json.gz" for day in range(1, 4) for hour in (10, 11)]
    for name in (*old, "catalog-20990101T000000Z-1.json.gz", "mine.json.gz"):
        (folder / name).write_bytes(b"")
    seeded.maintenance.run_due()
    names = {path.name for path in folder.iterdir()}
    last_day_of_use = {name for name in old if name.startswith("catalog-20200103")}
    assert names & set(old) == {name for name in old if "T11" in name} | last_day_of_use
    assert {"mine.json.gz", "catalog-20990101T000000Z-1.json.gz"} <= names


@pytest.mark.parametrize(
    "jump",
    [timedelta(days=-2), timedelta(hours=-1), timedelta(days=3652), datetime(1970, 1, 1, tzinfo=UTC) - NOW],
    ids=["two days back", "an hour back", "ten years on", "1970"],
)
def test_a_clock_that_jumps_loses_no_backup_and_no_order_of_changes(
    seeded: Library, clock: FakeClock, jump: timedelta
):
    previous: set[str] = set()
    for there in (timedelta(), jump, -jump, timedelta()):
        clock.now += there
        for _ in range(3):
            clock.now += PAUSE
            seeded.articles.mark(seeded.search.ids("oil"), "bookmarked", not seeded.select("is:bookmarked"))
            seeded.maintenance.run_due()
            assert previous <= set(backups(seeded)), (
                "a backup of the last two days, or of the future, is gone"
            )
            previous = set(backups(seeded))
    assert len(previous) >= 9
    marks = [bool(seeded.select("is:bookmarked"))]
    for _ in range(12):
        assert "bookmark" in seeded.undo().title
        marks.append(bool(seeded.select("is:bookmarked")))
    assert marks == [False, True] * 6 + [False], "changes are taken back in the order in which they were made"


def test_a_backup_that_cannot_be_written_is_reported_and_does_not_prevent_closing(seeded: Library):
    (seeded.path / "backups").write_bytes(b"a file where the folder should be")
    with pytest.raises(StoreUnwritable, match="backups"):
        seeded.maintenance.run_due()
    seeded.close()


def test_the_time_in_a_name_is_read_back(seeded: Library, clock: FakeClock):
    seeded.maintenance.run_due()
    ((time, _),) = rolling_backups(seeded.path)
    assert timedelta() <= clock.now - time < timedelta(seconds=5)
    assert time > NOW
