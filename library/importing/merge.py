"""Adds a parsed article to the library, or updates the known version of it."""

from __future__ import annotations

import base64
import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from library.annotations.anchors import ArticleAnchors
from library.importing.annotations import IncomingNotes, merge_marks
from library.importing.identity import KnownArticles
from library.models import Article, ImportStatus, ParsedArticle, Revision
from library.search.doubts import noticed
from library.store.article_files import files_of
from library.store.catalog import Catalog
from library.store.database import CatalogDatabase
from library.store.documents import (
    annotation_from_document,
    annotation_to_document,
    article_to_document,
)
from library.store.paths import article_file
from library.store.texts import read_text, text_path, write_text
from library.text.article_addresses import is_article_address
from library.text.markdown import parse_document
from library.text.tag_names import clean_tags
from library.text.text_facts import plain_text, text_digest, text_facts

ID_LENGTH = 16
"""Number of characters in an article's id, from a SHA-256; they hold 80 bits."""


def article_id(address: str, text: str) -> str:
    """Return the stable id: from the canonical address, or from the text if there is no such address."""
    digest = hashlib.sha256((address or text).encode("utf-8", "replace")).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:ID_LENGTH]


def _kept(article: Article) -> frozenset[str]:
    """Return the paths of the pictures of ``article`` that are stored in the library."""
    return frozenset(image.path for image in article.images if image.path)


class ArticleMerge:
    """Writes parsed articles into an open library. Only a dry run works outside of ``batch``."""

    def __init__(self, database: CatalogDatabase, catalog: Catalog, folder: Path) -> None:
        self._database = database
        self._catalog = catalog
        self._folder = folder
        self._known = KnownArticles(catalog, folder)
        self._previous: dict[str, dict[str, Mapping[str, Any] | None]] = {}
        self._written = list[str]()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Open a transaction for ``take``; if it fails, remove the files that it created."""
        self._written.clear()
        try:
            with self._database.transaction():
                yield
        except BaseException:
            self._known, self._previous = KnownArticles(self._catalog, self._folder), {}
            with contextlib.suppress(OSError):
                self._take_back()
            raise

    def _take_back(self) -> None:
        """Remove the texts written in this batch that no stored article uses. Raises OSError."""
        if self._database.catalog.perhaps_written:
            return
        with self._database.transaction():  # another program may have imported the same article meanwhile
            needed = frozenset[str]().union(*map(files_of, self._catalog.articles().values()))
            for name in self._written:
                path = article_file(self._folder, name)
                if path is not None and name not in needed:
                    path.unlink(missing_ok=True)
                    self._remove_empty_folders(path)

    def _remove_empty_folders(self, path: Path) -> None:
        with contextlib.suppress(OSError):  # it has files, or is a link
            while (path := path.parent) != self._folder:
                path.rmdir()

    def previous(self) -> dict[str, dict[str, Mapping[str, Any] | None]]:
        """Return the documents replaced since the last call: table → id → document, None for a new one."""
        previous, self._previous = self._previous, {}
        return previous

    def take(
        self, parsed: ParsedArticle, tags: Iterable[str], now: datetime, *, dry_run: bool = False
    ) -> tuple[ImportStatus, Article]:
        """Add ``parsed``, or update its known version; return the outcome and the article.

        A known article with the same text is a duplicate and stays unchanged, unless it comes with new
        pictures. Its file is written again if it is missing. Raises StoreUnwritable.
        """
        plain = parse_document(parsed.body).text
        article = self._new_article(parsed, plain, tags, now)
        known = self._recorded(parsed, article) or self._known.same_as(article, plain)
        if parsed.record is not None and known is not None:
            return self._take_again(known, article, parsed, plain, now, dry_run=dry_run)
        if known is None:
            status = ImportStatus.ADDED
            article = self._as_recorded(parsed, article)
            if self._known.get(article.id) is not None:  # another article has this address, and its id
                whole = f"{article.url}\n\n{article.title}\n\n{plain}"
                article = replace(article, id=article_id("", whole))
                article = replace(article, text=text_path(article))
        elif known.text_sha256 == article.text_sha256:
            file = article_file(self._folder, known.text)
            if not dry_run and (file is None or not file.exists()):
                known = self._with_text(known, parsed.body)
            if _kept(article) <= _kept(known):
                return ImportStatus.DUPLICATE, known
            status, article = ImportStatus.UPDATED, replace(known, images=article.images)
        else:
            status, article = ImportStatus.UPDATED, self._renewed(known, article, now)
        self._known.remember(article, plain, supposed=dry_run)
        if dry_run:
            return status, article
        self._database.catalog.begin()
        self._write(article, parsed.body)
        self._put("articles", {article.id: article_to_document(article)})
        if known is not None:
            self._reanchor(article, plain)
        self._take_notes(parsed, article, plain)
        self._take_marks(parsed, article, plain)
        return status, article

    def _recorded(self, parsed: ParsedArticle, article: Article) -> Article | None:
        """Return the article with the id in the record, if it is the same article."""
        there = self._known.get(parsed.record.id) if parsed.record is not None else None
        if there is None or article.text_sha256 == there.text_sha256 or article.title == there.title:
            return there
        previous = {revision.text_sha256 for revision in there.revisions}
        return there if article.text_sha256 in previous else None

    def _as_recorded(self, parsed: ParsedArticle, article: Article) -> Article:
        """Return ``article``, which is new here, with the id and state that it had in another library."""
        record = parsed.record
        if record is None:
            return article
        if record.id and self._known.get(record.id) is None:
            article = replace(article, id=record.id)
        article = replace(article, state=record.state, added=record.added or article.added)
        path = article_file(self._folder, text_path(article))
        taken = path is not None and path.exists()  # by an article whose id has the same beginning
        return replace(
            article, text=text_path(article, suffix=f"-{article.text_sha256[:8]}" if taken else "")
        )

    def _take_again(
        self,
        known: Article,
        article: Article,
        parsed: ParsedArticle,
        plain: str,
        now: datetime,
        *,
        dry_run: bool,
    ) -> tuple[ImportStatus, Article]:
        """Add the new text, annotations and jump marks of an export to a known article; its state stays."""
        previous = {revision.text_sha256 for revision in known.revisions}
        changed = article.text_sha256 != known.text_sha256 and article.text_sha256 not in previous
        if changed:
            article = self._renewed(known, article, now)
            self._known.remember(article, plain, supposed=dry_run)
            if not dry_run:
                self._write(article, parsed.body)
                self._put("articles", {article.id: article_to_document(article)})
                self._reanchor(article, plain)
        else:
            article = known
            file = article_file(self._folder, known.text)
            if article.text_sha256 == text_digest(plain):
                if not dry_run and (file is None or not file.exists()):
                    article = self._with_text(known, parsed.body)
            else:
                plain = self._plain_of(known)
        noted = self._take_notes(parsed, article, plain, dry_run=dry_run)
        marked = self._take_marks(parsed, article, plain, dry_run=dry_run)
        return ImportStatus.UPDATED if changed or noted or marked else ImportStatus.DUPLICATE, article

    def _take_marks(
        self, parsed: ParsedArticle, article: Article, plain: str, *, dry_run: bool = False
    ) -> bool:
        """Merge the jump marks of an imported article; return True if one is new."""
        marks = parsed.record.marks if parsed.record is not None else ()
        return bool(marks) and merge_marks(self._database, marks, article, plain, dry_run=dry_run)

    def _plain_of(self, article: Article) -> str:
        try:
            return plain_text(read_text(self._folder, article.text))
        except OSError:
            return ""

    def _take_notes(
        self, parsed: ParsedArticle, article: Article, plain: str, *, dry_run: bool = False
    ) -> bool:
        """Merge the annotations of an imported article; return True if one is new or changed."""
        if parsed.record is None or not parsed.record.annotations:
            return False
        documents = self._database.catalog_table("annotations").documents()
        keys = {*self._catalog.annotation_ids(article.id), *(one.id for one in parsed.record.annotations)}
        present = {key: annotation_from_document(key, documents[key]) for key in keys if key in documents}
        notes = IncomingNotes(article, plain, present)
        notes.take(parsed.record.annotations)
        if notes.changed and not dry_run:
            self._put("annotations", {key: annotation_to_document(one) for key, one in notes.changed.items()})
        return bool(notes.changed)

    def _with_text(self, known: Article, body: str) -> Article:
        """Write the missing text file of ``known``, under a new path if the stored one is not allowed."""
        if article_file(self._folder, known.text) is None:
            known = replace(known, text=text_path(known))
            self._put("articles", {known.id: article_to_document(known)})
        self._write(known, body)
        return known

    def _write(self, article: Article, body: str) -> None:
        file = article_file(self._folder, article.text)
        if file is not None and not file.exists():
            self._written.append(article.text)
        write_text(self._folder, article, body)

    def _new_article(self, parsed: ParsedArticle, plain: str, tags: Iterable[str], now: datetime) -> Article:
        address = parsed.url if is_article_address(parsed.url) else ""
        article = Article(
            **parsed.stated(tags=clean_tags((*parsed.tags, *tags))),
            **text_facts(plain),
            id=article_id(address, f"{parsed.title}\n\n{plain}"),
            added=now,
            noticed=noticed(joined=parsed.joined, warning=parsed.warning),
        )
        return replace(article, text=text_path(article))

    def _renewed(self, known: Article, new: Article, now: datetime) -> Article:
        """Return ``known`` with the text of ``new``; its own text becomes a revision."""
        previous = Revision(text=known.text, text_sha256=known.text_sha256, replaced=now)
        return replace(
            new,
            id=known.id,
            added=known.added,
            tags=clean_tags((*known.tags, *new.tags)),
            state=known.state,
            text=text_path(replace(new, id=known.id), suffix=f"-{new.text_sha256[:8]}"),
            revisions=(previous, *known.revisions),
        )

    def _reanchor(self, article: Article, plain: str) -> None:
        """Move the article's annotations to their places in the new text; lost ones become orphans."""
        anchors = ArticleAnchors(article, plain, lambda path: plain_text(read_text(self._folder, path)))
        changed: dict[str, Any] = {}
        for key in self._catalog.annotation_ids(article.id):
            annotation = annotation_from_document(key, self._catalog.annotations()[key])
            placed = anchors.placed(annotation)
            if placed != annotation:
                changed[key] = annotation_to_document(placed)
        if changed:
            self._put("annotations", changed)

    def _put(self, name: str, documents: Mapping[str, Mapping[str, Any]]) -> None:
        table = self._database.catalog_table(name)
        previous = self._previous.setdefault(name, {})
        for key in documents:
            previous.setdefault(key, table.checked().get(key))
        table.put(documents)
