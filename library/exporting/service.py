"""The export service: writes articles with their annotations for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from library.annotations.jump_marks import JumpMarks
from library.annotations.service import Annotations
from library.arguments import each_text
from library.articles.service import Articles
from library.exporting.registry import Stream, export_format
from library.exporting.values import ExportOutcome, WholeArticle
from library.query import Query
from library.search.service import Search
from library.stories.service import Stories


class Exporting:
    """Writes articles to files. It does not change the library."""

    def __init__(
        self,
        articles: Articles,
        annotations: Annotations,
        jump_marks: JumpMarks,
        stories: Stories,
        search: Search,
    ) -> None:
        self._articles = articles
        self._annotations = annotations
        self._jump_marks = jump_marks
        self._stories = stories
        self._search = search

    def export(
        self,
        what: str | Query | Iterable[str],
        form: str,
        path: Path | str,
        *,
        on_outcome: Callable[[ExportOutcome], None] | None = None,
    ) -> list[ExportOutcome]:
        """Export articles to a folder or a file. Existing files are not replaced.

        Args:
            what: A query, or the ids of the articles.
            form: The name of an export format.
            path: The folder, or the file for a format of one file.
            on_outcome: Called with each outcome as soon as it is known.

        Returns:
            One outcome for each article, also for one that cannot be read.

        Raises:
            QueryError: The query is invalid.
            UnknownFormat: There is no such format.
            ExportRefused: The folder or file cannot be written.
        """
        outcomes = []
        for outcome in self.iter_export(what, form, path):
            outcomes.append(outcome)
            if on_outcome is not None:
                on_outcome(outcome)
        return outcomes

    def iter_export(
        self, what: str | Query | Iterable[str], form: str, target: Path | str | Stream
    ) -> Iterator[ExportOutcome]:
        """Export as ``export`` does, article by article, while the outcomes are iterated.

        For a format of one file, ``target`` may also be a function that takes text, such as
        ``sys.stdout.write``. Raises QueryError and UnknownFormat at once, ExportRefused during the iteration.
        """
        from library.exporting.writing import export_articles

        entry = export_format(form)
        ids = self._search.ids(what) if isinstance(what, str | Query) else list(each_text(what, "ids"))
        return export_articles(ids, self.whole_article, entry, target)

    def whole_article(self, prefix: str) -> WholeArticle:
        """Return everything that is exported of an article.

        Args:
            prefix: The id of the article, or an unambiguous prefix of it.

        Raises:
            LibraryError: As in ``Articles.body``.
        """
        article, story = self._articles.get(prefix), self._stories.of(prefix)
        return WholeArticle(
            article=article,
            body=self._articles.body(article.id),
            annotations=tuple(self._annotations.of(article.id)),
            story=story.ids if story.others else (),
            marks=tuple(mark for mark in self._jump_marks.all().values() if mark.article == article.id),
        )
