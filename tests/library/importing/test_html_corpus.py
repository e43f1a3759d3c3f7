"""Real saved pages with known answers; the figures are means over a sample of them."""

from __future__ import annotations

import gzip
import html
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from corpora import CORPORA

from library.importing.formats.html import parse_page
from library.models import ParsedArticle
from library.text.markdown import parse_document

TODAY = date(2026, 11, 22)


def pages(name: str, step: int) -> Iterator[tuple[dict[str, Any], ParsedArticle]]:
    folder = CORPORA / name
    lines = (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines[::step]:
        gold = json.loads(line)
        data = gzip.decompress((folder / "pages" / f"{gold['id']}.html.gz").read_bytes())
        yield gold, parse_page(data, name=gold["id"], today=TODAY)


def key(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def token_f1(found: str, gold: str) -> float:
    """Return the F1 score of bags of words; Chinese, Japanese, Korean and Thai count by character."""
    pattern = re.compile(r"[\u3040-\u9fff\uac00-\ud7a3\u0e00-\u0e7f]|\w+")
    bags = [Counter(pattern.findall(unicodedata.normalize("NFC", text).lower())) for text in (found, gold)]
    return 2 * (bags[0] & bags[1]).total() / max(1, bags[0].total() + bags[1].total())


def share(hits: list[bool] | list[float]) -> float:
    return sum(hits) / len(hits)


@pytest.mark.slow
@pytest.mark.corpora
def test_text_of_pages_typed_by_hand() -> None:
    scores = [
        token_f1(parse_document(article.body).text, gold["text"]) for gold, article in pages("html-aeb", 5)
    ]
    assert share(scores) >= 0.94


@pytest.mark.slow
@pytest.mark.corpora
def test_text_structure_and_metadata_of_news_pages() -> None:
    found: dict[str, list[bool]] = {
        name: [] for name in ("title", "authors", "day", "tags", "heading", "paragraph")
    }
    scores = []
    for gold, article in pages("html-fundus", 3):
        scores.append(token_f1(parse_document(article.body).text, gold["text"]))
        found["title"].append(key(article.title) == key(gold["title"]))
        authors = {key(author) for author in article.authors}
        found["authors"].append(authors <= {key(author) for author in gold["authors"]} and bool(authors))
        found["day"].append(str(article.published)[:10] == gold["date"][:10])
        if gold["tags"]:
            found["tags"].append(
                bool({key(tag) for tag in article.tags} & {key(tag) for tag in gold["tags"]})
            )
        lines = parse_document(article.body).text.split("\n")
        headings = {key(line) for line in article.body.split("\n") if line.startswith("#")}
        for section in gold["body"]["sections"]:
            found["heading"] += [key(heading) in headings for heading in section["headline"] if key(heading)]
            long = [key(paragraph) for paragraph in section["paragraphs"] if len(paragraph) > 40]
            found["paragraph"] += [any(paragraph in key(line) for line in lines) for paragraph in long]
    least = {"title": 0.72, "authors": 0.8, "day": 0.95, "tags": 0.7, "heading": 0.9, "paragraph": 0.97}
    assert share(scores) >= 0.94
    assert {name: share(hits) for name, hits in found.items() if share(hits) < least[name]} == {}


@pytest.mark.corpora
@pytest.mark.parametrize("name", ["terminal-vectors", "markup-vectors"])
def test_hostile_texts_lose_their_control_characters_and_stay_text(name: str) -> None:
    lines = (CORPORA / "hostile" / "own" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    for text in texts:
        written = html.escape(text.encode("utf-8", "replace").decode())
        filler = (
            "<p>Enough words stand here that the page has an article, which is about the harbour.</p>" * 2
        )
        data = f"<html><head><title>{written}</title></head><body><article><h1>{written}</h1>{filler}<p>Start {written} end.</p>{filler}</article></body></html>"
        article = parse_page(data.encode(), name="hostile.html", today=TODAY)
        for character in article.title + article.body.replace("\n", "").replace("\t", ""):
            assert unicodedata.category(character) not in {"Cc", "Cs"}, text
            assert character not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", text
        if name == "markup-vectors" and text.isprintable():
            assert article.title.removesuffix("…") in " ".join(text.split())
