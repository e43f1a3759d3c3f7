"""``tuireader add``: new sources, known ones, and unreadable ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commandline import ARTICLES, HARBOUR, CommandLine

FIELDS = {"source": str, "status": str, "id": str, "title": str, "error": type(None), "warning": type(None)}


def test_a_folder_is_imported_with_everything_below_it(fresh: CommandLine, sources: Path) -> None:
    below = sources / "more" / "below"
    below.mkdir(parents=True)
    (below / "deep.txt").write_text("A Deep Page\n\nIt lay two folders down, and was found all the same.\n")

    outcomes = fresh("add", sources, "--json").records

    assert {outcome["status"] for outcome in outcomes} == {"added"}
    assert {Path(outcome["source"]).name for outcome in outcomes} == {*ARTICLES, "deep.txt"}
    assert len(fresh.titles()) == 5


def test_an_outcome_has_the_fields_of_the_contract(fresh: CommandLine, sources: Path) -> None:
    outcome = fresh("add", sources / "harbour.md", "--json").record

    assert {name: type(value) for name, value in outcome.items()} == FIELDS
    assert outcome["title"] == "Harbour Strike Enters Third Week"
    assert outcome["id"] == fresh.id_of("harbour strike")


def test_many_sources_are_imported_in_order(fresh: CommandLine, sources: Path) -> None:
    paths = [str(sources / name) for name in ("tram.md", "harbour.md")]

    assert [outcome["source"] for outcome in fresh("add", *paths, "--json").records] == paths


def test_standard_input_is_a_source(fresh: CommandLine) -> None:
    outcome = fresh("add", "-", "--json", stdin=HARBOUR.encode()).record

    assert (outcome["source"], outcome["status"]) == ("-", "added")
    assert fresh.titles() == ["Harbour Strike Enters Third Week"]


@pytest.mark.parametrize("stdin", [b"", None], ids=["empty", "closed"])
def test_standard_input_without_a_text_is_a_failure_with_a_reason(
    fresh: CommandLine, stdin: bytes | None
) -> None:
    ended = fresh("add", "-", "--json", status=1, stdin=stdin)

    assert ended.record["status"] == "failed"
    assert ended.record["error"]
    assert "empty" in ended.err


def test_a_tag_is_added_to_all_imported_articles(fresh: CommandLine, sources: Path) -> None:
    fresh("add", sources, "--tag", "march", "--tag", "two words")

    assert len(fresh.titles('tag:march tag:"two words"')) == len(ARTICLES)
    assert "harbour" in fresh("list", "--json", "harbour strike").record["tags"]


def test_sources_may_be_on_both_sides_of_an_option(fresh: CommandLine, sources: Path) -> None:
    fresh("add", sources / "tram.md", "--tag", "march", sources / "harbour.md")

    assert len(fresh.titles("tag:march")) == 2


def test_a_second_add_is_a_duplicate_and_changes_nothing(tuireader: CommandLine, sources: Path) -> None:
    article = tuireader.id_of("harbour strike")
    tuireader("bookmark", article)
    tuireader("note", article, "Kept.", "--quote", "another week")
    shown, before = tuireader("show", article, "--json").record, tuireader.contents()

    outcomes = tuireader("add", sources, "--tag", "other", "--json").records

    assert [outcome["status"] for outcome in outcomes] == ["duplicate"] * len(ARTICLES)
    assert article in {outcome["id"] for outcome in outcomes}
    assert tuireader.contents() == before
    assert tuireader("show", article, "--json").record == shown


def test_a_dry_run_says_what_would_happen_and_changes_nothing(tuireader: CommandLine, tmp_path: Path) -> None:
    new = tmp_path / "new.txt"
    new.write_text("A New Page\n\nIt has not been in any library before this one.\n")
    before = tuireader.contents()

    ended = tuireader("add", new, "--dry-run", "--json")

    assert ended.record["status"] == "added"
    assert ended.record["title"] == "A New Page"
    assert tuireader.contents() == before
    assert "would be" in tuireader("add", new, "--dry-run").out.casefold()


def test_a_dry_run_makes_no_library(fresh: CommandLine, sources: Path) -> None:
    fresh("add", sources, "--dry-run")

    assert not fresh.folder.exists()


def test_a_newer_text_of_a_known_article_is_an_update_that_keeps_the_marks(
    tuireader: CommandLine, sources: Path
) -> None:
    article = tuireader.id_of("harbour strike")
    tuireader("bookmark", article)
    (sources / "harbour.md").write_text(HARBOUR + "\nOn Friday the talks went on.\n", "utf-8")

    outcome = tuireader("add", sources / "harbour.md", "--json").record

    assert (outcome["status"], outcome["id"]) == ("updated", article)
    shown = tuireader("show", article, "--json").record
    assert shown["bookmarked"] is True
    assert "talks went on" in shown["body"]


def test_unreadable_sources_are_named_with_their_reason_and_the_rest_imported(
    fresh: CommandLine, sources: Path, tmp_path: Path
) -> None:
    (sources / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (sources / "nothing.md").write_bytes(b"")
    (sources / "nul.txt").write_bytes(b"a\0b\0\0\0c" * 50)
    missing = tmp_path / "missing.md"

    ended = fresh("add", missing, sources, "--json", status=1)

    failed = {Path(record["source"]).name: record for record in ended.records if record["status"] == "failed"}
    assert set(failed) == {"missing.md", "picture.md", "nothing.md", "nul.txt"}
    for name, record in failed.items():
        assert record["error"]
        assert record["id"] is None
        assert f"{name}: {record['error']}" in ended.err
    assert sum(record["status"] == "added" for record in ended.records) == len(ARTICLES)
    assert len(fresh.titles()) == len(ARTICLES)


def test_skipped_files_in_a_folder_are_named_and_are_no_failure(fresh: CommandLine, sources: Path) -> None:
    (sources / "paper.pdf").write_bytes(b"%PDF-1.7")
    (sources / "export.csv").write_text("title,url\nCranes,https://n.example\n", "utf-8")

    ended = fresh("add", sources, "--json")

    skipped = {
        Path(record["source"]).name: record for record in ended.records if record["status"] == "skipped"
    }
    assert set(skipped) == {"paper.pdf", "export.csv"}
    assert all(record["error"] and record["id"] is None for record in skipped.values())
    assert ended.err == ""
    again = fresh("add", sources)
    assert "paper.pdf: is a PDF" in again.err
    assert "4 duplicate, 2 skipped" in again.out


def test_the_same_named_itself_is_a_failure(fresh: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "export.csv").write_text("title,url\nCranes,https://n.example\n", "utf-8")

    ended = fresh("add", tmp_path / "export.csv", "https://n.example/1", "/dev/zero", "--json", status=1)

    assert [record["status"] for record in ended.records] == ["failed"] * 3
    assert ["table" in ended.err, "fetched yet" in ended.err, "device" in ended.err] == [True] * 3


def test_failures_are_reported_only_on_standard_error(
    fresh: CommandLine, sources: Path, tmp_path: Path
) -> None:
    ended = fresh("add", sources, tmp_path / "missing.md", status=1)

    assert "missing.md" in ended.err
    assert "missing.md" not in ended.out
    assert "4 added, 1 failed" in ended.out


def test_a_broken_mixture_of_encodings_stops_nothing(fresh: CommandLine, tmp_path: Path) -> None:
    mixture = tmp_path / "mixture"
    mixture.mkdir()
    page = "<!doctype html><title>Ein Fährschiff</title><article><p>Die Fähre fährt wieder, heißt es. </p>"
    for number, data in enumerate(
        [
            page.encode("latin-1"),
            page.encode()[:-9],
            b"---\ntitle: [\n---\n\nBody.\n",
            b"\xff\xfe\x00",
            b"# \n",
        ]
    ):
        (mixture / f"{number}.txt").write_bytes(data)

    ended = fresh("add", mixture, "--json", status=1)

    assert len(ended.records) == 5
    assert all(bool(record["error"]) == (record["status"] == "failed") for record in ended.records)


def test_a_file_name_that_is_not_text_is_still_named(fresh: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / b"caf\xe9.txt".decode("utf-8", "surrogateescape")
    try:
        path.write_text("A Page With an Odd Name\n\nIts name is not in UTF-8, as on old disks.\n")
    except OSError:
        pytest.skip("this file system takes no file names but UTF-8")

    ended = fresh("add", path, "--json")

    assert ended.record["status"] == "added"
    ended.out.encode("utf-8")
    assert json.loads(ended.out)["source"] == str(path)


def test_add_without_a_source_is_wrong_usage(fresh: CommandLine) -> None:
    assert "SOURCE" in fresh("add", status=2).err


def test_a_library_created_by_add_has_no_starter_articles(fresh: CommandLine, sources: Path) -> None:
    fresh("add", sources)

    assert len(fresh.titles()) == len(ARTICLES)
    assert fresh("list", "--json", "tag:starter").records == []


def test_a_page_with_much_text_left_out_is_named(fresh: CommandLine, tmp_path: Path) -> None:
    text = "The crane drivers of the western basin laid down their work on Monday, and ships lay idle in the roads."
    left = "".join(
        f"<p>Witness number {n} told the court at length what had been said on the quay that day.</p>"
        for n in range(9)
    )
    page = f"<html><head><title>Cranes</title></head><body><article><h1>Cranes</h1><p>{text}</p><p>{text[::-1]}</p></article><aside>{left}</aside></body></html>"
    (tmp_path / "cranes.html").write_text(page)

    ended = fresh("add", tmp_path / "cranes.html")
    assert "cranes.html: check this one: about " in ended.err
    assert ended.out.splitlines()[-1] == "1 added, 1 to check"
    again = fresh("add", tmp_path / "cranes.html", "--json").record
    assert again["status"] == "duplicate"
    assert again["warning"].startswith("check this one: ")
