"""Stale results are dropped: of an older query, or for an article that is no longer open."""

from __future__ import annotations

import threading

from textual.worker import get_current_worker

from library.articles.service import Articles
from library.calendar import Calendar
from tuireader.filter_bar.line import FilterLine

OTTERS, SOUP = "Otters return to the canal", "Undated notes on soup"
LONG = "Long read about the tide"
PATIENCE = 60.0


class Gate:
    """A gate that blocks the first call of a service's method until it is opened."""

    def __init__(self, monkeypatch, service: type, name: str) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()
        method = getattr(service, name)

        def held(library: object, *args: object, **kwargs: object) -> object:
            first = not self.reached.is_set()
            result = method(library, *args, **kwargs)
            if first:
                self.reached.set()
                assert self.opened.wait(PATIENCE)
            return result

        monkeypatch.setattr(service, name, held)


async def test_the_result_of_a_query_that_another_has_followed_is_not_listed(reader, monkeypatch):
    async with reader() as desk:
        gate = Gate(monkeypatch, Calendar, "days_of")
        desk.screen.listing.set_query("otters")
        await desk.until(gate.reached.is_set)
        desk.screen.listing.set_query("soup")
        await desk.until(lambda: desk.titles == [SOUP])
        gate.opened.set()
        await desk.rest()
        assert desk.titles == [SOUP] and desk.screen.listing.query_text == "soup"


async def test_an_article_that_was_left_while_it_was_loaded_is_not_shown(reader, monkeypatch):
    async with reader() as desk:
        gate = Gate(monkeypatch, Articles, "body")
        desk.screen.loader.open(desk.id_of("Council votes on the tram"))
        await desk.until(gate.reached.is_set)
        desk.screen.loader.open(desk.id_of(OTTERS))
        await desk.until(lambda: desk.on_page == OTTERS)
        gate.opened.set()
        await desk.rest()
        assert desk.on_page == OTTERS


async def test_a_passage_that_was_asked_for_is_not_looked_for_in_another_article(reader, monkeypatch):
    async with reader() as desk:
        gate = Gate(monkeypatch, Articles, "body")
        desk.screen.loader.open(desk.id_of("Council votes on the tram"), at=4000)
        await desk.until(gate.reached.is_set)
        desk.screen.loader.look_at(desk.id_of(LONG))
        await desk.until(lambda: desk.on_page == LONG)
        gate.opened.set()
        await desk.until(lambda: desk.screen.page.page.complete)
        assert desk.screen.page.scroll_offset.y == 0


async def test_only_the_last_of_several_loads_counts(reader):
    """This holds even if a worker does not stop when it is cancelled."""
    async with reader() as desk:
        shown: list[str] = []
        begun, go_on = threading.Event(), threading.Event()

        def slow() -> str:
            begun.set()
            assert go_on.wait(PATIENCE)
            get_current_worker()._cancelled = False
            return "first"

        desk.screen.jobs.load("kind", slow, shown.append)
        await desk.until(begun.is_set)
        desk.screen.jobs.load("kind", lambda: "second", shown.append)
        desk.screen.jobs.load("other kind", lambda: "other", shown.append)
        go_on.set()
        await desk.until(lambda: len(shown) == 2)
        await desk.rest()
        assert sorted(shown) == ["other", "second"]


async def test_a_query_whose_line_was_left_meanwhile_is_not_carried_out(reader):
    async with reader() as desk:
        desk.screen.filtering.edited(FilterLine.Edited("soup"))
        await desk.pilot.pause(0.05)
        await desk.until(lambda: not desk.state()["workers"])
        assert desk.screen.listing.query_text == "" and len(desk.titles) > 1
