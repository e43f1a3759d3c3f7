"""The log: the records of exceptions, which contain no text of the library."""

from __future__ import annotations

import sqlite3
import stat
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tuireader.log import CHAIN, Log, sentence_of, watch_threads

SECRET = "The minister lied to me on Tuesday"


def log_in(folder: Path, limit: int = 1 << 20) -> Log:
    return Log(folder / "log" / "tuireader.log", lambda: datetime(2026, 11, 30, 9, tzinfo=UTC), limit)


def raised(error: BaseException, note: str = SECRET) -> BaseException:
    """Return ``error`` with a traceback whose frame has a local variable with a private text."""
    try:
        raise error
    except BaseException as caught:
        assert note
        return caught


def test_a_record_names_moment_version_task_kind_and_place(tmp_path: Path):
    log = log_in(tmp_path)
    assert log.error("worker preview", raised(AttributeError("'int' object has no attribute 'casefold'")))
    assert log.path is not None
    first, kind, place = log.path.read_text("utf-8").splitlines()
    assert first.startswith("2026-11-30T09:00:00+00:00 tuireader ") and first.endswith("worker preview:")
    assert kind.strip() == "builtins.AttributeError: 'int' object has no attribute 'casefold'"
    assert place.strip().startswith("test_log.py:") and place.endswith(" raised")
    assert log.where(True).endswith(str(log.path))


@pytest.mark.parametrize(
    "error",
    [
        ValueError(f"Invalid isoformat string: '{SECRET}'"),
        KeyError(SECRET),
        AssertionError(SECRET),
        RuntimeError(f"{SECRET}\n{SECRET}"),
        RecursionError(SECRET),
        TypeError(SECRET),
        TypeError(f"'int' object is not iterable: {SECRET}"),
        TypeError(f"cannot use '{SECRET}' here"),
        TypeError(f'cannot use "{SECRET}" here'),
        UnicodeDecodeError("utf-8", SECRET.encode(), 4, 5, "invalid"),
        UnicodeEncodeError("ascii", SECRET, 4, 5, "ordinal not in range"),
        sqlite3.OperationalError(f'fts5: syntax error near "{SECRET}"'),
        sqlite3.OperationalError('no such column: "minister"'),
        OSError(2, "No such file", "/home/ann/texts/2021/2021-03-04-the-minister-lied-to-me-3f9c2a.md"),
        OSError(SECRET),
        ExceptionGroup(SECRET, [ValueError(SECRET)]),
    ],
    ids=lambda error: type(error).__name__,
)
def test_no_text_is_in_a_record(tmp_path: Path, error: BaseException):
    log = log_in(tmp_path)
    outer = raised(RuntimeError(SECRET))
    outer.__cause__ = raised(error)
    assert log.error("command show", outer)
    assert log.path is not None
    written = log.path.read_text("utf-8").lower()
    assert "minister" not in written and "tuesday" not in written
    assert type(error).__name__.lower() in written
    assert "minister" not in sentence_of(outer)


def test_the_file_is_private_and_old_ones_are_rotated(tmp_path: Path):
    log = log_in(tmp_path, limit=400)
    for number in range(40):
        assert log.note(f"record {number} " + "x" * 80)
    names = sorted(path.name for path in (tmp_path / "log").iterdir())
    assert names == ["tuireader.log", "tuireader.log.1", "tuireader.log.2", "tuireader.log.3"]
    for name in names:
        file = tmp_path / "log" / name
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert file.stat().st_size < 800
    assert "record 39 " in (tmp_path / "log" / "tuireader.log").read_text()
    assert stat.S_IMODE((tmp_path / "log").stat().st_mode) == 0o700


def test_a_log_that_cannot_be_written_says_so_and_raises_nothing(tmp_path: Path):
    (tmp_path / "log").write_text("a file where the folder should be")
    log = log_in(tmp_path)
    written = log.error("command list", ValueError("x"))
    assert not written and "could not be written" in log.where(written)
    assert not Log(None).note("nothing")


def test_exceptions_that_lead_to_each_other_in_a_ring_are_recorded_once(tmp_path: Path):
    log = log_in(tmp_path)
    first, second = raised(ValueError("a")), raised(LookupError("b"))
    first.__context__, second.__context__ = second, first
    assert log.error("reader", first)
    assert log.path is not None
    assert log.path.read_text("utf-8").count("builtins.ValueError") == 1


def nested(depth: int) -> BaseException:
    return ExceptionGroup("x", [nested(depth - 1), KeyError(depth)]) if depth else ValueError("innermost")


def test_nested_groups_are_recorded_up_to_the_limit(tmp_path: Path):
    log = log_in(tmp_path)
    assert log.error("reader", raised(nested(30)))
    assert log.path is not None
    assert log.path.read_text("utf-8").count("builtins.") == CHAIN


def test_a_group_that_leads_to_its_own_member_is_recorded(tmp_path: Path):
    log, member = log_in(tmp_path), ValueError("a")
    member.__context__ = group = ExceptionGroup("x", [member])
    assert log.error("reader", group)
    assert log.path is not None
    assert log.path.read_text("utf-8").count("builtins.ValueError") == 1


def test_what_ends_a_thread_is_recorded_and_not_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr("sys.unraisablehook", None)
    log = log_in(tmp_path)
    watch_threads(log)

    def fail() -> None:
        raise ValueError(SECRET)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert log.path is not None
    assert "builtins.ValueError" in log.path.read_text("utf-8")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "code",
    [
        "None.casefold()",
        "1 + ''",
        "1 < ''",
        "int('1')()",
        "int('1')[0]",
        "{[]: 1}",
        "len(1)",
        "len()",
        "undefined",
        "import nothing.there",
    ],
)
def test_the_messages_of_the_interpreter_about_code_are_kept(tmp_path: Path, code: str):
    try:
        exec(code)
    except Exception as error:
        log = log_in(tmp_path)
        assert log.error("test", error)
        assert log.path is not None
        kind = log.path.read_text("utf-8").splitlines()[1]
        assert f"{type(error).__name__}: " in kind, str(error)


def test_an_error_of_sqlite_is_named_by_its_code(tmp_path: Path):
    (tmp_path / "search.db").write_bytes(b"no database" * 1000)
    with pytest.raises(sqlite3.DatabaseError) as caught:
        sqlite3.connect(tmp_path / "search.db").execute("select * from sqlite_master")
    log = log_in(tmp_path)
    assert log.error("test", caught.value)
    assert log.path is not None and "DatabaseError: SQLITE_NOTADB" in log.path.read_text("utf-8")
