"""The changes of a library: each is recorded with what it changed, so that it can be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from library.models import Change, Progress
from library.store import history
from library.workspace import Workspace

Document = Mapping[str, Any]


class History:
    """Carries out changes, all or nothing, and takes them back. All raise StoreUnwritable."""

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
        """Edit documents of one table as one change; the ids of those that became others.

        Raises what ``progress`` raises: nothing is changed then.
        """
        workspace, keys = self._workspace, list(dict.fromkeys(keys))
        edits = history.edited(table, keys, workspace.database.catalog_table(table).checked(), edit)
        return history.carry_out(
            workspace.database, title, workspace.clock(), edits, total=len(keys), progress=progress
        )

    def undo(self, *, progress: Progress | None = None) -> Change:
        """Take back the last change. Raises NothingToUndo, StoreUnwritable, what ``progress`` raises."""
        return Change(*history.undo(self._workspace.database, progress))

    def redo(self, *, progress: Progress | None = None) -> Change:
        """Make the change last taken back again. Raises NothingToUndo, and as ``undo``."""
        return Change(*history.redo(self._workspace.database, progress))
