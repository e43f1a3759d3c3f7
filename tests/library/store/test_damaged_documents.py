"""Documents with fields of the wrong type: reported, read with defaults, repaired, and never lost."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from damage import MISSING, WRONG, damaged, fields_of, put_raw, raw_of, variants

from library import Library
from library.maintenance.doctor import examine, repair
from library.maintenance.findings import Code
from library.models import AnnotationKind
from library.store.database import open_database
from library.store.schema import DAMAGED, SCHEMAS

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
TABLES = ("articles", "annotations", "searches", "tags", "rules", "history")


@pytest.fixture
def full(seeded: Library) -> Path:
    """A closed library with data in every table and every field."""
    strike, oil = seeded.search.ids("strike")[0], seeded.search.ids("oil")[0]
    seeded.note(strike, "Whose week?", quote="another week", occurrence=1)
    seeded.highlight(strike, "Dock workers", colour="green")
    seeded.annotations.tag(seeded.annotations.select()[0].id, ["ask"])
    seeded.bookmark([strike])
    seeded.articles.record_opened(strike)
    seeded.searches.save("strikes", "strike")
    seeded.tag_rules.add("oil", ["energy/oil"])
    seeded.tags.recolour("harbour", "red")
    seeded.jump_marks.set("a", oil, 0)
    seeded.articles.mark_read([oil])
    seeded.undo()
    with open_database(seeded.path) as database:
        table = database.catalog_table("articles")
        image = {"path": "images/a.png", "url": "u", "caption": "c", "credit": "d", "alt": "e"}
        revision = {"text": "texts/old.md", "text_sha256": "a" * 64, "replaced": NOW.isoformat()}
        document = dict(table.documents()[strike])
        table.put(
            {strike: {**document, "images": [image], "revisions": [revision], "extra": {"desk": "Foreign"}}}
        )
    return seeded.path


def documents(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the largest document of each table."""
    with open_database(folder) as database:
        return {
            name: dict(
                max(database.catalog_table(name).documents().values(), key=lambda one: len(json.dumps(one)))
            )
            for name in TABLES
        }


STEP = 7


def damage_all(folder: Path, start: int) -> int:
    """Store every ``STEP``-th damaged variant of a document of each table; return their number."""
    number, tables = 0, dict[str, dict[str, bytes]]()
    for name, document in documents(folder).items():
        for _, data in islice(variants(document), start, None, STEP):
            number += 1
            key = str(1000 + number) if name == "history" else f"x{number}"
            tables.setdefault(name, {})[key] = data
    put_raw(folder, tables)
    return number


def reopened(folder: Path, clock: Any) -> Library:
    return Library.open(folder, clock=clock, timezone=UTC)


@pytest.mark.parametrize("table", TABLES)
def test_every_changed_field_is_valid_or_reported_and_reads_as_its_own_type(full: Path, table: str):
    document = documents(full)[table]
    named = 0
    for name, data in variants(document):
        usable, problems = SCHEMAS[table].read("x", data)
        again, left = SCHEMAS[table].read("x", json.dumps(usable).encode())
        assert not [one for one in left if one.field not in ("", DAMAGED)], (name, problems, left)
        assert again == usable
        named += bool(problems)
        if "document" in name:
            assert problems
    assert named > 4 * len(list(fields_of(document)))


def test_an_intact_document_of_each_table_has_no_problem(full: Path):
    with open_database(full) as database:
        for name in SCHEMAS:
            for key, data in database.catalog_table(name).encoded().items():
                assert SCHEMAS[name].read(key, data)[1] == (), (name, data)


def read_everything(library: Library) -> Iterator[object]:
    """Yield everything that can be read from a library."""
    yield library.search.ids()
    for article in library.select("is:unread or is:read or is:trashed"):
        yield article
        yield library.annotations.of(article.id)
        yield library.annotations.note_count(article.id)
    for query in ("strike", "tag:harbour", "noted:2026", "sort:title", "source:x", "words:>3", "has:image"):
        yield library.search.ids(query)
        yield library.search.at_once(query)
        yield library.annotations.select(query)
    yield library.tags.counts()
    yield library.articles.statistics()
    yield library.searches.all()
    yield library.tag_rules.all()
    yield library.tags.colours()
    yield library.jump_marks.all()
    yield library.annotations.on_this_day()
    yield library.annotations.for_review()
    yield library.calendar.days()
    yield library.calendar.annotation_days()
    yield library.tags.unused()
    yield library.tags.families()
    yield list(library.search.index_texts())
    yield library.search.ids("week")
    for key in library.search.ids()[:5]:
        yield library.stories.of(key)
        yield library.stories.related(key)
        yield library.exporting.whole_article(key)


STARTS = [0, *(pytest.param(start, marks=pytest.mark.slow) for start in range(1, STEP))]
"""Offsets of the variants in a library: one damages each field in two ways, all together cover every variant."""


@pytest.mark.parametrize("start", STARTS)
def test_everything_can_be_read_from_a_library_full_of_damaged_documents(full: Path, clock: Any, start: int):
    assert damage_all(full, start) > 1000 // STEP
    with reopened(full, clock) as library:
        for _ in read_everything(library):
            pass
        strike = next(key for key in library.search.ids("strike") if not key.startswith("x"))
        assert len(library.select("")) > 300 // STEP
        assert library.articles.document(strike).text.startswith("Dock workers")
        assert any("tuireader doctor" in notice for notice in library.maintenance.notices)
        library.bookmark([strike])
        library.articles.mark_read(library.search.ids())
        library.tag(library.search.ids(), ["seen"])
        library.tags.rename("seen", "looked")
        library.undo()
        library.undo()
        library.redo()
        assert (
            library.importing.add_bytes("new.md", b"---\ntitle: New\n---\n\nOil rises.\n").status == "added"
        )


@pytest.mark.parametrize("start", STARTS)
def test_the_doctor_reports_and_repairs_every_damaged_document_and_keeps_its_values(
    full: Path, clock: Any, start: int
):
    damage_all(full, start)
    with open_database(full) as database:
        raw = {
            (name, key): data
            for name in TABLES
            for key, data in database.catalog_table(name).encoded().items()
            if SCHEMAS[name].read(key, data)[1]
        }
    found = examine(full, now=NOW)
    named = {key for finding in found for key in finding.ids}
    assert {key for _, key in raw} <= named
    repair(full, now=NOW)
    left = [finding for finding in examine(full, now=NOW) if finding.code.value.endswith("-unreadable")]
    assert left == []
    kept = {path.read_bytes() for path in full.glob("damaged-*/*") if path.is_file()}
    assert {data for (name, _), data in raw.items() if name != "history"} <= kept
    with reopened(full, clock) as library:
        for _ in read_everything(library):
            pass
        assert not library.maintenance.notices


@pytest.fixture
def damaged_tags(full: Path) -> tuple[Path, str]:
    """A library in which the tags of the article on the strike are a string, and the article's id."""
    with open_database(full) as database:
        documents = database.catalog_table("articles").documents()
        key = next(key for key, one in documents.items() if "Strike" in one["title"])
        data = damaged(documents[key], ("tags",), '"harbour, labour"')
    put_raw(full, {"articles": {key: data}})
    return full, key


def test_a_damaged_field_is_reported_and_the_rest_of_the_article_is_shown(
    damaged_tags: tuple[Path, str], clock: Any
):
    folder, key = damaged_tags
    with reopened(folder, clock) as library:
        article = library.articles.get(key)
        assert (article.title, article.tags) == ("Harbour Strike Enters Third Week", ())
        (notice,) = library.maintenance.notices
        assert key in notice and "“tags” is a text, not a list" in notice and "labour" not in notice


def test_repair_takes_the_field_from_the_article_s_own_file(damaged_tags: tuple[Path, str], clock: Any):
    folder, key = damaged_tags
    raw = raw_of(folder, "articles", key)
    assert [finding.code for finding in examine(folder, now=NOW) if key in finding.ids] == [
        Code.ARTICLE_UNREADABLE
    ]
    repair(folder, now=NOW)
    with reopened(folder, clock) as library:
        article = library.articles.get(key)
        assert article.tags == ("harbour", "labour")
        assert article.state.opened is not None and article.extra == {"desk": "Foreign"}
        assert not library.maintenance.notices
    assert (folder / "damaged-1" / f"article-{key}.json").read_bytes() == raw


def test_a_change_of_another_field_keeps_the_value_of_the_damaged_one(
    damaged_tags: tuple[Path, str], clock: Any
):
    folder, key = damaged_tags
    with reopened(folder, clock) as library:
        library.articles.mark_unread([key])
        library.bookmark([key])
        library.articles.record_opened(key)
    assert json.loads(raw_of(folder, "articles", key))[DAMAGED] == {"tags": '"harbour, labour"'}
    with reopened(folder, clock) as library:
        assert library.articles.get(key).tags == ()
        assert any(key in notice for notice in library.maintenance.notices)
        library.undo()
    repair(folder, now=NOW)
    with reopened(folder, clock) as library:
        assert library.articles.get(key).tags == ("harbour", "labour")
    kept = json.loads((folder / "damaged-1" / f"article-{key}.json").read_bytes())
    assert kept[DAMAGED] == {"tags": '"harbour, labour"'}


def test_a_change_of_the_damaged_field_keeps_its_old_value_and_is_not_undone_by_a_repair(
    damaged_tags: tuple[Path, str], clock: Any
):
    folder, key = damaged_tags
    with reopened(folder, clock) as library:
        library.tag([key], ["mine"])
    assert json.loads(raw_of(folder, "articles", key))[DAMAGED] == {"tags": '"harbour, labour"'}
    repair(folder, now=NOW)
    with reopened(folder, clock) as library:
        assert library.articles.get(key).tags == ("mine",)


@pytest.mark.parametrize("wrong", ["NaN", "half a character", "beyond"])
def test_values_that_only_pythons_json_reads_are_kept_by_changes_and_folds(
    full: Path, clock: Any, wrong: str
):
    document = documents(full)["articles"]
    with reopened(full, clock) as library:
        key = library.search.ids("strike")[0]
    raw = damaged(document, ("summary",), WRONG[wrong])
    put_raw(full, {"articles": {key: raw}})
    with reopened(full, clock) as library:
        library.bookmark(library.search.ids("oil"))
        library.workspace.database.catalog.fold()
    assert raw_of(full, "articles", key) == raw
    with reopened(full, clock) as library:
        library.articles.remove_bookmark([key])
        library.bookmark([key])
    assert raw_of(full, "articles", key) != raw
    kept = json.loads(raw_of(full, "articles", key))[DAMAGED]["summary"]
    assert json.dumps(json.loads(kept)) == json.dumps(json.loads(WRONG[wrong]))


def test_a_journal_record_with_a_damaged_document_is_read(full: Path, clock: Any):
    """The record has a correct checksum, and its change was acknowledged."""
    from library.store.journal import encode_change
    from library.store.layout import JOURNAL_NAME

    with reopened(full, clock) as library:
        key = library.search.ids("oil")[0]
        number = library.workspace.database.catalog.changes
        data = damaged(library.workspace.catalog.articles()[key], ("title",), WRONG["half a character"])
    with (full / JOURNAL_NAME).open("ab") as journal:
        journal.write(b"".join(encode_change(number + 1, {"articles": {key: data, "other": b"7"}})))
    with reopened(full, clock) as library:
        assert library.workspace.database.damage is None
        assert library.articles.get(key).title == "a\ufffdb"
        assert library.articles.get("other").title == "Untitled"


def test_a_highlight_with_a_damaged_quote_is_shown_as_a_note(full: Path, clock: Any):
    with open_database(full) as database:
        notes = database.catalog_table("annotations").documents()
        key = next(key for key, one in notes.items() if one["kind"] == "highlight")
        data = damaged(notes[key], ("quote",), "7")
    put_raw(full, {"annotations": {key: data}})
    with reopened(full, clock) as library:
        assert library.annotations.get(key).kind is AnnotationKind.NOTE
        assert any(key in notice and "“quote”" in notice for notice in library.maintenance.notices)


def test_a_damaged_entry_of_the_history_is_skipped_by_undo(full: Path, clock: Any):
    with reopened(full, clock) as library:
        oil = library.search.ids("oil")[0]
        library.articles.mark_read([oil])
        library.articles.trash([oil])
    with open_database(full) as database:
        entries = database.catalog_table("history").documents()
        last = max(entries, key=int)
        data = damaged(entries[last], ("changes", 0, "before"), "7")
    put_raw(full, {"history": {last: data, "half": b"[]"}})
    with reopened(full, clock) as library:
        assert library.undo().title == "mark as read"
        assert (
            library.articles.get(oil).state.read is None
            and library.articles.get(oil).state.trashed is not None
        )
        assert library.redo().title == "mark as read"
        library.bookmark([oil])
    assert raw_of(full, "history", last) == data
    found = [finding for finding in examine(full, now=NOW) if finding.code is Code.HISTORY_INCONSISTENT]
    assert set(found[0].ids) == {last, "half"}
    repair(full, now=NOW)
    assert not [finding for finding in examine(full, now=NOW) if finding.code is Code.HISTORY_INCONSISTENT]
    assert json.loads(data)["title"] in (full / "damaged-1" / "history.json").read_text()


def test_a_damaged_rule_or_search_has_no_effect(full: Path, clock: Any):
    found = documents(full)
    put_raw(
        full,
        {
            "rules": {"bad": damaged(found["rules"], ("query",), "null")},
            "searches": {"bad": damaged({**found["searches"], "name": "bad"}, ("query",), "[]")},
        },
    )
    with reopened(full, clock) as library:
        (rule,) = [rule for rule in library.tag_rules.all() if rule.id == "bad"]
        assert rule.error and rule.tags == ()
        added = library.importing.add_bytes("new.md", b"---\ntitle: New\n---\n\nNothing of note.\n")
        assert library.articles.get(added.id).tags == ()


def test_a_library_in_one_line_of_json_with_damaged_documents_opens(full: Path, tmp_path: Path, clock: Any):
    """Another program can write such a file, with a correct checksum."""
    import re
    import zlib

    folder = Path(shutil.copytree(full, tmp_path / "copy"))
    with open_database(folder) as database:
        database.catalog.fold()
    path = folder / "catalog.json"
    tables = json.loads(path.read_bytes())
    tables["articles"]["x1"], tables["articles"]["x2"] = {"title": 7}, [7]
    tables["searches"]["x3"] = None
    data = json.dumps(tables, separators=(",", ":")).encode()
    data = re.sub(rb'"crc32":"[0-9a-f]{8}"', b'"crc32":"00000000"', data, count=1)
    path.write_bytes(data.replace(b'"crc32":"00000000"', b'"crc32":"%08x"' % zlib.crc32(data), 1))
    with reopened(folder, clock) as library:
        assert library.workspace.database.damage is None
        assert [library.articles.get(key).title for key in ("x1", "x2")] == ["Untitled", "Untitled"]
        assert library.bookmark(["x1", "x2"]) == ["x1", "x2"]


def test_a_missing_field_is_a_problem():
    assert damaged({"a": 1, "b": {"c": 2}}, ("b", "c"), MISSING) == b'{"a": 1, "b": {}}'
