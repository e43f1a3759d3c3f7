"""Decides whether an imported article is already known, by address, headline and text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from library.models import Article
from library.search.fulltext.tokens import tokens
from library.search.near_duplicates.fingerprints import Fingerprint, fingerprint_of
from library.store.catalog import Catalog
from library.store.documents import article_from_document
from library.store.texts import read_text
from library.text.article_addresses import is_article_address
from library.text.case_folding import fold
from library.text.text_facts import plain_text

LEAST_SHARED = 0.6
"""Minimum share of the shorter of two texts that the other one contains if both belong to one article.

It is more than pages of one site share (notices, form headers), and less than what editing leaves."""


def print_of(plain: str) -> Fingerprint:
    """Return the fingerprint by which two texts are compared."""
    return fingerprint_of(tokens(fold(plain)))


def shared_part(one: Fingerprint, other: Fingerprint) -> float:
    """Return the share of the shorter text that the other contains, 0.0 to 1.0; 0.0 for a few words."""
    rate = max(one.rate, other.rate)
    left, right = one.at(rate), other.at(rate)
    return len(left & right) / max(1, min(len(left), len(right)))


def title_key(title: str) -> str:
    """Reduce ``title`` to its letters and digits, without case and accents, for comparisons."""
    return re.sub(r"[\W_]+", "", fold(title))


class KnownArticles:
    """The articles of a library, and those that a dry run would have added, by address and by text.

    The address alone never decides: many pages state the address of their site, or of another page.
    """

    def __init__(self, catalog: Catalog, folder: Path) -> None:
        self._catalog = catalog
        self._folder = folder
        self._by_text: dict[str, str] | None = None
        self._by_address: dict[str, list[str]] = {}
        self._supposed: dict[str, Article] = {}
        self._prints: dict[str, Fingerprint] = {}

    def get(self, key: str) -> Article | None:
        """Return the article as stored, or as a dry run would have left it."""
        document = self._catalog.articles().get(key)
        if key in self._supposed or document is None:
            return self._supposed.get(key)
        return article_from_document(key, document)

    def same_as(self, article: Article, plain: str) -> Article | None:
        """Return the known version of ``article``, whose text is ``plain``; None if it is a new article."""
        self._read_catalog()
        if is_article_address(article.url):
            keys = dict.fromkeys([article.id, *self._by_address.get(article.url, ())])
            found = self._of_address(article, plain, (one for key in keys if (one := self.get(key))))
            if found is not None:
                return found
        elif (identical := self.get(article.id)) is not None:
            return identical  # without an address, the id is derived from headline and text
        same = self.get((self._by_text or {}).get(article.text_sha256, ""))
        if same is None or same.title != article.title:
            return None
        return None if is_article_address(article.url) and is_article_address(same.url) else same

    def remember(self, article: Article, plain: str, *, supposed: bool = False) -> None:
        """Add ``article`` to the known ones; ``supposed``: a dry run does not put it into the catalogue."""
        self._read_catalog()
        if self._by_text is not None:
            self._by_text[article.text_sha256] = article.id
        keys = self._by_address.setdefault(article.url, []) if article.url else []
        if article.id not in keys:
            keys.append(article.id)
        self._prints.pop(article.id, None)
        if supposed:
            self._supposed[article.id] = article
            self._prints[article.id] = print_of(plain)

    def _read_catalog(self) -> None:
        if self._by_text is not None:
            return
        self._by_text = {}
        for key, document in self._catalog.articles().items():
            self._by_text[document.get("text_sha256", "")] = key
            if url := document.get("url", ""):
                self._by_address.setdefault(url, []).append(key)

    def _of_address(self, article: Article, plain: str, others: Iterable[Article]) -> Article | None:
        """Find ``article`` among ``others`` at its address: by text, by headline, or by most of the text."""
        known = list(others)
        title = title_key(article.title) or article.title
        for one in known:
            if one.text_sha256 == article.text_sha256:
                return one
        for one in known:
            if (title_key(one.title) or one.title) == title:
                return one
        own = print_of(plain) if known else None
        shared = [(shared_part(own, self._print(one)), one) for one in known] if own else []
        best = max(shared, key=lambda pair: pair[0], default=None)
        return best[1] if best is not None and best[0] >= LEAST_SHARED else None

    def _print(self, article: Article) -> Fingerprint:
        """Return the fingerprint of the article's text; an empty one if the text cannot be read."""
        if article.id not in self._prints:
            try:
                plain = plain_text(read_text(self._folder, article.text))
            except OSError:
                plain = ""
            self._prints[article.id] = print_of(plain)
        return self._prints[article.id]
