"""Adding articles inside the reader: asking, completing, pasting, progress, stopping, the report."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from library import Library
from library.importing import batch
from tuireader.dialogs.question import QuestionScreen
from tuireader.importing import sources
from tuireader.importing.commands import progress_in_words
from tuireader.importing.report import ReportScreen
from tuireader.importing.screen import ImportScreen
from tuireader.importing.sources import looks_like_sources, offers, sources_of
from tuireader.jobs import progress

FIRST, LAST = "The canal freezes", "The market opens"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "saved pages"
    folder.mkdir()
    for day, title in ((24, FIRST), (23, LAST)):
        name = title.lower().replace(" ", "-")
        text = f"---\ntitle: {title}\ndate: 2026-11-{day}\n---\nThe words of {name} are few.\n"
        (folder / f"{name}.md").write_text(text)
    (folder / "empty.md").write_text("")
    (folder / "photo.png").write_bytes(b"\x89PNG")
    return folder


async def ask(desk, path: object) -> None:
    await desk.press("i")
    assert isinstance(desk.app.screen, ImportScreen)
    await desk.press("ctrl+u")
    await desk.paste(str(path))
    await desk.press("enter")


def in_dialog(desk) -> str:
    """The words in the frame of a dialog, without its lines and what is beside it."""
    lines = [line.split("│")[1] for line in desk.lines() if line.count("│") > 1]
    return " ".join(" ".join(lines).split())


async def test_a_folder_comes_in_is_reported_and_is_undone_at_once(reader, pages):
    async with reader() as desk:
        await ask(desk, pages)
        assert desk.titles[:2] == [FIRST, LAST]
        assert "2 added, 1 failed, 1 skipped · I shows the report · u to undo" in desk.said
        await desk.press("u")
        assert len(desk.titles) == 7
        assert len(desk.on_disk().search.ids()) == 7


async def test_the_cursor_goes_to_what_came_in_unless_the_user_went_on(reader, pages, tmp_path):
    async with reader() as desk:
        (tmp_path / "undated.md").write_text("# An old letter\n\nIt has no date at all, and stands last.\n")
        await ask(desk, tmp_path / "undated.md")
        assert desk.at_cursor == "An old letter"
        await desk.press("g", "g", "enter")
        on_page = desk.on_page
        await desk.press("colon")
        await desk.paste(f"add {pages}")
        await desk.press("enter")
        assert "2 added" in desk.said and desk.on_page == on_page


async def test_the_report_names_reasons_and_goes_to_an_article(reader, pages):
    async with reader(size=(80, 24)) as desk:
        await ask(desk, pages)
        await desk.press("I")
        assert isinstance(desk.app.screen, ReportScreen)
        assert "2 added, 1 failed, 1 skipped" in desk.text
        assert "Failed · 1" in desk.text and "is empty." in desk.text
        await desk.press("j")
        assert "Skipped · 1" in desk.text and "is a picture (.png)." in desk.text
        await desk.press("enter")
        assert isinstance(desk.app.screen, ReportScreen)  # there is no article to go to
        await desk.press("G")
        assert "Added · 2" in desk.text
        await desk.press("enter")
        assert desk.on_page == LAST


async def test_the_same_files_are_duplicates_the_second_time(reader, pages):
    async with reader() as desk:
        await ask(desk, pages / "the-canal-freezes.md")
        assert "1 added" in desk.said
        await ask(desk, pages / "the-canal-freezes.md")
        assert "1 already there · I shows the report" in desk.said


async def test_a_path_is_completed(reader, pages):
    async with reader() as desk:
        await desk.press("i", "ctrl+u")
        await desk.paste(str(pages.parent / "SAVED"))
        assert "saved pages/" in desk.text
        await desk.press("tab")
        assert "the-canal-freezes.md" in desk.text and "photo.png" not in desk.text
        await desk.press("down", "tab", "enter")
        assert desk.titles[0] == FIRST


async def test_what_cannot_be_imported_is_said_in_the_dialog(reader, tmp_path):
    async with reader() as desk:
        await ask(desk, "https://news.example.org/tram")
        assert "addresses cannot be fetched yet" in in_dialog(desk)
        await desk.press("ctrl+u")
        await desk.paste(str(tmp_path / "nothing.md"))
        await desk.press("enter")
        assert "there is no such file or folder." in in_dialog(desk)
        await desk.press("ctrl+u", "enter")
        assert "Type the path of a file or folder." in desk.text
        await desk.press("escape")
        assert not isinstance(desk.app.screen, ImportScreen)
        assert len(desk.titles) == 7


@pytest.mark.parametrize("form", ["'{}'", "file://{}", "{}\n"])
async def test_a_path_that_is_pasted_into_the_list_is_asked_about(reader, pages, form):
    async with reader() as desk:
        path = str(pages / "the-canal-freezes.md")
        await desk.paste(form.format(path.replace(" ", "%20") if "file" in form else path))
        assert isinstance(desk.app.screen, ImportScreen)
        await desk.press("enter")
        assert desk.titles[0] == FIRST


async def test_several_pasted_paths_are_imported_together(reader, pages):
    async with reader() as desk:
        await desk.paste("\n".join(str(path) for path in sorted(pages.glob("the-*.md"))))
        await desk.press("enter")
        assert desk.titles[:2] == [FIRST, LAST]
        assert "2 added" in desk.said


async def test_other_pasted_text_does_nothing(reader):
    async with reader() as desk:
        await desk.paste("some words")
        assert not isinstance(desk.app.screen, ImportScreen)


async def test_a_path_that_is_pasted_while_something_is_typed_stays_there(reader, pages):
    async with reader() as desk:
        await desk.press("t")
        await desk.paste(str(pages))
        assert not isinstance(desk.app.screen, ImportScreen)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch):
    """While it is closed, nothing is read after the first file."""
    gate, read = threading.Event(), batch.read_articles
    reads = []

    def held(*args, **kwargs):
        if reads:
            assert gate.wait(60)
        reads.append(args)
        return read(*args, **kwargs)

    monkeypatch.setattr(batch, "read_articles", held)
    monkeypatch.setattr(progress, "MOMENT", 0)
    monkeypatch.setattr(progress, "PAUSE", 0)
    yield gate
    gate.set()


async def test_an_import_is_stopped_with_what_was_read_while_other_changes_go_on(reader, pages, gate):
    async with reader() as desk:
        (pages / "empty.md").unlink()
        await desk.press("i", "ctrl+u")
        await desk.paste(str(pages))
        await desk.pilot.press("enter")
        await desk.until(lambda: "Importing 1 of 3" in desk.lines()[0] and "Esc stops" in desk.lines()[0])
        await desk.pilot.press("b")
        await desk.until(lambda: len(desk.on_disk().search.ids("is:bookmarked")) == 1)
        await desk.pilot.press("i")
        await desk.until(lambda: "An import is running." in desk.said)
        await desk.pilot.press("escape")
        gate.set()
        await desk.rest()
        assert "Stopped: " in desk.said
        assert len(desk.titles) < 9
        await desk.press("u")
        assert len(desk.on_disk().search.ids()) == 7
        assert len(desk.on_disk().search.ids("is:bookmarked")) == 1


async def test_quitting_during_an_import_asks_first(reader, pages, gate):
    async with reader() as desk:
        await desk.press("i", "ctrl+u")
        await desk.paste(str(pages))
        await desk.pilot.press("enter")
        await desk.until(lambda: "Importing 1 of 4" in desk.lines()[0])
        await desk.pilot.press("Q")
        await desk.until(lambda: isinstance(desk.app.screen, QuestionScreen))
        await desk.pilot.press("n")
        assert desk.app.is_running
        await desk.pilot.press("Q")
        await desk.until(lambda: isinstance(desk.app.screen, QuestionScreen))
        await desk.pilot.press("y")
        gate.set()
        await desk.until(lambda: desk.app.return_code is not None)


def test_sources_are_read_as_file_managers_and_terminals_write_them(pages: Path):
    spaced = str(pages / "the-canal-freezes.md")
    escaped = spaced.replace(" ", "\\ ")
    for written in (spaced, f"'{spaced}'", f'"{spaced}" ', escaped, f"\n{spaced}\n"):
        assert sources_of(written) == [spaced]
    assert sources_of(f"'{spaced}' '{spaced}'") == [spaced, spaced]
    assert sources_of(f"file://{spaced}") == [f"file://{spaced}"]
    assert sources_of("/no such/file here.md") == ["/no such/file here.md"]
    assert sources_of("") == []
    assert looks_like_sources("/a\n/b") and looks_like_sources("~/x") and looks_like_sources("https://x.org")
    assert not looks_like_sources("") and not looks_like_sources("/a\nand some words")


def test_offers_are_folders_first_and_nothing_where_nothing_can_be_read(pages: Path, monkeypatch):
    (pages / "Older").mkdir()
    (pages / ".hidden.md").write_text("x")
    (pages / "odd\x1b[31m.md").write_text("x")
    names = [offer.name for offer in offers(f"{pages}/")]
    assert names == ["Older/", "empty.md", "the-canal-freezes.md", "the-market-opens.md"]
    assert [offer.name for offer in offers(f"{pages}/.h")] == [".hidden.md"]
    assert offers(f"{pages}/THE-C")[0].text == f"{pages}/the-canal-freezes.md"
    assert offers("/no/such/folder/x") == [] and offers("~nobody-of-that-name/") == []
    monkeypatch.setenv("HOME", str(pages))
    assert offers("~/ol")[0].text == "~/Older/"
    monkeypatch.setattr(sources, "MOST", 1)
    assert len(offers(f"{pages}/")) <= 1


def test_progress_is_shown_with_rate_and_time_left():
    from library import ImportProgress

    now = [0.0]
    pace = progress.Pace(lambda: now[0])
    assert progress_in_words(ImportProgress(0, 0, 0), pace) == "Looking for articles …"
    assert progress_in_words(ImportProgress(0, 0, 400), pace) == "Importing 0 of 400"
    now[0] = 2.0
    assert (
        progress_in_words(ImportProgress(90, 100, 400), pace)
        == "Importing 100 of 400 · 50 a second · 6 s left"
    )
    assert progress_in_words(ImportProgress(90, 0, 1), pace) == "Importing 90 articles · 45 a second"


async def test_a_failing_disk_is_named_in_the_report(reader, pages, monkeypatch):
    from library.errors import StoreUnwritable

    async with reader() as desk:

        def fail(*args, **kwargs):
            raise StoreUnwritable(pages, "the disk is full")

        monkeypatch.setattr(desk.library.importing, "iter_add", fail)
        await ask(desk, pages)
        assert "the disk is full" in desk.said


def test_a_library_is_left_as_it_was_by_a_stopped_import(library_at, folder: Path, pages: Path):
    from library import ChangeStopped

    def stop(_):
        raise ChangeStopped

    with library_at(folder) as library:
        assert isinstance(library, Library)
        assert list(library.importing.iter_add(pages, watch=stop)) == []
        assert len(library.search.ids()) == 7


async def test_the_command_line_completes_a_path_and_adds_it(reader, pages):
    async with reader() as desk:
        await desk.press("colon")
        await desk.paste(f"add {pages}/the-c")
        assert "the-canal-freezes.md" in desk.text
        await desk.press("tab", "enter")
        assert desk.titles[0] == FIRST
        await desk.press("colon")
        await desk.paste("add https://news.example.org/tram")
        await desk.press("enter")
        assert "addresses cannot be fetched yet" in desk.said


def test_a_path_typed_behind_the_beginning_of_another_counts_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "Saved").mkdir()
    page = tmp_path / "Saved" / "page.html"
    page.write_text("<p>Text")
    assert [one.text for one in offers("~")] == ["~/"]
    for typed in ("~/~/S", f"~/{tmp_path}/S", f"/srv/~/{tmp_path}/S"):
        (offer,) = offers(typed)
        assert sources_of(f"{offer.text}page.html")[0].endswith("/Saved/page.html")
        assert not sources_of(f"{offer.text}page.html")[0].startswith(("~/~", "~//", "/srv"))
    assert sources_of("~/https://example.org/a//b") == ["https://example.org/a//b"]
    (tmp_path / "~").mkdir()
    assert [one.text for one in offers("~/~")] == ["~/~/"]
