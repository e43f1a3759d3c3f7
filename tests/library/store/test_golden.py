"""Libraries of every format there has been: they open with all that is in them, today and for ever.

The folders below ``golden`` are never written again.
"""

from __future__ import annotations

import json
import shutil
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from disks import RecordingDisk
from fakes import FakeClock, FakeIds
from tinydb import TinyDB
from trials import CrashHarness, Trial, tables_of, workload

from library import AnnotationKind, Library
from library.errors import FormatTooNew
from library.maintenance.doctor import examine
from library.store.layout import CATALOG_NAME, JOURNAL_NAME
from library.store.storage import CatalogStorage

GOLDEN = Path(__file__).parent / "golden"
FORMATS = ("format-1", "format-2", "format-2-linked")
GULLS = "The gulls came back on Wednesday.\n\nNobody had asked them to, said “Żółć”."


@pytest.fixture(params=FORMATS)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOLDEN / request.param, tmp_path / "library"))


def opened(folder: Path) -> Library:
    return Library.open(folder, clock=FakeClock(), timezone=UTC, new_id=FakeIds())


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def assert_what_is_in_it(library: Library) -> None:
    gulls, soup = library.select("gulls")[0], library.select("soup")[0]
    assert library.maintenance.notices == () and library.articles.count() == 2
    assert (gulls.id, gulls.title, gulls.authors) == (
        "qxhsrnxnsl7mft52",
        "Gulls over the Quay",
        ("Ada Lund",),
    )
    assert (gulls.url, gulls.tags) == ("https://news.example.org/gulls", ("harbour", "birds"))
    assert str(gulls.published) == "2024-05-01" and gulls.words == 13
    assert gulls.state.bookmarked == datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    assert (gulls.state.read, gulls.state.position.offset, gulls.state.position.share) == (None, 12, 0.25)
    assert (soup.published, soup.tags, soup.state.bookmarked) == (None, (), None)
    assert soup.state.read == datetime(2024, 5, 6, 7, 8, 15, tzinfo=UTC)
    assert library.articles.document(gulls.id).text == GULLS
    assert library.articles.body(soup.id) == "Leek, and potato."
    assert library.drafts.get(soup.id) == "With bread?"


def assert_the_notes_in_it(library: Library) -> None:
    highlight, note = library.annotations.select()
    assert (note.kind, note.body) == (AnnotationKind.NOTE, "Who asked?")
    assert (highlight.kind, highlight.colour) == (AnnotationKind.HIGHLIGHT, "green")
    assert note.quote is not None and highlight.quote is not None
    assert GULLS[note.quote.start : note.quote.end] == note.quote.exact == "Nobody had asked"
    assert GULLS[highlight.quote.start : highlight.quote.end] == "gulls came back"
    assert not note.orphan and not highlight.orphan


def test_a_library_of_any_format_opens_with_all_that_is_in_it_and_reading_changes_no_byte(folder: Path):
    before = contents(folder)
    with opened(folder) as library:
        assert_what_is_in_it(library)
        assert_the_notes_in_it(library)
    assert examine(folder, now=datetime.now(UTC)) == ()
    assert contents(folder).items() >= before.items()


def test_a_library_of_any_format_can_be_changed_and_its_history_taken_back(folder: Path):
    with opened(folder) as library:
        library.redo()
        assert library.select("tag:kitchen")[0].title == "Soup of the Day"
        library.workspace.database.catalog.fold()
        titles = [library.undo().title for _ in range(5)]
        assert titles == ["tag kitchen", "mark as read", "highlight", "note", "bookmark"]
        for _ in range(4):
            library.redo()
    with opened(folder) as library:
        assert_what_is_in_it(library)
        assert_the_notes_in_it(library)
    assert examine(folder, now=datetime.now(UTC)) == ()


def test_the_catalogue_that_is_migrated_is_kept_as_it_was(tmp_path: Path):
    folder = Path(shutil.copytree(GOLDEN / "format-1", tmp_path / "library"))
    before = (folder / CATALOG_NAME).read_bytes()
    with opened(folder) as library:
        library.bookmark(library.search.ids("soup"))
    assert (folder / "backups" / "catalog-format-1.json").read_bytes() == before
    with TinyDB(folder / CATALOG_NAME) as stock:
        assert stock.tables() == {"meta", "articles", "annotations", "history"}
    assert json.loads((folder / CATALOG_NAME).read_bytes())["meta"]["library"]["format"] == 2


@pytest.mark.parametrize(
    "name", [FORMATS[0], *(pytest.param(name, marks=pytest.mark.slow) for name in FORMATS[1:])]
)
def test_a_crash_at_any_call_of_the_migration_and_after_loses_nothing(tmp_path: Path, name: str):
    folder, scratch = tmp_path / "library", tmp_path / "scratch"
    for path in (folder, scratch):
        path.mkdir()
    for path in (GOLDEN / name).glob("catalog*"):
        shutil.copy(path, folder)
    with opened(folder) as library:
        tables = tables_of(library.workspace.database.catalog)
    disk, trial = RecordingDisk(folder), Trial([tables])
    harness = CrashHarness(disk, scratch, trial, per_call=6)
    for _ in workload(disk, folder, trial):
        pass
    assert harness.violations == []
    assert harness.states >= 500


def with_a_newer_catalogue(folder: Path) -> None:
    tables = json.loads((folder / CATALOG_NAME).read_bytes())
    tables["meta"]["library"]["format"] = 3
    (folder / CATALOG_NAME).write_text(json.dumps(tables))


def with_a_newer_journal(folder: Path) -> None:
    header, *records = (folder / JOURNAL_NAME).read_bytes().splitlines(keepends=True)
    body = header[18:-1].replace(b'"journal":1', b'"journal":2')
    length = b"%08x" % len(body)
    header = b"%s %08x %s\n" % (length, zlib.crc32(body, zlib.crc32(length)), body)
    (folder / JOURNAL_NAME).write_bytes(header + b"".join(records))


@pytest.mark.parametrize(
    ("make_newer", "named"),
    [(with_a_newer_catalogue, CATALOG_NAME), (with_a_newer_journal, JOURNAL_NAME)],
    ids=["catalogue", "journal"],
)
def test_what_a_newer_program_wrote_is_refused_with_a_sentence_and_left_alone(
    tmp_path: Path, make_newer: Any, named: str
):
    folder = Path(shutil.copytree(GOLDEN / "format-2", tmp_path / "library"))
    with opened(folder) as library:
        make_newer(folder)
        before = contents(folder)
        with pytest.raises(FormatTooNew, match=rf"{named} has format \d.*Update tuireader"):
            Library.open(folder)
        (finding,) = examine(folder, now=datetime.now(UTC))
        assert finding.path == named and not finding.repairable
        Path(shutil.copy(folder / named, folder / "new")).rename(folder / named)  # as the newer program would
        with pytest.raises(FormatTooNew):
            library.bookmark(library.search.ids("soup"))
        assert contents(folder).items() >= before.items()
    assert contents(folder).items() >= before.items()


def test_the_same_history_is_in_every_format(tmp_path: Path):
    tables = []
    for name in FORMATS:
        folder = Path(shutil.copytree(GOLDEN / name, tmp_path / name))
        storage = CatalogStorage(folder)
        tables.append(tables_of(storage))
        storage.close()
    assert tables[0] == tables[1] == tables[2]
