"""Stories in the reader: folded, opened and counted; related articles and the timeline."""

from __future__ import annotations

import threading

import pytest
from textual.widgets import Static

from library import Library
from library.calendar import Calendar
from tuireader.commands import Context
from tuireader.reader import background
from tuireader.reader.article_view import related
from tuireader.related.screen import RelatedList, RelatedScreen
from tuireader.settings import load_settings

WHOLE, CUT, SHORT, DEAL = "The whole report", "A cut report", "The shortest report", "What came of it"
OTHER, LATER = "Another matter", "A later report"
REPORT = " ".join(f"Northmole sentence{number} stands here for number{number}." for number in range(40))


def report(share: float) -> str:
    return REPORT[: int(len(REPORT) * share)]


FILES = (
    (SHORT, "2021-03-06", report(0.4)),
    (CUT, "2021-03-05", report(0.7)),
    (WHOLE, "2021-03-04", REPORT),
    (DEAL, "2021-04-19", "Northmole: " + ", ".join(f"sentence{number}" for number in range(0, 40, 2))),
    (OTHER, "2020-01-01", "The soup was warm."),
)


@pytest.fixture
def shelf(empty_folder, library_at):
    """A library with a story of three articles, one that is related, and one that is not."""
    with library_at(empty_folder) as library:
        for number, (title, day, body) in enumerate(FILES):
            head = f"title: {title}\ndate: {day}\nurl: https://paper{number}.example.org/{number}\ntags: [quay]\n"
            library.importing.add_bytes("a.md", f"---\n{head}---\n{body}\n".encode())
        list(library.search.index_texts())
    return empty_folder


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch):
    monkeypatch.setattr(related, "RELATED_PAUSE", 0.001)


def rows(desk) -> list[str]:
    edge = desk.screen.articles.region.right
    return [line[:edge].rstrip() for line in desk.lines()]


def row_of(desk, title: str) -> str:
    return next(row for row in rows(desk) if title in row)


async def test_the_articles_of_a_story_are_one_line_that_opens_and_closes(reader, shelf):
    async with reader(shelf) as desk:
        assert desk.titles == [DEAL, WHOLE, OTHER]
        assert row_of(desk, WHOLE).endswith("+2")
        assert "5 articles" in desk.lines()[0]
        await desk.press("j", ">")
        assert desk.titles == [DEAL, WHOLE, CUT, SHORT, OTHER]
        assert row_of(desk, WHOLE).endswith("−2")
        assert row_of(desk, CUT).startswith(" ●   ")
        await desk.press("j", "j", "<")
        assert desk.titles == [DEAL, WHOLE, OTHER]
        assert desk.at_cursor == WHOLE


async def test_a_story_opened_while_the_list_is_searched_again_stays_open(reader, shelf, monkeypatch):
    reached, released, days_of = threading.Event(), threading.Event(), Calendar.days_of

    def held(calendar: Calendar, *args: object) -> object:
        reached.set()
        assert released.wait(60)
        return days_of(calendar, *args)

    async with reader(shelf) as desk:
        monkeypatch.setattr(Calendar, "days_of", held)
        desk.screen.listing.refresh()
        await desk.until(reached.is_set)
        await desk.pilot.press("j", ">")
        await desk.until(lambda: len(desk.titles) == 5)
        released.set()
        await desk.rest()
        assert desk.titles == [DEAL, WHOLE, CUT, SHORT, OTHER]


async def test_a_story_stays_open_when_something_in_it_changes(reader, shelf):
    async with reader(shelf) as desk:
        await desk.press("j", ">", "j", "b")
        assert desk.titles == [DEAL, WHOLE, CUT, SHORT, OTHER]
        assert desk.at_cursor == CUT
        assert "★" in row_of(desk, CUT)


async def test_folding_can_be_switched_off_also_for_the_next_time(reader, shelf, tmp_path):
    settings = tmp_path / "config.toml"
    async with reader(shelf, settings=settings) as desk:
        await desk.press("g", ">")
        assert desk.titles == [DEAL, SHORT, CUT, WHOLE, OTHER]
        assert "one row per article" in desk.said
    assert not load_settings(settings).folds
    async with reader(shelf, settings=settings) as desk:
        assert len(desk.titles) == 5
        await desk.press("g", ">")
        assert len(desk.titles) == 3


async def test_a_change_of_selected_articles_counts_hidden_ones(reader, shelf):
    async with reader(shelf) as desk:
        await desk.press("j", "space")
        assert "3 selected, 2 folded" in desk.lines()[0]
        await desk.press("r")
        assert "3 articles" in desk.said
        assert {article.title for article in desk.on_disk().select("is:read")} == {WHOLE, CUT, SHORT}
        await desk.press("*", "b")
        assert len(desk.on_disk().search.ids("is:bookmarked")) == 5


async def test_a_command_on_a_folded_row_affects_only_its_first_article(reader, shelf):
    async with reader(shelf) as desk:
        await desk.press("j", "x")
        assert [article.title for article in desk.on_disk().select("is:trashed")] == [WHOLE]
        assert desk.titles == [DEAL, CUT, OTHER]
        assert row_of(desk, CUT).endswith("+1")


async def test_new_articles_are_folded_once_indexed_and_the_cursor_stays(
    reader, shelf, library_at, monkeypatch
):
    monkeypatch.setattr(background, "INDEXING_PAUSE", 0.001)
    async with reader(shelf) as desk:
        await desk.press("j")
        with library_at(shelf) as other:
            head = f"title: {LATER}\ndate: 2021-03-07\nurl: https://late.example.org/1\n"
            other.importing.add_bytes("a.md", f"---\n{head}---\n{report(0.6)}\n".encode())
            await desk.until(lambda: "6 articles" in desk.lines()[0])
        await desk.until(lambda: row_of(desk, WHOLE).endswith("+3"))
        assert (desk.at_cursor, desk.on_page) == (WHOLE, WHOLE)


async def test_the_article_under_the_cursor_is_not_hidden_by_folding(reader, shelf):
    async with reader(shelf) as desk:
        await desk.press("g", ">", "j")
        assert desk.at_cursor == SHORT
        await desk.press("g", ">")
        assert desk.at_cursor == SHORT
        assert desk.titles == [DEAL, WHOLE, CUT, SHORT, OTHER]


async def test_nothing_is_folded_in_the_trash(reader, shelf):
    async with reader(shelf) as desk:
        await desk.press("j", "space", "x", "g", "x")
        assert sorted(desk.titles) == sorted([WHOLE, CUT, SHORT])


async def test_next_unread_finds_a_line_that_hides_one(reader, shelf):
    async with reader(shelf) as desk:
        await desk.press("r", "j", "r", "g", "g", "]", "u")
        assert desk.at_cursor == WHOLE


async def test_a_filter_folds_what_it_finds(reader, shelf):
    async with reader(shelf) as desk:
        await desk.filter("date:2021-03-05..")
        assert desk.titles == [DEAL, CUT]
        assert row_of(desk, CUT).endswith("+1")


async def test_the_story_and_related_articles_are_below_the_page(reader, shelf):
    async with reader(shelf, size=(120, 60)) as desk:
        await desk.press("j", "enter", "G")
        await desk.until(lambda: "Related" in desk.text)
        await desk.press("G")
        text = desk.text
        assert text.index("Same story") < text.index("paper1.example.org") < text.index("Related")
        assert DEAL in text[text.index("Related") :]


def related_rows(desk) -> list[str]:
    chosen = desk.app.screen.query_one(RelatedList)
    return [chosen.render_line(y).text.strip() for y in range(chosen.size.height)]


async def test_related_articles_are_listed_with_why_and_enter_reads_one(reader, shelf):
    async with reader(shelf) as desk:
        await desk.press("j", "g", "a")
        await desk.until(lambda: any(DEAL in line for line in related_rows(desk)))
        lines = related_rows(desk)
        assert lines[1] == "Same story"
        assert any("sentence" in line and "paper3.example.org" in line for line in lines)
        await desk.press("G", "enter")
        assert (desk.on_page, desk.at_cursor) == (DEAL, DEAL)
        assert desk.screen.context is Context.PAGE


async def test_an_article_that_is_folded_is_opened_out_of_its_story(reader, shelf):
    async with reader(shelf) as desk:
        await desk.filter("date:2021")
        await desk.press("j", "g", "a")
        await desk.until(lambda: "Same story" in desk.text)
        await desk.press("j", "enter")
        assert desk.on_page in (CUT, SHORT)
        assert desk.at_cursor == desk.on_page
        assert desk.titles == [DEAL, WHOLE, CUT, SHORT]


async def test_the_timeline_has_months_and_notes_and_leads_to_the_passage(reader, shelf, library_at):
    with library_at(shelf) as library:
        library.note(library.search.ids(f'title:"{CUT}"')[0], "Who counted them?", quote="sentence20")
    async with reader(shelf) as desk:
        await desk.press("j", "g", "h")
        await desk.until(lambda: "March 2021" in desk.text)
        lines = related_rows(desk)
        assert lines.index("March 2021") < next(n for n, line in enumerate(lines) if "Who counted" in line)
        await desk.press("j", "j", "enter")
        assert desk.on_page == CUT
        assert desk.screen.page.lines.shows(REPORT.index("sentence20"))


async def test_tab_shows_the_other_side_and_escape_leaves(reader, shelf):
    async with reader(shelf) as desk:
        await desk.press("j", "g", "a")
        await desk.until(lambda: "Same story" in desk.text)
        await desk.press("tab")
        await desk.until(lambda: "March 2021" in desk.text)
        await desk.press("escape")
        assert desk.at_cursor == WHOLE
        assert not isinstance(desk.app.screen, RelatedScreen)


async def test_without_related_articles_it_says_so(reader, shelf):
    async with reader(shelf) as desk:
        await desk.press("G", "g", "a")
        await desk.until(lambda: "No near-duplicates" in desk.text)


async def test_a_hostile_headline_is_text_in_the_list_of_related_articles(reader, empty_folder, library_at):
    hostile = "a [/] b [@click=app.quit]c[/] \\x1b[31m"
    with library_at(empty_folder) as library:
        add_hostile(library, hostile)
    async with reader(empty_folder, size=(120, 40)) as desk:
        await desk.press("g", "a")
        await desk.until(lambda: "Same story" in desk.text)
        assert "[/] b [@click=app.quit]c" in str(desk.app.screen.query_one(Static).render())
        await desk.press("tab", "escape", "enter", "G")


def add_hostile(library: Library, title: str) -> None:
    for number in range(2):
        head = f"title: '{title} {number}'\nurl: https://a{number}.example.org/{number}\n"
        library.importing.add_bytes("a.md", f"---\n{head}---\n{REPORT}\n".encode())
    list(library.search.index_texts())
