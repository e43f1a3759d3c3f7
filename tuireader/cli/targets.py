"""Which articles a command is about: ids, beginnings of ids, or a query."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from library import AmbiguousId, Article, ArticleNotFound, Library, LibraryError, QueryError
from library.search.tree import And, Is
from tuireader.cli.output import complain

_ID = re.compile(r"[a-z2-7]{1,16}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Targets:
    """The ids found, and an error for each name that stands for no article."""

    ids: tuple[str, ...]
    errors: tuple[LibraryError, ...] = ()

    def complain(self) -> int:
        """Name each failure on standard error; the exit status."""
        for error in self.errors:
            complain(str(error))
        return 1 if self.errors else 0


def find_targets(library: Library, which: Sequence[str], *, trashed: bool = False) -> Targets:
    """The articles that ``which`` names: each word as an id where it is one, else all as one query.

    ``trashed``: a query looks in the trash. Raises QueryError.
    """
    if not "".join(which).strip():
        raise QueryError("Name an article by its id, or give a query.", " ".join(which), 0)
    ids, errors = [], list[LibraryError]()
    if not all(_ID.fullmatch(word) for word in which):
        return Targets(tuple(_query(library, " ".join(which), trashed=trashed)))
    for word in which:
        try:
            ids.append(library.resolve(word))
        except (ArticleNotFound, AmbiguousId) as error:
            errors.append(error)
    if not ids and not any(isinstance(error, AmbiguousId) for error in errors):
        found = _query(library, " ".join(which), trashed=trashed)
        if found:
            return Targets(tuple(found))
    return Targets(tuple(ids), tuple(errors))


def one_target(library: Library, which: str) -> Article:
    """The one article that ``which`` names, as an id or as a query. Raises LibraryError."""
    targets = find_targets(library, [which])
    if targets.errors:
        raise targets.errors[0]
    if len(targets.ids) != 1:
        raise LibraryError(f"“{which}” finds {len(targets.ids):,} articles; this command takes one.")
    return library.article(targets.ids[0])


def _query(library: Library, query: str, *, trashed: bool) -> list[str]:
    parsed = library.parse(query)
    if trashed:
        parsed = replace(parsed, node=And((Is("trashed"), parsed.node)))
    return library.ids(parsed)
