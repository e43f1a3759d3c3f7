"""The help of the command line, and the suggestions for what was mistyped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from commandline import CommandLine

from tuireader.__main__ import main
from tuireader.cli.program import EXAMPLES, SECTIONS, build_parser, parse_command


def test_the_help_has_sections_with_actions_below_their_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out

    assert [section for section in SECTIONS if f"\n{section}:\n" not in out] == []
    assert re.search(r"^  tags  .*\n    rename  .*\n    merge  ", out, re.M)
    assert re.search(r"^  searches  .*\n    list  ", out, re.M)
    assert max(map(len, out.splitlines())) <= 80


def test_the_help_names_folders_and_examples(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TUIREADER_LIBRARY", str(tmp_path / "of my own"))
    assert main(["--help"]) == 0
    out = capsys.readouterr().out

    assert str(tmp_path / "of my own") in re.sub(r"\n +", " ", out)
    assert "settings.json" in out or "settings.toml" in out or "config.toml" in out
    assert [example for example, _ in EXAMPLES if f"  {example}  " not in out] == []


def test_every_example_of_the_help_is_a_valid_command() -> None:
    import shlex

    parser = build_parser()
    examples = [example for example, _ in EXAMPLES]
    for name, command in parser.parsers.choices.items():
        examples += [f"tuireader {name} {example}" for example in command.examples]
    for example in examples:
        words = shlex.split(example.partition(" > ")[0])
        assert words[0] == "tuireader"
        parse_command(words[1:])


def test_the_help_of_a_command_ends_with_its_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--help"]) == 0
    assert "\nexamples:\n  tuireader list harbour is:unread\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "wrong", "meant"),
    [
        (["lsit"], "lsit", "list"),
        (["--libary", "x", "list"], "--libary", "--library"),
        (["list", "--limt", "3"], "--limt", "--limit"),
        (["list", "--limt=3"], "--limt", "--limit"),
        (["searches", "svae", "x"], "svae", "save"),
        (["config", "gte", "x"], "gte", "get"),
        (["tags", "rename", "a", "b", "--jsn"], "--jsn", "--json"),
        (["searches", "--jsn", "list"], "--jsn", "--json"),
    ],
)
def test_a_mistyped_word_is_named_with_a_suggestion(
    fresh: CommandLine, arguments: list[str], wrong: str, meant: str
) -> None:
    ended = fresh(*arguments, status=2)

    assert f"“{wrong}”" in ended.err
    assert f"Did you mean “{meant}”?" in ended.err


@pytest.mark.parametrize("arguments", [["qqqqqq"], ["list", "--zzzzzz"], ["undo", "qqqqqq"]])
def test_nothing_is_suggested_for_a_word_like_no_other(fresh: CommandLine, arguments: list[str]) -> None:
    ended = fresh(*arguments, status=2)

    assert f"“{arguments[-1]}”" in ended.err
    assert "Did you mean" not in ended.err
