"""The dump form measured on real texts with known answers; see ``../shared/corpora/README.md``."""

import json
import random
from datetime import date, datetime

import pytest
from corpora import CORPORA

from library.importing.paragraphs.blocks import is_running_text, split_blocks
from library.importing.paragraphs.continuation import is_finished
from library.importing.paragraphs.joins import join_paragraphs
from library.importing.registry import parse
from library.text.language import guess_language

TEXTS = CORPORA / "text-dumps"
pytestmark = pytest.mark.corpora
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def read():
    answers = [json.loads(line) for line in (TEXTS / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    return [
        (answer, parse((TEXTS / answer["file"]).read_bytes(), name=answer["file"], today=TODAY))
        for answer in answers
    ]


@pytest.fixture(scope="module")
def dumps(read):
    return [(answer, article) for answer, article in read if answer["kind"].startswith("dump")]


def words(text):
    return " ".join((text or "").split())


def share(pairs, is_right):
    wrong = [answer["file"] for answer, article in pairs if not is_right(answer, article)]
    print(f"{len(pairs) - len(wrong)} of {len(pairs)} right; wrong: {wrong}")
    return 1 - len(wrong) / len(pairs)


def day(value):
    return str(value.date() if isinstance(value, datetime) else value)


def paragraphs(answer, article):
    found = [words(block) for block in split_blocks(article.body) if not block.startswith("#")]
    uncredited = answer["caption"] and not answer["photo_credit"] and found[:1] == [words(answer["caption"])]
    return found[1:] if uncredited else found  # a caption without a credit looks like a paragraph


def test_titles_dates_and_addresses_are_all_right(dumps):
    assert share(dumps, lambda answer, article: article.title == words(answer["title"])) == 1
    assert share(dumps, lambda answer, article: day(article.published) == answer["date"]) == 1
    assert share(dumps, lambda answer, article: article.url == answer["url"]) == 1


def test_authors_are_right(dumps):
    assert share(dumps, lambda answer, article: list(article.authors) == answer["authors"]) >= 0.98


def test_credits_and_captions_are_right(dumps):
    def is_right(answer, article):
        credit = " / ".join(answer["photo_credit"] or [])
        expected = [(words(answer["caption"]), credit)] if credit else []
        return [(image.caption, image.credit) for image in article.images] == expected

    assert share(dumps, is_right) >= 0.95


def test_headings_and_paragraphs_are_right(dumps):
    def has_headings(answer, article):
        found = [block.lstrip("# ") for block in split_blocks(article.body) if block.startswith("#")]
        return "headings" not in answer or found == [words(heading) for heading in answer["headings"]]

    assert share(dumps, has_headings) >= 0.98
    assert (
        share(
            dumps,
            lambda answer, article: paragraphs(answer, article) == list(map(words, answer["paragraphs"])),
        )
        >= 0.9
    )


def test_joins_are_precise_and_complete(dumps):
    broken = [(answer, article) for answer, article in dumps if answer.get("breaks")]
    breaks = sum(len(answer["breaks"]) for answer, _ in broken)
    missed = sum(
        any(paragraph.endswith(words(cut["left"])) for paragraph in paragraphs(answer, article))
        for answer, article in broken
        for cut in answer["breaks"]
    )
    joins = sum(article.joined for _, article in dumps)
    assert (breaks - missed) / breaks >= 0.975
    assert joins == breaks - missed


@pytest.fixture(scope="module")
def texts(dumps):
    """Return texts without page breaks: dumps, and the paragraphs of saved news pages, each with its title."""
    pages = TEXTS.parent / "html-fundus" / "gold.jsonl"
    if not pages.exists():
        pytest.skip("../shared/corpora is absent: page breaks are not simulated")
    found = [
        (article.title, split_blocks(article.body), article.language)
        for answer, article in dumps
        if answer["kind"] == "dump"
    ]
    for line in pages.read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        blocks = [words(paragraph) for paragraph in page["body"]["summary"] or []]
        for section in page["body"]["sections"]:
            heading = section["headline"]
            heading = " ".join(heading) if isinstance(heading, list) else heading or ""
            blocks += [f"## {words(heading)}"] if heading else []
            blocks += map(words, section["paragraphs"])
        blocks = [block for block in blocks if block]
        found.append((page["title"], blocks, guess_language("\n".join(blocks))))
    return found


def test_no_whole_paragraphs_are_joined(texts):
    boundaries = sum(len(blocks) - 1 for _, blocks, _ in texts)
    joins = [
        joined for title, blocks, lang in texts if (joined := join_paragraphs(blocks, lang, title)).count
    ]
    print(f"{len(joins)} texts with false joins; {boundaries} boundaries")
    assert not joins


MARKS = ([], [], ["{page}"], ["Page {page} of 9"], ["The Alder Gazette {page}"])


def with_page_breaks(blocks, rng):
    """Cut ``blocks`` inside a sentence about every 2,500 characters; also return the parts before the cuts."""
    broken, cuts, room = [], [], rng.randint(300, 2800)
    mark = rng.choice(MARKS)
    for block in blocks:
        room -= len(block)
        parts = block.split()
        if room < 0 and len(parts) >= 14 and is_running_text(block):
            room = 2600
            place = rng.randint(3, len(parts) - 2)
            left, right = " ".join(parts[:place]), " ".join(parts[place:])
            if not is_finished(left):
                cuts.append(left)
                broken += [left, *(line.format(page=len(cuts)) for line in mark), right]
                continue
        broken.append(block)
    if mark == MARKS[-1]:  # the first and the last page also have a running header
        broken = [mark[0].format(page=0), *broken, mark[0].format(page=len(cuts) + 1)]
    return broken, cuts


def test_simulated_page_breaks_are_joined(texts):
    rng = random.Random(7)
    cut, missed = 0, 0
    for title, blocks, language in texts:
        for _ in range(6):
            broken, cuts = with_page_breaks(blocks, rng)
            kept = set(join_paragraphs(broken, language, title).blocks)
            cut += len(cuts)
            missed += sum(left in kept for left in cuts)
    print(f"{cut - missed} of {cut} breaks joined")
    assert (cut - missed) / cut >= 0.97


def test_front_matter_is_right(read):
    posts = [pair for pair in read if not pair[0]["kind"].startswith("dump")]
    assert share(posts, lambda answer, article: day(article.published) == answer["date"]) == 1
    assert share(posts, lambda answer, article: list(article.authors) == answer["authors"]) == 1
    assert (
        share(posts, lambda answer, article: list(article.tags) == list(dict.fromkeys(answer["tags"]))) == 1
    )
