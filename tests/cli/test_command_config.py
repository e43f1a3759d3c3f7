"""``config``: every setting is listed, read and changed by its declaration, and the file is checked."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from commandline import CommandLine

from tuireader.paths import settings_file
from tuireader.settings import SETTINGS


@pytest.fixture
def file() -> Path:
    """The settings file, of which the folder is there."""
    settings_file().parent.mkdir(parents=True)
    return settings_file()


def test_settings_are_listed_by_section(tuireader: CommandLine) -> None:
    records = tuireader("config", "--json").records
    assert [record["name"] for record in records] == [setting.name for setting in SETTINGS]
    assert [record["section"] for record in records] == [setting.section.name for setting in SETTINGS]
    assert [record["value"] for record in records] == [setting.default for setting in SETTINGS]
    listed = tuireader("config").out
    assert (
        listed.index("[look]") < listed.index("theme") < listed.index("[reading]") < listed.index("measure")
    )
    assert max(map(len, listed.splitlines())) <= 80
    assert not settings_file().exists()
    tuireader("config", "set", "measure", "60")
    assert "default 72" in tuireader("config").out


@pytest.mark.parametrize(
    ("name", "word", "value"),
    [
        ("measure", "60", 60),
        ("reading.measure", "60", 60),
        ("justified", "on", True),
        ("folds", "OFF", False),
        ("citation", "apa", "apa"),
        ("export_folder", "~/out # x", "~/out # x"),
    ],
)
def test_a_setting_is_changed(tuireader: CommandLine, name: str, word: str, value: object) -> None:
    tuireader("config", "set", "theme", "tuireader-light")
    assert tuireader("config", "set", name, word).out == f"{word.lower()}\n"
    assert tuireader("config", "get", name, "--json").record["value"] == value
    assert tuireader("config", "get", "theme").out == "tuireader-light\n"


def test_a_change_keeps_comments(tuireader: CommandLine, file: Path) -> None:
    file.write_text("# narrow on purpose\n[reading]\nmeasure = 50  # columns\n")
    tuireader("config", "set", "measure", "60")
    assert file.read_text() == "# narrow on purpose\n[reading]\nmeasure = 60  # columns\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "measure", "0"), "a whole number from 40 to 120"),
        (("set", "measure", "wide"), "a whole number from 40 to 120"),
        (("set", "folds", "maybe"), "on or off"),
        (("set", "citation", "bibtx"), "Did you mean “bibtex”?"),
        (("set", "theme", "norde"), "Did you mean “nord”?"),
        (("get", "xyzzy"), "The settings are: theme,"),
        (("get", "measur"), "Did you mean “measure”?"),
        (("set", "queries", "x"), "no setting"),
    ],
)
def test_invalid_names_and_values_are_refused(
    tuireader: CommandLine, words: tuple[str, ...], said: str
) -> None:
    assert said in tuireader("config", *words, status=2).err


def test_the_file_is_checked(tuireader: CommandLine, file: Path) -> None:
    assert tuireader("config", "check").out == f"No problems in {file}.\n"
    assert tuireader("config", "check", "--json").records == []
    file.write_text("[reading]\nmeasure = 60\nmesure = 5\n")
    assert tuireader("config", "check", status=1).out.startswith(f"{file}, line 3: ")
    record = tuireader("config", "check", "--json", status=1).record
    assert (record["file"], record["line"], record["remedy"]) == (str(file), 3, "Did you mean “measure”?")
    read = tuireader("config", "get", "measure")
    assert read.out == "60\n"
    assert "line 3" in read.err


@pytest.mark.parametrize("text", ["measure = = 3", "version = 7\n", "\x1b[31m"])
def test_a_file_that_is_not_understood_is_named_and_not_written(
    tuireader: CommandLine, file: Path, text: str
) -> None:
    file.write_text(text)
    assert f"{file}, line 1" in tuireader("config", "check", status=1).out
    assert f"{file}, line 1" in tuireader("config", "set", "measure", "60", status=1).err
    assert file.read_text() == text
    assert tuireader("config", "get", "measure").out == "72\n"


def test_what_an_earlier_version_kept_is_taken_over(tuireader: CommandLine, tmp_path: Path) -> None:
    state = tmp_path / "home" / "xdg_state_home" / "tuireader"
    state.mkdir(parents=True)
    (state / "settings.json").write_text('{"measure": 60}')
    assert tuireader("config", "get", "measure").out == "60\n"
    assert [path.name for path in state.iterdir()] == ["state.json"]


def test_the_path_of_the_file_is_printed(tuireader: CommandLine) -> None:
    assert tuireader("config", "path").out == f"{settings_file()}\n"
    assert tuireader("config", "path", "--json").record == {"path": str(settings_file())}


def editor_that(tmp_path: Path, action: str) -> str:
    """The command of an editor that does ``action`` with the file ``path``."""
    program = tmp_path / "an editor.py"
    program.write_text(f"import pathlib, sys\npath = pathlib.Path(sys.argv[1])\n{action}\n")
    return f"{sys.executable} '{program}'"


@pytest.mark.parametrize(("text", "status"), [("[list]\nfolds = false\n", 0), ("[list]\nfold = false\n", 1)])
def test_the_file_is_opened_in_the_editor(
    tuireader: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, status: int
) -> None:
    action = f"assert 'measure' in path.read_text()\npath.write_text({text!r})"
    monkeypatch.setenv("EDITOR", editor_that(tmp_path, action))
    ended = tuireader("config", "edit", status=status)
    assert settings_file().read_text() == text
    assert ("line 2" in ended.err) is bool(status)


def test_an_editor_that_is_missing_or_fails_is_named(
    tuireader: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert str(settings_file()) in tuireader("config", "edit", status=1).err
    monkeypatch.setenv("VISUAL", "no-such-editor; touch pwned")
    assert "no-such-editor" in tuireader("config", "edit", status=1).err
    monkeypatch.setenv("VISUAL", editor_that(tmp_path, "sys.exit(3)"))
    assert "(3)" in tuireader("config", "edit", status=1).err
    assert not (tmp_path / "pwned").exists()


def test_a_theme_of_ones_own_is_begun_chosen_and_checked(tuireader: CommandLine, file: Path) -> None:
    path = Path(tuireader("config", "theme", "sepia", "--json").record["path"])
    assert path == file.parent / "themes" / "sepia.toml"
    assert tuireader("config", "set", "theme", "sepia").out == "sepia\n"
    assert tuireader("config", "check").out == f"No problems in {file}.\n"
    assert "exists already" in tuireader("config", "theme", "sepia", status=1).err
    assert "another theme" in tuireader("config", "theme", "nord", status=1).err
    assert "Did you mean “sepia”?" in tuireader("config", "set", "theme", "sepai", status=2).err
    path.write_text('paper = "white"\n')
    assert f"{path}, line 1: paper cannot be “white”." in tuireader("config", "check", status=1).out
