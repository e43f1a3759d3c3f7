"""The address of the article on a saved page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin, urlsplit

from library.importing.addresses import canonical_address
from library.importing.structured_data import PageData, first_text
from library.text.cleaning import clean_address

_SAVED_FROM = re.compile(
    r"saved from url=\(\d+\)(\S+)|Page saved with SingleFile\s+url:\s*(\S+)", re.IGNORECASE
)


def page_address(page: PageData, text: str) -> str:
    """The canonical address of the article, or an empty string."""
    saved = _SAVED_FROM.search(text[:20_000])
    origin = (saved[1] or saved[2] or "").rstrip("->") if saved else ""
    candidates = [whole_address(address, origin) for address in _addresses(page)] + [
        whole_address(origin, "")
    ]
    known = [address for address in candidates if address]
    deep = (address for address in known if urlsplit(address).path.strip("/") or urlsplit(address).query)
    return canonical_address(next(deep, known[0] if known else ""))


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
    """``address`` as a complete web address; empty where it is none."""
    try:
        address = clean_address(address)
        address = urljoin(base, address) if base and address else address
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.hostname else ""
