"""The notebook: all annotations in one place, opened at their passage."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from shutil import copytree
from threading import Event

import pytest
from fakes import SetClock

from tuireader.commands import Context
from tuireader.notebook.entries import Order, Section
from tuireader.notebook.entry_list import NotebookList

OTTERS, TRAM, LONG = "Otters return to the canal", "Council votes on the tram", "Long read about the tide"
SIZES = pytest.mark.parametrize("size", [(160, 45), (80, 24), (60, 20)])


@pytest.fixture(scope="module")
def _noted(_printed, library_at, tmp_path_factory):
    start = datetime(2026, 11, 20, tzinfo=UTC)
    clock = SetClock(start)
    folder = copytree(_printed, tmp_path_factory.mktemp("noted") / "library")
    with library_at(folder, clock) as library:
        ids = {article.title: article.id for article in library.select()}
        made = (
            lambda: library.note(ids[OTTERS], "Ask the otters. #idea", quote="seen at noon"),
            lambda: library.highlight(ids[LONG], "ends with its number, 40", colour="green"),
            lambda: library.annotations.bookmark(ids[TRAM], "Nobody knows"),
        )
        for number, make in enumerate(made):
            clock.now = start + timedelta(minutes=number)
            make()
    return folder


@pytest.fixture
def noted(_noted, folder):
    """A library with a note, a highlight and a bookmark of a passage, made a minute apart."""
    return copytree(_noted, folder, dirs_exist_ok=True)


def book(desk):
    return desk.app.screen


def at_cursor(desk) -> str:
    entry = book(desk).rows.entry
    return entry.annotation.quote.exact if entry and entry.annotation else ""


def rows_of(desk) -> int:
    return book(desk).rows.row_count


def notes(desk) -> list[str]:
    return sorted(one.body for one in desk.on_disk().annotations.select() if one.body)


@SIZES
async def test_everything_noted_is_listed_newest_first(reader, noted, size):
    async with reader(noted, size=size) as desk:
        await desk.press("g", "n")
        assert book(desk).context is Context.NOTEBOOK
        assert at_cursor(desk) == "Nobody knows"
        text = desk.text
        assert text.index("Nobody knows") < text.index("its number, 40") < text.index("seen at noon")
        assert "Ask the otters." in text
        assert "3 entries" in text


@SIZES
async def test_an_entry_is_opened_at_its_passage_and_back_leads_to_its_row(reader, noted, size):
    async with reader(noted, size=size) as desk:
        await desk.press("g", "n", "j", "enter")
        assert desk.on_page == LONG
        assert desk.at_cursor == LONG
        assert desk.app.focused is desk.screen.page
        assert "its number, 40" in desk.text
        await desk.press("j", "escape")
        assert at_cursor(desk) == "ends with its number, 40"
        await desk.press("q")
        assert desk.app.focused is desk.screen.articles


async def test_an_article_outside_the_list_is_opened_and_the_list_restored(reader, noted):
    async with reader(noted) as desk:
        await desk.filter("tag:harbour")
        await desk.press("j", "g", "n", "enter")
        assert desk.on_page == TRAM
        await desk.press("escape", "escape")
        assert desk.screen.listing.query_text == "tag:harbour"
        assert desk.at_cursor == "Harbour strike goes on"


async def test_entries_and_headings_are_separated_by_a_blank_line(reader, noted):
    async with reader(noted, size=(80, 24)) as desk:
        await desk.press("g", "n", "s")
        rows = book(desk).rows
        lines = [rows.render_line(y).text.strip() for y in range(rows.top_of(rows.row_count))]
        blank = [y for y, line in enumerate(lines) if not line]
        assert blank == [rows.top_of(row) - 1 for row in (2, 4, 6)]
        assert lines[rows.top_of(4)] == OTTERS
        assert [line[0] for line in (rows.render_line(y).text for y in range(len(lines)))].count("▌") == 2


async def test_below_its_day_an_entry_says_where_it_is_from_and_not_when(reader, noted):
    async with reader(noted, size=(80, 24)) as desk:
        await desk.press("g", "n", "s", "s", "s")
        lines = [line.strip(" ▌▏") for line in desk.lines()]
        assert {"Friday, 20 November 2026", TRAM, LONG} <= set(lines)


async def test_a_heading_is_shown_with_the_first_entry_below_it(reader, noted):
    async with reader(noted, size=(60, 10)) as desk:
        await desk.press("g", "n", "s", "G")
        assert LONG not in desk.text
        await desk.press("k")
        assert LONG in desk.text
        assert at_cursor(desk) == "ends with its number, 40"


async def test_rows_have_the_right_height_even_before_the_resize_event(reader, noted, monkeypatch):
    async with reader(noted, size=(80, 24)) as desk:
        await desk.press("g", "n", "j")
        rows = book(desk).rows
        assert rows.top_of(2) - rows.top_of(1) == 3
        monkeypatch.setattr(NotebookList, "row_width", 20)
        assert rows.top_of(2) - rows.top_of(1) == 4
        assert "number, 40" in rows.render_line(rows.top_of(1) + 1).text


async def test_a_click_on_any_line_of_an_entry_goes_to_it(reader, noted):
    async with reader(noted, size=(80, 24)) as desk:
        await desk.press("g", "n", "s")
        rows = book(desk).rows
        for row in (3, 5, 1):
            await desk.pilot.click(NotebookList, offset=(9, rows.top_of(row) + 1))
            assert rows.cursor_row == row


async def test_a_page_down_and_up_through_rows_of_different_heights(reader, noted, library_at):
    with library_at(noted) as library:
        tide = next(article.id for article in library.select() if article.title == LONG)
        for number in range(1, 41):
            library.note(tide, f"Note {number}" + " and more" * 20 * (number % 2))
    async with reader(noted, size=(80, 24)) as desk:
        await desk.press("g", "n", "g", "g", "s")
        rows = book(desk).rows
        page, passed = rows.size.height, []
        for key in ("ctrl+f", "ctrl+b"):
            end = 0
            while rows.cursor_row != end:
                end, before = rows.cursor_row, rows.top_of(rows.cursor_row)
                await desk.press(key)
                passed.append(abs(rows.top_of(rows.cursor_row) - before))
                assert rows.scroll_offset.y <= rows.top_of(rows.cursor_row) < rows.scroll_offset.y + page
        assert page - 5 <= max(passed) < page
        assert rows.scroll_offset.y == 0


async def test_going_to_the_list_meanwhile_does_not_open_the_notebook(reader, noted):
    async with reader(noted) as desk:
        await desk.press("g", "n", "enter", "g", "l", "enter", "escape")
        assert desk.app.focused is desk.screen.articles


async def test_a_passage_of_the_article_already_on_the_page_is_scrolled_to(reader, noted):
    async with reader(noted) as desk:
        await desk.press("j", "j", "enter", "g", "n", "j", "enter")
        assert "its number, 40" in desk.text
        assert "your highlight" not in desk.lines()[3]
        await desk.press("escape", "D")
        await desk.press("enter")
        assert desk.on_page == OTTERS


async def test_a_query_is_carried_out_while_it_is_typed(reader, noted):
    async with reader(noted) as desk:
        await desk.press("g", "n", "slash", *"has:highlight")
        await desk.until(lambda: rows_of(desk) == 1)
        assert at_cursor(desk) == "ends with its number, 40"
        await desk.press("escape")
        await desk.until(lambda: rows_of(desk) == 3)
        await desk.press("slash", *"tag:idea note:otters", "enter")
        assert at_cursor(desk) == "seen at noon"
        assert desk.app.focused is book(desk).rows
        await desk.press("escape")
        await desk.until(lambda: rows_of(desk) == 3)
        assert book(desk).context is Context.NOTEBOOK


async def test_the_last_word_is_a_beginning_while_it_is_typed_and_stays_one_visibly(reader, noted):
    async with reader(noted) as desk:
        await desk.press("g", "n", "slash", *"otter")
        await desk.until(lambda: rows_of(desk) == 1)
        assert at_cursor(desk) == "seen at noon"
        book(desk).content.refresh()
        await desk.press("backspace")
        assert rows_of(desk) == 1
        await desk.press("enter")
        assert book(desk).content.view.query == "otte*"
        assert rows_of(desk) == 1


async def test_a_mistake_in_a_query_is_shown_and_the_rows_stay(reader, noted):
    async with reader(noted) as desk:
        await desk.press("g", "n", "slash", ")")
        await desk.until(lambda: "no matching opening one" in desk.text)
        assert rows_of(desk) == 3
        await desk.press("enter")
        assert book(desk).filter_line.editing
        await desk.press("escape")
        assert "no matching opening one" not in desk.text


async def test_the_order_is_changed_and_shown(reader, noted):
    async with reader(noted) as desk:
        await desk.press("g", "n", "g", "g")
        for order in (Order.ARTICLE, Order.TAG, Order.DAY, Order.NEWEST):
            await desk.press("s")
            assert order in desk.text
            assert at_cursor(desk) == "Nobody knows"
        await desk.press("s", "s")
        assert "#idea" in desk.text
        assert "Untagged" in desk.text


async def test_a_note_is_changed_in_place_and_the_change_undone(reader, noted):
    async with reader(noted) as desk:
        await desk.press("g", "n", "G", "e")
        assert desk.app.focused.text == "Ask the otters. #idea"
        await desk.press(*" Twice.", "escape")
        assert notes(desk) == ["Ask the otters. #idea Twice."]
        assert "Twice." in desk.text
        assert at_cursor(desk) == "seen at noon"
        await desk.press("u")
        assert notes(desk) == ["Ask the otters. #idea"]


async def test_a_highlight_gets_a_note_and_stays_when_it_is_removed(reader, noted):
    async with reader(noted) as desk:
        await desk.press("g", "n", "j", "e", *"hm", "escape")
        assert "hm" in notes(desk)
        await desk.press("e", "backspace", "backspace", "escape")
        assert "hm" not in notes(desk)
        assert len(desk.on_disk().annotations.select()) == 3


async def test_a_note_being_written_is_kept_by_the_key_that_always_quits(reader, noted):
    async with reader(noted) as desk:
        await desk.press("g", "n", "G", "e", *" Now.")
        await desk.app.action_quit()
        await desk.until(lambda: notes(desk) == ["Ask the otters. #idea Now."])


@pytest.mark.parametrize(
    ("keys", "query", "left"),
    [(("D"), "", 2), (("e", *"hm", "escape"), "note:hm", 1), (("t", *"hm", "enter"), "tag:hm", 1)],
)
async def test_a_change_is_made_even_if_the_notebook_is_left_meanwhile(reader, noted, keys, query, left):
    async with reader(noted) as desk:
        await desk.press("g", "n", "j")
        disk_is_back = Event()
        desk.screen.changes.writer._thread.submit(disk_is_back.wait)
        await desk.pilot.press(*keys, "q")
        assert desk.app.screen is desk.screen
        disk_is_back.set()
        await desk.rest()
        assert len(desk.on_disk().annotations.select(query)) == left


async def test_an_entry_is_deleted_and_restored(reader, noted):
    async with reader(noted) as desk:
        await desk.press("g", "n", "j", "D")
        assert rows_of(desk) == 2
        assert len(desk.on_disk().annotations.select()) == 2
        await desk.press("u")
        assert at_cursor(desk) == "ends with its number, 40"
        await desk.press("ctrl+r")
        assert rows_of(desk) == 2


async def test_an_entry_is_tagged_and_untagged(reader, noted):
    async with reader(noted) as desk:
        await desk.press("g", "n", "t", *"cost", "enter")
        assert "#cost" in desk.text
        assert [one.tags for one in desk.on_disk().annotations.select("has:bookmark")] == [("cost",)]
        await desk.press("T", *"cost", "enter")
        assert [one.tags for one in desk.on_disk().annotations.select("has:bookmark")] == [()]
        await desk.press("T")
        assert "No tags to remove" in desk.said


async def test_bookmarked_articles_and_passages_are_in_one_list(reader, noted):
    async with reader(noted) as desk:
        await desk.press("b", "g", "b")
        assert book(desk).content.view.section is Section.BOOKMARKS
        assert rows_of(desk) == 2
        assert OTTERS in desk.text
        await desk.press("e")
        assert "whole article" in desk.said
        await desk.press("D")
        assert desk.on_disk().search.ids("is:bookmarked") == []
        assert at_cursor(desk) == "Nobody knows"
        await desk.press("u", "g", "g", "enter")
        assert desk.on_page == OTTERS
        assert "★" in desk.text


async def test_old_ones_are_shown_again(reader, folder, library_at):
    clock = SetClock(datetime(2022, 11, 22, tzinfo=UTC))
    with library_at(folder, clock) as library:
        library.highlight(library.search.ids("otters")[0], "seen at noon")
        clock.now = datetime(2023, 2, 1, tzinfo=UTC)
        library.highlight(library.search.ids("tram")[0], "Nobody knows")
    async with reader(folder) as desk:
        await desk.press("g", "n", "l", "l")
        assert book(desk).content.view.section is Section.ON_THIS_DAY
        assert at_cursor(desk) == "seen at noon"
        assert rows_of(desk) == 1
        await desk.press("tab")
        assert book(desk).content.view.section is Section.REVIEW
        assert rows_of(desk) == 2
        await desk.press("h", "h", "h")
        assert book(desk).content.view.section is Section.ALL


async def test_orphans_are_marked_and_found(reader, noted, library_at):
    with library_at(noted) as library:
        url = library.select("otters")[0].url
        outcome = library.importing.add_bytes(
            "a.md", f"---\ntitle: {OTTERS}\nurl: {url}\n---\n\nAll is new.\n".encode()
        )
        assert outcome.status == "updated"
    async with reader(noted) as desk:
        await desk.press("g", "n")
        assert "1 orphan" in desk.text
        await desk.press("O")
        assert rows_of(desk) == 1
        assert "no longer in the text" in desk.text
        await desk.press("enter")
        assert desk.on_page == OTTERS
        assert "no longer in the text" in desk.said
        await desk.press("escape", "O")
        assert rows_of(desk) == 3


async def test_notes_added_by_another_program_appear(reader, noted):
    async with reader(noted) as desk:
        await desk.press("g", "n")
        with desk.on_disk() as other:
            other.note(desk.id_of(TRAM), "From outside.")
        await desk.screen.others.follow()
        await desk.until(lambda: rows_of(desk) == 4)


async def test_commands_of_the_reader_lead_back_to_it(reader, noted):
    async with reader(noted) as desk:
        await desk.press("g", "n", "g", "x")
        assert desk.screen.listing.query_text == "is:trashed"
        assert desk.app.screen is desk.screen


async def test_an_empty_notebook_says_how_to_begin(reader):
    async with reader(size=(60, 20)) as desk:
        await desk.press("g", "n", "enter", "e", "D", "t", "Y", "j", "G")
        assert "No annotations yet." in desk.text
        await desk.press("slash", *"xyz", "enter")
        assert "No matches." in desk.text


@pytest.mark.parametrize("size", [(1, 1), (10, 3), (40, 10)])
async def test_no_terminal_is_too_small(reader, noted, size):
    async with reader(noted) as desk:
        await desk.press("g", "n")
        await desk.pilot.resize_terminal(*size)
        await desk.press("j", "s", "l", "h", "e", "escape")
        assert desk.app.is_running


async def test_reading_continues_at_the_same_words(reader):
    async with reader(size=(80, 24)) as desk:
        await desk.press("j", "j", "enter", "space", "space")
        place = desk.screen.page.reading_offset
        assert place > 0
        await desk.press("escape", "g", "g", "g", "r")
        assert desk.titles == [LONG]
        await desk.press("enter")
        assert desk.screen.page.reading_offset == place
