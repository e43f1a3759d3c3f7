"""What holds for all of the code: which way imports point, what is loaded when, and what is never written."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import library
from library import Library
from tests.private_names import used_in

ROOT = Path(__file__).resolve().parent.parent
CODE = sorted(path for package in ("library", "tuireader") for path in (ROOT / package).rglob("*.py"))
WRITTEN = sorted(
    path
    for folder in ("library", "tuireader", "docs", "benchmarks", ".ci")
    for path in (ROOT / folder).rglob("*")
    if path.is_file() and "__pycache__" not in path.parts
) + sorted(
    path for path in ROOT.glob("*") if path.suffix in {".md", ".toml", ".cfg"} or path.name == "Makefile"
)

HEAVY = (
    "rapidfuzz",
    "trafilatura",
    "htmldate",
    "lxml",
    "dateparser",
    "ftfy",
    "yaml",
    "markdown_it",
    "charset_normalizer",
    "mdit_py_plugins",
    "charset_normalizer",
    "pyphen",
    "PIL",
    "tomlkit",
)
FACE = ("textual", "rich")


def modules_loaded_by(code: str, *arguments: str) -> set[str]:
    """Return the modules that a fresh interpreter has loaded after ``code``."""
    program = f"import sys\n{code}\nprint(*sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return set(done.stderr.splitlines()[-1].split())


def loaded_by(code: str, *arguments: str) -> set[str]:
    """Return the top-level packages that a fresh interpreter has loaded after ``code``."""
    return {name.partition(".")[0] for name in modules_loaded_by(code, *arguments)}


def test_importing_the_library_loads_no_face_and_no_heavy_package():
    loaded = loaded_by("from library import Library")
    assert "tinydb" in loaded
    assert not loaded & {*FACE, *HEAVY, "tuireader"}


OPENED_READER = """
import asyncio
from library import Library
from tuireader.app import ReaderApp

async def read(library):
    async with ReaderApp(library).run_test(size=(120, 40)) as pilot:
        await pilot.pause()

with Library.open(sys.argv[1]) as library:
    asyncio.run(read(library))
"""
IN_FRONT_OF_THE_PANES = re.compile(
    r"tuireader\.(?:[a-z_]+\.screen|dialogs\.\w+|importing\.(?!commands)\w+)|library\.importing\.(?!service)\w+"
)


def test_the_open_reader_has_loaded_no_view_over_the_panes(seeded: Library):
    loaded = modules_loaded_by(OPENED_READER, str(seeded.path))
    main = {"tuireader.reader.screen"}
    assert main <= loaded
    assert not {name for name in loaded - main if IN_FRONT_OF_THE_PANES.fullmatch(name)}


def test_each_public_name_of_the_library_is_there_and_listed():
    assert set(library.__all__) <= set(dir(library))
    assert all(hasattr(library, name) for name in library.__all__)
    assert not hasattr(library, "no_such_name")


NOT_FOR_THE_FIRST_LIST = (
    "tinydb",
    "textual",
    "asyncio",
    "library.library",
    "library.query",
    "tuireader.reader",
)


def test_the_first_list_loads_neither_textual_nor_the_library():
    first = "from tuireader.cli.parser import parse_arguments\nparse_arguments([])\nimport tuireader.cli.run, tuireader.first_frame"
    loaded = modules_loaded_by(first)
    assert "library.search.first_page" in loaded
    assert not loaded & {*NOT_FOR_THE_FIRST_LIST, *HEAVY}


@pytest.mark.parametrize(
    "command",
    [
        ["--version"],
        ["--help"],
        ["list"],
        ["list", "--json", "word"],
        ["stats"],
        ["tags"],
        ["notes"],
        ["undo"],
    ],
)
def test_commands_that_do_not_open_the_reader_load_no_textual(seeded: Library, command: list[str]):
    seeded.bookmark(seeded.search.ids("strike"))
    arguments = command if command[0].startswith("-") else ["--library", str(seeded.path), *command]
    run = "from tuireader.__main__ import main\nstatus = main(sys.argv[1:])\nassert status == 0, status"
    assert not loaded_by(run, *arguments) & {*FACE, *HEAVY}


def test_the_version_is_printed_without_loading_the_library():
    assert "tinydb" not in loaded_by("from tuireader.__main__ import main\nmain(['--version'])")


def test_imports_point_one_way(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("importlinter", reason="import-linter comes with the requirements of “make check”")
    from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

    monkeypatch.chdir(ROOT)
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def calls(tree: ast.AST) -> Iterator[str]:
    """What is called or passed that outside text must never reach, as it is written."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = ast.unparse(call.func)
        if name.rpartition(".")[2] in {"from_markup", "getoutput", "getstatusoutput", "popen", "system"}:
            yield name
        if name in {"eval", "exec"} or name.endswith("markup.escape"):
            yield name
        for keyword in call.keywords:
            if keyword.arg == "shell" and ast.unparse(keyword.value) != "False":
                yield f"{name}(shell=…)"


def test_outside_text_becomes_neither_markup_nor_code():
    escape = re.compile(r"(?m)^\s*(?:from rich\.markup|from textual\.markup) import .*\bescape\b")
    found = {
        path.relative_to(ROOT).as_posix(): [*calls(ast.parse(text)), *escape.findall(text)]
        for path in CODE
        for text in [path.read_text("utf-8")]
    }
    assert {path: names for path, names in found.items() if names} == {}


def test_the_search_for_such_calls_finds_them():
    code = "Text.from_markup(x)\neval(x)\nrun(x, shell=True)\nrich.markup.escape(x)\nos.system(x)\nre.escape(x)\nrun(x, shell=False)"
    assert len(list(calls(ast.parse(code)))) == 5


def test_nothing_is_left_to_do_without_saying_where():
    naked = [
        f"{path.relative_to(ROOT)}: {line}"
        for path in CODE
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"\b(?:TODO|FIXME|XXX)\b(?!\(#\d+\))", line)
    ]
    assert not naked


def test_nothing_names_the_machines_it_was_written_on():
    machine = re.compile(rb"(?<![\w.])/(?:work|root)/|\.\./shared/|pythonhosted|pypi\.org|/tmp/[a-z]")
    found = [
        f"{path.relative_to(ROOT)}: {match[0].decode()}"
        for path in WRITTEN
        for match in machine.finditer(path.read_bytes())
    ]
    assert not found


STARTERS = {
    "run_worker",
    "create_task",
    "ensure_future",
    "run_in_executor",
    "ThreadPoolExecutor",
    "Thread",
    "work",
}
"""What begins work whose errors would end the program, or be seen by nobody."""

MAY_START = {"tuireader/jobs/jobs.py", "tuireader/jobs/writer.py"}
"""The jobs; and the one thread that changes the library, whose errors come to who asked for the change."""


def started_in(path: Path) -> set[str]:
    """The names of STARTERS that a module uses or imports."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)} - {"work"}
    imports = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    outside = [
        node for node in imports if (node.module or "").startswith(("textual", "threading", "concurrent"))
    ]
    return (attributes | {name.name for node in outside for name in node.names}) & STARTERS


def test_nothing_but_the_jobs_starts_work_beside_the_screen():
    found = {
        name: started
        for path in CODE
        if (name := path.relative_to(ROOT).as_posix()).startswith("tuireader/")
        and (started := started_in(path))
    }
    assert set(found) == MAY_START, found


def test_no_call_after_a_pause_is_left_to_a_timer_that_may_skip_it():
    used = [path.relative_to(ROOT).as_posix() for path in CODE if ".set_timer(" in path.read_text("utf-8")]
    assert not used, f"Use tuireader.delay: a timer of Textual can lose its only call. {used}"


MAY_USE_PRIVATE_NAMES = {"library/store/database.py"}
"""Beside ``tuireader/terminal``, what uses private names of the packages it stands on: our TinyDB tables."""


def test_private_names_of_other_packages_are_used_in_the_terminal_only():
    found = {}
    for path in CODE:
        name = path.relative_to(ROOT).as_posix()
        module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        if not name.startswith("tuireader/terminal/") and (used := used_in(path, module)):
            found[name] = used
    assert set(found) == MAY_USE_PRIVATE_NAMES, found


def test_the_search_for_private_names_finds_them(tmp_path: Path):
    code = """
from textual._compositor import Compositor
from textual.screen import Screen
import textual._context
class Own:
    def __init__(self): self._driver = Own()._text
    def _text(self): return self._driver._file
class OwnScreen(Screen):
    def _on_timer_update(self): return self._own + self._dirty_widgets
def redraw(app): app._writer_thread.stop()
"""
    path = tmp_path / "found_by_search.py"
    path.write_text(code, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(tmp_path)
        found = used_in(path, path.stem)
    assert found == {
        "_compositor", "_context", "_file", "_on_timer_update", "_dirty_widgets", "_writer_thread",
    }  # fmt: skip


def test_tests_of_several_folders_can_be_run_together():
    """Each folder of tests is on the path, so a name that two of them have is that of either module."""
    modules = [path for path in (ROOT / "tests").rglob("*.py") if path.name != "__init__.py"]
    shared = {name for name, count in Counter(path.stem for path in modules).items() if count > 1}
    importing = {
        path.name
        for path in modules
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.ImportFrom) and not node.level and node.module in shared)
        or (isinstance(node, ast.Import) and shared & {one.name for one in node.names})
    }
    assert (shared, importing) == ({"conftest"}, set())


MOST_BASES, MOST_NAMES = 3, 60
"""How many classes of ours a class may inherit from, and how many names it may have together with those."""


def own_classes() -> Iterator[type]:
    """The classes of both packages, but for errors, which are one tree."""
    for package in ("library", "tuireader"):
        for module in pkgutil.walk_packages([str(ROOT / package)], f"{package}."):
            if not module.name.endswith("__main__"):
                for thing in vars(importlib.import_module(module.name)).values():
                    is_own = inspect.isclass(thing) and thing.__module__ == module.name
                    if is_own and not issubclass(thing, BaseException):
                        yield thing


def own_bases(kind: type) -> list[type]:
    return [base for base in kind.__mro__ if base.__module__.partition(".")[0] in ("library", "tuireader")]


def test_no_class_is_assembled_from_many():
    deep = [kind.__name__ for kind in own_classes() if len(own_bases(kind)) - 1 > MOST_BASES]
    assert not deep, (
        f"These inherit from more than {MOST_BASES} classes of ours; let them hold objects: {deep}"
    )


def test_no_class_has_more_names_than_a_person_can_keep_in_mind():
    large = {}
    for kind in own_classes():
        names = {name for base in own_bases(kind) for name in vars(base) if not name.startswith("__")}
        if len(names) > MOST_NAMES:
            large[kind.__name__] = len(names)
    assert not large, f"These have more than {MOST_NAMES} names with what they inherit from ours: {large}"


def test_nothing_is_left_for_a_subclass_to_fill_in():
    stubs = [str(path.relative_to(ROOT)) for path in CODE if "NotImplementedError" in path.read_text("utf-8")]
    assert not stubs
