"""Data derived from a library for fast search: facts in memory, and the full-text index."""

from __future__ import annotations

from dataclasses import dataclass

from library.search.facts import LiveIndex
from library.search.fulltext.index import FullText
from library.search.fulltext.records import Records
from library.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Indexes:
    """The indexes of one library; each is built when it is first needed."""

    facts: LiveIndex
    records: Records
    full_text: FullText

    @classmethod
    def over(cls, workspace: Workspace) -> Indexes:
        """Create the indexes of the library that is open in ``workspace``."""
        articles, annotations = map(workspace.database.catalog_table, ("articles", "annotations"))
        records = Records(articles, annotations, workspace.catalog)
        return cls(LiveIndex(articles, workspace.timezone), records, FullText(workspace.folder, records))

    def close(self) -> None:
        """Close the full-text index file."""
        self.full_text.close()
