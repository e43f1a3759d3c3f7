"""Finds catalogue documents with unusable fields, and repairs them or sets them aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from library.maintenance.findings import Code, Finding
from library.maintenance.inspection import Inspection, id_in_file
from library.maintenance.quarantine import Quarantine
from library.maintenance.rebuilding import rebuilt_article
from library.store.documents import MARKS, article_to_document
from library.store.schema import DAMAGED, Problem, defaults_of, is_place
from library.text.case_folding import fold

_KINDS = {
    Code.ARTICLE_UNREADABLE: ("articles", "article"),
    Code.ANNOTATION_UNREADABLE: ("annotations", "annotation"),
    Code.SEARCH_UNREADABLE: ("searches", "search"),
    Code.TAG_UNREADABLE: ("tags", "tag"),
    Code.RULE_UNREADABLE: ("rules", "rule"),
    Code.FEED_UNREADABLE: ("feeds", "feed"),
}
"""Code → the table, and the name of one of its documents."""

_NEEDED = {"annotations": {"article"}, "searches": {"query"}, "tags": {"tag"}, "rules": {"query", "tags"}}
"""Table → the fields without which a document is useless and is set aside as a whole."""

_SHOWN = 3

Document = Mapping[str, Any]


def damaged_findings(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for each document with damaged fields, and for invalid jump marks."""
    for code, (table, name) in _KINDS.items():
        for key, problems in inspection.problems(table).items():
            yield Finding(
                code=code,
                sentence=_sentence(name, key, problems),
                repairable=True,
                ids=(key,),
            )
    wrong = tuple(_wrong_marks(inspection.table("meta").get(MARKS, {})))
    if wrong:
        yield Finding(
            code=Code.MARK_UNREADABLE,
            sentence=f"Invalid jump marks: {', '.join(wrong)}.",
            repairable=True,
            ids=wrong,
        )


def _sentence(name: str, key: str, problems: tuple[Problem, ...]) -> str:
    if not problems[0].field:
        return f"The {name} {key} {problems[0].what}."
    return f"The {name} {key} has damaged fields: {_listed(problems)}."


def _listed(problems: tuple[Problem, ...]) -> str:
    more = len(problems) - _SHOWN
    return "; ".join(map(str, problems[:_SHOWN])) + (f"; and {more} more" if more > 0 else "")


def _wrong_marks(marks: Document) -> list[str]:
    return sorted(letter for letter, mark in marks.items() if not is_place(mark))


def repair_damaged(inspection: Inspection, finding: Finding, quarantine: Quarantine) -> None:
    """Repair the damaged fields of a document, or remove it; the original is set aside. Raises OSError."""
    if finding.code is Code.MARK_UNREADABLE:
        _repair_marks(inspection, quarantine)
    if finding.code not in _KINDS:
        return
    name, kind = _KINDS[finding.code]
    (key,) = finding.ids
    table, problems = inspection.database.catalog_table(name), inspection.problems(name).get(key)
    if problems is None or key not in table.encoded():
        return
    quarantine.write(f"{kind}-{key}.json", table.encoded()[key])
    document = dict(table.checked()[key])
    damaged = {problem.field.partition(".")[0].partition("[")[0] for problem in problems} - {DAMAGED}
    kept = document.pop(DAMAGED, None)
    if isinstance(kept, dict):  # a field that was changed since then keeps its value
        defaults = defaults_of(name)
        damaged |= {field for field in kept if document.get(field) == defaults.get(field)}
    repaired = _repaired(inspection, name, key, document, damaged)
    if repaired is None:
        table.drop([key])
    else:
        table.replace({key: repaired})


def _repaired(
    inspection: Inspection, table: str, key: str, document: dict[str, Any], damaged: set[str]
) -> Document | None:
    """Return ``document`` with repaired fields; None if too little of it is left."""
    if damaged & _NEEDED.get(table, set()) or ("" in damaged and table != "articles"):
        return None
    now = inspection.now.isoformat()
    if table == "articles":
        return _article(inspection, key, document, damaged)
    if table == "annotations" and not document["body"] and document["quote"] is None:
        return None
    if table == "searches":
        others = inspection.database.catalog_table("searches").checked()
        taken = {fold(other["name"]) for other_key, other in others.items() if other_key != key}
        name = document["name"].strip()
        document["name"] = name if name and fold(name) not in taken else key
        document["saved"] = now if "saved" in damaged else document["saved"]
    if table == "rules" and "created" in damaged:
        document["created"] = now
    return document


def _article(
    inspection: Inspection, key: str, document: dict[str, Any], damaged: set[str]
) -> Document | None:
    """Return ``document`` with its damaged fields replaced from the article's own file."""
    path = own_file(inspection, key, document)
    if path is None:
        return None if "" in damaged else document
    rebuilt: dict[str, Any] = {}
    with suppress(OSError, UnicodeError, ValueError):
        rebuilt = article_to_document(rebuilt_article(inspection, key, (path,), document))
    if "" in damaged:
        return rebuilt or None
    found = {field: rebuilt[field] for field in damaged if field in rebuilt and field != "state"}
    return {**document, **found}


def own_file(inspection: Inspection, key: str, document: Document) -> str | None:
    """Return a file with the article's id: the one that the catalogue names, or an unused one."""
    path = document.get("text")
    with suppress(OSError, ValueError):
        if isinstance(path, str) and id_in_file(inspection.content(path)) == key:
            return path
    return next(iter(inspection.spare_texts.get(key, ())), None)


def _repair_marks(inspection: Inspection, quarantine: Quarantine) -> None:
    table = inspection.database.catalog_table("meta")
    marks = table.checked().get(MARKS, {})
    quarantine.write("marks.json", table.encoded()[MARKS])
    table.replace({MARKS: {letter: mark for letter, mark in marks.items() if is_place(mark)}})
