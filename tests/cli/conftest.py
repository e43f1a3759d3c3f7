"""Fixtures of the command line's tests: a library of four articles, the starter library, an empty folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from commandline import CommandLine, write_articles

from library import Library


@pytest.fixture(autouse=True)
def private_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the user's own folders, library and editor from tests."""
    for variable in ("TUIREADER_LIBRARY", "VISUAL", "EDITOR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for variable in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "home" / variable.lower()))
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder with the four articles of ``commandline``."""
    return write_articles(tmp_path / "sources")


@pytest.fixture
def fresh(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line of a library that does not exist yet."""
    return CommandLine(tmp_path / "library", capsys, monkeypatch)


@pytest.fixture(scope="session")
def filled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the four articles, to be copied."""
    folder = tmp_path_factory.mktemp("filled")
    sources = write_articles(folder / "sources")
    with Library.open(folder / "library") as library:
        list(library.add(sources))
    return folder / "library"


@pytest.fixture
def tuireader(filled_folder: Path, fresh: CommandLine) -> CommandLine:
    """The command line of a library with the four articles."""
    shutil.copytree(filled_folder, fresh.folder)
    return fresh
