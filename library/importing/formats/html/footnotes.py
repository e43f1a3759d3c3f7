"""Turns the linked footnotes of a page into Markdown footnotes.

Each note is placed as a marked paragraph after the first block that refers to it, so that the extractor
keeps it with its text. Afterwards it moves to the end of the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any
from urllib.parse import unquote

from library.importing.formats.html.flow import is_layout_table, remove, words_of
from library.importing.formats.html.links import mark_note, note_reference
from library.importing.formats.html.markdown import PageBlock
from library.text.markdown.writer import superscript

Element = Any
"""An lxml element; lxml has no complete type annotations."""

NOTE_LIMIT = 3000
"""Maximum length of a note, in characters."""

_MARKER = re.compile(
    r"[\[(]?\s*(?:\d{1,3}|[a-z]|[ivxl]{1,6}|[*†‡§¶#]{1,4}|(?:notes?|fn\.?|nb|n|anm\.?)\s*\.?\s*\d{1,3})\s*[\])]?[.:]?",
    re.IGNORECASE,
)
_ARROW = re.compile(r"[\s\ufe0e\ufe0f\u00a0^↩↵⏎⤴⮌⮥↑↖←⬆▲*,\[\]()]*")
_BACK = re.compile(r"back|return|jump|retour|zurück|volver|[↩↵⏎⤴⮌⮥↑↖⬆]", re.IGNORECASE)
_NOTE_NAME = re.compile(
    r"foot-?note|end-?note|note-?ref|\bfn|fnref|reference|cite|citation|\bnote|sdfootnote|ftn", re.IGNORECASE
)
_NOTE_TAGS = frozenset({"li", "p", "dd", "td", "aside"})
_LARGE = ("h1", "h2", "h3", "h4", "table", "ul", "ol")
_STOPS = frozenset({"div", "section", "article", "main", "body", "td", "center"})


def mark_footnotes(tree: Element, base: str) -> None:
    """Mark the references to notes in ``tree``, the page at ``base``, and move the notes to them."""
    page = base.partition("#")[0]
    places = _places(tree)
    order = {element: number for number, element in enumerate(tree.iter())}
    numbers: dict[Element, int] = {}
    markers: dict[Element, list[Element]] = {}
    for link in list(tree.iter("a")):
        target = places.get(_fragment(link, page))
        if target is None or not _MARKER.fullmatch(words_of(link)) or order[target] <= order[link]:
            continue
        note = _note(target, link)
        if note is not None and _is_reference(link, target):
            numbers.setdefault(note, len(numbers) + 1)
            markers.setdefault(note, []).append(link)
    for note, links in markers.items():
        _mark_up(note, links, numbers[note], page)


def _places(tree: Element) -> dict[str, Element]:
    """Return the elements that links can target, by id or name; the first of several with the same name."""
    places: dict[str, Element] = {}
    for element in tree.iter():
        if isinstance(element.tag, str):
            for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
                if name:
                    places.setdefault(name, element)
    return places


def _fragment(link: Element, page: str) -> str:
    before, sign, fragment = (link.get("href") or "").strip().partition("#")
    return unquote(fragment) if sign and before in {"", page} else ""


def _note(target: Element, link: Element) -> Element | None:
    """Return the element at or around ``target`` that is a note, or None."""
    for one in (target, *target.iterancestors()):
        if one.tag in _NOTE_TAGS or (one.tag == "div" and _is_simple(one)):
            inside = any(around is one for around in link.iterancestors())
            short = len(words_of(one)) <= NOTE_LIMIT
            return one if short and not inside and one.tag != "td" else None
        if one.tag in _STOPS:
            return None
    return None


def _is_simple(element: Element) -> bool:
    return next(element.iter("div", *_LARGE), element) is element


def _is_reference(link: Element, target: Element) -> bool:
    """Return True if the appearance or names of ``link`` show that it leads to a note, not to a chapter."""
    kind = f"{link.get('role') or ''} {link.get('epub:type') or ''} {link.get('rel') or ''}"
    raised = next(link.iterancestors("sup"), None) is not None or next(link.iter("sup"), None) is not None
    names = (link.get("class"), link.get("id"), link.get("href"), target.get("id"))
    named = any(_NOTE_NAME.search(name or "") for name in names)
    return raised or named or "noteref" in kind or words_of(link)[:1] in set("[(*†‡")


def _mark_up(note: Element, links: Sequence[Element], number: int, page: str) -> None:
    known = {name for link in links for name in _names_at(link)}
    if note.getparent() is None or not _words_without_back_links(note, known, page, number):
        return
    paragraph = note.makeelement("p", {"data-note": "1"})
    _flatten(note)
    paragraph.text, note.text = note.text, None
    paragraph.extend(list(note))
    mark_note(paragraph, number)
    around = note.getparent()
    remove(note)
    while around is not None and around.getparent() is not None and not words_of(around):
        empty, around = around, around.getparent()
        remove(empty)
    _put_behind_block(paragraph, links[0])
    for link in links:
        _replace(_outermost(link), note_reference(number))


def _names_at(link: Element) -> Iterator[str]:
    """Yield the names of ``link`` and of the elements around it in its line; a note may link back to them."""
    line = takewhile(lambda one: one.tag not in _STOPS, link.iterancestors())
    for one in (link, *link.iterdescendants(), *line):
        yield from filter(None, (one.get("id"), one.get("name")))
    before = link.getprevious()
    if before is not None:
        yield from filter(None, (before.get("id"), before.get("name")))


def _words_without_back_links(note: Element, known: set[str], page: str, number: int) -> str:
    """Remove the back links and the leading number of ``note``, and return its remaining words."""
    for link in list(note.iter("a")):
        fragment = _fragment(link, page)
        words = words_of(link)
        label = " ".join(
            [words, *(link.get(name) or "" for name in ("class", "role", "title", "aria-label"))]
        )
        back = fragment in known or (_BACK.search(label) and (_ARROW.fullmatch(words) or "back" in label))
        if fragment and back:
            remove(link)
    for one in reversed(list(note.iterdescendants("sup", "span", "b", "p", "cite"))):
        if one is not note and _ARROW.fullmatch(words_of(one)):
            remove(one)
    words = words_of(note)
    first = re.match(r"[\[(]?\s*(?:\d{1,3}|[*†‡§¶]{1,4})\s*[\]).:]*\s*", words)
    if first and (first[0].strip("[]().: ") == str(number) or not first[0].strip("[]().: ").isdigit()):
        _cut_beginning(note, first[0].replace(" ", ""))
    return words_of(note)


def _cut_beginning(note: Element, beginning: str) -> None:
    """Remove ``beginning``, and spaces in it, from the start of ``note``, across its elements."""
    left = list(beginning)

    def shortened(text: str | None) -> str:
        text = text or ""
        while left and text:
            if text[0] == left[0]:
                left.pop(0)
            elif not text[0].isspace():
                left.clear()
                break
            text = text[1:]
        return text.lstrip() if beginning and not left and text else text

    for element in list(note.iter()):
        if not left:
            return
        element.text = shortened(element.text)
        if left and element is not note and not len(element):
            element.tail = shortened(element.tail)


def _flatten(note: Element) -> None:
    """Turn the paragraphs of ``note`` into words of one line."""
    for part in list(note.iterdescendants("p", "div", "li", "ul", "ol", "blockquote", "section")):
        part.tag = "span"
        part.text = f" {part.text or ''}"
        part.tail = f" {part.tail or ''}"


def _put_behind_block(paragraph: Element, link: Element) -> None:
    """Put ``paragraph`` after the block that contains ``link``, among the paragraphs of the text."""
    around = [link, *link.iterancestors()]
    end = next((number for number, one in enumerate(around) if number and one.tag in _STOPS), 1)
    place = around[end - 1]
    for one in around:
        if one.tag in {"ul", "ol", "dl", "blockquote"} or (one.tag == "table" and not is_layout_table(one)):
            place = one
    around = place.getparent()
    if any(part.strip() for part in (around.text or "", *(one.tail or "" for one in around))):
        if around.tag in {"body", "article"} or next(around.iter("p", *_LARGE), around) is not around:
            around.append(paragraph)  # loose words without a paragraph
            return
        place = around
    paragraph.tail, place.tail = place.tail, None
    place.addnext(paragraph)


def _outermost(link: Element) -> Element:
    """Return the outermost inline element around ``link`` that has no other words."""
    place = link
    for around in link.iterancestors():
        if around.tag not in {"sup", "span", "b", "i", "em", "cite", "small", "font"}:
            break
        if words_of(around).strip("[]() ") != words_of(link).strip("[]() "):
            break
        place = around
    return place


def _replace(element: Element, text: str) -> None:
    """Replace ``element`` with ``text``."""
    element.tail = f"{text}{element.tail or ''}"
    remove(element)


def with_notes_at_end(blocks: Sequence[PageBlock], notes: Sequence[PageBlock]) -> list[PageBlock]:
    """Return ``blocks`` followed by ``notes``. A reference to a missing note becomes a superscript number."""
    defined = {note.note for note in notes}
    kept = []
    for block in blocks:
        for number in set(block.references) - defined:
            block = replace(block, markdown=block.markdown.replace(f"[^{number}]", superscript(number)))
        kept.append(block)
    return kept + sorted(notes, key=lambda note: note.note or 0)
