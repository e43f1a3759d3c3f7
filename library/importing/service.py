"""The import service: adds articles from files, folders, bytes and the starter content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from library.arguments import each_text
from library.models import ImportOutcome, ImportStatus
from library.tags.rules import TagRules
from library.workspace import Workspace

if TYPE_CHECKING:
    from library.importing.batch import Importer, Watch


class Importing:
    """Imports articles into a library. All methods raise StoreUnwritable.

    Failures of single sources are outcomes, not errors. An article has its outcome once it is on the disk.
    """

    def __init__(self, workspace: Workspace, rules: TagRules) -> None:
        self._workspace = workspace
        self._rules = rules

    def add(
        self,
        *sources: Path | str,
        tags: Iterable[str] = (),
        dry_run: bool = False,
        on_outcome: Callable[[ImportOutcome], None] | None = None,
    ) -> list[ImportOutcome]:
        """Import files and folders (recursively).

        Args:
            sources: Paths of files and folders.
            tags: Tags to add to the imported articles.
            dry_run: Report what would happen, and change nothing.
            on_outcome: Called with each outcome as soon as it is known.

        Returns:
            One outcome for each article, failed file or skipped file.
        """
        outcomes = []
        for outcome in self.iter_add(*sources, tags=tags, dry_run=dry_run):
            outcomes.append(outcome)
            if on_outcome is not None:
                on_outcome(outcome)
        return outcomes

    def iter_add(
        self,
        *sources: Path | str,
        tags: Iterable[str] = (),
        dry_run: bool = False,
        watch: Watch | None = None,
    ) -> Iterator[ImportOutcome]:
        """Import as ``add`` does, in batches, while the outcomes are iterated.

        Args:
            sources: Paths of files and folders.
            tags: Tags to add to the imported articles.
            dry_run: Report what would happen, and change nothing.
            watch: Called with the progress before each file and after each article. If it raises
                ChangeStopped, the import ends with the articles that were read before.
        """
        from library.importing.batch import import_sources

        for source in sources:
            if not isinstance(source, str | Path):
                raise TypeError(f"A source is a path, not {type(source).__name__}; pass several one by one.")
        names = tuple(each_text(tags, "tags"))
        return import_sources(self._importer(), sources, names, dry_run=dry_run, watch=watch)

    def add_bytes(
        self, name: str, data: bytes, *, tags: Iterable[str] = (), dry_run: bool = False
    ) -> ImportOutcome:
        """Import one article from memory.

        Args:
            name: The name of the source, as a file name.
            data: The bytes of the file.
            tags: Tags to add to the imported articles.
            dry_run: Report what would happen, and change nothing.

        Returns:
            The outcome.
        """
        from library.importing.batch import Item, import_items
        from library.importing.source import Source

        item = Item(Source.of_bytes(name, data), tuple(each_text(tags, "tags")), many=False)
        (outcome,) = import_items(self._importer(), [item], dry_run=dry_run)
        return outcome

    def iter_add_bytes(
        self, name: str, data: bytes, *, tags: Iterable[str] = (), dry_run: bool = False
    ) -> Iterator[ImportOutcome]:
        """Import the article in ``data``, or all articles of an export."""
        from library.importing.batch import Item, import_items
        from library.importing.source import Source

        item = Item(Source.of_bytes(name, data), tuple(each_text(tags, "tags")))
        return import_items(self._importer(), [item], dry_run=dry_run)

    def add_starter_articles(self) -> int:
        """Add the sample articles to a new library; return how many were added."""
        database = self._workspace.database
        if self._workspace.catalog.articles() or database.catalog.changes or database.damage:
            return 0
        from library.importing.batch import Item, import_items
        from library.importing.source import Source
        from library.starter import STARTER_WRITTEN, starter_articles

        # The articles keep their dates even if the machine's clock is behind.
        today = max(self._workspace.today(), STARTER_WRITTEN)
        importer = replace(self._importer(), today=today, recorded=False)
        items = [Item(Source(name, partial(bytes, data)), tags) for name, data, tags in starter_articles()]
        outcomes = import_items(importer, items, dry_run=False)
        return sum(outcome.status is ImportStatus.ADDED for outcome in outcomes)

    def _importer(self) -> Importer:
        from library.importing.batch import Importer

        workspace, rules = self._workspace, self._rules.book()
        return Importer(
            workspace.database,
            workspace.catalog,
            workspace.folder,
            workspace.clock,
            workspace.today(),
            rules,
        )
