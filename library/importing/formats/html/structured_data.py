"""Reads a page's JSON-LD (schema.org) and its ``meta`` elements."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Node = Mapping[str, Any]
"""An object of JSON-LD."""

NODE_LIMIT = 5000
"""Maximum number of objects read from a page."""

COMMENT_LIMIT = 50
"""Maximum number of comments in a block of JSON-LD; if there are more, they are not removed."""

LIST_LIMIT = 100
"""Maximum number of items read from a list."""

_READABLE_TEXT = ".//text()[not(parent::script or parent::style)]"
_ARTICLE_TYPE = re.compile(r"(?:Article|Posting)$")
_WRAPPER = re.compile(
    r"\A\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?://\s*|/\*\s*)?(?:\]\]>|-->)(?:\s*\*/)?\s*\Z"
)
_LINE_COMMENT = re.compile(r"^[ \t]*//.*$", re.MULTILINE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_TRAILING_COMMA = re.compile(r",(?=\s*[\]}])")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageData:
    """A page and its structured data.

    ``tree`` is an lxml tree. ``nodes`` has all objects of the JSON-LD, outermost first; ``article`` is the
    one that describes the article, or empty. ``metas`` maps the names, properties and itemprops of ``meta``
    elements, in lower case, to their contents.
    """

    tree: Any
    nodes: tuple[Node, ...]
    article: Node
    metas: Mapping[str, list[str]]

    def meta(self, *names: str) -> list[str]:
        """Return the contents of the first of ``names`` that the page has."""
        return next((self.metas[name] for name in names if name in self.metas), [])

    def meta_text(self, *names: str) -> str:
        """Return the first content of the first of ``names`` that the page has, or an empty string."""
        return next(iter(self.meta(*names)), "")

    def resolved(self, value: Any) -> Any:
        """Return ``value``, or the object that it refers to if it is only an ``@id``."""
        if isinstance(value, Mapping) and "@id" in value and not value.get("name"):
            same = (node for node in self.nodes if node.get("@id") == value["@id"] and node.get("name"))
            return next(same, value)
        return value

    def resolved_all(self, value: Any) -> list[Any]:
        """Return the items of ``value`` (one item or nested lists) as a flat list, each ``resolved``."""
        if isinstance(value, list):
            return [inner for item in value[:LIST_LIMIT] for inner in self.resolved_all(item)]
        return [] if value is None else [self.resolved(value)]


def read_page_data(tree: Any) -> PageData:
    """Return the structured data of the page ``tree`` (lxml). Invalid blocks of JSON-LD are skipped."""
    nodes: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            for value in _values(script.text or ""):
                nodes += _objects(value, NODE_LIMIT - len(nodes))
    articles = [node for node in nodes if _is_article(node)]
    best = max(articles, key=_fullness, default={})  # max keeps the first, which is the outermost
    return PageData(tree=tree, nodes=tuple(nodes), article=best, metas=_metas(tree))


def _metas(tree: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        content = plain(meta.get("content") or "").strip()
        names = {(meta.get(key) or "").strip().lower() for key in ("name", "property", "itemprop")} - {""}
        for name in names if content else ():
            found.setdefault(name, []).append(content)
    return found


def element_text(element: Any) -> str:
    """Return the text in ``element`` on one line, without scripts and styles."""
    return " ".join("".join(element.xpath(_READABLE_TEXT)).split())


def texts(value: Any) -> list[str]:
    """Return the strings in ``value``: a string, an object with a name, or a list of either."""
    if isinstance(value, str):
        return [plain(value)] if value.strip() else []
    if isinstance(value, Mapping):
        return texts(value.get("name") or value.get("@value") or "")
    if isinstance(value, list):
        return [text for item in value[:LIST_LIMIT] for text in texts(item)]
    return []


def first_text(value: Any) -> str:
    """Return the first string in ``value``, or an empty string."""
    return next(iter(texts(value)), "")


def plain(text: str) -> str:
    """Decode the character references that publishers write where none belong."""
    return html.unescape(text) if "&" in text else text


def types(node: Node) -> list[str]:
    """Return the types of ``node``, without the address of schema.org."""
    found = node.get("@type")
    listed = found if isinstance(found, list) else [found]
    return [name.rsplit("/", 1)[-1] for name in listed if isinstance(name, str)]


def _is_article(node: Node) -> bool:
    return any(_ARTICLE_TYPE.search(name) for name in types(node))


def _fullness(node: Node) -> int:
    return sum(bool(node.get(key)) for key in ("headline", "datePublished", "author"))


def _values(text: str) -> Iterator[Any]:
    """Yield the JSON values in ``text``. Accepts comments, CDATA, control characters and trailing commas."""
    text = _WRAPPER.sub("", _WRAPPER.sub("", text)).strip().rstrip(";")
    for repair in (str, _repaired, _unescaped):
        try:
            yield from _decoded(repair(text))
        except (ValueError, RecursionError):
            continue
        return


def _repaired(text: str) -> str:
    text = _LINE_COMMENT.sub("", text)
    if text.count("/*") <= COMMENT_LIMIT:  # many unclosed comments would take quadratic time
        text = _COMMENT.sub("", text)
    return _TRAILING_COMMA.sub("", text).strip()


def _unescaped(text: str) -> str:
    return html.unescape(_repaired(text))


def _decoded(text: str) -> list[Any]:
    decoder = json.JSONDecoder(strict=False)
    values = []
    position = 0
    while position < len(text):
        value, end = decoder.raw_decode(text, position)
        values.append(value)
        position = end + len(text[end:]) - len(text[end:].lstrip(" \t\r\n,;"))
    return values


def _objects(value: Any, limit: int) -> list[Node]:
    """Return up to ``limit`` objects in ``value``, outermost first."""
    found: list[Node] = []
    level = [value]
    while level and len(found) < limit:
        inner: list[Any] = []
        for item in level:
            if isinstance(item, Mapping):
                found.append(item)
                inner += item.values()
            elif isinstance(item, list):
                inner += item
        level = inner
    return found[: max(limit, 0)]
