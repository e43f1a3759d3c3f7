"""Reports text that a page shows and the article lacks, so that no loss is silent."""

from __future__ import annotations

import re
from collections.abc import Iterable

from library.importing.formats.html.flow import Element, class_and_id, is_side_matter, long_text
from library.importing.formats.html.markdown import PageBlock

LEAST_LEFT = 500
"""Minimum number of omitted characters that cause a warning."""

MUCH = 0.5
"""Minimum ratio of omitted to kept text that causes a warning."""

BEGINNING = 60
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


def visible_texts(tree: Element) -> list[str]:
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
    found = squeezed(article)
    left = sum(len(text) for text in texts if squeezed(text)[:BEGINNING] not in found)
    if left < LEAST_LEFT or left < MUCH * len(article):
        return ""
    return (
        f"check this one: about {left:,} characters of text that the page shows were left out, "
        f"{len(article):,} were kept."
    )


def squeezed(text: str) -> str:
    """Return only the letters and digits of ``text``."""
    return "".join(filter(str.isalnum, text))
