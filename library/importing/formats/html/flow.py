"""Prepares a page for text extraction, so that unusual markup loses no text.

The extractor expects paragraphs in ``p`` and lists in ``ul``, and drops text in other elements between them.
Such text is therefore put into a ``p``. Layout tables become plain containers, and invisible elements are
removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from library.importing.word_sets import word_set

Element = Any
"""An lxml element; lxml has no complete type annotations."""

LONG_PARAGRAPH = 80
"""Number of characters from which a paragraph is certainly text; in scripts without spaces, a third of it."""

_BLOCKS = word_set("""
    address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table
    tbody td tfoot th thead tr ul caption
    """)
_PARTING = _BLOCKS | {"br"}
_NOT_TEXT = word_set("""
    script style template noscript iframe object embed svg math canvas video audio picture img map nav select
    option textarea input button head link meta
    """)
_SHOWN = frozenset({"figcaption", "table"})
_EMPTY = (
    "b",
    "i",
    "em",
    "strong",
    "span",
    "p",
    "div",
    "section",
    "article",
    "main",
    "li",
    "dd",
    "dt",
    "pre",
    "q",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
)
_CONTAINERS = word_set(
    "div section center article main label legend fieldset summary address dialog figure output"
)
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_SIDE_MATTER = re.compile(
    r"(?:^|[\s_-]|(?<=[a-z])(?=[A-Z]))(?:captions?|credits?|by-?lines?|authors?|shar(?:e|es|ing)|social|related|newsletters?|promos?|adverts?"
    r"|advertisement|ads?|sponsor(?:ed)?|tags?|topics?|breadcrumbs?|copyright|comments?|signup|sign-up|subscribe|subscription"
    r"|cookies?|consent|toolbar|nav(?:bar|igation)?|menu|footer|side-?bar|teasers?|recommend(?:ed|ations?)|outbrain|taboola"
    r"|most-?read|popular|paywall|login|(?:post|entry|article)?meta(?:data)?|date|time(?:stamp)?|kicker|print|hidden|banner|button|widget|gallery|slides?"
    r"|player|video|audio|embed|read-?more|more|disclaimer|modal|popup|overlay|tooltip|icon|rating|poll|quiz)(?=$|[\s_-]|[A-Z])",
)
_SPOKEN = re.compile(
    r"visually-?hidden|hidden-?visually|screen-?reader|(?:^|[\s_-])sr-?only|(?:^|\s)(?:a11y|accessibility)[_-]",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"(?:^|[\s_-])(?:related|recommended|more-?)(?:-?(?:posts?|articles?|stor))", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?…:。！？؟।][\"'”’»)\]]*$")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\u0e00-\u0e7f]")

HIDDEN_TEXT = 3
"""Ratio of hidden to visible text above which a script or a paywall hides the article itself."""

SUBHEAD = 80
"""Maximum length in characters of a bold line that is a heading."""

WIDER = 1.3
"""Factor by which an element must have more text than a run of paragraphs in it to be the article."""


def prepare_flow(tree: Element) -> None:
    """Change ``tree`` so that the text of its article is in paragraphs, lists and data tables."""
    _remove_hidden(tree)
    _remove_spoken(tree)
    _remove_related(tree)
    _simplify(tree)
    _remove_empty(tree)
    _open_layout_tables(tree)
    flows = _flows(tree)
    for flow in flows:
        _make_paragraphs(flow)
        _make_headings(flow)
        _protect(flow)
    if flows:
        _mark_main(max(flows, key=_long_size))


def weight(text: str) -> int:
    """Return the length of ``text``, where each character of a script without spaces counts as three."""
    return len(text) if text.isascii() else len(text) + 2 * len(_UNSPACED.findall(text))


def words_of(element: Element) -> str:
    """Return the readable text of ``element`` on one line."""
    return " ".join("".join(_readable(element)).split())


def _readable(element: Element) -> list[str]:
    """Return the pieces of readable text in ``element``, with a space before each block."""
    pieces: list[str] = []
    _add_readable(element, pieces)
    return pieces


def _add_readable(element: Element, pieces: list[str]) -> None:
    tag = element.tag
    if tag in _NOT_TEXT or not isinstance(tag, str):
        return
    if text := element.text:
        pieces.append(text)
    for child in element:
        if child.tag in _PARTING:
            pieces.append(" ")
        _add_readable(child, pieces)
        if tail := child.tail:
            pieces.append(tail)


# Hidden elements and asides


def _remove_hidden(tree: Element) -> None:
    """Remove hidden elements, unless a script or a paywall hides most of the text."""
    found = [element for element in tree.iter() if is_hidden(element)]
    if not found:
        return
    hidden = {
        paragraph: len(text) for element in found for paragraph, text in _long_paragraphs(element).items()
    }
    shown = sum(len(text) for one, text in _long_paragraphs(tree).items() if one not in hidden)
    for element in found if sum(hidden.values()) <= HIDDEN_TEXT * shown else ():
        remove(element)


def _remove_spoken(tree: Element) -> None:
    """Remove headings that are only for screen readers, such as “Article content”."""
    for heading in list(tree.iter("h1", "h2", "h3", "h4", "h5", "h6")):
        if _SPOKEN.search(class_and_id(heading)):
            remove(heading)


def _remove_related(tree: Element) -> None:
    """Remove a heading whose class or id marks related articles, and the articles after it."""
    for heading in list(tree.iter("h2", "h3", "h4", "h5")):
        if _RELATED.search(class_and_id(heading)):
            following = [one for one in heading.itersiblings() if one.tag == "article"]
            for one in (*following, *((heading,) if following else ())):
                remove(one)


def remove_asides(tree: Element) -> None:
    """Remove each ``aside`` if there is long text outside of them, so that none is taken for the article."""
    if any(next(one.iterancestors("aside"), None) is None for one in _long_paragraphs(tree)):
        for aside in list(tree.iter("aside")):
            remove(aside)


def long_runs(tree: Element) -> list[list[str]]:
    """Return the long paragraphs of the page, grouped by element. Not all of them belong to the article."""
    runs: dict[Element, list[str]] = {}
    for paragraph, text in _long_paragraphs(tree).items():
        parent = paragraph.getparent()
        if sum(1 for one in parent if one.tag == "p") < 2 and parent.getparent() is not None:
            parent = parent.getparent()
        runs.setdefault(parent, []).append(text)
    return list(runs.values())


def _long_paragraphs(element: Element) -> dict[Element, str]:
    """Return the long paragraphs in ``element`` with their text."""
    return {one: text for one in element.iter("p") if (text := long_text(one))}


def _long_sizes(element: Element) -> Iterator[int]:
    """Return the lengths of the long paragraphs in ``element``, in characters."""
    return map(len, _long_paragraphs(element).values())


def is_hidden(element: Element) -> bool:
    """Return True if browsers do not show ``element``."""
    if not isinstance(element.tag, str) or element.tag in {"html", "body"}:
        return False
    if element.tag == "template" or element.get("hidden") is not None:
        return str(element.get("hidden")) != "until-found"
    return bool(_HIDDEN.search(element.get("style") or ""))


def remove(element: Element) -> None:
    """Remove ``element`` from its tree, but keep the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _remove_empty(tree: Element) -> None:
    """Remove elements without words; the extractor would also remove the text after them."""
    for element in reversed(list(tree.iter(*_EMPTY))):
        if (element.tail or "").strip() and not any(map(str.strip, _readable(element))):
            remove(element)


# Elements that the extractor drops with their text


def _simplify(tree: Element) -> None:
    for element in list(tree.iter()):
        tag = element.tag
        if not isinstance(tag, str):
            continue
        role = element.get("role") or ""
        if role == "paragraph" and tag not in {"p", "li"}:
            element.tag = "p"
        elif role == "heading" and tag in {"div", "span", "p"}:
            level = element.get("aria-level") or "2"
            element.tag = f"h{level}" if level in "123456" else "h2"
        elif tag == "q":
            _quote(element)
        elif tag in {"time", "output", "data", "label", "nobr", "bdi", "bdo", "ruby"} and (
            _is_within_words(element) or tag == "output"
        ):
            element.tag = "span"
        elif tag in {"center", "hgroup"}:
            element.tag = "div"
        elif tag == "menu":
            element.tag = "ul"
        elif tag in {"figure", "fieldset", "dialog", "form", "label"} and _holds_words_alone(element):
            element.tag = "div"
        elif tag == "header":
            _take_paragraphs_out(element)


def _holds_words_alone(element: Element) -> bool:
    """Return True if ``element`` has no media, form fields, tables, captions or custom elements."""
    return not any(
        one.tag in _NOT_TEXT or one.tag in _SHOWN or "-" in str(one.tag) for one in element.iterdescendants()
    )


def _take_paragraphs_out(header: Element) -> None:
    """Move long paragraphs of ``header`` behind it, because the extractor drops headers."""
    if header.getparent() is None or header.getparent().tag == "body":
        return
    long = [one for one in header.iter("p", "div") if not _has_blocks(one) and _is_standfirst(one)]
    for paragraph in reversed([one for one in long if not _is_side_matter(one, header)]):
        remove(paragraph)
        paragraph.tag, paragraph.tail = "p", None
        tail, header.tail = header.tail, None
        header.addnext(paragraph)
        paragraph.tail = tail


def _is_standfirst(element: Element) -> bool:
    text = words_of(element)
    enough = LONG_PARAGRAPH // 2 if _SENTENCE_END.search(text) else LONG_PARAGRAPH
    return weight(text) >= enough and _link_share(element, text) < 0.5


def _quote(element: Element) -> None:
    element.tag = "span"
    if words_of(element)[:1] not in set("“\"«„‚‘'»"):
        inner = any(one.tag == "q" or one.get("data-q") for one in element.iterancestors())
        opening, closing = "‘’" if inner else "“”"
        element.set("data-q", "1")
        element.text = opening + (element.text or "")
        if len(element):
            element[-1].tail = (element[-1].tail or "") + closing
        else:
            element.text += closing


def _is_within_words(element: Element) -> bool:
    """Return True if ``element`` is part of a line of text."""
    parent = element.getparent()
    if parent is None:
        return False
    around = [parent.text or "", *(one.tail or "" for one in parent)]
    return any(map(str.strip, around)) or parent.tag in {"p", "span", "a", "b", "i", "em", "strong"}


def _has_blocks(element: Element) -> bool:
    return any(one.tag in _BLOCKS for one in element.iterdescendants())


# Layout tables


def _open_layout_tables(tree: Element) -> None:
    for table in reversed(list(tree.iter("table"))):
        if is_layout_table(table):
            for part in list(table.iter("table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption")):
                if next(part.iterancestors("table"), table) is table:
                    part.tag = "div"


def is_layout_table(table: Element) -> bool:
    """Return True if ``table`` only arranges the page."""
    own = [one for one in table.iter("tr") if next(one.iterancestors("table")) is table]
    rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in own]
    cells = [cell for row in rows for cell in row]
    filled = [cell for cell in cells if words_of(cell)]
    if any(cell.tag == "th" for cell in cells) or (table.get("role") or "") in {"table", "grid"}:
        return False
    if (table.get("role") or "") in {"presentation", "none"}:
        return True
    if any(len(list(cell.iter("p", "h1", "h2", "table", "article", "section"))) >= 2 for cell in filled):
        return True
    width = max((sum(1 for cell in row if words_of(cell)) for row in rows), default=0)
    return width < 2 or (len(rows) == 1 and any(weight(words_of(cell)) > 300 for cell in filled))


# Paragraphs and headings


def _is_leaf(element: Element) -> bool:
    """Return True if ``element`` contains no blocks, media or form fields."""
    return (
        not _has_blocks(element)
        and next(
            element.iter("img", "picture", "video", "audio", "iframe", "input", "select", "textarea"), None
        )
        is None
    )


def _link_share(element: Element, words: str) -> float:
    """Return the share of the ``words`` of ``element`` that is in links; 1.0 if there are no words."""
    return sum(len(words_of(link)) for link in element.iter("a")) / len(words) if words else 1.0


def long_text(element: Element) -> str:
    """Return the words of ``element``, or an empty string if they are too few for text or mostly links."""
    text = words_of(element)
    return text if weight(text) >= LONG_PARAGRAPH and _link_share(element, text) < 0.5 else ""


def is_long_text(element: Element) -> bool:
    """Return True if ``element`` has enough words to be text and they are not mostly links."""
    return bool(long_text(element))


def is_sentence(element: Element) -> bool:
    """Return True if ``element`` has enough words for a sentence and they are not mostly links."""
    return bool(_sentence(element))


def _sentence(element: Element) -> str:
    """Return the words of ``element``, or an empty string if they are few or mostly links."""
    text = words_of(element)
    return text if weight(text) >= 40 and _link_share(element, text) < 0.5 else ""


def _flows(tree: Element) -> list[Element]:
    """Return the elements that have at least two children with the text of a long paragraph."""
    counts: dict[Element, int] = {}
    for element in tree.iter("p", "div", "section", "center"):
        parent = element.getparent()
        if parent is None or (element.tag != "p" and not _is_leaf(element)) or not is_long_text(element):
            continue
        counts[parent] = counts.get(parent, 0) + 1
    return [
        element for element, count in counts.items() if count > 1 and element.tag not in {"li", "td", "th"}
    ]


def _make_paragraphs(flow: Element) -> None:
    for one in flow.iter("div", "section", "article", "main"):
        if not _is_leaf(one) and not _is_side_matter(one, flow):
            _wrap_loose(one)
    for one in flow.iter("li"):
        if len(one) == 1 and one[0].tag == "div" and _is_leaf(one[0]):
            one[0].tag = "p"
    for element in list(flow.iterdescendants()):
        if (
            not (element.tag in _CONTAINERS or "-" in str(element.tag))
            or not _is_leaf(element)
            or _is_side_matter(element, flow)
        ):
            continue
        if any(
            one.tag
            in {"p", "li", "td", "th", "figure", "aside", "nav", "form", "footer", "h1", "h2", "h3", "h4"}
            for one in _between(element, flow)
        ):
            continue
        text = words_of(element)
        if (weight(text) >= 40 or (len(text) > 12 and _SENTENCE_END.search(text))) and _link_share(
            element, text
        ) < 0.6:
            element.tag = "p"


def _wrap_loose(container: Element) -> None:
    """Put text between the blocks of ``container`` into paragraphs of its own."""
    pieces: list[Element] = []
    text, container.text = container.text or "", None
    following = 0
    for child in [*container, None]:
        if (
            child is not None
            and child.tag not in _BLOCKS
            and child.tag != "br"
            and child.tag not in _NOT_TEXT
        ):
            pieces.append(child)
            continue
        paragraph = container.makeelement("p", {})
        paragraph.text = text
        words = text + "".join("".join(_readable(one)) + (one.tail or "") for one in pieces)
        if weight(" ".join(words.split())) >= 40:
            for one in pieces:
                if one.tag == "time":
                    one.tag = "span"
            paragraph.extend(pieces)
            container.insert(following, paragraph)
        elif following:
            before = container[following - 1]
            before.tail = (before.tail or "") + text
        else:
            container.text = text
        if child is None:
            return
        following = container.index(child) + 1
        text, child.tail, pieces = child.tail or "", None, []


def _between(element: Element, flow: Element) -> Iterator[Element]:
    """Yield the ancestors of ``element`` below ``flow``."""
    for one in element.iterancestors():
        if one is flow:
            return
        yield one


def _is_side_matter(element: Element, flow: Element) -> bool:
    """Return True if a class or id of ``element``, or of an ancestor below ``flow``, marks side matter."""
    return any(_SIDE_MATTER.search(class_and_id(one)) for one in (element, *_between(element, flow)))


_NAMED = re.compile(
    r"(?:entry|article|art|post|page|text|story|main|theme|blog|section|single)[-_]*(?:content|body|text|entry)"
    r"|content[-_]*(?:main|body)|fulltext|^(?:post|entry|story|text|article|content|primary|main)\b",
    re.IGNORECASE,
)


def _make_headings(flow: Element) -> None:
    """Turn short, entirely bold paragraphs between two others into headings."""
    children = [one for one in flow if isinstance(one.tag, str)]
    for before, one, after in zip(children, children[1:], children[2:], strict=False):
        if one.tag != "p" or len(one) != 1 or one[0].tag not in {"b", "strong"} or before.tag != "p":
            continue
        text = words_of(one)
        alone = not (one.text or "").strip() and not (one[0].tail or "").strip()
        link = next(one.iter("a"), None) is not None
        if (
            alone
            and not link
            and 2 < len(text) <= SUBHEAD
            and text[-1] not in '.,;:!…”"'
            and is_long_text(after)
        ):
            one.tag = "h2"


def _protect(flow: Element) -> None:
    """Remove attributes for which the extractor would drop sentences and quotations in ``flow``."""
    for block in flow.iter("p", "blockquote", "ul", "ol"):
        whole = len(_sentence(block))
        if not whole or _SIDE_MATTER.search(class_and_id(block)):
            continue
        for element in (block, *_between(block, flow)):
            wider = element is not block and (
                len(words_of(element)) > whole or element.tag not in _CONTAINERS
            )
            if wider or (block.tag != "blockquote" and _SIDE_MATTER.search(class_and_id(element))):
                break  # services embed quotations in elements named “social” or “embed”
            for name in ("class", "id", "style", "role"):
                element.attrib.pop(name, None)


def is_side_matter(element: Element) -> bool:
    """Return True if the class or id of ``element`` marks it as side matter."""
    return bool(_SIDE_MATTER.search(class_and_id(element)))


def class_and_id(element: Element) -> str:
    """Return the class and the id of ``element``, which name what it is for."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _long_size(flow: Element) -> int:
    if any(one.tag in {"aside", "footer", "nav", "form"} for one in (flow, *flow.iterancestors())):
        return 0
    return sum(len(long_text(one)) for one in flow if one.tag == "p")


def _mark_main(flow: Element) -> None:
    """Mark the element around ``flow`` as the article's body, unless one is already marked."""
    for inner in list(flow.iterdescendants("article", "main")):
        inner.tag = "div"
    if any(_is_named(one) for one in (flow, *flow.iterancestors())):
        return
    size = sum(_long_sizes(flow))
    parent = flow.getparent()
    while flow.tag != "body" and parent is not None and parent.tag not in {"body", "html"}:
        if sum(_long_sizes(parent)) > WIDER * size:
            flow = parent
        parent = parent.getparent()
    if flow.tag == "body":
        flow = _wrapped(flow)
    flow.set("itemprop", "articleBody")


def _is_named(element: Element) -> bool:
    if element.tag in {"article", "main"} or element.get("role") in {"article", "main"}:
        return True
    return element.tag in {"div", "section"} and any(
        _NAMED.search(element.get(name) or "") for name in ("class", "id", "itemprop")
    )


def _wrapped(body: Element) -> Element:
    """Move the content of ``body`` into a new element inside it, and return that element."""
    inner = body.makeelement("div", {})
    inner.text, body.text = body.text, None
    inner.extend(list(body))
    body.append(inner)
    return inner
