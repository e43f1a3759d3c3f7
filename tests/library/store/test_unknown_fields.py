"""Front-matter fields that the program does not know are kept with the article."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import yaml

from library.exporting.formats.markdown import markdown_file
from library.exporting.records import whole_article_record
from library.exporting.registry import WholeArticle
from library.maintenance.inspection import Inspection
from library.maintenance.rebuilding import rebuilt_article
from library.models import Article
from library.store.database import open_database
from library.store.documents import article_from_document, article_to_document
from library.store.texts import front_matter, front_matter_of, write_text

EXTRA = {"rating": "5", "my_note": "No", "nested": {"a": ["1", "two words"]}, "id": "3f9c2a", "long": "x\ny"}
ARTICLE = Article(
    id="abcdefghijklmnop", title="Cranes", added=datetime(2024, 3, 4, tzinfo=UTC), text="texts/x.md"
)
KNOWING = replace(ARTICLE, extra=EXTRA)


def test_the_catalogue_keeps_unknown_fields_and_opens_without_them():
    assert article_from_document(KNOWING.id, article_to_document(KNOWING)) == KNOWING
    document = article_to_document(ARTICLE)
    assert "extra" not in document
    assert article_from_document(ARTICLE.id, document).extra == {}


def test_the_file_of_the_article_has_unknown_fields(tmp_path: Path):
    write_text(tmp_path, KNOWING, "Words.")
    assert front_matter_of((tmp_path / KNOWING.text).read_text("utf-8"))["extra"] == EXTRA
    assert "extra" not in front_matter(ARTICLE)


def test_a_complete_record_has_unknown_fields():
    assert whole_article_record(WholeArticle(article=KNOWING, body=""))["extra"] == EXTRA


def test_an_exported_file_has_unknown_fields_as_written():
    text = markdown_file(WholeArticle(article=KNOWING, body="Words."))
    assert "\nrating: 5\nmy_note: No\n" in text
    fields = yaml.load(text.split("---\n")[1], yaml.BaseLoader)
    assert fields["id"] == KNOWING.id
    assert fields["extra"] == {"id": "3f9c2a"}
    assert {**fields, "id": "3f9c2a"}.items() >= EXTRA.items()


def test_the_doctor_restores_unknown_fields_from_the_file(tmp_path: Path):
    write_text(tmp_path, KNOWING, "Words.")
    with open_database(tmp_path) as database:
        inspection = Inspection(tmp_path, database, KNOWING.added)
        assert rebuilt_article(inspection, KNOWING.id, [KNOWING.text]).extra == EXTRA
