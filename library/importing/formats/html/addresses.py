"""Finds the article's address on a saved page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin, urlsplit

from library.importing.formats.html.structured_data import PageData, first_text
from library.text.article_addresses import canonical_address
from library.text.cleaning import clean_address

_SAVED_FROM = re.compile(
    r"saved from url=\(\d+\)(\S+)|Page saved with SingleFile\s+url:\s*(\S+)", re.IGNORECASE
)

_TODAY = r"archive\.(?:is|today|ph|md|li|vn|fo)"
_ARCHIVE = re.compile(rf"(?:www\.)?{_TODAY}$|(?:web|wayback)\.archive\.org$|perma\.cc$|ghostarchive\.org$")
_IN_ARCHIVE = re.compile(
    r"https?://(?:(?:web|wayback)\.archive\.org/web/[^/]+/"
    rf"|(?:www\.)?{_TODAY}/(?:o/\w+/|[\d.-]{{8,}}/|newest/)?"
    r"|ghostarchive\.org/archive/\w+/"
    r"|webcache\.googleusercontent\.com/search\?q=cache:(?:\w+:)?(?=http))"
    r"(?P<scheme>https?):/{1,2}(?P<rest>[^/].*)"
)
"""Addresses of copies in web archives, which end with the address of the original."""

_IN_CACHE = re.compile(
    r"https?://(?:(?:www\.)?google\.[a-z.]{2,6}/amp|(?:www\.)?bing(?:-amp)?\.com/amp|[^/]+\.cdn\.ampproject\.org/[a-z])"
    r"/(?P<secure>s/)?(?P<rest>[^/?#]+\.[^?#]+)"
)
"""Addresses of copies in AMP caches, which end with the host and path of the original."""


def page_address(page: PageData, text: str) -> str:
    """Return the canonical address of the article, or an empty string."""
    saved = _SAVED_FROM.search(text[:20_000])
    origin = (saved[1] or saved[2] or "").rstrip("->") if saved else ""
    candidates = [whole_address(address, origin) for address in _addresses(page)] + [
        whole_address(origin, "")
    ]
    known = [original_address(address) for address in candidates if address]
    known = [address for address in known if not _is_archive(address)] or known
    deep = (address for address in known if urlsplit(address).path.strip("/") or urlsplit(address).query)
    return canonical_address(next(deep, known[0] if known else ""))


def original_address(address: str) -> str:
    """Return the original's address for that of a copy in a web archive or AMP cache, or ``address``."""
    if archived := _IN_ARCHIVE.match(address):
        return f"{archived['scheme']}://{archived['rest']}"
    if cached := _IN_CACHE.match(address):
        return f"{'https' if cached['secure'] else 'http'}://{cached['rest']}"
    return address


def _is_archive(address: str) -> bool:
    return _ARCHIVE.match(urlsplit(address).hostname or "") is not None


def _addresses(page: PageData) -> Iterator[str]:
    for link in page.tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            yield link.get("href") or ""
    yield page.meta_text("og:url")
    article = page.article
    for value in (article.get("url"), article.get("mainEntityOfPage"), article.get("@id")):
        yield (
            str(value.get("@id") or value.get("url") or "")
            if isinstance(value, Mapping)
            else first_text(value)
        )


def whole_address(address: str, base: str) -> str:
    """Return ``address`` as a complete web address, or an empty string if it is not one."""
    try:
        address = clean_address(address)
        address = urljoin(base, address) if base and address else address
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.hostname else ""
