"""Generates realistic libraries of any size.

    python -m benchmarks.generator COUNT FOLDER

Bodies have about 650 words from a vocabulary with a Zipf distribution. Articles span fifteen years and have
two hundred tags of uneven frequency; a third is read, a few are bookmarked. The same count always generates
the same library.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from library import Article, State
from library.importing.merge import article_id
from library.store.database import open_database
from library.store.documents import article_to_document
from library.store.texts import FENCE, text_path
from library.text.text_facts import text_digest

VOCABULARY = 30_000
BODY_WORDS = 650
PARAGRAPH_WORDS = 65
TAGS = 200
FIRST_DAY = date(2011, 11, 1)
DAYS = 15 * 365
NOW = datetime(2026, 11, 1, tzinfo=UTC)
_SYLLABLES = tuple(consonant + vowel for consonant in "bdfghklmnprstv" for vowel in "aeio")


class _Maker:
    """Generator of articles: chooses words, tags and days with one random generator."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._words = self._vocabulary()
        self._weights = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
        self._tags = [
            f"{'world/' if number % 9 == 0 else ''}{self._words[number * 7]}" for number in range(TAGS)
        ]
        self._tag_weights = list(accumulate(1 / (rank + 5) for rank in range(TAGS)))

    def _vocabulary(self) -> list[str]:
        words: dict[str, None] = {}
        while len(words) < VOCABULARY:
            words["".join(self._chance.choices(_SYLLABLES, k=self._chance.randint(1, 4)))] = None
        return list(words)

    def words(self, count: int) -> list[str]:
        return self._chance.choices(self._words, cum_weights=self._weights, k=count)

    def body(self) -> str:
        words = self.words(self._chance.randint(BODY_WORDS // 2, BODY_WORDS * 3 // 2))
        starts = range(0, len(words), PARAGRAPH_WORDS)
        return "\n\n".join(
            " ".join(words[start : start + PARAGRAPH_WORDS]).capitalize() + "." for start in starts
        )

    def article(self, number: int, body: str) -> Article:
        chance = self._chance
        url = f"https://news{number % 40}.example.org/{number}"
        read = NOW if chance.random() < 0.33 else None
        article = Article(
            id=article_id(url, ""),
            title=" ".join(self.words(9)).capitalize(),
            authors=(" ".join(self.words(2)).title(),),
            source=f"news{number % 40}.example.org",
            url=url,
            published=FIRST_DAY + timedelta(days=chance.randrange(DAYS)),
            added=NOW,
            language="en",
            tags=tuple(dict.fromkeys(chance.choices(self._tags, cum_weights=self._tag_weights, k=3))),
            summary=body[:280],
            words=body.count(" ") + 1,
            reading_minutes=3,
            text_sha256=text_digest(body),
            state=State(read=read, bookmarked=NOW if chance.random() < 0.02 else None),
            origin="generated",
        )
        return replace(article, text=text_path(article))


def generate(count: int, *, seed: int = 1) -> Iterator[tuple[Article, str]]:
    """Yield ``count`` articles with their bodies."""
    maker = _Maker(seed)
    for number in range(count):
        body = maker.body()
        yield maker.article(number, body), body


def make_library(folder: Path, count: int, *, texts: bool = True) -> list[str]:
    """Create a library of ``count`` articles in ``folder`` (without ``texts``, only the catalogue).

    Returns the ids of the articles.
    """
    documents = {}
    for article, body in generate(count):
        documents[article.id] = article_to_document(article)
        if texts:
            path = folder / article.text
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{FENCE}id: {article.id}\ntitle: {article.title}\n{FENCE}\n{body}\n", "utf-8")
    database = open_database(folder)
    database.catalog_table("articles").put(documents)
    database.catalog.fold()
    database.close()
    return list(documents)


if __name__ == "__main__":
    make_library(Path(sys.argv[2]), int(sys.argv[1]))
