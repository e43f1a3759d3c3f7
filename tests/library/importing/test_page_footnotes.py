"""Linked notes of saved pages become linked footnotes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from library.importing.formats.html import parse_page
from library.text.document import BlockKind, SpanStyle
from library.text.markdown import parse_document

REPORTED = Path(__file__).parent / "reported"
TODAY = date(2026, 11, 22)
FIRST = (
    "The crane drivers of the western basin laid down their work on Monday morning, and by noon eleven ships lay "
    "idle in the roads while the port authority looked for a way out of the quarrel that has lasted since spring."
)
ADDRESS = "https://post.example/cranes"


def body(inner: str, after: str = "") -> str:
    page = (
        f"<html lang=en><head><title>Cranes</title><link rel=canonical href='{ADDRESS}'></head><body><article><h1>Cranes</h1>"
        f"<p>{FIRST} 1</p>{inner}<p>{FIRST} 2</p><p>{FIRST} 3</p>{after}</article></body></html>"
    )
    return parse_page(page.encode(), name="page.html", today=TODAY).body


FORMS = {
    "sup around link": (
        "<sup id=r1><a href='#f1'>1</a></sup>", "<ol class=footnotes><li id=f1>| <a href='#r1'>↩</a></li></ol>"),
    "link around sup": (
        "<a id=r1 href='#fn1'><sup>1</sup></a>", "<div class=footnotes><hr><ol><li id=fn1><p>| <a href='#r1'>↩︎</a></p></li></ol></div>"),
    "full address": (
        f"<sup><a name=r1 href='{ADDRESS}#f1'>1</a></sup>", f"<ol><li id=f1>| <a href='{ADDRESS}#r1'>back</a></li></ol>"),
    "Wikipedia": (
        "<sup id=cite_ref-1 class=reference><a href='#cite_note-1'><span>[</span>1<span>]</span></a></sup>",
        "<ol class=references><li id=cite_note-1><span class=mw-cite-backlink><b><a href='#cite_ref-1'>^</a></b></span> "
        "<span class=reference-text>|</span></li></ol>"),
    "Word": (
        "<a href='#_ftn1' name='_ftnref1'><sup>[1]</sup></a>", "<div id=ftn1><p><a href='#_ftnref1' name='_ftn1'>[1]</a> |</p></div>"),
    "role": (
        "<a href='#n' role=doc-noteref id=b>*</a>", "<section role=doc-endnotes><ol><li id=n>| <a role=doc-backlink href='#b'>Return</a></li></ol></section>"),
    "epub": (
        "<a epub:type=noteref href='#n1' id=b>1</a>", "<aside epub:type=footnote id=n1><p>| <a href='#b'>↑</a></p></aside>"),
    "number in the note": (
        "<sup><a href='#fn:1' id='fnref:1'>1</a></sup>", "<p id='fn:1'><sup>1</sup> |</p>"),
    "name in the note": (
        "<a href='#note1' name=back1>[1]</a>", "<p><a name=note1></a>[1] |</p>"),
    "definition": (
        "<sup><a href='#n1' id=b1>1</a></sup>", "<dl><dt>1</dt><dd id=n1>|</dd></dl>"),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("outside", [False, True])
def test_a_linked_note_becomes_a_footnote(form: str, outside: bool) -> None:
    marker, note = FORMS[form]
    words = "Minutes of the meeting of 3 April, <a href='https://x.example/'>page 4</a>."
    notes = note.replace("|", words)
    if outside:
        notes = f"<div class='footer-widget related'>{notes}</div>"
    markdown = body(f"<p>The roster was made in spring.{marker} It failed.</p>", notes)
    assert "The roster was made in spring.[^1] It failed." in markdown
    assert markdown.endswith("\n\n[^1]: Minutes of the meeting of 3 April, [page 4](https://x.example/).")
    document = parse_document(markdown)
    assert [span.style for span in document.spans if span.style is SpanStyle.REFERENCE]
    (found,) = [block for block in document.blocks if block.kind is BlockKind.FOOTNOTE]
    assert document.text[found.start : found.end] == "Minutes of the meeting of 3 April, page 4."


@pytest.mark.parametrize(
    "around",
    ["<blockquote><p>|</p><p>It was not the last of them.</p></blockquote>", "<ul><li>It began.<li><div>|</div></ul>",
     "<table><tr><th>Ship<th>Why<tr><td>Aurora<td>|</table>", "<div><div>|</div></div>", "|"],
)  # fmt: skip
def test_a_note_may_be_referenced_in_any_block(around: str) -> None:
    marker, note = FORMS["sup around link"]
    markdown = body(
        around.replace("|", f"The roster was made in spring.{marker} It failed."),
        note.replace("|", "The minutes."),
    )
    assert "The roster was made in spring.[^1] It failed." in markdown
    assert markdown.endswith(f"{FIRST} 3\n\n[^1]: The minutes.")


def test_notes_of_the_reported_page_are_linked() -> None:
    path = REPORTED / "page-layout" / "footnotes.html"
    markdown = parse_page(path.read_bytes(), name="page.html", today=TODAY).body
    assert "The roster was made in spring.[^1] It failed." in markdown
    assert markdown.endswith("\n\n[^1]: Minutes of the meeting of 3 April, page 4.")


def test_notes_are_numbered_by_reference_and_may_be_referenced_twice() -> None:
    def marker(number: int) -> str:
        return f"<sup><a href='#f{number}'>{number}</a></sup>"

    notes = "<ol class=footnotes><li id=f1>The first of the notes.<li id=f2>The second of the notes.<p>It goes on.</p></ol>"
    markdown = body(f"<p>It began in March{marker(2)} and ended in April.{marker(1)}{marker(2)}</p>", notes)
    assert "It began in March[^1] and ended in April.[^2][^1]" in markdown
    assert markdown.endswith("[^1]: The second of the notes. It goes on.\n\n[^2]: The first of the notes.")


@pytest.mark.parametrize(
    "inner",
    ["<p>Read on in <a href='#c2'>2</a> of this long report of the year.</p><h2 id=c2>The second chapter</h2>",
     "<p>The roster<sup><a href='#nowhere'>1</a></sup> was made in spring and failed in May.</p>",
     "<p>It was 10<sup>3</sup> metres long, and <a href='https://x.example/#f1'>1</a> more.</p>"],
)  # fmt: skip
def test_other_links_and_numbers_are_not_notes(inner: str) -> None:
    assert "[^" not in body(inner)
