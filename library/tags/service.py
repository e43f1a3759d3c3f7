"""Tags: counts, families, names, colours, suggestions; adding and removing them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from library.arguments import each_text
from library.articles.service import Articles, DocumentEdit
from library.errors import LibraryError
from library.models import HIGHLIGHT_COLOURS, Progress, TagCount
from library.query import Query
from library.search import tag_counts
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

    A change of a tag is a change of its family: what is below it goes with it. All that change something
    raise StoreUnwritable where it cannot be written, and what ``progress`` raises: nothing is changed then.
    """

    def __init__(self, workspace: Workspace, indexes: Indexes, search: Search, articles: Articles) -> None:
        self._workspace = workspace
        self._database = workspace.database
        self._catalog = workspace.catalog
        self._facts = indexes.facts
        self._search = search
        self._articles = articles

    def counts(self, query: str | Query = "") -> list[TagCount]:
        """How many of the articles found carry each tag, the most used first. Raises QueryError."""
        return tag_counts(self._facts.current(), self._search.ids(query))

    def counts_of(self, ids: Iterable[str]) -> list[TagCount]:
        """How many of some articles carry each tag, the most used first."""
        return tag_counts(self._facts.current(), each_text(ids, "ids"))

    def add(
        self, prefixes: Iterable[str], tags: Iterable[str], *, progress: Progress | None = None
    ) -> list[str]:
        """Add tags to articles; the ids of those that changed. Raises ArticleNotFound, AmbiguousId."""
        names = clean_tags(tags)
        edit = retagging(names, remove=False)
        return self._articles.edit(prefixes, f"tag {', '.join(names)}", edit, progress=progress)

    def remove(
        self, prefixes: Iterable[str], tags: Iterable[str], *, progress: Progress | None = None
    ) -> list[str]:
        """Remove tags from articles; the ids of those that changed. Raises as ``add``."""
        names = clean_tags(tags)
        edit = retagging(names, remove=True)
        return self._articles.edit(prefixes, f"untag {', '.join(names)}", edit, progress=progress)

    def families(self, query: str | Query = "") -> tuple[TagFamily, ...]:
        """The tags of the articles found, and of annotations on them, as a tree. Raises QueryError.

        A count is how many of these articles ``tag:`` finds.
        """
        index, noted = self._facts.current(), self._catalog.annotation_tags()
        return families(index, self._search.ids(query), noted, self.colours())

    def colours(self) -> dict[str, str]:
        """The colours of tags, by tag as ``library.search.facts.fold_tag`` folds it."""
        documents = known_tags(self._database)
        return {key: document["colour"] for key, document in documents.items() if document["colour"]}

    def unused(self) -> list[UnusedTag]:
        """Tags that nothing outside the trash carries: those with a colour, and those of trashed articles."""
        documents = known_tags(self._database)
        coloured = {key: document["tag"] for key, document in documents.items() if document["colour"]}
        noted = self._catalog.annotation_tags()
        return unused(self._facts.current(), noted, coloured, self.colours())

    def related(self, tag: str, limit: int = 8) -> list[RelatedTag]:
        """Tags that stand together with ``tag`` more often than by chance, the surest first."""
        return related(tag, self._facts.current(), self._catalog.annotation_tags(), limit)

    def rename(self, old: str, new: str, *, progress: Progress | None = None) -> TagChange:
        """Give a tag another name wherever it stands; onto the name of another tag, both become one.

        The words of notes stay as they are written. Raises TagNotFound; LibraryError where ``new`` is no
        name of a tag, or too long for one.
        """
        with self._database.transaction():
            return self._renamed([old], new, "rename tag", progress)

    def merge(self, old: Iterable[str], new: str, *, progress: Progress | None = None) -> TagChange:
        """Make several tags one, ``new``. Raises as ``rename``."""
        with self._database.transaction():
            return self._renamed(list(each_text(old, "tags")), new, "merge tags", progress)

    def delete(self, tag: str, *, progress: Progress | None = None) -> TagChange:
        """Take a tag from everything that carries it, and its colour. Raises TagNotFound."""
        with self._database.transaction():
            tables = TagTables(self._database)
            name = tables.known(tag)
            title = f"delete tag {name}"
            return tables.change(Renaming([name], ""), title, self._workspace.clock(), progress=progress)

    def recolour(self, tag: str, colour: str) -> None:
        """Give a tag a colour of highlights, or (empty) none; a tag that nothing carries may have one.

        Raises LibraryError where there is no such colour.
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
        """What an article may be tagged with, each with its reason; nothing is set by this.

        First the tags it came with, then those of the library that occur in it, then what stands out in its
        text. Raises ArticleNotFound, AmbiguousId; LibraryError where its text cannot be read.
        """
        from library.store.texts import front_matter_of, read_content
        from library.tags.suggestions import Tagless, suggestions

        article = self._articles.get(prefix)
        text = self._articles.document(article.id).text
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
    """Adds the tags ``names`` to an article's document, or removes them; case and accents do not count."""
    folded = {fold(name): name for name in names}

    def retagged(document: Mapping[str, Any]) -> Mapping[str, Any]:
        before = document.get("tags", [])
        if remove:
            after = [tag for tag in before if fold(tag) not in folded]
        else:
            after = list(distinct_tags((*before, *folded.values())))
        return document if after == before else {**document, "tags": after}

    return retagged
