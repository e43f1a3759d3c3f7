"""``Library``: opens a folder, holds one service for each subject, refreshes, undoes and closes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from datetime import tzinfo
from pathlib import Path
from types import TracebackType

from library.annotations.jump_marks import JumpMarks
from library.annotations.service import Annotations
from library.articles.service import Articles
from library.calendar import Calendar
from library.errors import StoreUnwritable
from library.exporting.service import Exporting
from library.history import History
from library.importing.service import Importing
from library.maintenance.restoring import finish_restore
from library.maintenance.service import Maintenance
from library.models import HIGHLIGHT_COLOURS, Annotation, Article, Change, ImportOutcome, Progress
from library.query import Query
from library.search.indexes import Indexes
from library.search.saved import SavedSearches
from library.search.service import Search
from library.store.drafts import Drafts
from library.stories.service import Stories
from library.tags.rules import TagRules
from library.tags.service import Tags
from library.workspace import Clock, Workspace, random_id, system_clock


class Library:
    """An open library. ``Library.open`` creates it; as a context manager it closes itself.

    A method that changes something returns once the change is on the disk. Any thread may read at any
    time, also while another one writes; writers wait for each other.

    Attributes:
        workspace: The folder, the database and the clock that the services work on.
        articles: Looking up, reading, marking articles.
        annotations: Notes, highlights, passage bookmarks.
        jump_marks: Positions in articles, each stored under a letter.
        tags: Counts, families, colours; adding, removing, renaming.
        tag_rules: Rules that add tags to imported articles.
        indexes: The facts of all articles, and the full-text index.
        search: Ids, snippets and counts for a query; updates of the full-text index.
        searches: Saved searches.
        stories: Near-duplicates, related articles, timelines.
        calendar: Counts by day.
        importing: Import of files, folders and bytes.
        exporting: Export of articles to files.
        maintenance: Notices, backups, emptying the trash.
        history: Undo and redo.
        drafts: Notes that are not saved yet.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.indexes = indexes = Indexes.over(workspace)
        self.history = History(workspace)
        self.searches = SavedSearches(workspace, self.history)
        self.search = Search(workspace, indexes, self.searches)
        self.articles = Articles(workspace, indexes, self.search, self.history)
        self.annotations = Annotations(workspace, self.articles, self.search, self.history)
        self.jump_marks = JumpMarks(workspace, self.articles)
        self.tags = Tags(workspace, indexes, self.search, self.articles)
        self.tag_rules = TagRules(workspace, indexes, self.search, self.history)
        self.stories = Stories(workspace, indexes)
        self.calendar = Calendar(workspace, indexes, self.search)
        self.importing = Importing(workspace, self.tag_rules)
        self.exporting = Exporting(
            self.articles, self.annotations, self.jump_marks, self.stories, self.search
        )
        self.maintenance = Maintenance(workspace, self.search)
        self.drafts = Drafts(workspace.folder)
        self._changes_at_opening = workspace.database.catalog.changes

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        clock: Clock = system_clock,
        timezone: tzinfo | None = None,
        new_id: Callable[[], str] = random_id,
        first_weekday: int = 0,
        patience: float | None = None,
    ) -> Library:
        """Open the library in the folder ``path``. The folder is created by the first change.

        Args:
            path: The folder.
            clock: Returns the current time, with a time zone.
            timezone: Time zone of the reader's days; None is the machine's.
            new_id: Returns the id of a new article or annotation.
            first_weekday: First day of the reader's weeks; 0 is Monday.
            patience: Seconds that a change waits while other programs write; None is five.

        Raises:
            CatalogDamaged: The stored data cannot be read.
            FormatTooNew: A newer version wrote the library.
        """
        folder = Path(path)
        finished = finish_restore(folder)
        workspace = Workspace.open(
            folder,
            clock=clock,
            timezone=timezone,
            first_weekday=first_weekday,
            new_id=new_id,
            patience=patience,
        )
        library = cls(workspace)
        library.maintenance.remark(*finished)
        return library

    def close(self) -> None:
        """Close the library. All changes are on the disk already.

        If something changed in this session, due maintenance runs first.
        """
        try:
            if self.workspace.database.catalog.changes != self._changes_at_opening:
                with contextlib.suppress(StoreUnwritable):  # the next session tries again
                    self.maintenance.fold_at_close()
                    self.maintenance.run_due()
        finally:
            self.drafts.close()
            self.indexes.close()
            self.workspace.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The folder of the library."""
        return self.workspace.folder

    @property
    def writable(self) -> bool:
        """True if changes can be written: the catalogue is undamaged and the folder is writable."""
        return self.workspace.writable

    def refresh(self) -> bool:
        """Read what other programs have written.

        Returns:
            True if something changed.
        """
        return self.workspace.database.refresh()

    # Shortcuts for scripts: each calls the service that its docstring names.

    def add(
        self,
        *sources: Path | str,
        tags: Iterable[str] = (),
        dry_run: bool = False,
        on_outcome: Callable[[ImportOutcome], None] | None = None,
    ) -> list[ImportOutcome]:
        """Import files and folders: see ``Importing.add``."""
        return self.importing.add(*sources, tags=tags, dry_run=dry_run, on_outcome=on_outcome)

    def select(self, query: str | Query = "") -> list[Article]:
        """Return the matching articles, newest first: see ``Articles.select``."""
        return self.articles.select(query)

    def bookmark(self, prefixes: Iterable[str], *, progress: Progress | None = None) -> list[str]:
        """Bookmark articles: see ``Articles.bookmark``."""
        return self.articles.bookmark(prefixes, progress=progress)

    def tag(
        self, prefixes: Iterable[str], tags: Iterable[str], *, progress: Progress | None = None
    ) -> list[str]:
        """Add tags to articles: see ``Tags.add``."""
        return self.tags.add(prefixes, tags, progress=progress)

    def note(
        self,
        prefix: str,
        body: str,
        *,
        quote: str = "",
        occurrence: int = 1,
        at: int | None = None,
        tags: Iterable[str] = (),
    ) -> Annotation:
        """Add a note on an article, or on the words ``quote`` in it: see ``Annotations.note``."""
        return self.annotations.note(prefix, body, quote=quote, occurrence=occurrence, at=at, tags=tags)

    def highlight(
        self,
        prefix: str,
        quote: str,
        *,
        colour: str = HIGHLIGHT_COLOURS[0],
        occurrence: int = 1,
        at: int | None = None,
    ) -> Annotation:
        """Highlight the words ``quote`` in an article: see ``Annotations.highlight``."""
        return self.annotations.highlight(prefix, quote, colour=colour, occurrence=occurrence, at=at)

    def undo(self, *, progress: Progress | None = None) -> Change:
        """Undo the last change: see ``History.undo``."""
        return self.history.undo(progress=progress)

    def redo(self, *, progress: Progress | None = None) -> Change:
        """Redo the change undone last: see ``History.redo``."""
        return self.history.redo(progress=progress)
