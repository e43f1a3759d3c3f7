"""Near-duplicates: the share of edited articles still recognised as the same story, and the cost.

    python -m benchmarks.stories [COUNT [FOLDER]]

Prints how many of nine kinds of edited copies are found, for the starter articles or the articles in FOLDER,
and how many pairs of different articles are mistaken for one story. Then prints size and elapsed times for a
library of COUNT articles, of which one in ten is a shortened and changed copy.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from statistics import median

from benchmarks import edits
from benchmarks.anchor_texts import corpus_texts
from benchmarks.edits import WORD, Traced
from benchmarks.generator import generate
from library import Article, Library
from library.importing.merge import article_id
from library.search.fulltext.tokens import tokens
from library.search.near_duplicates.fingerprints import Fingerprint, fingerprint_of, resemblance
from library.starter import starter_articles
from library.store.database import open_database
from library.store.documents import article_to_document
from library.store.texts import FENCE, text_path
from library.text.case_folding import fold
from library.text.cleaning import clean_text
from library.text.text_facts import text_digest

COUNT = 10_000
LEAST_WORDS = 100
"""Minimum number of words of a text to edit; a third of a shorter one is only a sentence or two."""

COPIES = 10
"""One of this many articles of the library is a copy."""

Edit = Callable[[str, random.Random], str]


def _cut(share: float) -> Edit:
    """Return an edit that keeps only the beginning, as papers shorten agency reports."""
    return lambda text, chance: text[: round(len(text) * share)]


def _sentences_out(text: str, chance: random.Random) -> str:
    """Remove one fifth of the sentences."""
    return " ".join(part.text.strip() for part in edits.sentences(Traced.of(text)) if chance.random() > 0.2)


def _words_changed(share: float) -> Edit:
    """Return an edit that replaces ``share`` of the words with other words of the same text."""

    def changed(text: str, chance: random.Random) -> str:
        known = re.findall(WORD, text)
        return re.sub(WORD, lambda word: chance.choice(known) if chance.random() < share else word[0], text)

    return changed


def _rewritten(text: str, chance: random.Random) -> str:
    """Shuffle the words in one quarter of the sentences."""
    parts = []
    for part in edits.sentences(Traced.of(text)):
        words = part.text.split()
        if chance.random() < 0.25:
            chance.shuffle(words)
        parts.append(" ".join(words))
    return " ".join(parts)


def _traced(edit: Callable[[Traced, random.Random, edits.Span], Traced]) -> Edit:
    return lambda text, chance: edit(Traced.of(text), chance, (0, 0)).text


EDITS: dict[str, Edit] = {
    "typography": _traced(edits.typography),
    "cut to 60 %": _cut(0.6),
    "cut to 35 %": _cut(0.35),
    "20 % of sentences out": _sentences_out,
    "boilerplate added": _traced(edits.boilerplate),
    "paragraphs re-ordered": _traced(edits.reordered),
    "7 % of words changed": _words_changed(0.07),
    "15 % of words changed": _words_changed(0.15),
    "25 % of sentences rewritten": _rewritten,
}


def fingerprint(text: str) -> Fingerprint:
    """Return the fingerprint that the library computes for a text."""
    return fingerprint_of(tokens(fold(clean_text(text))))


def own_texts() -> list[str]:
    """Return the starter articles that are long enough."""
    from library.importing.registry import parse

    today = date(2026, 11, 22)
    bodies = [parse(data, name=name, today=today).body for name, data, _ in starter_articles()]
    return long_enough(bodies)


def long_enough(texts: Iterable[str]) -> list[str]:
    """Return the texts of at least ``LEAST_WORDS`` words."""
    return [text for text in texts if len(re.findall(WORD, text)) >= LEAST_WORDS]


def recall(texts: Sequence[str], edit: Edit, seed: int = 1) -> float:
    """Return the share of the texts that are recognised as one story with their edited copies."""
    chance = random.Random(seed)
    found = [resemblance(fingerprint(text), fingerprint(edit(text, chance))) > 0 for text in texts]
    return sum(found) / len(found)


def mistaken(texts: Sequence[str]) -> int:
    """Count the pairs of texts that are mistaken for one story."""
    known = [fingerprint(text) for text in texts]
    return sum(resemblance(one, other) > 0 for one, other in combinations(known, 2))


def _make_library(folder: Path, count: int) -> None:
    """Create a library of generated articles; one in ten is a copy cut to six tenths, with words changed."""
    chance, change, originals = random.Random(2), _words_changed(0.05), list[tuple[Article, str]]()
    documents = {}
    for number, (article, body) in enumerate(generate(count)):
        if number % COPIES == COPIES - 1:
            model, text = chance.choice(originals)
            url = f"https://copy.example.org/{number}"
            body = change(text[: len(text) * 6 // 10], chance)
            day = (model.published or date(2020, 1, 1)) + timedelta(days=1)
            article = replace(
                model, id=article_id(url, ""), url=url, published=day, words=body.count(" ") + 1
            )
            article = replace(article, text_sha256=text_digest(body))
            article = replace(article, text=text_path(article))
        else:
            originals = [*originals[-200:], (article, body)]
        documents[article.id] = article_to_document(article)
        path = folder / article.text
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{FENCE}id: {article.id}\ntitle: {article.title}\n{FENCE}\n{body}\n", "utf-8")
    database = open_database(folder)
    database.catalog_table("articles").put(documents)
    database.catalog.fold()
    database.close()


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


def _each(work: Callable[[str], object], keys: Iterable[str]) -> list[float]:
    """Return the milliseconds of ``work`` for each of ``keys``."""
    return [_milliseconds(lambda key=key: work(key)) for key in keys]


def _one_more(library: Library, name: str) -> float:
    body = " ".join(f"word{name}x{place}" for place in range(600))
    library.importing.add_bytes(f"{name}.md", f"# More {name}\n\n{body}\n".encode())
    return _milliseconds(lambda: list(library.search.index_texts()))


def _costs(folder: Path, count: int) -> dict[str, str]:
    _make_library(folder, count)
    with Library.open(folder) as library:
        build = _milliseconds(lambda: list(library.search.index_texts())) / 1e3
        ids = library.search.ids()
        first = _milliseconds(lambda: library.stories.among(ids))
        found, again = library.stories.among(ids), _each(lambda _: library.stories.among(ids), ids[:9])
        some = random.Random(3).sample(ids, 50)
        one, related = _each(library.stories.of, some), _each(library.stories.related, some)
        more = [_one_more(library, str(number)) for number in range(9)]
    return {
        "index of words and stories, from nothing": f"{build:.1f} s",
        "search.db": f"{(folder / 'search.db').stat().st_size / 1e6:.0f} MB",
        "stories": f"{len(found):,} of {sum(len(story.ids) for story in found):,} articles",
        "stories of the whole list, the first time": f"{first:.1f} ms",
        "stories of the whole list": f"{median(again):.1f} ms",
        "story of an article": f"{median(one):.2f} ms",
        "related, median and slowest of 50": f"{median(related):.1f} ms, {max(related):.1f} ms",
        "one more article": f"{median(more):.1f} ms",
    }


def main(count: int, texts: Sequence[str]) -> None:
    """Print recall and mistakes for ``texts``, and the cost for a library of ``count`` articles."""
    print(f"{len(texts)} texts\n\n| edit | found |\n|---|---|")
    for name, edit in EDITS.items():
        print(f"| {name} | {recall(texts, edit):.3f} |")
    print(f"\n{mistaken(texts)} pairs of {len(texts) * (len(texts) - 1) // 2:,} taken for one story\n")
    with tempfile.TemporaryDirectory() as name:
        for what, figure in _costs(Path(name), count).items():
            print(f"{what:<45} {figure}")


if __name__ == "__main__":
    given = (
        long_enough(one.text for one in corpus_texts(Path(sys.argv[2]))) if len(sys.argv) > 2 else own_texts()
    )
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT, given)
