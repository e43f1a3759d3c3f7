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


class Front(Protocol):
    """The articles and words that a command acts on."""

    def article_ids(self) -> list[str]:
        """The articles that a command is about: the selected ones, otherwise the one in front."""

    def article_id(self) -> str | None:
        """The article in front: the one being read, otherwise the one under the cursor of the list."""

    def passage(self) -> Passage | None:
        """The selected words of the article view, otherwise the paragraph in front; None without any."""


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

    def find_article(self, article_id: str | None) -> Article | None:
        """The article; None if it no longer exists."""
        return None if article_id is None else find_article(self.library, article_id)

    def show_changed(self, ids: Sequence[str], done: str, what: What) -> None:
        """Tell everyone that articles were changed; say it where more than one row shows it by itself."""
        if not ids:
            self.say("No change: already set.")
            return
        if len(ids) != 1 or done not in ("Bookmarked", "Marked as read", "Bookmark removed"):
            articles = "" if len(ids) == 1 else f": {counted(len(ids), 'article')}"
            self.say(f"{done}{articles} · u to undo")
        self.events.library_changed.publish(Changed(what, tuple(ids)))

    def article_in_front(self) -> Article | None:
        """The article that a command about one article means."""
        return self.find_article(self.front.article_id())


def find_article(library: Library, article_id: str) -> Article | None:
    """The article of ``library``; None if it no longer exists."""
    try:
        return library.articles.get(article_id)
    except LibraryError:
        return None
