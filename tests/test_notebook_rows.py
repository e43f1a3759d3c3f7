"""The notebook's values: what stands in which order, and the words of an entry."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from library.models import HIGHLIGHT_COLOURS, Annotation, AnnotationKind, Article, Quote
from tuireader.notebook import UNTAGGED, Entry, Heading, Order, Row, arranged
from tuireader.widgets.marks import HIGHLIGHT_GLYPHS, HIGHLIGHT_STYLES
from tuireader.widgets.notebook_detail import detail_of
from tuireader.widgets.notebook_list import LOST, entry_lines, glyph_of

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
def test_entries_stand_in_the_order_that_is_chosen(order: Order, rows: list[str]):
    entries = [
        entry("n3", article="b", day=3, tags=("Idea",)),
        entry("n2", day=2, start=50, tags=("idea", "eu")),
        entry("n1", day=2, start=7),
    ]
    assert outline(arranged(entries, order, datetime.date)) == rows


def words(lines: list[list[tuple[str, str]]]) -> list[str]:
    return ["".join(text for text, _ in line) for line in lines]


def test_an_entry_shows_quote_note_and_where_it_is_from():
    shown = words(entry_lines(entry(body="Ask them.\nTwice."), ARTICLE, 60, TODAY, TODAY))
    assert shown == ["“some words”", "Ask them. Twice.", "today · Otters return to the canal"]


def test_a_highlight_that_is_long_has_two_lines():
    long = Quote(exact="word " * 40)
    shown = words(entry_lines(entry(quote=long), ARTICLE, 30, TODAY, TODAY))
    assert len(shown) == 3
    assert shown[1].endswith("…")


def test_a_bookmarked_article_shows_its_headline():
    shown = words(entry_lines(Entry(article_id="a", made=ARTICLE.added), ARTICLE, 60, TODAY, TODAY))
    assert shown[0] == ARTICLE.title


def test_a_lost_place_is_told_by_sign_and_words():
    lost = entry(orphan=True)
    assert glyph_of(lost)[0] == LOST
    assert "no longer in the text" in words(entry_lines(lost, ARTICLE, 80, TODAY, TODAY))[-1]


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(texts, texts, st.lists(texts, max_size=3), st.integers(1, 90), st.booleans())
def test_no_line_is_wider_than_its_room(quote: str, body: str, tags: list[str], width: int, orphan: bool):
    one = entry(quote=Quote(exact=quote) if quote else None, body=body, tags=tuple(tags), orphan=orphan)
    lines = words(entry_lines(one, ARTICLE, width, TODAY, TODAY))
    assert len(lines) <= 3
    assert all(cell_len(line) <= width for line in lines)
    assert not any(ord(char) < 32 for line in lines for char in line)


def test_each_colour_of_a_highlight_has_a_sign_of_its_own_and_underlined_words():
    marked = [entry(kind=AnnotationKind.HIGHLIGHT, colour=colour) for colour in HIGHLIGHT_COLOURS]
    assert [glyph_of(one)[0] for one in marked] == [HIGHLIGHT_GLYPHS[colour] for colour in HIGHLIGHT_COLOURS]
    assert len({glyph_of(one)[0] for one in marked}) == 5
    for one, colour in zip(marked, HIGHLIGHT_COLOURS, strict=True):
        assert ("“some words”", f"quote-{colour}") in entry_lines(one, ARTICLE, 60, TODAY, TODAY)[0]
        assert "underline" in HIGHLIGHT_STYLES[colour]


def test_a_note_is_shown_without_the_marks_of_markdown():
    body = "**Ask** [them](https://x.example/), `now`:\n\n- once\n- _twice_"
    lines = words(entry_lines(entry(body=body), ARTICLE, 60, TODAY, TODAY))
    assert lines[1] == "Ask them, now: • once • twice"
    detail = detail_of(entry(body=body), ARTICLE, TODAY)
    assert "Ask them, now:\n\n• once\n• twice" in detail.plain
    assert {"bold", "italic"} <= {str(span.style) for span in detail.spans}
