import os
import socket
from pathlib import Path

import pytest

from library.errors import FormRefused, ImportFailed
from library.importing import source
from library.importing.folders import find_sources
from library.importing.source import READ_LIMIT, read_source


@pytest.fixture
def folder(tmp_path):
    for name in ("b.md", "a.txt", "sub/c.html", "sub/c_files/script.js", "sub/c_files/frame.html", "sub/picture.JPG",
                 ".hidden/x.md", ".x.md", "own_files/d.md", "noext"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")
    return tmp_path


def names(folder):
    return [str(found.relative_to(folder)) for found in find_sources(folder) if isinstance(found, Path)]


def skipped(folder):
    found = [item for item in find_sources(folder) if isinstance(item, FormRefused)]
    return {str(Path(item.source).relative_to(folder)): item.reason for item in found}


def test_a_folder_gives_only_its_articles_sorted(folder):
    assert names(folder) == ["a.txt", "b.md", "noext", "own_files/d.md", "sub/c.html"]


def test_a_file_that_is_named_is_always_tried(folder):
    picture = folder / "sub/picture.JPG"
    assert list(find_sources(str(picture))) == [picture]
    assert list(find_sources(folder / ".x.md")) == [folder / ".x.md"]


@pytest.mark.parametrize("missing", ["absent.md", "absent/folder", "nul\0name"])
def test_a_missing_file_is_reported_with_a_reason(tmp_path, missing):
    (failure,) = find_sources(f"{tmp_path}/{missing}")
    assert isinstance(failure, ImportFailed)
    assert missing in failure.source and failure.reason


def test_circular_links_are_followed_once_and_dead_links_are_reported(folder):
    (folder / "sub/loop").symlink_to(folder, target_is_directory=True)
    (folder / "dead.md").symlink_to(folder / "nowhere.md")
    failed = [item for item in find_sources(folder) if isinstance(item, ImportFailed)]
    failed = [item.source for item in failed if not isinstance(item, FormRefused)]
    assert failed == [str(folder / "dead.md")]
    assert len(names(folder)) == 5
    assert skipped(folder)["sub/loop"] == "is a link to a folder that holds it."


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_reported_and_the_rest_is_found(folder):
    (folder / "sub").chmod(0)
    (folder / "a.txt").chmod(0)
    try:
        found = list(find_sources(folder))
    finally:
        (folder / "sub").chmod(0o700)
    assert [type(item).__name__ for item in found].count("ImportFailed") == 2
    assert folder / "b.md" in found


def test_a_skipped_file_in_a_folder_is_reported_with_a_reason(folder):
    for name in ("paper.PDF", "book.epub", "table.xlsx", "songs.zip", "film.mp4"):
        (folder / name).write_text("x", encoding="utf-8")
    os.mkfifo(folder / "pipe")
    reasons = skipped(folder)
    assert set(reasons) == {
        ".hidden", ".x.md", "sub/c_files", "sub/picture.JPG", "paper.PDF", "book.epub", "table.xlsx", "songs.zip",
        "film.mp4", "pipe",
    }  # fmt: skip
    assert all(reason.endswith(".") for reason in reasons.values())
    assert "PDF" in reasons["paper.PDF"] and "pipe" in reasons["pipe"] and "hidden" in reasons[".x.md"]


@pytest.mark.parametrize(
    "address",
    ["https://n.example/1", "HTTP://n.example", "www.n.example/a", "ftp://n.example/x", "feed://n.example"],
)
def test_an_address_is_reported_as_not_yet_fetchable(address):
    (failure,) = find_sources(address)
    assert isinstance(failure, ImportFailed)
    assert failure.source == address and "cannot be fetched yet" in failure.reason


def test_an_address_of_a_file_is_that_file(folder):
    (folder / "a b.md").write_text("text", encoding="utf-8")
    assert list(find_sources(f"file://{folder}/a%20b.md")) == [folder / "a b.md"]
    (failure,) = find_sources(f"{folder}/n.example")
    assert "no such file" in failure.reason


def test_a_file_whose_name_looks_like_an_address_is_a_file(folder, monkeypatch):
    monkeypatch.chdir(folder)
    (folder / "www.n.example").write_text("text", encoding="utf-8")
    assert list(find_sources("www.n.example")) == [Path("www.n.example")]


def test_devices_sockets_and_endless_pipes_are_refused(tmp_path):
    with pytest.raises(ImportFailed, match="device"):
        read_source(Path("/dev/zero"))
    end = socket.socket(socket.AF_UNIX)
    end.bind(str(tmp_path / "s"))
    with pytest.raises(ImportFailed, match="socket"):
        read_source(tmp_path / "s")
    end.close()


def test_a_pipe_is_read_to_its_end_and_no_further(tmp_path):
    read_end, write_end = os.pipe()
    os.write(write_end, b"Words.")
    with pytest.raises(ImportFailed, match="sent nothing"):
        read_source(Path(f"/dev/fd/{read_end}"), patience=0.01)
    os.write(write_end, b"More words.")
    os.close(write_end)
    assert read_source(Path(f"/dev/fd/{read_end}")) == b"More words."
    os.close(read_end)
    os.mkfifo(tmp_path / "nobody")
    with pytest.raises(ImportFailed, match="pipe"):
        read_source(tmp_path / "nobody", patience=0.01)


def test_a_pipe_with_too_much_data_is_refused(monkeypatch):
    monkeypatch.setattr(source, "READ_LIMIT", 10)
    read_end, write_end = os.pipe()
    os.write(write_end, b"Eleven now.")
    os.close(write_end)
    with pytest.raises(ImportFailed, match="more than"):
        read_source(Path(f"/dev/fd/{read_end}"))
    os.close(read_end)


def test_a_file_that_is_too_large_is_refused_unread(tmp_path):
    with (tmp_path / "x").open("wb") as file:
        file.truncate(READ_LIMIT * 1000)
    with pytest.raises(ImportFailed, match="64 MB"):
        read_source(tmp_path / "x")
