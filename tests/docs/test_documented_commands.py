"""Every command and every code block of README and docs works as it stands there."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from documented import PAGES, ROOT, Block, Shell, agrees, blocks, commands, prose

from library import Library
from tuireader.__main__ import main
from tuireader.settings.document import parse_document
from tuireader.settings.own_themes import theme_of
from tuireader.settings.reading import configuration_of

LANGUAGES = {"sh", "console", "python", "query", "toml", "text"}
DUMP = """# Crane Drivers Vote on the Night Shift

By [Jane Roe](#)

March 9, 2021

Crane drivers in Harrowick voted on Tuesday for a night shift of six hours.

The operator has until Friday to answer.

Original url: https://news.example.org/2021/03/09/crane-drivers-vote
"""
PAGE = """<!doctype html>
<html lang="en"><head><title>Tide Tables Go Digital</title>
<meta property="article:published_time" content="2022-05-01">
<link rel="canonical" href="https://city.example.org/2022/05/01/tide-tables">
</head><body><article><h1>Tide Tables Go Digital</h1>
<p>The harbour office has put its tide tables of the last hundred years on the net, all of them typed in by hand.</p>
<p>It took two archivists nine years. They found, they say, eleven mistakes, and left them in with a note.</p>
</article></body></html>
"""


@pytest.fixture(scope="session")
def starter_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library as the reader begins it, to be copied."""
    folder = tmp_path_factory.mktemp("starter") / "library"
    with Library.open(folder) as library:
        library.importing.add_starter_articles()
    return folder


@pytest.fixture
def home(starter_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's home with the starter library, some dumps and a saved page."""
    shutil.copytree(starter_library, tmp_path / "library")
    for name, text in {"dumps/crane-drivers.txt": DUMP, "pages/saved.html": PAGE}.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, "utf-8")
    for variable in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    for variable in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable.lower()))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TUIREADER_LIBRARY", str(tmp_path / "library"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def of_language(page: Path, *languages: str) -> list[Block]:
    return [block for block in blocks(page) if block.language in languages]


def pages_with(*languages: str) -> list[Path]:
    return [page for page in PAGES if any(block.runs for block in of_language(page, *languages))]


@pytest.mark.parametrize("page", pages_with("sh", "console", "python"), ids=lambda page: page.name)
def test_the_commands_of_a_page_work_in_their_order(
    page: Path, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = Shell(home, capsys, monkeypatch)
    for block in of_language(page, "sh", "console", "python"):
        if not block.runs:
            continue
        if block.language == "python":
            exec(compile(block.text, str(block), "exec"), {"__name__": "__main__"})
            continue
        for command, said in commands(block):
            printed = shell(command)
            if block.language == "console":
                assert agrees(printed, said), f"{block}: {command} prints\n{printed}"


@pytest.mark.parametrize("page", pages_with("query"), ids=lambda page: page.name)
def test_the_queries_of_a_page_are_understood(page: Path, home: Path) -> None:
    main(["searches", "save", "week", "date:7d"])
    with Library.open(home / "library") as library:
        for block in of_language(page, "query"):
            for line in block.text.splitlines():
                for query in line.split("  ")[0].split(" · "):
                    library.select(query)


def test_the_services_that_are_explained_are_those_of_a_library(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "scripting.md").read_text("utf-8")
    rows = re.findall(r"^\| (`library\..*?) \|", page, re.MULTILINE)
    with Library.open(tmp_path / "library") as library:
        services = {name for name in vars(library) if not name.startswith("_")}
    assert set(re.findall(r"library\.([a-z_]+)", " ".join(rows))) == services - {
        "workspace",
        "indexes",
        "drafts",
    }


ARGUMENTS = {
    "add": "~/dumps/crane-drivers.txt",
    "show": "sd5dhz",
    "related": "sd5dhz",
    "tag --suggest": "sd5dhz",
    "tags rename": "sport sports",
    "backup": "~/library.zip",
    "export": "octopus --format markdown -o ~/out",
}
"""What a command needs to print a record."""


def test_the_fields_of_records_are_those_that_are_printed(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = Shell(home, capsys, monkeypatch)
    shell('tuireader note sd5dhz "Compare." && tuireader searches save week date:7d')
    shell("tuireader rules add title:strike --tag strike")
    fields: dict[str, set[str]] = {}
    page = prose(ROOT / "docs" / "scripting.md")
    for command, said in re.findall(r"^- `([^`]+)`: ((?:.|\n(?= ))*)", page, re.MULTILINE):
        names = set(re.findall(r"`([^`]+)`", said))
        fields[command] = names - {"list"} | (fields["list"] if "those of `list`" in said else set())
    assert set(ARGUMENTS) < set(fields)
    printed = {
        command: set(
            json.loads(shell(f"tuireader {command} {ARGUMENTS.get(command, '')} --json").splitlines()[0])
        )
        for command in fields
    }
    assert printed == fields


def test_nothing_is_wrong_in_settings_and_themes(tmp_path: Path) -> None:
    parts = [block for page in PAGES for block in blocks(page) if block.language == "toml"]
    assert parts
    for block in parts:
        document = parse_document(tmp_path / str(block), block.text)
        is_theme = block.text.startswith("base =")
        problems = theme_of(document)[1] if is_theme else configuration_of(document).problems
        assert not problems


def test_every_block_says_what_it_is() -> None:
    assert [str(block) for page in PAGES for block in blocks(page) if block.language not in LANGUAGES] == []


def test_only_blocks_that_need_more_than_the_program_are_left_out() -> None:
    left_out = [block for page in PAGES for block in blocks(page) if not block.runs]
    reading = [str(b) for b in left_out if "tuireader list" in b.text or "tuireader add" in b.text]
    assert reading == []
