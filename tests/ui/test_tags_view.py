"""The tags view: families with counts, marked, listed, renamed, merged, coloured and deleted."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList

from tuireader.commands import Context
from tuireader.tags.screen import TagsScreen

SIZES = pytest.mark.parametrize("size", [(160, 45), (80, 24), (60, 20), (40, 10)])


def view(desk) -> TagsScreen:
    assert isinstance(desk.app.screen, TagsScreen)
    return desk.app.screen


def at_cursor(desk) -> str:
    row = view(desk).rows.tag_row
    return row.tag if row else ""


def inks(desk) -> list[tuple[str, object]]:
    """Return every piece of text on the terminal with its colour."""
    strips = desk.app.screen._compositor.render_strips()
    return [(piece.text.strip(), piece.style.color) for strip in strips for piece in strip if piece.style]


async def go_to(desk, tag: str) -> None:
    """Put the cursor on a tag, only with keys."""
    await desk.press("g", "g")
    for _ in range(view(desk).rows.row_count):
        if at_cursor(desk) == tag:
            return
        await desk.press("j")
    raise AssertionError(f"{tag} is not shown")


@SIZES
async def test_tags_are_shown_in_their_families_with_counts(reader, size):
    async with reader(size=size) as desk:
        await desk.press("g", "t")
        assert view(desk).context is Context.TAGS
        assert at_cursor(desk) == "city"
        assert ["▌", "city", "3"] in [line.split()[:3] for line in desk.lines()]
        await go_to(desk, "nature/bats")
        await desk.press("q")
        assert desk.app.focused is desk.screen.articles


async def test_enter_lists_what_has_the_tag(reader):
    async with reader() as desk:
        await desk.press("g", "t")
        await go_to(desk, "nature")
        await desk.press("enter")
        assert desk.screen.listing.query_text == "tag:nature/*"
        assert desk.titles == ["Otters return to the canal", "Bats follow the tram wires"]
        assert desk.app.focused is desk.screen.articles


async def test_several_tags_are_joined_by_and_or_and_not(reader):
    async with reader() as desk:
        await desk.press("g", "t")
        await go_to(desk, "city")
        await desk.press("&")
        await go_to(desk, "nature/bats")
        await desk.press("!")
        assert "2 articles" in desk.lines()[0]
        await go_to(desk, "nature")
        await desk.press("vertical_line")
        await go_to(desk, "science")
        await desk.press("vertical_line")
        assert "1 article" in desk.lines()[0]
        await desk.press("enter")
        assert desk.screen.listing.query_text == "tag:city tag:nature/*,science -tag:nature/bats"
        assert desk.titles == ["Otters return to the canal"]


async def test_a_mark_is_removed_by_its_key_and_all_marks_by_escape(reader):
    async with reader() as desk:
        await desk.press("g", "t", "space", "g", "g", "space")
        assert view(desk).marks.given == {}
        await desk.press("&", "vertical_line", "escape")
        assert view(desk).marks.given == {}
        assert "Tags of all articles" in desk.lines()[0]
        await desk.press("escape")
        assert desk.screen.listing.query_text == ""


async def test_counts_are_those_of_the_filter_and_the_filter_stays(reader):
    async with reader() as desk:
        await desk.filter("date:2021")
        await desk.press("g", "t")
        assert "Tags of date:2021" in desk.lines()[0]
        assert {at_cursor(desk), view(desk).rows.row_count} == {"harbour", 2}
        await desk.press("enter")
        assert desk.screen.listing.query_text == "date:2021 tag:harbour"


@SIZES
async def test_a_tag_is_renamed_and_the_rename_undone(reader, size):
    async with reader(size=size) as desk:
        await desk.press("g", "t")
        await go_to(desk, "nature")
        await desk.press("R", "ctrl+u", *"wild", "enter")
        assert at_cursor(desk) == "wild"
        assert "nature renamed to wild: 2 articles" in desk.said
        await desk.press("j")
        assert at_cursor(desk) == "wild/bats"
        assert desk.on_disk().search.ids("tag:wild/bats")
        await desk.press("u")
        assert "Undone" in desk.said
        assert desk.on_disk().search.ids("tag:nature/bats")
        await go_to(desk, "nature")


async def test_a_tag_is_merged_with_another_by_its_name(reader):
    async with reader() as desk:
        await desk.press("g", "t")
        await go_to(desk, "work")
        await desk.press("R", "ctrl+u", *"harb", "tab", "enter")
        assert "work merged into harbour: 2 articles" in desk.said
        assert at_cursor(desk) == "harbour"
        assert desk.on_disk().search.ids("tag:work") == []


async def test_cancelling_renames_nothing(reader):
    async with reader() as desk:
        await desk.press("g", "t", "R", *"x", "escape")
        assert view(desk).context is Context.TAGS
        await desk.press("R", "enter")
        assert desk.on_disk().tags.counts()[0].tag == "city"
        assert desk.said == ""


async def test_a_tag_is_deleted_and_the_number_of_changes_shown(reader):
    async with reader() as desk:
        await desk.press("g", "t", "D")
        assert "city deleted: 3 articles · u to undo" in desk.said
        assert desk.on_disk().search.ids("tag:city") == []
        await desk.press("q", "u")
        assert len(desk.on_disk().search.ids("tag:city")) == 3


@pytest.mark.parametrize("size", [(200, 50), (80, 24)])
async def test_a_colour_is_shown_by_a_sign_in_view_and_sidebar_and_by_colour_in_the_list(reader, size):
    async with reader(size=size) as desk:
        await desk.press("g", "t")
        await go_to(desk, "harbour")
        await desk.press("c")
        assert isinstance(desk.app.focused, OptionList)
        await desk.press("5")
        assert desk.on_disk().tags.colours() == {"harbour": "red"}
        assert "harbour █" in desk.text
        await desk.press("q")
        await desk.until(lambda: desk.screen.articles.painter.tag_colours == {"harbour": "red"})
        red = desk.screen.articles.get_component_rich_style("article-list--tag-red").color
        await desk.until(lambda: red in {colour for text, colour in inks(desk) if text == "#harbour"})
        await desk.press("h")
        assert "harbour █" in desk.text


async def test_unused_tags_have_a_section(reader, folder, library_at):
    with library_at(folder) as library:
        library.tags.recolour("someday", "green")
        library.articles.trash(library.search.ids("tag:science"))
    async with reader(size=(80, 24)) as desk:
        await desk.press("g", "t", "G")
        assert at_cursor(desk) == "someday"
        assert "no article" in desk.text and "1 in the trash" in desk.text
        await desk.press("k", "k")
        assert at_cursor(desk) == "work"
        await desk.press("G", "D")
        assert desk.on_disk().tags.colours() == {}


@pytest.mark.parametrize("size", [(160, 45), (80, 24)])
async def test_related_tags_of_the_tag_under_the_cursor_are_shown(reader, size):
    async with reader(size=size) as desk:
        await desk.press("g", "t")
        await go_to(desk, "harbour")
        await desk.until(lambda: "work 2" in desk.text or "2  work" in desk.text)


async def test_families_open_and_close_and_the_order_changes(reader):
    async with reader() as desk:
        await desk.press("g", "t")
        await go_to(desk, "nature/bats")
        await desk.press("h")
        assert at_cursor(desk) == "nature"
        await desk.press("h")
        rows = view(desk).rows.row_count
        await desk.press("l")
        assert view(desk).rows.row_count == rows + 1
        await desk.press("s")
        assert "by name" in desk.lines()[0]


async def test_commands_of_the_reader_are_carried_out_there(reader):
    async with reader() as desk:
        await desk.press("g", "t", "g", "n")
        assert desk.app.screen.__class__.__name__ == "NotebookScreen"
        await desk.press("g", "t")
        assert view(desk).context is Context.TAGS
        await desk.press("question_mark")
        assert desk.app.screen.__class__.__name__ == "HelpScreen"


async def test_an_empty_library_says_so(reader, empty_folder):
    async with reader(empty_folder) as desk:
        await desk.press("g", "t", "enter", "R", "c", "D", "&", "l", "h", "G")
        (line,) = (line for line in desk.lines() if "No tags." in line)
        assert line.index("No tags.") > 20
        await desk.press("q")
        assert desk.app.focused is desk.screen.articles


async def test_what_another_program_changed_is_shown(reader):
    async with reader() as desk:
        await desk.press("g", "t")
        with desk.on_disk() as other:
            other.tags.rename("city", "town")
        await desk.until(lambda: "town" in desk.text)


async def test_where_all_tags_are_out_of_use_the_cursor_stays_below_their_heading(
    reader, empty_folder, library_at
):
    with library_at(empty_folder) as library:
        library.tags.recolour("someday", "green")
    async with reader(empty_folder) as desk:
        await desk.press("g", "t", "k", "g", "g")
        assert at_cursor(desk) == "someday"
