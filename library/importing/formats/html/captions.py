"""Moves figure captions to the article's pictures, or into its text if a picture is not kept.

The extractor drops figures with their content. So each caption is placed after its figure as a marked
paragraph, which the extractor keeps if the figure belongs to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from library.importing.formats.html.addresses import whole_address
from library.importing.formats.html.flow import is_hidden, is_sentence, remove, words_of
from library.importing.formats.html.links import mark_caption
from library.importing.formats.html.markdown import PageBlock
from library.importing.formats.html.pictures import CAPTION_LIMIT, file_name
from library.importing.pictures import inline_picture
from library.models import FoundPicture, Image
from library.text.case_folding import fold_letters
from library.text.cleaning import ADDRESS_LIMIT, clean_line

Element = Any
"""An lxml element; lxml has no complete type annotations."""

BESIDE_CAPTION = 60
"""Maximum number of characters beside the caption (a credit, a button) in the frame of a picture."""

_PICTURES = ("img", "amp-img", "picture", "source", "video", "amp-video")
_SHOWN = (*_PICTURES, "iframe", "amp-iframe", "object", "embed", "audio", "svg", "canvas", "amp-youtube")
_ADDRESSES = ("src", "data-src", "data-lazy-src", "data-original", "data-hi-res-src", "poster")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_ELSEWHERE = frozenset({"aside", "nav", "footer", "form"})
_WITHIN_LINES = frozenset({"p", "a", "span", "b", "i", "em", "strong", "header", "center", "picture"})
_CAPTION_NAME = re.compile(
    r"(?:^|[\s_-])(?:caption|captiontext|figcaption|bildunterschrift)(?:[_-]?text)?(?=$|[\s_-])",
    re.IGNORECASE,
)
_OWN_BLOCKS = ("p", "blockquote", "pre", "ul", "ol", "table")


@dataclass(frozen=True, slots=True)
class PageCaption:
    """A caption; ``pictures`` are the addresses of its picture as written on the page, which may be none."""

    text: str
    pictures: tuple[str, ...] = ()
    alt: str = ""


@dataclass(frozen=True, slots=True)
class PageImages:
    """The images of an article, and its blocks without the captions that were moved to the images."""

    blocks: list[PageBlock]
    lead: Image | None
    more: tuple[Image, ...]
    found: tuple[FoundPicture, ...]


def mark_captions(tree: Element) -> list[PageCaption]:
    """Turn the captions in ``tree`` into marked paragraphs beside their figures, and return them."""
    captions: list[PageCaption] = []
    for figure in list(tree.iter("figure")):
        if _is_beside(figure):
            continue
        parts = [one for one in figure.iter("figcaption") if next(one.iterancestors("figure")) is figure]
        text = " ".join(filter(None, map(_caption_words, parts)))
        shown = next(figure.iter(*_SHOWN), None) is not None
        for part in parts:
            remove(part)
        if text:
            _put_behind(figure, _described(figure, text), captions)
        if shown:
            _take_out_text(figure)
    for element in list(tree.iter("div", "p", "span", "dd")):
        frame = _frame(element) if _CAPTION_NAME.search(element.get("class") or "") else None
        text = _caption_words(element) if frame is not None else ""
        if text and not _is_beside(element):
            remove(element)
            _put_behind(frame, _described(frame, text), captions)
    for element in list(tree.iter("caption")):
        table = element.getparent()
        text = _caption_words(element)
        if text and table.tag == "table" and table.getparent() is not None:
            remove(element)
            paragraph = _marked(table, PageCaption(text), captions)
            table.addprevious(paragraph)
    return captions


def _caption_words(element: Element) -> str:
    """Return the words of a caption, or an empty string if it is a teaser that is mostly links."""
    text = words_of(element)
    linked = sum(len(words_of(link)) for link in element.iter("a"))
    return text if text and (linked <= len(text) / 2 or not _is_teaser(element)) else ""


def _is_teaser(element: Element) -> bool:
    return next(element.iter("h1", "h2", "h3", "h4"), None) is not None or len(words_of(element)) > 30


def _is_beside(element: Element) -> bool:
    around = (element, *element.iterancestors())
    return any(one.tag in _ELSEWHERE or is_hidden(one) for one in around)


def _described(figure: Element, text: str) -> PageCaption:
    alt = next((one.get("alt") for one in figure.iter("img", "amp-img") if one.get("alt")), "")
    return PageCaption(text, tuple(dict.fromkeys(_picture_addresses(figure))), alt)


def _picture_addresses(figure: Element) -> Iterator[str]:
    for one in figure.iter(*_PICTURES):
        for name in _ADDRESSES:
            if one.get(name):
                yield one.get(name).strip()
        for name in _SETS:
            yield from (part.split()[0] for part in (one.get(name) or "").split(", ") if part.split())


def _put_behind(figure: Element, caption: PageCaption, captions: list[PageCaption]) -> None:
    place = figure
    parent = place.getparent()
    while (
        parent is not None
        and parent.getparent() is not None
        and parent.tag not in {"body", "html", "article", "main", "li", "td", "th", "dd", "blockquote"}
        and (parent.tag in _WITHIN_LINES or not _has_other_words(parent, place))
    ):
        place, parent = parent, parent.getparent()
    if parent is None:
        return
    paragraph = _marked(place, caption, captions)
    paragraph.tail, place.tail = place.tail, None
    place.addnext(paragraph)


def _has_other_words(parent: Element, place: Element) -> bool:
    if (parent.text or "").strip():
        return True
    return any((one.tail or "").strip() or (one is not place and words_of(one)) for one in parent)


def _marked(place: Element, caption: PageCaption, captions: list[PageCaption]) -> Element:
    paragraph = place.makeelement("p", {})
    paragraph.text = caption.text
    mark_caption(paragraph, len(captions))
    captions.append(caption)
    return paragraph


def _take_out_text(figure: Element) -> None:
    """Move the text of ``figure`` behind it, because the extractor drops figures with pictures."""
    if next(figure.iterancestors("figure"), None) is not None:
        return
    for part in reversed(list(figure.iter(*_OWN_BLOCKS))):
        inside = takewhile(lambda one: one is not figure, part.iterancestors())
        if (
            any(one.tag in _OWN_BLOCKS for one in inside)
            or not is_sentence(part)
            or next(part.iter(*_SHOWN), None) is not None
        ):
            continue
        remove(part)
        part.tail, figure.tail = figure.tail, None
        figure.addnext(part)


def _frame(element: Element) -> Element | None:
    """Return the element around a picture and ``element``, its caption, or None."""
    size = len(words_of(element))
    around = element.getparent()
    for _ in range(3):
        if around is None or around.tag in {"body", "html"}:
            return None
        if len(words_of(around)) > size + BESIDE_CAPTION:
            return None
        if next(around.iter(*_SHOWN), None) is not None and next(element.iter(*_SHOWN), None) is None:
            return around
        around = around.getparent()
    return None


def with_captions(
    blocks: Sequence[PageBlock],
    captions: Sequence[PageCaption],
    *,
    lead: Image | None,
    found: Sequence[FoundPicture],
    base: str,
) -> PageImages:
    """Move the captions among ``blocks`` to the pictures that they belong to.

    Args:
        blocks: The text of the page.
        captions: The captions, indexed by the ``caption`` numbers of the blocks.
        lead: The lead picture of the article, if there is one.
        found: The pictures saved with the page. Their captions also stay in the text until they are kept.
        base: The page's address; may be empty.
    """
    kept: list[PageBlock] = []
    more: dict[str, Image] = {}
    local = {one.source: number for number, one in enumerate(found)}
    pictures = list(found)
    for block in blocks:
        caption = captions[block.caption] if block.caption is not None else None
        if caption is None:
            kept.append(block)
            continue
        text = clean_line(caption.text, CAPTION_LIMIT)
        if text != " ".join(caption.text.split()) or fold_letters(block.text) != fold_letters(text):
            kept.append(block)  # too long for a caption, or in a list with other words
            continue
        names = {file_name(address) for address in caption.pictures}
        sources = map(_source, caption.pictures)
        number = next((local[one] for one in sources if one in local), None)
        if lead is not None and file_name(lead.url) in names - {""}:
            lead = replace(lead, caption=_longer(lead.caption, text))
        elif number is not None:
            kept.append(block)
            pictures[number] = replace(pictures[number], caption_block=block.markdown)
        elif any(map(_is_elsewhere, caption.pictures)):
            image = Image(
                url=_remote(caption, base), caption=text, alt=clean_line(caption.alt, CAPTION_LIMIT)
            )
            more.setdefault(image.url or text, image)
        else:
            kept.append(block)
    return PageImages(kept, lead, tuple(more.values()), tuple(pictures))


def _longer(stated: str, shown: str) -> str:
    """Return ``stated`` if it contains ``shown``, the caption on the page; otherwise ``shown``."""
    return stated if fold_letters(shown) in fold_letters(stated) else shown


def _source(address: str) -> bytes | str | None:
    """Return the bytes of a ``data:`` picture, the address of another, or None for an absolute path."""
    if address.startswith("data:"):
        return inline_picture(address)
    return None if address.startswith("/") else address


def _is_elsewhere(address: str) -> bool:
    """Return True if ``address`` is not a file beside the page; scripts replace ``data:`` placeholders."""
    return address.startswith(("/", "http://", "https://", "data:"))


def _remote(caption: PageCaption, base: str) -> str:
    """Return the web address of the picture, or an empty string if it has only local paths."""
    for address in caption.pictures:
        if address.startswith(("https://", "http://", "//")) or (base and address.startswith("/")):
            whole = whole_address(address, base or "https://")
            if whole and len(whole) <= ADDRESS_LIMIT:
                return whole
    return ""
