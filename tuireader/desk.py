"""``Desk``: the objects that every part of the reader may use. It is passed to their constructors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from textual.app import App

from library import Article, Library, LibraryError, Passage
from library.text.amounts import counted
from tuireader.events import Changed, Events, What
from tuireader.jobs.changes import Changes, Say
from tuireader.jobs.jobs import Jobs
from tuireader.keys import key_map_of
from tuireader.settings.chosen import ChosenSettings


class Front(Protocol):
    """The articles and words that a command acts on."""

    def article_ids(self) -> list[str]:
        """Return the articles that a command acts on: the selected ones, otherwise the one in front."""

    def article_id(self) -> str | None:
        """Return the article in front: the one being read, otherwise the one at the cursor of the list."""

    def passage(self) -> Passage | None:
        """Return the selected words of the article view, otherwise the paragraph in front, or None."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The library, and the means to read and change it from the reader."""

    library: Library
    app: App[Any]
    jobs: Jobs
    changes: Changes
    front: Front
    say: Say
    events: Events
    settings: ChosenSettings

    def find_article(self, article_id: str | None) -> Article | None:
        """Return the article, or None if it does not exist."""
        return None if article_id is None else find_article(self.library, article_id)

    def key(self, command: str) -> str:
        """Return the key of a command as it is now, for a message."""
        return key_map_of(self.app).key(command)

    @property
    def to_undo(self) -> str:
        """The words that end the message of a change."""
        return f"{self.key('undo')} to undo"

    def show_changed(self, ids: Sequence[str], done: str, what: What) -> None:
        """Publish that articles were changed. Show a message unless the row itself shows the change."""
        if not ids:
            self.say("No change: already set.")
            return
        if len(ids) != 1 or done not in ("Bookmarked", "Marked as read", "Bookmark removed"):
            articles = "" if len(ids) == 1 else f": {counted(len(ids), 'article')}"
            self.say(f"{done}{articles} · {self.to_undo}")
        self.events.library_changed.publish(Changed(what, tuple(ids)))

    def article_in_front(self) -> Article | None:
        """Return the article that a command about a single article acts on."""
        return self.find_article(self.front.article_id())


def find_article(library: Library, article_id: str) -> Article | None:
    """Return the article of ``library``, or None if it does not exist."""
    try:
        return library.articles.get(article_id)
    except LibraryError:
        return None
