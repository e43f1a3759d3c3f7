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
    """Makes changes, all or nothing, and undoes them. All methods raise StoreUnwritable."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def apply(
        self, title: str, tables: Mapping[str, Mapping[str, Document | None]], at: datetime | None = None
    ) -> None:
        """Write the documents of some tables (None: remove one) as one change called ``title``."""
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
            title: What the change is called, for example “mark as read”.
            table: The name of the table.
            keys: The ids of the documents.
            edit: Returns the new document, or the same one if nothing changes.
            progress: Called with how much is done; what it raises stops the change.

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
            progress: Called with how much is done; what it raises stops the change.

        Returns:
            What was undone.

        Raises:
            NothingToUndo: There is no change to undo.
        """
        return Change(*history.undo(self._workspace.database, progress))

    def redo(self, *, progress: Progress | None = None) -> Change:
        """Redo the change that was undone last.

        Args:
            progress: Called with how much is done; what it raises stops the change.

        Returns:
            What was redone.

        Raises:
            NothingToUndo: There is no change to redo.
        """
        return Change(*history.redo(self._workspace.database, progress))
