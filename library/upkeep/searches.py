"""Saved searches: those that cannot be understood, and what is legible of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from library.text.folding import fold
from library.upkeep.aside import Aside
from library.upkeep.contents import Contents
from library.upkeep.findings import Code, Finding


def search_findings(contents: Contents) -> Iterator[Finding]:
    """The saved searches of which not all can be read."""
    for key, document in contents.table("searches").items():
        wrong = _unreadable_fields(document)
        if wrong:
            name = f"“{_text(document, 'name')}” ({key})" if _text(document, "name") else key
            sentence = f"The saved search {name} cannot be understood: its {' and its '.join(wrong)}."
            yield Finding(code=Code.SEARCH_UNREADABLE, sentence=sentence, mendable=True, ids=(key,))


def _unreadable_fields(document: Mapping[str, Any]) -> list[str]:
    wrong = [field for field in ("name", "query") if not _text(document, field)]
    try:
        datetime.fromisoformat(document["saved"])
    except (KeyError, TypeError, ValueError):
        wrong.append("time")
    return wrong


def _text(document: Mapping[str, Any], field: str) -> str:
    value = document.get(field)
    return value.strip() if isinstance(value, str) else ""


def mend_search(contents: Contents, finding: Finding, aside: Aside) -> None:
    """Keep a search whose query is legible, under its name or its id; the former document goes aside."""
    if finding.code is not Code.SEARCH_UNREADABLE:
        return
    (key,) = finding.ids
    table = contents.database.catalog_table("searches")
    document = table.documents()[key]
    aside.keep(f"search-{key}.json", document)
    query = _text(document, "query")
    if not query:
        table.drop([key])
        return
    taken = {fold(_text(other, "name")) for id_, other in table.documents().items() if id_ != key}
    name = _text(document, "name")
    if not name or fold(name) in taken:
        name = key
    table.put({key: {"name": name, "query": query, "saved": contents.now.isoformat()}})
