"""Markdown as running text: what snippets are cut from."""

from __future__ import annotations

import pytest

from library import Library
from library.text.strip_markdown import without_marks


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("| key | does |\n|---|:--:|\n| j | down |\n| k |  |", "key · does j · down k"),
        ("| a \\| b | c |\n| --- | --- |", "a | b · c"),
        ("Head\n====\n\nWords\n-----\n\n* * *\n\nmore", "Head Words more"),
        ("a [link](https://x.example/a_(b) \"t\") and [ref][1]\n\n[1]: https://x.example", "a link and ref"),
        ("Said so.[^1]\n\n[^1]: The note.", "Said so. The note."),
        ("- one\n- [x] two\n1. three", "one two three"),
        ("```python\ncode()\n```", "code()"),
        ("line<br>next <!-- not seen -->", "line next"),
        ("a - b, 3 | 4, x = y, well-known, Stop!", "a - b, 3 | 4, x = y, well-known, Stop!"),
        ("> quoted **bold** _it_", "quoted bold it"),
        ("![alt](images/a.png)", "alt"),
    ],
)  # fmt: skip
def test_markup_is_removed_and_words_stay(markdown: str, text: str):
    assert " ".join(without_marks(markdown).replace("\\|", "|").split()).replace(" |", " |") == text


def test_a_snippet_shows_no_markup_of_a_table(tmp_path):
    table = "| to do this | press |\n|------------|-------|\n| open the harbour | `Enter` |\n"
    with Library.open(tmp_path) as library:
        library.importing.add_bytes("a.md", f"---\ntitle: Keys\n---\n{table}".encode())
        snippet = library.search.snippet(library.search.ids()[0], "harbour").text
    assert snippet == "to do this · press open the harbour · Enter"
