"""Articles as lines of a list."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from library.models import Article, State
from tuireader.rows import RowState, article_row, columns, ends_right_to_left, fit, missing_row, wrapped

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ARTICLE = Article(
    id="a",
    title="Harbour Strike Enters Third Week as Talks Stall",
    source="news.example.org",
    tags=("harbour", "world/europe"),
    published=date(2021, 3, 4),
    added=NOW,
    reading_minutes=3,
)
ARABIC = "إضراب عمال الميناء"


def lines(article: Article = ARTICLE, width: int = 60, **state: object) -> list[str]:
    rows = article_row(article, RowState(**state), width, TODAY)  # type: ignore[arg-type]
    return ["".join(piece.text for piece in line) for line in rows]


def test_a_narrow_row_is_headline_and_facts():
    headline, facts = lines()
    assert headline.rstrip() == " ● Harbour Strike Enters Third Week as Talks Stall"
    assert facts.rstrip() == "   4 Mar 2021 · news.example.org · 3 min  #harbour"


def test_an_article_that_was_read_has_an_open_circle():
    assert lines(replace(ARTICLE, state=State(read=NOW)))[0].startswith(" ○ ")


def test_marks_are_at_the_right_end():
    starred = replace(ARTICLE, state=State(bookmarked=NOW))
    assert lines(starred, notes=2)[0].rstrip().endswith("  ✎2 ★")


def test_a_selected_row_has_a_tick_whatever_its_colour():
    assert lines(selected=True)[1].startswith(" ✓")
    assert lines(selected=True, width=120)[0].startswith(" ✓●")


def test_a_headline_is_cut_between_words_only_where_it_cannot_fit():
    assert lines(width=38)[0].rstrip() == " ● Harbour Strike Enters Third Week…"
    assert "…" not in lines(width=60)[0]


@pytest.mark.parametrize(
    ("text", "width", "cut"),
    [
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one two, three", 10, "one two…"),
        ("Donaudampfschifffahrt", 10, "Donaudamp…"),
        ("a Donaudampfschifffahrt", 12, "a Donaudamp…"),
        ("港の労働者、ストライキ", 9, "港の労働…"),
        ("🇺🇦🇩🇪🇫🇷", 4, "🇺🇦…"),
        ("👩‍👩‍👧👩‍👩‍👧", 3, "👩‍👩‍👧…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("words", 1, "…"),
        ("words", 0, ""),
    ],
)
def test_texts_are_cut_whole(text: str, width: int, cut: str):
    assert fit(text, width) == cut


def test_facts_that_do_not_fit_are_left_out_whole():
    assert lines(width=33)[1].strip() == "4 Mar 2021 · news.example.org"
    assert lines(width=24)[1].strip() == "4 Mar 2021 · 3 min"


def test_the_columns_of_wide_rows_are_aligned_in_every_script():
    titles = [ARTICLE.title, "港の労働者、三週目のストライキに入る", ARABIC, "🎉 Festival", "Zoë"]
    before_source = {
        cell_len(row[: row.index("news.example.org")])
        for row in (lines(replace(ARTICLE, title=title), width=120)[0] for title in titles)
    }
    assert len(before_source) == 1


def test_wide_rows_give_most_room_to_the_headline():
    for width in range(100, 260):
        share = columns(width)
        assert share.headline >= 2 * share.source - 1
        assert share.headline > share.tags


def test_no_figure_or_mark_follows_right_to_left_text():
    arabic = replace(ARTICLE, title=ARABIC, source="صحيفة", tags=("ميناء",), state=State(bookmarked=NOW))
    for width in (60, 120):
        for line in lines(arabic, width=width, notes=2):
            last_arabic = max(
                (i for i, c in enumerate(line) if unicodedata.bidirectional(c) == "AL"), default=-1
            )
            rest = line[last_arabic + 1 :]
            first_strong = next((c for c in rest if not c.isspace()), "a")
            assert unicodedata.bidirectional(first_strong) == "L", line


def test_facts_in_right_to_left_script_come_after_the_figures():
    arabic = replace(ARTICLE, source="صحيفة", tags=("ميناء", "harbour"))
    facts = lines(arabic)[1]
    assert facts.strip() == "4 Mar 2021 · 3 min  #harbour  صحيفة  #ميناء"


def test_the_direction_of_an_end_is_that_of_the_last_letter():
    assert ends_right_to_left(ARABIC + " 12…")
    assert ends_right_to_left("שלום!")
    assert not ends_right_to_left(ARABIC + " AFP")
    assert not ends_right_to_left("12")


def test_outside_text_brings_no_controls_and_no_markup():
    hostile = replace(
        ARTICLE,
        title="a [/] [@click=app.quit]b\x1b]0;x\x07\x9b31m\u202ec\nd",
        source="\x1b[31mevil\u2066",
        tags=("[a=]", "\x08\u200f"),
    )
    for width in (1, 30, 80, 120):
        for line in lines(hostile, width=width):
            assert not any(unicodedata.category(c) in {"Cc", "Cf"} for c in line)
    assert "a [/] [@click=app.quit]b" in lines(hostile, width=80)[0]


def test_an_article_without_anything_still_has_a_row():
    bare = Article(id="b", title="", added=NOW)
    assert "(no headline)" in lines(bare)[0]
    assert lines(bare)[1].strip() == "1 min"


def test_a_missing_article_says_so():
    assert len(missing_row(RowState(), 60)) == 2
    assert len(missing_row(RowState(), 100)) == 1
    assert "no longer" in missing_row(RowState(), 60)[0][1].text


def test_messages_are_wrapped_between_words():
    assert wrapped("Nothing matches this query", 12) == ["Nothing", "matches this", "query"]


@given(
    st.text(max_size=60), st.text(max_size=20), st.lists(st.text(max_size=8), max_size=4), st.integers(0, 130)
)
def test_every_line_is_exactly_as_wide_as_the_list(title: str, source: str, tags: list[str], width: int):
    article = replace(ARTICLE, title=title, source=source, tags=tuple(tags), state=State(bookmarked=NOW))
    for line in lines(article, width=width, notes=7, selected=True, bar="▌"):
        assert cell_len(line) == width
        assert not any(unicodedata.category(c) == "Cc" for c in line)


@given(st.text(), st.integers(0, 40))
def test_what_fits_is_left_as_it_is_and_what_does_not_is_shortened(text: str, width: int):
    cut = fit(text, width)
    assert cell_len(cut) <= width
    if cell_len(text) <= width and width:
        assert cut == text


def test_a_row_shows_the_number_of_others_in_the_story_and_their_state():
    assert lines(others=3)[0].rstrip().endswith("  +3")
    assert lines(others=3, opened=True, notes=2)[0].rstrip().endswith("  ✎2 −3")
    assert " +3  " in lines(others=3, width=120)[0]
    assert "+3" in lines(replace(ARTICLE, title=ARABIC), others=3)[0].partition(ARABIC)[0]


def test_an_article_below_the_first_of_its_story_is_set_in():
    headline, facts = lines(below=True)
    assert headline.startswith(" ●   Harbour")
    assert facts.startswith("     4 Mar")
    assert all(cell_len(line) == width for width in (30, 60, 120) for line in lines(below=True, width=width))
    assert all(
        cell_len(line) == width for width in (8, 30, 60, 120) for line in lines(others=12, width=width)
    )
