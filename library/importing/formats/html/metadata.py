"""Reads a page's metadata: title, authors, dates, tags, picture, address.

JSON-LD is preferred, then the ``meta`` elements, then the text of the page. Every value is cleaned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from library.importing.fields.agencies import agency_named
from library.importing.fields.byline import looks_like_person
from library.importing.formats.html.addresses import page_address
from library.importing.formats.html.dates import read_published, read_updated
from library.importing.formats.html.pictures import read_picture
from library.importing.formats.html.structured_data import (
    PageData,
    element_text,
    first_text,
    read_page_data,
    texts,
    types,
)
from library.models import ArticleFields, Image
from library.text.article_addresses import host_of
from library.text.case_folding import fold_letters
from library.text.cleaning import AUTHOR_LIMIT, TAG_LIMIT, TITLE_LIMIT, clean_line

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


def _read_authors(page: PageData) -> tuple[str, ...]:
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


def _split_agency(authors: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Return ``authors`` without agencies, and the first agency. Agencies without a person stay authors."""
    agency = next((named for author in authors if (named := agency_named(author))), "")
    persons = tuple(author for author in authors if not agency_named(author))
    return persons or authors, agency


SUMMARY_LIMIT = 500
"""Maximum length of a summary, in characters."""

KEYWORDS_LIMIT = 5000
"""Maximum number of characters read from a list of keywords."""

TAGS_LIMIT = 40
"""Maximum number of tags taken from a page."""

_TAIL = re.compile(r"(?P<title>.*\S)(?:\s+[|–—·:•»-]+\s+|\s*[|｜：]\s*)(?P<tail>.{1,60}?)", re.DOTALL)
_DATE_TAIL = re.compile(r"\d{1,4}[./ -]\s?(?:\d{1,2}|\w{3,12})[./ -]\s?\d{1,4}|\d{4}年\d{1,2}月\d{1,2}日")
_BLOCK_TAG = re.compile(r"</?(?:p|br|div)\b[^<>]*>", re.IGNORECASE)
_INLINE_TAG = re.compile(r"</?(?:b|i|em|strong|a|span)\b[^<>]*>", re.IGNORECASE)
_SPACED_TAGS = re.compile(r"(?=.*[\u3040-\u9fff])[^,;，、；]*\s[^,;，、；]*", re.DOTALL)
_TAG_MARKS = re.compile(r"[,;，、；]")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?$")
_OLD_LANGUAGES = {"iw": "he", "in": "id", "ji": "yi"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMetadata(ArticleFields):
    """The metadata of the article on a page. Fields that the page does not state are empty."""

    image: Image | None = None


def read_metadata(tree: Any, text: str, *, today: date) -> PageMetadata:
    """Return the metadata of the page ``tree`` (lxml, not changed), whose HTML is ``text``.

    A date that is in neither JSON-LD nor a ``meta`` element, but elsewhere on the page, counts as guessed.
    """
    page = read_page_data(tree)
    url = page_address(page, text)
    published, guessed = read_published(page, url, today)
    authors, agency = _split_agency(_read_authors(page))
    return PageMetadata(
        title=_title(page, url),
        authors=authors,
        agency=agency,
        source=host_of(url) or clean_line(next(_site_names(page, ""), ""), AUTHOR_LIMIT),
        url=url,
        published=published,
        date_guessed=guessed,
        updated=read_updated(page, published, url, today),
        language=_language(page),
        tags=_tags(page),
        summary=_summary(page),
        image=read_picture(page, url),
    )


def _title(page: PageData, url: str) -> str:
    stated = [first_text(page.article.get("headline")), page.meta_text("og:title", "twitter:title")]
    stated.append(next((element_text(title) for title in page.tree.iter("title")), ""))
    stated = [title for title in (clean_line(title, TITLE_LIMIT) for title in stated) if title]
    headings = [clean_line(element_text(heading), TITLE_LIMIT) for heading in page.tree.iter("h1")]
    headings = [heading for heading in headings if heading]
    own = _confirmed(headings, stated)
    if own:
        return own
    sites = {fold_letters(name) for name in _site_names(page, url)}
    if not page.article and page.meta_text("og:type") != "article" and len(headings) == 1:
        named = _beside_site(headings[0], stated)
        return named or headings[0]
    return _without_site(stated[0], sites) if stated else next(iter(headings), "")


def _beside_site(heading: str, stated: Iterable[str]) -> str:
    """Return the headline in a title such as “Cranes stand still | Harbour Post” that ends in ``heading``."""
    for title in stated:
        found = _TAIL.fullmatch(title)
        if found is None or len(found["title"]) <= len(heading):
            continue
        if fold_letters(found["tail"]) == fold_letters(heading):
            return found["title"]
    return ""


def _confirmed(headings: Iterable[str], stated: Iterable[str]) -> str:
    """Return the longest of ``headings`` that is one of the ``stated`` titles or at least a third of it."""
    titles = [fold_letters(title) for title in stated]

    def is_confirmed(heading: str) -> bool:
        own = fold_letters(heading)
        return bool(own) and any(own in title and len(own) * 3 >= len(title) for title in titles)

    return max(filter(is_confirmed, headings), key=len, default="")


def _site_names(page: PageData, url: str) -> Iterator[str]:
    yield from page.meta("og:site_name", "application-name")
    for value in (page.article.get("publisher"), page.article.get("isPartOf")):
        yield from texts(page.resolved_all(value))
    for node in page.nodes:
        if {"WebSite", "NewsMediaOrganization"} & set(types(node)):
            yield from texts(node.get("name"))
    host = host_of(url)
    yield from (host, *host.split(".")[:-1])


def _without_site(title: str, sites: set[str]) -> str:
    """Return ``title`` without the parts after its last separators that are the site's name or a date."""
    while (found := _TAIL.fullmatch(title)) is not None:
        tail = fold_letters(found["tail"])
        named = any(
            site and (tail == site or (len(site) > 3 and site in tail and len(tail) < 40)) for site in sites
        )
        if not named and not _DATE_TAIL.fullmatch(found["tail"].strip()):
            break
        title = found["title"]
    return title


def _tags(page: PageData) -> tuple[str, ...]:
    stated = page.article.get("keywords")
    sources = [texts(stated), page.meta("article:tag"), page.meta("news_keywords"), page.meta("keywords")]
    sources.append(
        [
            element_text(a)
            for a in page.tree.xpath("//a[contains(concat(' ', @rel, ' '), ' tag ')]")[:TAGS_LIMIT]
        ]
    )
    separated = [[text for text in source if not _is_unseparated(text)] for source in sources]
    for source in (*separated, *sources):
        parts = (
            clean_line(part.strip().lstrip("#"), TAG_LIMIT) for text in source for part in _single_tags(text)
        )
        tags = [tag for tag in unique(parts) if any(map(str.isalnum, tag)) and not tag.startswith("http")]
        if tags:
            return tuple(tags[:TAGS_LIMIT])
    return ()


def _is_unseparated(text: str) -> bool:
    """Return True if ``text`` is many words without separators between tags."""
    return text.isascii() and len(text.split()) > 5 and _TAG_MARKS.search(text) is None


def _single_tags(text: str) -> list[str]:
    """Return the tags in ``text``. Chinese and Japanese ones may be separated only by spaces."""
    text = text[:KEYWORDS_LIMIT]
    return text.split() if _SPACED_TAGS.fullmatch(text) else _TAG_MARKS.split(text)


def _language(page: PageData) -> str:
    stated = [
        page.tree.getroottree().getroot().get(key) or ""
        for key in ("lang", "{http://www.w3.org/XML/1998/namespace}lang")
    ]
    stated += [
        first_text(page.article.get("inLanguage")),
        page.meta_text("og:locale"),
        page.meta_text("language"),
    ]
    codes = (found[1].lower() for text in stated if (found := _LANGUAGE.match(text.strip())))
    return next((_OLD_LANGUAGES.get(code, code) for code in codes), "")


def _summary(page: PageData) -> str:
    stated = [first_text(page.article.get("description"))]
    stated += [
        page.meta_text("og:description"),
        page.meta_text("description"),
        page.meta_text("twitter:description"),
    ]
    words = (_INLINE_TAG.sub("", _BLOCK_TAG.sub(" ", text)) for text in stated)
    return next((summary for text in words if (summary := clean_line(text, SUMMARY_LIMIT))), "")
