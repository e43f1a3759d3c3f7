"""The full-text index is updated in the background, and a search reports what is not indexed yet."""

from __future__ import annotations

import shutil

import pytest

from tuireader.jobs.progress import Pace
from tuireader.reader import background
from tuireader.reader import screen as main_screen
from tuireader.reader.article_list import listing

TRAM, SOUP = "Council votes on the tram", "Undated notes on soup"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch, folder) -> None:
    monkeypatch.setattr(background, "INDEXING_PAUSE", 0.001)
    for part in folder.glob("search.db*"):
        part.unlink()


def _indexed(desk) -> bool:
    return desk.library.search.at_once("vote").unsearched == 0


async def test_texts_are_indexed_during_reading_and_then_found_without_their_files(reader, folder):
    async with reader() as desk:
        await desk.until(lambda: _indexed(desk))
        shutil.rmtree(folder / "texts")
        await desk.filter("nobody")
        assert desk.titles == [TRAM]
        assert "indexing" not in desk.text


async def test_what_another_program_adds_is_indexed_too(reader, folder):
    async with reader() as desk:
        await desk.until(lambda: _indexed(desk))
        with desk.on_disk() as other:
            other.importing.add_bytes("new.md", b"# A new one\n\nThe quokka smiles.\n")
        await desk.until(lambda: "A new one" in desk.titles)
        await desk.until(lambda: _indexed(desk))


async def test_a_text_replaced_by_another_program_is_indexed_without_a_new_article(reader, monkeypatch):
    monkeypatch.setattr(main_screen, "IDLE_SECONDS", 1000)  # seconds after which everything is indexed
    async with reader() as desk:
        with desk.on_disk() as other:
            previous = b"---\ntitle: A new one\nurl: https://example.org/one\n---\nThe quokka smiles.\n"
            other.importing.add_bytes("new.md", previous)
            await desk.until(lambda: desk.library.search.ids("quokka") and _indexed(desk))
            other.importing.add_bytes("new.md", previous.replace(b"smiles", b"sleeps"))
            await desk.until(lambda: bool(desk.library.search.ids("sleeps")))
            await desk.until(lambda: _indexed(desk))


async def test_texts_not_indexed_yet_are_reported_and_searched_at_the_end(reader, monkeypatch, folder):
    monkeypatch.setattr(listing, "FEW_TEXTS", 0)
    monkeypatch.setattr(listing, "AT_ONCE", 0)
    monkeypatch.setattr(background, "INDEXING_PAUSE", 1000)
    async with reader() as desk:
        desk.screen.indexing.show(1, 7, "20 s left")
        await desk.pilot.pause()
        assert "indexing 14 %, 20 s left" in desk.text
        await desk.filter("soup")
        assert desk.titles == [SOUP]
        assert "texts not searched yet" in desk.text
        await desk.filter("nobody")
        assert desk.titles == []
        desk.screen.indexing.show(7, 7, "")
        await desk.pilot.pause()
        await desk.rest()
        assert desk.titles == [TRAM]
        assert "not searched yet" not in desk.text


def test_the_time_left_is_shown_in_whole_seconds_and_minutes():
    times = iter((0.0, 10.0, 10.0))
    pace = Pace(lambda: next(times))
    assert pace.left(0, 100) == ""
    assert pace.left(20, 100) == "40 s left"
    assert pace.left(1, 100) == "16 min left"
