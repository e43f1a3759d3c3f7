"""Imports many sources: each is read separately, and catalogue writes are batched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from library.errors import ChangeStopped, FormRefused, ImportFailed, LibraryError
from library.importing.folders import find_sources, is_folder
from library.importing.merge import ArticleMerge
from library.importing.pictures import keep_pictures, with_present_pictures
from library.importing.registry import read_articles
from library.importing.source import Source
from library.models import ImportOutcome, ImportProgress, ImportStatus, ParsedArticle
from library.store.catalog import Catalog
from library.store.database import CatalogDatabase
from library.store.history import join_changes, record_change
from library.tags.rules import RuleBook
from library.text.amounts import counted

BATCH = 100
"""Maximum number of articles in one write of the catalogue."""


class Item(NamedTuple):
    """A source, and the tags for its articles.

    A source of an unsupported format is skipped if it came with its folder, and failed if it was named.
    ``many``: it may hold several articles.
    """

    source: Source
    tags: tuple[str, ...]
    in_folder: bool = False
    many: bool = True


Watch = Callable[[ImportProgress], object]
"""Called before each file is read and after each article. ChangeStopped from it ends the import."""

Understood = tuple[str, ParsedArticle | ImportOutcome, tuple[str, ...]]
"""A source after reading: its name, the article or the failed outcome, and the tags."""


@dataclass(frozen=True, slots=True)
class Importer:
    """The parts of a library that importing needs. ``rules`` tag new articles; ``recorded``: allow undo."""

    database: CatalogDatabase
    catalog: Catalog
    folder: Path
    clock: Callable[[], datetime]
    today: date
    rules: RuleBook
    recorded: bool = True


def import_sources(
    importer: Importer,
    sources: Sequence[Path | str],
    tags: tuple[str, ...],
    *,
    dry_run: bool,
    watch: Watch | None = None,
) -> Iterator[ImportOutcome]:
    """Import files and folders; yield each outcome once it is on the disk. Raises StoreUnwritable."""
    found = ((item, is_folder(source)) for source in sources for item in find_sources(source))
    items = (_item(source, tags, in_folder) for source, in_folder in found)
    return import_items(importer, items, dry_run=dry_run, are_files=True, watch=watch)


def _item(source: Path | ImportFailed, tags: tuple[str, ...], in_folder: bool) -> Item:
    found = Source.failed(source) if isinstance(source, ImportFailed) else Source.of_file(source)
    return Item(found, tags, in_folder)


def import_items(
    importer: Importer,
    items: Iterable[Item],
    *,
    dry_run: bool,
    are_files: bool = False,
    watch: Watch | None = None,
) -> Iterator[ImportOutcome]:
    """Import articles; yield each outcome once it is on the disk. Raises StoreUnwritable.

    Sources are parsed and their pictures stored before the catalogue is locked, so that other programs need
    not wait. ``are_files``: the names are paths, and pictures may be next to them. All of it is one change of
    the history.
    """
    merge = ArticleMerge(importer.database, importer.catalog, importer.folder)
    understood = _read_all(importer, items, watch)
    if not dry_run:
        understood = (_with_pictures(importer, each, are_files) for each in understood)
    record = _Record(importer)
    try:
        while batch := list(islice(understood, BATCH)):
            if dry_run:
                yield from [_taken(importer, merge, each, dry_run=True) for each in batch]
                continue
            with merge.batch():
                outcomes = [_taken(importer, merge, each, dry_run=False) for each in batch]
                record.add(merge)
            yield from outcomes
    finally:
        with suppress(LibraryError):  # what was imported is on the disk; it only takes several undos
            record.join()


def _read_all(importer: Importer, items: Iterable[Item], watch: Watch | None) -> Iterator[Understood]:
    """Read the articles of all items, until ``watch`` stops it: what was read before then is imported."""
    if watch is None:
        for item in items:
            yield from _understood(importer, item)
        return
    found, articles = list[Item](), 0
    with suppress(ChangeStopped):
        for item in items:
            found.append(item)
            watch(ImportProgress(0, 0, 0))
        for files, item in enumerate(found):
            watch(ImportProgress(articles, files, len(found)))
            for each in _understood(importer, item):
                yield each
                articles += 1
                watch(ImportProgress(articles, files, len(found)))
        watch(ImportProgress(articles, len(found), len(found)))


class _Record:
    """The changes of an import in the history: one a batch, joined at the end."""

    def __init__(self, importer: Importer) -> None:
        self._importer = importer
        self._keys = list[str]()
        self._articles = set[str]()
        self._notes = set[str]()

    def add(self, merge: ArticleMerge) -> None:
        """Record the changes of a batch, and the tags added by rules."""
        previous = merge.previous()
        self._importer.rules.apply(previous.get("articles", {}))
        articles, notes = previous.get("articles", {}), previous.get("annotations", {})
        self._articles.update(articles)
        self._notes.update(notes)
        if (articles or notes) and self._importer.recorded:
            database, now = self._importer.database, self._importer.clock()
            self._keys.append(record_change(database, _title(len(articles), len(notes)), now, previous))

    def join(self) -> None:
        """Make one change of all batches. Raises StoreUnwritable."""
        if len(self._keys) > 1:
            title = _title(len(self._articles), len(self._notes))
            join_changes(self._importer.database, title, self._keys)


def _title(articles: int, notes: int) -> str:
    if articles:
        return f"import {counted(articles, 'article')}"
    return f"import {counted(notes, 'note or highlight', 'notes or highlights')}"


def _understood(importer: Importer, item: Item) -> Iterator[Understood]:
    """Yield the articles of a source; an error in it ends the source, but keeps the articles before it."""
    name, is_begun, status = item.source.name, False, ImportStatus.FAILED
    try:
        for place, found in read_articles(item.source, importer.today, many=item.many):
            is_begun = True
            if isinstance(found, ParsedArticle):
                yield place, found, item.tags
            else:
                yield place, _failed(place, found.reason), item.tags
        return
    except FormRefused as refused:
        reason = refused.reason
        status = ImportStatus.SKIPPED if item.in_folder else status
    except ImportFailed as failure:
        reason = failure.reason
    except OSError as error:
        end = " to its end" if is_begun else ""
        reason = f"it cannot be read{end} ({error.strerror or error})."
    except Exception as error:  # an error in a parser must not stop the other sources
        reason = f"it cannot be read as an article ({type(error).__name__}: {error})."
    yield name, _failed(name, reason, status), item.tags


def _failed(name: str, reason: str, status: ImportStatus = ImportStatus.FAILED) -> ImportOutcome:
    return ImportOutcome(source=name, status=status, error=reason)


def _with_pictures(importer: Importer, each: Understood, are_files: bool) -> Understood:
    """Store the pictures of an article. Raises StoreUnwritable."""
    name, parsed, tags = each
    if isinstance(parsed, ParsedArticle) and any(image.path for image in parsed.images):
        parsed = with_present_pictures(parsed, importer.folder)
    elif isinstance(parsed, ParsedArticle):
        beside = Path(name).parent if are_files else None
        parsed = keep_pictures(parsed, beside, importer.folder)
    return name, parsed, tags


def _legible(name: str) -> str:
    """Return a file name as valid Unicode, whatever its bytes and the locale."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _taken(importer: Importer, merge: ArticleMerge, each: Understood, *, dry_run: bool) -> ImportOutcome:
    name, parsed, tags = each
    if isinstance(parsed, ImportOutcome):
        return parsed
    parsed = replace(parsed, origin=parsed.origin or _legible(name))
    status, article = merge.take(parsed, tags, importer.clock(), dry_run=dry_run)
    return ImportOutcome(
        source=name, status=status, id=article.id, title=article.title, warning=parsed.warning
    )
