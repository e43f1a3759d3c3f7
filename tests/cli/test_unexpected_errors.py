"""An unexpected error: one sentence, a record in the log, and no traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from commandline import CommandLine

from tuireader.cli import articles
from tuireader.paths import log_file

SECRET = "The minister lied"


@pytest.mark.parametrize(
    "error", [ValueError(SECRET), RecursionError(SECRET), ExceptionGroup(SECRET, [KeyError(SECRET)])]
)
def test_it_is_one_sentence_that_names_the_log_and_shows_no_text(
    tuireader: CommandLine, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def failing(*_: object) -> None:
        raise error

    monkeypatch.setattr(articles, "print_article_line", failing)
    ended = tuireader("list", status=1)
    assert len(ended.err.splitlines()) == 1
    assert type(error).__name__ in ended.err and str(log_file()) in ended.err
    assert "Traceback" not in ended.err and SECRET not in ended.err
    written = log_file().read_text("utf-8")
    assert "command list" in written and type(error).__name__ in written and SECRET not in written


def test_a_log_that_cannot_be_written_changes_only_the_sentence(
    tuireader: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise ValueError(SECRET)

    folder = Path(os.environ["XDG_STATE_HOME"])
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("no folder")
    monkeypatch.setattr(articles, "print_article_line", failing)
    assert "could not be written to a log" in tuireader("list", status=1).err
