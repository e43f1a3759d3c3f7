"""Finds the main text of a page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from library.importing.page_markdown import PARAGRAPH_MARK, Element, PageBlock, append_text, markdown_blocks
from library.text.cleaning import clean_address, is_openable


def page_blocks(tree: Element, *, base: str) -> list[PageBlock]:
    """The blocks of the main text of the page ``tree``; none where there is no text.

    ``base`` is the page's address (may be empty), against which links are made whole. ``tree`` is changed.
    """
    from trafilatura import bare_extraction

    _prepare_links(tree, base)
    _prepare_code(tree)
    _prepare_breaks(tree)
    document: Any = bare_extraction(
        tree,
        output_format="xml",
        include_formatting=True,
        include_links=True,
        include_comments=False,
        favor_precision=True,
        with_metadata=False,
    )
    if document is None:
        return []
    _merge_emphasis(document.body)
    return list(markdown_blocks(document.body))


def _prepare_links(tree: Element, base: str) -> None:
    """Makes links whole; what is not a link to another page or a mail address becomes its words."""
    page = base.partition("#")[0]
    for anchor in tree.iter("a"):
        target = _whole_target(clean_address(anchor.get("href", "")), base)
        anchor.attrib.clear()
        if is_openable(target) and not (page and target.startswith(f"{page}#")):
            anchor.set("href", target)
        else:
            anchor.tag = "span"


def _whole_target(address: str, base: str) -> str:
    try:
        return urljoin(base, address) if address else ""
    except ValueError:
        return ""


def _prepare_code(tree: Element) -> None:
    """Marks preformatted text as code, which keeps its lines and its spaces."""
    for pre in tree.iter("pre"):
        if pre.find(".//code") is None and len(pre) == 0 and (pre.text or "").strip():
            code = pre.makeelement("code", {})
            code.text, pre.text = pre.text, None
            pre.append(code)


def _prepare_breaks(tree: Element) -> None:
    """Marks where line breaks part paragraphs: where two or more run, with nothing between."""
    for first in list(tree.iter("br")):
        following = first.getnext()
        doubled = False
        while following is not None and following.tag == "br" and not (first.tail or "").strip():
            first.tail = following.tail
            following.getparent().remove(following)
            following = first.getnext()
            doubled = True
        if doubled:
            first.tail = PARAGRAPH_MARK + (first.tail or "")


def _merge_emphasis(body: Element) -> None:
    """Joins neighbours of the same emphasis: ``**a****b**`` would show its stars."""
    for element in list(body.iter("hi")):
        following = element.getnext()
        while (
            following is not None
            and following.tag == "hi"
            and following.get("rend") == element.get("rend")
            and not (element.tail or "").strip()
        ):
            append_text(element, element.tail or "")
            append_text(element, following.text or "")
            element.extend(list(following))
            element.tail = following.tail
            following.getparent().remove(following)
            following = element.getnext()
