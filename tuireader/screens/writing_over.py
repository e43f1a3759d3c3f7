"""A screen over the panes in which notes and tags are written."""

from __future__ import annotations

from typing import TypeVar

from textual import getters

from tuireader.screens.over_panes import OverPanes
from tuireader.screens.writing import WritingScreen
from tuireader.widgets.row_list import RowList

R = TypeVar("R")


class WritingOverPanes(OverPanes[R], WritingScreen[R]):
    """What the notebook and the tags view do with what is written; the reader keeps the drafts."""

    rows = getters.query_one(RowList)

    async def keep_draft(self, key: str, text: str) -> bool:
        return await self.reader.keep_draft(key, text)

    def leave_tags(self) -> None:
        self.set_focus(self.rows)
