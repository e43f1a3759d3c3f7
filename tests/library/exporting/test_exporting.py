"""Writing articles out, and importing what was written."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library import ExportRefused, ExportStatus, Library
from library.exporting.formats.markdown import markdown_file
from library.exporting.registry import FORMATS, ExportFormat
from library.importing.registry import parse
from library.store.disk import Disk

MARKDOWN, JSONL = "markdown", "jsonl"
STRIKE = "Harbour Strike Enters Third Week"


def _noted(seeded: Library) -> str:
    (key,) = seeded.search.ids('title:"harbour strike"')
    seeded.note(key, "Ask Ada. #idea\n\n<!-- annotations -->\n\nAnd Grace.", quote="another week")
    seeded.highlight(key, "The union", colour="green")
    seeded.note(key, "On the whole.")
    return key


def _same(article, body: str, file: Path) -> None:
    again = parse(file.read_bytes(), name=file.name, today=date(2021, 4, 1))
    for name in ("title", "authors", "published", "tags", "url", "source", "agency", "language"):
        assert getattr(again, name) == getattr(article, name), (name, file.name)
    assert again.body == body, file.name


def test_exported_markdown_is_imported_unchanged(seeded: Library, tmp_path: Path):
    _noted(seeded)
    outcomes = list(seeded.exporting.export("", MARKDOWN, tmp_path / "shelf"))
    assert [outcome.id for outcome in outcomes] == seeded.search.ids()
    assert {outcome.status for outcome in outcomes} == {ExportStatus.WRITTEN}
    for outcome in outcomes:
        _same(seeded.articles.get(outcome.id), seeded.articles.body(outcome.id), outcome.file)
    with Library.open(tmp_path / "other") as other:
        assert {one.status for one in other.add(tmp_path / "shelf")} == {"added"}
        assert sorted(other.search.ids()) == sorted(seeded.search.ids())


def test_exported_starter_articles_are_imported_unchanged(library: Library, tmp_path: Path):
    library.importing.add_starter_articles()
    outcomes = list(library.exporting.export("", MARKDOWN, tmp_path / "shelf"))
    assert len(outcomes) == 30
    for outcome in outcomes:
        again = parse(outcome.file.read_bytes(), name=outcome.file.name, today=date(2030, 1, 1))
        article = library.articles.get(outcome.id)
        assert (again.title, again.authors, again.published) == (
            article.title,
            article.authors,
            article.published,
        )
        assert (again.tags, again.body) == (article.tags, library.articles.body(outcome.id))


def test_spaces_at_the_ends_of_code_lines_survive_an_export(library: Library, tmp_path: Path):
    body = "Look:\n\n```\nfirst \n\n  second\t\n```\n\nSo it is."
    key = library.importing.add_bytes("code.md", f"---\ntitle: Code\n---\n\n{body}\n".encode()).id
    (outcome,) = library.exporting.export([key], MARKDOWN, tmp_path)
    assert library.articles.body(key) == body
    _same(library.articles.get(key), body, outcome.file)


LINES = st.lists(
    st.sampled_from(("words", "", "<!-- annotations -->", "---", "## Notes and highlights", "> q"))
)


@given(LINES, LINES)
def test_annotations_and_text_never_turn_into_each_other(whole_article, lines: list[str], noted: list[str]):
    body = "\n\n".join(["Beginning.", *(line for line in lines if line), "End."])
    notes = (replace(whole_article.annotations[0], body="\n".join([*noted, "note"])),)
    for below in (notes, ()):
        text = markdown_file(replace(whole_article, body=body, annotations=below))
        assert parse(text.encode(), name="x.md", today=date(2021, 4, 1)).body == body


@pytest.fixture(scope="module")
def whole_article(tmp_path_factory: pytest.TempPathFactory):
    with Library.open(tmp_path_factory.mktemp("whole")) as library:
        key = library.importing.add_bytes("x.md", b"---\ntitle: X\ndate: 2021-03-04\n---\nWords.\n").id
        library.note(key, "note")
        return library.exporting.whole_article(key)


def test_annotations_are_below_the_text_in_the_order_of_their_places(seeded: Library, tmp_path: Path):
    (outcome,) = seeded.exporting.export([_noted(seeded)], MARKDOWN, tmp_path)
    below = outcome.file.read_text("utf-8").partition("\n<!-- annotations -->\n")[2]
    heads = [line for line in below.splitlines() if line.startswith("### ")]
    kinds = [head.split(" · ")[0] for head in heads]
    assert kinds == ["### Note", "### Note", "### Highlight (green)"]
    assert heads[1].endswith(" · #idea")
    assert "\n> another week\n\nAsk Ada. #idea\n" in below
    assert "\n> The union\n" in below
    assert below.rstrip().endswith("> The union")


def test_files_are_named_as_in_the_library_and_a_taken_name_gets_a_number(seeded: Library, tmp_path: Path):
    (key,) = seeded.search.ids('title:"harbour strike"')
    name = Path(seeded.articles.get(key).text).name
    (tmp_path / name).write_text("mine", "utf-8")
    numbered = tmp_path / name.replace(".md", "-2.md")
    for status in (ExportStatus.WRITTEN, ExportStatus.PRESENT):
        (outcome,) = seeded.exporting.export([key], MARKDOWN, tmp_path)
        assert (outcome.status, outcome.file) == (status, numbered)
    assert (tmp_path / name).read_text("utf-8") == "mine"
    seeded.note(key, "More.")
    (outcome,) = seeded.exporting.export([key], MARKDOWN, tmp_path)
    assert outcome.file == tmp_path / name.replace(".md", "-3.md")
    assert len(list(tmp_path.glob("*.md"))) == 3


def test_a_broken_link_counts_as_a_taken_name(seeded: Library, tmp_path: Path):
    (key,) = seeded.search.ids('title:"harbour strike"')
    link = tmp_path / Path(seeded.articles.get(key).text).name
    link.symlink_to(tmp_path / "nowhere")
    (outcome,) = seeded.exporting.export([key], MARKDOWN, tmp_path)
    assert outcome.file.name.endswith("-2.md")
    assert not (tmp_path / "nowhere").exists()


def test_json_lines_contain_everything_about_each_article(seeded: Library, tmp_path: Path):
    key = _noted(seeded)
    file = tmp_path / "new" / "articles.jsonl"
    outcomes = list(seeded.exporting.export("tag:harbour", JSONL, file))
    records = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [record["id"] for record in records] == seeded.search.ids("tag:harbour")
    assert {outcome.file for outcome in outcomes} == {file}
    strike = next(record for record in records if record["id"] == key)
    assert strike["body"] == seeded.articles.body(key)
    assert strike["notes"] == 2
    assert [one["kind"] for one in strike["annotations"]] == ["note", "highlight", "note"]


def test_a_file_of_json_lines_is_never_replaced(seeded: Library, tmp_path: Path):
    file = tmp_path / "articles.jsonl"
    file.write_text("mine", "utf-8")
    with pytest.raises(ExportRefused, match="already exists and was not changed"):
        next(seeded.exporting.iter_export("", JSONL, file))
    assert file.read_text("utf-8") == "mine"
    assert {path.name for path in tmp_path.iterdir()} == {"library", "articles.jsonl"}


def _no_links(self: Disk, source: Path, target: Path) -> None:
    raise PermissionError(1, "Operation not permitted")


@pytest.mark.parametrize("links", [True, False])
def test_a_file_created_meanwhile_is_not_replaced(
    seeded: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
):
    if not links:
        monkeypatch.setattr(Disk, "link", _no_links)
    shelf = tmp_path / "shelf"
    going = seeded.exporting.iter_export("", JSONL, shelf / "articles.jsonl")
    next(going)
    (shelf / "articles.jsonl").write_text("theirs", "utf-8")
    with pytest.raises(ExportRefused, match="already exists"):
        list(going)
    assert [path.read_text("utf-8") for path in shelf.iterdir()] == ["theirs"]


def test_exports_work_on_a_disk_without_links(
    seeded: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Disk, "link", _no_links)
    outcomes = list(seeded.exporting.export("", MARKDOWN, tmp_path / "shelf"))
    assert sorted((tmp_path / "shelf").iterdir()) == sorted(outcome.file for outcome in outcomes)


def test_json_lines_get_their_name_only_when_complete(seeded: Library, tmp_path: Path):
    file = tmp_path / "out" / "articles.jsonl"
    going = seeded.exporting.iter_export("", JSONL, file)
    next(going)
    assert not file.exists()
    going.close()
    assert list(file.parent.iterdir()) == []


@pytest.mark.parametrize("form", [MARKDOWN, JSONL])
def test_unreadable_articles_are_reported_and_the_others_exported(seeded: Library, tmp_path: Path, form: str):
    (key,) = seeded.search.ids('title:"harbour strike"')
    (seeded.path / seeded.articles.get(key).text).unlink()
    outcomes = list(
        seeded.exporting.export([*seeded.search.ids(), "aaaaaaaaaaaaaaaa"], form, tmp_path / "out")
    )
    failed = [outcome for outcome in outcomes if outcome.status is ExportStatus.FAILED]
    assert [outcome.id for outcome in failed] == [key, "aaaaaaaaaaaaaaaa"]
    assert f"The text of “{STRIKE}”" in failed[0].error
    assert len(outcomes) == 6


@pytest.mark.parametrize("form", [MARKDOWN, JSONL])
def test_an_unwritable_folder_is_rejected(seeded: Library, tmp_path: Path, form: str):
    (tmp_path / "file").write_text("mine", "utf-8")
    for place in (tmp_path / "file" / "below", tmp_path / "a\0b", "~nobody-of-this-name/x"):
        with pytest.raises(ExportRefused, match=r"cannot be written|already exists"):
            list(seeded.exporting.export("", form, place))
    with pytest.raises(ExportRefused, match="already exists"):
        list(seeded.exporting.export("", form, tmp_path / "file"))


def test_exported_text_is_cleaned(seeded: Library, tmp_path: Path):
    (key,) = seeded.search.ids('title:"harbour strike"')
    text = seeded.path / seeded.articles.get(key).text
    text.write_text(text.read_text("utf-8") + "\n\x1b[31mred\x1b[0m \u202eover\n", "utf-8")
    (outcome,) = seeded.exporting.export([key], MARKDOWN, tmp_path / "shelf")
    list(seeded.exporting.export([key], JSONL, tmp_path / "one.jsonl"))
    assert "\nred over\n" in outcome.file.read_text("utf-8")
    record = json.loads((tmp_path / "one.jsonl").read_text("utf-8"))
    assert record["body"].endswith("red over")


def test_exporting_changes_nothing_in_the_library(seeded: Library, tmp_path: Path):
    before = {path: path.read_bytes() for path in seeded.path.rglob("*") if path.is_file()}
    list(seeded.exporting.export("", MARKDOWN, tmp_path / "shelf"))
    assert {path: path.read_bytes() for path in seeded.path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_every_format_writes_to_the_place_in_its_entry(seeded: Library, tmp_path: Path, form: ExportFormat):
    assert (form.writer().file_name is None) == form.in_one_file
    target = tmp_path / "out"
    outcomes = seeded.exporting.export("", form.name, target)
    assert {outcome.status for outcome in outcomes} == {ExportStatus.WRITTEN}
    assert target.is_file() == form.in_one_file
    pieces = list[str]()
    if form.in_one_file:
        list(seeded.exporting.iter_export("", form.name, pieces.append))
        assert "".join(pieces) == target.read_text("utf-8")
    else:
        with pytest.raises(ExportRefused, match="name a folder"):
            list(seeded.exporting.iter_export("", form.name, pieces.append))


def test_every_format_is_in_the_documentation():
    text = (Path(__file__).parents[3] / "docs" / "scripting.md").read_text("utf-8")
    assert not [form.name for form in FORMATS if f"`{form.name}`" not in text]
