"""``keys`` prints the table of keys as it is now."""

from __future__ import annotations

from commandline import CommandLine

from tuireader.commands import COMMANDS
from tuireader.paths import settings_file


def test_every_command_is_printed_with_its_keys(tuireader: CommandLine) -> None:
    out = tuireader("keys").out
    assert all(command.id in out and command.title in out for command in COMMANDS)
    assert out.index("Moving") < out.index("gg  Home") < out.index("move-first") < out.index("Finding")
    records = tuireader("keys", "--json").records
    assert [record["id"] for record in records] == [command.id for command in COMMANDS]
    assert all(record["keys"] == record["default"] for record in records)


def test_keys_of_the_settings_file_are_printed_and_its_mistakes_named(tuireader: CommandLine) -> None:
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text("[keys]\nbookmark = ['m', 'gB']\nset-mark = ''\nsort = 'ctrl+i'\n")
    done = tuireader("keys", "--json")
    by_id = {record["id"]: record for record in done.records}
    assert by_id["bookmark"]["keys"] == ["m", "g B"]
    assert by_id["bookmark"]["default"] == ["b"]
    assert by_id["set-mark"]["keys"] == []
    assert "line 4: Terminals send ctrl+i as Tab." in done.err
    assert "m  gB" in tuireader("keys").out
    checked = tuireader("config", "check", status=1)
    assert "line 4: Terminals send ctrl+i as Tab." in checked.out + checked.err
