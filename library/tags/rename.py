"""Renames, merges, deletes and colours tags everywhere, as one change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from difflib import get_close_matches
from functools import cached_property
from itertools import chain
from typing import Any

from library.errors import LibraryError, TagNotFound
from library.models import Progress
from library.query import tag_uses
from library.query.formatting import FAMILY, tag_value
from library.search.facts import fold_tag
from library.store.database import CatalogDatabase
from library.store.history import Documents, Edit, apply_change, carry_out, edits_of
from library.store.layout import RULES, SEARCHES, TAGS
from library.tags.families import commonest, in_family
from library.tags.rules import is_rule
from library.tags.values import TagChange
from library.text.cleaning import TAG_LIMIT
from library.text.tag_names import clean_tags


def known_tags(database: CatalogDatabase) -> dict[str, Mapping[str, Any]]:
    """Return folded tag → document: ``tag``, ``colour`` (or empty), ``became`` (a name, empty, or None)."""
    known: dict[str, Mapping[str, Any]] = {}
    for key, document in database.catalog_table(TAGS).checked().items():
        folded = fold_tag(document["tag"])  # an earlier version folded fewer letters
        if folded and (key == folded or folded not in known):
            known[folded] = document
    return known


Document = Mapping[str, Any]


def one_tag(name: str) -> str:
    """Return ``name`` as a tag. Raises LibraryError if it is not a valid name."""
    cleaned = clean_tags([name])
    if not cleaned:
        raise LibraryError(f"“{name}” is not a tag name; a tag needs a letter or a digit.")
    return cleaned[0]


class Renaming:
    """A mapping of tags: those named ``old``, and all below them, become ``new`` (empty: are removed)."""

    def __init__(self, old: Iterable[str], new: str) -> None:
        self._old = sorted(map(fold_tag, old), key=len, reverse=True)
        self._new = new
        self._known: dict[str, tuple[str, str]] = {}
        """Tag → its new name, folded and as written."""

    def __call__(self, tag: str) -> str:
        """Return the new name of ``tag``; empty if it is removed. Raises LibraryError if it is too long."""
        folded = fold_tag(tag)
        family = next((name for name in self._old if in_family(folded, name)), None)
        if family is None or not self._new:
            return tag if family is None else ""
        below = tag.split("/")[family.count("/") + 1 :]
        renamed = "/".join((self._new, *below))
        if len(renamed) > TAG_LIMIT:
            raise LibraryError(f"“{renamed}” has more than {TAG_LIMIT} characters; use a shorter name.")
        return renamed

    def of(self, tags: Iterable[str]) -> list[str]:
        """Return ``tags`` after the renaming, without duplicates."""
        new: dict[str, str] = {}
        for tag in tags:
            if tag not in self._known:
                renamed = self(tag)
                self._known[tag] = (fold_tag(renamed), renamed)
            folded, renamed = self._known[tag]
            if renamed:
                new.setdefault(folded, renamed)
        return list(new.values())

    def in_query(self, query: str) -> str:
        """Rename the tags in ``query``; removed ones stay in it, and match nothing."""
        for use in reversed(tag_uses(query)):
            name, family = use.name.removesuffix(FAMILY), use.name.endswith(FAMILY)
            if self.touches(name) and (new := self(name)) and new != name:
                query = f"{query[: use.start]}{tag_value(new + FAMILY * family)}{query[use.end :]}"
        return query

    def touches(self, tag: str) -> bool:
        """Return True if ``tag`` is renamed or removed."""
        folded = fold_tag(tag)
        return any(in_family(folded, name) for name in self._old)


class TagTables:
    """The tables that contain tags. Made for one change, inside a transaction of ``database``."""

    def __init__(self, database: CatalogDatabase) -> None:
        self._database = database

    def documents(self, table: str) -> Mapping[str, Document]:
        return self._database.catalog_table(table).checked()

    @cached_property
    def _carried(self) -> dict[str, dict[str, list[str]]]:
        """Table → id → tags of every document that has some, as first read."""
        return {
            table: {
                key: tags for key, document in self.documents(table).items() if (tags := document.get("tags"))
            }
            for table in ("articles", "annotations", RULES)
        }

    @cached_property
    def _written(self) -> Counter[str]:
        """Number of uses of each tag, by spelling."""
        return Counter(tag for carried in self._carried.values() for tags in carried.values() for tag in tags)

    def change(
        self,
        renaming: Renaming,
        title: str,
        at: datetime,
        *,
        merged: bool = False,
        progress: Progress | None = None,
    ) -> TagChange:
        """Carry out ``renaming`` everywhere, as the change ``title``."""
        articles, annotations = self._retagged("articles", renaming), self._retagged("annotations", renaming)
        rules, searches = self._rules(renaming), self._searches(renaming)
        tables: dict[str, Documents] = {RULES: rules, SEARCHES: searches, TAGS: self._known(renaming)}
        edits = chain(
            self._edits("articles", articles),
            self._edits("annotations", annotations),
            edits_of(self._database, tables),
        )
        total = len(articles) + len(annotations) + sum(map(len, tables.values()))
        carry_out(self._database, title, at, edits, total=total, progress=progress)
        return TagChange(
            articles=tuple(articles),
            annotations=tuple(annotations),
            rules=len(rules),
            searches=len(searches),
            merged=merged,
        )

    def _edits(self, table: str, retagged: Mapping[str, list[str]]) -> Iterator[Edit]:
        documents = self.documents(table)
        for key, tags in retagged.items():
            before = documents[key]
            yield Edit(table, key, before, {**before, "tags": tags})

    def _rules(self, renaming: Renaming) -> dict[str, Document | None]:
        """Return the changed rules, with renamed queries; a rule without tags is removed."""
        changed: dict[str, Document | None] = {}
        for key, document in self.documents(RULES).items():
            if not is_rule(document):
                continue
            tags, query = renaming.of(document["tags"]), renaming.in_query(document["query"])
            if tags != document["tags"] or query != document["query"]:
                changed[key] = {**document, "tags": tags, "query": query} if tags else None
        return changed

    def _searches(self, renaming: Renaming) -> dict[str, Document]:
        """Return the saved searches that name a renamed tag."""
        return {
            key: {**document, "query": new}
            for key, document in self.documents(SEARCHES).items()
            if (new := renaming.in_query(str(document.get("query")))) != str(document.get("query"))
        }

    def _retagged(self, table: str, renaming: Renaming) -> dict[str, list[str]]:
        """Return id → new tags, for the documents whose tags change."""
        touched = set(filter(renaming.touches, self._written))
        return {
            key: new
            for key, tags in self._carried[table].items()
            if not touched.isdisjoint(tags) and (new := renaming.of(tags)) != tags
        }

    def _known(self, renaming: Renaming) -> dict[str, Document | None]:
        """Return the changed documents of tags: a colour moves with its tag, and the new name is recorded."""
        stored = known_tags(self._database)
        spelled = {**self.used(), **{key: document["tag"] for key, document in stored.items()}}
        changed: dict[str, Document | None] = {}
        for key, tag in sorted(spelled.items()):
            if not renaming.touches(tag):
                continue
            new = renaming(tag)
            if fold_tag(new) == key:
                continue
            colour = stored.get(key, {}).get("colour", "")
            changed[key] = {"tag": tag, "colour": "", "became": new}
            if new:
                other = changed.get(fold_tag(new)) or stored.get(fold_tag(new)) or {}
                if colour or other:
                    document = {"tag": new, "colour": other.get("colour") or colour, "became": None}
                    changed[fold_tag(new)] = document
        return changed

    def used(self) -> dict[str, str]:
        """Return folded tag → its most common spelling, of everything that has tags."""
        return commonest(self._written)

    def colour(self, tag: str, colour: str, title: str, at: datetime) -> None:
        """Set the ``colour`` of ``tag``, or remove it (empty), as the change ``title``."""
        key = fold_tag(tag)
        old = known_tags(self._database).get(key)
        new = {"tag": tag, "colour": colour, "became": None} if colour else None
        if (old["colour"] if old else "") == colour:
            return
        apply_change(self._database, title, at, {TAGS: {key: new}})

    def known(self, name: str) -> str:
        """Return the tag ``name`` as written; also a family of which only members are in use.

        Raises TagNotFound, LibraryError.
        """
        tag = one_tag(name)
        wanted = fold_tag(tag)
        spelled = self.used()
        spelled |= {key: one["tag"] for key, one in known_tags(self._database).items() if one["colour"]}
        if wanted in spelled:
            return spelled[wanted]
        depth = tag.count("/") + 1
        member = next((other for key, other in spelled.items() if in_family(key, wanted)), None)
        if member is None:
            close = get_close_matches(wanted, spelled, 1)
            raise TagNotFound(tag, spelled[close[0]] if close else "")
        return "/".join(member.split("/")[:depth])
