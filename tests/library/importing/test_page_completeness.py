"""A page whose import leaves out much visible text has a warning."""

from __future__ import annotations

from datetime import date

import pytest

from library import Library
from library.importing.formats.html import parse_page
from library.models import ImportStatus

FIRST = (
    "The crane drivers of the western basin laid down their work on Monday morning, and by noon eleven ships lay "
    "idle in the roads while the port authority looked for a way out of the quarrel that has lasted since spring."
)
SECOND = (
    "A spokeswoman for the union said that nobody would return before the new roster had been withdrawn, and that "
    "the drivers had been patient for longer than anyone could have asked of them."
)
TEXT = f"<p>{FIRST}</p><p>{SECOND}</p>"
OTHER = [
    f"Witness number {number} told the court at length what had been said on the quay on the day of the fire."
    for number in range(9)
]


def page(beside: str, after: str = "") -> bytes:
    body = f"<article><h1>Cranes</h1>{TEXT}{beside}</article>{after}"
    return (
        f"<!doctype html><html lang=en><head><title>Cranes</title></head><body>{body}</body></html>".encode()
    )


def paragraphs(tag: str = "p") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in OTHER)


@pytest.mark.parametrize(
    ("beside", "after"),
    [
        (f"<aside>{paragraphs()}</aside>", ""),
        (f"<aside><ul>{paragraphs('li')}</ul></aside>", ""),
        (f"<aside>{paragraphs('div')}</aside>", ""),
        ("", f"<aside><section>{paragraphs()}</section></aside>"),
    ],
)
def test_a_page_that_lost_much_text_has_a_warning(library: Library, beside: str, after: str) -> None:
    data = page(beside, after)
    assert "Witness" not in parse_page(data, name="x", today=date(2026, 11, 22)).body  # the text is lost
    outcome = library.importing.add_bytes("cranes.html", data)
    assert outcome.status is ImportStatus.ADDED
    assert outcome.warning.startswith("check this one: about ")
    assert library.importing.add_bytes("cranes.html", data).warning == outcome.warning
    assert library.importing.add_bytes("cranes.html", data, dry_run=True).warning == outcome.warning


@pytest.mark.parametrize(
    ("beside", "after"),
    [
        ("", ""),
        (paragraphs(), ""),
        ("", f"<section class=comments>{paragraphs()}</section>"),
        ("", f"<div id=cookie-notice>{paragraphs()}</div>"),
        ("", f"<footer>{paragraphs()}</footer>"),
        ("", f"<aside class=related>{paragraphs()}</aside>"),
        ("", f"<nav>{paragraphs('li')}</nav>"),
        (
            "<p style='display:none'>Hidden words of a script, which nobody sees on the page in a browser at all.</p>",
            "",
        ),
        ("", f"<script>var text = '{' '.join(OTHER)}';</script>"),
    ],
)
def test_a_page_that_lost_no_article_text_has_no_warning(library: Library, beside: str, after: str) -> None:
    assert library.importing.add_bytes("cranes.html", page(beside, after)).warning == ""
