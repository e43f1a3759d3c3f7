"""Placeholder texts that carry links, captions, notes and repeated paragraphs through the extractor."""

from __future__ import annotations

import re
from dataclasses import replace

from library.importing.formats.html.markdown import Element, PageBlock, append_text, link_markdown

_OPENS, _NUMBERED, _CLOSES, _AGAIN, _CAPTION = "\uf8f0", "\uf8f1", "\uf8f2", "\uf8f3", "\uf8f4"
_DIGITS = {ord(str(digit)): 0xF8E0 + digit for digit in range(10)}
_PLAIN_DIGITS = {mark: digit for digit, mark in _DIGITS.items()}
_LINK = re.compile(f"{_OPENS}([\uf8e0-\uf8e9]+){_NUMBERED}([^{_OPENS}{_CLOSES}]*){_CLOSES}")
_MARKS = re.compile(
    f"{_OPENS}[\uf8e0-\uf8e9]*{_NUMBERED}|[\uf8e0-\uf8e9{_OPENS}{_NUMBERED}{_CLOSES}{_AGAIN}{_CAPTION}\uf8f5\uf8f6]"
)
_REFERRED = re.compile("\uf8f5([\uf8e0-\uf8e9]+)")
_NOTED = re.compile("\uf8f6([\uf8e0-\uf8e9]+)")
_CAPTIONED = re.compile(f"{_CAPTION}([\uf8e0-\uf8e9]+)")


def mark_link(link: Element, number: int) -> None:
    """Put the marks of link ``number`` around the words of ``link``."""
    link.text = f"{_OPENS}{str(number).translate(_DIGITS)}{_NUMBERED}{link.text or ''}"
    append_text(link, _CLOSES)


def mark_again(paragraph: Element, number: int) -> None:
    """Make ``paragraph`` unique, so that the extractor does not drop it as a duplicate."""
    append_text(paragraph, f"{_AGAIN}{str(number).translate(_DIGITS)}")


def mark_caption(paragraph: Element, number: int) -> None:
    """Mark ``paragraph`` as caption ``number``."""
    paragraph.text = f"{_CAPTION}{str(number).translate(_DIGITS)}{paragraph.text or ''}"


def note_reference(number: int) -> str:
    """Return the mark of a reference to note ``number``."""
    return f"\uf8f5{str(number).translate(_DIGITS)}"


def mark_note(paragraph: Element, number: int) -> None:
    """Mark ``paragraph`` as note ``number``."""
    paragraph.text = f"\uf8f6{str(number).translate(_DIGITS)}{(paragraph.text or '').lstrip()}"


def with_links(block: PageBlock, targets: list[str]) -> PageBlock:
    """Return ``block`` with its marks turned into links, references and fields."""
    if _MARKS.search(block.markdown) is None:
        return block

    def written(found: re.Match[str]) -> str:
        number = int(found[1].translate(_PLAIN_DIGITS))
        return link_markdown(found[2], targets[number]) if number < len(targets) else found[2]

    linked = sum(len(found[2].strip()) for found in _LINK.finditer(block.text))
    text = _MARKS.sub("", block.text)
    markdown = _LINK.sub(written, block.markdown)
    markdown = _MARKS.sub("", _REFERRED.sub(lambda found: f"[^{_number(found)}]", markdown))
    noted = _NOTED.match(block.text)
    if noted:
        markdown = f"[^{_number(noted)}]: {markdown.lstrip()}".replace("\n", "\n    ")
    captioned = _CAPTIONED.match(block.text)
    return replace(
        block,
        caption=_number(captioned) if captioned else None,
        note=_number(noted) if noted else None,
        references=tuple(map(_number, _REFERRED.finditer(block.text))),
        markdown=markdown,
        text=text,
        again=_AGAIN in block.text,
        linked=min(1.0, block.linked + linked / max(1, len(text))),
    )


def _number(mark: re.Match[str]) -> int:
    return int(mark[1].translate(_PLAIN_DIGITS))
