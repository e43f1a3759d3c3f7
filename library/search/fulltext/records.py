"""Records of articles in the full-text index: tokens, and checksums that show if an article has changed.

The *stamp* is computed from the stored documents. This is fast, but every change alters it, even a new mark.
The *content* is computed from the indexed fields; if it is unchanged, the article need not be indexed again.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Mapping
from hashlib import blake2b
from typing import Any

from library.search.fulltext.sqlite import Entry, Row
from library.search.fulltext.tokens import joined_tokens, tokens
from library.search.near_duplicates.fingerprints import address_key, fingerprint_of
from library.store.catalog import Catalog
from library.store.database import CatalogTable
from library.text.case_folding import fold

Document = Mapping[str, Any]


class Records:
    """Factory of index records for the articles of one library."""

    def __init__(self, articles: CatalogTable, annotations: CatalogTable, catalog: Catalog) -> None:
        self._articles = articles
        self._annotations = annotations
        self._catalog = catalog
        self._stamps: tuple[int, dict[str, int]] = (-1, {})

    @property
    def changing(self) -> bool:
        """True if the caller is inside a transaction and sees changes that others do not."""
        return self._articles.changing

    @property
    def versions(self) -> tuple[int, int]:
        """Versions of the articles and of the annotations; each grows with every change."""
        return self._articles.version, self._annotations.version

    def ids(self) -> Collection[str]:
        """Return the ids of all articles."""
        return self._articles.encoded().keys()

    def newest_first(self, keys: Collection[str]) -> list[str]:
        """Return articles by date of publication, the newest first and those without a date last."""
        documents = self._articles.checked()
        return sorted(keys, key=lambda key: (documents.get(key) or {}).get("published") or "", reverse=True)

    def changed_since(self, version: int) -> frozenset[str] | None:
        """Return the articles whose documents changed since ``version``; None if no longer known."""
        return self._articles.changed_since(version)

    def changed_articles(self, versions: tuple[int, int]) -> frozenset[str]:
        """Return the articles known to have changed since ``versions``, themselves or in an annotation."""
        articles = self._articles.changed_since(versions[0]) or frozenset()
        documents = self._annotations.checked()
        notes = self._annotations.changed_since(versions[1]) or frozenset()
        return articles | {documents[key]["article"] for key in notes if key in documents}

    def note_stamps(self) -> Mapping[str, int]:
        """Return article id → stamp of its annotations, for articles with annotations."""
        version = self._annotations.version
        if self._stamps[0] != version:
            encoded = self._annotations.encoded()
            stamps = {key: self._note_stamp(encoded, key) for key in self._catalog.annotated()}
            self._stamps = (version, stamps)
        return self._stamps[1]

    def _note_stamp(self, encoded: Mapping[str, bytes], article_id: str) -> int:
        stamp = 0
        for key in self._catalog.annotation_ids(article_id):
            stamp = zlib.crc32(encoded.get(key, b""), stamp)
        return stamp

    def compared(
        self, known: Mapping[str, Row], keys: Collection[str] | None, noted: Mapping[str, int]
    ) -> tuple[frozenset[str], frozenset[str]]:
        """Return those of ``keys`` (None: all) with changed content, and those with only a changed stamp."""
        encoded, documents = self._articles.encoded(), self._articles.checked()
        outdated, marked = set[str](), set[str]()
        for key in list(encoded) if keys is None else keys:
            row, data = known.get(key), encoded.get(key)
            if data is None or (row is not None and row[2] == _stamp(data, noted.get(key, 0))):
                continue
            same = row is not None and row[3] == self._content(documents, key)
            (marked if same else outdated).add(key)
        return frozenset(outdated), frozenset(marked)

    def _content(self, documents: Mapping[str, Document], key: str) -> int:
        document = documents.get(key)
        return 0 if document is None else _digest(self._indexed(key, document))

    def _indexed(self, key: str, document: Document) -> tuple[Any, ...]:
        """Return the indexed fields: title, digest of the text, notes, quotes, names, address."""
        notes = self._catalog.annotations_of(key)
        return (
            document.get("title", ""),
            document.get("text_sha256", ""),
            [note["body"] for note in notes],
            [(note["quote"] or {}).get("exact", "") for note in notes],
            [*document.get("authors", ()), document.get("agency", "")],
            document.get("url", ""),
        )

    def marks(self, key: str) -> Entry | None:
        """Return the record of an article of which only the stamp has changed; None if it is deleted."""
        encoded, document = self._articles.encoded().get(key), self._articles.checked().get(key)
        if encoded is None or document is None:
            return None
        stamp = _stamp(encoded, self.note_stamps().get(key, 0))
        return Entry(key, stamp, _digest(self._indexed(key, document)), None)

    def entry(self, key: str) -> Entry | None:
        """Return the record of an article; None if it is deleted or its text cannot be read."""
        noted = self.note_stamps().get(key, 0)
        encoded, document = self._articles.encoded().get(key), self._articles.checked().get(key)
        if encoded is None or document is None:
            return None
        indexed = self._indexed(key, document)
        try:
            text = self._catalog.read_folded_text(document.get("text", ""))
        except OSError:
            return None
        title, _, notes, quotes, names, url = indexed
        words = tokens(text)
        columns = (
            words,
            tokens(fold(title)),
            joined_tokens(notes),
            joined_tokens(quotes),
            joined_tokens(names),
        )
        stamp, alike = _stamp(encoded, noted), (fingerprint_of(words), address_key(url))
        return Entry(key, stamp, _digest(indexed), columns, *alike)


def _stamp(encoded: bytes, noted: int) -> int:
    return zlib.crc32(encoded, noted)


def _digest(indexed: tuple[Any, ...]) -> int:
    data = json.dumps(indexed, ensure_ascii=False).encode("utf-8", "replace")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big", signed=True)
