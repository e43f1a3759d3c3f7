"""Folders with files that may be articles are found by their names, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.importing import candidates
from library.importing.candidates import find_candidates


def write(folder: Path, *names: str) -> Path:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    return folder


def found(*folders: Path, **options: object) -> dict[str, list[str]]:
    some = find_candidates(folders, **options)  # type: ignore[arg-type]
    return {one.folder.name: [file.name for file in one.files] for one in some}


def test_pages_letters_exports_and_several_texts_are_found_the_most_first(tmp_path: Path):
    write(tmp_path / "saved", "a.html", "b.HTM", "c.mhtml", "photo.png")
    write(tmp_path / "mail", "one.eml")
    write(tmp_path / "dumps", "1.txt", "2.txt", "3.md", "4.txt")
    write(tmp_path / "notes", "todo.txt", "README.md")
    assert found(tmp_path) == {
        "dumps": ["1.txt", "2.txt", "3.md", "4.txt"],
        "saved": ["a.html", "b.HTM", "c.mhtml"],
        "mail": ["one.eml"],
    }


def test_programs_hidden_folders_links_pictures_of_pages_and_the_library_are_left_out(tmp_path: Path):
    write(tmp_path / "project", "pyproject.toml", "docs/index.html")
    write(tmp_path / ".cache", "a.html")
    write(tmp_path / "node_modules", "a.html")
    write(tmp_path / "pages", "story.html", "story_files/frame.html")
    library = write(tmp_path / "library", "a.md", "b.md", "c.md")
    (tmp_path / "link").symlink_to(tmp_path / "pages")
    assert found(tmp_path, tmp_path / "missing", apart=library) == {"pages": ["story.html"]}


def test_the_search_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write(tmp_path, "1/2/3/a.html", "1/2/3/4/b.html")
    assert list(found(tmp_path)) == ["3"]
    assert found(tmp_path, is_stopped=lambda: True) == {}
    write(tmp_path / "many", *(f"{number}.html" for number in range(9)))
    monkeypatch.setattr(candidates, "MOST", 4)
    assert len(found(tmp_path / "many")["many"]) == 4
