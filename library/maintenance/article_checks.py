"""Checks articles: their files, pictures, texts and annotations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from library.annotations.anchors import ArticleAnchors
from library.maintenance.cleanup import STALE, age
from library.maintenance.findings import Code, Finding
from library.maintenance.inspection import Inspection, id_in_file
from library.maintenance.quarantine import Quarantine
from library.maintenance.rebuilding import rebuilt_article
from library.models import Article
from library.store.article_files import DELETING, LEFTOVERS, files_of, listed_files
from library.store.disk import broken_link
from library.store.documents import (
    annotation_from_document,
    annotation_to_document,
    article_from_document,
    article_to_document,
)
from library.store.history import previous_documents
from library.store.paths import article_file, on_disk
from library.store.pictures import is_damaged
from library.store.texts import body_of, write_text
from library.text.amounts import counted
from library.text.text_facts import plain_text, text_digest, text_facts

_REMEDY = "Import the article again, or restore the file from a backup."


def _picture_findings(inspection: Inspection, article: Article) -> Iterator[Finding]:
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


def _repair_picture(inspection: Inspection, finding: Finding, quarantine: Quarantine) -> None:
    """Set aside a picture that no article uses. Raises StoreUnwritable."""
    quarantine.move(finding.path)


def article_findings(inspection: Inspection) -> Iterator[Finding]:
    """Yield the findings about single articles, their files and their annotations."""
    yield from _folders(inspection)
    damaged = inspection.problems("articles")
    for key, document in inspection.table("articles").items():
        if key in damaged:
            continue  # checked again after its fields are repaired
        article = article_from_document(key, document)
        yield from _beside(inspection, article)
        yield from _text(inspection, article)
    if inspection.has_catalogue:
        known = inspection.table("articles")
        for key, paths in inspection.spare_texts.items():
            if key and key not in known:
                sentence = f"The article {key} is missing from the catalogue; its text is in {paths[0]}."
                yield Finding(
                    code=Code.ARTICLE_MISSING, sentence=sentence, repairable=True, ids=(key,), path=paths[0]
                )


def _folders(inspection: Inspection) -> Iterator[Finding]:
    for name, count in inspection.missing_folders.items():
        what = broken_link(inspection.folder / name) or f"The folder {name} is not there"
        held = counted(count, "article")
        yield Finding(
            code=Code.FOLDER_MISSING,
            sentence=f"{what}. It has files of {held}. Connect its disk, or restore it from a backup.",
            path=name,
        )


def _beside(inspection: Inspection, article: Article) -> Iterator[Finding]:
    for revision in article.revisions:
        if not inspection.is_out_of_reach(revision.text) and not _is_there(inspection, revision.text):
            yield Finding(
                code=Code.REVISION_MISSING,
                sentence=f"A revision of “{article.title}” ({article.id}) is missing: {revision.text}.",
                repairable=True,
                ids=(article.id,),
                path=revision.text,
            )
    yield from _picture_findings(inspection, article)


def _is_there(inspection: Inspection, path: str) -> bool:
    return path in inspection.texts or (
        (file := article_file(inspection.folder, path)) is not None and file.is_file()
    )


def _text(inspection: Inspection, article: Article) -> Iterator[Finding]:
    """Yield the findings about the article's file and its annotations."""
    if inspection.is_out_of_reach(article.text):
        return
    code, reason, content = Code.TEXT_MISSING, "", ""
    try:
        content = inspection.content(article.text)
    except FileNotFoundError:
        reason = "is missing"
    except UnicodeError:
        code, reason = Code.TEXT_DAMAGED, "is no longer a text"
    except (OSError, ValueError) as error:
        reason = f"cannot be read ({error})"
    if not reason and ("\0" in content or not content.strip()):
        code, reason = Code.TEXT_DAMAGED, "was overwritten or emptied"
    if not reason and id_in_file(content) not in ("", article.id):
        code, reason = Code.TEXT_OF_ANOTHER, f"holds another article ({id_in_file(content)})"
    if reason:
        yield Finding(
            code=code,
            sentence=f"The text of “{article.title}” ({article.id}) {reason}: {article.text}.",
            repairable=code is not Code.TEXT_DAMAGED and article.id in inspection.spare_texts,
            ids=(article.id,),
            path=article.text,
        )
        return
    yield from _changed_text(inspection, article, plain_text(body_of(content)), id_in_file(content))


def _changed_text(inspection: Inspection, article: Article, plain: str, key: str) -> Iterator[Finding]:
    if text_digest(plain) != article.text_sha256 or not key:
        what = "was changed by another program" if key else "has lost the front matter with its id"
        yield Finding(
            code=Code.TEXT_CHANGED,
            sentence=f"The text of “{article.title}” ({article.id}) {what}: {article.text}.",
            repairable=True,
            ids=(article.id,),
            path=article.text,
        )
        return
    anchors = _anchors(inspection, article, plain)
    for annotation_id in inspection.annotations_by_article.get(article.id, ()):
        annotation = annotation_from_document(annotation_id, inspection.table("annotations")[annotation_id])
        if not anchors.holds(annotation) and anchors.placed(annotation) != annotation:
            where = "is marked as an orphan, but its passage was found" if annotation.orphan else "has moved"
            yield Finding(
                code=Code.ANNOTATION_ASTRAY,
                sentence=f"A {annotation.kind} on “{article.title}” {where} ({annotation_id}).",
                repairable=True,
                ids=(annotation_id, article.id),
            )


def _anchors(inspection: Inspection, article: Article, plain: str) -> ArticleAnchors:
    return ArticleAnchors(article, plain, lambda path: plain_text(body_of(inspection.content(path))))


def annotation_findings(inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for each annotation whose article does not exist."""
    articles, damaged = inspection.table("articles"), inspection.problems("annotations")
    for key, document in inspection.table("annotations").items():
        if key in damaged:
            continue
        article = document["article"]
        if article not in articles:
            yield Finding(
                code=Code.ANNOTATION_LOST,
                sentence=f"The {document['kind']} {key} is on an article that does not exist ({article}).",
                repairable=article in inspection.spare_texts,
                ids=(key, article),
            )


def repair_article(inspection: Inspection, finding: Finding, quarantine: Quarantine) -> None:
    """Repair a finding about an article or an annotation on it. Raises OSError."""
    repair = _REPAIRS.get(finding.code)
    if repair is not None:
        repair(inspection, finding, quarantine)


def _repair_missing(inspection: Inspection, finding: Finding, quarantine: Quarantine) -> None:
    rebuilt = [rebuilt_article(inspection, key, inspection.spare_texts[key]) for key in finding.ids]
    documents = {article.id: article_to_document(article) for article in rebuilt}
    inspection.database.catalog_table("articles").put(documents)


def _repair_text(inspection: Inspection, finding: Finding, quarantine: Quarantine) -> None:
    """Let the article refer to the file that contains its text now."""
    article = _article(inspection, finding)
    text = rebuilt_article(inspection, article.id, inspection.spare_texts[article.id])
    _put(inspection, replace(article, text=text.text))


def _repair_changed(inspection: Inspection, finding: Finding, quarantine: Quarantine) -> None:
    """Accept the changed text, and anchor the annotations in it again."""
    article = _article(inspection, finding)
    content = inspection.content(article.text)
    body = body_of(content)
    plain = plain_text(body)
    article = replace(article, **text_facts(plain))
    if not id_in_file(content):
        quarantine.copy(article.text)
        write_text(inspection.folder, article, body)
    with inspection.database.transaction():
        _put(inspection, article)
        _place(inspection, article, plain, inspection.annotations_by_article.get(article.id, ()))


def _repair_misplaced(inspection: Inspection, finding: Finding, quarantine: Quarantine) -> None:
    key, article_id = finding.ids
    article = article_from_document(article_id, inspection.table("articles")[article_id])
    _place(inspection, article, plain_text(body_of(inspection.content(article.text))), (key,))


def _repair_revision(inspection: Inspection, finding: Finding, quarantine: Quarantine) -> None:
    article = _article(inspection, finding)
    quarantine.keep(f"article-{article.id}.json", inspection.table("articles")[article.id])
    left = tuple(revision for revision in article.revisions if revision.text != finding.path)
    _put(inspection, replace(article, revisions=left))


def _article(inspection: Inspection, finding: Finding) -> Article:
    """Return the current article: an earlier repair may have changed it."""
    (key,) = finding.ids
    return article_from_document(key, inspection.database.catalog_table("articles").checked()[key])


def _put(inspection: Inspection, article: Article) -> None:
    table = inspection.database.catalog_table("articles")
    table.put({article.id: {**table.checked().get(article.id, {}), **article_to_document(article)}})


def _place(inspection: Inspection, article: Article, plain: str, keys: tuple[str, ...]) -> None:
    table = inspection.database.catalog_table("annotations")
    anchors, changed = _anchors(inspection, article, plain), {}
    for key in keys:
        annotation = annotation_from_document(key, table.checked()[key])
        changed[key] = annotation_to_document(anchors.placed(annotation))
    if changed:
        table.put(changed)


_REPAIRS = {
    Code.ARTICLE_MISSING: _repair_missing,
    Code.TEXT_MISSING: _repair_text,
    Code.TEXT_OF_ANOTHER: _repair_text,
    Code.TEXT_CHANGED: _repair_changed,
    Code.ANNOTATION_ASTRAY: _repair_misplaced,
    Code.REVISION_MISSING: _repair_revision,
    Code.UNUSED_IMAGE: _repair_picture,
}
