"""The maintenance service: damage notices, backups, folding the journal, emptying the trash."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from library.arguments import each_text
from library.errors import LibraryError
from library.models import Article
from library.search.service import Search
from library.store.conflict_copies import conflict_names
from library.store.validation import damage_notices
from library.text.amounts import counted
from library.workspace import Workspace

if TYPE_CHECKING:
    from library.maintenance.backup import BackupMade


class Maintenance:
    """The maintenance service of a library."""

    def __init__(self, workspace: Workspace, search: Search) -> None:
        self._workspace = workspace
        self._database = workspace.database
        self._catalog = workspace.catalog
        self._search = search
        self._remarks: tuple[str, ...] = ()

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences about the library's files: damage, repairs, conflict copies."""
        damage = self._database.damage
        catalog = self._database.catalog
        repaired = (
            *self._remarks,
            *catalog.notices,
            *damage_notices(catalog.damaged),
            *self._notice_of_copies(),
        )
        return repaired if damage is None else (str(damage), *repaired)

    def _notice_of_copies(self) -> tuple[str, ...]:
        copies = conflict_names(self._workspace.folder)
        if not copies:
            return ()
        named = ", ".join(copies[:3]) + (", …" if len(copies) > 3 else "")
        return (
            f"A file synchroniser left {counted(len(copies), 'copy', 'copies')} of the catalogue in "
            f"{self._workspace.folder}: {named}. “tuireader doctor” shows what only they contain; "
            "“tuireader doctor --repair” merges it.",
        )

    def remark(self, *sentences: str) -> None:
        """Add sentences to ``notices``."""
        self._remarks = (*self._remarks, *sentences)

    def back_up(self, file: Path | str) -> BackupMade:
        """Back up the whole library to a zip file.

        Args:
            file: The path of the file; an earlier backup there is replaced.

        Returns:
            The file, and the number of articles, annotations and files in it.

        Raises:
            LibraryError: The library cannot be read, or the file is something else.
            StoreUnwritable: The file cannot be written.
        """
        from library.maintenance.backup import back_up

        return back_up(self._database, self._workspace.folder, Path(file))

    def run_due(self) -> None:
        """Run the maintenance that is due: fold the journal, back up the catalogue, index changes.

        Other threads can read and change the library meanwhile.

        Raises:
            StoreUnwritable: A file cannot be written; no change is lost.
        """
        from library.maintenance.rolling_backups import back_up_catalogue

        if self._database.damage is not None:
            return
        if self._database.catalog.fold_is_due:
            self._database.catalog.fold()
        back_up_catalogue(
            self._database,
            self._workspace.folder,
            self._workspace.clock().astimezone(self._workspace.timezone),
        )
        self._search.index_changes()

    def fold_at_close(self) -> None:
        """Fold the journal into the snapshot if it has grown enough.

        Raises:
            StoreUnwritable: A file cannot be written; no change is lost.
        """
        catalog = self._database.catalog
        if self._database.damage is None and catalog.fold_is_due_at_close:
            catalog.fold()

    def empty_trash(self, prefixes: Iterable[str] | None = None) -> list[Article]:
        """Delete articles in the trash for good, with their annotations and files.

        ``undo`` does not restore them.

        Args:
            prefixes: Ids, or unambiguous prefixes of ids; None is the whole trash.

        Returns:
            The articles that were deleted.

        Raises:
            ArticleNotFound: No article has such an id.
            StoreUnwritable: The change cannot be written.
            LibraryError: An article is not in the trash, or a file cannot be deleted.
        """
        from library.maintenance.deletion import delete_from_catalogue, finish_deleting

        with self._database.transaction():
            chosen = (
                self._trashed_ids()
                if prefixes is None
                else map(self._catalog.resolve, each_text(prefixes, "ids"))
            )
            articles = [self._catalog.article(key) for key in dict.fromkeys(chosen)]
            for article in articles:
                if article.state.trashed is None:
                    raise LibraryError(
                        f"“{article.title}” ({article.id}) is not in the trash, so nothing was deleted."
                    )
            if articles:
                delete_from_catalogue(self._database, [article.id for article in articles])
        finish_deleting(self._database, self._workspace.folder)
        return articles

    def _trashed_ids(self) -> list[str]:
        documents = self._catalog.articles()
        return [key for key, document in documents.items() if document.get("state", {}).get("trashed")]
