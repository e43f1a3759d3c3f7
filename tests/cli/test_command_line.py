"""The command line as a whole: help and statuses, the library it opens, streams, other processes."""

from __future__ import annotations

import ctypes
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from commandline import ROOT, CommandLine, run_program

from library import Library
from library.importing.registry import FORMATS
from library.store.database import open_database
from tuireader import __version__
from tuireader.__main__ import main

COMMANDS = (
    "add", "list", "show", "bookmark", "read", "trash", "tag", "note", "highlight", "notes", "tags",
    "dates", "sources", "stats", "undo", "redo",
)  # fmt: skip


@pytest.fixture
def folder(filled_folder: Path, tmp_path: Path) -> Path:
    """A library of four articles for separate programs."""
    return Path(shutil.copytree(filled_folder, tmp_path / "library"))


# Help, statuses


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--version"], ["--library", "anywhere", "--version"]):
        assert main(arguments) == 0
        assert capsys.readouterr().out == f"tuireader {__version__}\n"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert [command for command in COMMANDS if not re.search(rf"^ +{command}\b", out, re.M)] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_takes_json(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert "--json" in capsys.readouterr().out


def test_the_help_of_add_names_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", "--help"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert [form.title for form in FORMATS if f"{form.title} ({' '.join(form.suffixes)})" not in out] == []


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["list", "--nonsense"], ["list", "--jso"], ["show"], ["undo", "word"], ["--library"]],
)
def test_wrong_usage_ends_with_2_and_changes_nothing(fresh: CommandLine, arguments: list[str]) -> None:
    ended = fresh(*arguments, status=2)

    assert ended.out == ""
    assert "tuireader" in ended.err
    assert not fresh.folder.exists()


def test_the_command_line_never_imports_textual(folder: Path) -> None:
    program = (
        "import sys; from tuireader.__main__ import main\n"
        "status = main(sys.argv[1:])\n"
        "assert not {'textual', 'rich', 'trafilatura', 'dateparser'} & set(sys.modules)\n"
        "sys.exit(status)"
    )
    for arguments in (["list", "harbour"], ["show", "tag:sport"], ["bookmark", "tag:sport"], ["stats"]):
        run = subprocess.run(
            [sys.executable, "-c", program, "--library", str(folder), *arguments],
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        assert (run.returncode, run.stderr) == (0, b"")


# The library that is opened


def test_the_library_is_from_the_option_then_the_variable_then_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def library(*arguments: str) -> str:
        assert main([*arguments, "stats"]) == 1
        return capsys.readouterr().err.removeprefix("There is no library in ").partition(". ")[0]

    assert library() == str(tmp_path / "home" / "xdg_data_home" / "tuireader")
    monkeypatch.setenv("TUIREADER_LIBRARY", "~/by variable")
    assert library() == str(tmp_path / "home" / "by variable")
    assert library("--library", str(tmp_path / "by option")) == str(tmp_path / "by option")


def test_a_library_that_is_a_file_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "file"
    file.write_text("no library")

    assert main(["--library", str(file), "list"]) == 1
    assert str(file) in capsys.readouterr().err
    assert file.read_text() == "no library"


def test_a_damaged_catalogue_is_reported_and_left_unchanged(tuireader: CommandLine) -> None:
    catalogue = tuireader.folder / "catalog.json"
    catalogue.write_bytes(catalogue.read_bytes()[:-100])
    before = tuireader.contents()

    for arguments, status in ((["list", "--json"], 0), (["bookmark", "tag:sport"], 1), (["stats"], 0)):
        ended = tuireader(*arguments, status=status)
        assert str(catalogue) in ended.err
        assert "doctor --repair" in ended.err
    assert tuireader.contents() == before


def test_a_library_of_a_newer_program_is_left_unchanged(tuireader: CommandLine) -> None:
    catalogue = tuireader.folder / "catalog.json"
    tables = json.loads(catalogue.read_bytes())
    tables["meta"]["library"]["format"] = 999
    catalogue.write_text(json.dumps(tables))

    assert "999" in tuireader("bookmark", "tag:sport", status=1).err
    assert json.loads(catalogue.read_bytes()) == tables


# A folder without a library


@pytest.mark.parametrize(
    "command",
    [
        ["list"],
        ["stats"],
        ["undo"],
        ["tags"],
        ["note", "abc", "words"],
        ["backup", "b.zip"],
        ["doctor"],
        ["trash", "x"],
    ],
    ids=lambda command: command[0],
)
@pytest.mark.parametrize("exists", [False, True], ids=["no folder", "empty folder"])
def test_a_command_that_finds_no_library_says_so_and_creates_none(
    fresh: CommandLine, command: list[str], exists: bool
) -> None:
    if exists:
        fresh.folder.mkdir()
    ended = fresh(*command, status=1)
    assert "There is no library in" in ended.err and "--library" in ended.err and ended.out == ""
    assert not fresh.folder.exists() or not list(fresh.folder.iterdir())


def test_add_creates_a_library(fresh: CommandLine) -> None:
    fresh("add", "-", stdin=b"# Title\n\nSome words of it.\n")
    assert fresh.titles() == ["Title"]


def test_a_library_that_a_restore_moved_is_named_and_none_is_created(tuireader: CommandLine) -> None:
    moved = tuireader.folder.rename(tuireader.folder.with_name("library.before-restore-1"))
    for command in (["list"], ["add", "-"]):
        assert str(moved) in tuireader(*command, status=1).err
    assert not tuireader.folder.exists()


# The starter library


def test_a_new_library_has_the_starter_articles_until_they_are_trashed(fresh: CommandLine) -> None:
    with Library.open(fresh.folder) as library:  # as the reader does
        library.importing.add_starter_articles()
    starters = fresh("list", "--json").records
    assert len(starters) >= 16
    assert all("starter" in record["tags"] for record in starters)
    assert len({record["language"] for record in starters}) >= 4

    assert f"{len(starters)} articles moved to the trash" in fresh("trash", "tag:starter").out
    assert fresh("list", "--json").records == []
    fresh("stats")
    assert fresh("list", "--json").records == []
    assert len(fresh("trash", "--undo", "tag:starter", "--json").records) == len(starters)


# Streams


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"], ["show", "tag:sport"], ["tags"], ["dates"], ["stats"], ["notes"], ["bookmark", "tag:city"],
        ["read", "tag:city"], ["trash", "tag:city"], ["tag", "tag:city", "new"], ["note", "tag:city", "Mine."],
        ["highlight", "tag:city", "--quote", "tram line"], ["undo"], ["redo"],
    ],
    ids=lambda arguments: arguments[0],
)  # fmt: skip
def test_with_json_there_is_nothing_but_objects_on_standard_output(
    tuireader: CommandLine, arguments: list[str]
) -> None:
    tuireader("tag", "tag:sport", "first")
    tuireader("note", "tag:sport", "Mine.")
    if arguments == ["redo"]:
        tuireader("undo")

    ended = tuireader(*arguments, "--json")

    assert ended.records
    assert ended.err == ""


def test_a_closed_pipe_ends_the_command_quietly(folder: Path) -> None:
    for number in range(300):
        (folder.parent / "pages").mkdir(exist_ok=True)
        page = f"Page {number}\n\n{'A line of this page, which is long. ' * 20}{number}\n"
        (folder.parent / "pages" / f"{number}.txt").write_text(page)
    assert run_program(["--library", str(folder), "add", str(folder.parent / "pages")]).returncode == 0

    for command in ("list --json", "list", "--help"):
        pipeline = (
            f'"{sys.executable}" -m tuireader --library "$FOLDER" {command} | head -n 1; '
            'echo "${PIPESTATUS[0]}"'
        )
        run = subprocess.run(
            ["bash", "-c", pipeline],
            cwd=ROOT,
            env={**os.environ, "FOLDER": str(folder)},
            capture_output=True,
            check=False,
        )
        assert run.stdout.splitlines()[-1] == b"0", run.stderr
        assert len(run.stdout.splitlines()) == 2
        assert run.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_under_standard_output_is_reported(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        for arguments in (["list"], ["list", "--json"], ["stats"]):
            run = run_program(["--library", str(folder), *arguments], stdout=full)
            assert run.returncode == 1
            assert b"No space left" in run.stderr
            assert b"Traceback" not in run.stderr


@pytest.mark.parametrize(
    "closed", [*(pytest.param(one, marks=pytest.mark.slow) for one in ("<&-", ">&-", "2>&-")), "<&- >&- 2>&-"]
)
def test_a_closed_stream_causes_no_traceback(folder: Path, closed: str) -> None:
    for command, status in (("list --json", 0), ("bookmark tag:sport", 0), ("add -", 1), ("list tga:x", 2)):
        run = subprocess.run(
            ["bash", "-c", f'"{sys.executable}" -m tuireader --library "$FOLDER" {command} {closed}'],
            cwd=ROOT,
            env={**os.environ, "FOLDER": str(folder)},
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        assert run.returncode == status, (command, run.stderr)
        assert b"Traceback" not in run.stderr
    with Library.open(folder) as library:
        assert library.search.ids()


@pytest.mark.parametrize(
    "environment",
    [
        {"LANG": "C", "LC_ALL": "C"},
        pytest.param({"PYTHONIOENCODING": "ascii"}, marks=pytest.mark.slow),
        pytest.param({"PYTHONIOENCODING": "latin-1"}, marks=pytest.mark.slow),
    ],
    ids=["C", "ascii", "latin-1"],
)
def test_words_of_any_script_are_printed_in_any_locale(
    fresh: CommandLine, environment: dict[str, str]
) -> None:
    title = "Ночной поезд 🚆 港町"
    fresh("add", "-", stdin=f"{title}\n\nОн снова идёт через 港町.\n".encode())
    library = ["--library", str(fresh.folder)]

    listed = run_program([*library, "list", "--json", "поезд"], environment=environment)
    assert (listed.returncode, listed.stderr) == (0, b"")
    assert json.loads(listed.stdout)["title"] == title

    for arguments in (["list"], ["show", "поезд"], ["list", "нет:такого"]):
        run = run_program([*library, *arguments], environment=environment)
        assert run.returncode in (0, 2)
        assert b"Traceback" not in run.stderr


def test_the_reader_without_a_terminal_says_what_it_needs(folder: Path) -> None:
    run = run_program(["--library", str(folder)])

    assert run.returncode == 2
    assert b"needs a terminal" in run.stderr
    assert run.stdout == b""


def test_no_outside_text_reaches_the_terminal_as_a_control_sequence(tuireader: CommandLine) -> None:
    (text,) = (tuireader.folder / "texts").rglob("*regatta*.md")
    hostile = "\x1b]52;c;aGk=\x07 \x9b31m \x90q\x9c \u202etxt.exe\u202c \x7f\x00 bell\x07"
    text.write_text(f"---\ntitle: x\n---\n\n{hostile}\n", "utf-8")
    table = open_database(tuireader.folder).catalog_table("articles")
    ((key, document),) = [item for item in table.documents().items() if "Regatta" in item[1]["title"]]
    fields = {
        "title": hostile,
        "authors": [hostile],
        "source": hostile,
        "tags": [hostile],
        "summary": hostile,
    }
    table.put({key: {**document, **fields}})

    everything = ["list", "tags", "dates", "stats", "notes"]
    shown = ["show", "date:2020", "--plain"], ["show", "date:2020", "--markdown"], ["show", "date:2020"]
    for arguments in (*([name] for name in everything), *shown, ["bookmark", "date:2020"]):
        for form in ([], ["--json"]):
            printed = tuireader(*arguments, *form)
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", printed.out)
    assert tuireader("list", "--json", "date:2020").record["title"] == hostile


# Several processes, a folder that cannot be written


def test_changes_of_several_processes_at_once_are_all_kept(folder: Path) -> None:
    programs = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tuireader",
                "--library",
                str(folder),
                "note",
                "tag:sport",
                f"Note {number}",
            ],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )
        for number in range(6)
    ]

    assert [program.wait(timeout=300) for program in programs] == [0] * 6
    notes = run_program(["--library", str(folder), "notes", "--json"]).stdout.splitlines()
    assert {json.loads(note)["body"] for note in notes} == {f"Note {number}" for number in range(6)}


def ordinary_person() -> Callable[[], None]:
    """Make permissions apply to a child process before it starts, even if it is root.

    Skip the test if that is not possible. The number is CAP_DAC_OVERRIDE of capabilities(7), 24 is
    PR_CAPBSET_DROP of prctl(2).
    """
    if os.geteuid() != 0:
        return lambda: None
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is None:
        pytest.skip("root cannot be made an ordinary person on this system")

    def drop() -> None:
        if prctl(24, 1, 0, 0, 0) != 0:
            os._exit(77)

    if subprocess.run(["true"], preexec_fn=drop, check=False).returncode == 77:
        pytest.skip("root cannot be made an ordinary person on this system")
    return drop


def test_a_folder_that_cannot_be_written_can_be_read_and_each_refusal_is_a_sentence(
    folder: Path, tmp_path: Path
) -> None:
    become = ordinary_person()
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    (tmp_path / "new.txt").write_text("A New Page\n\nIt is not in the library before this.\n")
    library = ["--library", str(folder)]
    try:
        listed = run_program([*library, "list", "--json"], preexec_fn=become)
        assert (listed.returncode, len(listed.stdout.splitlines()), listed.stderr) == (0, 4, b"")
        for arguments in (
            ["bookmark", "tag:sport"],
            ["note", "tag:sport", "Mine."],
            ["add", str(tmp_path / "new.txt")],
            ["undo"],
        ):
            run = run_program([*library, *arguments], preexec_fn=become)
            assert run.returncode == 1, arguments
            assert f"{folder}".encode() in run.stderr
            assert b"cannot be written" in run.stderr
            assert b"Traceback" not in run.stderr
            assert b"--library" in run.stderr
        relisted = run_program([*library, "list", "--json"], preexec_fn=become)
        assert relisted.stdout == listed.stdout
    finally:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
