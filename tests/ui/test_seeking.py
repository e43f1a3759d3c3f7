"""Finding words in the open article."""

from __future__ import annotations

from tuireader.commands import Context

TIDE, TRAM = "Long read about the tide", "Council votes on the tram"


def marked(desk) -> dict[str, list[str]]:
    """Return the words marked on the page, by style."""
    page = desk.screen.page.page
    words: dict[str, list[str]] = {}
    for mark in page.marks:
        words.setdefault(mark.name, []).append(page.document.text[mark.start : mark.end])
    return words


async def test_words_are_marked_while_they_are_typed_and_counted(reader):
    async with reader(size=(100, 30)) as desk:
        await desk.press("j", "j", "enter", "slash", *"HARB")
        assert desk.screen.context is Context.FIND_LINE
        assert marked(desk)["current-match"] == ["harb"] and len(marked(desk)["match"]) == 79
        assert "1 of 80" in desk.lines()[-2]
        await desk.press(*"xyz")
        assert marked(desk) == {} and "not found" in desk.lines()[-2]
        await desk.press(*["backspace"] * 3, "enter")
        assert desk.app.focused is desk.screen.page
        assert "1 of 80" in desk.lines()[-1]


async def test_n_steps_through_the_matches_and_says_when_it_wraps_around(reader):
    async with reader(size=(100, 30)) as desk:
        await desk.press("j", "j", "enter", "slash", *"number, 7", "enter")
        assert "1 of 11" in desk.lines()[-1]
        for number in range(70, 73):
            await desk.press("n")
            assert f"its number, {number}." in desk.text
        await desk.press("N")
        assert "3 of 11" in desk.lines()[-1] and "from the" not in desk.said
        await desk.press("8", "n", "n")
        assert "1 of 11" in desk.lines()[-1] and "from the beginning" in desk.said
        await desk.press("N")
        assert "11 of 11" in desk.lines()[-1] and "from the end" in desk.said


async def test_words_are_found_across_the_end_of_a_line_without_case_and_accents(
    reader, library_at, empty_folder
):
    with library_at(empty_folder) as library:
        library.importing.add_bytes(
            "a.md", "---\ntitle: Wörter\n---\nDas Café an der Straße in İstanbul\n".encode()
        )
    async with reader(empty_folder, size=(40, 14)) as desk:
        for typed, found in (("strasse in istan", "Straße in İstan"), ("CAFE AN", "Café an")):
            await desk.press("enter", "slash", *typed.replace(" ", "·"))
            await desk.press("ctrl+u")
            await desk.paste(typed)
            assert marked(desk) == {"current-match": [found]}
            await desk.press("escape")


async def test_escape_restores_the_position_and_the_previous_marks(reader):
    async with reader(size=(100, 30)) as desk:
        await desk.press("j", "j", "enter", "space", "space")
        offset = desk.screen.page.reading_offset
        await desk.press("slash", *"number, 80", "escape")
        assert desk.screen.page.reading_offset == offset and marked(desk) == {}
        await desk.press("slash", *"tide", "enter", "slash", *"town", "escape")
        assert set(marked(desk)["match"]) == {"tide"}


async def test_up_and_down_step_while_typing_and_the_marks_go_with_escape(reader):
    async with reader(size=(100, 30)) as desk:
        await desk.press("j", "j", "enter", "slash", *"tide", "down", "down", "up")
        assert "2 of 80" in desk.lines()[-2] and desk.screen.find_line.words == "tide"
        await desk.press("enter", "escape")
        assert marked(desk) == {} and desk.app.focused is desk.screen.page
        await desk.press("n")
        assert "No search words" in desk.said
        await desk.press("escape")
        assert desk.app.focused is desk.screen.articles


async def test_the_words_of_the_list_s_query_are_marked_and_stepped_through(reader):
    async with reader(size=(100, 30)) as desk:
        await desk.filter('harb* "the town" -strike tag:science')
        await desk.press("enter")
        assert desk.on_page == TIDE
        assert set(marked(desk)["match"]) == {"harb", "the town"}
        assert "160 matches" in desk.lines()[-1]
        await desk.press("n", "n")
        assert marked(desk)["current-match"] == ["the town"] and "2 of 160" in desk.lines()[-1]
        await desk.press("slash", *"ends", "enter", "escape")
        assert set(marked(desk)["match"]) == {"harb", "the town"}


async def test_what_was_typed_is_for_one_article_only(reader):
    async with reader() as desk:
        await desk.press("j", "enter", "slash", *"vote", "enter", "J")
        assert desk.on_page == TIDE and marked(desk) == {}


async def test_the_slash_still_filters_the_list(reader):
    async with reader() as desk:
        await desk.press("slash", *"tram", "enter")
        assert len(desk.titles) == 2


async def test_a_note_does_not_remove_the_marks(reader):
    async with reader() as desk:
        await desk.press("j", "enter", "slash", *"vote", "enter", "a", *"hm", "escape")
        assert marked(desk) == {"current-match": ["vote"]}


async def test_in_zen_words_are_found_too(reader):
    async with reader(size=(60, 20)) as desk:
        await desk.press("j", "j", "enter", "z", "slash", *"tide")
        assert "1 of 80" in desk.lines()[-1]
        await desk.press("enter", "n")
        assert "2 of 80" in desk.lines()[-1] and desk.panes() == {"page"}


async def test_words_beyond_the_beginning_of_a_very_long_article_are_found(reader, library_at, empty_folder):
    body = "---\ntitle: Long\n---\n" + "\n\n".join(f"Paragraph {number} goes on." for number in range(5000))
    with library_at(empty_folder) as library:
        library.importing.add_bytes("long.md", body.encode())
    async with reader(empty_folder) as desk:
        await desk.press("enter", "slash", *"graph 4321", "enter")
        assert "Paragraph 4321 goes on." in desk.text


TABLES = """---
title: Tables
---
Before.

| year | containerslanded | containersshipped | remarks |
|--|--|--|--|
| 2019 | 120,000 | 119,500 | quiet 港口 quay |
| 2020 | quay 9 | 99,500 | loud |

Between.

| a | b |
|--|--|
| a cell with many words that is broken into lines | its neighbour has the pilot, many words, too, and a tug |

After.
"""


async def test_matches_in_a_table_are_scrolled_to_sideways_too(reader, library_at, empty_folder):
    with library_at(empty_folder) as library:
        library.importing.add_bytes("a.md", TABLES.encode())
    async with reader(empty_folder, size=(45, 24)) as desk:
        await desk.press("enter", "slash", *"quay", "enter")
        assert "1 of 2" in desk.lines()[-1]
        assert any(line.endswith("quiet 港口 quay") for line in map(str.rstrip, desk.lines()))
        await desk.press("n")
        assert "2 of 2" in desk.lines()[-1] and "2020  quay 9" in desk.text
        await desk.press("n")
        assert "quiet 港口 quay" in desk.text
        for words in ("pilot", "tug", "broken into"):
            await desk.press("slash", *words.replace(" ", "·"), *["backspace"] * len(words))
            await desk.paste(words)
            assert marked(desk) == {"current-match": [words]}
            assert words in desk.text
            await desk.press("enter")


async def test_an_annotation_in_a_table_is_scrolled_to_sideways_too(reader, library_at, empty_folder):
    with library_at(empty_folder) as library:
        library.highlight(library.importing.add_bytes("a.md", TABLES.encode()).id, "港口 quay")
    async with reader(empty_folder, size=(45, 24)) as desk:
        await desk.press("enter")
        assert "港口 quay" not in desk.text
        await desk.press("]", "a")
        assert "港口 quay" in desk.text


async def test_in_the_list_n_goes_from_one_article_found_to_the_next(reader):
    async with reader() as desk:
        await desk.press("n")
        assert "/ filters the list" in desk.said and desk.at_cursor == desk.titles[0]
        await desk.filter("harbour")
        assert len(desk.titles) > 2
        await desk.press("n", "n")
        assert desk.at_cursor == desk.titles[2]
        await desk.press("N")
        assert desk.at_cursor == desk.titles[1]


async def test_the_words_of_a_longer_query_are_marked_on_the_same_article(reader):
    async with reader() as desk:
        await desk.filter("stri*")
        shown = desk.screen.in_view.shown_id
        assert {mark.end - mark.start for mark in desk.screen.page.page.marks} == {len("Stri")}
        await desk.filter("strike")
        assert desk.screen.in_view.shown_id == shown
        assert {mark.end - mark.start for mark in desk.screen.page.page.marks} == {len("Strike")}
        await desk.press("F")
        assert not desk.screen.page.page.marks
