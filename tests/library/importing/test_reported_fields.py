"""Small dumps modelled on public bug reports, each with the fields that must be read from it."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from library.importing.markdown_escapes import plain_text
from library.importing.paragraphs.blocks import split_blocks
from library.importing.registry import parse

FIELDS = Path(__file__).parent / "reported" / "fields"
TODAY = date(2026, 11, 22)
GOLD = [json.loads(line) for line in (FIELDS / "gold.jsonl").read_text(encoding="utf-8").splitlines()]


def day(value):
    return str(value.date() if isinstance(value, datetime) else value)


def words(text):
    return " ".join(text.split())


def paragraphs(article):
    return [
        words(block.removeprefix("- ")) for block in split_blocks(article.body) if not block.startswith("#")
    ]


READERS = {
    "title": lambda article: article.title,
    "authors": lambda article: list(article.authors),
    "agency": lambda article: article.agency,
    "date": lambda article: day(article.published),
    "date_guessed": lambda article: article.date_guessed,
    "updated": lambda article: day(article.updated),
    "url": lambda article: article.url,
    "caption": lambda article: " ".join(image.caption for image in article.images),
    "headings": lambda article: [b.lstrip("# ") for b in split_blocks(article.body) if b.startswith("#")],
}
CASES = [
    pytest.param(answer["file"], field, expected, id=f"{answer['file']}-{field}")
    for answer in GOLD
    for field, expected in answer.items()
    if field not in {"file", "class"}
]


@pytest.mark.parametrize(("file", "field", "expected"), CASES)
def test_a_field_of_a_reported_dump_is_right(file, field, expected):
    article = parse((FIELDS / file).read_bytes(), name=file, today=TODAY)
    text = words(plain_text(article.body))
    if field == "paras":
        found = paragraphs(article)
        if "find" in {name for answer in GOLD if answer["file"] == file for name in answer}:
            found = found[1:]  # the first paragraph has the damaged letters
        intro = [p for p in found if p not in expected]
        assert [p for p in found if p in expected] == expected
        assert all(p.endswith(":") for p in intro)
    elif field == "no_body":
        assert not [words for words in expected if words in article.body]
    elif field == "find":
        assert expected in text
    elif field == "one_paragraph":
        start, end = expected.strip("…").split(" … ") if " … " in expected else (expected.strip("…"), "")
        assert any(start in p and end.strip("…") in p for p in paragraphs(article))
    elif field == "title" and expected is None:
        assert article.title
    else:
        assert READERS[field](article) == expected
