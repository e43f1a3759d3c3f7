"""The documents of the tables of tags and rules. What another program has spoilt of them is passed over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from library.search.facts import fold_tag
from library.store.database import CatalogDatabase
from library.store.layout import TAGS

Document = Mapping[str, Any]


def known_tags(database: CatalogDatabase) -> dict[str, Document]:
    """Folded tag → its document: ``tag``, ``colour`` (or empty), ``became`` (None, or a name, or empty)."""
    known: dict[str, Document] = {}
    for key, document in database.catalog_table(TAGS).checked().items():
        folded = fold_tag(document["tag"])  # an earlier version folded fewer letters
        if folded and (key == folded or folded not in known):
            known[folded] = document
    return known


def is_rule(document: Document) -> bool:
    """Whether ``document`` says what a rule has to say; a damaged one names no tag: see ``store.schema``."""
    return bool(document.get("tags"))
