"""What other programs write, such as ``tuireader add``, is shown."""

from __future__ import annotations

from library import LibraryError
from tuireader.desk import Desk
from tuireader.events import Changed
from tuireader.reader.indexing import TextIndexing


class OtherPrograms:
    """Looks for changes by other programs, and for what became known of the library's files."""

    def __init__(self, desk: Desk, indexing: TextIndexing) -> None:
        self._desk = desk
        self._indexing = indexing
        self._problem = ""
        self._shown_notices: set[str] = set()

    def show_notices(self) -> None:
        """Show what became known of the library's files, each thing once."""
        for notice in self._desk.library.maintenance.notices:
            if notice not in self._shown_notices:
                self._shown_notices.add(notice)
                self._desk.say(notice, "warning")

    async def follow(self) -> None:
        """Take over what another program wrote."""
        try:
            changed = await self._desk.changes.writer(self._desk.library.refresh)
        except LibraryError as error:
            if str(error) != self._problem:
                self._problem = str(error)
                self._desk.say(str(error), "error")
            return
        self._problem = ""
        self.show_notices()
        if changed:
            self._desk.events.library_changed.publish(Changed())
            self._indexing.start_soon()
