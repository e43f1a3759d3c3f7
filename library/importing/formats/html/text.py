"""Finds the main text of a page, and reports text that the article lacks, so that no loss is silent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from library.importing.formats.html.captions import PageCaption, mark_captions
from library.importing.formats.html.flow import (
    class_and_id,
    is_sentence,
    is_side_matter,
    long_runs,
    long_text,
    prepare_flow,
    remove_asides,
    words_of,
)
from library.importing.formats.html.footnotes import mark_footnotes
from library.importing.formats.html.links import mark_again, mark_link, with_links
from library.importing.formats.html.markdown import (
    PARAGRAPH_MARK,
    Element,
    PageBlock,
    append_text,
    markdown_blocks,
)
from library.text.cleaning import clean_address, is_openable

_LEAST_LEFT = 500
"""Minimum number of omitted characters that cause a warning."""

_MUCH = 0.5
"""Minimum ratio of omitted to kept text that causes a warning."""

_BEGINNING = 60
"""Number of leading letters and digits that identify a text."""

_TEXTS = ("p", "li", "dd", "blockquote", "pre", "td", "div", "section", "figcaption", "summary")
_INNER = (
    "p",
    "div",
    "ul",
    "ol",
    "li",
    "dl",
    "table",
    "section",
    "blockquote",
    "pre",
    "article",
    "h1",
    "h2",
    "h3",
)
_NOT_SHOWN = frozenset({"nav", "footer", "noscript", "template", "script", "style", "select", "button", "a"})
_NOTICE = re.compile(r"cookie|consent|onetrust|privacy|gdpr|legal|terms|disclaimer", re.IGNORECASE)


def _visible_texts(tree: Element) -> list[str]:
    """Return the long texts that a page shows, except comments, notices, teasers and the like."""
    found = []
    for element in tree.iter(*_TEXTS):
        if (
            next(element.iterdescendants(*_INNER), None) is None
            and (text := long_text(element))
            and not _is_beside(element)
        ):
            found.append(text)
    return list(dict.fromkeys(found))


def _is_beside(element: Element) -> bool:
    around = [element, *element.iterancestors()]
    if any(one.tag in _NOT_SHOWN for one in around):
        return True
    return any(
        one.tag not in {"body", "html"} and (is_side_matter(one) or _NOTICE.search(class_and_id(one)))
        for one in around
    )


def loss_warning(texts: Iterable[str], blocks: Iterable[PageBlock]) -> str:
    """Return a warning if ``blocks`` lack much of the ``texts`` that the page shows, or an empty string."""
    article = " ".join(block.text for block in blocks)
    found = _squeezed(article)
    left = sum(len(text) for text in texts if _squeezed(text)[:_BEGINNING] not in found)
    if left < _LEAST_LEFT or left < _MUCH * len(article):
        return ""
    return (
        f"check this one: about {left:,} characters of text that the page shows were left out, "
        f"{len(article):,} were kept."
    )


def _squeezed(text: str) -> str:
    """Return only the letters and digits of ``text``."""
    return "".join(filter(str.isalnum, text))


KEPT_SHARE = 0.4
"""Share of the page's long paragraphs below which the main text may have been missed."""

KEPT_MORE = 2.0
"""Factor by which a second search must find more of them to replace the first."""

SUBSTANTIAL = 0.25
"""Minimum share of the long paragraphs that a run must have to be a possible article."""

WHOLE = 0.6
"""Minimum share of a run that must be kept for the run to count as found."""


@dataclass(frozen=True, slots=True)
class PageText:
    """The main text of a page.

    ``warning`` is a sentence if much visible text is missing from it. The ``caption`` numbers of the blocks
    are indexes of ``captions``.
    """

    blocks: list[PageBlock]
    warning: str = ""
    captions: Sequence[PageCaption] = ()


def page_text(tree: Element, *, base: str) -> PageText:
    """Return the main text of the page ``tree``; it has no blocks if there is no text.

    Links are resolved against ``base``, the page's address (may be empty). ``tree`` is changed.
    """
    _protect_repetitions(tree)
    captions = mark_captions(tree)
    mark_footnotes(tree, base)
    prepare_flow(tree)
    _prepare_links(tree, base)
    targets = _protect_links(tree)
    _prepare_code(tree)
    _prepare_definitions(tree)
    _prepare_breaks(tree)
    shown = _visible_texts(tree)
    remove_asides(tree)
    runs = long_runs(tree)
    blocks = _extracted(tree, targets, precise=True)
    if _missed(runs, blocks):
        more = _extracted(tree, targets, precise=False)
        if _kept(runs, more) >= max(1, KEPT_MORE * _kept(runs, blocks)):
            blocks = more
    return PageText(blocks, loss_warning(shown, blocks), captions)


def _missed(runs: list[list[str]], blocks: list[PageBlock]) -> bool:
    """Return True if ``blocks`` lack most long paragraphs and every large run: they are not the main text."""
    whole = _size(runs)
    if _kept(runs, blocks) >= KEPT_SHARE * whole:
        return False
    large = (run for run in runs if _size([run]) >= SUBSTANTIAL * whole)
    return not any(_kept([run], blocks) >= WHOLE * _size([run]) for run in large)


def _size(runs: list[list[str]]) -> int:
    return sum(len(text) for run in runs for text in run)


def _kept(runs: list[list[str]], blocks: list[PageBlock]) -> int:
    """Return the number of characters of the long paragraphs that are in ``blocks``."""
    found = _squeezed(" ".join(block.text for block in blocks))
    return sum(len(text) for run in runs for text in run if _squeezed(text)[:_BEGINNING] in found)


def _extracted(tree: Element, targets: list[str], *, precise: bool) -> list[PageBlock]:
    from trafilatura import bare_extraction

    document: Any = bare_extraction(
        tree,
        output_format="xml",
        include_formatting=True,
        include_links=True,
        include_comments=False,
        favor_precision=precise,
        with_metadata=False,
    )
    if document is None:
        return []
    _merge_emphasis(document.body)
    return [with_links(block, targets) for block in markdown_blocks(document.body)]


def _prepare_links(tree: Element, base: str) -> None:
    """Resolve links; those that do not lead to another page or a mail address become plain words."""
    page = base.partition("#")[0]
    for anchor in tree.iter("a"):
        target = _whole_target(clean_address(anchor.get("href", "")), base)
        anchor.attrib.clear()
        if is_openable(target) and not (page and target.startswith(f"{page}#")):
            anchor.set("href", target)
        else:
            anchor.tag = "span"


_NOT_IN_SENTENCES = (
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "div",
    "section",
    "article",
    "figure",
    "img",
    "button",
    "input",
)


def _protect_links(tree: Element) -> list[str]:
    """Replace links in sentences with marked words, because the extractor may drop text with links.

    Returns the targets of the links, indexed by the numbers in the marks.
    """
    targets: list[str] = []
    for paragraph in list(tree.iter("p", "li", "dd", "blockquote", "td")):
        links = [link for link in paragraph.iter("a") if link.get("href")]
        if (
            not links
            or not (is_sentence(paragraph) or paragraph.get("data-note"))
            or next(paragraph.iter(*_NOT_IN_SENTENCES), None) is not None
        ):
            continue
        for link in links:
            mark_link(link, len(targets))
            targets.append(link.attrib.pop("href"))
            link.tag = "span"
    return targets


def _protect_repetitions(tree: Element) -> None:
    """Mark paragraphs that repeat an earlier one with the same parent and class, such as refrains.

    A standfirst that is repeated in the text has a different class.
    """
    seen: set[tuple[Element, str, str]] = set()
    for number, paragraph in enumerate(tree.iter("p")):
        words = paragraph.getparent(), paragraph.get("class") or "", words_of(paragraph)
        if words in seen:
            mark_again(paragraph, number)
        elif words[2]:
            seen.add(words)


_WHOLE_ADDRESS = re.compile(r"https?://[\w.-]+(?:/[\w./%~+-]*)?", re.ASCII)
"""A complete address without query or fragment; it does not have to be resolved."""


def _whole_target(address: str, base: str) -> str:
    if _WHOLE_ADDRESS.fullmatch(address) and "/." not in address:
        return address
    try:
        return urljoin(base, address) if address else ""
    except ValueError:
        return ""


def _prepare_code(tree: Element) -> None:
    """Mark preformatted text as code, so that it keeps its line breaks and spaces."""
    for pre in tree.iter("pre"):
        if next(pre.iter("code", "p", "div", "table", "img"), None) is not None:
            continue
        for line_break in pre.iter("br"):
            line_break.tail = "\n" + (line_break.tail or "")
        text = "".join(pre.itertext())
        if not text.strip():
            continue
        for child in list(pre):
            pre.remove(child)
        code = pre.makeelement("code", {})
        code.text, pre.text = text, None
        pre.append(code)


def _prepare_definitions(tree: Element) -> None:
    """Turn each term with its definitions into a list item with the term in bold."""
    for listed in list(tree.iter("dl")):
        parts = [
            one
            for child in listed
            for one in (child if child.tag == "div" else (child,))
            if one.tag in {"dt", "dd"}
        ]
        if not {"dt", "dd"} <= {one.tag for one in parts}:
            continue
        item: Element = None
        items: list[Element] = []
        for part in parts:
            if part.tag == "dt":
                term = part.makeelement("b", {})
                term.text, part.text = part.text, None
                term.extend(list(part))
                words = words_of(term)
                term.tail = " " if words.endswith((":", "?", "!", ".", "：", "？")) else ": "
                item = part.makeelement("li", {})
                item.append(term)
                items.append(item)
            elif item is not None:
                last = item[-1]
                last.tail = f"{last.tail or ''}{part.text or ''}"
                item.extend(list(part))
                append_text(item, " ")
        for child in list(listed):
            listed.remove(child)
        listed.tag = "ul"
        listed.text = None
        listed.extend(items)


def _prepare_breaks(tree: Element) -> None:
    """Mark paragraph breaks: two or more line breaks with nothing between them."""
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
    """Join adjacent elements with the same emphasis; ``**a****b**`` would show its asterisks."""
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
