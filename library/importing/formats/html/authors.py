"""Finds the authors of the article on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from library.importing.fields.agencies import agency_named
from library.importing.fields.byline import looks_like_person
from library.importing.formats.html.structured_data import PageData, element_text, texts, types
from library.text.cleaning import AUTHOR_LIMIT, clean_line

_BYLINE = re.compile(
    r"^(?:by|von|par|por|di|da|af|av|van|door|от|автор|autor|author|text)[:\s]\s*(?=\S)", re.IGNORECASE
)
_WRITTEN_BY = re.compile(
    r"(?:written by|verfasst von|geschrieben von|écrit par|escrito por|scritto da|geschreven door)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s+(?:and|und|et|y|e|en|og|och|i|и|та|și|ve|&)\s+|\s*[;；、|]\s*|\s+/\s+", re.IGNORECASE)
_AUTHOR_METAS = (
    "author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "article:author",
    "byl",
    "twitter:creator:name",
)


def read_authors(page: PageData) -> tuple[str, ...]:
    """Return the authors in the page's order. Organisations count only if no person is named."""
    stated = page.article.get("author") or page.article.get("creator")
    nodes = page.resolved_all(stated)
    persons = [item for item in nodes if isinstance(item, str) or _is_person(item)]
    for source in (texts(persons), _byline(page), _marked_person(page), texts(nodes), _meta_authors(page)):
        names = tuple(unique(author for name in source for author in split_names(name)))
        if names:
            return names
    return ()


def _byline(page: PageData) -> list[str]:
    """Return the names in the page's byline: a short, marked element that begins with a word for “by”."""
    marked = "//*[@class and (contains(@class, 'author') or contains(@class, 'byline'))]"
    for element in page.tree.xpath(marked)[:20]:
        text = element_text(element)
        names = [name.partition(",")[0] for name in split_names(text)]  # a place follows the comma
        if len(text) < 80 and _BYLINE.match(text) and names and all(map(looks_like_person, names)):
            return names
    return []


def _marked_person(page: PageData) -> list[str]:
    """Return the persons in the first elements that are marked as the name of an author."""
    marked = (
        "//*[@class and (contains(@class, 'author') or contains(@class, 'byline'))]"
        "[contains(concat(' ', normalize-space(@class), ' '), ' author-name ')"
        " or contains(@class, 'author__name') or contains(@class, 'author_name')"
        " or contains(@class, 'byline__name') or contains(@class, 'byline-name')]"
    )
    found = [text for text in map(element_text, page.tree.xpath(marked)[:5]) if 2 < len(text) < 60]
    names = [name for text in found for name in split_names(text)]
    return names if names and all(map(looks_like_person, names)) else []


def _is_person(item: Any) -> bool:
    return isinstance(item, Mapping) and "Organization" not in " ".join(types(item))


def _meta_authors(page: PageData) -> list[str]:
    if _WRITTEN_BY.match(page.meta_text("twitter:label1")):
        return page.meta("twitter:data1")
    for name in _AUTHOR_METAS:
        found = [value for value in page.metas.get(name, []) if not re.match(r"https?:|www\.|@", value)]
        if found:
            return found
    marked = (
        "//*[@itemprop='author']//*[@itemprop='name'] | //*[@itemprop='author'][not(.//*[@itemprop='name'])]",
        "//a[@rel and contains(concat(' ', @rel, ' '), ' author ')]",
        "//*[@class and (contains(@class, 'author-name') or contains(@class, 'author__name') or "
        "contains(@class, 'byline__name'))]",
    )
    for path in marked:
        found = [text for text in map(element_text, page.tree.xpath(path)[:10]) if 2 < len(text) < 60]
        if found:
            return found
    return []


def split_names(text: str) -> list[str]:
    """Return the single names in ``text``: “By A Bee and C Dee” has two, “Le Monde et AFP” has one.

    Names are split only if each looks like a full name, because “Roe, Jane” and “Smith and Sons” are one.
    """
    text = _BYLINE.sub("", clean_line(text, AUTHOR_LIMIT))
    text = re.sub(r"\(?\S+@\S+\.\S+\)?", "", text).strip(" ,;|-–")
    if not any(map(str.isalpha, text)) or re.match(r"https?:", text):
        return []
    for parts in (_AND.split(text.replace(",", ";")), _AND.split(text), text.split(",")):
        names = [part.strip(" ,") for part in parts if part.strip(" ,")]
        if len(names) > 1 and all(looks_like_person(name) for name in names):
            return names
    return [text]


def unique(names: Iterable[str]) -> Iterator[str]:
    """Yield ``names`` without empty ones and without repetitions, ignoring case."""
    seen = set()
    for name in names:
        if name and name.casefold() not in seen:
            seen.add(name.casefold())
            yield name


def split_agency(authors: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Return ``authors`` without agencies, and the first agency. Agencies without a person stay authors."""
    agency = next((named for author in authors if (named := agency_named(author))), "")
    persons = tuple(author for author in authors if not agency_named(author))
    return persons or authors, agency
