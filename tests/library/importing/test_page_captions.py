"""Captions are kept whole: with their picture if it is kept, otherwise in the text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from picture_files import png

from library.importing.formats.html import parse_page
from library.importing.pictures import keep_pictures
from library.models import ParsedArticle
from library.text.markdown import parse_document

TODAY = date(2026, 11, 22)
FIRST = (
    "The crane drivers of the western basin laid down their work on Monday morning, and by noon eleven ships lay "
    "idle in the roads while the port authority looked for a way out of the quarrel that has lasted since spring."
)
CAPTION = "MARKER cranes stand still at dusk in the western basin."


def page(inner: str, head: str = "") -> ParsedArticle:
    markup = (
        f"<html lang=en><head><title>Cranes</title>{head}</head><body><article><h1>Cranes</h1>"
        f"<p>{FIRST} 1</p><p>{FIRST} 2</p>{inner}<p>{FIRST} 3</p></article></body></html>"
    )
    return parse_page(markup.encode(), name="page.html", today=TODAY)


def lines(article: ParsedArticle) -> list[str]:
    return parse_document(article.body).text.split("\n")


@pytest.mark.parametrize(
    "figure",
    ["<figure><img src=a.jpg><figcaption>|</figcaption></figure>",
     "<figure><picture><source srcset='a.webp 1x'><img src=a.jpg></picture><figcaption><p>|</p></figcaption></figure>",
     "<figure><a href=a.jpg><img src=a.jpg></a><figcaption><b>|</b></figcaption></figure>",
     "<div class=frame><div><figure><img src=a.jpg><figcaption>|</figcaption></figure></div></div>",
     "<p><figure><img src=a.jpg><figcaption>|</figcaption></figure></p>",
     "<figure><amp-img src=a.jpg></amp-img><figcaption>|</figcaption></figure>",
     "<figure><video src=a.mp4></video><figcaption>|</figcaption></figure>",
     "<figure><iframe src='https://x.example/'></iframe><figcaption>|</figcaption></figure>",
     "<figure><table><tr><th>Ship<th>Days<tr><td>Aurora<td>4</table><figcaption>|</figcaption></figure>",
     "<figure><figcaption>|</figcaption></figure>",
     "<figure><img src=a.jpg><p>|</p></figure>",
     "<div class=wp-caption><img src=a.jpg><p class=wp-caption-text>|</p></div>",
     "<div class=image><img src=a.jpg><div class=caption>|</div></div>",
     "<div class=image><amp-img src=a.jpg></amp-img><span class='image-caption'>|</span></div>",
     "<table><caption>|</caption><tr><th>Ship<th>Days<tr><td>Aurora<td>4</table>"],
)  # fmt: skip
def test_a_caption_without_its_picture_stays_in_the_text(figure: str) -> None:
    found = lines(page(figure.replace("|", CAPTION)))
    assert found.count(CAPTION) == 1
    assert found.index(f"{FIRST} 2") < found.index(CAPTION) < found.index(f"{FIRST} 3")


def test_the_words_around_a_caption_in_a_list_are_kept() -> None:
    frame = f"<div class=wp-caption><img src='https://x.example/a.jpg'><p class=wp-caption-text>{CAPTION}</p></div>"
    found = lines(
        page(f"<ul><li>The first of the ships lay idle.{frame}</li><li>The second did not.</li></ul>")
    )
    assert {"The first of the ships lay idle.", CAPTION, "The second did not."} <= set(found)


def test_a_caption_of_several_paragraphs_is_kept_whole() -> None:
    figure = (
        f"<figure><img src=a.jpg><figcaption><p>One stood still.</p><p>{CAPTION}</p></figcaption></figure>"
    )
    assert f"One stood still. {CAPTION}" in lines(page(figure))


def test_the_table_and_the_quotation_of_a_figure_are_kept_with_its_caption() -> None:
    table = "<table><tr><th>Ship<th>Days<tr><td>Aurora<td>4</table>"
    assert "| Aurora | 4 |" in page(f"<figure>{table}<figcaption>{CAPTION}</figcaption></figure>").body
    quoted = f"<figure><blockquote><p>We shall not return before the roster is gone.</p></blockquote><figcaption>{CAPTION}</figcaption></figure>"
    assert "> We shall not return" in page(quoted).body


@pytest.mark.parametrize(
    "picture",
    ["<img src='https://x.example/a.jpg'>", "<img src='//x.example/a.jpg'>", "<amp-img src='https://x.example/a.jpg'></amp-img>",
     "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' data-src='https://x.example/a.jpg'>",
     "<picture><source srcset='https://x.example/a.jpg 1x, https://x.example/b.jpg 2x'><img></picture>"],
)  # fmt: skip
def test_a_remote_picture_is_among_the_images_with_its_caption(picture: str) -> None:
    article = page(f"<figure>{picture}<figcaption>{CAPTION}</figcaption></figure>")
    assert [(one.url, one.caption) for one in article.images] == [("https://x.example/a.jpg", CAPTION)]
    assert "MARKER" not in article.body


def test_a_caption_leaves_the_text_when_its_picture_is_kept(tmp_path: Path) -> None:
    beside, library = tmp_path / "saved", tmp_path / "library"
    beside.mkdir()
    library.mkdir()
    article = page(f"<figure><img src=a.png><figcaption>{CAPTION}</figcaption></figure>")
    missing = keep_pictures(article, beside, library)
    assert CAPTION in missing.body
    assert missing.images == ()
    (beside / "a.png").write_bytes(png(300, 200))
    kept = keep_pictures(article, beside, library)
    assert "MARKER" not in kept.body
    assert [one.caption for one in kept.images] == [CAPTION]
    assert len(kept.body.split("\n\n")) == 3


def test_the_lead_picture_has_the_caption_that_the_page_shows() -> None:
    head = "<meta property=og:image content='https://x.example/lead-picture.jpg'>"
    article = page(
        f"<figure><img src='https://x.example/640/lead-picture.jpg'><figcaption>{CAPTION}</figcaption></figure>",
        head,
    )
    assert [one.caption for one in article.images] == [CAPTION]
    assert "MARKER" not in article.body


@pytest.mark.parametrize("around", ["<aside>|</aside>", "<div hidden>|</div>", "<footer>|</footer>"])
def test_captions_beside_the_text_are_left_out(around: str) -> None:
    figure = f"<figure><img src=a.jpg><figcaption>{CAPTION}</figcaption></figure>"
    article = page(around.replace("|", figure))
    assert "MARKER" not in article.body
    assert article.images == ()
