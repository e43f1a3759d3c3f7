"""Finds the articles that a command names: by id, by a prefix of an id, or by a query."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from library import AmbiguousId, Article, ArticleNotFound, Library, LibraryError, QueryError
from library.query.tree import And, Is
from tuireader.cli.output import complain

_ID = re.compile(r"[a-z2-7]{1,16}", re.IGNORECASE)


_SURE = 6
"""Minimum length at which a prefix of an id is read as an id; shorter words may be search words."""


@dataclass(frozen=True, slots=True)
class Targets:
    """The ids found, and an error for each name that matches no article."""

    ids: tuple[str, ...]
    errors: tuple[LibraryError, ...] = ()

    def complain(self) -> int:
        """Print each error on standard error, and return the exit status."""
        for error in self.errors:
            complain(str(error))
        return 1 if self.errors else 0


def find_targets(library: Library, which: Sequence[str], *, trashed: bool = False) -> Targets:
    """Find the articles that ``which`` names: as ids if the words are ids, otherwise as one query.

    If a word shorter than six characters is a prefix of an id, but the words also find articles as a query,
    the query is used. Standard error reports which was used. With ``trashed``, a query searches the trash.
    Raises QueryError.
    """
    text = " ".join(which)
    if not text.strip():
        raise QueryError("Name an article by its id, or give a query.", text, 0)
    if not all(_ID.fullmatch(word) for word in which):
        return Targets(tuple(_query(library, text, trashed=trashed)))
    named = _named(library, which)
    if any(isinstance(error, AmbiguousId) for error in named.errors):
        quoted = LibraryError(f"To search for the words, quote them: '\"{text}\"'.")
        return replace(named, errors=(*named.errors, quoted))
    if named.ids and all(len(word) >= _SURE for word in which):
        return named
    found = _query(library, text, trashed=trashed)
    if not named.ids:
        return Targets(tuple(found)) if found else named
    if found:
        complain(f"“{text}” was taken as a query. {_RULE}")
        return Targets(tuple(found))
    if not named.errors:
        complain(f"“{text}” was taken as the beginning of an id.")
    return named


_RULE = f"A word of fewer than {_SURE} characters is an id only if it has no matches as a query."


def _named(library: Library, words: Sequence[str]) -> Targets:
    """Return the articles whose ids begin with ``words``, and an error for each unknown or ambiguous word."""
    ids, errors = [], list[LibraryError]()
    for word in words:
        try:
            ids.append(library.articles.resolve(word))
        except (ArticleNotFound, AmbiguousId) as error:
            errors.append(error)
    return Targets(tuple(ids), tuple(errors))


def one_target(library: Library, which: str) -> Article:
    """Return the one article that ``which`` names, by a prefix of its id or a query. Raises LibraryError."""
    with suppress(ArticleNotFound):
        return library.articles.get(which)
    targets = find_targets(library, [which])
    if targets.errors:
        raise targets.errors[0]
    if len(targets.ids) != 1:
        raise LibraryError(f"“{which}” finds {len(targets.ids):,} articles; this command takes one.")
    return library.articles.get(targets.ids[0])


def _query(library: Library, query: str, *, trashed: bool) -> list[str]:
    parsed = library.search.parse(query)
    if trashed:
        parsed = replace(parsed, node=And((Is("trashed"), parsed.node)))
    return library.search.ids(parsed)
