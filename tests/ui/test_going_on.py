"""An unexpected error is shown and logged, and the reader continues if it can."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from textual.screen import Screen
from textual.worker import get_current_worker

from library import LibraryError
from tuireader.app import ReaderApp
from tuireader.errors import MOST_AT_ONCE
from tuireader.filter_bar.line import FilterLine
from tuireader.help.screen import HelpScreen
from tuireader.log import Log
from tuireader.reader.front import ReaderFront

SECRET = "The minister lied"


def fail(*_: object) -> None:
    private = SECRET
    raise ValueError(private)


async def fail_later(*_: object) -> None:
    fail()


@pytest.fixture
def went_on(tmp_path: Path) -> Callable:
    """Check that the error was shown and logged without its text, and that the reader responds to keys."""
    log = Log(tmp_path / "tuireader.log")

    async def seen(desk, doing: str) -> None:
        await desk.until(lambda: "ValueError" in desk.said)
        assert str(log.path) in desk.said and SECRET not in desk.said
        written = log.path.read_text("utf-8")
        assert f"{doing}:" in written and "builtins.ValueError" in written and SECRET not in written
        assert isinstance(desk.app.unexpected.first, ValueError)
        desk.app.unexpected.first = None
        await desk.press("escape", "escape")
        await desk.filter("otters")
        assert desk.titles == ["Otters return to the canal"]
        assert desk.app.is_running and desk.app.failure is None

    seen.log = log
    return seen


def in_a_thread(desk) -> None:
    desk.screen.jobs.in_thread(fail, "work")


def in_a_task(desk) -> None:
    desk.screen.jobs.start(fail_later, "work")


def in_a_job_of_a_widget(desk) -> None:
    desk.screen.page.jobs.in_thread(fail, "work")


def in_a_timer(desk) -> None:
    desk.screen.set_timer(0.001, fail)


def in_a_callback_of_the_app(desk) -> None:
    desk.app.call_later(fail)


def in_a_callback_of_a_widget(desk) -> None:
    desk.screen.articles.call_later(fail_later)


def in_a_callback_after_the_next_frame(desk) -> None:
    desk.screen.page.call_after_refresh(fail)


def in_a_callback_that_comes_next(desk) -> None:
    desk.screen.call_next(fail)


@pytest.mark.parametrize(
    ("begin", "doing"),
    [
        (in_a_thread, "job work"),
        (in_a_task, "job work"),
        (in_a_job_of_a_widget, "job work"),
        (in_a_timer, "reader"),
        (in_a_callback_of_the_app, "reader"),
        (in_a_callback_of_a_widget, "reader"),
        (in_a_callback_after_the_next_frame, "reader"),
        (in_a_callback_that_comes_next, "reader"),
    ],
)
async def test_the_reader_continues_after_an_error(reader, went_on, begin, doing):
    async with reader(error_log=went_on.log) as desk:
        begin(desk)
        await went_on(desk, doing)


@pytest.mark.parametrize(
    ("owner", "handler", "keys"),
    [
        (HelpScreen, "__init__", ["question_mark"]),
        (ReaderFront, "article_ids", ["b"]),
        (FilterLine, "edit", ["slash"]),
    ],
)
async def test_the_reader_continues_after_an_error_in_a_command(
    reader, went_on, monkeypatch: pytest.MonkeyPatch, owner, handler, keys
):
    async with reader(error_log=went_on.log) as desk:
        with monkeypatch.context() as broken:
            broken.setattr(owner, handler, fail)
            for key in keys:
                await desk.pilot.press(key)
            await desk.until(lambda: "ValueError" in desk.said)
        await went_on(desk, "reader")


async def test_keys_that_were_typed_ahead_are_carried_out_after_an_error(reader, went_on, monkeypatch):
    async with reader(error_log=went_on.log) as desk:
        monkeypatch.setattr(HelpScreen, "__init__", fail)
        await desk.pilot.press("question_mark", "j", "j")
        await desk.until(lambda: desk.screen.articles.cursor_row == 2)
        await went_on(desk, "reader")


async def test_an_error_of_the_library_in_a_job_is_its_own_sentence(reader):
    def refuse() -> None:
        raise LibraryError("The index cannot be read. Remove search.db.")

    async with reader() as desk:
        desk.screen.jobs.in_thread(refuse, "work")
        await desk.until(lambda: "Remove search.db." in desk.said)
        assert "Unexpected error" not in desk.said and desk.app.unexpected.first is None


async def test_a_load_that_was_replaced_may_fail(reader):
    begun = Event()

    def fail_when_cancelled() -> None:
        begun.set()
        get_current_worker().cancelled_event.wait(60)
        fail()

    async with reader() as desk:
        first = desk.screen.jobs.in_thread(fail_when_cancelled, "work")
        await desk.until(begun.is_set)
        desk.screen.jobs.in_thread(lambda: None, "work")
        await desk.until(lambda: first.is_finished)
        await desk.rest()
        assert "ValueError" not in desk.said


async def test_an_error_that_repeats_all_the_time_is_reported_once(reader):
    async with reader() as desk:
        for _ in range(20):
            await desk.screen.jobs.in_thread(fail, "work").wait()
            await desk.pilot.pause()
        assert desk.said.count("ValueError") == 1
        desk.app.unexpected.first = None


async def test_repeated_failures_end_the_reader(folder, library_at):
    with library_at(folder) as library:
        app = ReaderApp(library)
        with pytest.raises(ValueError, match=SECRET):
            async with app.run_test() as pilot:
                await pilot.pause()
                for _ in range(MOST_AT_ONCE + 1):
                    app.call_later(fail)
                await pilot.pause()
        assert app.failure is not None


class HalfAScreen(Screen[None]):
    """A screen whose construction fails."""

    compose = fail


async def test_what_fails_while_a_screen_is_made_ends_the_reader(folder, library_at):
    with library_at(folder) as library:
        app = ReaderApp(library)
        with pytest.raises(ValueError, match=SECRET):
            async with app.run_test() as pilot:
                await pilot.pause()
                app.push_screen(HalfAScreen())
                await pilot.pause()
        assert app.failure is not None


# Saved searches that are removed, or use themselves


async def _save(desk, name: str) -> None:
    await desk.press("g", "S", "ctrl+u")
    await desk.paste(name)
    await desk.press("enter")


async def _goes_on(desk) -> None:
    assert desk.app.unexpected.first is None
    await desk.press("F")
    await desk.filter("otters")
    assert desk.titles == ["Otters return to the canal"]


async def test_a_saved_search_that_is_undone_while_it_is_listed(reader):
    async with reader() as desk:
        await desk.filter("strike")
        await _save(desk, "mine")
        await desk.filter("saved:mine")
        listed = desk.titles
        await desk.press("u")
        await desk.until(lambda: not desk.library.searches.all())
        await desk.rest()
        assert desk.titles == listed and "mine" in desk.text
        await _goes_on(desk)


async def test_a_saved_search_that_is_removed_while_it_is_listed(reader):
    async with reader(size=(160, 40)) as desk:
        await desk.filter("strike")
        await _save(desk, "mine")
        await desk.filter("saved:mine")
        await desk.until(lambda: desk.screen.sidebar.entries.go_to("searches"))
        await desk.press("g", "s", "j", "x")
        await desk.until(lambda: not desk.library.searches.all())
        await desk.press("g", "l", "b", "s", "o", "r")
        await _goes_on(desk)


async def test_a_saved_search_that_another_program_removes_or_makes_use_itself(reader):
    async with reader() as desk:
        await desk.filter("strike")
        await _save(desk, "mine")
        await desk.filter("saved:mine")
        with desk.on_disk() as other:
            other.searches.save("yours", "saved:mine")
            other.searches.remove("yours")
            other.searches.remove("mine")
        await desk.screen.others.follow()
        await desk.press("b", "s", "g", "n", "escape", "g", "t", "escape", "g", "d", "escape")
        await _goes_on(desk)
