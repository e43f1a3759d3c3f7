"""``config``: every setting is listed, read and changed by its declaration."""

from __future__ import annotations

import pytest
from commandline import CommandLine

from tuireader.settings import SETTINGS, Settings

SHOWN = [setting for setting in SETTINGS if setting.is_shown]


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_settings_are_listed(tuireader: CommandLine) -> None:
    records = tuireader("config", "--json").records
    assert [record["name"] for record in records] == [setting.name for setting in SHOWN]
    assert [record["value"] for record in records] == [setting.default for setting in SHOWN]
    assert "queries" not in tuireader("config").out


@pytest.mark.parametrize(
    ("name", "word", "value"),
    [("measure", "60", 60), ("justified", "on", True), ("folds", "OFF", False), ("citation", "apa", "apa")],
)
def test_a_setting_is_changed(tuireader: CommandLine, name: str, word: str, value: object) -> None:
    tuireader("config", "set", "theme", "tuireader-light")
    assert tuireader("config", "set", name, word).out == f"{word.lower()}\n"
    assert tuireader("config", "get", name, "--json").record["value"] == value
    assert tuireader("config", "get", "theme").out == "tuireader-light\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "measure", "0"), "a whole number from 1 to 1000"),
        (("set", "measure", "wide"), "a whole number from 1 to 1000"),
        (("set", "folds", "maybe"), "on or off"),
        (("set", "citation", "x"), "apa"),
        (("get", "colour"), "The settings are: theme,"),
        (("set", "queries", "x"), "no setting"),
    ],
)
def test_what_is_no_value_is_refused(tuireader: CommandLine, words: tuple[str, ...], said: str) -> None:
    assert said in tuireader("config", *words, status=2).err


def test_every_default_is_a_value_of_its_setting() -> None:
    for setting in SETTINGS:
        assert setting.kind.check(setting.default) == setting.default == getattr(Settings(), setting.name)
        assert setting.help.endswith(".")
