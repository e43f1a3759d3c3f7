"""Garbage from reading is freed while the user reads, not only at idle times."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator

import pytest
from textual.pilot import Pilot
from textual.strip import Strip
from textual.worker import Worker

from library import Library
from tuireader import app as app_module
from tuireader.app import ReaderProgram
from tuireader.garbage import MANY, PORTION, GarbageCollection


@pytest.fixture(autouse=True)
def _usual_collector() -> Iterator[None]:
    """Restore the garbage collector of the test process."""
    usual = gc.get_threshold()
    gc.unfreeze()
    yield
    gc.set_threshold(*usual)
    gc.enable()
    gc.unfreeze()
    gc.collect()
    gc.freeze()


class _Circle:
    """A reference cycle, which only the garbage collector can free."""

    def __init__(self) -> None:
        self.itself = self


def _old_circle() -> weakref.ref[_Circle]:
    circle = _Circle()
    for _ in range(PORTION):
        gc.collect(1)
    return weakref.ref(circle)


def test_old_garbage_is_freed_by_a_collection():
    garbage = GarbageCollection()
    garbage.start()
    garbage.freeze()
    gone = _old_circle()
    garbage.look()
    assert gone() is None
    garbage.stop()


def test_a_look_visits_only_a_few_objects():
    garbage = GarbageCollection()
    garbage.start()
    garbage.freeze()
    kept = [[number] for number in range(MANY + 1)]
    gone = _old_circle()
    garbage.look()
    assert gone() is not None and len(kept) < gc.get_freeze_count()
    gone_too = _old_circle()
    garbage.look()  # existing objects are frozen from now on
    assert gone_too() is None and gone() is not None
    garbage.rest()
    assert gone() is None and len(kept) < gc.get_freeze_count()
    garbage.stop()


def test_no_garbage_is_collected_while_very_many_objects_are_created():
    garbage = GarbageCollection()
    garbage.start()
    garbage.pause()
    gone = _old_circle()
    garbage.look()
    garbage.rest()
    assert gone() is not None
    garbage.stop()
    assert gc.isenabled()


def _alive() -> int:
    return sum(isinstance(one, Strip | Worker) for one in gc.get_objects())


@pytest.mark.slow
async def test_articles_that_were_opened_leave_nothing_behind(
    folder,
    library_at: Callable[..., Library],
    at_rest: Callable[[Pilot[int], Library], object],
    monkeypatch: pytest.MonkeyPatch,
):
    """Turn from article to article without a pause; most of the garbage must be freed meanwhile."""
    monkeypatch.setattr(app_module, "LOOK_SECONDS", 0.01)
    with library_at(folder) as library:
        app = ReaderProgram(library)
        async with app.run_test(size=(120, 40)) as pilot:
            await at_rest(pilot, library)
            await pilot.press("enter")
            await at_rest(pilot, library)
            seen = []
            for turn in range(120):
                await pilot.press("J" if turn // 6 % 2 == 0 else "K")
                await at_rest(pilot, library)
                seen.append(_alive())
    early, late = max(seen[:60]), max(seen[60:])
    assert late < early * 1.25, seen
