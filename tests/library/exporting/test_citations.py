"""Citations: plain, Markdown, BibTeX, APA."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from fakes import NOW
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from library.exporting.citations import CitationFormat, cite
from library.models import Article

PLAIN, MARKDOWN, BIBTEX, APA = CitationFormat


def article(**fields: Any) -> Article:
    usual = {
        "id": "sd5dhz57o2cq47h3",
        "title": "Harbour Strike Enters Third Week",
        "authors": ("Jane Roe", "Li Wei"),
        "source": "Example News",
        "url": "https://news.example.org/strike",
        "published": date(2021, 3, 4),
        "added": NOW,
    }
    return Article(**{**usual, **fields})


def test_a_plain_citation():
    citation = "Jane Roe and Li Wei, “Harbour Strike Enters Third Week”, Example News, 4 March 2021, https://news.example.org/strike"
    assert cite(article(), PLAIN) == citation
    assert cite(article(), PLAIN, "another\n week") == f"“another week”\n— {citation}"


def test_a_citation_in_markdown():
    assert cite(article(), MARKDOWN, "one *star*\n\n1. two") == (
        "> one \\*star\\*\n>\n> 1\\. two\n>\n> — Jane Roe and Li Wei, "
        "[Harbour Strike Enters Third Week](https://news.example.org/strike), *Example News*, 4 March 2021"
    )


def test_a_citation_in_bibtex():
    assert cite(article(), BIBTEX, "another week") == (
        "@misc{roe2021sd5d,\n  author = {Roe, Jane and Wei, Li},\n"
        "  title = {{Harbour Strike Enters Third Week}},\n  howpublished = {Example News},\n  year = {2021},\n"
        "  month = mar,\n  day = {4},\n  url = {https://news.example.org/strike},\n  annote = {another week},\n}"
    )


def test_a_citation_in_apa():
    reference = "Roe, J., & Wei, L. (2021, March 4). Harbour Strike Enters Third Week. Example News. https://news.example.org/strike"
    assert cite(article(), APA) == reference
    assert cite(article(), APA, "another week") == f"“another week” (Roe & Wei, 2021)\n\n{reference}"


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (PLAIN, "“Untitled”, no date"),
        (MARKDOWN, "Untitled, no date"),
        (BIBTEX, "@misc{articlesd5d,\n  title = {{Untitled}},\n}"),
        (APA, "Untitled. (n.d.)."),
    ],
)
def test_unknown_fields_are_left_out(form: CitationFormat, expected: str):
    bare = article(title="Untitled", authors=(), source="", url="", published=None)
    assert cite(bare, form) == expected


def test_without_an_author_the_agency_is_cited_and_not_as_a_person():
    agency = article(authors=(), agency="Agence France Presse")
    assert cite(agency, APA).startswith("Agence France Presse. (2021, March 4). Harbour")
    assert "author = {{Agence France Presse}}" in cite(agency, BIBTEX)
    assert cite(agency, PLAIN).startswith("Agence France Presse, “Harbour")


def test_the_title_stands_for_a_missing_author_in_apa():
    unsigned = article(authors=(), published=None)
    assert cite(unsigned, APA, "x").startswith("“x” (“Harbour Strike Enters Third Week”, n.d.)\n\nHarbour")


@pytest.mark.parametrize(
    ("name", "apa", "bibtex"),
    [
        ("Jane Ann Roe", "Roe, J. A.", "Roe, Jane Ann"),
        ("Jean-Luc Picard", "Picard, J.-L.", "Picard, Jean-Luc"),
        ("Ludwig van der Rohe", "van der Rohe, L.", "van der Rohe, Ludwig"),
        ("Roe, Jane", "Roe, J.", "Roe, Jane"),
        ("Martin Luther King Jr.", "King, M. L., Jr.", "King, Jr., Martin Luther"),
        ("Анна Петрова", "Петрова, А.", "Петрова, Анна"),
        ("李伟", "李伟", "{李伟}"),
        ("محمد علي", "محمد علي", "{محمد علي}"),
        ("Reuters", "Reuters", "{Reuters}"),
        ("Simon and Garfunkel", "Garfunkel, S. a.", "{Simon and Garfunkel}"),
    ],
)
def test_names_are_inverted_where_the_order_is_known(name: str, apa: str, bibtex: str):
    assert f"author = {{{bibtex}}}" in cite(article(authors=(name,)), BIBTEX)
    if " and " not in name:
        assert cite(article(authors=(name,)), APA).startswith(apa)


def test_long_lists_of_authors_are_shortened_as_in_apa():
    names = tuple(f"Ada N{number}" for number in range(22))
    assert ", N18, A., … N21, A. (2021" in cite(article(authors=names), APA)
    assert "“x” (N0 et al., 2021)" in cite(article(authors=names), APA, "x")


def test_the_day_is_that_of_the_source():
    late = datetime(2021, 3, 4, 23, 59, tzinfo=UTC)
    assert "4 March 2021" in cite(article(published=late), PLAIN)


def test_an_article_cannot_insert_latex_commands():
    hostile = article(title=r"\input{x} 50% & $5 #1 a_b ~ ^ }{", authors=(r"Jane } \write18{rm} Roe",))
    citation = cite(hostile, BIBTEX)
    assert r"\textbackslash{}input\textbraceleft{}x\textbraceright{} 50\% \& \$5 \#1 a\_b" in citation
    assert r"\write18" not in citation


printable = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60)


@given(printable, printable, printable)
def test_braces_in_bibtex_are_balanced_for_any_article(title: str, name: str, words: str):
    citation = cite(article(title=title, authors=(name,), url="https://a.example/{" + title), BIBTEX, words)
    depth = 0
    for char in citation:
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0


@given(
    printable,
    st.sampled_from(["# a", "- b", "1) c", "![x](y)", "<b>", "a | b", "[a]: b", "&amp; `c`", "+ d", "=== e"]),
)
def test_markdown_shows_the_words_as_they_are(words: str, sign: str):
    citation = cite(article(title=sign, url="https://a.example/(b) c"), MARKDOWN, sign + "\n\n" + words)
    tokens = MarkdownIt("commonmark").parse(citation)
    assert tokens[0].type == "blockquote_open"
    assert {token.type for token in tokens} <= {
        "blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close", "inline",
    }  # fmt: skip
    assert "".join(child.content for child in tokens[2].children or ()) == " ".join(sign.split())


def test_only_an_address_that_may_be_opened_becomes_a_link():
    assert "javascript" not in cite(article(url="javascript:alert(1)"), MARKDOWN)
