"""The façade: everything that can be done with a library."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from library import marking
from library.annotating import Annotating
from library.dating import Dating
from library.errors import StoreUnwritable
from library.exporting.outcomes import ExportOutcome, WholeArticle
from library.exporting.registry import Stream, export_format
from library.figures import statistics
from library.given import each_text
from library.maintenance.replacing import finish_restore
from library.models import (
    Annotation,
    AnnotationKind,
    Article,
    Change,
    ImportOutcome,
    ImportStatus,
    Position,
    Progress,
    State,
    Statistics,
    TagCount,
)
from library.placing import Placing
from library.query import MONDAY, Query
from library.querying import Querying
from library.relating import Relating
from library.search import FullText, LiveIndex, Records, Stoppable, find, find_annotations, tag_counts
from library.search.facets import KnownNames
from library.search.tally import Tallies
from library.store import open_database
from library.store.catalog import Catalog
from library.store.disk import Disk
from library.store.documents import (
    annotation_from_document,
    article_from_document,
    article_to_document,
)
from library.store.drafts import Drafts
from library.store.history import carry_out, edited, redo, undo
from library.stories import KnownStories
from library.tagging import Tagging
from library.tending import Tending

if TYPE_CHECKING:
    from library.importing.batch import Importer

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


_Outcome = TypeVar("_Outcome")


def _all_told(outcomes: Iterable[_Outcome], told: Callable[[_Outcome], None] | None) -> list[_Outcome]:
    """All ``outcomes``, each of which ``told`` is given when it comes."""
    done = []
    for outcome in outcomes:
        done.append(outcome)
        if told is not None:
            told(outcome)
    return done


class Library(Annotating, Placing, Tagging, Relating, Tending, Querying, Dating):
    """An open library. Made by ``Library.open``; a context manager that closes it.

    Methods that change something return when the change is on the disk. Reading is safe from any
    thread, also while another one writes; writers wait for each other.
    """

    def __init__(
        self,
        path: Path,
        clock: Clock,
        timezone: tzinfo | None,
        new_id: Callable[[], str],
        first_weekday: int = MONDAY,
        patience: float | None = None,
    ) -> None:
        self._path = path
        self._remarks: tuple[str, ...] = ()
        self._clock = clock
        self._timezone = timezone
        self._first_weekday = first_weekday
        self._new_id = new_id
        disk = Disk()
        if patience is not None:
            disk.patience = patience
        self._database = open_database(path, disk)
        self._catalog = Catalog(self._database, path)
        self._index = LiveIndex(self._database.catalog_table("articles"), timezone)
        articles, annotations = map(self._database.catalog_table, ("articles", "annotations"))
        self._records = Records(articles, annotations, self._catalog)
        self._full_text = FullText(path, self._records)
        self._stories = KnownStories(self._full_text)
        self._tallies = Tallies(articles)
        self._known_names = KnownNames()
        self._versions_at_opening = self._records.versions
        self._ids_at_opening = tuple(self._records.ids())
        self._changes_at_opening = self._database.catalog.changes
        self.drafts = Drafts(path)

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        clock: Clock = system_clock,
        timezone: tzinfo | None = None,
        new_id: Callable[[], str] = marking.random_id,
        first_weekday: int = MONDAY,
        patience: float | None = None,
    ) -> Library:
        """Open the library in the folder ``path``, which is made when something is first written.

        ``timezone`` is that of the reader's days (None: the machine's), whose weeks begin with
        ``first_weekday`` (0 is Monday). ``patience`` is how many seconds a change waits while other programs
        write (None: five). Raises CatalogDamaged, FormatTooNew.
        """
        finished = finish_restore(Path(path))
        library = cls(Path(path), clock, timezone, new_id, first_weekday, patience)
        library.remark(*finished)
        return library

    def close(self) -> None:
        """Close the library; every change is on the disk already.

        After a session in which something changed the catalogue is backed up, if that is due: see ``tend``.
        """
        try:
            if self._database.catalog.changes != self._changes_at_opening:
                with contextlib.suppress(StoreUnwritable):  # the next session tries again
                    self._fold_at_close()
                    self.tend()
        finally:
            self.drafts.close()
            self._full_text.close()
            self._database.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The folder of the library."""
        return self._path

    @property
    def writable(self) -> bool:
        """Whether changes can be written: the catalogue is whole, and the folder's permissions allow it."""
        if self._database.damage is not None:
            return False
        folder = self._path
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent
        return os.access(folder, os.W_OK | os.X_OK)

    def refresh(self) -> bool:
        """Take over what other programs wrote since; true if there is something new."""
        return self._database.refresh()

    # Finding and reading

    def ids(self, query: str | Query = "", stopped: Callable[[], bool] | None = None) -> list[str]:
        """The ids of the articles that match, newest first unless the query says otherwise.

        A search that has to read texts asks ``stopped`` before each one. Raises QueryError, SearchStopped.
        """
        parsed = self.parse(query) if isinstance(query, str) else query
        corpus = Stoppable(self._catalog, stopped) if stopped else self._catalog
        return find(parsed, corpus, self._index.current(), self._word_index(parsed))

    def select(self, query: str | Query = "") -> list[Article]:
        """The articles that match, newest first unless the query says otherwise. Raises QueryError."""
        documents = self._catalog.articles()
        return [article_from_document(key, documents[key]) for key in self.ids(query) if key in documents]

    def resolve(self, prefix: str) -> str:
        """The id that begins with ``prefix``. Raises ArticleNotFound, AmbiguousId."""
        return self._catalog.resolve(prefix)

    def known(self, ids: Iterable[str]) -> list[str]:
        """Those of ``ids``, whole ones, that are in the library; in their order."""
        articles = self._catalog.articles()
        return [key for key in each_text(ids, "ids") if key in articles]

    def article(self, prefix: str) -> Article:
        """The article whose id begins with ``prefix``. Raises ArticleNotFound, AmbiguousId."""
        return self._catalog.article(self._catalog.resolve(prefix))

    def annotations(self, query: str | Query = "") -> list[Annotation]:
        """Notes and highlights, newest first, of what the query finds. Raises QueryError."""
        parsed = self.parse(query) if isinstance(query, str) else query
        documents = self._catalog.annotations()
        index, words = self._index.current(), self._word_index(parsed)
        found = find_annotations(parsed, self._catalog, documents, index, words)
        return [annotation_from_document(key, documents[key]) for key in found]

    def annotations_on_this_day(self, query: str | Query = "") -> list[Annotation]:
        """Those of ``annotations`` made on today's day and month in former years. Raises QueryError."""
        from library.annotations.review import made_on_this_day

        return made_on_this_day(self.annotations(query), self.today(), self.day_of)

    def daily_handful(self, query: str | Query = "") -> list[Annotation]:
        """A few old ones of ``annotations`` with words of an article, others each day. Raises QueryError."""
        from library.annotations.review import handful_of

        return handful_of(self.annotations(query), self.today(), self.day_of)

    def annotations_of(self, article_id: str) -> list[Annotation]:
        """The annotations of one article, oldest first."""
        documents = self._catalog.annotations()
        keys = self._catalog.annotation_ids(article_id)
        return [annotation_from_document(key, documents[key]) for key in keys if key in documents]

    def note_count(self, article_id: str) -> int:
        """How many notes an article has."""
        return sum(note["kind"] == AnnotationKind.NOTE for note in self._catalog.annotations_of(article_id))

    def annotation(self, annotation_id: str) -> Annotation:
        """The note or highlight with this id. Raises AnnotationNotFound."""
        return self._catalog.annotation(annotation_id)

    def article_count(self) -> int:
        """How many articles there are, without those in the trash."""
        return len(self._index.current().kept)

    def tags(self, query: str | Query = "") -> list[TagCount]:
        """How many of the articles found carry each tag, the most used first. Raises QueryError."""
        return tag_counts(self._index.current(), self.ids(query))

    def tags_of(self, ids: Iterable[str]) -> list[TagCount]:
        """How many of some articles carry each tag, the most used first."""
        return tag_counts(self._index.current(), each_text(ids, "ids"))

    def statistics(self) -> Statistics:
        """The library in figures."""
        return statistics(self._index.current(), len(self._catalog.annotations()), self._path)

    def whole_article(self, prefix: str) -> WholeArticle:
        """All of an article that is exported. Raises as ``body``."""
        article, story = self.article(prefix), self.story_of(prefix)
        return WholeArticle(
            article=article,
            body=self.body(article.id),
            annotations=tuple(self.annotations_of(article.id)),
            story=story.ids if story.others else (),
            marks=tuple(mark for mark in self.marks().values() if mark.article == article.id),
        )

    def export(
        self,
        what: str | Query | Iterable[str],
        form: str,
        path: Path | str,
        *,
        told: Callable[[ExportOutcome], None] | None = None,
    ) -> list[ExportOutcome]:
        """Write articles, what a query finds or those with these ids, to a folder or (JSON lines) a file.

        One outcome an article, which ``told`` is given at once; one that cannot be read is such a value. What
        is there is never replaced, and nothing changes in the library. Raises QueryError, UnknownFormat,
        ExportRefused.
        """
        return _all_told(self.iter_export(what, form, path), told)

    def iter_export(
        self, what: str | Query | Iterable[str], form: str, target: Path | str | Stream
    ) -> Iterator[ExportOutcome]:
        """The same, written article by article while the outcomes are asked for; as far as they are.

        ``target`` may also be what takes text, such as ``sys.stdout.write``, for a format of one file. Raises
        QueryError and UnknownFormat at once, ExportRefused while it goes on.
        """
        from library.exporting.writing import export_articles

        entry = export_format(form)
        ids = self.ids(what) if isinstance(what, str | Query) else list(each_text(what, "ids"))
        return export_articles(ids, self.whole_article, entry, target)

    # Changing

    def bookmark(
        self, prefixes: Iterable[str], on: bool = True, *, progress: Progress | None = None
    ) -> list[str]:
        """Bookmark articles (``on`` false: take the bookmark away); the ids of those that changed.

        Raises ArticleNotFound, StoreUnwritable, and what ``progress`` raises: nothing is changed then.
        """
        return self._mark(prefixes, "bookmarked", on, progress)

    def read(
        self, prefixes: Iterable[str], on: bool = True, *, progress: Progress | None = None
    ) -> list[str]:
        """Mark articles as read or unread; the ids of those that changed. Raises as ``bookmark``."""
        return self._mark(prefixes, "read", on, progress)

    def trash(
        self, prefixes: Iterable[str], on: bool = True, *, progress: Progress | None = None
    ) -> list[str]:
        """Move articles to the trash or back; the ids of those that changed. Raises as ``bookmark``."""
        return self._mark(prefixes, "trashed", on, progress)

    def tag(
        self,
        prefixes: Iterable[str],
        tags: Iterable[str],
        *,
        remove: bool = False,
        progress: Progress | None = None,
    ) -> list[str]:
        """Add tags to articles, or remove them; the ids of those that changed. Raises as ``bookmark``."""
        names = marking.clean_tags(tags)
        title = f"{'untag' if remove else 'tag'} {', '.join(names)}"
        return self._edit(prefixes, title, marking.retagging(names, remove=remove), progress)

    def opened(self, prefix: str) -> Article:
        """Note that an article is being read, now. This is no change that ``undo`` takes back."""
        now = self._clock()
        return self._touch(prefix, lambda state: replace(state, opened=now, read=state.read or now))

    def keep_position(self, prefix: str, position: Position) -> Article:
        """Keep how far an article has been read. This is no change that ``undo`` takes back."""
        return self._touch(prefix, lambda state: replace(state, position=position))

    def undo(self, *, progress: Progress | None = None) -> Change:
        """Take back the last change. Raises NothingToUndo, StoreUnwritable, what ``progress`` raises."""
        return Change(*undo(self._database, progress))

    def redo(self, *, progress: Progress | None = None) -> Change:
        """Make the change last taken back again. Raises NothingToUndo, and as ``undo``."""
        return Change(*redo(self._database, progress))

    def add(
        self,
        *sources: Path | str,
        tags: Iterable[str] = (),
        dry_run: bool = False,
        told: Callable[[ImportOutcome], None] | None = None,
    ) -> list[ImportOutcome]:
        """Import files and folders (recursively); one outcome an article, once it is on the disk.

        ``told`` is given each outcome as soon as there is one. Failures of single sources are outcomes, not
        errors. Raises StoreUnwritable.
        """
        return _all_told(self.iter_add(*sources, tags=tags, dry_run=dry_run), told)

    def iter_add(
        self, *sources: Path | str, tags: Iterable[str] = (), dry_run: bool = False
    ) -> Iterator[ImportOutcome]:
        """The same, imported while the outcomes are asked for, in batches; as far as they are."""
        from library.importing.batch import import_sources

        for source in sources:
            if not isinstance(source, str | Path):
                raise TypeError(f"A source is a path, not {type(source).__name__}; give several one by one.")
        names = tuple(each_text(tags, "tags"))
        return import_sources(self._importer(), sources, names, dry_run=dry_run)

    def add_bytes(
        self, name: str, data: bytes, *, tags: Iterable[str] = (), dry_run: bool = False
    ) -> ImportOutcome:
        """Import one article from memory; ``name`` stands for its file name. Raises StoreUnwritable."""
        from library.importing.batch import Item, import_items

        (outcome,) = import_items(
            self._importer(), [Item(name, lambda: data, tuple(each_text(tags, "tags")))], dry_run=dry_run
        )
        return outcome

    def iter_add_bytes(
        self, name: str, data: bytes, *, tags: Iterable[str] = (), dry_run: bool = False
    ) -> Iterator[ImportOutcome]:
        """Import what ``data`` holds: one article, or all of an export. Raises StoreUnwritable."""
        from library.importing.batch import Item, import_items
        from library.importing.formats.jsonl import is_own_export

        lines = data.splitlines(keepends=True) if is_own_export(data) else None
        item = Item(name, lambda: data, tuple(each_text(tags, "tags")), lines=lambda: lines)
        return import_items(self._importer(), [item], dry_run=dry_run)

    def fill(self) -> int:
        """Give an empty library the starter articles, once in its life; how many. Raises StoreUnwritable."""
        if self._catalog.articles() or self._database.catalog.changes or self._database.damage:
            return 0
        from library.importing.batch import Item, import_items
        from library.starter import STARTER_WRITTEN, starter_articles

        # The articles keep their dates where the machine's clock is behind.
        importer = replace(self._importer(), today=max(self.today(), STARTER_WRITTEN), recorded=False)
        items = [Item(name, partial(bytes, data), tags) for name, data, tags in starter_articles()]
        outcomes = import_items(importer, items, dry_run=False)
        return sum(outcome.status is ImportStatus.ADDED for outcome in outcomes)

    def _importer(self) -> Importer:
        from library.importing.batch import Importer

        database, catalog, rules = self._database, self._catalog, self._rule_book()
        return Importer(database, catalog, self._path, self._clock, self.today(), rules)

    def _mark(self, prefixes: Iterable[str], mark: str, on: bool, progress: Progress | None) -> list[str]:
        edit = marking.marking(mark, self._clock() if on else None)
        return self._edit(prefixes, marking.mark_title(mark, on), edit, progress)

    def _edit(
        self,
        prefixes: Iterable[str],
        title: str,
        edit: marking.DocumentEdit,
        progress: Progress | None,
    ) -> list[str]:
        with self._database.transaction():
            documents = self._catalog.articles()
            keys = dict.fromkeys(
                key if key in documents else self.resolve(key) for key in each_text(prefixes, "ids")
            )
            edits = edited("articles", keys, documents, edit)
            return carry_out(self._database, title, self._clock(), edits, total=len(keys), progress=progress)

    def _touch(self, prefix: str, touch: Callable[[State], State]) -> Article:
        with self._database.transaction():
            former = self.article(prefix)
            article = replace(former, state=touch(former.state))
            if article != former:
                latter = {**self._catalog.articles()[article.id], **article_to_document(article)}
                self._database.catalog_table("articles").put({article.id: latter})
        return article
