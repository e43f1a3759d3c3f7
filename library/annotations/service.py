"""Notes, highlights and passage bookmarks: finding, making and changing them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from library.arguments import each_text
from library.articles.service import Articles
from library.errors import AmbiguousId, AnnotationNotFound, LibraryError, QuoteNotFound
from library.history import History
from library.models import HIGHLIGHT_COLOURS, Annotation, AnnotationKind, Article, Quote
from library.query import Query
from library.search.service import Search
from library.store.documents import annotation_from_document, annotation_to_document
from library.text.case_folding import fold
from library.text.cleaning import clean_text
from library.text.tag_names import clean_tags
from library.workspace import Workspace


class Annotations:
    """The annotations of a library. Every change can be undone.

    All that change something raise StoreUnwritable where it cannot be written.
    """

    def __init__(self, workspace: Workspace, articles: Articles, search: Search, history: History) -> None:
        self._workspace = workspace
        self._articles = articles
        self._search = search
        self._history = history
        self._catalog = workspace.catalog

    def select(self, query: str | Query = "") -> list[Annotation]:
        """Notes and highlights, newest first, of what the query finds. Raises QueryError."""
        documents = self._catalog.annotations()
        found = self._search.annotation_ids(query)
        return [annotation_from_document(key, documents[key]) for key in found if key in documents]

    def on_this_day(self, query: str | Query = "") -> list[Annotation]:
        """Those of ``select`` made on today's day and month in earlier years. Raises QueryError."""
        from library.annotations.review import made_on_this_day

        return made_on_this_day(self.select(query), self._workspace.today(), self._workspace.day_of)

    def for_review(self, query: str | Query = "") -> list[Annotation]:
        """A few old ones of ``select`` with words of an article, others each day. Raises QueryError."""
        from library.annotations.review import handful_of

        return handful_of(self.select(query), self._workspace.today(), self._workspace.day_of)

    def of(self, article_id: str) -> list[Annotation]:
        """The annotations of one article, oldest first."""
        documents = self._catalog.annotations()
        keys = self._catalog.annotation_ids(article_id)
        return [annotation_from_document(key, documents[key]) for key in keys if key in documents]

    def note_count(self, article_id: str) -> int:
        """How many notes an article has."""
        return sum(note["kind"] == AnnotationKind.NOTE for note in self._catalog.annotations_of(article_id))

    def get(self, annotation_id: str) -> Annotation:
        """The note or highlight with this id. Raises AnnotationNotFound."""
        return self._catalog.annotation(annotation_id)

    def note(
        self,
        prefix: str,
        body: str,
        *,
        quote: str = "",
        occurrence: int = 1,
        at: int | None = None,
        tags: Iterable[str] = (),
    ) -> Annotation:
        """Add a note on an article, or on the ``occurrence``-th place of the words ``quote`` in it.

        With ``at`` the place is the one that begins with that character of the plain text. Its tags are
        those given and those in its text (``#idea``). Raises ArticleNotFound, AmbiguousId, QuoteNotFound,
        also where the words do not stand at ``at``.
        """
        return self._annotate(prefix, AnnotationKind.NOTE, quote, occurrence, at, body=body, tags=tags)

    def highlight(
        self,
        prefix: str,
        quote: str,
        *,
        colour: str = HIGHLIGHT_COLOURS[0],
        occurrence: int = 1,
        at: int | None = None,
    ) -> Annotation:
        """Highlight the ``occurrence``-th place of the words ``quote``, or the one ``at`` a character.

        Raises as ``note``; LibraryError where there is no such colour.
        """
        _check_colour(colour)
        return self._annotate(prefix, AnnotationKind.HIGHLIGHT, quote, occurrence, at, colour=colour)

    def bookmark(self, prefix: str, quote: str, *, occurrence: int = 1, at: int | None = None) -> Annotation:
        """Bookmark the place of the words ``quote`` as in ``highlight``; a bookmark there stays as it is.

        Raises as ``note``.
        """
        with self._workspace.database.transaction():
            article = self._catalog.article(self._catalog.resolve(prefix))
            place = self._quote(article, quote, occurrence, at)
            for bookmark in self._passage_bookmarks(article):
                if bookmark.quote == place and not bookmark.orphan:
                    return bookmark
            return self._annotate(article.id, AnnotationKind.BOOKMARK, quote, occurrence, at)

    def remove_bookmark(self, prefix: str, quote: str, *, occurrence: int = 1) -> Annotation:
        """Remove the bookmark from the ``occurrence``-th place of the words ``quote``, or one that lost it.

        Raises as ``note``; LibraryError where no bookmark is there.
        """
        from library.text.typography import normalised

        with self._workspace.database.transaction():
            article = self._catalog.article(self._catalog.resolve(prefix))
            bookmarks = self._passage_bookmarks(article)
            words = normalised(clean_text(quote)).strip()
            lost = [
                one for one in bookmarks if one.orphan and one.quote and normalised(one.quote.exact) == words
            ]
            try:
                place = self._quote(article, quote, occurrence)
            except QuoteNotFound:
                if not lost:
                    raise
            else:
                lost = [one for one in bookmarks if one.quote == place and not one.orphan] or lost
            if not lost:
                raise LibraryError(f"There is no bookmark on “{quote}” in article {article.id}.")
            return self.remove(lost[0].id)

    def edit_note(self, annotation_id: str, body: str) -> Annotation:
        """Give a note another text, and the tags in it in place of those in the text before.

        A tag that stands in both, but was renamed or taken from the note meanwhile, stays as it is.
        Raises AnnotationNotFound.
        """
        from library.annotations.note_tags import note_tags

        with self._workspace.database.transaction():
            before, body = self._catalog.annotation(annotation_id), clean_text(body)
            old_tags, new_tags = (
                {fold(tag): tag for tag in clean_tags(note_tags(text))} for text in (before.body, body)
            )
            kept = [tag for tag in before.tags if fold(tag) not in old_tags.keys() - new_tags.keys()]
            added = [tag for key, tag in new_tags.items() if key not in old_tags]
            after = replace(before, body=body, tags=clean_tags((*kept, *added)))
            return self._edited("edit note", before, after)

    def recolour(self, annotation_id: str, colour: str) -> Annotation:
        """Give a highlight another colour. Raises AnnotationNotFound; LibraryError where it can have none."""
        _check_colour(colour)
        with self._workspace.database.transaction():
            before = self._catalog.annotation(annotation_id)
            if before.kind is not AnnotationKind.HIGHLIGHT:
                raise LibraryError(f"{before.id} is a {before.kind} and cannot have a colour.")
            return self._edited("recolour highlight", before, replace(before, colour=colour))

    def tag(self, annotation_id: str, tags: Iterable[str], *, remove: bool = False) -> Annotation:
        """Add tags to an annotation, or remove them. Raises AnnotationNotFound."""
        names = clean_tags(tags)
        with self._workspace.database.transaction():
            before = self._catalog.annotation(annotation_id)
            gone = {fold(name) for name in names}
            kept = [tag for tag in before.tags if fold(tag) not in gone] if remove else [*before.tags, *names]
            return self._edited(f"tag {before.kind}", before, replace(before, tags=clean_tags(kept)))

    def reattach(
        self, annotation_id: str, quote: str, *, occurrence: int = 1, at: int | None = None
    ) -> Annotation:
        """Put an annotation on the place of the words ``quote`` in its article, told as in ``highlight``.

        For one that lost its place in a changed text, and for any other. Raises AnnotationNotFound,
        QuoteNotFound.
        """
        with self._workspace.database.transaction():
            before = self._catalog.annotation(annotation_id)
            article = self._catalog.article(before.article)
            place = self._quote(article, quote, occurrence, at)
            placed = replace(before, quote=place, text_sha256=article.text_sha256, orphan=False)
            return self._edited(f"re-attach {before.kind}", before, placed)

    def remove(self, annotation_id: str) -> Annotation:
        """Remove an annotation; ``undo`` brings it back. Raises AnnotationNotFound."""
        with self._workspace.database.transaction():
            before = self._catalog.annotation(annotation_id)
            self._write(f"remove {before.kind}", annotation_id, None)
        return before

    def resolve(self, prefix: str) -> str:
        """The annotation's id that begins with ``prefix``. Raises AnnotationNotFound, AmbiguousId."""
        wanted = prefix.strip().casefold()
        ids = self._catalog.annotations()
        found = [wanted] if wanted in ids else [key for key in ids if wanted and key.startswith(wanted)]
        if not found:
            raise AnnotationNotFound(prefix)
        if len(found) > 1:
            raise AmbiguousId(prefix, tuple(sorted(found)), "annotations")
        return found[0]

    def _annotate(
        self,
        prefix: str,
        kind: AnnotationKind,
        words: str,
        occurrence: int,
        at: int | None,
        *,
        body: str = "",
        colour: str = "",
        tags: Iterable[str] = (),
    ) -> Annotation:
        from library.annotations.note_tags import note_tags

        with self._workspace.database.transaction():
            article, now = self._catalog.article(self._catalog.resolve(prefix)), self._workspace.clock()
            body = clean_text(body)
            annotation = Annotation(
                id=self._workspace.new_id(),
                article=article.id,
                kind=kind,
                quote=self._quote(article, words, occurrence, at) if words else None,
                text_sha256=article.text_sha256,
                body=body,
                colour=colour,
                tags=clean_tags((*each_text(tags, "tags"), *note_tags(body))),
                created=now,
                updated=now,
            )
            title = "bookmark passage" if kind is AnnotationKind.BOOKMARK else str(kind)
            self._write(title, annotation.id, annotation)
        return annotation

    def _quote(self, article: Article, words: str, occurrence: int, at: int | None = None) -> Quote:
        from library.annotations import anchored, find_quote

        text = self._articles.document(article.id).text
        if at is not None:
            if at < 0 or not text.startswith(words, at):
                raise QuoteNotFound(article.id, words, 1, 0)
            return anchored(text, at, at + len(words))
        words = clean_text(words)
        places = find_quote(text, words)
        if not 1 <= occurrence <= len(places):
            raise QuoteNotFound(article.id, words, occurrence, len(places))
        return anchored(text, *places[occurrence - 1])

    def _passage_bookmarks(self, article: Article) -> list[Annotation]:
        annotations = map(self._catalog.annotation, self._catalog.annotation_ids(article.id))
        return [one for one in annotations if one.kind is AnnotationKind.BOOKMARK and one.quote]

    def _edited(self, title: str, before: Annotation, after: Annotation) -> Annotation:
        """``after`` once it is written; ``before`` where nothing is to be changed."""
        if after == before:
            return before
        after = replace(after, updated=self._workspace.clock())
        self._write(title, after.id, after)
        return after

    def _write(self, title: str, annotation_id: str, annotation: Annotation | None) -> None:
        document = None if annotation is None else annotation_to_document(annotation)
        self._history.apply(title, {"annotations": {annotation_id: document}})


def _check_colour(colour: str) -> None:
    if colour not in HIGHLIGHT_COLOURS:
        raise LibraryError(
            f"“{colour}” is not a highlight colour. The colours are: {', '.join(HIGHLIGHT_COLOURS)}."
        )
