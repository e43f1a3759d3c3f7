"""Snippets: where the words stand, with the hits marked."""

from __future__ import annotations

import pytest
from fakes import markdown
from hypothesis import given
from hypothesis import strategies as st

from library import Library, Snippet
from library.query.tree import Words
from library.search.snippets import SNIPPET_LENGTH, snippet_of


def marked(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.spans]


@pytest.mark.parametrize(
    ("text", "words", "hits"),
    [
        ("A truce was spoken of.", [Words("truce")], ["truce"]),
        ("Der Straßenkampf von ŻÓŁĆ.", [Words("zołć"), Words("strassen", prefix=True)], ["Straßen", "ŻÓŁĆ"]),
        ("A cease-fire, a fire.", [Words("cease fire")], ["cease-fire"]),
        ("新闻报道：今天的新闻", [Words("新闻")], ["新闻", "新闻"]),
        ("truce truces", [Words("truce", prefix=True)], ["truce", "truce"]),
        ("cafe\u0301 closed", [Words("café")], ["cafe\u0301"]),
        ("Nothing of the kind.", [Words("truce")], []),
    ],
)
def test_hits_are_marked_in_the_text_as_it_is_written(text: str, words: list[Words], hits: list[str]):
    snippet = snippet_of([text], words)
    assert snippet.text == text
    assert marked(snippet) == hits


def test_the_passage_with_the_most_different_words_is_shown():
    text = "truce " + "filler " * 100 + "a truce in the harbour " + "filler " * 100
    snippet = snippet_of([text], [Words("truce"), Words("harbour")])
    assert marked(snippet) == ["truce", "harbour"]
    assert snippet.text.startswith("…filler") and snippet.text.endswith("filler…")


def test_each_of_several_near_words_is_marked(seeded: Library):
    (oil,) = seeded.search.ids("title:oil")
    seeded.note(oil, "Strikes in the harbour.")
    assert marked(seeded.search.snippet(oil, '"harbour strike"*~2')) == ["Strike", "harbour"]


def test_a_note_is_shown_where_the_text_has_no_hit(seeded: Library):
    (oil,) = seeded.search.ids("title:oil")
    seeded.note(oil, "Compare with the *dirigibles*.")
    assert marked(seeded.search.snippet(oil, "dirigibles")) == ["dirigibles"]
    assert seeded.search.snippet(oil, "prices dirigibles").text.startswith("Prices fell.")


def test_a_missing_text_has_no_snippet(seeded: Library):
    (oil,) = seeded.search.ids("title:oil")
    (seeded.path / seeded.articles.get(oil).text).unlink()
    assert seeded.search.snippet(oil, "oil") == Snippet("")


def test_markdown_markup_is_not_shown(library: Library):
    outcome = library.importing.add_bytes(
        "a.md", markdown("Title", "A **bold** [link](https://example.org/x) here.")
    )
    assert library.search.snippet(outcome.id, "link").text == "A bold link here."


@given(st.text(alphabet="aáb ß月\u0301\n", max_size=400), st.sampled_from(["a", "b", "ss", "月"]))
def test_a_snippet_is_short_and_its_spans_are_inside(text: str, word: str):
    snippet = snippet_of([text], [Words(word)])
    assert len(snippet.text) <= SNIPPET_LENGTH + 2
    ends = [0, *(place for span in snippet.spans for place in span)]
    assert ends == sorted(ends) and ends[-1] <= len(snippet.text)
    assert all(marked(snippet))
