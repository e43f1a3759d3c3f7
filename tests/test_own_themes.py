"""Themes of the user's own: what their files say, and what is wrong in them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.colours import COLOURS, DARK, LIGHT
from tuireader.settings import load_configuration
from tuireader.settings.document import parse_document
from tuireader.settings.own_themes import NAMES, begin_theme, example, theme_files, theme_of


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    (tmp_path / "themes").mkdir()
    return tmp_path / "config.toml"


def write_theme(settings: Path, name: str, text: str | bytes) -> Path:
    path = settings.parent / "themes" / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_theme_has_the_colours_that_its_file_names_and_else_those_of_its_base(settings: Path):
    write_theme(settings, "sepia.toml", 'base = "tuireader-light"\npaper = "#F4ECD8"\naccent = "#a30"\n')
    settings.write_text('[look]\ntheme = "sepia"\n')
    found = load_configuration(settings)
    assert (found.settings.theme, found.problems) == ("sepia", ())
    sepia, light = found.themes["sepia"], COLOURS[LIGHT]
    assert (sepia.paper, sepia.accent, sepia.dark) == ("#f4ecd8", "#aa3300", False)
    assert (sepia.ink, sepia.rule) == (light.ink, light.rule)


@pytest.mark.parametrize(
    ("paper", "dark", "base"), [("#fff", False, LIGHT), ("#000", True, DARK), ("#16181b", True, DARK)]
)
def test_without_a_base_the_background_decides(settings: Path, paper: str, dark: bool, base: str):
    write_theme(settings, "mine.toml", f'paper = "{paper}"\n')
    mine = load_configuration(settings).themes["mine"]
    assert (mine.dark, mine.ink) == (dark, COLOURS[base].ink)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('ink = "#dcd8cf"\nacent = "#fff"\n', 2, "There is no colour “acent”. Did you mean “accent”?"),
        ('Paper = "#fff"\n', 1, "Did you mean “paper”?"),
        ('xyzzy = "#fff"\n', 1, "The colours are: paper, surface"),
        ("[paper]\nx = 1\n", 1, "paper cannot be a table."),
        ("[colours]\npaper = '#fff'\n", 1, "There is no colour “colours”."),
        ('# x\n\nink = "red"\n', 3, "ink cannot be “red”. It takes a colour such as “#8cbbe0”."),
        ('ink = "1a2b3c"\n', 1, "Did you mean “#1a2b3c”?"),
        ('ink = "#12345"\n', 1, "ink cannot be “#12345”."),
        ("ink = 5\n", 1, "ink cannot be 5."),
        ('base = "nord"\n', 1, "base cannot be “nord”. It takes one of: tuireader-light, tuireader-dark."),
        ('base = "tuireader-drak"\n', 1, "Did you mean “tuireader-dark”?"),
        ("dark = true\n", 1, "There is no colour “dark”."),
        ("ink = #fff\n", 1, "This is not TOML: "),
        (b"ink = '\xff'\n", 1, "This is not UTF-8."),
    ],
)
def test_what_is_wrong_is_named_with_file_line_and_what_was_meant_and_the_rest_holds(
    settings: Path, text: str | bytes, line: int, words: str
):
    path = write_theme(settings, "mine.toml", text)
    write_theme(settings, "other.toml", 'paper = "#111111"')
    settings.write_text('[look]\ntheme = "mine"\n[reading]\nmeasure = 60\n')
    found = load_configuration(settings)
    (problem,) = found.problems
    assert (problem.file, problem.line) == (path, line)
    assert words in str(problem)
    assert (found.settings.theme, found.settings.measure) == ("mine", 60)
    assert found.themes["other"].paper == "#111111"
    assert found.themes["mine"].paper in {colours.paper for colours in COLOURS.values()}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nord", "another theme"),
        ("auto", "another theme"),
        ("tuireader-dark", "another theme"),
        ("Ä", "Latin"),
    ],
)
def test_a_theme_does_not_take_the_name_of_another_one(settings: Path, name: str, words: str):
    path = write_theme(settings, f"{name}.toml", "")
    found = load_configuration(settings)
    assert not found.themes
    (problem,) = found.problems
    assert (problem.file, problem.line) == (path, None)
    assert words in problem.what and "Rename the file." in problem.remedy


def test_a_setting_suggests_themes_of_the_users_own(settings: Path):
    write_theme(settings, "sepia.toml", "")
    settings.write_text('[look]\ntheme = "spia"\nlight_theme = "sepia"\n')
    found = load_configuration(settings)
    assert ["Did you mean “sepia”?" in str(one) for one in found.problems] == [True]
    assert found.settings.light_theme == "sepia"


def test_other_files_are_not_themes(settings: Path):
    write_theme(settings, ".mine.toml.swp", "x")
    write_theme(settings, ".#mine.toml", "x")
    write_theme(settings, "notes.txt", "x")
    assert not theme_files(settings.parent / "themes")
    assert not theme_files(settings)
    found = load_configuration(settings)
    assert (found.themes, found.problems) == ({}, ())


@pytest.mark.parametrize("base", COLOURS)
def test_the_file_of_a_theme_begins_with_every_colour_of_its_base(settings: Path, base: str):
    path = begin_theme(settings.parent / "themes", "mine", base)
    assert load_configuration(settings).themes["mine"] == COLOURS[base]
    uncommented = [line.removeprefix("#") if not line.startswith("# ") else line for line in example(base)]
    text = "\n".join(uncommented)
    assert list(tomllib.loads(text)) == ["base", *NAMES]
    assert theme_of(parse_document(path, text)) == (COLOURS[base], [])


@given(st.dictionaries(st.sampled_from([*NAMES, "base", "x"]), st.text() | st.integers() | st.booleans()))
def test_no_value_stops_a_theme(values: dict[str, object]):
    document = parse_document(Path("mine.toml"), "")
    colours, problems = theme_of(type(document)(document.file, "", values))
    assert len(problems) <= len(values)
    assert colours.paper.startswith("#")
