"""Writes many articles one at a time. Existing files are never replaced.

One writer serves folders, files and streams; a format of the registry makes the content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count
from pathlib import Path

from library.errors import ExportRefused, LibraryError
from library.exporting.registry import ExportFormat, Stream, Writer
from library.exporting.values import ExportOutcome, ExportStatus, WholeArticle
from library.store.disk import make_folder, new_file

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
