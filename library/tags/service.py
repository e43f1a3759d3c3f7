"""The tag service: add, remove, count, rename, colour and suggest tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from library.arguments import each_text
from library.articles.service import Articles, DocumentEdit
from library.errors import LibraryError
from library.models import HIGHLIGHT_COLOURS, Progress, TagCount
from library.query import Query
from library.search.counts import tag_counts
from library.search.facts import fold_tag
from library.search.indexes import Indexes
from library.search.service import Search
from library.tags.families import families, related, spelled_tags, unused
from library.tags.rename import Renaming, TagTables, known_tags, one_tag
from library.tags.values import RelatedTag, TagChange, TagFamily, TagSuggestion, UnusedTag
from library.text.case_folding import fold
from library.text.tag_names import clean_tags, distinct_tags
from library.workspace import Workspace


class Tags:
    """The tags of a library. Every change is one step of ``undo``.

    A change of a tag changes the tags below it as well. Methods that change something raise StoreUnwritable
    if the change cannot be written. An exception from ``progress`` stops them, and nothing is changed.
    """

    def __init__(self, workspace: Workspace, indexes: Indexes, search: Search, articles: Articles) -> None:
        self._workspace = workspace
        self._database = workspace.database
        self._catalog = workspace.catalog
        self._facts = indexes.facts
        self._search = search
        self._articles = articles

    def counts(self, query: str | Query = "") -> list[TagCount]:
        """Count the articles of a query by tag.

        Args:
            query: A query as in the filter bar; empty is all articles.

        Returns:
            Tags with their numbers of articles, the most used first.

        Raises:
            QueryError: The query is invalid.
        """
        return tag_counts(self._facts.current(), self._search.ids(query))

    def counts_of(self, ids: Iterable[str]) -> list[TagCount]:
        """Count the articles ``ids`` by tag; return the most used tags first."""
        return tag_counts(self._facts.current(), each_text(ids, "ids"))

    def add(
        self, prefixes: Iterable[str], tags: Iterable[str], *, progress: Progress | None = None
    ) -> list[str]:
        """Add tags to articles.

        Args:
            prefixes: Ids, or unambiguous prefixes of ids.
            tags: The names of the tags.
            progress: Called with the number done and the total; an exception from it stops the change.

        Returns:
            The ids of the articles that changed.

        Raises:
            ArticleNotFound: No article has such an id.
            AmbiguousId: Several articles have such an id.
        """
        names = clean_tags(tags)
        edit = retagging(names, remove=False)
        return self._articles.edit(prefixes, f"tag {', '.join(names)}", edit, progress=progress)

    def remove(
        self, prefixes: Iterable[str], tags: Iterable[str], *, progress: Progress | None = None
    ) -> list[str]:
        """Remove tags from articles.

        Args:
            prefixes, tags, progress: As in ``add``.

        Returns:
            The ids of the articles that changed.

        Raises:
            ArticleNotFound: No article has such an id.
            AmbiguousId: Several articles have such an id.
        """
        names = clean_tags(tags)
        edit = retagging(names, remove=True)
        return self._articles.edit(prefixes, f"untag {', '.join(names)}", edit, progress=progress)

    def families(self, query: str | Query = "") -> tuple[TagFamily, ...]:
        """Return the tags of the articles of a query, and of their annotations, as a tree.

        A count is the number of these articles that ``tag:`` finds.

        Args:
            query: A query as in the filter bar; empty is all articles.

        Raises:
            QueryError: The query is invalid.
        """
        index, noted = self._facts.current(), self._catalog.annotation_tags()
        return families(index, self._search.ids(query), noted, self.colours())

    def colours(self) -> dict[str, str]:
        """Return the colours of tags, by tag as ``library.search.facts.fold_tag`` folds it."""
        documents = known_tags(self._database)
        return {key: document["colour"] for key, document in documents.items() if document["colour"]}

    def unused(self) -> list[UnusedTag]:
        """Return the tags that nothing outside the trash has."""
        documents = known_tags(self._database)
        coloured = {key: document["tag"] for key, document in documents.items() if document["colour"]}
        noted = self._catalog.annotation_tags()
        return unused(self._facts.current(), noted, coloured, self.colours())

    def related(self, tag: str, limit: int = 8) -> list[RelatedTag]:
        """Return the tags that occur with ``tag`` more often than by chance.

        Args:
            tag: The name of the tag.
            limit: Number of tags at most.

        Returns:
            Related tags, the strongest relation first.
        """
        return related(tag, self._facts.current(), self._catalog.annotation_tags(), limit)

    def rename(self, old: str, new: str, *, progress: Progress | None = None) -> TagChange:
        """Rename a tag everywhere; the name of another tag merges the two.

        The texts of notes are not changed.

        Args:
            old: The tag.
            new: Its new name.
            progress: Called with the number done and the total; an exception from it stops the change.

        Returns:
            The articles, annotations, rules and searches that were changed.

        Raises:
            TagNotFound: Nothing in the library has the tag.
            LibraryError: ``new`` is not a valid tag name.
        """
        with self._database.transaction():
            return self._renamed([old], new, "rename tag", progress)

    def merge(self, old: Iterable[str], new: str, *, progress: Progress | None = None) -> TagChange:
        """Merge several tags into one.

        Args:
            old: The tags.
            new: The tag they become.
            progress: Called with the number done and the total; an exception from it stops the change.

        Returns:
            The articles, annotations, rules and searches that were changed.

        Raises:
            TagNotFound: Nothing in the library has the tag.
            LibraryError: ``new`` is not a valid tag name.
        """
        with self._database.transaction():
            return self._renamed(list(each_text(old, "tags")), new, "merge tags", progress)

    def delete(self, tag: str, *, progress: Progress | None = None) -> TagChange:
        """Remove a tag from everything that has it, and its colour.

        Args:
            tag: The tag.
            progress: Called with the number done and the total; an exception from it stops the change.

        Returns:
            The articles, annotations, rules and searches that were changed.

        Raises:
            TagNotFound: Nothing in the library has the tag.
        """
        with self._database.transaction():
            tables = TagTables(self._database)
            name = tables.known(tag)
            title = f"delete tag {name}"
            return tables.change(Renaming([name], ""), title, self._workspace.clock(), progress=progress)

    def recolour(self, tag: str, colour: str) -> None:
        """Set or remove the colour of a tag; an unused tag may have one.

        Args:
            tag: The tag.
            colour: One of ``HIGHLIGHT_COLOURS``; empty removes the colour.

        Raises:
            LibraryError: There is no such colour.
        """
        if colour and colour not in HIGHLIGHT_COLOURS:
            raise LibraryError(
                f"“{colour}” is not a tag colour. The colours are: {', '.join(HIGHLIGHT_COLOURS)}."
            )
        with self._database.transaction():
            tables = TagTables(self._database)
            name = one_tag(tag)
            name = tables.used().get(fold_tag(name), name)
            tables.colour(name, colour, f"recolour tag {name}", self._workspace.clock())

    def _renamed(self, old: list[str], new: str, what: str, progress: Progress | None) -> TagChange:
        tables = TagTables(self._database)
        new, names = one_tag(new), [tables.known(name) for name in old]
        others = tables.used()
        for name in names:
            others.pop(fold_tag(name), None)
        merged = fold_tag(new) in others or len(names) > 1
        new = others.get(fold_tag(new), new)
        title = f"{what} {', '.join(names)} to {new}"
        renaming = Renaming(names, new)
        return tables.change(renaming, title, self._workspace.clock(), merged=merged, progress=progress)

    def suggest(self, prefix: str) -> list[TagSuggestion]:
        """Suggest tags for an article, without adding them.

        Args:
            prefix: The id of the article, or an unambiguous prefix of it.

        Returns:
            Suggestions with their reasons: existing tags first, then tags it came with and words of its text.

        Raises:
            ArticleNotFound: No article has such an id.
            AmbiguousId: Several articles have such an id.
            LibraryError: The text cannot be read.
        """
        from library.store.texts import front_matter_of, read_content
        from library.tags.suggestions import Tagless, prose, suggestions

        article = self._articles.get(prefix)
        text = prose(self._articles.document(article.id))
        try:
            content = read_content(self._workspace.folder, article.text)
        except OSError:
            content = ""
        stated = front_matter_of(content).get("tags")
        came_with = tuple(map(str, stated)) if isinstance(stated, list) else ()
        index, noted = self._facts.current(), self._catalog.annotation_tags()
        seen = Tagless(
            title=article.title,
            text=text,
            language=article.language,
            carried=article.tags,
            source=clean_tags(came_with),
        )
        return suggestions(seen, spelled_tags(index, noted), known_tags(self._database))


def retagging(names: Iterable[str], *, remove: bool) -> DocumentEdit:
    """Return an edit that adds the tags ``names`` to an article's document, or removes them."""
    folded = {fold(name): name for name in names}

    def retagged(document: Mapping[str, Any]) -> Mapping[str, Any]:
        before = document.get("tags", [])
        if remove:
            after = [tag for tag in before if fold(tag) not in folded]
        else:
            after = list(distinct_tags((*before, *folded.values())))
        return document if after == before else {**document, "tags": after}

    return retagged
