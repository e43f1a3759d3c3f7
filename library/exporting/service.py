"""The export service: writes articles with their annotations for other programs, one at a time.

One writer serves folders, files and streams; a format of the registry makes the content. Existing files are
never replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import count
from pathlib import Path

from library.annotations.jump_marks import JumpMarks
from library.annotations.service import Annotations
from library.arguments import each_text
from library.articles.service import Articles
from library.errors import ExportRefused, LibraryError
from library.exporting.registry import (
    ExportFormat,
    ExportOutcome,
    ExportStatus,
    Stream,
    WholeArticle,
    Writer,
    export_format,
)
from library.query import Query
from library.search.service import Search
from library.store.disk import make_folder, new_file
from library.stories.service import Stories

Gather = Callable[[str], WholeArticle]
"""Returns the content of an article by its id; may raise LibraryError."""

_Written = tuple[ExportStatus, Path | None]
"""The status of an article, and its file."""


def export_articles(
    ids: Sequence[str], gather: Gather, form: ExportFormat, target: Path | str | Stream
) -> Iterator[ExportOutcome]:
    """Write articles to the folder, file or stream ``target``, in the format ``form``.

    Yields one outcome for each article, in their order, as soon as it is written. A file gets its name after
    the last article. A stream takes only formats of one file. Raises ExportRefused and the
    stream's exceptions.
    """
    writer = form.writer()
    if not isinstance(target, str | Path):
        if not form.in_one_file:
            raise ExportRefused("the stream", f"cannot take {form.title}; name a folder.")
        yield from _one_file(ids, gather, writer, target, None)
        return
    try:
        place = Path(target).expanduser().absolute()
        yield from (_file if form.in_one_file else _folder)(ids, gather, writer, place)
    except FileExistsError:
        raise ExportRefused(target, "already exists and was not changed. Name another file.") from None
    except (OSError, ValueError, RuntimeError) as error:  # ValueError: a NUL; RuntimeError: “~nobody”
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise ExportRefused(target, f"cannot be written ({reason}). Name another path.") from error


def _folder(ids: Sequence[str], gather: Gather, writer: Writer, folder: Path) -> Iterator[ExportOutcome]:
    make_folder(folder)
    if not folder.is_dir():
        raise FileExistsError
    yield from _each(ids, gather, partial(_write, writer, folder))


def _write(writer: Writer, folder: Path, whole: WholeArticle) -> _Written:
    """Write an article under the first free name, unless a file with its content exists. Raises OSError."""
    assert writer.file_name is not None
    data = writer.encode(whole).encode()
    names = (writer.file_name(whole, f"-{number}" if number > 1 else "") for number in count(1))
    for file in (folder / name for name in names):
        if file.is_file() and file.read_bytes() == data:
            return ExportStatus.PRESENT, file
        if not file.exists() and _made(file, data):
            return ExportStatus.WRITTEN, file
    raise AssertionError("numbers do not end")


def _made(file: Path, data: bytes) -> bool:
    """Write a new file; return False if another program created it first. Raises OSError."""
    try:
        with new_file(file) as write:
            write(data)
    except FileExistsError:
        return False
    return True


def _file(ids: Sequence[str], gather: Gather, writer: Writer, file: Path) -> Iterator[ExportOutcome]:
    if file.exists():
        raise FileExistsError
    make_folder(file.parent)
    with new_file(file) as write:
        yield from _one_file(ids, gather, writer, lambda text: write(text.encode()), file)


def _one_file(
    ids: Sequence[str], gather: Gather, writer: Writer, stream: Stream, file: Path | None
) -> Iterator[ExportOutcome]:
    """Write all articles one after the other; ``file`` is the file behind the stream, or None."""

    def write_one(whole: WholeArticle) -> _Written:
        stream(writer.encode(whole))
        return ExportStatus.WRITTEN, file

    if writer.head:
        stream(writer.head)
    yield from _each(ids, gather, write_one)
    if writer.tail:
        stream(writer.tail)


def _each(
    ids: Sequence[str], gather: Gather, write: Callable[[WholeArticle], _Written]
) -> Iterator[ExportOutcome]:
    """Write the articles one by one; report one that cannot be read, and write the others."""
    for key in ids:
        try:
            whole = gather(key)
        except LibraryError as error:
            yield ExportOutcome(id=key, status=ExportStatus.FAILED, error=str(error))
            continue
        status, file = write(whole)
        yield ExportOutcome(id=key, status=status, title=whole.article.title, file=file)


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
        from library.exporting.service import export_articles

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
