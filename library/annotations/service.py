"""The annotation service: find, create and change notes, highlights and passage bookmarks."""

from __future__ import annotations

import re
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
from library.text.case_folding import LETTER, fold
from library.text.cleaning import clean_text
from library.text.tag_names import clean_tags
from library.workspace import Workspace

_NO_WORDS = re.compile(
    r"""
    ^[ ]{0,3}(?P<fence>`{3,}|~{3,})[^\n]*$ .*? (?:^[ ]{0,3}(?P=fence)[`~]*[ ]*$ | \Z)   # a block of code
    | (?<!`)(?P<ticks>`+)(?!`) .+? (?<!`)(?P=ticks)(?!`)                               # code
    | \]\([^)\s]*\)                                                                    # where a link leads
    | <[a-z][a-z0-9+.-]*:[^>\s]*>
    | \b[a-z][a-z0-9+.-]*://\S+ | \bwww\.\S+                                           # an address
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_NAME = f"(?:{LETTER}|[_/\u0300-\u036f\u200c\u200d-])"
_TAG = re.compile(rf"(?<![\w#/&\\])#(?=[\d_/-]*(?!\d){LETTER})({_NAME}+)(?!#)")


def note_tags(body: str) -> tuple[str, ...]:
    """Return the tags in the Markdown ``body``, in order and as written.

    A tag contains a letter of any script, and may contain digits, ``-``, ``_`` and ``/``. A ``#`` in code, in
    an address or before a space, as in a heading, begins no tag.
    """
    return tuple(match[1].strip("-_/") for match in _TAG.finditer(_NO_WORDS.sub(" ", body)))


class Annotations:
    """The annotations of a library. Every change can be undone.

    Methods that change something raise StoreUnwritable if the change cannot be written.
    """

    def __init__(self, workspace: Workspace, articles: Articles, search: Search, history: History) -> None:
        self._workspace = workspace
        self._articles = articles
        self._search = search
        self._history = history
        self._catalog = workspace.catalog

    def select(self, query: str | Query = "") -> list[Annotation]:
        """Return the annotations that match a query.

        Args:
            query: A query as in the filter bar; empty is all annotations.

        Returns:
            Annotations, newest first.

        Raises:
            QueryError: The query is invalid.
        """
        documents = self._catalog.annotations()
        found = self._search.annotation_ids(query)
        return [annotation_from_document(key, documents[key]) for key in found if key in documents]

    def on_this_day(self, query: str | Query = "") -> list[Annotation]:
        """Return the annotations made on today's day and month in earlier years.

        Args:
            query: As in ``select``.

        Returns:
            Annotations, newest first.

        Raises:
            QueryError: The query is invalid.
        """
        from library.annotations.review import made_on_this_day

        return made_on_this_day(self.select(query), self._workspace.today(), self._workspace.day_of)

    def for_review(self, query: str | Query = "") -> list[Annotation]:
        """Return a few old annotations to review, different each day.

        Args:
            query: As in ``select``.

        Returns:
            Annotations that quote an article.

        Raises:
            QueryError: The query is invalid.
        """
        from library.annotations.review import to_review

        return to_review(self.select(query), self._workspace.today(), self._workspace.day_of)

    def of(self, article_id: str) -> list[Annotation]:
        """Return the annotations of one article, oldest first."""
        documents = self._catalog.annotations()
        keys = self._catalog.annotation_ids(article_id)
        return [annotation_from_document(key, documents[key]) for key in keys if key in documents]

    def note_count(self, article_id: str) -> int:
        """Return the number of notes on an article."""
        return sum(note["kind"] == AnnotationKind.NOTE for note in self._catalog.annotations_of(article_id))

    def get(self, annotation_id: str) -> Annotation:
        """Return the annotation with this id.

        Args:
            annotation_id: The full id of the annotation.

        Raises:
            AnnotationNotFound: No annotation has this id.
        """
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
        """Add a note to an article or to a passage in it.

        Args:
            prefix: The id of the article, or an unambiguous prefix of it.
            body: The text of the note, Markdown; ``#idea`` in it becomes a tag of the note.
            quote: The exact words of the passage; empty for the whole article.
            occurrence: Number of the occurrence of the words, from 1.
            at: Offset of the passage in the plain text, in characters; used instead of ``occurrence``.
            tags: Further tags.

        Returns:
            The new note.

        Raises:
            ArticleNotFound: No article has such an id.
            AmbiguousId: Several articles have such an id.
            QuoteNotFound: The words do not occur there.
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
        """Highlight a passage of an article.

        Args:
            prefix: The id of the article, or an unambiguous prefix of it.
            quote: The exact words of the passage.
            colour: One of ``HIGHLIGHT_COLOURS``.
            occurrence: Number of the occurrence of the words, from 1.
            at: Offset of the passage in the plain text, in characters; used instead of ``occurrence``.

        Returns:
            The new highlight.

        Raises:
            ArticleNotFound: No article has such an id.
            AmbiguousId: Several articles have such an id.
            QuoteNotFound: The words do not occur there.
            LibraryError: There is no such colour.
        """
        _check_colour(colour)
        return self._annotate(prefix, AnnotationKind.HIGHLIGHT, quote, occurrence, at, colour=colour)

    def bookmark(self, prefix: str, quote: str, *, occurrence: int = 1, at: int | None = None) -> Annotation:
        """Bookmark a passage of an article.

        Args:
            prefix: The id of the article, or an unambiguous prefix of it.
            quote: The exact words of the passage.
            occurrence: Number of the occurrence of the words, from 1.
            at: Offset of the passage in the plain text, in characters; used instead of ``occurrence``.

        Returns:
            The bookmark; an existing one if the passage has one.

        Raises:
            ArticleNotFound: No article has such an id.
            AmbiguousId: Several articles have such an id.
            QuoteNotFound: The words do not occur there.
        """
        with self._workspace.database.transaction():
            article = self._catalog.article(self._catalog.resolve(prefix))
            place = self._quote(article, quote, occurrence, at)
            for bookmark in self._passage_bookmarks(article):
                if bookmark.quote == place and not bookmark.orphan:
                    return bookmark
            return self._annotate(article.id, AnnotationKind.BOOKMARK, quote, occurrence, at)

    def remove_bookmark(self, prefix: str, quote: str, *, occurrence: int = 1) -> Annotation:
        """Remove the bookmark of a passage, or an orphaned bookmark with these words.

        Args:
            prefix: The id of the article, or an unambiguous prefix of it.
            quote: The exact words of the passage.
            occurrence: Number of the occurrence of the words, from 1.

        Returns:
            The bookmark that was removed.

        Raises:
            ArticleNotFound: No article has such an id.
            AmbiguousId: Several articles have such an id.
            QuoteNotFound: The words do not occur there.
            LibraryError: The passage has no bookmark.
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
        """Replace the text of a note, and the tags written in it.

        A tag that is written in both texts stays unchanged, even if it was renamed or removed.

        Args:
            annotation_id: The full id of the annotation.
            body: The new text, Markdown.

        Returns:
            The changed note.

        Raises:
            AnnotationNotFound: No annotation has this id.
        """
        from library.annotations.service import note_tags

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
        """Change the colour of a highlight.

        Args:
            annotation_id: The full id of the annotation.
            colour: One of ``HIGHLIGHT_COLOURS``.

        Returns:
            The changed highlight.

        Raises:
            AnnotationNotFound: No annotation has this id.
            LibraryError: There is no such colour, or the annotation is not a highlight.
        """
        _check_colour(colour)
        with self._workspace.database.transaction():
            before = self._catalog.annotation(annotation_id)
            if before.kind is not AnnotationKind.HIGHLIGHT:
                raise LibraryError(f"{before.id} is a {before.kind} and cannot have a colour.")
            return self._edited("recolour highlight", before, replace(before, colour=colour))

    def tag(self, annotation_id: str, tags: Iterable[str], *, remove: bool = False) -> Annotation:
        """Add tags to an annotation, or remove them.

        Args:
            annotation_id: The full id of the annotation.
            tags: The names of the tags.
            remove: Remove the tags instead.

        Returns:
            The changed annotation.

        Raises:
            AnnotationNotFound: No annotation has this id.
        """
        names = clean_tags(tags)
        with self._workspace.database.transaction():
            before = self._catalog.annotation(annotation_id)
            gone = {fold(name) for name in names}
            kept = [tag for tag in before.tags if fold(tag) not in gone] if remove else [*before.tags, *names]
            return self._edited(f"tag {before.kind}", before, replace(before, tags=clean_tags(kept)))

    def reattach(
        self, annotation_id: str, quote: str, *, occurrence: int = 1, at: int | None = None
    ) -> Annotation:
        """Re-attach an annotation, usually an orphan, to a passage of its article.

        Args:
            annotation_id: The full id of the annotation.
            quote: The exact words of the passage.
            occurrence: Number of the occurrence of the words, from 1.
            at: Offset of the passage in the plain text, in characters; used instead of ``occurrence``.

        Returns:
            The changed annotation.

        Raises:
            AnnotationNotFound: No annotation has this id.
            QuoteNotFound: The words do not occur there.
        """
        with self._workspace.database.transaction():
            before = self._catalog.annotation(annotation_id)
            article = self._catalog.article(before.article)
            place = self._quote(article, quote, occurrence, at)
            placed = replace(before, quote=place, text_sha256=article.text_sha256, orphan=False)
            return self._edited(f"re-attach {before.kind}", before, placed)

    def remove(self, annotation_id: str) -> Annotation:
        """Remove an annotation; ``undo`` restores it.

        Args:
            annotation_id: The full id of the annotation.

        Returns:
            The annotation that was removed.

        Raises:
            AnnotationNotFound: No annotation has this id.
        """
        with self._workspace.database.transaction():
            before = self._catalog.annotation(annotation_id)
            self._write(f"remove {before.kind}", annotation_id, None)
        return before

    def resolve(self, prefix: str) -> str:
        """Return the full id of an annotation.

        Args:
            prefix: An unambiguous prefix of the id, in capitals or not.

        Raises:
            AnnotationNotFound: No annotation has such an id.
            AmbiguousId: Several annotations have such an id.
        """
        wanted = prefix.strip()
        ids = self._catalog.annotations()
        if wanted in ids:
            return wanted
        folded = wanted.casefold()
        found = {key for key in ids if folded and key.casefold().startswith(folded)}
        for closer in (
            {key for key in found if key.startswith(wanted)},
            {key for key in found if key.casefold() == folded},
        ):
            found = closer or found
        if not found:
            raise AnnotationNotFound(prefix)
        if len(found) > 1:
            raise AmbiguousId(prefix, tuple(sorted(found)), "annotations")
        return found.pop()

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
        from library.annotations.service import note_tags

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
        from library.annotations.anchors import anchored
        from library.annotations.matching import find_quote

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
        """Write ``after`` and return it; return ``before`` if nothing changed."""
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
