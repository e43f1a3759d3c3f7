"""Stories: what tells the same is told together, also cut and edited; what only looks alike is not."""

from __future__ import annotations

import json
import random
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection
from tempfile import TemporaryDirectory

import pytest
from corpora import CORPORA
from fakes import markdown
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.stories import EDITS, fingerprint, long_enough, mistaken, own_texts, recall
from library import ArticleNotFound, Library
from library.models import RelatedArticle
from library.search.fulltext.sqlite import Entry, connect, edition, record, record_stories, start_again
from library.search.near_duplicates import grouping, story_file
from library.search.near_duplicates.fingerprints import address_key, resemblance
from library.search.near_duplicates.grouping import stories_of
from library.search.near_duplicates.story_file import story_numbers
from library.stories.service import RELATED, Stories

FOOTER = " ".join(f"terms{number}" for number in range(60))


def made(seed: object, words: int = 200) -> str:
    """A text that shares no run of words with another one: sentences of ten words."""
    chance = random.Random(str(seed))
    chosen = ["".join(chance.choices("abcdefghijklmnop", k=5)) for _ in range(words)]
    return " ".join(" ".join(chosen[at : at + 10]).capitalize() + "." for at in range(0, words, 10))


def add(library: Library, name: str, body: str, **fields: str) -> str:
    """Add an article and bring ``search.db`` up to date; the article's id."""
    outcome = library.importing.add_bytes(f"{name}.md", markdown(name, body, **fields))
    list(library.search.index_texts())
    return outcome.id


def near_duplicates(library: Library, article_id: str) -> set[str]:
    """The other articles of a story."""
    return set(library.stories.of(article_id).ids) - {article_id}


def cut(text: str, share: float) -> str:
    return text[: int(len(text) * share)]


# What is one story


@pytest.mark.parametrize("edit", EDITS)
def test_edited_copies_of_own_articles_are_in_the_story_of_the_original(edit: str):
    found = sum(recall(own_texts(), EDITS[edit], seed) for seed in range(3)) / 3
    assert found >= (0.93 if edit.startswith("15 %") else 0.97)


@pytest.fixture(scope="module")
def news() -> list[str]:
    folder = CORPORA / "keyphrases"
    with zipfile.ZipFile(folder / "500N-KPCrowd-v1.1.zip") as archive:
        names = [name for name in archive.namelist() if "/docsutf8/" in name and name.endswith(".txt")]
        return long_enough(archive.read(name).decode("utf-8", "replace") for name in names)


@pytest.mark.corpora
@pytest.mark.parametrize("edit", EDITS)
def test_edited_copies_of_real_articles_are_in_the_story_of_the_original(news: list[str], edit: str):
    assert recall(news, EDITS[edit]) >= (0.93 if edit.startswith("15 %") else 0.97)


@pytest.mark.corpora
def test_pages_of_many_publishers_are_not_one_story():
    folders = [CORPORA / name / "gold.jsonl" for name in ("html-fundus", "html-aeb")]
    pages = [json.loads(line) for file in folders for line in file.read_text("utf-8").splitlines()]
    assert mistaken([page.get("text") or _body(page["body"]) for page in pages]) == 0


def _body(body: dict[str, list]) -> str:
    parts = [part for section in body["sections"] for part in (*section["headline"], *section["paragraphs"])]
    return "\n\n".join([*body["summary"], *parts])


def test_an_article_and_its_cut_copy_are_one_story(library: Library):
    whole = add(library, "whole", made(1))
    short = add(library, "short", cut(made(1), 0.4) + " Our own reporter was there.")
    other = add(library, "other", made(2))
    assert library.stories.of(short).ids == (whole, short)
    assert library.stories.of(other).ids == (other,)


def test_near_duplicates_in_scripts_without_spaces_are_one_story(library: Library):
    chance = random.Random(4)
    text = "。".join(
        "".join(chance.choices("港町図書館夜明開東京都市民新聞記者海岸船員", k=18)) for _ in range(30)
    )
    whole, short = add(library, "whole", text), add(library, "short", cut(text, 0.5))
    assert near_duplicates(library, whole) == {short}


def test_a_footer_that_a_source_repeats_makes_no_story(library: Library):
    ids = [
        library.importing.add_bytes(f"{n}.md", markdown(f"n{n}", f"{made(n, 90)}\n\n{FOOTER}")).id
        for n in range(45)
    ]
    list(library.search.index_texts())
    assert library.stories.among(ids) == []


def test_a_short_footer_makes_no_story_of_two_articles(library: Library):
    footer = " ".join(FOOTER.split()[:40])
    one, other = (add(library, f"n{n}", f"{made(n, 60)}\n\n{footer}") for n in range(2))
    assert near_duplicates(library, one) == near_duplicates(library, other) == set()


def test_a_column_of_short_news_does_not_make_one_story_of_them_all(library: Library):
    column = add(library, "column", "\n\n".join(made(n, 80) for n in range(6)))
    news = [add(library, f"n{n}", made(n, 80)) for n in range(6)]
    together = [set(story.ids) for story in library.stories.among([column, *news])]
    assert max(map(len, together)) <= 3


def test_the_same_address_is_the_same_story_whatever_the_words_are(library: Library):
    one = add(library, "one", made(1), url="https://www.example.org/news/1/")
    other = add(library, "other", made(2), url="http://example.org/news/1")
    assert near_duplicates(library, one) == {other}


def test_a_front_page_is_not_the_address_of_an_article():
    assert address_key("https://www.example.org/") == address_key("https://example.org") == ""
    assert address_key("https://www.example.org/a/") == address_key("http://example.org/a") == "example.org/a"


def test_resemblance_is_the_same_from_both_sides():
    texts = [fingerprint(cut(made(1, 900), share)) for share in (1, 0.6, 0.3, 0.1)]
    for one in texts:
        for other in texts:
            assert resemblance(one, other) == resemblance(other, one)


# The order of a story, and its members


def test_the_longest_article_of_a_list_comes_first_of_its_story(library: Library):
    short = add(library, "short", cut(made(1), 0.5), date="2021-03-05")
    whole = add(library, "whole", made(1), date="2021-03-04")
    middle = add(library, "middle", cut(made(1), 0.8), date="2021-03-03")
    add(library, "other", made(2), date="2021-03-04")
    assert [story.ids for story in library.stories.among(library.search.ids())] == [(whole, middle, short)]
    assert [story.ids for story in library.stories.among([short, middle])] == [(middle, short)]
    assert library.stories.among([short]) == []


def test_trashed_articles_are_not_in_the_story_of_others(library: Library):
    whole, short = add(library, "whole", made(1)), add(library, "short", cut(made(1), 0.5))
    library.articles.trash([short])
    assert near_duplicates(library, whole) == set()
    assert near_duplicates(library, short) == {whole}
    assert library.stories.among(library.search.ids()) == []


def test_an_article_that_is_undone_or_deleted_leaves_its_story(library: Library):
    whole, short = add(library, "whole", made(1)), add(library, "short", cut(made(1), 0.5))
    third = add(library, "third", cut(made(1), 0.6))
    library.articles.trash([third])
    library.maintenance.empty_trash([third])
    assert near_duplicates(library, whole) == {short}
    library.undo()
    library.undo()
    with pytest.raises(ArticleNotFound):
        library.stories.of(third)


class RemovedMeanwhile(Stories):
    """Stories of a library from which another program removes articles while a timeline is made."""

    def __init__(self, library: Library, removed: Iterable[str]) -> None:
        super().__init__(library.workspace, library.indexes)
        self._library, self._removed = library, list(removed)

    def related(self, prefix: str, limit: int = RELATED) -> list[RelatedArticle]:
        found = super().related(prefix, limit)
        with Library.open(self._library.path) as other:
            other.articles.trash(self._removed)
            other.maintenance.empty_trash(self._removed)
        self._library.refresh()
        return found


def test_a_timeline_leaves_out_articles_that_were_removed_meanwhile(library: Library):
    whole = add(library, "whole", made(1), date="2021-03-04")
    near = add(library, "near", made(1) + " " + made(5, 40), date="2021-03-05")
    related = add(library, "related", made(1, 30) + " " + made(7, 150), date="2021-03-06")
    found = [(moment.id, moment.same) for moment in library.stories.timeline(whole)]
    assert found == [(whole, True), (near, True), (related, False)]
    stories = RemovedMeanwhile(library, [near, related])
    assert [moment.id for moment in stories.timeline(whole)] == [whole]


def test_an_article_imported_with_another_text_leaves_its_story(library: Library):
    whole = add(library, "whole", made(1))
    short = add(library, "short", cut(made(1), 0.5), url="https://example.org/s")
    assert near_duplicates(library, whole) == {short}
    assert add(library, "short", made(3), url="https://example.org/s") == short
    assert near_duplicates(library, whole) == set()


def test_without_search_db_every_article_stands_alone(library: Library):
    whole = add(library, "whole", made(1))
    add(library, "short", cut(made(1), 0.5))
    library.maintenance.run_due()
    for file in library.path.glob("search.db*"):
        file.unlink()
    with Library.open(library.path) as opened:
        assert opened.stories.among(opened.search.ids()) == []
        assert opened.stories.of(whole).ids == (whole,)
        list(opened.search.index_texts())
        assert len(opened.stories.among(opened.search.ids())) == 1


def test_another_program_that_indexes_changes_the_stories_here(library: Library):
    whole = add(library, "whole", made(1))
    with Library.open(library.path) as other:
        other.importing.add_bytes("short.md", markdown("short", cut(made(1), 0.5)))
        list(other.search.index_texts())
    library.refresh()
    assert len(near_duplicates(library, whole)) == 1


# The grouping, and that it does not depend on the order


def test_two_groups_merge_if_half_of_the_pairs_are_similar():
    chain = [("a", "b", 0.9), ("b", "c", 0.8), ("c", "d", 0.9)]
    assert sorted(stories_of(chain)) == [["a", "b"], ["c", "d"]]
    assert stories_of([*chain, ("a", "c", 0.5)]) == [["a", "b", "c", "d"]]


@contextmanager
def empty_index() -> Iterator[Connection]:
    with TemporaryDirectory() as name:
        connection = connect(Path(name), make=True)
        try:
            start_again(connection)
            yield connection
        finally:
            connection.close()


BOILERPLATE = made("boilerplate", 100)
VERSIONS = [
    body
    for seed in range(3)
    for body in (
        made(seed, 160),
        cut(made(seed, 160), 0.6),
        made(seed, 160)[600:],
        f"{made(('own', seed), 60)} {BOILERPLATE}",
    )
]
"""Texts of three stories, whole and cut, and with boilerplate."""

ARTICLES = "abcdefgh"


def entry(name: str, version: int) -> Entry:
    columns = ("title", VERSIONS[version], "", "", "")
    address = f"example.org/{version}" if version == 3 else ""
    return Entry(name, version, version, columns, fingerprint(VERSIONS[version]), address)


def write(connection: Connection, versions: dict[str, int], gone: Iterable[str] = ()) -> None:
    generation = edition(connection).generation
    record(connection, generation, [entry(name, version) for name, version in versions.items()], gone)
    record_stories(connection, generation)


def partition(connection: Connection) -> set[frozenset[str]]:
    stories: dict[int, set[str]] = {}
    for name, number in story_numbers(connection).items():
        stories.setdefault(number, set()).add(name)
    return {frozenset(names) for names in stories.values()}


def test_words_that_are_no_longer_common_count_again():
    with pytest.MonkeyPatch.context() as patch, empty_index() as connection:
        for module in (grouping, story_file):
            patch.setattr(module, "COMMON", 2)
        write(connection, {"a": 0, "b": 0, "c": 0})
        assert partition(connection) == set()
        write(connection, {}, gone=["b"])
        assert partition(connection) == {frozenset("ac")}


@settings(max_examples=40)
@given(
    st.lists(
        st.dictionaries(st.sampled_from(ARTICLES), st.none() | st.integers(0, len(VERSIONS) - 1), min_size=1),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from([2, 3, 40]),
    st.sampled_from([0, 1000]),
)
def test_updated_stories_equal_those_of_a_rebuilt_index(
    steps: list[dict[str, int | None]], common: int, many: int
):
    with pytest.MonkeyPatch.context() as patch, empty_index() as kept, empty_index() as again:
        for module in (grouping, story_file):
            patch.setattr(module, "COMMON", common)
        present: dict[str, int] = {}
        for step in steps:
            new = {name: version for name, version in step.items() if version is not None}
            gone = [name for name, version in step.items() if version is None]
            present = {name: version for name, version in {**present, **new}.items() if name not in gone}
            write(kept, new, gone)
        patch.setattr(grouping, "_MANY", many)
        write(again, dict(sorted(present.items(), reverse=True)))
        assert partition(kept) == partition(again)
