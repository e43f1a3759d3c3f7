"""Exporting many articles: each one is read on its own, and nothing that is there is replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count
from pathlib import Path

from library.errors import ExportRefused, LibraryError
from library.exporting.markdown import file_name, markdown_file
from library.exporting.outcomes import ExportForm, ExportOutcome, ExportStatus, WholeArticle
from library.exporting.records import cleaned, exported_record, json_line
from library.store.atomic import make_folder, new_file

Gather = Callable[[str], WholeArticle]
"""What finds all of an article by its id; may raise LibraryError."""

_Written = tuple[ExportStatus, Path]
"""What became of an article, and its file."""


def export_articles(
    ids: Sequence[str], gather: Gather, form: ExportForm, path: Path | str
) -> Iterator[ExportOutcome]:
    """Write articles to the folder ``path`` (Markdown), or to the file ``path`` (JSON lines).

    An outcome each, in their order, as soon as it is written; the file of JSON lines has its name after the
    last one. Raises ExportRefused.
    """
    try:
        place = Path(path).expanduser().absolute()
        yield from (_json_lines if form is ExportForm.JSONL else _markdown_files)(ids, gather, place)
    except FileExistsError:
        raise ExportRefused(path, "is there already and was left as it is. Name another one.") from None
    except (OSError, ValueError, RuntimeError) as error:  # ValueError: a NUL; RuntimeError: “~nobody”
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise ExportRefused(path, f"cannot be written ({reason}). Name another place.") from error


def _markdown_files(ids: Sequence[str], gather: Gather, folder: Path) -> Iterator[ExportOutcome]:
    make_folder(folder)
    if not folder.is_dir():
        raise FileExistsError
    yield from _each(ids, gather, partial(_write, folder))


def _write(folder: Path, whole: WholeArticle) -> _Written:
    """Write an article under the first name that is free, unless it is there already. Raises OSError."""
    data = markdown_file(whole).encode()
    names = (file_name(whole, f"-{number}" if number > 1 else "") for number in count(1))
    for file in (folder / name for name in names):
        if file.is_file() and file.read_bytes() == data:
            return ExportStatus.PRESENT, file
        if not file.exists() and _made(file, data):
            return ExportStatus.WRITTEN, file
    raise AssertionError("numbers do not end")


def _made(file: Path, data: bytes) -> bool:
    """Write a new file; false where another program was quicker. Raises OSError."""
    try:
        with new_file(file) as write:
            write(data)
    except FileExistsError:
        return False
    return True


def _json_lines(ids: Sequence[str], gather: Gather, file: Path) -> Iterator[ExportOutcome]:
    if file.exists():
        raise FileExistsError
    make_folder(file.parent)
    with new_file(file) as write:

        def write_line(whole: WholeArticle) -> _Written:
            write(f"{json_line(cleaned(exported_record(whole)))}\n".encode())
            return ExportStatus.WRITTEN, file

        yield from _each(ids, gather, write_line)


def _each(
    ids: Sequence[str], gather: Gather, write: Callable[[WholeArticle], _Written]
) -> Iterator[ExportOutcome]:
    """Write one article after the other; one that cannot be read is told, and the rest goes on."""
    for key in ids:
        try:
            whole = gather(key)
        except LibraryError as error:
            yield ExportOutcome(id=key, status=ExportStatus.FAILED, error=str(error))
            continue
        status, file = write(whole)
        yield ExportOutcome(id=key, status=status, title=whole.article.title, file=file)
