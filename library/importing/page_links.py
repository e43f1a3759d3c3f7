"""Marks that pass through the extractor as text: of links, captions, and repeated paragraphs."""

from __future__ import annotations

import re
from dataclasses import replace

from library.importing.page_markdown import Element, PageBlock, append_text, link_markdown

_OPENS, _NUMBERED, _CLOSES, _AGAIN, _CAPTION = "\uf8f0", "\uf8f1", "\uf8f2", "\uf8f3", "\uf8f4"
_DIGITS = {ord(str(digit)): 0xF8E0 + digit for digit in range(10)}
_PLAIN_DIGITS = {mark: digit for digit, mark in _DIGITS.items()}
_LINK = re.compile(f"{_OPENS}([\uf8e0-\uf8e9]+){_NUMBERED}([^{_OPENS}{_CLOSES}]*){_CLOSES}")
_MARKS = re.compile(
    f"{_OPENS}[\uf8e0-\uf8e9]*{_NUMBERED}|[\uf8e0-\uf8e9{_OPENS}{_NUMBERED}{_CLOSES}{_AGAIN}{_CAPTION}]"
)
_CAPTIONED = re.compile(f"{_CAPTION}([\uf8e0-\uf8e9]+)")


def mark_link(link: Element, number: int) -> None:
    """Put the marks of the link ``number`` around the words of ``link``."""
    link.text = f"{_OPENS}{str(number).translate(_DIGITS)}{_NUMBERED}{link.text or ''}"
    append_text(link, _CLOSES)


def mark_again(paragraph: Element, number: int) -> None:
    """Make ``paragraph`` unlike the others of the same words, which the extractor would drop it for."""
    append_text(paragraph, f"{_AGAIN}{str(number).translate(_DIGITS)}")


def mark_caption(paragraph: Element, number: int) -> None:
    """Make ``paragraph`` known as the caption ``number``."""
    paragraph.text = f"{_CAPTION}{str(number).translate(_DIGITS)}{paragraph.text or ''}"


def with_links(block: PageBlock, targets: list[str]) -> PageBlock:
    """``block`` with links where their marks are, and without marks."""
    if _MARKS.search(block.markdown) is None:
        return block

    def written(found: re.Match[str]) -> str:
        number = int(found[1].translate(_PLAIN_DIGITS))
        return link_markdown(found[2], targets[number]) if number < len(targets) else found[2]

    linked = sum(len(found[2].strip()) for found in _LINK.finditer(block.text))
    text = _MARKS.sub("", block.text)
    captioned = _CAPTIONED.search(block.text)
    return replace(
        block,
        caption=int(captioned[1].translate(_PLAIN_DIGITS)) if captioned else None,
        markdown=_MARKS.sub("", _LINK.sub(written, block.markdown)),
        text=text,
        again=_AGAIN in block.text,
        linked=min(1.0, block.linked + linked / max(1, len(text))),
    )
