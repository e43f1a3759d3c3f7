"""The messages of the command line about a library that is locked, or cannot be locked."""

from __future__ import annotations

import errno
import importlib

import pytest
from commandline import CommandLine

from library.store.disk import Disk
from library.store.layout import LOCK_NAME


def test_a_library_locked_by_another_program_is_reported(
    tuireader: CommandLine, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Disk, "patience", 0.02)
    monkeypatch.setattr(importlib.import_module("tuireader.cli.run"), "PATIENCE", 0.02)
    with Disk().locked(tuireader.folder / LOCK_NAME):
        ended = tuireader("bookmark", "tag:sport", status=1)
        assert "held this lock for 0.02 seconds" in ended.err and "Try again" in ended.err
        assert len(tuireader("list", "--json").records) == 4
        tuireader("doctor")
    tuireader("bookmark", "tag:sport")


def test_a_file_system_without_locks_is_reported_once_and_the_change_made(
    tuireader: CommandLine, monkeypatch: pytest.MonkeyPatch
):
    def fail(*arguments: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(Disk, "lock", fail)
    assert tuireader("bookmark", "tag:sport").err.count("does not support locks") == 1
    assert tuireader.titles("is:bookmarked") == ["The Regatta Nobody Saw"]
