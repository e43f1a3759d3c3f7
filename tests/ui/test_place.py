"""The place in an article is kept, and found again at any width."""

from __future__ import annotations

TIDE, TRAM = "Long read about the tide", "Council votes on the tram"


def top_words(desk) -> str:
    """The first words of the body on the page."""
    view = desk.screen.page
    return view.page.document.text[view.reading_offset :][:20]


async def test_the_place_is_kept_and_restored_after_a_restart_at_another_width(reader):
    async with reader(size=(140, 40)) as desk:
        await desk.press("j", "j", "enter", "5", "}", "ctrl+d")
        words, offset = top_words(desk), desk.screen.page.reading_offset
        assert offset > 500
        await desk.pilot.press("Q")
        await desk.until(lambda: desk.app._exit)
    with desk.on_disk() as library:
        position = library.article(desk.id_of(TIDE)).state.position
    assert position.offset == offset
    assert 0 < position.share < 1
    async with reader(size=(70, 24)) as desk:
        await desk.press("j", "j", "enter")
        view = desk.screen.page
        assert view.reading_offset <= offset < view.reading_offset + 70
        assert words[:5] in desk.text


async def test_the_place_is_kept_when_another_article_is_opened(reader):
    async with reader() as desk:
        await desk.press("j", "j", "enter", "space", "space")
        offset = desk.screen.page.reading_offset
        await desk.press("K")
        assert desk.on_page == TRAM
        assert desk.on_disk().article(desk.id_of(TIDE)).state.position.offset == offset
        await desk.press("J")
        assert desk.screen.page.reading_offset == offset


async def test_looking_at_an_article_leaves_its_place_alone(reader):
    async with reader() as desk:
        await desk.press("j", "j", "enter", "space", "space", "h", "k", "j", "j")
        kept = desk.on_disk().article(desk.id_of(TIDE)).state.position
        await desk.press("k")
        assert desk.on_disk().article(desk.id_of(TIDE)).state.position == kept


async def test_a_resize_while_reading_keeps_the_words_on_top(reader):
    async with reader(size=(140, 40)) as desk:
        await desk.press("j", "j", "enter", "space", "space", "space")
        offset = desk.screen.page.reading_offset
        for size in ((60, 20), (200, 60), (4, 4), (140, 40)):
            await desk.pilot.resize_terminal(*size)
            await desk.rest()
        assert desk.screen.page.reading_offset == offset


async def test_a_bookmark_or_a_note_leaves_the_page_where_it_is(reader):
    async with reader() as desk:
        await desk.press("j", "j", "enter", "space", "space")
        offset = desk.screen.page.reading_offset
        await desk.press("b", "a", *"hm", "escape")
        assert desk.screen.page.reading_offset == offset
