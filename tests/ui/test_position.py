"""The reading position in an article is kept, and restored at any width."""

from __future__ import annotations

import pytest

TIDE, TRAM = "Long read about the tide", "Council votes on the tram"


@pytest.fixture
def long_read(library_at, empty_folder):
    """A library with a short article and, below it, one of 4,000 paragraphs."""
    body = "\n\n".join(
        f"Paragraph {number} of [many](https://example.org/{number})." for number in range(4000)
    )
    with library_at(empty_folder) as library:
        library.importing.add_bytes("long.md", f"---\ntitle: A very long read\n---\n{body}".encode())
        library.importing.add_bytes("short.md", b"---\ntitle: A short one\ndate: 2026-11-21\n---\nWords.")
    return empty_folder


def top_words(desk) -> str:
    """Return the first words of the body on the page."""
    view = desk.screen.page
    return view.page.document.text[view.reading_offset :][:20]


async def test_the_position_is_kept_and_restored_after_a_restart_at_another_width(reader):
    async with reader(size=(140, 40)) as desk:
        await desk.press("j", "j", "enter", "5", "}", "ctrl+d")
        words, offset = top_words(desk), desk.screen.page.reading_offset
        assert offset > 500
        await desk.pilot.press("Q")
        await desk.until(lambda: desk.app._exit)
    with desk.on_disk() as library:
        position = library.articles.get(desk.id_of(TIDE)).state.position
    assert position.offset == offset
    assert 0 < position.share < 1
    async with reader(size=(70, 24)) as desk:
        await desk.press("j", "j", "enter")
        view = desk.screen.page
        assert view.reading_offset <= offset < view.reading_offset + 70
        assert words[:5] in desk.text


async def test_the_position_is_kept_when_another_article_is_opened(reader):
    async with reader() as desk:
        await desk.press("j", "j", "enter", "space", "space")
        offset = desk.screen.page.reading_offset
        await desk.press("K")
        assert desk.on_page == TRAM
        assert desk.on_disk().articles.get(desk.id_of(TIDE)).state.position.offset == offset
        await desk.press("J")
        assert desk.screen.page.reading_offset == offset


async def test_a_very_long_article_shows_its_beginning_and_then_all_of_it(reader, long_read, monkeypatch):
    async with reader(long_read) as desk:
        view = desk.screen.page
        shown = []
        monkeypatch.setattr(
            view, "show", lambda page, place: shown.append(page) or type(view).show(view, page, place)
        )
        await desk.press("j", "enter")
        assert [page.complete for page in shown] == [False] and view.page.complete
        assert 1000 < len(shown[0].document.text) < 20_000
        assert view.page.document.text.startswith(shown[0].document.text)
        await desk.press("G")
        assert "Paragraph 3999 of many." in desk.text
        await desk.press("b")
        assert view.page.article.state.bookmarked
        assert "Paragraph 3999 of many." in desk.text


async def test_a_wide_table_scrolls_sideways_before_the_key_leaves_the_page(reader, library_at, empty_folder):
    table = "| a | b | c | d | e |\n|--|--|--|--|--|\n" + "| " + " | ".join(["wording" * 5] * 5) + " |\n"
    with library_at(empty_folder) as library:
        library.importing.add_bytes("table.md", b"---\ntitle: A table\n---\n" + table.encode())
    async with reader(empty_folder, size=(60, 24)) as desk:
        await desk.press("enter", "l")
        assert "‹" in desk.text
        await desk.press("h")
        assert "‹" not in desk.text and desk.app.focused is desk.screen.page
        await desk.press("h")
        assert desk.app.focused is desk.screen.articles


async def test_previewing_an_article_keeps_its_position(reader):
    async with reader() as desk:
        await desk.press("j", "j", "enter", "space", "space", "h", "k", "j", "j")
        kept = desk.on_disk().articles.get(desk.id_of(TIDE)).state.position
        await desk.press("k")
        assert desk.on_disk().articles.get(desk.id_of(TIDE)).state.position == kept


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


PASSAGE = "ends with its number, 40"


async def to_passage(desk):
    """Open the highlight in the notebook, and return the offset then at the top."""
    await desk.press("g", "n", "enter")
    view = desk.screen.page
    assert view.page.document.text.index(PASSAGE) - view.reading_offset < 300
    assert view.reading_offset > 500
    return view.reading_offset


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
async def test_a_note_opened_at_its_passage_sets_the_reading_position(reader, size):
    async with reader(size=size) as desk:
        desk.library.highlight(desk.id_of(TIDE), PASSAGE)
        offset = await to_passage(desk)
        await desk.press("q", "g", "l", "k", "enter", "q", "j")
        await desk.press("enter")
        assert desk.on_page == TIDE
        assert desk.screen.page.reading_offset == offset
    async with reader(size=size) as desk:
        await desk.press("j", "j", "enter")
        assert desk.screen.page.reading_offset == offset


async def test_a_note_opened_at_its_passage_sets_the_position_after_a_restart(reader):
    async with reader() as desk:
        desk.library.highlight(desk.id_of(TIDE), PASSAGE)
        offset = await to_passage(desk)
        await desk.pilot.press("Q")
        await desk.until(lambda: desk.app._exit)
    async with reader() as desk:
        await desk.press("j", "j", "enter")
        assert desk.screen.page.reading_offset == offset


async def test_a_note_on_the_page_already_is_opened_at_its_passage(reader):
    async with reader() as desk:
        desk.library.highlight(desk.id_of(TIDE), PASSAGE)
        await desk.press("j", "j", "enter", "G", "q")
        offset = await to_passage(desk)
        await desk.press("q", "q", "k", "j", "enter")
        assert desk.screen.page.reading_offset == offset


async def test_going_far_into_a_long_article_works_before_all_of_it_is_laid_out(
    reader, long_read, monkeypatch
):
    async with reader(long_read) as desk:
        view = desk.screen.page
        show = type(view).show
        wanted = sum(len(f"Paragraph {number} of many.\n\n") for number in range(3000))

        def show_and_go(page, place):
            show(view, page, place)
            assert view.lines.is_beginning
            view.go_to(page.document.text.index("Paragraph 0 ") + wanted)

        monkeypatch.setattr(view, "show", show_and_go)
        await desk.press("j", "enter")
        assert view.page.complete
        assert view.page.document.text[view.reading_offset :].startswith("Paragraph 3000 ")


async def test_a_position_far_into_a_long_article_is_kept_even_if_left_at_once(reader, long_read):
    async with reader(long_read, size=(60, 20)) as desk:
        desk.library.highlight(desk.id_of("A very long read"), "Paragraph 3000 of many")
        await desk.pilot.press("g", "n", "enter", "q")
        await desk.rest()
        await desk.press("q", "j", "enter")
        view = desk.screen.page
        assert view.page.document.text[view.reading_offset :].startswith("Paragraph 3000 ")
