"""Importing new, known and changed articles, and keeping the notes on them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fakes import FakeClock, markdown

import library.importing.batch as batch
from library import Library
from library.errors import StoreUnwritable
from library.importing.registry import Found
from library.importing.source import Source
from library.models import ImportStatus, Position
from library.store.texts import read_text

URL = "https://news.example.org/strike"
BODY = "The union said no on Thursday.\n\nTalks with the operator broke off.\n\nNo date has been set."


def strike(body: str = BODY, title: str = "Strike", **fields: str) -> bytes:
    return markdown(title, body, **{"url": URL, "date": "2021-03-04", **fields})


def statuses(library: Library, *paths: Path, dry_run: bool = False) -> list[tuple[str, str]]:
    return [(Path(o.source).name, str(o.status)) for o in library.add(*paths, dry_run=dry_run)]


def test_a_new_article_is_a_file_that_can_be_read_without_the_program(library: Library):
    outcome = library.importing.add_bytes("a.md", strike(tags="[harbour]"))
    article = library.articles.get(outcome.id)
    assert article.text == f"texts/2021/03/2021-03-04-strike-{article.id[:6]}.md"
    content = (library.path / article.text).read_text("utf-8")
    assert content.startswith(f"---\nid: {article.id}\ntitle: Strike\n")
    assert content.endswith(f"---\n\n{BODY}\n")
    assert library.articles.body(article.id) == BODY


def test_an_address_has_the_same_id_wherever_it_is_imported(
    library: Library, tmp_path: Path, clock: FakeClock
):
    outcome = library.importing.add_bytes("a.md", strike())
    with Library.open(tmp_path / "other", clock=clock) as other:
        assert (
            other.importing.add_bytes("other name.md", strike(title="Other", body="Other.")).id == outcome.id
        )
    assert len(outcome.id) == 16 and outcome.id.islower()


@pytest.mark.parametrize(
    "data", [strike(), b"# No address\n\nSome words.\n", strike(tags="[other]", author="Someone")]
)
def test_a_second_import_is_a_duplicate_and_changes_nothing(library: Library, data: bytes):
    first = library.importing.add_bytes("a.md", strike() if b"url" in data else data)
    before = (library.path / "catalog.json").read_bytes()
    files = sorted(library.path.rglob("*"))
    again = library.importing.add_bytes("b.md", data, tags=["late"])
    assert (again.status, again.id) == (ImportStatus.DUPLICATE, first.id)
    assert (library.path / "catalog.json").read_bytes() == before
    assert sorted(library.path.rglob("*")) == files


def test_the_same_text_without_its_address_is_a_duplicate(library: Library):
    first = library.importing.add_bytes("a.md", strike())
    again = library.importing.add_bytes("b.md", markdown("Strike", BODY))
    assert (again.status, again.id) == (ImportStatus.DUPLICATE, first.id)


def test_the_same_text_at_another_address_or_under_another_title_is_another_article(library: Library):
    library.importing.add_bytes("a.md", strike())
    assert (
        library.importing.add_bytes("b.md", strike(url="https://else.example.org/x")).status
        is ImportStatus.ADDED
    )
    assert library.importing.add_bytes("c.md", markdown("Other headline", BODY)).status is ImportStatus.ADDED
    assert library.articles.count() == 3


def test_a_changed_text_updates_the_article_and_keeps_the_previous_text(library: Library):
    key = library.importing.add_bytes("a.md", strike(tags="[one]")).id
    library.bookmark([key])
    library.tag([key], ["mine"])
    library.articles.save_position(key, Position(9, 0.1))
    previous = library.articles.get(key)
    outcome = library.importing.add_bytes(
        "a.md", strike(BODY + "\n\nMore.", title="Strike goes on", tags="[two]")
    )
    article = library.articles.get(key)
    assert (outcome.status, outcome.id) == (ImportStatus.UPDATED, key)
    assert (article.title, article.added, article.tags) == (
        "Strike goes on",
        previous.added,
        ("one", "mine", "two"),
    )
    assert article.state == previous.state
    assert library.articles.body(key).endswith("More.")
    (revision,) = article.revisions
    assert (revision.text, revision.text_sha256) == (previous.text, previous.text_sha256)
    assert read_text(library.path, revision.text) == BODY


def test_an_updated_article_has_each_tag_once_however_it_is_capitalised(library: Library):
    library.importing.add_bytes("a.md", strike(tags="[Harbour]"))
    outcome = library.importing.add_bytes("a.md", strike(BODY + " Soon.", tags="[harbour, union]"))
    assert outcome.status is ImportStatus.UPDATED
    assert library.articles.get(outcome.id).tags == ("Harbour", "union")


def test_adding_a_trashed_article_again_leaves_it_in_the_trash(library: Library):
    key = library.importing.add_bytes("a.md", strike()).id
    library.articles.trash([key])
    assert library.importing.add_bytes("a.md", strike()).status is ImportStatus.DUPLICATE
    assert library.search.ids() == []
    assert library.search.ids("is:trashed") == [key]


def test_notes_follow_their_words_into_the_new_text_and_back(library: Library):
    key = library.importing.add_bytes("a.md", strike()).id
    kept = library.note(key, "kept", quote="Talks with the operator")
    lost = library.note(key, "lost", quote="No date has been set")
    whole = library.note(key, "whole")
    library.importing.add_bytes(
        "a.md", strike("Updated at noon.\n\n" + BODY.replace("No date has been set.", "Monday it is."))
    )
    text = library.articles.document(key).text
    moved = library.annotations.get(kept.id)
    assert moved.quote is not None and kept.quote is not None
    assert text[moved.quote.start : moved.quote.end] == "Talks with the operator"
    assert moved.quote.start == kept.quote.start + len("Updated at noon.\n\n")
    assert library.annotations.get(lost.id).orphan and library.annotations.get(lost.id).quote == lost.quote
    assert library.search.ids("is:orphaned") == [key]
    assert library.annotations.get(whole.id) == whole
    library.importing.add_bytes("a.md", strike())
    assert library.annotations.get(lost.id) == lost
    assert library.annotations.get(kept.id) == kept
    assert library.search.ids("is:orphaned") == []


def test_many_files_are_imported_each_on_its_own(library: Library, tmp_path: Path):
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "a.md").write_bytes(strike())
    (tmp_path / "in" / "b.md").write_bytes(b"")
    (tmp_path / "in" / "c.bin2").write_bytes(b"\x00\x01\x02" * 9)
    (tmp_path / "in" / "deep" / "d.md").write_bytes(strike())
    outcomes = list(library.add(tmp_path / "in", tmp_path / "missing.md"))
    assert [(Path(o.source).name, str(o.status)) for o in outcomes] == [
        ("a.md", "added"), ("b.md", "failed"), ("c.bin2", "failed"), ("d.md", "duplicate"), ("missing.md", "failed"),
    ]  # fmt: skip
    assert all(outcome.error.endswith(".") for outcome in outcomes if outcome.status is ImportStatus.FAILED)
    assert "no such file" in outcomes[-1].error


def test_a_file_that_breaks_a_parser_is_reported_and_the_rest_is_imported(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_bytes(strike(url=f"https://example.org/{name}"))
    read = batch.read_articles

    def stumble(source: Source, today: date, *, many: bool) -> Iterator[Found]:
        if source.name.endswith("a.md"):
            raise RecursionError("too deep")
        return read(source, today, many=many)

    monkeypatch.setattr(batch, "read_articles", stumble)
    first, second = library.add(tmp_path / "a.md", tmp_path / "b.md")
    assert (first.status, second.status) == (ImportStatus.FAILED, ImportStatus.ADDED)
    assert first.error == "it cannot be read as an article (RecursionError: too deep)."


def test_a_dry_run_reports_what_would_happen_and_changes_nothing(library: Library, tmp_path: Path):
    for name, data in {"a.md": strike(), "b.md": strike(), "c.md": strike("Other."), "d.md": b""}.items():
        (tmp_path / name).write_bytes(data)
    paths = sorted(tmp_path.glob("*.md"))
    supposed = statuses(library, *paths, dry_run=True)
    assert not library.path.exists()
    assert statuses(library, *paths) == supposed
    assert [status for _, status in supposed] == ["added", "duplicate", "updated", "failed"]


def test_more_files_than_fit_in_one_write_are_imported(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(batch, "BATCH", 3)
    for number in range(8):
        (tmp_path / f"{number}.md").write_bytes(f"# Article {number}\n\nText {number}.\n".encode())
    outcomes = library.importing.iter_add(tmp_path)
    for _ in range(3):
        next(outcomes)
    with Library.open(library.path) as other:
        assert other.articles.count() >= 3
    assert sum(outcome.status is ImportStatus.ADDED for outcome in outcomes) == 5
    assert library.articles.count() == 8


def test_an_import_that_cannot_be_written_leaves_the_catalogue_unchanged(
    library: Library, monkeypatch: pytest.MonkeyPatch
):
    library.importing.add_bytes("a.md", strike())
    before = (library.path / "catalog.json").read_bytes()
    texts = library.path / "texts" / "2022"
    texts.write_text("in the way")
    with pytest.raises(StoreUnwritable, match="2022"):
        library.importing.add_bytes("b.md", strike(url="https://example.org/b", date="2022-01-01"))
    assert (library.path / "catalog.json").read_bytes() == before
    assert library.articles.count() == 1


def test_titles_from_outside_make_safe_file_names(library: Library):
    for number, title in enumerate(
        ["../../etc/passwd", "x" * 490, "港口罢工" * 40, "...", "CON", "a\x00b/c\\d"]
    ):
        quoted = title.replace("\\", "\\\\").replace("\x00", "\\0")
        outcome = library.importing.add_bytes(
            "a.md", markdown(f'"{quoted}"', "Words.", url=f"https://example.org/{number}")
        )
        path = library.path / library.articles.get(outcome.id).text
        assert path.resolve().is_relative_to(library.path / "texts")
        assert path.is_file() and len(path.name.encode()) < 140
