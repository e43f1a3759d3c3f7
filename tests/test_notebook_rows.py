"""The rows of the notebook as values: their order, and the text of an entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from library.models import HIGHLIGHT_COLOURS, Annotation, AnnotationKind, Article, Quote
from tuireader.notebook.entries import UNTAGGED, Entry, Heading, Order, Row, arranged
from tuireader.notebook.entry_lines import LOST, detail_of, entry_lines, extents_of, glyph_of
from tuireader.notes.text import note_words
from tuireader.widgets.article_view.marks import HIGHLIGHT_GLYPHS, HIGHLIGHT_STYLES

TODAY = date(2026, 11, 22)
ARTICLE = Article(id="a", title="Otters return to the canal", added=datetime(2026, 1, 1, tzinfo=UTC))


def entry(name: str = "n", *, article: str = "a", day: int = 1, start: int = 0, **fields: object) -> Entry:
    made = datetime(2026, 11, day, 12, tzinfo=UTC)
    values: dict[str, object] = {
        "kind": AnnotationKind.NOTE,
        "quote": Quote(exact="some words", start=start, end=start + 10),
        **fields,
    }
    annotation = Annotation(id=name, article=article, created=made, updated=made, **values)  # type: ignore[arg-type]
    return Entry(article_id=article, made=made, annotation=annotation)


def outline(rows: tuple[Row, ...]) -> list[str]:
    return [f"= {row.text or row.article_id}" if isinstance(row, Heading) else row.key for row in rows]


@pytest.mark.parametrize(
    ("order", "rows"),
    [
        (Order.NEWEST, ["n3", "n2", "n1"]),
        (Order.ARTICLE, ["= b", "n3", "= a", "n1", "n2"]),
        (Order.TAG, ["= #eu", "n2", "= #Idea", "n3", "n2", f"= {UNTAGGED}", "n1"]),
        (Order.DAY, ["= Tuesday, 3 November 2026", "n3", "= Monday, 2 November 2026", "n2", "n1"]),
    ],
)
def test_entries_are_in_the_chosen_order(order: Order, rows: list[str]):
    entries = [
        entry("n3", article="b", day=3, tags=("Idea",)),
        entry("n2", day=2, start=50, tags=("idea", "eu")),
        entry("n1", day=2, start=7),
    ]
    assert outline(arranged(entries, order, datetime.date)) == rows


def words(lines: list[list[tuple[str, str]]]) -> list[str]:
    return ["".join(text for text, _ in line) for line in lines]


def test_an_entry_shows_quote_note_and_where_it_is_from():
    shown = words(entry_lines(entry(body="Ask them.\nTwice."), ARTICLE, 60, when="today"))
    assert shown == ["“some words”", "Ask them. Twice.", "today · Otters return to the canal"]


def test_a_highlight_that_is_long_has_two_lines():
    long = Quote(exact="word " * 40)
    shown = words(entry_lines(entry(quote=long), ARTICLE, 30, when="today"))
    assert len(shown) == 3
    assert shown[1].endswith("…")


def test_a_bookmarked_article_shows_its_headline():
    shown = words(entry_lines(Entry(article_id="a", made=ARTICLE.added), ARTICLE, 60, when="today"))
    assert shown[0] == ARTICLE.title


def test_an_orphan_is_shown_by_glyph_and_words():
    lost = entry(orphan=True)
    assert glyph_of(lost)[0] == LOST
    assert "orphaned" in words(entry_lines(lost, ARTICLE, 80, when="today"))[-1]


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(texts, texts, st.lists(texts, max_size=3), st.integers(1, 90), st.booleans())
def test_no_line_is_wider_than_its_room(quote: str, body: str, tags: list[str], width: int, orphan: bool):
    one = entry(quote=Quote(exact=quote) if quote else None, body=body, tags=tuple(tags), orphan=orphan)
    lines = words(entry_lines(one, ARTICLE, width, when="today"))
    assert len(lines) <= 3
    assert all(cell_len(line) <= width for line in lines)
    assert not any(ord(char) < 32 for line in lines for char in line)


words_of_notes = st.one_of(texts, st.text("ab ,.*_#\n木🙂", max_size=40))


@given(words_of_notes, words_of_notes, st.booleans(), st.integers(1, 40), st.sampled_from(Order))
def test_a_row_takes_the_lines_that_are_drawn(
    quote: str, body: str, bookmark: bool, width: int, order: Order
):
    article = replace(ARTICLE, title=quote)
    one = (
        Entry(article_id="a", made=ARTICLE.added) if bookmark else entry(quote=Quote(exact=quote), body=body)
    )
    when = "" if order is Order.DAY else "today"
    drawn = entry_lines(one, article, width, when=when, titled=order is not Order.ARTICLE)
    heading, extent = extents_of((Heading(text="today"), one), order, {"a": article}.get)
    assert (heading.height(width), extent.height(width)) == (1, len(drawn))


@pytest.mark.parametrize(("width", "height"), [(10, 2), (9, 3), (3, 3)])
def test_words_that_just_fit_stay_on_one_line(width: int, height: int):
    one = entry(quote=None, body="Ask again.")
    (extent,) = extents_of((one,), Order.NEWEST, {}.get)
    assert extent.height(width) == len(entry_lines(one, ARTICLE, width, when="today")) == height


def test_below_its_day_an_entry_does_not_say_when():
    assert words(entry_lines(entry(), ARTICLE, 60, when="")) == ["“some words”", ARTICLE.title]


@given(st.text(st.sampled_from("ab1é木 ,.;?!'’“”#–…-"), max_size=30))
def test_a_note_without_marks_is_the_same_as_one_that_is_parsed(body: str):
    assert note_words(body) == note_words(f"{body}\n\n***").removesuffix("───").rstrip()


def test_each_colour_of_a_highlight_has_a_sign_of_its_own_and_underlined_words():
    marked = [entry(kind=AnnotationKind.HIGHLIGHT, colour=colour) for colour in HIGHLIGHT_COLOURS]
    assert [glyph_of(one)[0] for one in marked] == [HIGHLIGHT_GLYPHS[colour] for colour in HIGHLIGHT_COLOURS]
    assert len({glyph_of(one)[0] for one in marked}) == 5
    for one, colour in zip(marked, HIGHLIGHT_COLOURS, strict=True):
        assert ("“some words”", f"quote-{colour}") in entry_lines(one, ARTICLE, 60, when="today")[0]
        assert "underline" in HIGHLIGHT_STYLES[colour]


def test_a_note_is_shown_without_the_marks_of_markdown():
    body = "**Ask** [them](https://x.example/), `now`:\n\n- once\n- _twice_"
    lines = words(entry_lines(entry(body=body), ARTICLE, 60, when="today"))
    assert lines[1] == "Ask them, now: • once • twice"
    detail = detail_of(entry(body=body), ARTICLE, TODAY)
    assert "Ask them, now:\n\n• once\n• twice" in detail.plain
    assert {"bold", "italic"} <= {str(span.style) for span in detail.spans}
