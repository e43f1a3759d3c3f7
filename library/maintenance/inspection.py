"""A consistent view of a library for the doctor and backups: its tables at one change, and its files."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from library.errors import StoreUnwritable
from library.store.article_files import DELETING, LEFTOVERS, files_of, listed_files
from library.store.database import CatalogDatabase
from library.store.layout import CATALOG_NAME
from library.store.paths import article_file, files_below, readable_file
from library.store.pictures import kept_pictures
from library.store.schema import SCHEMAS, Problem
from library.store.snapshot import Snapshot
from library.store.tables import Documents
from library.store.texts import FENCE
from library.store.validation import CheckedDocuments, DamagedDocuments

_HEAD = 4096
_ID = re.compile(r"^id: ['\"]?([a-z2-7]{1,16})['\"]?$", re.MULTILINE)


def tables_at_one_change(database: CatalogDatabase) -> Snapshot:
    """Return a read-only copy of all current tables; its ``line`` is empty."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(StoreUnwritable):  # then use the tables in memory
            stack.enter_context(database.transaction())
        return database.catalog.snapshot()


def id_in_file(content: str) -> str:
    """Return the id in the front matter of an article file; empty if there is none."""
    if not content.startswith(FENCE):
        return ""
    head = content.partition(f"\n{FENCE}")[0]
    found = _ID.search(head)
    return found[1] if found else ""


class Inspection:
    """A library that is being examined, in ``folder``, at the moment ``now``."""

    def __init__(self, folder: Path, database: CatalogDatabase, now: datetime) -> None:
        self.folder = folder
        self.database = database
        self.now = now
        # List the files before the tables: a change that wrote a listed file is then in the tables.
        self.all_texts = frozenset(files_below(folder, "texts"))
        self.texts = frozenset(path for path in self.all_texts if path.endswith(".md"))
        self.pictures = frozenset(kept_pictures(folder))
        self._snapshot = tables_at_one_change(database)
        self._problems: dict[str, Mapping[str, tuple[Problem, ...]]] = {}

    @property
    def has_catalogue(self) -> bool:
        """True if there is a catalogue, intact or damaged."""
        return (self.folder / CATALOG_NAME).exists() or self.database.damage is not None

    def table(self, name: str) -> Mapping[str, Mapping[str, Any]]:
        """Return the documents of a table by id, validated by its schema."""
        return CheckedDocuments(self.raw(name), SCHEMAS[name], DamagedDocuments())

    def raw(self, name: str) -> Documents:
        """Return the documents of a table by id, as they are stored."""
        return self._snapshot.tables.get(name, Documents())

    def problems(self, name: str) -> Mapping[str, tuple[Problem, ...]]:
        """Return the problems of damaged documents of a table by id."""
        if name not in self._problems:
            read = SCHEMAS[name].read
            found = {key: read(key, data)[1] for key, data in self.raw(name).encoded.items()}
            self._problems[name] = {key: problems for key, problems in found.items() if problems}
        return self._problems[name]

    def encoded(self, name: str) -> Mapping[str, bytes]:
        """Return the documents of a table as JSON by id."""
        table = self._snapshot.tables.get(name)
        return {} if table is None else table.encoded

    @cached_property
    def missing_folders(self) -> Mapping[str, int]:
        """Missing folder → number of articles with files in it. Its disk may be disconnected."""
        missing = {name for name in ("texts", "images") if not (self.folder / name).is_dir()}
        if not missing:  # the usual case: no need to read the articles
            return {}
        files = map(files_of, self.table("articles").values())
        return Counter(
            name for paths in files for name in missing & {path.partition("/")[0] for path in paths}
        )

    def is_out_of_reach(self, path: str) -> bool:
        """Return True if the whole folder of a file is missing, so that the file cannot be checked."""
        return path.partition("/")[0] in self.missing_folders

    @cached_property
    def spare_texts(self) -> Mapping[str, tuple[str, ...]]:
        """Id → the unused article files with this id; under ``""`` those without an id."""
        used = frozenset[str]().union(*map(files_of, self.table("articles").values()))
        known = used | listed_files(self.database, LEFTOVERS) | listed_files(self.database, DELETING)
        spare: dict[str, tuple[str, ...]] = {}
        for path in sorted(self.texts - known):
            key = self.id_of(path)
            spare[key] = (*spare.get(key, ()), path)
        return spare

    def id_of(self, path: str) -> str:
        """Return the id in an article file; empty if there is none or the file cannot be read."""
        try:
            with readable_file(self.folder, path).open(encoding="utf-8", errors="replace") as file:
                return id_in_file(file.read(_HEAD) + f"\n{FENCE}")
        except OSError:
            return ""

    def content(self, path: str) -> str:
        """Read an article file. Raises OSError, UnicodeError; ValueError for a path outside the library."""
        if article_file(self.folder, path) is None:
            raise ValueError("no article may name this file")
        return readable_file(self.folder, path).read_text("utf-8")

    @cached_property
    def annotations_by_article(self) -> Mapping[str, tuple[str, ...]]:
        """Article id → the ids of its annotations."""
        index: dict[str, list[str]] = {}
        for key, document in self.table("annotations").items():
            index.setdefault(str(document.get("article")), []).append(key)
        return {article: tuple(keys) for article, keys in index.items()}
