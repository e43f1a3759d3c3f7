"""A library full of text with terminal sequences, written without the importers."""

from __future__ import annotations

import copy
import json
import re
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

from library import Library
from library.store.database import open_database

VECTORS = (
    "a\x1b]52;c;ZWNobyBQV05FRAo=\x07z",
    "a\x1b]52;c;?\x1b\\z",
    "a\x1b]0;PWNED\x07z",
    "a\x1b]2;PWNED\x1b\\z",
    "a\x1b]8;;file://host.example/x\x07link\x1b]8;;\x07z",
    "a\x1b[31;1mred\x1b[0mz",
    "a\x1b[2J\x1b[Hz",
    "a\x1b[6n\x1b[cz",
    'a\x1bP$q"p\x1b\\z',
    "a\x1b_Gf=100;AAAA\x1b\\z",
    "a\x9b31mz",
    "a\x9d0;PWNED\x9cz",
    "a\x90q#0\x9cz",
    "a\x1bcz",
    "a\x07\x08\x0e\x7f\x00z",
    "a\r\nb\x85c\u2028d",
    "abc\u202egpj.exe\u202c",
    "abc\u2066def\u2069",
    "a [/] b",
    "[@click=app.quit]x[/]",
    "[link=http://x",
    "\x1b",
    "\x1b]",
    "\x1b[",
)

CONTROLS = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
    r"|\x1b[PX^_][^\x1b]*\x1b\\"
    r"|\x1b."
    r"|[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]",
    re.DOTALL,
)


def corpus_vectors(corpora: Path, share: int) -> tuple[str, ...]:
    """Return every ``share``-th vector of the corpus of hostile text; none without the corpus."""
    file = corpora / "hostile" / "own" / "terminal-vectors.jsonl"
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return tuple(json.loads(line)["text"] for line in lines[::share])


def marker(number: int) -> str:
    """Return the word that identifies the page of an article on the screen."""
    return f"marker-{number:03}"


def write_library(folder: Path, articles: int, vectors: tuple[str, ...]) -> None:
    """Make a library of ``articles`` articles, newest first by number, with ``vectors`` in every field.

    Without vectors, it is harmless. They are not written by the importers, which would clean them.
    """
    with Library.open(folder) as library:
        for number in range(articles):
            day = date(2021, 12, 31) - timedelta(days=number)
            page = f"---\ntitle: Title {number}\ndate: {day}\ntags: [tag{number}]\n---\n\n{marker(number)}\n"
            library.importing.add_bytes(f"{number}.md", page.encode())
            article = library.select("sort:date limit:1")[0]
            library.note(article.id, "A note.", quote=marker(number))
    if vectors:
        _poison(folder, vectors)


def _poison(folder: Path, vectors: tuple[str, ...]) -> None:
    database = open_database(folder)
    articles = copy.deepcopy(dict(database.catalog_table("articles").documents()))
    notes = copy.deepcopy(dict(database.catalog_table("annotations").documents()))
    supply = cycle(vectors)
    for article in articles.values():
        path = folder / article["text"]
        words = "\n\n".join(f"- *{next(supply)}*" for _ in range(6))
        link = f"[{next(supply)}](http://x.example/{next(supply)})"
        path.write_text(f"{path.read_text('utf-8')}\n{words}\n\n{link}\n\n`{next(supply)}`\n", "utf-8")
        article.update(title=next(supply), authors=[next(supply)], agency=next(supply), source=next(supply))
        article.update(url=next(supply), tags=[next(supply), next(supply)], summary=next(supply))
        article["images"] = [{"caption": next(supply), "credit": next(supply), "alt": next(supply)}]
    for note in notes.values():
        note["body"] = next(supply)
    database.catalog_table("articles").put(articles)
    database.catalog_table("annotations").put(notes)
    database.close()
    drafts = folder / "drafts"
    drafts.mkdir(exist_ok=True)
    for key in articles:
        (drafts / f"{key}.md").write_text(f"draft {next(supply)}", "utf-8")


def controls(output: bytes) -> set[str]:
    """Return the kinds of control in output; colours and cursor positions count as one kind each."""
    found = (match[0] for match in CONTROLS.finditer(output.decode("utf-8", "surrogateescape")))
    return {re.sub(r"^(\x1b\[)[0-9;:]*([mH])$", r"\1\2", control) for control in found}
