"""The registry of import formats: each entry recognises and reads its own format."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from library import Library
from library.importing import registry
from library.importing.registry import FORMATS, Fit, Found, ImportFormat, Reader, read_articles
from library.importing.source import Source
from library.models import ParsedArticle

TODAY = date(2026, 1, 1)
WORDS = "The union said no on Thursday. Talks with the operator broke off."
SAMPLES = {
    "jsonl": (json.dumps({"tuireader": 1, "title": "Strike", "body": WORDS}) + "\n") * 2,
    "mail": f"From: a@example.org\nDate: Thu, 4 Mar 2021 10:00:00 +0000\nSubject: Strike\n\n{WORDS}\n",
    "html": f"<!doctype html><html><head><title>Strike</title></head><body><p>{WORDS}</p></body></html>",
    "dump": f"# Strike\n\nBy [Jane Roe](#)\n\n4 March 2021\n\n{WORDS}\n\nOriginal url\n\n<https://example.org/a>\n",
    "markdown": f"---\ntitle: Strike\n---\n\n{WORDS}\n",
    "plain": f"Strike\n\n{WORDS}\n",
}


@pytest.mark.parametrize("entry", FORMATS, ids=lambda entry: entry.name)
def test_each_format_recognises_its_sample_first(entry: ImportFormat):
    source = Source.of_bytes("sample", SAMPLES[entry.name].encode())
    assert registry._reader_of(source, TODAY, many=True) is entry.reader()
    found = list(read_articles(source, TODAY))
    assert [type(article) for _, article in found] == [ParsedArticle] * (2 if entry.reader().has_many else 1)


def test_a_format_of_several_articles_needs_only_its_entry(library: Library, tmp_path: Path, monkeypatch):
    """A form that is normally refused is read when a format is sure of it."""

    class References(ImportFormat):
        def reader(self) -> Reader:
            def parse(source: Source, today: date) -> list[Found]:
                titles = [line[6:] for line in source.text.splitlines() if line.startswith("TI  - ")]
                return [
                    (f"{source.name}:{title}", ParsedArticle(title=title, body=title)) for title in titles
                ]

            return Reader(
                lambda source, today: Fit.SURE if source.text.startswith("TY  - ") else Fit.NO,
                parse,
                has_many=True,
            )

    file = tmp_path / "list.ris"
    file.write_text(
        "TY  - NEWS\nTI  - First strike\nER  -\nTY  - NEWS\nTI  - Second strike\nER  -\n", "utf-8"
    )
    assert [outcome.status for outcome in library.add(file)] == ["failed"]
    monkeypatch.setattr(registry, "FORMATS", (*FORMATS, References("ris", "references", (".ris",))))
    assert [outcome.status for outcome in library.add(file)] == ["added", "added"]
    assert {article.title for article in library.select()} == {"First strike", "Second strike"}
