"""Commands that add tags to the articles in front, and remove them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from library import LibraryError, TagSuggestion
from library.text.amounts import counted
from tuireader.commands.binding import Argument, Bound, once
from tuireader.desk import Desk
from tuireader.events import What
from tuireader.tags.prompt import TagQuestion, completions, split_tags


class TagCommands:
    """Commands that tag articles. Suggestions are shown, and set only if accepted."""

    def __init__(self, desk: Desk, question: TagQuestion) -> None:
        self._desk = desk
        self._question = question

    def commands(self) -> Iterable[Bound]:
        for command, remove in (("add-tag", False), ("remove-tag", True)):
            argument = Argument(partial(self._take, remove), partial(self._offers, remove))
            yield once(command, partial(self._ask_for_tags, remove=remove), argument)

    def _take(self, remove: bool, typed: str) -> None:
        """Add or remove tags that were typed on the command line."""
        ids, tags = tuple(self._desk.front.article_ids()), split_tags(typed)
        if ids and tags:
            self._desk.changes.start(partial(self._retag, ids, tags, remove))

    def _offers(self, remove: bool, typed: str) -> Iterator[tuple[str, str]]:
        ids = self._desk.front.article_ids()
        known = self._desk.library.tags.counts_of(ids) if remove else self._desk.library.tags.counts()
        counts = {count.tag: count.count for count in known}
        before = typed.rpartition(",")[0]
        for tag in completions(typed, known):
            yield f"{before}, {tag}" if before else tag, counted(counts[tag], "article")

    def _ask_for_tags(self, *, remove: bool) -> None:
        ids = tuple(self._desk.front.article_ids())
        if not ids:
            return
        known = self._desk.library.tags.counts_of(ids) if remove else self._desk.library.tags.counts()
        if remove and not known:
            self._desk.say("No tags to remove.")
            return
        what = counted(len(ids), "article")
        label = f"{'Remove tags from' if remove else 'Tag'} {what}:"
        adding_to_one = not remove and len(ids) == 1
        carried = self._desk.library.articles.get(ids[0]).tags if adding_to_one else ()
        self._question.ask(label, known, partial(self._retag, ids), remove=remove, carried=carried)
        if adding_to_one:
            self._suggest(ids[0])

    async def _retag(self, ids: tuple[str, ...], tags: tuple[str, ...], remove: bool) -> None:
        names = ", ".join(tags)
        service = self._desk.library.tags
        change = service.remove if remove else service.add
        changed = await self._desk.changes.many(
            "Untagging" if remove else "Tagging",
            lambda progress: change(ids, tags, progress=progress),
        )
        if changed is not None:
            what = f"{'Removed tags:' if remove else 'Tagged'} {names}"
            self._desk.show_changed(changed, what, What.TAGS)

    def _suggest(self, article_id: str) -> None:
        number = self._question.number

        def suggest() -> tuple[TagSuggestion, ...]:
            try:
                return tuple(self._desk.library.tags.suggest(article_id))
            except LibraryError:  # no suggestions for a text that cannot be read
                return ()

        def show(suggestions: tuple[TagSuggestion, ...]) -> None:
            if self._question.prompt.is_open and self._question.number == number:
                self._question.prompt.suggest(suggestions)

        self._desk.jobs.load("suggestions", suggest, show)
