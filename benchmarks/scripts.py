"""Searches in scripts without spaces between words, compared with scanning every text.

    python -m benchmarks.scripts [COUNT]

Chinese, Japanese, Korean and Thai each get a library of COUNT articles of about 1,000 characters, generated
from a vocabulary of words of one to four characters with a Zipf distribution; Korean words are separated by
spaces. Forty words of each length are searched. *Recall* is the share of the articles with the word that the
index finds, *precision* the share of the articles found that have the word.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from library import Library

COUNT = 2_000
LENGTHS = (1, 2, 3, 4)
WORDS_OF_A_LENGTH = 40
VOCABULARY = 8_000
BODY = 1_000
SENTENCE = 12


@dataclass(frozen=True, slots=True)
class Script:
    """A script: its most common characters, and the separators after words and sentences."""

    name: str
    characters: str
    space: str = ""
    stop: str = "。"


def _span(first: int, count: int) -> str:
    return "".join(map(chr, range(first, first + count)))


SCRIPTS = (
    Script("Chinese", _span(0x4E00, 3000)),
    Script("Japanese", _span(0x3042, 80) + _span(0x30A2, 80) + _span(0x5000, 1500)),
    Script("Korean", _span(0xAC00, 2000), space=" ", stop="."),
    Script("Thai", _span(0x0E01, 46) + _span(0x0E40, 5), stop=" "),
)


class _Writer:
    """Generator of texts in one script, with its own random generator."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._chance = random.Random(script.name)
        self.words = self._vocabulary()
        self._weights = list(accumulate(1 / rank for rank in range(1, len(self.words) + 1)))

    def _vocabulary(self) -> list[str]:
        rarer = [1 / (10 + rank) for rank in range(len(self._script.characters))]
        words: dict[str, None] = {}
        while len(words) < VOCABULARY:
            length = self._chance.choice((1, 2, 2, 2, 3, 4))
            words["".join(self._chance.choices(self._script.characters, rarer, k=length))] = None
        return list(words)

    def text(self, length: int) -> str:
        sentences: list[str] = []
        while sum(map(len, sentences)) < length:
            words = self._chance.choices(self.words, cum_weights=self._weights, k=SENTENCE)
            sentences.append(self._script.space.join(words) + self._script.stop)
        return "".join(sentences)


def _looked_for(writer: _Writer, length: int) -> list[str]:
    """Return words of this length, common and rare ones."""
    words = [word for word in writer.words if len(word) == length]
    step = max(1, len(words) // WORDS_OF_A_LENGTH)
    return words[::step][:WORDS_OF_A_LENGTH]


def _written(writer: _Writer, count: int, folder: Path) -> Path:
    """Write the files of ``count`` articles into ``folder`` and return it."""
    folder.mkdir()
    for number in range(count):
        text = f"---\ntitle: {writer.text(20)} {number}\n---\n\n{writer.text(BODY)}\n"
        (folder / f"{number}.md").write_text(text, "utf-8")
    return folder


def _measure(script: Script, count: int, folder: Path) -> None:
    writer = _Writer(script)
    with Library.open(folder / "library") as library:
        for _ in library.add(_written(writer, count, folder / "files")):
            pass
        start = time.perf_counter()
        for _ in library.search.index_texts():
            pass
        built = time.perf_counter() - start
        texts = {key: library.articles.document(key).text for key in library.search.ids()}
        library.search.ids("x")
        for length in LENGTHS:
            print(f"{script.name:<9} {length}  {_found(library, texts, _looked_for(writer, length))}")
    size = (folder / "library" / "search.db").stat().st_size
    share = size / sum(len(text.encode()) for text in texts.values())
    print(f"{script.name:<9} built in {built:.1f} s, search.db {share:.2f} of the texts")


def _found(library: Library, texts: dict[str, str], words: list[str]) -> str:
    """Search ``words`` and return recall, precision and times as text."""
    right = there = found = 0
    taken, peer = [], []
    for word in words:
        start = time.perf_counter()
        ids = set(library.search.ids(f'text:"{word}"'))
        middle = time.perf_counter()
        holding = {key for key, text in texts.items() if word in text}
        peer.append(time.perf_counter() - middle)
        taken.append(middle - start)
        right, there, found = right + len(ids & holding), there + len(holding), found + len(ids)
    return (
        f"recall {right / max(1, there):.3f}, precision {right / max(1, found):.3f}, "
        f"median {statistics.median(taken) * 1e3:6.2f} ms, slowest {max(taken) * 1e3:6.2f} ms, "
        f"texts in memory {statistics.median(peer) * 1e3:6.2f} ms"
    )


def main(count: int) -> None:
    """Measure libraries of ``count`` articles."""
    print(f"{count:,} articles in each script; characters of the word, then what was measured")
    for script in SCRIPTS:
        with tempfile.TemporaryDirectory() as name:
            _measure(script, count, Path(name))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
