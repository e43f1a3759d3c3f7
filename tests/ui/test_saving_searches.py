"""Saved searches: saved under a name, shown in the sidebar with their unread count, removed by undo."""

from __future__ import annotations

OTTERS, TRAM, BATS = "Otters return to the canal", "Council votes on the tram", "Bats follow the tram wires"


async def save(desk, name: str) -> None:
    await desk.press("g", "S")
    await desk.press("ctrl+u")
    await desk.paste(name)
    await desk.press("enter")
    await desk.rest()


async def test_a_search_is_saved_and_listed_with_what_is_unread(reader):
    async with reader(size=(160, 40)) as desk:
        await desk.filter("tag:city")
        await save(desk, "Town hall")
        assert "Saved: Town hall" in desk.said
        await desk.until(lambda: "●3" in desk.text)
        await desk.press("F", "j", "r")
        await desk.until(lambda: "●2" in desk.text)


async def test_a_saved_search_is_reached_and_listed(reader):
    async with reader() as desk:
        await desk.filter("tag:city")
        await save(desk, "Town hall")
        await desk.press("F", "g", "s")
        await desk.until(lambda: desk.screen.sidebar.entries.cursor_key == "searches")
        await desk.press("j", "enter")
        assert desk.screen.listing.query_text == 'saved:"Town hall"'
        assert desk.titles == [OTTERS, TRAM, BATS]


async def test_it_is_renamed_removed_and_restored(reader):
    async with reader() as desk:
        await desk.filter("tag:city")
        await save(desk, "Town")
        await desk.until(lambda: desk.screen.sidebar.entries.go_to("searches"))
        await desk.press("g", "s", "j", "R", "ctrl+u")
        await desk.paste("City")
        await desk.press("enter")
        await desk.until(lambda: [one.name for one in desk.library.searches.all()] == ["City"])
        await desk.rest()
        await desk.press("x")
        await desk.until(lambda: not desk.library.searches.all())
        await desk.press("u")
        await desk.until(lambda: [one.name for one in desk.library.searches.all()] == ["City"])


async def test_a_search_that_another_uses_is_not_removed(reader):
    async with reader() as desk:
        desk.library.searches.save("town", "tag:city")
        desk.library.searches.save("trams", "saved:town tram")
        desk.screen.counts.refresh()
        await desk.until(lambda: desk.screen.sidebar.entries.go_to("searches"))
        await desk.press("g", "s", "j", "x")
        await desk.until(lambda: "trams" in desk.said)
        assert len(desk.library.searches.all()) == 2


async def test_without_a_query_or_a_search_a_hint_is_shown(reader):
    async with reader() as desk:
        await desk.press("g", "S")
        assert "No query to save" in desk.said
        await desk.press("g", "s")
        assert "No saved searches yet" in desk.said
        await desk.press("x")
        assert "Move the cursor to a saved search" in desk.said
