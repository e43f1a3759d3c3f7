"""No text of an article is lost because of the element that contains it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lxml.html import document_fromstring

from library.importing.formats.html import parse_page
from library.models import ParsedArticle
from library.text.markdown import parse_document

REPORTED = Path(__file__).parent / "reported"
TODAY = date(2026, 11, 22)

FIRST = (
    "The crane drivers of the western basin laid down their work on Monday morning, and by noon eleven ships lay "
    "idle in the roads while the port authority looked for a way out of the quarrel that has lasted since spring."
)
SECOND = (
    "A spokeswoman for the union said that nobody would return before the new roster had been withdrawn, and that "
    "the drivers had been patient for longer than anyone could have asked of them."
)
LAST = (
    "The authority answered in the evening that talks would go on, and that it had never meant the roster to be "
    "more than a trial of what could be done with fewer shifts at night."
)
SENTENCE = "MARKER this sentence stands between the paragraphs and belongs to the article."
LINKED = (
    "MARKER see <a href='https://x.example/'>the roster of March</a> for the whole list of shifts and names."
)

PLACES = {
    "an article": "<h1>Cranes</h1><article><p>{0}</p>\n<p>{1}</p>\n{inner}\n<p>{2}</p></article>",
    "a page of divs": "<h1>Cranes</h1><div class=wrap><div>{0}</div><div>{1}</div>{inner}<div>{2}</div></div>",
    "the body": "<h1>Cranes</h1><p>{0}</p><p>{1}</p>{inner}<p>{2}</p>",
    "a plain div": "<div id=x><h1>Cranes</h1><div class=y><p>{0}</p><p>{1}</p>{inner}<p>{2}</p></div></div>",
    "a layout table": "<table><tr><td width=9></td><td><h1>Cranes</h1><p>{0}</p><p>{1}</p>{inner}<p>{2}</p></td></tr></table>",
}
ELEMENTS = [
    "<div>|</div>", "<section>|</section>", "<center>|</center>", "<article>|</article>", "<main>|</main>",
    "<fieldset>|</fieldset>", "<label>|</label>", "<legend>|</legend>", "<address>|</address>", "<dialog open>|</dialog>",
    "<figure>|</figure>", "<x-text>|</x-text>", "<span>|</span>", "<font>|</font>", "<b>|</b>", "<i>|</i>", "|",
    "<div><div>|</div></div>", "<div><div><div>|</div></div></div>", "<div><span>|</span></div>",
    "<section><div>|</div></section>", "<center><font>|</font></center>", "<div role=paragraph>|</div>",
    "<ul><li>|</ul>", "<ol><li>|</ol>", "<menu><li>|</menu>", "<ul><li><p>|</p></ul>", "<ul><li><div>|</div></ul>",
    "<dl><dt>Term<dd>|</dl>", "<figure><p>|</p></figure>", "<figure><blockquote>|</blockquote></figure>",
    "<fieldset><legend>Why</legend>|</fieldset>", "<fieldset><p>|</p></fieldset>", "<form><p>|</p></form>",
    "<label><p>|</p></label>", "<blockquote>|</blockquote>", "<blockquote><p>|</p></blockquote>",
    "<table><tr><td>|</td></tr></table>", "<br><br>|<br><br>", "<hr>|<hr>", "<h2>Why</h2>|",
    "<p style='border-left:3px solid'>|</p>", "<p class=bottom>|</p>", "<p class='text link'>|</p>",
    "<div class='social-embed'><blockquote>|</blockquote></div>", "<article><p>|</p></article>",
]  # fmt: skip


def parse(markup: str, head: str = "") -> ParsedArticle:
    page = (
        f"<!doctype html><html lang=en><head><title>Cranes</title>{head}</head><body>{markup}</body></html>"
    )
    return parse_page(page.encode(), name="page.html", today=TODAY)


def lines(article: ParsedArticle) -> list[str]:
    return parse_document(article.body).text.split("\n")


def placed(place: str, inner: str) -> list[str]:
    return lines(parse(PLACES[place].format(FIRST, SECOND, LAST, inner=inner)))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("element", ELEMENTS)
def test_text_is_kept_once_and_in_its_place_in_any_element(place: str, element: str) -> None:
    for words in (SENTENCE, LINKED):
        found = placed(place, element.replace("|", words))
        marked = [number for number, line in enumerate(found) if "MARKER" in line]
        assert len(marked) == 1, words
        assert found.index(SECOND) < marked[0] < found.index(LAST)
        assert found.count(FIRST) == 1


@pytest.mark.parametrize(
    "element",
    ["<time>|</time>", "<label>|</label>", "<output>|</output>", "<q>|</q>", "<data value=1>|</data>", "<nobr>|</nobr>",
     "<b>|</b>", "<a href='https://x.example/'>|</a>"],
)  # fmt: skip
def test_words_in_a_sentence_are_kept_in_any_element(element: str) -> None:
    inner = f"<p>On {element.replace('|', '4 March MARKER')}, it began in the night, and went on.</p>"
    (line,) = [line for line in placed("an article", inner) if "MARKER" in line]
    assert line.replace("“", "").replace("”", "") == "On 4 March MARKER, it began in the night, and went on."


@pytest.mark.parametrize(
    "empty", ["<span></span>", "<b></b>", "<i><img src=a.png></i>", "<span><svg></svg></span>"]
)
def test_words_after_an_empty_element_are_kept(empty: str) -> None:
    assert "The roster was made in spring and failed in May." in placed(
        "an article", f"<p>The roster {empty}was made in spring and failed in May.</p>"
    )


@pytest.mark.parametrize("name", sorted(path.name for path in (REPORTED / "page-text").iterdir()))
def test_reported_pages_lose_no_text(name: str) -> None:
    data = (REPORTED / "page-text" / name).read_bytes()
    page = document_fromstring(data)
    for element in list(page.iter("head", "h1", "header", "footer")):
        element.drop_tree()
    assert squeezed(parse_document(parse_page(data, name=name, today=TODAY).body).text) == squeezed(
        page.text_content()
    )


def squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@pytest.mark.parametrize(
    "hidden", ["<p hidden>|</p>", "<p style='display:none'>|</p>", "<div style='color:red; display: none'>|</div>",
               "<p style='visibility:hidden'>|</p>", "<template><p>|</p></template>"]
)  # fmt: skip
def test_elements_that_browsers_hide_are_left_out(hidden: str) -> None:
    assert not any("MARKER" in line for line in placed("an article", hidden.replace("|", SENTENCE)))


def test_text_that_only_a_script_shows_is_kept() -> None:
    hidden = "".join(
        f"<p style='display:none'>{text} {number}</p>" for number, text in enumerate([SECOND] * 8)
    )
    found = lines(parse(f"<article><h1>Cranes</h1><p>{FIRST}</p>{hidden}<p>{LAST}</p></article>"))
    assert sum(line.startswith("A spokeswoman") for line in found) == 8


@pytest.mark.parametrize(
    "matter",
    ["<div class='share-buttons'>Share this with all your friends on the usual networks.</div>",
     "<div class=newsletter>Get the news of the harbour every morning in your inbox.</div>",
     "<div class='related'><a href=/a>Another story about cranes and ships</a></div>",
     "<nav><ul><li><a href=/>Home of the paper</a></li></ul></nav>"],
)  # fmt: skip
def test_side_matter_is_left_out(matter: str) -> None:
    assert placed("an article", matter) == placed("an article", "")


def test_a_data_table_stays_a_table() -> None:
    rows = "<tr><td>Ship</td><td>Days</td></tr><tr><td>Aurora</td><td>4</td></tr>"
    article = parse(PLACES["an article"].format(FIRST, SECOND, LAST, inner=f"<table>{rows}</table>"))
    assert "| Aurora | 4 |" in article.body


def test_the_right_text_is_found_if_the_first_search_fails() -> None:
    teasers = "".join(
        f"<article class=teaser><h3>Story {n}</h3><p>A short line.</p></article>" for n in range(3)
    )
    text = "".join(
        f"<p>{paragraph} {number}</p>" for number, paragraph in enumerate([FIRST, SECOND, LAST] * 3)
    )
    found = lines(parse(f"<div class=top>{teasers}</div><div class=widget-x><h1>Cranes</h1>{text}</div>"))
    assert sum(line.startswith(("The crane", "A spokes", "The authority")) for line in found) == 9
