"""Saved web pages become articles."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.errors import ImportFailed
from library.importing.formats.html import PAGE_LIMIT, parse_page
from library.models import ParsedArticle
from library.text.markdown import parse_document

TODAY = date(2026, 11, 22)
FIRST = (
    "<p>Dock workers in the northern port voted on Thursday to stay out for another week, the union said.</p>"
)
LAST = "<p>The operator called the vote a disappointment and asked both sides to return to the table at once.</p>"


def page(inner: str = "", *, head: str = "", before: str = "", after: str = "") -> str:
    return (
        f"<!doctype html><html lang='en'><head><title>Harbour Strike</title>{head}</head><body><article>"
        f"{before}{FIRST}{inner}{LAST}{after}</article></body></html>"
    )


def parse(text: str | bytes, name: str = "page.html") -> ParsedArticle:
    return parse_page(text.encode() if isinstance(text, str) else text, name=name, today=TODAY)


def inner(markup: str, **parts: str) -> str:
    """Return the Markdown of ``markup`` when it is between the first and the last paragraph."""
    blocks = parse(page(markup, **parts)).body.split("\n\n")
    assert blocks[0].startswith("Dock workers")
    assert blocks[-1].startswith("The operator")
    return "\n\n".join(blocks[1:-1])


def test_page_becomes_an_article() -> None:
    article = parse(page(head='<meta name="author" content="Jane Roe">'))
    assert article.title == "Harbour Strike"
    assert article.authors == ("Jane Roe",)
    assert article.language == "en"
    assert article.summary.startswith("Dock workers")
    assert article.origin == "html"


@pytest.mark.parametrize(
    ("markup", "markdown"),
    [
        ("<h2>Empty <b>quays</b></h2><p>More.</p>", "## Empty quays\n\nMore."),
        ("<h4>Deep</h4><p>More.</p>", "#### Deep\n\nMore."),
        ("<p>A <b>bold</b> and <i>slanted</i> word.</p>", "A **bold** and *slanted* word."),
        ("<p>A <b>bold </b><b>run</b> of words.</p>", "A **bold run** of words."),
        ("<p>A <b>“quoted”</b>tail here.</p>", "A “quoted”tail here."),
        ("<ul><li>one</li><li>two<ul><li>three</li></ul></li></ul>", "- one\n- two\n  - three"),
        ("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"),
        ("<blockquote><p>We stay.</p><p>All of us.</p></blockquote>", "> We stay.\n>\n> All of us."),
        ("<table><tr><th>Ship</th><th>Days</th></tr><tr><td>A|B</td><td>4</td></tr></table>",
         "| Ship | Days |\n| --- | --- |\n| A\\|B | 4 |"),
        ("<pre>a = 1\n  b = 2</pre>", "```\na = 1\n  b = 2\n```"),
        ("<p>Use <code>a`b</code> now.</p>", "Use ``a`b`` now."),
        ("<p>H<sub>2</sub>O and 10<sup>6</sup> and <u>lines</u></p>", "H₂O and 10⁶ and lines"),
        ("<p>One line<br>and the next.</p>", "One line\\\nand the next."),
        ("<p>One paragraph.<br><br>And the next.</p>", "One paragraph.\n\nAnd the next."),
        ("<p>Struck <del>out</del> words.</p>", "Struck ~~out~~ words."),
    ],
)  # fmt: skip
def test_structure_is_kept(markup: str, markdown: str) -> None:
    assert inner(markup) == markdown


@pytest.mark.parametrize(
    "text",
    [
        "# no heading", "1. no list", "- no list", "+ no list", "> no quote", "=====", "---", "***", "~~~", "```", "[a](b)",
        "![a](b)", "[a]: b", "<b>bold</b>", "<https://a.example>", "&lt; and &amp;copy;", "a*b*c 2 * 3", "_x_ and snake_case",
        "~~struck~~", "back\\slash \\* end", "| a | b |", "a [/] b", "`code`", "Wow!", "C #", "*", "__init__", "[^1]", "$x$",
    ],
)  # fmt: skip
def test_text_that_looks_like_markup_stays_text(text: str) -> None:
    written = text.replace("&", "&amp;").replace("<", "&lt;")
    plain = parse_document(
        parse(page(f"<p>{written}</p><p>{written} in <i>the</i> middle {written}</p>")).body
    ).text
    assert text in plain.split("\n")
    assert f"{text} in the middle {text}" in plain


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ab 1.#*_[]()<>!`~\\|&;-+=:/\"'é漢"), min_size=1, max_size=30))
def test_any_characters_of_a_paragraph_are_unchanged(text: str) -> None:
    written = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    plain = parse_document(parse(page(f"<p>Start {written} end of it.</p>")).body).text
    assert " ".join(f"Start {text} end of it.".split()) in [
        " ".join(line.split()) for line in plain.split("\n")
    ]


@pytest.mark.parametrize(
    ("link", "markdown"),
    [
        (
            '<a href="https://a.example/x_(y)?b=1&amp;c=2">here</a>',
            "[here](https://a.example/x_%28y%29?b=1&c=2)",
        ),
        ('<a href="/rel">here</a>', "[here](https://post.example/rel)"),
        ('<a href="mailto:jane@post.example">here</a>', "[here](mailto:jane@post.example)"),
        ('<a href="https://a.example/">[<b>1</b>]</a>', "[\\[**1**\\]](https://a.example/)"),
        ('<a href="#note">here</a>', "here"),
        ("<a>here</a>", "here"),
        ('<a href="javascript:alert(1)">here</a>', "here"),
        ('<a href="java&#10;script:alert(1)">here</a>', "here"),
        ('<a href="vscode://x">here</a>', "here"),
        ('<a href="file:///etc/passwd">here</a>', "here"),
        ('<a href="https://user:pass@a.example/">here</a>', "here"),
        ('<a href="data:text/html,x">here</a>', "here"),
    ],
)
def test_only_web_and_mail_links_stay_links(link: str, markdown: str) -> None:
    head = '<link rel="canonical" href="https://post.example/strike">'
    assert (
        inner(f"<p>Look {link} for the news of today.</p>", head=head)
        == f"Look {markdown} for the news of today."
    )


def test_exclamation_mark_before_a_link_does_not_make_a_picture() -> None:
    assert inner('<p>Go!<a href="https://a.example/">now</a></p>') == "Go\\![now](https://a.example/)"


def test_relative_links_of_a_page_without_address_become_words() -> None:
    assert inner('<p>Look <a href="/rel">here</a> for news.</p>') == "Look here for news."


@pytest.mark.parametrize(
    "before",
    [
        "<h1>Harbour Strike</h1>",
        "<p>HARBOUR</p><h1>Harbour Strike</h1>",
        "<h1>Harbour Strike</h1><p>By Jane Roe</p>",
        "<h1>Harbour Strike</h1><p>4 March 2021</p><p>Jane Roe</p>",
        "<h2>Harbour Strike | The Post</h2><h1>Harbour Strike</h1>",
    ],
)
def test_headline_byline_and_date_are_not_repeated_in_the_body(before: str) -> None:
    body = parse(page(head='<meta name="author" content="Jane Roe">', before=before)).body
    assert body.startswith("Dock workers")


def test_lead_is_kept_once() -> None:
    lead = FIRST.replace("<p>", "<p class='lead'>")
    assert parse(page(before="<h1>Harbour Strike</h1>" + lead)).body.count("Dock workers") == 1
    assert parse(page(before=f"<h1>Harbour Strike</h1><div>{FIRST}</div>")).body.count("Dock workers") == 1


def test_long_text_before_the_headline_is_kept() -> None:
    kept = "<p>" + "A long note of the editors, which belongs to the article in every way. " * 3 + "</p>"
    assert "note of the editors" in parse(page(before=kept + "<h1>Harbour Strike</h1>")).body


def test_links_to_other_articles_at_the_end_are_left_out() -> None:
    after = '<h3>More news</h3><p><a href="https://a.example/1">A quite different story about something else</a></p>'
    assert parse(page(after=after)).body.endswith("at once.")


def test_scripts_styles_and_handlers_are_removed() -> None:
    hostile = (
        "<script>steal()</script><style>p{x:y}</style><p onclick='steal()'>Clicked text of the page.</p>"
        "<iframe src='https://evil.example'></iframe><img src=x onerror='steal()'><svg onload='steal()'><script>steal()</script></svg>"
        "<noscript><img src='https://evil.example/pixel'></noscript><object data='steal()'></object>"
    )
    article = parse(page(hostile, before="<h1>Harbour Strike<script>steal()</script></h1>"))
    assert "Clicked text" in article.body
    for trace in ("steal", "evil", "onclick", "{x:y}", "<"):
        assert trace not in article.body + article.title


@pytest.mark.parametrize(
    "reference",
    [
        "&#27;",
        "&#x1b;",
        "&#0;",
        "&#x9B;",
        "&#155",
        "&#127;",
        "&#8;",
        "\x1b",
        "\x00",
        "\x9b",
        "\uffff",
        "&#xFFFE;",
        "&#xD800;",
        "&#99999999;",
        "\u202e",
        "\u2066",
    ],
)
def test_control_characters_are_removed_without_losing_text(reference: str) -> None:
    article = parse(
        page(
            f"<p>Before {reference}[31m after, and further words of this.</p>",
            head=f"<meta name=author content='A{reference} B'>",
        )
    )
    assert "Before" in article.body
    assert "further words" in article.body
    for character in article.body + "".join(article.authors):
        assert character == "\n" or unicodedata.category(character) not in {"Cc", "Cs"}
        assert character not in "\u202e\u2066"


@pytest.mark.parametrize("around", ["plain", "größer “straße” 中文 ﷲ 😀"])
@pytest.mark.parametrize(
    "character",
    ["\x01", "\x0c", "\x1f", "\x7f", "\x85", "\ufdd0", "\ufdef", "\ufffe", "\U0001ffff", "\U0010fffe"],
)
def test_characters_that_are_not_allowed_in_pages_are_removed(character: str, around: str) -> None:
    text = f"The union said that {around} the strike would go on for another week, and perhaps for longer."
    damaged = text.replace("strike", f"str{character}ike")
    assert inner(f"<p>{text}</p><p>{damaged}</p>") == inner(f"<p>{text}</p><p>{text}</p>")


def test_references_to_c1_become_the_letters_of_windows_1252() -> None:
    assert (
        "the union&#146;s vote".replace("&#146;", "’")
        in parse(page("<p>It was the union&#146;s vote that day.</p>")).body
    )


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("cp1252", "iso-8859-1"),
        ("shift_jis", "Shift_JIS"),
        ("cp1251", "windows-1251"),
    ],
)
def test_encodings(encoding: str, declared: str) -> None:
    words = {"shift_jis": "港湾労働者は木曜日に投票した", "cp1251": "Докеры проголосовали в четверг"}.get(
        encoding, "Größe zählt für die Dockarbeiter"
    )
    head = f'<meta charset="{declared}">' if declared else ""
    assert words in parse(page(f"<p>{words}, said everybody there.</p>", head=head).encode(encoding)).body


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "the page is empty"),
        (b"\x00" * 50, "the page is empty"),
        (b"<html><head><script>x()</script></head><body></body></html>", "no article text was found"),
        (b"<div>" * 100_000 + b"<p>words", "nested more than 250 deep"),
        (b"<p " + b" ".join(b"a%d=1" % i for i in range(20_000)) + b">words</p>", "more than 1000 attributes"),
        (b"<p>" + b"x" * PAGE_LIMIT, "the page has 8.0 MB, more than the 8 MB"),
    ],
)  # fmt: skip
def test_a_page_without_an_article_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(ImportFailed, match=sentence) as caught:
        parse(data, name="saved.html")
    assert str(caught.value).startswith("saved.html: ")


def test_deeply_nested_but_plausible_pages_are_read() -> None:
    assert (
        "words at the bottom"
        in parse(page("<div>" * 150 + "<p>The words at the bottom of it all.</p>" + "</div>" * 150)).body
    )
    assert "Dock workers" in parse(page("<p>" + "<b><i>" * 100 + "words" + "</i></b>" * 100 + "</p>")).body


def test_many_links_do_not_take_quadratic_time() -> None:
    links = "".join(f'<a href="/{number}">link {number}</a> ' for number in range(5000))
    assert "link 4999" in parse(page(f"<p>{links}</p>")).body


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_import_failed(data: bytes) -> None:
    try:
        parse(b"<html><body>" + data)
    except ImportFailed as failure:
        assert failure.reason


def test_title_is_the_file_name_if_the_page_has_none() -> None:
    assert parse(f"<html><body>{FIRST}{LAST}</body></html>", name="/pages/strike.html").title == "strike"
