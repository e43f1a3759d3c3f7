"""Exporting many articles: each one is read on its own, and nothing that is there is replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

from library.errors import ExportRefused, LibraryError
from library.exporting.markdown import file_name, markdown_file
from library.exporting.outcomes import ExportForm, ExportOutcome, ExportStatus, WholeArticle
from library.exporting.records import cleaned, json_line, whole_article_record
from library.store.atomic import make_folder, new_file

Gather = Callable[[str], WholeArticle]
"""What finds all of an article by its id; may raise LibraryError."""


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
    for key in ids:
        try:
            whole = gather(key)
        except LibraryError as error:
            yield _failed(key, error)
            continue
        status, file = _write(folder, whole)
        yield ExportOutcome(id=key, status=status, title=whole.article.title, file=file)


def _write(folder: Path, whole: WholeArticle) -> tuple[ExportStatus, Path]:
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
        for key in ids:
            try:
                whole = gather(key)
            except LibraryError as error:
                yield _failed(key, error)
                continue
            write(f"{json_line(cleaned(whole_article_record(whole)))}\n".encode())
            yield ExportOutcome(id=key, status=ExportStatus.WRITTEN, title=whole.article.title, file=file)


def _failed(key: str, error: LibraryError) -> ExportOutcome:
    return ExportOutcome(id=key, status=ExportStatus.FAILED, error=str(error))
