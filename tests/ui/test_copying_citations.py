"""Copying quotes with their citations."""

from __future__ import annotations

import pytest
from textual.geometry import Offset
from textual.selection import Selection

from tuireader import citations
from tuireader.settings import load_settings


@pytest.fixture(autouse=True)
def taken(monkeypatch):
    """The texts passed to a fake system clipboard that accepts everything."""
    texts: list[str] = []
    monkeypatch.setattr(citations, "clipboard_command", lambda environ, which: ("clip",))
    monkeypatch.setattr(citations, "fill_clipboard", lambda text, command: texts.append(text) is None)
    return texts


async def test_the_citation_style_is_asked_for_once_and_kept(reader, taken, tmp_path):
    settings = tmp_path / "config.toml"
    async with reader(settings=settings) as desk:
        await desk.press("Y")
        assert "Citation style" in desk.text
        await desk.press("4")
        assert desk.app.clipboard.startswith("Roe, J. (2026, November 21).")
        assert taken == [desk.app.clipboard]
        assert "Copied the citation (APA)." in desk.said
        await desk.press("j", "Y")
        assert "Council votes on the tram" in taken[-1]
    assert load_settings(settings).citation == "apa"
    async with reader(settings=settings) as desk:
        await desk.press("Y")
        assert len(taken) == 3
        await desk.press("g", "Y", "k", "k", "enter")
        assert taken[-1].startswith("Jane Roe, [Otters return")


async def test_the_menu_can_be_left(reader, taken):
    async with reader() as desk:
        await desk.press("Y", "escape")
        assert desk.app.screen is desk.screen
        await desk.press("Y", "9", "j", "q")
        assert desk.app.screen is desk.screen
        assert taken == []


async def test_the_words_selected_on_the_page_are_quoted(reader, taken):
    async with reader() as desk:
        await desk.press("enter")
        row = next(y for y, line in enumerate(desk.lines()) if "seen at noon" in line)
        y = row - desk.screen.page.region.y
        desk.screen.selections = {desk.screen.page: Selection(Offset(0, y), Offset(200, y))}
        await desk.press("Y", "1")
        assert taken[-1].startswith("“The otters are back. One was seen at noon.”\n— Jane Roe")
        assert "Copied the quote with its citation (Plain text)." in desk.said


async def test_the_words_chosen_by_keyboard_are_quoted(reader, taken):
    async with reader() as desk:
        await desk.press("enter", "v", "w", "w", "w", "Y", "1")
        assert taken[-1].startswith("“The otters are back”\n— Jane Roe")
        assert desk.screen.page.selection.choice is None
        await desk.press("v", "g", "Y", "2")
        assert taken[-1].startswith("> The\n")


async def test_the_words_of_the_highlight_in_front_are_quoted(reader, taken):
    async with reader() as desk:
        desk.library.highlight(desk.id_of("Otters return to the canal"), "seen at noon")
        await desk.press("j", "k", "enter", "Y", "1")
        assert taken[-1].startswith("“seen at noon”\n— Jane Roe")
        await desk.press("q", "Y")
        assert taken[-1].startswith("Jane Roe, “Otters return")


async def test_the_words_of_an_entry_of_the_notebook_are_quoted(reader, taken):
    async with reader() as desk:
        desk.library.highlight(desk.id_of("Otters return to the canal"), "seen at noon")
        await desk.press("g", "n", "Y", "2")
        assert taken[-1].startswith("> seen at noon\n")


async def test_without_a_program_it_is_sent_to_the_terminal(reader, monkeypatch):
    monkeypatch.setattr(citations, "clipboard_command", lambda environ, which: None)
    async with reader() as desk:
        await desk.press("Y", "3")
        assert desk.app.clipboard.startswith("@misc{roe2026")
        assert "Sent to the terminal’s clipboard: the citation (BibTeX)." in desk.said
