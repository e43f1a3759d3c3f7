"""The change history of a library, with undo and redo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from library.models import Change, Progress
from library.store import history
from library.workspace import Workspace

Document = Mapping[str, Any]


class History:
    """Applies changes, all or nothing, and undoes and redoes them. All methods raise StoreUnwritable."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def apply(
        self, title: str, tables: Mapping[str, Mapping[str, Document | None]], at: datetime | None = None
    ) -> None:
        """Write documents of some tables as one change called ``title``; None removes a document."""
        workspace = self._workspace
        history.apply_change(workspace.database, title, at or workspace.clock(), tables)

    def edit(
        self,
        title: str,
        table: str,
        keys: Iterable[str],
        edit: Callable[[Document], Document],
        *,
        progress: Progress | None = None,
    ) -> list[str]:
        """Edit documents of one table as one change.

        Args:
            title: The name of the change, for example “mark as read”.
            table: The name of the table.
            keys: The ids of the documents.
            edit: Returns the new document, or the same one if nothing changes.
            progress: Called with the number done and the total; an exception from it stops the change.

        Returns:
            The ids of the documents that changed.
        """
        workspace, keys = self._workspace, list(dict.fromkeys(keys))
        edits = history.edited(table, keys, workspace.database.catalog_table(table).checked(), edit)
        return history.carry_out(
            workspace.database, title, workspace.clock(), edits, total=len(keys), progress=progress
        )

    def undo(self, *, progress: Progress | None = None) -> Change:
        """Undo the last change, whichever program made it.

        Args:
            progress: Called with the number done and the total; an exception from it stops the change.

        Returns:
            The change that was undone.

        Raises:
            NothingToUndo: There is no change to undo.
        """
        return Change(*history.undo(self._workspace.database, progress))

    def redo(self, *, progress: Progress | None = None) -> Change:
        """Redo the change that was undone last.

        Args:
            progress: Called with the number done and the total; an exception from it stops the change.

        Returns:
            The change that was redone.

        Raises:
            NothingToUndo: There is no change to redo.
        """
        return Change(*history.redo(self._workspace.database, progress))
