"""Output of commands: no control characters, no characters lost to a locale, and private files."""

from __future__ import annotations

import ast
import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from commandline import HARBOUR, ROOT, CommandLine
from picture_files import png

from library import Library
from library.store.database import open_database

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
EVIL = "\x1b]0;owned\x07\x1b[31mred\x9b1m\x07\u202e\x7f\rover"


def test_one_function_prints_for_all_commands() -> None:
    """Only the module ``output`` of the command line calls print or writes to a stream."""
    found = []
    for path in sorted((ROOT / "tuireader" / "cli").glob("*.py")):
        if path.name == "output.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = isinstance(node, ast.Name) and node.id == "print"
            stream = isinstance(node, ast.Attribute) and ast.unparse(node) in (
                "sys.stdout.write",
                "sys.stderr.write",
            )
            found += [f"{path.name}:{node.lineno}"] if named or stream else []
    assert found == []


@pytest.fixture
def hostile(tuireader: CommandLine, tmp_path: Path) -> CommandLine:
    """A library in a folder with a hostile name, with control characters in every text."""
    folder = tmp_path / f"lib{EVIL}rary"
    tuireader.folder.rename(folder)
    with Library.open(folder) as library:
        key = library.search.ids("harbour")[0]
        library.note(key, "A note", quote="another week")
        library.tag([key], ["a/b"])
        library.searches.save("mine", "harbour")
        library.tag_rules.add("harbour", ["found"])
    with open_database(folder) as database:
        for name in ("articles", "annotations", "searches", "rules", "history"):
            table = database.catalog_table(name)
            table.put({key: damaged(document) for key, document in table.documents().items()})
        database.catalog_table("tags").put({"a/b": {"name": "a/b", "colour": f"red{EVIL}"}})
    tuireader.folder = folder
    return tuireader


KEPT = {"text", "text_sha256", "kind", "article", "id", "table", "query", "colour"}


def damaged(value: Any, name: str = "") -> Any:
    """Return ``value`` with control characters in every free text."""
    if isinstance(value, dict):
        return {key: damaged(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [damaged(inner, name) for inner in value]
    free = isinstance(value, str) and name not in KEPT and not re.match(r"\d{4}-\d\d", value)
    return f"{value}{EVIL}" if free and value else value


COMMANDS = [
    ["list"],
    ["list", "another week"],
    ["list", "--explain", "tag:city"],
    ["show", "harbour"],
    ["show", "harbour", "--plain"],
    ["show", "harbour", "--markdown"],
    ["show", "harbour", "--cite", "bibtex"],
    ["stats"],
    ["tags"],
    ["tags", "--tree"],
    ["tags", "--unused"],
    ["tags", "colour", "a/b", "blue"],
    ["tag", "harbour", "--suggest"],
    ["dates"],
    ["notes"],
    ["searches"],
    ["rules", "list"],
    ["related", "harbour"],
    ["doctor"],
    ["undo"],
    ["redo"],
    ["bookmark", "harbour"],
    ["trash", "harbour"],
    ["list", f"tag:{EVIL}"],
    ["list", f"({EVIL}"],
    ["show", f"x{EVIL}"],
    ["add", f"missing{EVIL}.md"],
    ["export", "--format", "markdown", "-o", f"out{EVIL}"],
    ["export", "--format", f"form{EVIL}", "-o", "out"],
    ["export", "--format", "jsonl", "-o", "-"],
    ["backup", f"backup{EVIL}.zip"],
    ["restore", f"missing{EVIL}.zip"],
    [f"command{EVIL}"],
    ["list", f"--option{EVIL}"],
]


@pytest.mark.parametrize(
    "arguments", COMMANDS, ids=lambda words: " ".join(words)[:30].encode("unicode_escape")
)
@pytest.mark.parametrize("json_too", [False, True], ids=["words", "json"])
def test_no_control_reaches_the_terminal(
    hostile: CommandLine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    json_too: bool,
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = hostile(*arguments, *(["--json"] if json_too else []), status=None)
    assert CONTROLS.findall(ended.out + ended.err) == []


def run_in(locale: str, folder: Path, *arguments: str | bytes) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a locale without UTF-8, which Python may not override."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder.parent),
        "LC_ALL": locale,
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "tuireader", "--library", str(folder), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, check=False, timeout=120)


def test_a_locale_of_ascii_loses_no_word(tmp_path: Path) -> None:
    folder, source = tmp_path / "library", tmp_path / "h\xe4fen \u6e2f.md"
    source.write_text(
        "---\ntitle: Stars \u2605 over \xc4gir \u6e2f\n---\n\nA text with \u2605 and \u6e2f.\n", "utf-8"
    )
    added = run_in("C", folder, "add", os.fsencode(source))
    assert (added.returncode, added.stderr) == (0, b"")
    assert run_in("C", folder, "note", "stars", "Caf\xe9 \u6e2f".encode()).returncode == 0
    assert run_in("C", folder, "tag", "stars", "\u6e2f".encode()).returncode == 0
    assert run_in("C", folder, "bookmark", "stars").returncode == 0
    listed = run_in("C", folder, "list", "\u6e2f".encode())
    assert listed.stdout.isascii()
    assert b"B" in listed.stdout.split(b"Stars")[0]
    assert listed.stdout.splitlines()[0].endswith(b"Stars ? over Agir ??")
    with Library.open(folder) as library:
        (article,) = library.select()
        assert article.title == "Stars \u2605 over \xc4gir \u6e2f"
        assert article.tags == ("\u6e2f",)
        assert article.origin.endswith("h\xe4fen \u6e2f.md")
        assert [note.body for note in library.annotations.select()] == ["Caf\xe9 \u6e2f"]
        assert "\u6e2f" in library.articles.body(article.id)
    shown = run_in("C", folder, "show", "stars", "--json")
    assert json.loads(shown.stdout)["title"] == "Stars \u2605 over \xc4gir \u6e2f"


def test_the_files_are_called_the_same_in_every_locale(tmp_path: Path) -> None:
    """A script that keeps the locale's encoding finds and writes files with names in UTF-8."""
    program = (
        "import sys; from library import Library\n"
        "with Library.open(sys.argv[1]) as library:\n"
        "    library.importing.add_bytes('a.md', '# \u6e2f\\n\\nA text.\\n'.encode('utf-8'))\n"
        "    assert 'A text.' in library.articles.body(library.search.ids()[0])\n"
        "    library.maintenance.back_up(sys.argv[1] + '.zip')\n"
        "from datetime import UTC, datetime\n"
        "from library.maintenance.doctor import examine\n"
        "assert examine(__import__('pathlib').Path(sys.argv[1]), now=datetime.now(UTC)) == ()\n"
    ).encode()
    (tmp_path / "program.py").write_bytes(program)
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": str(ROOT)}
    folder = tmp_path / "library"
    command = [sys.executable, str(tmp_path / "program.py"), str(folder)]
    done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, b"")
    with Library.open(folder) as library:
        (article,) = library.select()
        assert "\u6e2f" in article.text
        assert "A text." in library.articles.body(article.id)


def modes_below(folder: Path) -> dict[str, str]:
    """Return the modes of the files in the folder that give other users any permission."""
    return {
        str(path.relative_to(folder.parent)): oct(stat.S_IMODE(path.lstat().st_mode))
        for path in (folder, *folder.rglob("*"))
        if stat.S_IMODE(path.lstat().st_mode) & 0o077
    }


def test_everything_is_private(fresh: CommandLine, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.png").write_bytes(png(20, 20))
    (source / "harbour.md").write_text(HARBOUR + "\n![A crane](a.png)\n", "utf-8")
    before = os.umask(0)
    try:
        assert fresh("add", str(source)).status == 0
        assert fresh("note", "harbour", "A note.").status == 0
        with Library.open(fresh.folder) as library:
            library.drafts.keep(library.search.ids()[0], "Half a thought")
            list(library.search.index_texts())
            assert modes_below(fresh.folder) == {}
            library.maintenance.run_due()
        (text,) = (fresh.folder / "texts").rglob("*.md")
        text.write_text("A text without its head.", "utf-8")
        assert fresh("doctor", "--repair").status == 0
        assert fresh("backup", str(tmp_path / "backup.zip")).status == 0
        assert fresh("restore", str(tmp_path / "backup.zip"), "--force").status == 0
        assert fresh("export", "--format", "markdown", "-o", str(tmp_path / "out")).status == 0
    finally:
        os.umask(before)
    assert (fresh.folder / "images").is_dir()
    assert modes_below(fresh.folder) == {}
    assert modes_below(tmp_path / "library.before-restore-1") == {}
    assert modes_below(tmp_path / "out") == {}
    assert stat.S_IMODE((tmp_path / "backup.zip").stat().st_mode) == 0o600


def test_an_index_that_others_could_read_is_closed(fresh: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "harbour.md").write_text(HARBOUR, "utf-8")
    assert fresh("add", str(tmp_path / "harbour.md")).status == 0
    index = fresh.folder / "search.db"
    with Library.open(fresh.folder) as library:
        list(library.search.index_texts())
    index.chmod(0o644)
    with Library.open(fresh.folder) as library:
        library.note(library.search.ids()[0], "A note.")
        list(library.search.index_texts())
    assert stat.S_IMODE(index.stat().st_mode) == 0o600
