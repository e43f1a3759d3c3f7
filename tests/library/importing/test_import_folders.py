import os

import pytest

from library.errors import ImportFailed
from library.importing.folders import find_sources


@pytest.fixture
def folder(tmp_path):
    for name in ("b.md", "a.txt", "sub/c.html", "sub/c_files/script.js", "sub/c_files/frame.html", "sub/picture.JPG",
                 ".hidden/x.md", ".x.md", "own_files/d.md", "noext"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")
    return tmp_path


def names(folder):
    return [str(found.relative_to(folder)) for found in find_sources(folder)]


def test_a_folder_gives_its_articles_sorted_and_nothing_else(folder):
    assert names(folder) == ["a.txt", "b.md", "noext", "own_files/d.md", "sub/c.html"]


def test_a_file_that_is_named_is_always_tried(folder):
    picture = folder / "sub/picture.JPG"
    assert list(find_sources(str(picture))) == [picture]
    assert list(find_sources(folder / ".x.md")) == [folder / ".x.md"]


@pytest.mark.parametrize("missing", ["absent.md", "absent/folder", "nul\0name"])
def test_what_is_missing_is_named_with_its_reason(tmp_path, missing):
    (failure,) = find_sources(f"{tmp_path}/{missing}")
    assert isinstance(failure, ImportFailed)
    assert missing in failure.source and failure.reason


def test_links_in_circles_end_and_dead_links_are_named(folder):
    (folder / "sub/loop").symlink_to(folder, target_is_directory=True)
    (folder / "dead.md").symlink_to(folder / "nowhere.md")
    found = list(find_sources(folder))
    assert [item.source for item in found if isinstance(item, ImportFailed)] == [str(folder / "dead.md")]
    assert len(found) == 6


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_named_and_the_rest_goes_on(folder):
    (folder / "sub").chmod(0)
    (folder / "a.txt").chmod(0)
    try:
        found = list(find_sources(folder))
    finally:
        (folder / "sub").chmod(0o700)
    assert [type(item).__name__ for item in found].count("ImportFailed") == 2
    assert folder / "b.md" in found
