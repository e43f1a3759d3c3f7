"""Exports of this program are restored unchanged, existing data is kept, and no note is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from fakes import FakeClock, FakeIds
from hypothesis import given, settings
from hypothesis import strategies as st

from library import Annotation, Article, ImportStatus, Library, PlaceMark, Position
from library.exporting.records import cleaned, exported_record, json_line
from library.importing.formats.jsonl import is_own_export
from library.models import HIGHLIGHT_COLOURS

JSONL, MARKDOWN = "jsonl", "markdown"


def article_of(library: Library, key: str) -> Article:
    """Return the article without the fields that depend on its library's folder."""
    return replace(library.articles.get(key), text="", revisions=(), images=())


def everything(
    library: Library,
) -> tuple[dict[str, Article], dict[str, str], dict[str, Annotation], dict[str, PlaceMark]]:
    keys = library.search.ids() + library.search.ids("is:trashed")
    articles = {key: article_of(library, key) for key in keys}
    bodies = {key: library.articles.body(key) for key in keys}
    notes = {one.id: one for key in keys for one in library.annotations.of(key)}
    return articles, bodies, notes, library.jump_marks.all()


WORDS = st.sampled_from(
    [
        "harbour",
        "strike",
        "the",
        "Ärger",
        "港町",
        "“quoted”",
        "<b>",
        "—",
        "# no",
        "---",
        "עברית",
        "\u200fx",
        "*a*",
        "1.",
        "> q",
    ]
)
PARAGRAPHS = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
BODIES = st.lists(PARAGRAPHS, min_size=1, max_size=4).map("\n\n".join)
NOTES = st.one_of(
    BODIES,
    st.sampled_from(
        [
            "<!-- annotations -->",
            '<!-- tuireader: {"id": "x"} -->',
            "### A heading\n\n> quoted",
            "\\<!-- annotations -->",
            "a\n\n\nb",
        ]
    ),
)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(lambda one: one.replace(tzinfo=UTC))
DAYS = st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2090, 1, 1)).map(date.isoformat))


def build(library: Library, data: st.DataObject) -> None:
    """Build a random library: articles with and without addresses, marks, tags, notes and highlights."""
    for number in range(data.draw(st.integers(0, 4))):
        day, tags = data.draw(DAYS), data.draw(st.lists(st.sampled_from(["a", "b/c", "Ü"]), unique=True))
        head = {"title": f"{data.draw(PARAGRAPHS)} {number}", "tags": tags, "custom": data.draw(PARAGRAPHS)}
        head |= {"date": day} if day else {}
        head |= {"url": f"https://example.org/{number}"} if data.draw(st.booleans()) else {}
        head |= {"updated": "2021-03-05T10:00:00+02:00", "authors": ["Jane Roe"], "agency": "AFP"}
        source = "---\n" + "".join(f"{name}: {json.dumps(value)}\n" for name, value in head.items())
        added = library.importing.add_bytes(f"{number}.md", f"{source}---\n\n{data.draw(BODIES)}\n".encode())
        if not added.id:
            continue
        annotate(library, added.id, data)
        length = len(library.articles.document(added.id).text)
        if length and data.draw(st.booleans()):
            letter = data.draw(st.sampled_from("abz"))
            library.jump_marks.set(letter, added.id, data.draw(st.integers(0, length - 1)))
        for mark in (library.bookmark, library.articles.mark_read, library.articles.trash):
            if data.draw(st.booleans()):
                mark([added.id])
        if data.draw(st.booleans()):
            library.articles.record_opened(added.id)
            library.articles.save_position(added.id, Position(data.draw(st.integers(0, 99)), 0.5))


def annotate(library: Library, key: str, data: st.DataObject) -> None:
    text = library.articles.document(key).text
    for _ in range(data.draw(st.integers(0, 4))):
        words = text.split()
        quote = data.draw(st.sampled_from(words)) if words and data.draw(st.booleans()) else None
        if quote and data.draw(st.booleans()):
            library.highlight(key, quote, colour=data.draw(st.sampled_from(HIGHLIGHT_COLOURS)))
        else:
            library.note(key, data.draw(NOTES), quote=quote, tags=data.draw(st.sampled_from([[], ["x"]])))


def two_libraries(stack: ExitStack) -> tuple[Library, Library, Path]:
    folder = Path(stack.enter_context(TemporaryDirectory()))
    opened = [
        stack.enter_context(Library.open(folder / name, clock=FakeClock(), new_id=FakeIds()))
        for name in ("one", "other")
    ]
    return opened[0], opened[1], folder


def test_a_quote_with_a_direction_mark_is_restored_whole() -> None:
    """Such a quote alone would lose the mark, which its text keeps because of other letters in it."""
    text = "עברית harbour \u200fx harbour and the rest"
    with ExitStack() as stack:
        one, other, folder = two_libraries(stack)
        key = one.importing.add_bytes("0.md", f"---\ntitle: Harbour\n---\n\n{text}\n".encode()).id
        one.jump_marks.set("a", key, text.index("\u200f"))
        one.highlight(key, "\u200fx harbour")
        one.note(key, "A note.", quote="harbour \u200fx")
        one.exporting.export([key], JSONL, folder / "out.jsonl")
        other.add(folder / "out.jsonl")
        assert everything(other) == everything(one)


@settings(max_examples=12)
@given(st.data())
def test_a_library_is_restored_unchanged(data: st.DataObject) -> None:
    with ExitStack() as stack:
        one, other, folder = two_libraries(stack)
        build(one, data)
        keys = one.search.ids() + one.search.ids("is:trashed")
        one.exporting.export(keys, JSONL, folder / "out.jsonl")
        if not keys:
            return
        assert {outcome.status for outcome in other.add(folder / "out.jsonl", dry_run=True)} == {"added"}
        assert {outcome.status for outcome in other.add(folder / "out.jsonl")} == {"added"}
        assert everything(other) == everything(one)
        assert all(not other.jump_marks.get(letter).lost for letter in other.jump_marks.all())
        for library in (one, other):
            before, changes = everything(library), library.path.joinpath("catalog.journal").read_bytes()
            assert {outcome.status for outcome in library.add(folder / "out.jsonl")} == {"duplicate"}
            assert everything(library) == before
            assert library.path.joinpath("catalog.journal").read_bytes() == changes
        other.exporting.export(keys, JSONL, folder / "again.jsonl")
        assert (folder / "again.jsonl").read_bytes() == (folder / "out.jsonl").read_bytes()


@settings(max_examples=10)
@given(st.data())
def test_notes_and_highlights_are_restored_from_markdown(data: st.DataObject) -> None:
    with ExitStack() as stack:
        one, other, folder = two_libraries(stack)
        build(one, data)
        keys = one.search.ids() + one.search.ids("is:trashed")
        one.exporting.export(keys, MARKDOWN, folder / "out")
        other.add(folder / "out")
        assert sorted(other.search.ids()) == sorted(keys)
        notes, there = everything(one)[2], everything(other)[2]
        assert {key: said(note) for key, note in there.items()} == {
            key: said(note) for key, note in notes.items()
        }
        before = everything(other)
        assert {outcome.status for outcome in other.add(folder / "out")} <= {"duplicate"}
        assert everything(other) == before


def said(note: Annotation) -> tuple[Any, ...]:
    quote = note.quote and note.quote.exact
    return (
        note.article,
        note.kind,
        quote,
        note.body.strip(),
        note.colour,
        note.tags,
        note.created,
        note.updated,
    )


@pytest.fixture
def exported(seeded: Library, tmp_path: Path) -> Path:
    key = seeded.search.ids("title:strike")[0]
    seeded.note(key, "Whose week?", quote="another week")
    seeded.highlight(key, "voted on Thursday", colour="green")
    seeded.bookmark([key])
    seeded.exporting.export("", JSONL, tmp_path / "out.jsonl")
    return tmp_path / "out.jsonl"


def statuses(library: Library, file: Path) -> list[str]:
    return sorted(str(outcome.status) for outcome in library.add(file))


def rewritten(file: Path, change: Callable[[dict[str, Any]], None]) -> None:
    records = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    for record in records:
        change(record)
    file.write_text("".join(f"{json.dumps(record)}\n" for record in records), "utf-8")


def test_two_versions_of_a_note_are_both_kept(seeded: Library, exported: Path) -> None:
    note = next(one for one in seeded.annotations.select() if one.body == "Whose week?")
    seeded.annotations.edit_note(note.id, "It is the drivers' week.")
    assert statuses(seeded, exported) == ["duplicate"] * 4 + ["updated"]
    bodies = {one.body for one in seeded.annotations.select()}
    assert bodies >= {"Whose week?", "It is the drivers' week."}
    assert statuses(seeded, exported) == ["duplicate"] * 5
    assert seeded.undo().title == "import 1 note or highlight"
    assert "Whose week?" not in {one.body for one in seeded.annotations.select()}


def test_a_note_that_was_only_continued_stays_one_note(seeded: Library, exported: Path) -> None:
    note = next(one for one in seeded.annotations.select() if one.body == "Whose week?")
    seeded.annotations.edit_note(note.id, "Whose week? The drivers'.")
    assert statuses(seeded, exported) == ["duplicate"] * 5
    assert len(seeded.annotations.select()) == 2


def test_notes_on_an_article_with_another_text_find_their_words(
    seeded: Library, exported: Path, tmp_path: Path
) -> None:
    text = "A new beginning. Dock workers voted on Thursday to stay out for another week."
    rewritten(exported, lambda record: record.update(body=text) if "Strike" in record["title"] else None)
    with Library.open(tmp_path / "other") as other:
        assert statuses(other, exported) == ["added"] * 5
        plain = other.articles.document(other.search.ids("title:strike")[0]).text
        for note in other.annotations.select():
            assert note.quote is not None
            assert note.orphan or plain[note.quote.start : note.quote.end] == note.quote.exact


def test_the_id_of_another_article_is_not_used(seeded: Library, exported: Path) -> None:
    key = seeded.search.ids("title:oil")[0]
    before = seeded.articles.body(key)

    def steal(record: dict[str, Any]) -> None:
        record.update(id=key, title="Another headline", url="", body="Quite another text.")

    exported.write_text(exported.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    rewritten(exported, steal)
    (outcome,) = seeded.add(exported)
    assert outcome.status is ImportStatus.ADDED
    assert outcome.id != key
    assert seeded.articles.body(key) == before
    assert seeded.articles.body(outcome.id) == "Quite another text."
    assert statuses(seeded, exported) == ["duplicate"]


def test_files_of_two_articles_with_similar_ids_stay_separate(tmp_path: Path) -> None:
    records = [
        {"tuireader": 1, "id": f"aaaaaa{letter * 10}", "title": "The same title", "body": f"Text {letter}."}
        for letter in "bc"
    ]
    file = tmp_path / "out.jsonl"
    file.write_text("".join(f"{json.dumps(record)}\n" for record in records), "utf-8")
    with Library.open(tmp_path / "library") as library:
        assert statuses(library, file) == ["added"] * 2
        assert {library.articles.body(key) for key in library.search.ids()} == {"Text b.", "Text c."}


def test_lines_that_cannot_be_read_are_reported_and_the_rest_is_imported(
    seeded: Library, exported: Path, tmp_path: Path
) -> None:
    lines = exported.read_text("utf-8").splitlines()
    damaged = [
        lines[0],
        lines[1][:80],
        "[]",
        '{"tuireader": 99, "id": "x"}',
        '{"tuireader": 1, "title": "No text"}',
        "",
        *lines[2:],
    ]
    exported.write_text("\n".join(damaged), "utf-8")
    with Library.open(tmp_path / "other") as other:
        outcomes = other.add(exported)
        failed = {outcome.source.rpartition(":")[2]: outcome.error for outcome in outcomes if outcome.error}
        assert sorted(failed) == ["2", "3", "4", "5"]
        assert "may be truncated" in failed["2"]
        assert "format 99" in failed["4"] and "Update tuireader" in failed["4"]
        assert other.articles.count() == 4


def test_a_jump_mark_whose_letter_is_in_use_is_unchanged(seeded: Library, tmp_path: Path) -> None:
    one, other = seeded.search.ids()[:2]
    seeded.jump_marks.set("a", one, 0)
    seeded.jump_marks.set("b", one, 0)
    seeded.exporting.export("", JSONL, tmp_path / "out.jsonl")
    with Library.open(tmp_path / "other") as library:
        library.add(tmp_path / "out.jsonl")
        library.jump_marks.set("a", other, 3)
        assert statuses(library, tmp_path / "out.jsonl") == ["duplicate"] * 5
        assert {letter: mark.article for letter, mark in library.jump_marks.all().items()} == {
            "a": other,
            "b": one,
        }


def test_a_jump_mark_finds_its_words_in_another_text(seeded: Library, tmp_path: Path) -> None:
    key = seeded.search.ids("title:strike")[0]
    text = seeded.articles.document(key).text
    mark = seeded.jump_marks.set("a", key, text.index("voted"))
    seeded.exporting.export([key], JSONL, tmp_path / "out.jsonl")
    rewritten(tmp_path / "out.jsonl", lambda record: record.update(body=f"Before.\n\n{record['body']}"))
    with Library.open(tmp_path / "other") as library:
        library.add(tmp_path / "out.jsonl")
        found = library.jump_marks.get("a")
        plain = library.articles.document(found.article).text
        assert not found.lost and plain[found.quote.start : found.quote.end] == mark.quote.exact


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("2021-03-04"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=25)
@given(st.data())
def test_no_value_of_any_field_stops_an_import(data: st.DataObject) -> None:
    with ExitStack() as stack:
        one, other, folder = two_libraries(stack)
        key = one.importing.add_bytes("a.md", b"# A title\n\nSome words of a text.\n").id
        one.jump_marks.set("a", key, 5)
        one.note(key, "A note.", quote="words")
        record: dict[str, Any] = cleaned(exported_record(one.exporting.whole_article(key)))
        place: Any = record
        name = data.draw(st.sampled_from(sorted(record)))
        if name in ("annotations", "marks", "position", "state") and data.draw(st.booleans()):
            place = record[name][0] if isinstance(record[name], list) else record[name]
            name = data.draw(st.sampled_from(sorted(place)))
        place[name] = data.draw(VALUES)
        file = folder / "out.jsonl"
        file.write_text(json_line(record) + "\n", "utf-8")
        outcomes = other.add(file)
        assert len(outcomes) == 1
        everything(other)
        for letter in other.jump_marks.all():
            other.jump_marks.get(letter)


def test_an_export_of_an_earlier_version_is_read(seeded: Library, exported: Path, tmp_path: Path) -> None:
    def older(record: dict[str, Any]) -> None:
        for name in ("tuireader", "updated", "origin", "marks", "state"):
            del record[name]

    rewritten(exported, older)
    with Library.open(tmp_path / "other") as other:
        assert statuses(other, exported) == ["added"] * 5
        assert sorted(other.search.ids()) == sorted(seeded.search.ids())
        assert len(other.search.ids("is:bookmarked")) == 1
        assert len(other.annotations.select()) == 2


@pytest.mark.parametrize(
    "start",
    [b"", b"{}", b"[1]", b'{"title": "x"}\n{"title": "y"}', b"plain text", b'{"tuireader"', b"\xff\xfe{"],
)
def test_other_json_is_not_our_export(start: bytes) -> None:
    assert not is_own_export(start)


def test_an_older_version_of_a_note_changes_nothing(
    seeded: Library, exported: Path, clock: FakeClock
) -> None:
    note = next(one for one in seeded.annotations.select() if one.kind == "highlight")
    clock.now += timedelta(days=1)
    seeded.annotations.recolour(note.id, "red")
    assert statuses(seeded, exported) == ["duplicate"] * 5
    assert seeded.annotations.get(note.id).colour == "red"
