"""The Python API: one text is one item, statements do their work, and an unknown format is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import markdown

from library import ExportStatus, ImportStatus, Library, LibraryError
from library.errors import UnknownFormat


def test_one_tag_is_one_tag(seeded: Library) -> None:
    key = seeded.search.ids("title:pottery")[0]
    seeded.tag([key], "harbour")
    assert seeded.articles.get(key).tags == ("craft", "harbour")
    seeded.tags.remove(key, "harbour")
    assert seeded.articles.get(key).tags == ("craft",)


def test_one_id_is_one_id(seeded: Library) -> None:
    key = seeded.search.ids("title:pottery")[0]
    assert seeded.bookmark(key) == [key]
    assert seeded.articles.mark_read(key) == [key]
    assert seeded.articles.known(key) == [key]
    assert [count.tag for count in seeded.tags.counts_of(key)] == ["craft"]
    assert seeded.articles.unread_count(key) == 0
    assert seeded.articles.all_marked(key, "bookmarked")
    assert len(seeded.calendar.days_of(key)) == 1
    assert seeded.stories.among(key) == []
    assert seeded.articles.trash(key) == [key]
    assert [article.id for article in seeded.maintenance.empty_trash(key)] == [key]


def test_one_tag_of_notes_rules_and_imports_is_one_tag(seeded: Library, tmp_path: Path) -> None:
    note = seeded.note(seeded.search.ids()[0], "A note.", tags="harbour")
    assert note.tags == ("harbour",)
    assert seeded.annotations.tag(note.id, "quay").tags == ("harbour", "quay")
    assert seeded.tag_rules.add("clay", "craft").tags == ("craft",)
    (tmp_path / "a.md").write_bytes(markdown("A title", "A text."))
    (outcome,) = seeded.add(tmp_path / "a.md", tags="harbour")
    assert seeded.articles.get(outcome.id).tags == ("harbour",)
    assert seeded.articles.get(
        seeded.importing.add_bytes("b.md", markdown("B", "B."), tags="quay").id
    ).tags == ("quay",)
    seeded.tags.merge("quay", "harbour")
    assert "quay" not in {count.tag for count in seeded.tags.counts()}


def test_values_that_are_not_text_are_rejected_with_their_type(seeded: Library, tmp_path: Path) -> None:
    article = seeded.select()[0]
    with pytest.raises(TypeError, match="Article: give its id"):
        seeded.bookmark([article])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="tags are one text or several, not int"):
        seeded.tag([article.id], 5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not bytes"):
        seeded.tag([article.id], b"harbour")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="pass several one by one"):
        seeded.add([tmp_path])  # type: ignore[arg-type]
    assert seeded.search.ids("is:bookmarked") == []


def test_adding_as_a_statement_imports(library: Library, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(markdown("A title", "A text."))
    seen = []
    library.add(tmp_path / "a.md", on_outcome=seen.append)
    assert library.articles.count() == 1
    assert [outcome.status for outcome in seen] == [ImportStatus.ADDED]


def test_exporting_as_a_statement_exports(seeded: Library, tmp_path: Path) -> None:
    seen = []
    seeded.exporting.export("tag:harbour", "markdown", tmp_path / "out", on_outcome=seen.append)
    assert len(list((tmp_path / "out").iterdir())) == 2
    assert [outcome.status for outcome in seen] == [ExportStatus.WRITTEN] * 2


@pytest.mark.parametrize("form", ["html", "", "MARKDOWN", "json"])
def test_an_unknown_format_is_rejected_and_the_known_ones_are_listed(
    seeded: Library, tmp_path: Path, form: str
) -> None:
    with pytest.raises(UnknownFormat, match="The formats are: markdown, jsonl") as caught:
        seeded.exporting.export("", form, tmp_path / "out")
    assert isinstance(caught.value, LibraryError | ValueError)
    assert not (tmp_path / "out").exists()
