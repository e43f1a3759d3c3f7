"""The part of the façade that looks after tags: families, names, colours, rules, suggestions."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from library.errors import LibraryError
from library.given import each_text
from library.marking import clean_tags
from library.models import HIGHLIGHT_COLOURS, Article, Progress
from library.query import Query
from library.revising import Revising
from library.search import find
from library.search.index import fold_tag
from library.searching import Searching
from library.store.documents import article_from_document
from library.store.history import apply_change
from library.tags.changing import Renaming, TagTables, one_tag
from library.tags.documents import RULES, known_tags
from library.tags.families import families, related, spelled_tags, unused
from library.tags.rules import RuleBook, checked_rule, resolve_rule, rule_to_document, stored_rules
from library.tags.values import RelatedTag, TagChange, TagFamily, TagRule, TagSuggestion, UnusedTag


class Tagging(Revising, Searching):
    """Tags; ``Library`` sets the attributes. Every change is one step of ``undo``.

    A change of a tag is a change of its family: what is below it goes with it. All that change something
    raise StoreUnwritable where it cannot be written, and what ``progress`` raises: nothing is changed then.
    """

    _new_id: Callable[[], str]

    def tag_families(self, query: str | Query = "") -> tuple[TagFamily, ...]:
        """The tags of the articles found, and of annotations on them, as a tree. Raises QueryError.

        A count is how many of these articles ``tag:`` finds.
        """
        index, noted = self._index.current(), self._catalog.annotation_tags()
        return families(index, self._found_ids(query), noted, self.tag_colours())

    def tag_colours(self) -> dict[str, str]:
        """The colours of tags, by tag as ``library.search.index.fold_tag`` folds it."""
        documents = known_tags(self._database)
        return {key: document["colour"] for key, document in documents.items() if document["colour"]}

    def unused_tags(self) -> list[UnusedTag]:
        """Tags that nothing outside the trash carries: those with a colour, and those of trashed articles."""
        documents = known_tags(self._database)
        coloured = {key: document["tag"] for key, document in documents.items() if document["colour"]}
        noted = self._catalog.annotation_tags()
        return unused(self._index.current(), noted, coloured, self.tag_colours())

    def related_tags(self, tag: str, limit: int = 8) -> list[RelatedTag]:
        """Tags that stand together with ``tag`` more often than by chance, the surest first."""
        return related(tag, self._index.current(), self._catalog.annotation_tags(), limit)

    def rename_tag(self, former: str, latter: str, *, progress: Progress | None = None) -> TagChange:
        """Give a tag another name wherever it stands; onto the name of another tag, both become one.

        The words of notes stay as they are written. Raises TagNotFound; LibraryError where ``latter`` is no
        name of a tag, or too long for one.
        """
        with self._database.transaction():
            return self._renamed([former], latter, "rename of the tag", progress)

    def merge_tags(
        self, former: Iterable[str], latter: str, *, progress: Progress | None = None
    ) -> TagChange:
        """Make several tags one, ``latter``. Raises as ``rename_tag``."""
        with self._database.transaction():
            return self._renamed(list(each_text(former, "tags")), latter, "merge of the tags", progress)

    def delete_tag(self, tag: str, *, progress: Progress | None = None) -> TagChange:
        """Take a tag from everything that carries it, and its colour. Raises TagNotFound."""
        with self._database.transaction():
            tables = TagTables(self._database)
            name = tables.known(tag)
            title = f"deletion of the tag {name}"
            return tables.change(Renaming([name], ""), title, self._clock(), progress=progress)

    def recolour_tag(self, tag: str, colour: str) -> None:
        """Give a tag a colour of highlights, or (empty) none; a tag that nothing carries may have one.

        Raises LibraryError where there is no such colour.
        """
        if colour and colour not in HIGHLIGHT_COLOURS:
            raise LibraryError(f"“{colour}” is no colour of tags; they are {', '.join(HIGHLIGHT_COLOURS)}.")
        with self._database.transaction():
            tables = TagTables(self._database)
            name = one_tag(tag)
            name = tables.used().get(fold_tag(name), name)
            tables.colour(name, colour, f"colour of the tag {name}", self._clock())

    def _renamed(self, former: list[str], latter: str, what: str, progress: Progress | None) -> TagChange:
        tables = TagTables(self._database)
        latter, names = one_tag(latter), [tables.known(name) for name in former]
        others = tables.used()
        for name in names:
            others.pop(fold_tag(name), None)
        merged = fold_tag(latter) in others or len(names) > 1
        latter = others.get(fold_tag(latter), latter)
        title = f"{what} {', '.join(names)} to {latter}"
        renaming = Renaming(names, latter)
        return tables.change(renaming, title, self._clock(), merged=merged, progress=progress)

    def suggest_tags(self, prefix: str) -> list[TagSuggestion]:
        """What an article may be tagged with, each with its reason; nothing is set by this.

        First the tags it came with, then those of the library that occur in it, then what stands out in its
        text. Raises ArticleNotFound, AmbiguousId; LibraryError where its text cannot be read.
        """
        from library.store.texts import front_matter_of, read_content
        from library.tags.suggesting import Tagless, suggestions

        article = self._catalog.article(self._catalog.resolve(prefix))
        text = self.document(article.id).text
        try:
            content = read_content(self._path, article.text)
        except OSError:
            content = ""
        stated = front_matter_of(content).get("tags")
        came_with = tuple(map(str, stated)) if isinstance(stated, list) else ()
        index, noted = self._index.current(), self._catalog.annotation_tags()
        seen = Tagless(
            title=article.title,
            text=text,
            language=article.language,
            carried=article.tags,
            source=clean_tags(came_with),
        )
        return suggestions(seen, spelled_tags(index, noted), known_tags(self._database))

    def add_rule(self, query: str, tags: Iterable[str]) -> TagRule:
        """Give ``tags`` to what comes in from now on and matches ``query``.

        Raises QueryError; LibraryError where the rule would do nothing.
        """
        _, names = checked_rule(query, tags, self.parse)
        with self._database.transaction():
            rule = TagRule(id=self._new_id(), query=query.strip(), tags=names, created=self._clock())
            title, documents = f"rule for {', '.join(names)}", {rule.id: rule_to_document(rule)}
            apply_change(self._database, title, rule.created, {RULES: documents})
        return rule

    def rules(self) -> list[TagRule]:
        """The tag rules, the oldest first."""
        return stored_rules(self._database, self.parse)

    def remove_rule(self, prefix: str) -> TagRule:
        """Remove a rule; what it tagged stays as it is. Raises RuleNotFound, AmbiguousId."""
        with self._database.transaction():
            rule = resolve_rule(self.rules(), prefix)
            title = f"removal of the rule for {', '.join(rule.tags)}"
            apply_change(self._database, title, self._clock(), {RULES: {rule.id: None}})
        return rule

    def preview_rule(self, query: str, tags: Iterable[str]) -> list[Article]:
        """The articles that match ``query`` and lack one of ``tags``. Raises as ``add_rule``."""
        parsed, names = checked_rule(query, tags, self.parse)
        wanted, facts = {fold_tag(name) for name in names}, self._index.current().facts
        documents = self._catalog.articles()
        return [
            article_from_document(key, documents[key])
            for key in self._found_ids(parsed)
            if key in facts and not wanted <= set(map(fold_tag, facts[key].tags))
        ]

    def _found_ids(self, query: str | Query) -> list[str]:
        parsed = self.parse(query) if isinstance(query, str) else query
        return find(parsed, self._catalog, self._index.current(), self._word_index(parsed))

    def _rule_book(self) -> RuleBook:
        return RuleBook(self._database, self._catalog, self._timezone, self.parse)
