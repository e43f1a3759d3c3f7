"""``export``: what scripts rely on."""

from __future__ import annotations

from pathlib import Path

from commandline import CommandLine, run_program


def test_a_query_is_written_as_markdown_files(tuireader: CommandLine, tmp_path: Path) -> None:
    before, shelf = tuireader.contents(), tmp_path / "shelf"
    printed = tuireader("export", "tag:harbour", "--format", "markdown", "-o", shelf)
    assert printed.out == f"1 article written to {shelf}.\n"
    (file,) = shelf.iterdir()
    assert file.name.startswith("2021-03-04-harbour-strike-enters-third-week-")
    assert "title: Harbour Strike Enters Third Week\n" in file.read_text("utf-8")
    again = tuireader("export", "--format", "markdown", "-o", shelf)
    assert again.out == f"3 articles written to {shelf}. 1 article already there, unchanged.\n"
    assert tuireader.contents() == before


def test_each_article_has_a_record(tuireader: CommandLine, tmp_path: Path) -> None:
    key = tuireader.id_of("harbour strike")
    record = tuireader("export", key, "--format", "markdown", "-o", tmp_path / "shelf", "--json").record
    assert (record["id"], record["status"], record["error"]) == (key, "written", None)
    assert Path(record["file"]).is_file()


def test_json_lines_on_standard_output_are_those_of_show(tuireader: CommandLine, tmp_path: Path) -> None:
    key = tuireader.id_of("harbour strike")
    tuireader("note", key, "Why?", "--quote", "another week")
    printed = tuireader("export", "--format", "jsonl", "-o", "-")
    shown = tuireader("show", key, "--json").record
    assert len(printed.records) == 4
    assert any(shown.items() <= record.items() for record in printed.records)
    file = tmp_path / "all.jsonl"
    tuireader("export", "--format", "jsonl", "-o", file)
    assert file.read_text("utf-8") == printed.out


def test_failures_are_reported_and_the_rest_is_written(tuireader: CommandLine, tmp_path: Path) -> None:
    key = tuireader.id_of("harbour strike")
    next(tuireader.folder.rglob("*harbour-strike*.md")).unlink()
    for output in ("-", tmp_path / "all.jsonl"):
        ended = tuireader("export", "--format", "jsonl", "-o", output, status=1)
        assert f"The text of “Harbour Strike Enters Third Week” ({key}) cannot be read" in ended.err
    assert len((tmp_path / "all.jsonl").read_text("utf-8").splitlines()) == 3
    taken = tuireader("export", "--format", "jsonl", "-o", tmp_path / "all.jsonl", status=1)
    assert "already exists and was not changed" in taken.err


def test_wrong_usage_is_reported(tuireader: CommandLine, tmp_path: Path) -> None:
    assert "name one with -o" in tuireader("export", "--format", "markdown", "-o", "-", status=2).err
    assert "--format" in tuireader("export", "-o", tmp_path, status=2).err
    assert "tag:" in tuireader("export", "tag:", "--format", "jsonl", "-o", "-", status=2).err


def test_files_are_exported_without_loading_the_face(tuireader: CommandLine, tmp_path: Path) -> None:
    arguments = [
        "--library",
        str(tuireader.folder),
        "export",
        "--format",
        "markdown",
        "-o",
        str(tmp_path / "s"),
    ]
    done = run_program(arguments)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "s").iterdir())) == 4
