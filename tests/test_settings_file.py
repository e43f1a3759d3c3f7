"""The settings file: what is read from it, what is wrong in it, and how it is changed."""

from __future__ import annotations

import json
import os
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.theme import BUILTIN_THEMES

from tuireader.colours import COLOURS, theme_names
from tuireader.settings import SETTINGS, Configuration, Problem, Settings, Table, load_configuration, reading
from tuireader.settings.declared import NONE, in_words
from tuireader.settings.document import MOST_BYTES, parse_document
from tuireader.settings.toml_lines import lines_of
from tuireader.settings.writing import SettingsNotSaved, begin_file, change_settings, changed, written
from tuireader.state import STATE_FILE, State, load_state


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "config.toml"


def loaded(file: Path, text: str | bytes) -> Configuration:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_configuration(file)


def said(file: Path, text: str | bytes) -> list[tuple[int | None, str]]:
    """The problems of a file with this text: their lines and sentences."""
    return [
        (one.line, str(one).partition(": ")[2]) for one in loaded(file, text).problems if one.file == file
    ]


# Reading


def test_without_a_file_the_defaults_hold(file: Path):
    assert load_configuration(file) == load_configuration(None) == Configuration()
    assert load_configuration(None).settings == Settings()


def test_values_are_read_from_their_sections(file: Path):
    text = '[reading]\nmeasure = 60\njustified = true\n[look]\ntheme = "nord"\n[export]\ncitation = "apa"\n'
    found = loaded(file, text)
    assert found.settings == Settings(theme="nord", measure=60, justified=True, citation="apa")
    assert found.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "reading.measure = 60\n",
        "reading = { measure = 60 }\n",
        "[ 'reading' ]\n\"measure\" = 60 # wide\n",
        "\ufeff[reading]\r\nmeasure = 60\r\n",
        "version = 1\n[reading]\nmeasure=0x3c",
        '[reading]\nmeasure = 60\n[list]\nfolds = "On"\n',
    ],
)
def test_whatever_form_of_toml_is_read(file: Path, text: str):
    found = loaded(file, text)
    assert (found.settings, found.problems) == (Settings(measure=60), ())


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[reading]\nmeasur = 60\n", 2, "There is no setting “measur” in [reading]. Did you mean “measure”?"),
        ("[reading]\n\n# x\nMeasure = 60\n", 4, "Did you mean “measure”?"),
        ("[export]\nexport-folder = 'x'\n", 2, "Did you mean “export_folder”?"),
        ("[reading]\nxyzzy = 60\n", 2, "tuireader config"),
        ("[look]\nmeasure = 60\n", 2, "Move it to [reading]."),
        ("\n\nmeasure = 60\n", 3, "Move it to [reading]."),
        ("theem = 'nord'\n", 1, "Did you mean “theme”?"),
        ("[raeding]\nmeasure = 60\n", 1, "There is no section [raeding]. Did you mean “reading”?"),
        ("[xyzzy]\n", 1, "The sections are: look, reading"),
        ("reading = 5\n", 1, "Write it as [reading]."),
        ("[[reading]]\nmeasure = 60\n", 1, "Write it as [reading]."),
        ("[reading]\nmeasure = 0\n", 2, "measure cannot be 0. It takes a whole number from 40 to 120"),
        ("[reading]\nmeasure = '60'\n", 2, "measure cannot be “60”."),
        ("[reading]\nmeasure = 60.5\n", 2, "measure cannot be 60.5."),
        ("[reading]\nmeasure = true\n", 2, "measure cannot be true."),
        ("[reading]\nmeasure = [60]\n", 2, "measure cannot be a list."),
        ("[reading]\nmeasure = 2020-01-01\n", 2, "measure cannot be a date or a time."),
        (f"[reading]\nmeasure = {10**400}\n", 2, "measure cannot be a number that large."),
        ("[reading.measure]\nx = 1\n", 1, "measure cannot be a table."),
        ("[reading]\njustified = 'maybe'\n", 2, "It takes true or false; until then it is off."),
        ("[export]\ncitation = 'bibtx'\n", 2, "Did you mean “bibtex”?"),
        ("[look]\ntheme = 'tuireader-drak'\n", 2, "Did you mean “tuireader-dark”?"),
        ("[look]\n'''theme''' = 1", 2, ""),
        ("[export]\nexport_folder = 5\n", 2, "It takes text; until then it is empty."),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_what_was_meant(
    file: Path, text: str, line: int, words: str
):
    ((found, sentence),) = said(file, text)
    assert found == line
    assert words in sentence


def test_the_rest_holds_beside_what_is_wrong(file: Path):
    text = "colour = 1\n[reading]\nmeasure = 'x'\njustified = true\n[nothing]\n[list]\nfolds = false\nx = 1\n"
    found = loaded(file, text)
    assert found.settings == Settings(justified=True, folds=False)
    assert [problem.line for problem in found.problems] == [1, 3, 5, 8]
    assert str(found.problems[1]).startswith(f"{file}, line 3: ")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (b"[reading]\nmeasure 60\n", 2, "This is not TOML: "),
        (b"[look]\ntheme = nord # mine\n", 2, 'Did you mean theme = "nord"?'),
        (b"[list]\nfolds = Yes\n", 2, "Did you mean folds = true?"),
        (b"[reading]\nmeasure: 60\n", 2, "Did you mean measure = 60?"),
        (b"theme: nord\n", 1, 'Did you mean theme = "nord"?'),
        (b"[export]\nexport_folder = ~/out\n", 2, 'Did you mean export_folder = "~/out"?'),
        (b"[reading]\nmeasure = 1\nmeasure = 2\n", 3, ""),
        (b"[reading]\n\nx = [1,\n", 4, ""),
        (b"a = 1\nb = '\xff'\n", 2, "This is not UTF-8."),
        (b"\xff\xfe[\x00", 1, "UTF-8"),
        (b"\x00", 1, ""),
        (b'{"theme": "nord"}', 1, "not TOML"),
        (b"x = " + b"[" * 100_000, None, "nested too deeply"),
        (b"x = " + b"9" * 10_000, None, "not TOML"),
        (b"#" * (MOST_BYTES + 1), None, "larger than 1 MB"),
        (b"[look]\ntheme = 'nord'\n\nversion = 1\n\n\n[export\n", 7, ""),
    ],
)
def test_of_a_file_that_is_not_toml_the_defaults_hold(file: Path, text: bytes, line: int | None, words: str):
    found = loaded(file, text)
    assert (found.settings, found.is_understood) == (Settings(), False)
    (problem,) = found.problems
    assert problem.line == line
    assert words in str(problem)


@pytest.mark.parametrize("version", ["2", "0", "'1'", "true", "1.0", "[]"])
def test_of_a_file_of_another_version_the_defaults_hold(file: Path, version: str):
    found = loaded(file, f"# later\nversion = {version}\n[reading]\nmeasure = 60\n")
    assert (found.settings, found.is_understood) == (Settings(), False)
    assert found.problems[0].line == 2
    assert "version 1" in str(found.problems[0])


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path):
    folder, loop, fifo, deep = (
        tmp_path / name for name in ("folder", "loop", "fifo", "no-folder/config.toml")
    )
    folder.mkdir()
    loop.symlink_to(loop)
    os.mkfifo(fifo)
    deep.parent.write_text("")
    for path in (folder, loop, fifo, deep):
        found = load_configuration(path)
        assert found.settings == Settings() and not found.is_understood
        assert str(found.problems[0]).startswith(f"{path}: It cannot be read: ")


KEYS = st.text("ab-_1", min_size=1, max_size=3)
VALUES = st.one_of(
    st.integers(-9, 9).map(str),
    st.text("ab #=[]{}'\n", max_size=6).map(lambda text: '"""' + text + '"""'),
    st.text("ab #=[]{}", max_size=6).map(lambda text: f'"{text}"'),
    st.just("[\n 1, # x = 1\n [2],\n]"),
    st.just("{ x = 1, y = ']' }"),
    st.just("'''\n[a]\na = 1\n'''"),
)


@given(st.dictionaries(KEYS, st.dictionaries(KEYS, VALUES, max_size=4), max_size=4), st.integers(0, 2))
def test_every_key_is_found_on_its_line(tables: dict[str, dict[str, str]], blank: int):
    text, lines = "", {}
    for table, values in tables.items():
        text += "\n# x = 1\n" * blank
        lines[(table,)] = text.count("\n") + 1
        text += f"[{table}] # [x]\n"
        for name, value in values.items():
            lines[(table, name)] = text.count("\n") + 1
            text += f"{name} = {value} # y = 2\n"
    assert set(tomllib.loads(text)) == set(tables)
    assert lines_of(text) == lines


@given(
    st.lists(
        st.sampled_from(["[ab]", "[1]", "# x", "#\x00", "", "[ab] ", "version = 1", "ab=1", "[a.b]", "\r"]),
        max_size=5,
    )
)
def test_a_file_without_values_is_read_as_by_a_parser(lines: list[str]):
    text = "\n".join(lines)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        values = None
    document = parse_document(Path("config.toml"), text)
    assert (document.problem is not None) is (values is None)
    assert values is None or document.values == values


@given(st.text("[]{}='\"#.\n ab1,", max_size=40))
def test_any_text_is_read_or_named(text: str):
    document = parse_document(Path("config.toml"), text)
    lines = text.count("\n") + 1
    if document.problem is not None:
        assert document.problem.line is None or 1 <= document.problem.line <= lines
    else:
        assert all((name,) in document.lines and document.lines[name,] <= lines for name in document.values)


class Colours:
    """A section of its own."""

    name = "colours"
    help = "Colours of tags."

    def lines(self) -> list[str]:
        return ["# harbour = 'red'"]

    def problems(self, table: Table) -> list[Problem]:
        return [table.problem(f"{tag} is no colour.", tag) for tag in table.values.values()] + [
            table.problem("Deep.", tag, "x") for tag in table.values
        ]


def test_a_section_of_its_own_is_written_and_checked(file: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "OWN_SECTIONS", (Colours(),))
    monkeypatch.setattr("tuireader.settings.writing.OWN_SECTIONS", (Colours(),))
    begin_file(file, file.parent)
    assert "\n# Colours of tags.\n[colours]\n\n# harbour = 'red'\n" in file.read_text()
    assert load_configuration(file).problems == ()
    found = loaded(file, "[colours]\nx = 1\n\nharbour = 'reed'\n")
    assert found.tables["colours"].values == {"x": 1, "harbour": "reed"}
    assert [(one.line, one.what) for one in found.problems] == [
        (1, "1 is no colour."), (1, "reed is no colour."), (2, "Deep."), (4, "Deep."),
    ]  # fmt: skip


# Declarations


def test_every_default_is_a_value_of_its_setting():
    for setting in SETTINGS:
        assert setting.kind.check(setting.default) == setting.default == getattr(Settings(), setting.name)
        assert setting.value_of(in_words(setting.default)) == setting.default
        assert setting.help.endswith(".")


def test_every_choice_is_a_value_of_its_setting():
    for setting in SETTINGS:
        for choice in setting.kind.choices():
            assert in_words(setting.value_of(choice)) == choice


def test_every_name_is_declared_once():
    assert len({setting.name for setting in SETTINGS}) == len(SETTINGS)


def test_the_themes_that_are_known_without_textual_are_all_of_them():
    assert sorted(theme_names()) == sorted({*BUILTIN_THEMES, *COLOURS})


# Writing


def test_the_file_begins_with_every_setting_its_default_and_a_line_of_help(file: Path):
    begin_file(file, file.parent)
    text = file.read_text("utf-8")
    assert load_configuration(file) == Configuration()
    lines = text.splitlines()
    for setting in SETTINGS:
        (at,) = (number for number, line in enumerate(lines) if line.startswith(f"#{setting.name} = "))
        assert lines[at - 1].startswith(f"# {setting.help[:-1]}")
    assert all(len(line) <= 100 for line in lines)
    uncommented = "\n".join(line.removeprefix("#") if not line.startswith("# ") else line for line in lines)
    values = tomllib.loads(uncommented)
    assert all(
        setting.kind.check(values[setting.section.name][setting.name]) == setting.default
        for setting in SETTINGS
    )


def test_a_file_that_exists_is_not_begun_again(file: Path):
    loaded(file, "# mine\n")
    begin_file(file, file.parent)
    assert file.read_text() == "# mine\n"


def test_the_settings_of_an_earlier_version_are_taken_over_once(file: Path, tmp_path: Path):
    before = tmp_path / "settings.json"
    old = {"theme": "", "measure": 60, "folds": True, "citation": None, "justified": 5, "queries": ["a", "b"]}
    before.write_text(json.dumps({**old, "export_folder": 'x"\\\x7fü'}))
    begin_file(file, tmp_path)
    assert load_configuration(file) == Configuration(Settings(measure=60, export_folder='x"\\\x7fü'))
    assert "#folds = true" in file.read_text()
    assert load_state(tmp_path / STATE_FILE) == State(queries=("a", "b"))
    assert not before.exists()
    file.unlink()
    begin_file(file, tmp_path)
    assert load_configuration(file) == Configuration()


def test_where_the_file_cannot_be_begun_the_earlier_one_stays(tmp_path: Path):
    (tmp_path / "config").write_text("")
    before = tmp_path / "settings.json"
    before.write_text('{"measure": 60}')
    begin_file(tmp_path / "config" / "config.toml", tmp_path)
    assert before.exists()


def test_a_change_takes_the_place_of_the_comment_and_keeps_everything_else(file: Path):
    begin_file(file, file.parent)
    before = file.read_text()
    change_settings(file, {"measure": 60})
    assert file.read_text() == before.replace("#measure = 72", "measure = 60")
    change_settings(file, {"measure": 72, "citation": None, "folds": False})
    assert load_configuration(file) == Configuration(Settings(folds=False))
    assert file.read_text().count("measure") == before.count("measure")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("[reading]\nmeasure = 50 # mine\n", "[reading]\nmeasure = 60 # mine\n"),
        ("[reading]\r\nmeasure   =   50\r\n", "[reading]\r\nmeasure   =   60\r\n"),
        ("reading.measure = 50\n# end", "reading.measure = 60\n# end"),
        ("reading = { measure = 50, x = 1 }\n", "reading = { measure = 60, x = 1 }\n"),
        ("[reading]\n#  measure = 50\n[list]\n", "[reading]\nmeasure = 60\n[list]\n"),
        ("[other]\n#measure = 50\n", None),
        ("[reading] # here\njustified = true\n\n# below\n[list]\n", None),
        ("[reading]", None),
        ("# only a comment", None),
        ("version = 1", None),
        ("reading = { justified = true }\n", None),
        ("reading.justified = true\n", None),
        ("[look]\ntheme = 'nord'\n", None),
        ("[list]\nx = '''\n[reading]\n#measure = 3\n'''\n", None),
    ],
)
def test_a_change_keeps_what_was_written(file: Path, text: str, after: str | None):
    before = loaded(file, text)
    change_settings(file, {"measure": 60})
    new = file.read_bytes().decode()
    assert after is None or new == after
    assert load_configuration(file).settings.measure == 60
    kept = [line for line in text.splitlines() if "easure" not in line and "{" not in line]
    after_all = iter(new.splitlines())
    assert all(line in after_all for line in kept), new  # in the same order
    assert [p.what for p in load_configuration(file).problems] == [p.what for p in before.problems]


@given(st.lists(st.sampled_from(SETTINGS), max_size=5), st.data())
def test_every_value_can_be_written_and_read(settings: list[Any], data: st.DataObject):
    document = parse_document(Path("config.toml"), written({}))
    values = dict[str, Any]()
    for setting in settings:
        choices = setting.kind.choices()
        words = (
            st.sampled_from(choices) if choices else st.text() if setting.name != "measure" else st.just("50")
        )
        value = setting.value_of(data.draw(words))
        values[setting.name] = value
        document = parse_document(document.file, changed(document, {setting.name: value}))
    assert document.problem is None
    assert reading.configuration_of(document) == Configuration(Settings(**values))


@pytest.mark.parametrize("text", ["x = = 1", "version = 2\n", "\x00"])
def test_a_file_that_is_not_understood_is_not_written(file: Path, text: str):
    loaded(file, text)
    with pytest.raises(SettingsNotSaved, match="line 1"):
        change_settings(file, {"measure": 60})
    assert file.read_text() == text


def test_a_link_stays_a_link_and_rights_are_kept(file: Path, tmp_path: Path):
    loaded(file, "")
    target = tmp_path / "dotfiles.toml"
    file.rename(target)
    target.chmod(0o644)
    file.symlink_to(target)
    change_settings(file, {"measure": 60})
    assert file.is_symlink()
    assert load_configuration(target).settings.measure == 60
    assert target.stat().st_mode & 0o777 == 0o644


def test_changes_of_the_same_moment_all_hold(file: Path):
    values = {"measure": 60, "justified": True, "hyphenated": True, "pictures": False, "folds": False}
    with ThreadPoolExecutor(len(values)) as programs:
        for _ in range(5):
            file.unlink(missing_ok=True)
            list(programs.map(lambda item: change_settings(file, dict([item])), values.items()))
            assert load_configuration(file) == Configuration(Settings(**values))


def test_none_is_written_as_a_word(file: Path):
    change_settings(file, {"citation": None})
    assert f'\ncitation = "{NONE}"\n' in file.read_text()
