"""The first start: a line with the first keys, the welcome, and the removal of the sample articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from textual.content import Content
from textual.widgets import Static

from tuireader.commands.binding import Bound, once
from tuireader.commands.key_map import KeyMap
from tuireader.desk import Desk
from tuireader.events import Changed, Remembered, What

SAMPLES = "tag:starter"
"""The query of the sample articles."""

_GUIDE = {"guide", "starter"}
"""The tags of the articles that ask the reader to press a key."""


class HintLine(Static):
    """A line above the footer that is there until a key is pressed."""

    DEFAULT_CSS = """
    HintLine {
        display: none; height: auto; padding: 0 1; color: $text-muted; background: $background;
        &.-open { display: block; }
    }
    """


class FirstSteps:
    """What a new user sees once.

    Args:
        desk: The library, and the objects that change it.
        line: The line with the first keys.
        key_map: The keys that the commands have.
        folders: Returns the folders to look for articles in.
        import_files: Imports files.
    """

    def __init__(
        self,
        desk: Desk,
        line: HintLine,
        key_map: KeyMap,
        folders: Callable[[], Sequence[Path]],
        import_files: Callable[[Sequence[str]], object],
    ) -> None:
        self._desk = desk
        self._line = line
        self._key_map = key_map
        self._folders = folders
        self._import_files = import_files
        self._learned = What(0)
        desk.events.library_changed.subscribe(self._notice)

    def commands(self) -> Iterable[Bound]:
        yield once("remove-samples", self.remove_samples)
        yield once("welcome", self.welcome)

    def begin(self) -> None:
        """Show the line and the welcome, and remember that they were shown."""
        key = self._key_map.key
        words = (
            f"{key('help')} help · {key('palette')} commands · {key('remove-samples')} removes the samples"
        )
        self._line.update(Content(words))
        self._line.add_class("-open")
        self._desk.app.post_message(Remembered(welcomed=True))
        self.welcome()

    def end(self) -> None:
        """Remove the line."""
        self._line.remove_class("-open")

    def welcome(self) -> None:
        """Show the welcome."""
        from tuireader.welcome.screen import WelcomeScreen

        screen = WelcomeScreen(self._folders(), self._desk.library.path.absolute())
        self._desk.app.push_screen(screen, self._welcomed)

    def _welcomed(self, files: tuple[str, ...] | None) -> None:
        if files:
            self._import_files(files)

    def remove_samples(self) -> None:
        """Move the sample articles to the trash."""
        self._desk.changes.start(self._removed)

    def _notice(self, changed: Changed) -> None:
        """Say what a first mark in an article of the guide did, once for each kind of mark."""
        article = self._desk.find_article(changed.ids[0]) if changed.ids and len(changed.ids) == 1 else None
        if article is None or not _GUIDE.issubset(article.tags):
            return
        key, notes = self._key_map.key, self._desk.library.annotations.note_count(article.id)
        if What.MARKS in changed.what & ~self._learned and article.state.bookmarked:
            self._learned |= What.MARKS
            self._desk.say(f"Bookmarked. {key('view-bookmarked')} lists all bookmarks.")
        elif What.ANNOTATIONS in changed.what & ~self._learned and notes:
            self._learned |= What.ANNOTATIONS
            self._desk.say(f"Note saved. {key('go-notes')} shows all notes.")

    async def _removed(self) -> None:
        library = self._desk.library
        ids = await self._desk.changes.make(partial(library.search.ids, SAMPLES))
        if not ids:
            self._desk.say("There are no sample articles.")
            return
        changed = await self._desk.changes.make(library.articles.trash, ids)
        if changed is not None:
            self._desk.show_changed(changed, "Moved to the trash", What.MARKS)
