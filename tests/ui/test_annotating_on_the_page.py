"""Highlights, notes and bookmarks on words of an article: added, shown, stepped through, changed, removed."""

from __future__ import annotations

import pytest
from rich.style import Style
from textual.widgets import TextArea

from library.models import HIGHLIGHT_COLOURS, AnnotationKind
from tuireader.commands import Context, find
from tuireader.widgets.article_view.drawing import POINTER
from tuireader.widgets.article_view.marks import HIGHLIGHT_GLYPHS
from tuireader.widgets.article_view.runs import Run
from tuireader.widgets.article_view.view import ArticleView

OTTERS, TRAM, TIDE = "Otters return to the canal", "Council votes on the tram", "Long read about the tide"


def made(desk) -> list[tuple[str, str, str]]:
    """Return kind, words, and colour or text of the stored annotations, in the order of the text."""
    with desk.on_disk() as library:
        found = sorted(library.annotations.select(), key=lambda one: one.quote.start if one.quote else -1)
        return [
            (str(one.kind), one.quote.exact if one.quote else "", one.colour or one.body) for one in found
        ]


def pointed(desk) -> str:
    """Return the line with the pointer."""
    page = desk.screen.page
    rows = [page.render_line(y).text for y in range(page.size.height)]
    return next((row.strip(" │" + POINTER) for row in rows if POINTER in row), "")


async def show_again(desk) -> None:
    """Show changes that the test made in the library."""
    desk.screen.in_view.refresh()
    await desk.rest()


async def select(desk, words: str) -> None:
    """Drag the mouse over ``words``, which are on one line of the page."""
    page = desk.screen.page
    rows = [page.render_line(y).text for y in range(page.size.height)]
    y, x = next((y, row.index(words)) for y, row in enumerate(rows) if words in row)
    await desk.pilot.mouse_down(page, offset=(x, y))
    await desk.pilot.hover(page, offset=(x + len(words) - 1, y))
    await desk.pilot.mouse_up(page, offset=(x + len(words) - 1, y))
    await desk.rest()


# Highlights


async def test_the_paragraph_in_front_is_highlighted_and_again_in_the_next_colour(reader):
    async with reader() as desk:
        await desk.press("enter")
        assert pointed(desk).startswith("The otters are back.")
        await desk.press("H")
        text = "The otters are back. One was seen at noon."
        assert made(desk) == [("highlight", text, "yellow")]
        assert f"{HIGHLIGHT_GLYPHS['yellow']} The otters" in desk.text
        await desk.press("H")
        assert made(desk) == [("highlight", text, "green")]
        assert f"{HIGHLIGHT_GLYPHS['green']} The otters" in desk.text
        await desk.press("5", "H", "H")
        assert made(desk) == [("highlight", text, "yellow")]
        await desk.press("6", "H")
        assert "Five colours" in desk.said
        await desk.press("u", "u", "u", "u")
        assert made(desk) == []


async def test_keys_typed_ahead_change_the_highlight_that_is_being_made(reader):
    async with reader() as desk:
        await desk.press("enter")
        await select(desk, "otters are")
        for _ in range(3):  # all before the first one is saved
            desk.screen.annotations.highlight(None)
        await desk.rest()
        assert made(desk) == [("highlight", "otters are", "blue")]


async def test_what_is_deleted_by_keys_typed_ahead_is_what_was_just_made(reader):
    async with reader() as desk:
        desk.library.note(desk.id_of(OTTERS), "Mine.", quote="The otters")
        await show_again(desk)
        await desk.press("enter")
        await desk.pilot.press("H", "D")
        await desk.rest()
        assert made(desk) == [("note", "The otters", "Mine.")]


async def test_a_paragraph_below_is_reached_even_if_the_page_cannot_scroll(reader):
    async with reader() as desk:
        await desk.press("j", "enter")
        assert pointed(desk) == "The vote was close."
        await desk.press("}", "}")
        assert pointed(desk) == "Nobody knows."
        await desk.press("H")
        assert made(desk) == [("highlight", "Nobody knows.", "yellow")]
        await desk.press("{", "{", "a", *"Why?", "escape")
        assert made(desk)[0] == ("note", "The vote was close.", "Why?")


async def test_scrolling_puts_the_paragraph_on_top_in_front(reader):
    async with reader() as desk:
        await desk.press("j", "j", "enter", *"jjjjj", *"jjjj")
        assert pointed(desk) in desk.screen.page.render_line(0).text
        await desk.press("H")
        assert made(desk)[0][1].startswith("Paragraph 2 ")


async def test_words_selected_by_mouse_are_highlighted_annotated_and_bookmarked(reader):
    async with reader() as desk:
        await desk.press("enter")
        await select(desk, "otters are")
        await desk.press("3", "H")
        await select(desk, "One was")
        await desk.press("a")
        assert "Note on “One was”" in desk.text
        await desk.press(*"Who?", "escape")
        await select(desk, "noon")
        await desk.press("b")
        assert made(desk) == [
            ("highlight", "otters are", "blue"),
            ("note", "One was", "Who?"),
            ("bookmark", "noon", ""),
        ]
        assert desk.screen.page.selection.span() is None
        assert desk.library.articles.get(desk.id_of(OTTERS)).state.bookmarked is None
        await desk.press("b")
        assert desk.library.articles.get(desk.id_of(OTTERS)).state.bookmarked is not None


async def test_a_passage_bookmark_is_removed_by_the_same_key(reader):
    async with reader() as desk:
        await desk.press("enter", "B")
        assert [kind for kind, *_ in made(desk)] == ["bookmark"]
        assert "★ The otters" in desk.text
        await desk.press("B")
        assert made(desk) == []


# Selecting words


async def test_words_are_chosen_by_keyboard(reader):
    async with reader() as desk:
        await desk.press("enter", "v")
        assert desk.screen.context is Context.CHOOSING
        assert "Esc cancel" in desk.text and "1 word" in desk.text
        await desk.press("2", "w")
        assert "3 words" in desk.text
        await desk.press("b", "H")
        assert made(desk) == [("highlight", "The otters", "yellow")]
        assert desk.screen.context is Context.PAGE
        await desk.press("k")  # the next key takes the message from the footer
        assert "read on" in desk.text


async def test_the_selection_begins_at_the_cursor(reader):
    async with reader() as desk:
        await desk.press("enter", "v", "v", ")", "v", "w", "H")
        assert made(desk) == [("highlight", "One was", "yellow")]


async def test_the_selection_begins_at_the_match_that_was_stepped_to(reader):
    async with reader() as desk:
        await desk.press("enter", "slash", *"seen at", "enter", "v")
        await desk.press("w", "H")
        assert made(desk) == [("highlight", "seen at noon", "yellow")]


async def test_sentences_paragraphs_lines_and_the_other_end(reader):
    async with reader() as desk:
        await desk.press("j", "j", "enter", "v", ")")
        page = desk.screen.page
        text = page.page.document.text

        def chosen() -> str:
            return text[slice(*page.selection.span())]

        assert chosen() == text[: text.index("\n")]
        await desk.press("}")
        assert chosen().endswith("its number, 2.")
        await desk.press("o", "w", "w")
        assert chosen().startswith("begins here") and chosen().endswith("its number, 2.")
        await desk.press("(")
        assert chosen().startswith("Paragraph 1 begins") and chosen().endswith("its number, 2.")
        await desk.press("o", "{")
        assert chosen().endswith("\n\nParagraph")
        await desk.press("{", "j")
        assert page.selection.choice.cursor[0] > page.selection.choice.anchor[0]
        await desk.press("k", "w", "w")
        assert chosen() == "Paragraph 1 begins"
        await desk.press("escape")
        assert page.selection.span() is None and desk.screen.context is Context.PAGE


async def test_the_chosen_words_stay_in_view_and_survive_another_width(reader):
    async with reader() as desk:
        await desk.press("j", "j", "enter", "v", *["j"] * 60)
        page = desk.screen.page
        span = page.selection.span()
        assert page.scroll_offset.y > 0
        row = page.lines.rows.row_of(page.selection.choice.cursor[0])
        assert page.scroll_offset.y <= row < page.scroll_offset.y + page.size.height
        await desk.pilot.resize_terminal(80, 24)
        await desk.rest()
        assert page.selection.span() == span
        await desk.press("H")
        assert made(desk)[0][1] == page.page.document.text[slice(*span)].strip()


async def test_a_choice_goes_with_its_article(reader):
    async with reader() as desk:
        await desk.press("enter", "v", "escape", "J", "v")
        desk.screen.invoke(find("next-article"))
        await desk.rest()
        assert desk.screen.page.selection.choice is None
        assert desk.screen.context is Context.PAGE


async def test_the_mouse_replaces_the_keyboard_selection(reader):
    async with reader() as desk:
        await desk.press("enter", "v", "w")
        await select(desk, "noon")
        assert desk.screen.context is Context.PAGE
        await desk.press("v", "b", "H")
        assert made(desk) == [("highlight", "at noon", "yellow")]


# Notes on words


async def test_the_draft_of_a_note_on_words_is_there_again_with_its_words(reader):
    async with reader() as desk:
        await desk.press("j", "enter", "}", "}", "a", *"half a thou")
        key = desk.id_of(TRAM)
        await desk.until(lambda: desk.library.drafts.get(key) == "half a thou")
        desk.library.drafts.close()  # as the system does when a program is killed
        async with reader(path=desk.library.path) as again:
            await again.press("j", "enter", "a")
            assert "Note on “Nobody knows.”" in again.text
            assert again.app.focused.text == "half a thou"
            await again.press(*"ght", "escape")
            assert made(again) == [("note", "Nobody knows.", "half a thought")]
            assert again.library.drafts.get(key) == ""


async def test_a_note_quotes_words_that_were_removed_meanwhile(reader):
    async with reader() as desk:
        await desk.press("enter", "a", *"Mine.")
        file = b"---\ntitle: Otters return to the canal\nauthor: Jane Roe\ndate: 2026-11-21\nurl: https://news.example.org/otters-return-to-the-canal\n---\nAll is other now.\n"
        with desk.on_disk() as other:
            other.importing.add_bytes("article.md", file)
        await desk.screen.others.follow()
        await desk.press("escape")
        assert made(desk) == [("note", "", "> The otters are back. One was seen at noon.\n\nMine.")]


async def test_a_note_on_the_whole_article_is_written_from_the_page(reader):
    async with reader() as desk:
        await desk.press("enter", "A", *"All of it.", "escape")
        assert made(desk) == [("note", "", "All of it.")]


async def test_the_note_in_front_is_changed(reader):
    async with reader() as desk:
        key = desk.id_of(TRAM)
        desk.library.note(key, "First.", quote="The vote")
        desk.library.note(key, "Last.", quote="Nobody")
        await desk.press("j", "enter", "]", "a", "E")
        assert "Your note on “The vote”" in desk.text
        await desk.press(*"!", "escape")
        assert [text for *_, text in made(desk)] == ["First.!", "Last."]


@pytest.mark.parametrize(("size", "beside"), [((200, 40), True), ((120, 40), False), ((60, 30), False)])
async def test_notes_are_beside_the_page_if_they_fit(reader, size, beside):
    async with reader(size=size) as desk:
        desk.library.note(desk.id_of(OTTERS), "Ask *them*.", quote="otters are")
        await show_again(desk)
        await desk.press("enter", "z")
        (line,) = [line for line in desk.lines() if "The otters are back." in line]
        assert ("your note" in line) == beside
        assert "Ask them." in desk.text


async def test_notes_beside_the_page_do_not_overlap_and_none_is_cut_off(reader):
    async with reader(size=(200, 50)) as desk:
        for word in ("otters", "back", "noon"):
            desk.library.note(desk.id_of(OTTERS), f"On {word}.\n\nAnd more.", quote=word)
        desk.library.note(desk.id_of(OTTERS), "On all.")
        await show_again(desk)
        await desk.press("enter", "z")
        lines = desk.lines()
        for words in ("On otters.", "On back.", "On noon."):
            assert sum(words in line for line in lines) == 1
        assert [words in "\n".join(lines) for words in ("Notes ──", "On all.")] == [True, True]
        assert max(n for n, line in enumerate(lines) if "And more" in line) < next(
            n for n, line in enumerate(lines) if "Notes ──" in line
        )


# Existing annotations


async def test_annotations_are_stepped_through_and_one_is_removed(reader):
    async with reader() as desk:
        key = desk.id_of(TIDE)
        desk.library.note(key, "On three.", quote="Paragraph 3 ")
        desk.library.highlight(key, "Paragraph 40 ")
        desk.library.annotations.bookmark(key, "Paragraph 80 ")
        await desk.press("j", "j", "enter", "[", "a", "]", "a")
        assert "Paragraph 3 " in pointed(desk)
        await desk.press("]", "a")
        assert "Paragraph 40 " in pointed(desk)
        await desk.press("9", "]", "a")
        assert "Paragraph 80 " in pointed(desk)
        await desk.press("[", "a", "D")
        assert [kind for kind, *_ in made(desk)] == ["note", "bookmark"]
        assert "u to undo" in desk.said
        await desk.press("u")
        assert [kind for kind, *_ in made(desk)] == ["note", "highlight", "bookmark"]
        await desk.press("2", "[", "a", "E")
        assert "Your note on “Paragraph 3”" in desk.text


async def test_without_annotations_a_hint_is_shown(reader):
    async with reader() as desk:
        await desk.press("enter", "]", "a")
        assert "No annotations in this article" in desk.said
        await desk.press("D")
        assert "Nothing to delete here" in desk.said
        await desk.press("R")
        assert "No orphaned annotations" in desk.said


async def test_an_orphan_is_reattached_to_the_selection(reader):
    async with reader() as desk:
        key = desk.id_of(OTTERS)
        lost = desk.library.note(key, "Still mine.", quote="One was seen at noon")
        file = b"---\ntitle: Otters return to the canal\nauthor: Jane Roe\ndate: 2026-11-21\nurl: https://news.example.org/otters-return-to-the-canal\n---\nThe otters are back. Nobody says when.\n"
        desk.library.importing.add_bytes("article.md", file)
        assert desk.library.annotations.get(lost.id).orphan
        await show_again(desk)
        await desk.press("enter")
        assert "One was seen at noon" in desk.text and "? │ your note" in desk.text
        await desk.press("R")
        assert "Select words first" in desk.said
        await desk.press("]", "a")
        assert "your note" in pointed(desk)
        await select(desk, "Nobody says")
        await desk.press("R")
        assert made(desk) == [("note", "Nobody says", "Still mine.")]
        assert "? │" not in desk.text


async def test_a_failed_write_is_reported(reader, monkeypatch):
    from library.store.disk import Disk

    async with reader() as desk:
        await desk.press("enter")

        def fail(*args, **kwargs):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Disk, "write", fail)
        await desk.press("H", "B")
        assert "No space left on device" in desk.said
        assert HIGHLIGHT_GLYPHS["yellow"] + " The" not in desk.text


async def test_an_article_without_words_has_nothing_to_annotate(reader):
    async with reader() as desk:
        desk.library.importing.add_bytes("article.md", b"---\ntitle: Nothing\ndate: 2026-11-22\n---\n")
        desk.screen.listing.refresh()
        await desk.rest()
        assert desk.titles[0] == "Nothing"
        await desk.press("g", "g", "enter", "v", "H", "B", "D", "a")
        assert "No text here" in desk.said and isinstance(desk.app.focused, TextArea)
        await desk.press(*"Why?", "escape")
        assert made(desk) == [("note", "", "Why?")]


# Appearance


@pytest.mark.parametrize("theme", ["tuireader-light", "tuireader-dark"])
async def test_highlighted_words_are_legible_and_distinct_without_colour(reader, theme):
    def luminance(colour) -> float:
        channels = [c / 255 for c in colour.get_truecolor()]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(style: Style) -> float:
        darker, lighter = sorted((luminance(style.color), luminance(style.bgcolor)))
        return (lighter + 0.05) / (darker + 0.05)

    async with reader() as desk:
        desk.app.theme = theme
        await desk.pilot.pause()
        page: ArticleView = desk.screen.page
        names = [f"highlight-{colour}" for colour in HIGHLIGHT_COLOURS]
        grounds = [*names, "chosen", "chosen-cursor"]
        for ground in grounds:
            for ink in ((), ("quote",), ("link",), ("caption",)):
                style = page.drawing.segment(Run("x", (*ink, ground))).style
                assert contrast(style) >= 4.5, (ground, ink)
        styles = [page.drawing.segment(Run("x", (name,))).style for name in names]
        looks = {(s.underline, s.underline2, s.italic, s.bold) for s in styles}
        assert len(looks) == len(HIGHLIGHT_COLOURS) and all(s.underline for s in styles)
        assert len(set(HIGHLIGHT_GLYPHS.values())) == len(HIGHLIGHT_COLOURS)
        assert len({s.bgcolor for s in styles}) == len(HIGHLIGHT_COLOURS)


async def test_the_pointer_is_only_in_the_focused_pane(reader):
    async with reader() as desk:
        assert not pointed(desk)
        await desk.press("enter")
        assert pointed(desk)
        await desk.press("v")
        assert not pointed(desk)
        await desk.press("escape", "h")
        assert not pointed(desk)


async def test_every_kind_has_its_own_glyph(reader):
    async with reader() as desk:
        key = desk.id_of(TIDE)
        for number, kind in enumerate(AnnotationKind, 1):
            words = f"Paragraph {number} begins here and goes on for some words about the harbour"
            if kind is AnnotationKind.NOTE:
                desk.library.note(key, "Hm.", quote=words)
            elif kind is AnnotationKind.BOOKMARK:
                desk.library.annotations.bookmark(key, words)
            else:
                desk.library.highlight(key, words)
        await desk.press("j", "j", "enter")
        for sign, number in (("✎", 1), (HIGHLIGHT_GLYPHS["yellow"], 2), ("★", 3)):
            assert f"{sign} Paragraph {number}" in desk.text
