"""Files that are made of the others: checked, and made anew where they are damaged."""

from __future__ import annotations

from collections.abc import Iterator

from library.maintenance.contents import Contents
from library.maintenance.findings import Code, Finding
from library.search.fulltext.index import FullText
from library.search.fulltext.indexing import check_index, make_anew
from library.search.fulltext.records import Records
from library.search.fulltext.sqlite import FILE_NAME
from library.store.catalog import Catalog


def derived_findings(contents: Contents) -> Iterator[Finding]:
    """The index of words, where it is damaged."""
    if not check_index(contents.folder):
        sentence = f"The index of words, {FILE_NAME}, is damaged. It is made anew from the articles."
        yield Finding(code=Code.INDEX_DAMAGED, sentence=sentence, mendable=True, path=FILE_NAME)


def mend_derived(contents: Contents, finding: Finding) -> None:
    """Make the index of words anew; it holds nothing of its own. Raises OSError."""
    if finding.code is not Code.INDEX_DAMAGED:
        return
    articles, annotations = map(contents.database.catalog_table, ("articles", "annotations"))
    records = Records(articles, annotations, Catalog(contents.database, contents.folder))
    index = FullText(contents.folder, records)
    try:
        make_anew(contents.folder, index, records)
    finally:
        index.close()
