"""Articles that an import may have read wrongly are found by ``is:doubtful``, with the reasons."""

from __future__ import annotations

import pytest

from library import Library
from library.search.doubts import SHORT, doubts_of

LONG = " ".join(f"word{number}" for number in range(SHORT)) + "."
PAGE_BREAK = (
    "Dock workers voted on Thursday to stay out for another week, and the harbour\n\n"
    f"authority said that it would wait for them. {LONG}"
)


def added(library: Library, name: str, text: str) -> tuple[str, ...]:
    outcome = library.importing.add_bytes(name, text.encode())
    assert outcome.status == "added", outcome
    article = library.articles.get(outcome.id)
    found = article.id in library.search.ids("is:doubtful")
    assert found == bool(doubts_of(article))
    return tuple(doubts_of(article))


@pytest.mark.parametrize(
    ("head", "body", "doubts"),
    [
        ("date: 2026-11-20", LONG, ()),
        ("tags: [x]", LONG, ("no date",)),
        ("date: 2026-11-20", "Few words.", ("very short",)),
        ("tags: [x]", "Few words.", ("no date", "very short")),
    ],
)
def test_a_doubt_has_a_name(library: Library, head: str, body: str, doubts: tuple[str, ...]):
    assert added(library, "one.md", f"---\ntitle: One\n{head}\n---\n{body}\n") == doubts


def test_a_guessed_date_is_a_doubt(library: Library):
    head = "title: Strike\nurl: https://news.example.org/2021/03/04/strike"
    assert added(library, "one.md", f"---\n{head}\n---\n{LONG}\n") == ("guessed date",)


def test_paragraphs_that_were_joined_are_a_doubt_also_after_the_library_is_opened_again(library: Library):
    dump = f"# Strike\n\nBy [Jane Roe](#)\n\nMarch 4, 2021\n\n{PAGE_BREAK}\n\nOriginal url: https://a.example.org/x"
    assert added(library, "one.txt", dump) == ("joined paragraphs",)
    with Library.open(library.path) as again:
        assert again.articles.get(again.search.ids("is:doubtful")[0]).noticed == ("joined paragraphs",)
    assert library.search.facets().views["doubtful"] == 1


def test_a_page_of_which_much_was_left_out_is_a_doubt(library: Library, monkeypatch: pytest.MonkeyPatch):
    from library.importing.formats.html import text

    monkeypatch.setattr(text, "loss_warning", lambda *_: "Much was left out: check this one.")
    page = (
        "<html><head><title>Strike</title><meta property='article:published_time' content='2021-03-04'>"
        f"</head><body><article><h1>Strike</h1><p>{LONG}</p></article></body></html>"
    )
    assert added(library, "one.html", page) == ("much text left out",)


def test_articles_imported_before_have_the_doubts_that_their_fields_tell(library: Library):
    outcome = library.importing.add_bytes("one.md", f"# One\n\n{LONG}\n".encode())
    article = library.articles.get(outcome.id)
    assert article.noticed == ()
    assert doubts_of(article) == ("no date",)
    library.articles.trash([article.id])
    assert library.search.ids("is:doubtful") == []
