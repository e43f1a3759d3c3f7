"""The first start: a welcome of three steps, a line with the first keys, and no second time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tuireader.reader import first_steps, screen
from tuireader.state import STATE_FILE, load_state
from tuireader.welcome.screen import WelcomeScreen

LINE = "? help · ctrl+p commands · :remove-samples removes the samples"


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "Downloads"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.md").write_text(f"# Saved {number}\n\nThe words of {number}.\n")
    monkeypatch.setattr(screen, "usual_folders", lambda: (folder,))
    return folder


async def test_the_welcome_is_shown_once_and_its_line_goes_with_the_next_key(reader, saved, tmp_path):
    state = tmp_path / "state"
    async with reader(state=state, is_new=True) as desk:
        assert isinstance(desk.app.screen, WelcomeScreen)
        assert "Where things are" in desk.text
        await desk.press("escape")
        assert LINE in desk.text
        await desk.press("j")
        assert LINE not in desk.text
    assert load_state(state / STATE_FILE).welcomed
    async with reader(state=state, is_new=True) as desk:
        assert not isinstance(desk.app.screen, WelcomeScreen)
        assert LINE not in desk.text


async def test_a_library_that_was_there_is_opened_without_a_welcome(reader, saved, tmp_path):
    async with reader(state=tmp_path / "state") as desk:
        assert not isinstance(desk.app.screen, WelcomeScreen)
        assert LINE not in desk.text


async def test_the_last_step_offers_what_was_found_and_adds_it(reader, saved, tmp_path):
    async with reader(state=tmp_path / "state", is_new=True, size=(80, 24)) as desk:
        await desk.press("enter")
        assert "The first keys" in desk.text
        await desk.press("left")
        assert "Where things are" in desk.text
        await desk.press("enter", "enter")
        assert "[ ] " in desk.text and "3 files" in desk.text
        await desk.press("space")
        assert "[x] " in desk.text
        await desk.press("enter")
        assert "3 added" in desk.said
        assert len(desk.titles) == 10


async def test_nothing_is_added_that_was_not_ticked(reader, saved, tmp_path):
    async with reader(state=tmp_path / "state", is_new=True) as desk:
        await desk.press("enter", "enter", "enter")
        assert not isinstance(desk.app.screen, WelcomeScreen)
        assert len(desk.titles) == 7


async def test_where_nothing_is_found_the_welcome_says_how_to_add_articles(reader, saved, tmp_path):
    for file in saved.iterdir():
        file.unlink()
    async with reader(state=tmp_path / "state", is_new=True) as desk:
        await desk.press("enter", "enter")
        assert "No saved pages or texts" in desk.text
        assert "i adds any file or folder" in desk.text


async def test_the_samples_are_moved_to_the_trash_and_come_back(reader, monkeypatch):
    monkeypatch.setattr(first_steps, "SAMPLES", "tag:city")
    async with reader() as desk:
        desk.screen.invoke(desk.screen.key_map.find("remove-samples"))
        await desk.rest()
        assert len(desk.titles) == 4
        await desk.press("u")
        assert len(desk.titles) == 7
        monkeypatch.setattr(first_steps, "SAMPLES", "tag:nothing")
        desk.screen.invoke(desk.screen.key_map.find("remove-samples"))
        await desk.rest()
        assert "There are no sample articles." in desk.said


async def test_what_the_guide_asks_for_is_noticed_once(reader):
    async with reader() as desk:
        tram, otters = desk.id_of("Council votes on the tram"), desk.id_of("Otters return to the canal")
        desk.library.tag([otters], ["guide", "starter"])
        await desk.press("b")
        assert "Bookmarked. 3 lists all bookmarks." in desk.said
        await desk.press("b", "b", "a", "x", "escape")
        assert desk.said.count("3 lists all bookmarks") == 1
        assert "Note saved. gn shows all notes." in desk.said
        desk.app.said.clear()
        await desk.press("j", "b")
        assert desk.library.articles.get(tram).state.bookmarked
        assert "lists all bookmarks" not in desk.said
