"""Pictures of an article: which are stored at import, and how they are checked, backed up and deleted."""

from __future__ import annotations

import base64
import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from picture_files import jpeg_head, png

from library import Library, LibraryError
from library.importing import pictures
from library.maintenance.backup import restore
from library.maintenance.doctor import examine, repair
from library.store.pictures import Form, picture_form

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
RED, BLUE = png(), png(colour=(0, 0, 200))


def path_of(data: bytes) -> str:
    digest = hashlib.sha256(data).hexdigest()
    return f"images/{digest[:2]}/{digest}.png"


@pytest.fixture
def library(tmp_path: Path):
    with Library.open(tmp_path / "library", clock=lambda: NOW, timezone=UTC) as opened:
        yield opened


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    (folder / "pictures").mkdir(parents=True)
    return folder


def markdown(*lines: str, title: str = "Otters") -> str:
    return f"# {title}\n\nThe otters are back.\n\n" + "\n\n".join(lines) + "\n"


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def added(library: Library, source: Path):
    (outcome,) = library.add(source)
    assert outcome.status in ("added", "updated"), outcome
    return library.articles.get(outcome.id)


def kept(library: Library) -> list[str]:
    folder = library.path
    return sorted(path.relative_to(folder).as_posix() for path in folder.glob("images/*/*"))


def codes(library: Library) -> list[str]:
    return [finding.code for finding in examine(library.path, now=NOW)]


# Import


def test_a_picture_beside_a_markdown_file_is_kept_under_its_digest(library: Library, desk: Path):
    write(desk / "pictures" / "an otter.png", RED)
    article = added(library, write(desk / "a.md", markdown("![An otter](pictures/an%20otter.png)")))
    (image,) = article.images
    assert (image.path, image.alt, image.url) == (path_of(RED), "An otter", "pictures/an%20otter.png")
    assert library.articles.picture(image.path) == RED == (library.path / image.path).read_bytes()
    assert [article.id for article in library.select("has:image")] == [article.id]


def test_the_same_picture_is_kept_once(library: Library, desk: Path):
    for name in ("one", "two"):
        write(desk / f"{name}.png", RED)
        added(library, write(desk / f"{name}.md", markdown(f"![]({name}.png)", title=name)))
    assert kept(library) == [path_of(RED)]


def test_front_matter_gives_a_picture_its_caption(library: Library, desk: Path):
    write(desk / "lead.png", RED)
    head = "---\ntitle: Otters\nimage: {src: lead.png, caption: At noon, credit: Jane Roe}\n---\n"
    (image,) = added(library, write(desk / "a.md", f"{head}\nBack.\n")).images
    assert (image.path, image.caption, image.credit) == (path_of(RED), "At noon", "Jane Roe")


def test_a_picture_written_into_the_text_is_kept_as_a_file(library: Library, desk: Path):
    address = f"data:image/png;base64,{base64.b64encode(png(900, 700) * 1).decode()}"
    article = added(library, write(desk / "a.md", markdown(f"![An otter]({address})")))
    (image,) = article.images
    assert image.alt == "An otter"
    assert image.path in library.articles.body(article.id)
    assert "base64" not in library.articles.body(article.id)
    assert library.articles.picture(image.path) == png(900, 700)


def test_the_pictures_of_a_saved_page_are_kept(library: Library, desk: Path):
    (desk / "page_files").mkdir()
    write(desk / "page_files" / "lead.png", RED)
    inline = base64.b64encode(BLUE).decode()
    icon = base64.b64encode(png(16, 16)).decode()
    words = "".join(f"<p>The otters came back to the canal at noon, said speaker {n}.</p>" for n in range(9))
    page = f"""<!doctype html><html><head><title>Otters</title>
    <meta property="og:image" content="https://news.example.org/big/lead.png">
    <link rel="canonical" href="https://news.example.org/otters"></head><body><article><h1>Otters</h1>
    <figure><img src="./page_files/lead.png" alt="Two otters"><figcaption>At noon.</figcaption></figure>{words}
    <figure><img src="data:image/png;base64,{inline}"><figcaption>The canal.</figcaption></figure>
    <img src="data:image/png;base64,{icon}"><img src="https://news.example.org/far.png">
    </article></body></html>"""
    article = added(library, write(desk / "page.html", page))
    assert [(image.path, image.caption) for image in article.images] == [
        (path_of(RED), "At noon."),
        (path_of(BLUE), "The canal."),
    ]
    assert article.images[0].url == "https://news.example.org/big/lead.png"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("dot.png", png(1, 1)),
        ("bomb.png", png(1, 1)[:16] + b"\0\1\0\0\0\1\0\0" + png(1, 1)[24:]),
        ("text.png", b"no picture at all"),
        ("cut.png", RED[:20]),
        ("../outside.png", RED),
        ("https://news.example.org/a.png", RED),
    ],
)
def test_a_file_that_is_not_a_picture_or_too_large_or_elsewhere_stays_an_address(
    library: Library, desk: Path, name: str, content: bytes
):
    if "://" not in name:
        write(desk / name, content)
    article = added(library, write(desk / "a.md", markdown(f"![Words]({name})")))
    assert article.images == ()
    assert kept(library) == []
    assert f"]({name})" in library.articles.body(article.id)


def test_a_link_out_of_the_folder_is_not_followed(library: Library, desk: Path, tmp_path: Path):
    (desk / "a.png").symlink_to(write(tmp_path / "secret.png", RED))
    assert added(library, write(desk / "a.md", markdown("![](a.png)"))).images == ()


def test_a_file_above_the_limit_is_left(library: Library, desk: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pictures, "BYTES", len(RED) - 1)
    write(desk / "a.png", RED)
    assert added(library, write(desk / "a.md", markdown("![](a.png)"))).images == ()


def test_a_limited_number_of_pictures_per_article_is_kept(
    library: Library, desk: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pictures, "PICTURES", 2)
    for number in range(4):
        write(desk / f"{number}.png", png(10 + number))
    article = added(library, write(desk / "a.md", markdown(*(f"![]({number}.png)" for number in range(4)))))
    assert [image.url for image in article.images] == ["0.png", "1.png"]


def test_a_dry_run_keeps_no_picture(library: Library, desk: Path):
    write(desk / "a.png", RED)
    list(library.add(write(desk / "a.md", markdown("![](a.png)")), dry_run=True))
    assert kept(library) == []


def test_pictures_that_come_later_are_added_to_the_article(library: Library, desk: Path):
    source = write(desk / "a.md", markdown("![](a.png)"))
    first = added(library, source)
    library.note(first.id, "A note", quote="otters")
    write(desk / "a.png", RED)
    second = added(library, source)
    assert (second.id, second.images[0].path, second.revisions) == (first.id, path_of(RED), ())
    (outcome,) = library.add(source)
    assert outcome.status == "duplicate"
    assert [note.orphan for note in library.annotations.of(first.id)] == [False]


# Stored pictures


def test_a_picture_is_deleted_with_the_last_article_that_uses_it(library: Library, desk: Path):
    write(desk / "a.png", RED)
    one, two = (
        added(library, write(desk / f"{name}.md", markdown("![](a.png)", title=name))) for name in "12"
    )
    library.articles.trash([one.id])
    library.maintenance.empty_trash()
    assert kept(library) == [path_of(RED)]
    library.articles.trash([two.id])
    library.maintenance.empty_trash()
    assert kept(library) == []


def test_a_picture_stays_for_an_import_that_can_be_redone(library: Library, desk: Path):
    write(desk / "a.png", RED)
    one = added(library, write(desk / "1.md", markdown("![](a.png)", title="One")))
    library.articles.trash([one.id])
    two = added(library, write(desk / "2.md", markdown("![](a.png)", title="Two")))
    library.undo()
    library.maintenance.empty_trash([one.id])
    library.redo()
    assert library.articles.picture(library.articles.get(two.id).images[0].path) == RED


def test_the_doctor_finds_what_is_wrong_with_pictures(library: Library, desk: Path):
    write(desk / "a.png", RED)
    write(desk / "b.png", BLUE)
    added(library, write(desk / "a.md", markdown("![](a.png)", "![](b.png)")))
    assert codes(library) == []
    (library.path / path_of(RED)).unlink()
    (library.path / path_of(BLUE)).write_bytes(bytes(len(BLUE)))
    assert codes(library) == ["image-missing", "image-damaged"]
    list(library.add(desk / "a.md"))
    assert codes(library) == []


def test_an_unused_picture_is_set_aside(library: Library, desk: Path):
    added(library, write(desk / "a.md", markdown()))
    stray = library.path / path_of(RED)
    stray.parent.mkdir(parents=True)
    stray.write_bytes(RED)
    os.utime(stray, (NOW.timestamp(), NOW.timestamp()))
    assert codes(library) == [], "an import may be about to refer to it"
    previous = (NOW - timedelta(hours=2)).timestamp()
    os.utime(stray, (previous, previous))
    assert codes(library) == ["unused-image"]
    assert [finding.code for finding in repair(library.path, now=NOW)] == ["unused-image"]
    assert (library.path / "damaged-1" / path_of(RED)).read_bytes() == RED


def test_a_backup_has_the_pictures(library: Library, desk: Path, tmp_path: Path):
    write(desk / "a.png", RED)
    added(library, write(desk / "a.md", markdown("![](a.png)")))
    library.maintenance.back_up(tmp_path / "library.zip")
    assert restore(tmp_path / "library.zip", tmp_path / "other", now=NOW).findings == ()
    assert (tmp_path / "other" / path_of(RED)).read_bytes() == RED


@pytest.mark.parametrize(
    "path", ["images/../catalog.json", "catalog.json", "/etc/hostname", "images/no.png", ""]
)
def test_only_pictures_of_the_library_are_read(library: Library, desk: Path, path: str):
    added(library, write(desk / "a.md", markdown()))
    with pytest.raises(LibraryError):
        library.articles.picture(path)


# Formats


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (RED, Form("png", 240, 120)),
        (b"GIF89a" + b"\x40\x01\xf0\x00", Form("gif", 320, 240)),
        (jpeg_head(517, 606), Form("jpg", 517, 606)),
        (b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + b"\x3f\x01\x00\xef\x00\x00", Form("webp", 320, 240)),
        (b"RIFF\0\0\0\0WEBPVP8 " + bytes(10) + b"\x40\x01\xf0\x00", Form("webp", 320, 240)),
        (b"RIFF\0\0\0\0WEBPVP8L" + bytes(5) + (319 | 239 << 14).to_bytes(4, "little"), Form("webp", 320, 240)),
        (b"<svg width='5' height='5'/>", None),
        (b"%PDF-1.7", None),
        (b"", None),
    ],
)  # fmt: skip
def test_a_picture_is_recognised_by_its_bytes(data: bytes, form: Form | None):
    assert picture_form(data) == form


HEADS = (RED, b"GIF89a", jpeg_head(5, 5), b"RIFF\0\0\0\0WEBPVP8X", b"RIFF\0\0\0\0WEBPVP8L", b"\xff\xd8\xff")


@given(st.sampled_from(HEADS), st.integers(0, 60), st.binary(max_size=60))
def test_any_bytes_are_a_picture_or_none(head: bytes, length: int, rest: bytes):
    form = picture_form(head[:length] + rest)
    assert form is None or (form.width > 0 and form.height > 0)
