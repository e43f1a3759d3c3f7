"""Exporting from the list and from the page."""

from __future__ import annotations

from threading import Event

from library import ExportOutcome, ExportStatus
from tuireader.dialogs.naming import NamingScreen
from tuireader.export import commands
from tuireader.settings import load_settings

OTTERS = "2026-11-21-otters-return-to-the-canal-"


async def _export_to(desk, folder):
    await desk.pilot.press("e")
    assert isinstance(desk.app.screen, NamingScreen)
    await desk.pilot.press("ctrl+u")
    await desk.paste(str(folder))
    await desk.press("enter")


async def test_the_article_under_the_cursor_is_written_with_its_note(reader, tmp_path):
    folder, settings = tmp_path / "new" / "shelf", tmp_path / "config.toml"
    async with reader(settings=settings) as desk:
        desk.library.note(desk.id_of("Otters return to the canal"), "Tell Ada.", quote="seen at noon")
        await _export_to(desk, folder)
        (file,) = folder.iterdir()
        assert file.name.startswith(OTTERS)
        assert "> seen at noon\n\nTell Ada.\n" in file.read_text("utf-8")
        assert f"1 article written to {folder}." in desk.said
    assert load_settings(settings).export_folder == str(folder)


async def test_what_is_selected_is_written_and_the_folder_is_offered_again(reader, tmp_path):
    folder = tmp_path / "shelf"
    async with reader() as desk:
        await _export_to(desk, folder)
        await desk.press("*", "e")
        assert "Export 7 articles to the folder" in desk.text
        await desk.press("enter")
        assert len(list(folder.iterdir())) == 7
        assert f"6 articles written to {folder}. 1 already there, unchanged." in desk.said


async def test_the_article_on_the_page_is_written(reader, tmp_path):
    async with reader() as desk:
        await desk.press("j", "enter")
        await _export_to(desk, tmp_path / "shelf")
        (file,) = (tmp_path / "shelf").iterdir()
        assert "council-votes" in file.name


async def test_a_failure_is_named_and_the_question_can_be_cancelled(reader, tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("mine", "utf-8")
    async with reader() as desk:
        await desk.press("e", "escape")
        assert "written" not in desk.said
        (desk.library.path / desk.library.select()[1].text).unlink()
        await desk.press("*")
        await _export_to(desk, tmp_path / "shelf")
        assert "6 articles written" in desk.said
        assert "The text of “Council votes on the tram”" in desk.said
        await _export_to(desk, taken)
        assert f"{taken} already exists and was not changed." in desk.said
        assert taken.read_text("utf-8") == "mine"


async def test_an_export_shows_its_progress_and_can_be_stopped(reader, monkeypatch, tmp_path):
    monkeypatch.setattr(commands, "PROGRESS_PAUSE", 0.0)
    asked_to_stop = Event()

    def slow(ids, form, folder):
        for key in ids:
            yield ExportOutcome(id=key, status=ExportStatus.WRITTEN, file=tmp_path / key)
            asked_to_stop.wait(30)

    async with reader() as desk:
        monkeypatch.setattr(desk.library.exporting, "iter_export", slow)
        await desk.press("*")
        await desk.pilot.press("e", "enter")
        await desk.until(lambda: "1 of 7 articles exported · e stops" in desk.said)
        await desk.pilot.press("e")
        asked_to_stop.set()
        await desk.rest()
        await desk.until(lambda: f"Stopped: 2 articles written to {tmp_path}." in desk.said)


async def test_the_question_is_whole_on_a_low_screen(reader):
    async with reader(size=(40, 10)) as desk:
        await desk.press("e")
        assert "Export 1 article to the folder" in desk.text
        assert "Markdown files" in desk.text and "Esc cancel  Enter export" in desk.text
