"""Finds missing, damaged and unused pictures."""

from __future__ import annotations

from collections.abc import Iterator

from library.maintenance.cleanup import STALE, age
from library.maintenance.findings import Code, Finding
from library.maintenance.inspection import Inspection
from library.maintenance.quarantine import Quarantine
from library.models import Article
from library.store.article_files import DELETING, LEFTOVERS, files_of, listed_files
from library.store.history import previous_documents
from library.store.paths import article_file, on_disk
from library.store.pictures import is_damaged

_REMEDY = "Import the article again, or restore the file from a backup."


def picture_findings(inspection: Inspection, article: Article) -> Iterator[Finding]:
    """Yield the findings about the pictures of one article."""
    for path in dict.fromkeys(image.path for image in article.images if image.path):
        if inspection.is_out_of_reach(path):
            continue
        file = article_file(inspection.folder, path)
        code, what = Code.IMAGE_MISSING, "is missing"
        if file is not None and file.is_file():
            try:
                if not is_damaged(inspection.folder, path):
                    continue
                code, what = Code.IMAGE_DAMAGED, "was changed after it was imported"
            except OSError as error:
                code, what = Code.IMAGE_DAMAGED, f"cannot be read ({error.strerror or error})"
        sentence = f"A picture of “{article.title}” ({article.id}) {what}: {path}. {_REMEDY}"
        yield Finding(code=code, sentence=sentence, ids=(article.id,), path=path)


def unused_pictures(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for each stored picture that no article uses."""
    for path in sorted(_unused(inspection)):
        sentence = f"{path} is a picture that no article uses."
        yield Finding(code=Code.UNUSED_IMAGE, sentence=sentence, repairable=True, path=path)


def _unused(inspection: Inspection) -> frozenset[str]:
    if not inspection.has_catalogue:
        return frozenset()
    database = inspection.database
    previous = (fields for _, fields in previous_documents(database, "articles"))
    used = frozenset[str]().union(*map(files_of, (*inspection.table("articles").values(), *previous)))
    known = used | listed_files(database, LEFTOVERS) | listed_files(database, DELETING)
    spare = inspection.pictures - known
    # An import stores its pictures before its article is in the catalogue.
    return frozenset(path for path in spare if age(on_disk(inspection.folder, path), inspection.now) > STALE)


def repair_picture(inspection: Inspection, finding: Finding, quarantine: Quarantine) -> None:
    """Set aside a picture that no article uses. Raises StoreUnwritable."""
    quarantine.move(finding.path)
