"""What conflict copies have that the library has not, and taking it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import orjson

from library.maintenance.aside import Aside
from library.maintenance.contents import Contents
from library.maintenance.findings import Code, Finding
from library.store.conflict_copies import ConflictCopy, conflict_copies, conflict_names
from library.store.history import apply_change
from library.store.layout import CATALOG_NAME, CONFLICT, JOURNAL_NAME, PREVIOUS
from library.store.merging import Side, merge
from library.store.previous_history import previous_history
from library.store.tables import Documents
from library.text.counting import counted

_NAMES = {"articles": "article", "annotations": "annotation", "searches": "saved search", "rules": "tag rule"}
"""The tables whose documents are taken in, and what one of them is called."""

New = Mapping[str, Mapping[str, bytes]]
"""Table → the documents that are not in the library, or not so."""


def conflict_findings(contents: Contents) -> Iterator[Finding]:
    """The conflict copies, each with what only it has."""
    if contents.database.damage is not None:
        return  # with a whole catalogue it is seen what is new
    named = dict.fromkeys(conflict_names(contents.folder))
    for copy in _copies(contents):
        path = copy.path.relative_to(contents.folder).as_posix()
        named.pop(path, None)
        new = _only_in(copy, contents)
        if new:
            parts = [counted(len(documents), _NAMES[name]) for name, documents in new.items()]
            sentence = (
                f"{path} is a copy of the catalogue with {' and '.join(parts)} that the library has not."
            )
            yield Finding(code=Code.CONFLICT_COPY, sentence=sentence, mendable=True, path=path)
        elif not path.startswith(f"{CONFLICT}-") and not path.endswith(PREVIOUS):
            sentence = f"{path} is a copy of the catalogue that has nothing which the library has not."
            yield Finding(code=Code.SPENT_COPY, sentence=sentence, mendable=True, path=path)
    for path in named:
        sentence = f"{path} looks like a copy of the catalogue and cannot be read."
        yield Finding(code=Code.UNREADABLE_COPY, sentence=sentence, path=path)


def _copies(contents: Contents) -> Iterator[ConflictCopy]:
    """The conflict copies, and the former files where another history has replaced theirs."""
    yield from conflict_copies(contents.folder)
    former = previous_history(contents.folder)
    if former is not None and contents.database.catalog.is_apart(former):
        files = (contents.folder / (name + PREVIOUS) for name in (CATALOG_NAME, JOURNAL_NAME))
        paths = tuple(path for path in files if path.exists())
        yield ConflictCopy(paths, former.tables, former.end, former.trail)


def _only_in(copy: ConflictCopy, contents: Contents) -> New:
    """What ``copy`` has, merged with the library, where that differs from the library."""
    if contents.database.catalog.has_passed(copy.end):
        return {}
    tables = {name: Documents(dict(contents.encoded(name))) for name in _NAMES}
    theirs = {name: copy.tables[name] for name in _NAMES if name in copy.tables}
    merged = merge(Side(tables), Side({**tables, **_over(tables, theirs)}))
    new = {
        name: {
            key: document
            for key, document in merged[name].encoded.items()
            if tables[name].encoded.get(key) != document
            and _matters(name, tables[name].encoded.get(key), document)
        }
        for name in theirs
    }
    return {name: documents for name, documents in new.items() if documents}


def _over(tables: Mapping[str, Documents], theirs: Mapping[str, Documents]) -> dict[str, Documents]:
    return {name: Documents({**tables[name].encoded, **table.encoded}) for name, table in theirs.items()}


def _matters(name: str, present: bytes | None, merged: bytes) -> bool:
    """Whether a difference is one that a person made; where one has read up to is not worth a word."""
    if name != "articles" or present is None:
        return True
    return _without_position(present) != _without_position(merged)


def _without_position(encoded: bytes) -> object:
    document = orjson.loads(encoded)
    state = document.get("state")
    if isinstance(state, dict):
        document["state"] = {mark: at for mark, at in state.items() if mark not in ("position", "opened")}
    return document


def mend_conflict(contents: Contents, finding: Finding, aside: Aside) -> None:
    """Take in what only the copy has, as one change, and keep the copy aside. Raises OSError."""
    if finding.code not in (Code.CONFLICT_COPY, Code.SPENT_COPY):
        return
    path = contents.folder / Path(finding.path)
    for copy in _copies(contents):
        if copy.path == path:
            new = _only_in(copy, Contents(contents.folder, contents.database, contents.now))
            tables = {
                name: {key: orjson.loads(document) for key, document in documents.items()}
                for name, documents in new.items()
            }
            if tables:
                apply_change(contents.database, f"take in {finding.path}", contents.now, tables)
            for moved in copy.paths:
                aside.move(moved.relative_to(contents.folder).as_posix())
