"""An article's fields are the same in its document, its schema, its front matter and its record."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime

from library.exporting.records import article_record
from library.models import Annotation, Article, Image, Quote, State
from library.store.documents import (
    annotation_to_document,
    article_fields,
    article_from_document,
    article_to_document,
)
from library.store.schema import AnnotationDocument, ArticleDocument, ImageDocument, QuoteDocument
from library.store.texts import front_matter

ADDED = datetime(2021, 3, 4, 5, 6, tzinfo=UTC)
ARTICLE = Article(
    id="abc",
    title="Title",
    authors=("A. Writer",),
    agency="dpa",
    source="The Paper",
    url="https://example.org/a",
    published=ADDED,
    date_guessed=True,
    updated=ADDED,
    added=ADDED,
    language="en",
    tags=("one",),
    summary="In short.",
    words=3,
    images=(Image(path="images/a.png", alt="A"),),
    state=State(read=ADDED),
    extra={"x": "y"},
    noticed=("joined",),
)


def test_a_document_has_the_fields_of_its_schema_and_of_the_value():
    names = {one.name for one in fields(Article)} - {"id"}
    assert set(article_to_document(ARTICLE)) == set(ArticleDocument.__struct_fields__) == names
    assert {one.name for one in fields(Image)} == set(ImageDocument.__struct_fields__)
    assert {one.name for one in fields(Quote)} == set(QuoteDocument.__struct_fields__)
    assert {one.name for one in fields(Annotation)} - {"id"} == set(AnnotationDocument.__struct_fields__)


def test_a_document_is_read_as_it_was_written():
    assert article_from_document("abc", article_to_document(ARTICLE)) == ARTICLE


def test_fields_missing_in_a_document_have_the_defaults_of_the_value():
    least = {"title": "Title", "added": ADDED.isoformat()}
    assert article_from_document("abc", least) == Article(id="abc", title="Title", added=ADDED)


def test_document_front_matter_and_record_say_the_same():
    said = article_fields(ARTICLE)
    document, head, record = article_to_document(ARTICLE), front_matter(ARTICLE), article_record(ARTICLE, 0)
    assert {name: document[name] for name in said} == said
    assert {name: head[name] for name in said} == said
    assert {name: record[name] for name in said if name != "updated"} == {
        name: value for name, value in said.items() if name != "updated"
    }


def test_the_document_of_an_annotation_has_the_fields_of_its_schema():
    note = Annotation(id="n", article="abc", kind="note", body="x", created=ADDED, updated=ADDED)  # type: ignore[arg-type]
    assert set(annotation_to_document(note)) == set(AnnotationDocument.__struct_fields__)
