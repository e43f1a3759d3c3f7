"""The reader after an unexpected error: the error screen, the log, and the way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from library import Library
from tuireader.app import ReaderApp
from tuireader.errors import ANSWERS, MOST_AT_ONCE, FailureApp
from tuireader.log import Log

SECRET = "The minister lied"


async def test_an_error_ends_the_app_with_a_sentence_and_a_record_and_prints_nothing(
    library_at, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    log = Log(tmp_path / "tuireader.log")
    library: Library
    with library_at(folder) as library:
        app = ReaderApp(library, error_log=log)
        with pytest.raises(ValueError, match=SECRET):
            async with app.run_test() as pilot:

                def fail() -> None:
                    private = SECRET
                    raise ValueError(private)

                await pilot.pause()
                for _ in range(MOST_AT_ONCE + 1):  # after a single error, the reader continues
                    app.call_later(fail)
                await pilot.pause()
    assert app.failure is not None
    what, where = app.failure
    assert "ValueError" in what and str(log.path) in where
    assert log.path is not None
    assert "builtins.ValueError" in log.path.read_text() and SECRET not in log.path.read_text()
    printed = capsys.readouterr()
    assert SECRET not in printed.out + printed.err


@pytest.mark.parametrize(
    ("key", "again"), [("enter", True), ("q", False), ("escape", False), ("ctrl+c", False)]
)
@pytest.mark.parametrize("size", [(80, 24), (40, 10), (1, 1)])
async def test_the_error_screen_says_what_happened_and_accepts_an_answer(
    key: str, again: bool, size: tuple[int, int]
):
    app = FailureApp("It met an [red]error[/] (ValueError).", "Details are in /home/ann/tuireader.log")
    async with app.run_test(size=size) as pilot:
        shown = [str(one.content) for one in app.query(Static)]
        assert "It met an [red]error[/] (ValueError)." in shown and ANSWERS in shown
        assert any("Nothing that was saved is lost" in text for text in shown)
        assert all(one.outer_size.width <= max(app.size.width, 5) for one in app.query(Static))
        await pilot.press(key)
    assert app.return_value is again
