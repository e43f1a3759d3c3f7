"""All errors of the library, as one tree.

::

    LibraryError
    ├── ArticleNotFound        no article has this id
    ├── AmbiguousId            several articles (or annotations) have an id with this beginning
    ├── AnnotationNotFound     no note or highlight has this id
    ├── QuoteNotFound          the words to annotate are not in the article
    ├── RevisionNotFound       an article has no revision of this number
    ├── TagNotFound            nothing has this tag
    ├── RuleNotFound           no tag rule has this id
    ├── SearchNotFound         no saved search has this name
    ├── SearchNameTaken        another saved search has this name
    ├── SearchInUse            other saved searches, or tag rules, use this one
    ├── QueryError             a query cannot be understood; says where
    ├── SearchStopped          a search was stopped by its caller
    ├── ChangeStopped          a change was stopped by its caller
    ├── ImportFailed           one source could not be read as an article
    ├── ExportRefused          the export path cannot be written, or already exists
    ├── UnknownFormat          articles cannot be exported in this format
    ├── NothingToUndo          there is no change to undo
    └── StoreError             the folder of the library cannot be used
        ├── StoreUnwritable    a change could not be written
        │   ├── LibraryLocked  another program keeps the library locked
        │   ├── LibraryAway    its disk was removed
        │   └── DamagedUnwritable  it is damaged and is not overwritten
        ├── CatalogDamaged     the catalogue is not readable
        ├── CatalogTooLarge    the catalogue does not fit into memory
        └── FormatTooNew       a newer program wrote this library

Each error prints as one sentence with a remedy, and has the ids it concerns as attributes.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path


class LibraryError(Exception):
    """The base of all errors that this package raises deliberately."""


class ArticleNotFound(LibraryError, LookupError):
    """No article has an id that begins with ``prefix``."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        super().__init__(f"No article has an id that begins with “{prefix}”. To see the ids: tuireader list")


class AmbiguousId(LibraryError, LookupError):
    """More than one of ``things`` has an id that begins with ``prefix``."""

    def __init__(self, prefix: str, candidates: tuple[str, ...], things: str = "articles") -> None:
        self.prefix = prefix
        self.candidates = candidates
        shown = ", ".join(candidates[:3]) + (", …" if len(candidates) > 3 else "")
        super().__init__(
            f"“{prefix}” begins the ids of {len(candidates)} {things} ({shown}). Add another letter."
        )


class AnnotationNotFound(LibraryError, LookupError):
    """No annotation has the id ``annotation_id``."""

    def __init__(self, annotation_id: str) -> None:
        self.annotation_id = annotation_id
        super().__init__(f"No note or highlight has the id “{annotation_id}”.")


class QuoteNotFound(LibraryError, LookupError):
    """The words ``quote`` do not occur ``occurrence`` times in the article."""

    def __init__(self, article_id: str, quote: str, occurrence: int, found: int) -> None:
        self.article_id = article_id
        self.quote = quote
        self.occurrence = occurrence
        self.found = found
        if found:
            times = "once" if found == 1 else f"{found} times"
            reason = f"occurs only {times} in article {article_id}; there is no occurrence {occurrence}"
        else:
            reason = f"was not found in article {article_id}; copy the words exactly as shown"
        super().__init__(f"“{quote}” {reason}.")


class RevisionNotFound(LibraryError, LookupError):
    """An article has ``count`` revisions, but none with the number ``revision``."""

    def __init__(self, article_id: str, revision: int, count: int) -> None:
        self.article_id = article_id
        self.revision = revision
        self.count = count
        if count > 1:
            reason = f"its revisions are numbered 1 (the oldest) to {count}"
        else:
            reason = (
                "its only revision is number 1" if count else "it was never imported with a different text"
            )
        super().__init__(f"Article {article_id} has no revision {revision}: {reason}.")


class MarkNotFound(LibraryError, LookupError):
    """No jump mark has the letter ``letter``."""

    def __init__(self, letter: str) -> None:
        self.letter = letter
        super().__init__(f"There is no jump mark {letter}.")


class TagNotFound(LibraryError, LookupError):
    """Nothing in the library has ``tag``. ``close`` is a tag with similar spelling, or empty."""

    def __init__(self, tag: str, close: str = "") -> None:
        self.tag = tag
        self.close = close
        remedy = f"Did you mean “{close}”?" if close else "To see the tags: tuireader tags"
        super().__init__(f"There is no tag “{tag}”. {remedy}")


class RuleNotFound(LibraryError, LookupError):
    """No tag rule has an id that begins with ``prefix``."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        super().__init__(
            f"No rule has an id that begins with “{prefix}”. To see the ids: tuireader rules list"
        )


class SearchNotFound(LibraryError, LookupError):
    """There is no saved search ``name``."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"There is no saved search “{name}”. To see them: tuireader searches list")


class SearchNameTaken(LibraryError):
    """Another saved search already has this ``name``, ignoring case and accents."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"A saved search “{name}” already exists. Choose another name, or remove it first.")


class SearchInUse(LibraryError):
    """``users``, saved searches and tag rules, use the saved search ``name``; it was not removed."""

    def __init__(self, name: str, users: tuple[str, ...]) -> None:
        self.name = name
        self.users = users
        named = ", ".join(users)
        super().__init__(f"“{name}” was not removed because {named} uses it. Change or remove that first.")


class QueryError(LibraryError, ValueError):
    """A query that cannot be understood.

    ``position`` is the index of the first character at fault, in code points from 0.
    """

    def __init__(self, message: str, query: str, position: int, suggestion: str = "") -> None:
        self.message = message
        self.query = query
        self.position = position
        self.suggestion = suggestion
        super().__init__(message + (f" {suggestion}" if suggestion else ""))

    def with_caret(self) -> str:
        """Return three lines: the query, a caret under the fault, and the message."""
        query = self.query.replace("\n", " ").replace("\t", " ")
        return f"{query}\n{' ' * _columns(query[: self.position])}^\n{self}"


def _columns(text: str) -> int:
    """Return the width of ``text`` in terminal columns."""
    shown = (char for char in text if not unicodedata.combining(char))
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in shown)


class SearchStopped(LibraryError):
    """A search was stopped by its caller."""

    def __init__(self) -> None:
        super().__init__("The search was stopped before all texts were read.")


class ChangeStopped(LibraryError):
    """A change was stopped by its caller; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("Stopped: nothing was changed.")


class ImportFailed(LibraryError):
    """``source`` (a path, an address or ``-``) could not be read as an article."""

    def __init__(self, source: str, reason: str) -> None:
        self.source = source
        self.reason = reason
        super().__init__(f"{source}: {reason}")


class FormRefused(ImportFailed):
    """``source`` has an unsupported format, such as a table or a picture. In a folder it is skipped."""


class ExportRefused(LibraryError):
    """Nothing more can be exported to ``path``."""

    def __init__(self, path: Path | str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path} {reason}")


class UnknownFormat(LibraryError, ValueError):
    """There is no export format ``name``; ``known`` lists the existing ones."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        self.name = name
        self.known = known
        super().__init__(f"Unknown export format “{name}”. The formats are: {', '.join(known)}.")


class NothingToUndo(LibraryError):
    """There is no change that could be undone (or redone)."""

    def __init__(self, direction: str = "undo") -> None:
        self.direction = direction
        super().__init__(f"There is nothing to {direction}.")


class StoreError(LibraryError, OSError):
    """The folder of the library cannot be used. ``path`` is the file or folder at fault."""

    def __init__(self, path: Path, message: str) -> None:
        self.path = path
        super().__init__(message)


class StoreUnwritable(StoreError):
    """A change could not be written to the disk; nothing was changed."""

    remedy = "Free some space, get write permission, or name another library with --library."

    def __init__(self, path: Path, reason: str) -> None:
        self.reason = reason
        super().__init__(
            path,
            f"{path} cannot be written ({reason}). Nothing was changed; you can still read. {self.remedy}",
        )


class LibraryAway(StoreUnwritable):
    """The catalogue is gone, for example because its disk was removed; nothing was changed."""

    remedy = "Reconnect the disk or restore the folder, and try again."


class DamagedUnwritable(StoreUnwritable):
    """The catalogue is damaged and is not overwritten; nothing was changed."""

    remedy = "Repair it with: tuireader doctor --repair"


class LibraryLocked(StoreUnwritable):
    """Another program has held the lock on ``path`` for ``seconds``; nothing was changed."""

    remedy = (
        "Try again when it has finished. If it hangs, end it (fuser shows the process that uses this file)."
    )

    def __init__(self, path: Path, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(path, f"another program has held this lock for {seconds:g} seconds")


class CatalogDamaged(StoreError):
    """The catalogue exists but cannot be read."""

    def __init__(self, path: Path, reason: str) -> None:
        self.reason = reason
        super().__init__(
            path,
            f"{path} is damaged ({reason}). It was not changed: undamaged parts can be read, and nothing "
            "is written until “tuireader doctor --repair” has repaired it.",
        )


class CatalogTooLarge(StoreError):
    """The catalogue does not fit into the available memory."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            f"{path} does not fit into memory. It was not changed. "
            "Close other programs, or raise the limit (shown by: ulimit -v), and try again.",
        )


class FormatTooNew(StoreError):
    """The library was written by a newer program, in format ``found``."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        self.found = found
        self.known = known
        super().__init__(
            path,
            f"{path} has format {found}; this program reads formats up to {known}. "
            "Update tuireader to open it; nothing was changed.",
        )
